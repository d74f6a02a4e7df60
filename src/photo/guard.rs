//! The outline of a JPEG file, read without decoding it: frame, scans, and whether its end is there.
//!
//! It exists because the decoder cannot be asked. `zune-jpeg` 0.5.15 fills a cut file with grey and reports success, and
//! turns valid baseline files with separate scans and subsampled colour into stripes, also without an error
//! (its issues 419 and 422). The marker syntax is that of ITU-T T.81, annex B.

use std::ops::Range;

use super::header::Size;

/// What the markers of a JPEG file say.
#[derive(Debug, Default)]
pub(crate) struct Outline {
    /// The first frame header.
    frame: Option<Frame>,
    /// How many scans there are.
    pub(crate) scans: u32,
    /// Whether every scan carries a single component.
    every_scan_single: bool,
    /// Whether the end-of-image marker was reached.
    pub(crate) complete: bool,
    /// Where the TIFF structure of the first EXIF segment lies.
    pub(crate) exif: Option<Range<usize>>,
}

/// A frame header (T.81, B.2.2).
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    progressive: bool,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// Horizontal and vertical sampling factor of each component.
    sampling: Vec<(u8, u8)>,
}

impl Outline {
    /// Walks through `bytes` from marker to marker; stops at the end of the image or of the bytes.
    pub(crate) fn read(bytes: &[u8]) -> Self {
        let mut outline = Self { every_scan_single: true, ..Self::default() };
        let mut at = 2;
        while let Some((code, after)) = next_marker(bytes, at) {
            at = after;
            match code {
                0x00 | 0x01 | 0xD0..=0xD8 => {}
                0xD9 => {
                    outline.complete = true;
                    break;
                }
                _ => {
                    let Some(segment) = segment(bytes, at) else { break };
                    outline.take(code, bytes, &segment);
                    at = segment.end;
                }
            }
        }
        outline
    }

    fn take(&mut self, code: u8, bytes: &[u8], segment: &Range<usize>) {
        let content = &bytes[segment.clone()];
        match code {
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF if self.frame.is_none() => {
                self.frame = Frame::read(code, content);
            }
            0xDA => {
                self.scans += 1;
                self.every_scan_single &= content.first() == Some(&1);
            }
            0xE1 if self.exif.is_none() && content.starts_with(b"Exif\0\0") => {
                self.exif = Some(segment.start + 6..segment.end);
            }
            _ => {}
        }
    }

    /// Whether the decoder is known to read files of this outline rightly: one scan, or progressive, or one scan for each
    /// component at full resolution.
    pub(crate) fn trusted(&self) -> bool {
        let Some(frame) = &self.frame else { return true };
        let full_resolution = frame.sampling.iter().all(|&factors| factors == (1, 1));
        let one_each = self.every_scan_single && self.scans as usize == frame.sampling.len();
        frame.progressive || self.scans <= 1 || (full_resolution && one_each)
    }

    /// Width and height that the first frame header says, neither of them zero.
    pub(crate) fn size(&self) -> Option<Size> {
        let frame = self.frame.as_ref()?;
        (frame.width > 0 && frame.height > 0).then_some(Size { width: frame.width, height: frame.height })
    }

    /// Whether the pixels come in ever finer passes.
    pub(crate) fn is_progressive(&self) -> bool {
        self.frame.as_ref().is_some_and(|frame| frame.progressive)
    }

    /// The memory in bytes that all coefficients take.
    pub(crate) fn coefficient_bytes(&self) -> u64 {
        self.frame.as_ref().map_or(0, Frame::coefficient_bytes)
    }

    /// The memory in bytes that decoding takes: the pixels and, unless they can be made row by row, all coefficients.
    pub(crate) fn decoder_bytes(&self) -> u64 {
        let Some(frame) = &self.frame else { return 0 };
        let channels = if frame.sampling.len() == 1 { 1 } else { 3 };
        let pixels = u64::from(frame.width) * u64::from(frame.height) * channels;
        if frame.progressive || self.scans > 1 { pixels + frame.coefficient_bytes() } else { pixels }
    }
}

impl Frame {
    fn read(code: u8, content: &[u8]) -> Option<Self> {
        let (head, components) = content.split_at_checked(6)?;
        let side = |at: usize| u32::from(u16::from_be_bytes([head[at], head[at + 1]]));
        let sampling = components.chunks_exact(3).take(usize::from(head[5])).map(|part| (part[1] >> 4, part[1] & 15));
        Some(Self {
            progressive: matches!(code, 0xC2 | 0xC6 | 0xCA | 0xCE),
            height: side(1),
            width: side(3),
            sampling: sampling.collect(),
        })
    }

    /// Two bytes for each coefficient of each block, as many blocks as whole minimum coded units need (T.81, A.2).
    fn coefficient_bytes(&self) -> u64 {
        let most = |pick: fn(&(u8, u8)) -> u8| u64::from(self.sampling.iter().map(pick).max().unwrap_or(1).max(1));
        let across = u64::from(self.width).div_ceil(8 * most(|factors| factors.0));
        let down = u64::from(self.height).div_ceil(8 * most(|factors| factors.1));
        let blocks: u64 = self.sampling.iter().map(|&(h, v)| u64::from(h) * u64::from(v)).sum();
        across * down * blocks * 64 * 2
    }
}

/// The code of the next marker at or after `at`, and the offset behind it. Entropy-coded bytes are passed over.
pub(crate) fn next_marker(bytes: &[u8], at: usize) -> Option<(u8, usize)> {
    let first = at + bytes.get(at..)?.iter().position(|&byte| byte == 0xFF)?;
    let code = first + bytes[first..].iter().position(|&byte| byte != 0xFF)?;
    Some((bytes[code], code + 1))
}

/// The content of the segment whose two length bytes stand at `at`; `None` when it does not end within `bytes`.
pub(crate) fn segment(bytes: &[u8], at: usize) -> Option<Range<usize>> {
    let length = bytes.get(at..at + 2)?;
    let end = at + usize::from(u16::from_be_bytes([length[0], length[1]]));
    (end >= at + 2 && end <= bytes.len()).then_some(at + 2..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A JPEG of headers only: start of frame `code` with these sampling factors, then scans of so many components.
    fn outline(code: u8, sampling: &[u8], scans: &[u8]) -> Outline {
        let mut bytes = vec![0xFF, 0xD8, 0xFF, code, 0];
        bytes.push(8 + 3 * u8::try_from(sampling.len()).expect("few"));
        bytes.extend([8, 0, 100, 0, 200, u8::try_from(sampling.len()).expect("few")]);
        bytes.extend(sampling.iter().flat_map(|&factors| [1, factors, 0]));
        for &components in scans {
            bytes.extend([0xFF, 0xDA, 0, 3, components, 0x12, 0xFF, 0x00, 0xFF, 0xD3, 0x34]);
        }
        bytes.extend([0xFF, 0xFF, 0xD9]);
        Outline::read(&bytes)
    }

    #[test]
    fn only_separate_scans_of_subsampled_baseline_files_are_distrusted() {
        let colour = [0x22, 0x11, 0x11];
        let full = [0x11, 0x11, 0x11];
        let rows: [(u8, &[u8], &[u8], bool); 10] = [
            (0xC0, &colour, &[3], true),
            (0xC0, &colour, &[1, 1, 1], false),
            (0xC1, &colour, &[1, 2], false),
            (0xC0, &[0x21, 0x11, 0x11], &[1, 1, 1], false),
            (0xC2, &colour, &[3, 1, 1, 1, 1], true),
            (0xC0, &full, &[1, 1, 1], true),
            (0xC0, &full, &[3, 3], false),
            (0xC0, &full, &[1, 2], false),
            (0xC0, &[0x22], &[1], true),
            (0xC0, &[0x11], &[1, 1], false),
        ];
        for (code, sampling, scans, trusted) in rows {
            let outline = outline(code, sampling, scans);
            assert_eq!(outline.scans as usize, scans.len());
            assert!(outline.complete);
            assert_eq!(outline.trusted(), trusted, "{code:x} {sampling:x?} {scans:?}");
        }
    }

    #[test]
    fn memory_counts_coefficients_only_where_they_are_kept() {
        assert_eq!(outline(0xC0, &[0x22, 0x11, 0x11], &[3]).decoder_bytes(), 200 * 100 * 3);
        assert_eq!(outline(0xC0, &[0x11], &[1]).decoder_bytes(), 200 * 100);
        // 13 by 7 units of six blocks.
        assert_eq!(outline(0xC2, &[0x22, 0x11, 0x11], &[3]).decoder_bytes(), 60_000 + 13 * 7 * 6 * 128);
    }

    #[test]
    fn a_cut_file_has_no_end() {
        for bytes in [
            &b"\xFF\xD8"[..],
            b"\xFF\xD8\xFF",
            b"\xFF\xD8\xFF\xE0",
            b"\xFF\xD8\xFF\xE0\0\x10JFIF",
            b"\xFF\xD8\xFF\xE0\0\x01\xFF\xD9",
        ] {
            let outline = Outline::read(bytes);
            assert!(!outline.complete && outline.frame.is_none(), "{bytes:?}");
        }
    }

    #[test]
    fn an_end_inside_a_thumbnail_is_not_the_end() {
        let outline = Outline::read(b"\xFF\xD8\xFF\xE1\0\x0eExif\0\0\xFF\xD8\xFF\xD9MM");
        assert!(!outline.complete);
        assert_eq!(outline.exif, Some(12..18));
    }
}

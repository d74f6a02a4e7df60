//! Everything that is found out about a photo when it comes in.

use super::decode::Picture;
use super::header::Header;
use super::{Code, Finding, Fingerprint, Kind, Orientation, PhotoError, Size, limits, quality};

/// What a photo is and how good it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Examination {
    kind: Kind,
    size: Option<Size>,
    orientation: Orientation,
    findings: Vec<Finding>,
    fingerprint: Option<Fingerprint>,
}

/// Examines the bytes of a photo. The original is only read; about 70 MB are taken for a photo of 12 megapixels.
///
/// Any photo of a kind we take passes, however bad it is: what is wrong comes as findings for the officer to answer.
///
/// # Errors
/// [`PhotoError`] when the file is empty, has more than [`limits::FILE_BYTES`], or is not a JPEG or PNG.
pub fn examine(bytes: &[u8]) -> Result<Examination, PhotoError> {
    PhotoError::check_length(bytes.len() as u64)?;
    let kind = Kind::sniff(bytes)?;
    let header = Header::read(kind, bytes);
    let mut examination = Examination {
        kind,
        size: header.size,
        orientation: header.orientation,
        findings: header_findings(&header),
        fingerprint: None,
    };
    examination.look(&header, bytes);
    Ok(examination)
}

/// What the header alone tells.
fn header_findings(header: &Header) -> Vec<Finding> {
    let mut findings = Vec::new();
    if let Some(size) = header.size {
        findings.extend(Finding::judge(Code::TooSmall, u64::from(size.long_side())));
    }
    if !header.complete {
        findings.push(Finding::fact(Code::Incomplete));
    }
    findings.extend(Finding::judge(Code::OverLimits, header.load_percent()));
    if !header.trusted {
        findings.push(Finding::fact(Code::Untrusted));
    }
    findings
}

impl Examination {
    /// Decodes and measures. A damaged picture is not measured: its grey filler would speak for the page.
    fn look(&mut self, header: &Header, bytes: &[u8]) {
        let picture = match Picture::decode(header, bytes) {
            Ok(picture) => picture,
            Err(PhotoError::OverLimits { .. } | PhotoError::Untrusted) => return,
            Err(_) => return self.findings.push(Finding::fact(Code::Undecodable)),
        };
        if header.complete && header.kind == Kind::Jpeg && picture.ends_in_filler() {
            self.findings.push(Finding::fact(Code::Incomplete));
        }
        if self.findings.iter().any(|finding| finding.code() == Code::Incomplete) {
            return;
        }
        let Ok(small) = picture.fit(limits::MEASURED_SIDE) else {
            return self.findings.push(Finding::fact(Code::Undecodable));
        };
        let upright = small.upright(self.orientation).into_grey();
        self.findings.extend(quality::judge(&upright));
        self.fingerprint = Some(Fingerprint::of(&upright));
    }

    /// What kind of file it is.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        self.kind
    }

    /// The size as stored in the file; `None` when the file does not say.
    #[must_use]
    pub const fn stored_size(&self) -> Option<Size> {
        self.size
    }

    /// How the camera was held.
    #[must_use]
    pub const fn orientation(&self) -> Orientation {
        self.orientation
    }

    /// The size of the upright picture; `None` when the file does not say.
    #[must_use]
    pub fn upright_size(&self) -> Option<Size> {
        self.size.map(|size| size.upright(self.orientation))
    }

    /// What is wrong, in no particular order; empty for a good photo.
    #[must_use]
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The summary by which copies are recognised; `None` when the picture could not be looked at whole.
    #[must_use]
    pub const fn fingerprint(&self) -> Option<Fingerprint> {
        self.fingerprint
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn codes(bytes: &[u8]) -> Vec<Code> {
        examine(bytes).expect("a photo").findings().iter().map(Finding::code).collect()
    }

    #[test]
    fn a_header_alone_is_taken_with_findings() {
        assert_eq!(codes(b"\xFF\xD8\xFF\xE0"), [Code::Incomplete, Code::Undecodable]);
        assert_eq!(codes(b"\xFF\xD8\xFF\xD9"), [Code::Undecodable]);
        assert_eq!(codes(b"\x89PNG\r\n\x1a\n"), [Code::Incomplete, Code::Undecodable]);
    }

    #[test]
    fn only_what_is_no_photo_is_refused() {
        assert!(matches!(examine(b""), Err(PhotoError::Empty)));
        assert!(matches!(examine(b"%PDF-1.4"), Err(PhotoError::Pdf)));
        let long = vec![0xFF; 26_214_401];
        assert!(matches!(examine(&long), Err(PhotoError::TooManyBytes { .. })));
    }

    /// How files begin that lead the arbitrary rest into each parser.
    const STARTS: &[&[u8]] = &[
        b"",
        b"\xFF\xD8\xFF",
        b"\xFF\xD8\xFF\xE1\x00\x40Exif\0\0MM\0*\0\0\0\x08",
        b"\xFF\xD8\xFF\xC0\x00\x0b\x08\x00\x10\x00\x10\x01\x01\x11\x00",
        b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x10\0\0\0\x10\x08\x02\0\0\0",
        b"\0\0\0\x18ftyp",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn arbitrary_bytes_never_panic(
            start in proptest::sample::select(STARTS),
            rest in proptest::collection::vec(any::<u8>(), 0..600),
        ) {
            let bytes = [start, rest.as_slice()].concat();
            if let Ok(examination) = examine(&bytes) {
                prop_assert!(Kind::sniff(&bytes).is_ok());
                prop_assert_eq!(examination.upright_size().is_some(), examination.stored_size().is_some());
            }
        }
    }
}

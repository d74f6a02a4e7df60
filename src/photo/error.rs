//! Why a file is not taken as a photo, or cannot be shown.

use super::{Size, Words, limits};

/// A file that is not taken as a photo of a page, or a photo of which no preview can be made.
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    /// The file has no bytes.
    #[error("the photo file is empty")]
    Empty,
    /// The file has more bytes than [`limits::FILE_BYTES`].
    #[error("the photo file has {bytes} bytes, more than {limit}")]
    TooManyBytes {
        /// The length of the file in bytes.
        bytes: u64,
        /// The most that is taken, in bytes.
        limit: u64,
    },
    /// The file ends within the signature of a JPEG or PNG.
    #[error("the photo file ends after {bytes} bytes, before any picture")]
    Cut {
        /// The length of the file in bytes.
        bytes: u64,
    },
    /// HEIC or HEIF, the default of many iPhones.
    #[error("the file is HEIC, not JPEG or PNG")]
    Heic,
    /// AVIF.
    #[error("the file is AVIF, not JPEG or PNG")]
    Avif,
    /// WebP, often a picture saved from a web page or a messenger.
    #[error("the file is WebP, not JPEG or PNG")]
    WebP,
    /// GIF.
    #[error("the file is GIF, not JPEG or PNG")]
    Gif,
    /// TIFF, or a camera's raw format that is built on it.
    #[error("the file is TIFF or camera raw, not JPEG or PNG")]
    Tiff,
    /// PDF, mostly from a scanning app.
    #[error("the file is PDF, not JPEG or PNG")]
    Pdf,
    /// A video: MP4, `QuickTime` or 3GP.
    #[error("the file is a video, not JPEG or PNG")]
    Video,
    /// Text, for example a web page saved in place of the picture.
    #[error("the file is text, not JPEG or PNG")]
    Text,
    /// Nothing that is recognised.
    #[error("the file is of an unknown kind, not JPEG or PNG")]
    Unknown,
    /// The picture is larger than what is decoded here; the evidence itself is not refused for this.
    #[error("the picture is {size}, over the limits for decoding")]
    OverLimits {
        /// The size that the file states.
        size: Size,
    },
    /// A valid JPEG of a layout that the decoder is known to turn into stripes without an error.
    #[error("the JPEG is laid out in separate scans, which the decoder cannot be trusted with")]
    Untrusted,
    /// The file does not say how large its picture is.
    #[error("the photo file states no picture size")]
    NoSize,
    /// The decoder and our own reading of the header disagree about the size of the picture.
    #[error("the photo file states the size {stated}, the decoder sees {seen}")]
    TwoSizes {
        /// The size by our own reading.
        stated: Size,
        /// The size by the decoder's reading.
        seen: Size,
    },
    /// The decoder gave up.
    #[error("decoding the picture")]
    Decode {
        /// What the decoder met.
        #[source]
        source: image::ImageError,
    },
    /// The decoder panicked.
    #[error("the decoder panicked on the picture")]
    Panicked,
    /// The preview could not be written.
    #[error("encoding the preview")]
    Encode {
        /// What the encoder met.
        #[source]
        source: image::ImageError,
    },
    /// The picture could not be made smaller.
    #[error("resizing the picture")]
    Resize {
        /// What the resizer met.
        #[source]
        source: fast_image_resize::ResizeError,
    },
}

impl PhotoError {
    /// For the officer whose file is too long, here or on its way into the folder.
    pub(crate) const TOO_MANY_BYTES: Words = Words::new(
        "Berkas foto lebih dari 25 MB. Turunkan resolusi di pengaturan kamera (12 megapiksel cukup), lalu ambil lagi.",
        "The photo file is larger than 25 MB. Lower the resolution in the camera settings (12 megapixels suffice) and take the photo again.",
    );

    /// Refuses a file without bytes or with too many.
    pub(crate) fn check_length(bytes: u64) -> Result<(), Self> {
        match bytes {
            0 => Err(Self::Empty),
            _ if bytes > limits::FILE_BYTES => Err(Self::TooManyBytes { bytes, limit: limits::FILE_BYTES }),
            _ => Ok(()),
        }
    }

    /// What happened and what to do, for the officer.
    #[must_use]
    pub const fn words(&self) -> Words {
        match self {
            Self::Empty => EMPTY,
            Self::TooManyBytes { .. } => Self::TOO_MANY_BYTES,
            Self::Cut { .. } => CUT,
            Self::Heic => HEIC,
            Self::Avif => AVIF,
            Self::WebP => WEBP,
            Self::Gif => GIF,
            Self::Tiff => TIFF,
            Self::Pdf => PDF,
            Self::Video => VIDEO,
            Self::Text => TEXT,
            Self::Unknown => UNKNOWN,
            Self::OverLimits { .. } | Self::Untrusted => NOT_SHOWN,
            Self::NoSize | Self::TwoSizes { .. } | Self::Decode { .. } | Self::Panicked => BROKEN,
            Self::Encode { .. } | Self::Resize { .. } => NO_PREVIEW,
        }
    }
}

const EMPTY: Words = Words::new(
    "Berkas foto kosong. Ambil foto lagi lalu pilih berkas yang baru.",
    "The photo file is empty. Take the photo again and choose the new file.",
);
const CUT: Words = Words::new(
    "Berkas foto terpotong. Salin ulang dari telepon, atau ambil foto lagi.",
    "The photo file is cut short. Copy it from the phone again, or take the photo again.",
);
const HEIC: Words = Words::new(
    "Foto ini berformat HEIC. Di iPhone buka Pengaturan > Kamera > Format > Paling Kompatibel; di Android matikan HEIF/HEIC di pengaturan kamera. Lalu ambil lagi.",
    "This photo is in HEIC format. On an iPhone open Settings > Camera > Formats > Most Compatible; on Android turn HEIF/HEIC off in the camera settings. Then take the photo again.",
);
const AVIF: Words = Words::new(
    "Foto ini berformat AVIF. Pilih format JPEG di pengaturan kamera, lalu ambil lagi.",
    "This photo is in AVIF format. Choose JPEG in the camera settings, then take the photo again.",
);
const WEBP: Words = Words::new(
    "Gambar ini berformat WebP, biasanya hasil simpanan dari web atau aplikasi pesan. Kirim foto asli dari kamera (JPEG).",
    "This picture is in WebP format, usually saved from a web page or a messenger. Send the original from the camera (JPEG).",
);
const GIF: Words = Words::new(
    "Gambar ini berformat GIF, bukan foto kamera. Kirim foto asli dari kamera (JPEG).",
    "This picture is a GIF, not a camera photo. Send the original from the camera (JPEG).",
);
const TIFF: Words = Words::new(
    "Gambar ini berformat TIFF atau RAW. Pilih format JPEG di pengaturan kamera, lalu ambil lagi.",
    "This picture is in TIFF or RAW format. Choose JPEG in the camera settings, then take the photo again.",
);
const PDF: Words = Words::new(
    "Berkas ini PDF. Potret halaman dengan kamera biasa, bukan aplikasi pemindai, lalu kirim fotonya (JPEG).",
    "This file is a PDF. Photograph the page with the ordinary camera, not a scanning app, and send the photo (JPEG).",
);
const VIDEO: Words = Words::new(
    "Berkas ini video. Ganti kamera ke mode foto, lalu ambil lagi.",
    "This file is a video. Switch the camera to photo mode, then take the photo.",
);
const TEXT: Words = Words::new(
    "Berkas ini teks, bukan foto. Pilih berkas foto dari galeri, atau ambil foto lagi.",
    "This file is text, not a photo. Choose the photo from the gallery, or take it again.",
);
const UNKNOWN: Words = Words::new(
    "Berkas ini bukan foto JPEG atau PNG. Pilih berkas foto dari galeri, atau ambil foto lagi.",
    "This file is not a JPEG or PNG photo. Choose the photo from the gallery, or take it again.",
);
const NOT_SHOWN: Words = Words::new(
    "Foto asli tersimpan, tetapi tidak dapat ditampilkan di sini. Buka foto di telepon untuk memeriksanya, atau ambil lagi.",
    "The original is kept, but cannot be shown here. Open it on the phone to check it, or take the photo again.",
);
const BROKEN: Words = Words::new(
    "Berkas foto rusak dan tidak dapat dibuka. Salin ulang dari telepon, atau ambil foto lagi.",
    "The photo file is damaged and cannot be opened. Copy it from the phone again, or take the photo again.",
);
const NO_PREVIEW: Words = Words::new(
    "Gambar kecil tidak dapat dibuat; foto asli tetap tersimpan. Muat ulang halaman ini.",
    "No small picture could be made; the original is kept. Load this page again.",
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lengths_from_one_byte_to_the_limit_pass() {
        assert!(matches!(PhotoError::check_length(0), Err(PhotoError::Empty)));
        assert!(PhotoError::check_length(1).is_ok());
        assert!(PhotoError::check_length(limits::FILE_BYTES).is_ok());
        assert!(matches!(
            PhotoError::check_length(limits::FILE_BYTES + 1),
            Err(PhotoError::TooManyBytes { bytes: 26_214_401, limit: 26_214_400 })
        ));
    }

    #[test]
    fn the_iphone_owner_learns_where_to_tap() {
        let words = PhotoError::Heic.words();
        assert!(words.id.contains("Pengaturan > Kamera > Format > Paling Kompatibel"));
        assert!(words.en.contains("Settings > Camera > Formats > Most Compatible"));
    }
}

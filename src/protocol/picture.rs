//! A photo as an entry names it: the file, byte for byte, and the light copy that may travel before it.
//!
//! In scope: the fields and their writing. Not here: which page or paper it shows (`entry`), the bytes (`photo`).

use serde::{Deserialize, Serialize};

use crate::digest::Digest;
use crate::form::Code;

/// A photo: its name is the SHA-256 of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Image {
    /// SHA-256 of the file, byte for byte as it came from the camera.
    pub sha256: Digest,
    /// Length of the file in bytes.
    pub bytes: u64,
    /// `jpeg` or `png`.
    pub kind: ImageKind,
    /// Width in pixels as stored, before any turning; 0 when the file could not be looked into.
    pub width: u32,
    /// Height in pixels as stored; 0 when the file could not be looked into.
    pub height: u32,
    /// Where it came from.
    pub source: Source,
    /// What the program found to be poor about it, each with the officer's answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Answered>,
    /// A small copy of it that may travel before it; none when the photo is small itself, or could not be opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub light: Option<Light>,
}

/// A light copy of a photo: the same picture, upright and small, as a JPEG without metadata. It is no evidence of its own and
/// nobody has to deliver it; that the entry names it says that the officer's program made it of this photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Light {
    /// SHA-256 of the copy.
    pub sha256: Digest,
    /// Length of the copy in bytes.
    pub bytes: u64,
}

/// File kinds that are taken as photos.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImageKind {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
}

impl ImageKind {
    /// The file name extension in a bundle.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
        }
    }
}

/// How a photo reached the station.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Taken in the page's camera dialogue.
    Camera,
    /// Chosen as a file.
    File,
}

/// A finding about a photo and the officer's answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answered {
    /// Code of the finding.
    pub code: Code,
    /// Why the photo is kept all the same.
    pub note: String,
}

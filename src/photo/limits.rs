//! What a photo may cost, in one place.
//!
//! Too many bytes are refused. Too many pixels are not: such a file is kept, but nobody here opens it, and a finding
//! says so. A phone of 2024 makes 12 to 50 megapixels and 2 to 12 MB.

/// The most bytes a photo file may have: 25 MiB.
pub const FILE_BYTES: u64 = 25 * 1024 * 1024;

/// The most bytes a light copy may have. On a link of 8 kB a second it takes 20 seconds.
pub const LIGHT_BYTES: u64 = 150_000;

/// A photo of no more bytes than this has no light copy: it is light itself.
pub const LIGHT_FROM: u64 = 300_000;

/// The longest side that is decoded, in pixels.
pub const SIDE: u32 = 12_000;

/// The most pixels that are decoded: 64 megapixels.
pub const PIXELS: u64 = 64_000_000;

/// The most memory one decode may take, in bytes: pixels, coefficients of a progressive JPEG, and the decoder's copy
/// of the file together.
pub const DECODER_BYTES: u64 = 256_000_000;

/// The most scans of a progressive JPEG that is decoded. Encoders write about ten; each costs one pass over all blocks.
pub const SCANS: u32 = 32;

/// The longest side of an image on which quality is measured, in pixels. At full size noise looks like sharpness.
pub const MEASURED_SIDE: u32 = 1_600;

//! A grey picture in memory.

/// Brightness of each pixel, 0 black to 255 white, row after row from the top.
#[derive(Debug, Clone)]
pub struct Grey {
    width: usize,
    height: usize,
    samples: Vec<u8>,
}

impl Grey {
    /// A picture of `width` times `height` samples; what is missing is black.
    pub(crate) fn new(width: usize, height: usize, mut samples: Vec<u8>) -> Self {
        samples.resize(width * height, 0);
        Self { width, height, samples }
    }

    /// Pixels in a row.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// Rows.
    #[must_use]
    pub const fn height(&self) -> usize {
        self.height
    }

    /// The samples of row `y`, which is one of the picture's.
    #[must_use]
    pub fn row(&self, y: usize) -> &[u8] {
        &self.samples[y * self.width..(y + 1) * self.width]
    }

    /// The square of `side` pixels whose top left corner is at `left`, `top`, row by row. It lies within the picture.
    pub(crate) fn square(&self, left: usize, top: usize, side: usize) -> impl Iterator<Item = &[u8]> {
        (top..top + side).map(move |y| &self.row(y)[left..left + side])
    }
}

//! Where in a photo the page is, in cells of 32 by 32 pixels.
//!
//! Quality is measured only there: a bright wall or a dark table around the sheet says nothing about the figures.

use super::pixels::Grey;

/// The side of a cell in pixels.
pub(crate) const CELL: usize = 32;

/// Sheet and surroundings are told apart only if their mean brightness differs by this much.
const LEAST_STEP: u64 = 40;

/// A bright patch is the sheet only if it covers this share of the photo, in percent.
const LEAST_SHARE: usize = 20;

/// Which cells of a photo belong to the page.
#[derive(Debug)]
pub(crate) struct Page {
    across: usize,
    down: usize,
    inside: Vec<bool>,
}

impl Page {
    /// Finds the page: the largest bright patch, or the middle of the photo where none stands out.
    pub(crate) fn find(photo: &Grey) -> Self {
        let (across, down) = (photo.width() / CELL, photo.height() / CELL);
        let means: Vec<u64> = corners(across, down).map(|(left, top)| mean(photo, left, top)).collect();
        let middle = Self { across, down, inside: middle(across, down) };
        let Some(threshold) = split(&means) else { return middle };
        let bright = means.iter().map(|&mean| mean > threshold).collect();
        let mut sheet = Self { across, down, inside: bright };
        sheet.keep_largest_patch();
        sheet.fill_rows();
        sheet.shrink();
        if sheet.cells() * 100 < LEAST_SHARE * across * down { middle } else { sheet }
    }

    /// How many cells the page has.
    pub(crate) fn cells(&self) -> usize {
        self.inside.iter().filter(|&&inside| inside).count()
    }

    /// The top left pixel of each cell of the page.
    pub(crate) fn corners(&self) -> impl Iterator<Item = (usize, usize)> {
        corners(self.across, self.down).zip(&self.inside).filter_map(|(corner, &inside)| inside.then_some(corner))
    }

    /// The cells above, below, left and right of cell `at`, as far as the photo reaches.
    fn neighbours(&self, at: usize) -> impl Iterator<Item = usize> + use<> {
        let (column, row) = (at % self.across, at / self.across);
        let (across, down) = (self.across, self.down);
        [
            (column > 0).then(|| at - 1),
            (column + 1 < across).then_some(at + 1),
            (row > 0).then(|| at - across),
            (row + 1 < down).then_some(at + across),
        ]
        .into_iter()
        .flatten()
    }

    fn keep_largest_patch(&mut self) {
        let mut unseen = self.inside.clone();
        let mut largest = Vec::new();
        for start in 0..unseen.len() {
            let mut patch = Vec::new();
            let mut open = vec![start];
            while let Some(at) = open.pop() {
                if std::mem::take(&mut unseen[at]) {
                    patch.push(at);
                    open.extend(self.neighbours(at));
                }
            }
            if patch.len() > largest.len() {
                largest = patch;
            }
        }
        self.inside.fill(false);
        for at in largest {
            self.inside[at] = true;
        }
    }

    /// Dark cells between bright ones of the same row are writing, so they belong to the page.
    fn fill_rows(&mut self) {
        for row in self.inside.chunks_mut(self.across.max(1)) {
            let first = row.iter().position(|&inside| inside);
            let last = row.iter().rposition(|&inside| inside);
            if let (Some(first), Some(last)) = (first, last) {
                row[first..=last].fill(true);
            }
        }
    }

    /// Gives up the cells at the edge of the sheet, which show the surroundings too.
    fn shrink(&mut self) {
        let inner = |at: usize| self.inside[at] && self.neighbours(at).all(|next| self.inside[next]);
        self.inside = (0..self.inside.len()).map(inner).collect();
    }
}

fn corners(across: usize, down: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..down).flat_map(move |row| (0..across).map(move |column| (column * CELL, row * CELL)))
}

fn mean(photo: &Grey, left: usize, top: usize) -> u64 {
    let sum: u64 = photo.square(left, top, CELL).flatten().map(|&sample| u64::from(sample)).sum();
    sum / (CELL * CELL) as u64
}

/// The middle three quarters in each direction.
fn middle(across: usize, down: usize) -> Vec<bool> {
    let within = |at: usize, all: usize| (at * 2 + 1) * 4 > all && (at * 2 + 1) * 4 < all * 7;
    (0..across * down).map(|at| within(at % across, across) && within(at / across, down)).collect()
}

/// The brightness that best parts dark from bright cells (Otsu, 1979); `None` when the two hardly differ.
fn split(means: &[u64]) -> Option<u64> {
    let all: u64 = means.iter().sum();
    let (mut best, mut best_spread) = (None, 0);
    for threshold in 0..255 {
        let dark = means.iter().filter(|&&mean| mean <= threshold);
        let (count, sum) = dark.fold((0, 0), |(count, sum), mean| (count + 1, sum + mean));
        let others = means.len() as u64 - count;
        if count == 0 || others == 0 {
            continue;
        }
        let step = ((all - sum) / others).saturating_sub(sum / count);
        let spread = count * others * step * step;
        if step >= LEAST_STEP && spread > best_spread {
            (best, best_spread) = (Some(threshold), spread);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A photo of 320 by 320 pixels whose brightness is a function of the cell.
    fn photo(brightness: impl Fn(usize, usize) -> u8) -> Grey {
        let samples = (0..320 * 320).map(|at| brightness(at % 320 / CELL, at / 320 / CELL)).collect();
        Grey::new(320, 320, samples)
    }

    #[test]
    fn the_bright_sheet_is_found_without_its_edge_and_with_its_dark_cells() {
        let sheet = photo(|x, y| match (x, y) {
            (5, 4) => 30,
            (2..=7, 1..=7) => 200,
            (9, 9) => 220,
            _ => 60,
        });
        let page = Page::find(&sheet);
        let expected: Vec<_> = (2..=6).flat_map(|y| (3..=6).map(move |x| (x * CELL, y * CELL))).collect();
        assert_eq!(page.corners().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn without_a_sheet_the_middle_counts() {
        let even = Page::find(&photo(|x, _| if x < 5 { 120 } else { 140 }));
        let spot = Page::find(&photo(|x, y| if x < 2 && y < 2 { 250 } else { 60 }));
        for page in [even, spot] {
            assert_eq!(page.cells(), 64);
            assert_eq!(page.corners().next(), Some((CELL, CELL)));
        }
    }

    #[test]
    fn photos_smaller_than_a_cell_have_no_page() {
        for (width, height) in [(0, 0), (1, 1), (31, 400), (400, 31)] {
            assert_eq!(Page::find(&Grey::new(width, height, Vec::new())).cells(), 0);
        }
        assert_eq!(Page::find(&Grey::new(32, 32, vec![9; 1024])).cells(), 1);
    }
}

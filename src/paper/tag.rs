//! The square tag in the upper right corner that says which page a picture shows.

/// Cells along one side of the tag, its black border not counted.
pub const SIDE: usize = 6;

/// The page number of a sheet as a square of black and white cells, in a code of our own.
///
/// KPU's plano of 2024 carries an `AprilTag` of the family 36h10 in this place. The practice sheet has the same look (a black
/// border around six by six cells) and another code, so that no reader of real sheets ever takes a practice sheet for one.
///
/// The code: a word of 12 bits (8 bits page id, 4 bits check) stands three times, in rows 1–2, 3–4 and 5–6, each time
/// flipped by another mask. A reader takes the majority of three for every bit: any single wrong cell is put right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tag {
    id: u8,
}

/// One mask per copy of the word; chosen so that a tag is about half black and looks different when turned.
const MASKS: [u16; 3] = [0b1010_0110_1101, 0b0110_1011_0010, 0b1100_0101_1001];

impl Tag {
    /// The tag of the page with this printed id (101, 102 or 103).
    #[must_use]
    pub const fn new(id: u8) -> Self {
        Self { id }
    }

    /// The id that is printed beside the tag.
    #[must_use]
    pub const fn id(self) -> u8 {
        self.id
    }

    /// The cells by rows from the top, each from the left; true is white.
    #[must_use]
    pub fn cells(self) -> [[bool; SIDE]; SIDE] {
        let word = word(self.id);
        let mut cells = [[false; SIDE]; SIDE];
        for (row, line) in cells.iter_mut().enumerate() {
            for (column, cell) in line.iter_mut().enumerate() {
                *cell = (word ^ MASKS[row / 2]) >> bit(row, column) & 1 == 1;
            }
        }
        cells
    }

    /// Reads cells back; none when the check does not fit, as for a tag that is turned or badly damaged.
    #[must_use]
    pub fn read(cells: &[[bool; SIDE]; SIDE]) -> Option<Self> {
        let mut copies = [0_u16; 3];
        for (row, line) in cells.iter().enumerate() {
            for (column, cell) in line.iter().enumerate() {
                copies[row / 2] |= u16::from(*cell) << bit(row, column);
            }
        }
        let [first, second, third] = [copies[0] ^ MASKS[0], copies[1] ^ MASKS[1], copies[2] ^ MASKS[2]];
        let majority = first & second | first & third | second & third;
        let id = u8::try_from(majority >> 4).ok()?;
        (word(id) == majority).then_some(Self { id })
    }
}

/// The 12 bits of an id: the id, then a check that depends on both halves differently.
const fn word(id: u8) -> u16 {
    let check = (id >> 4) ^ (id & 15).rotate_left(1) ^ (id >> 7) ^ 0b0101;
    (id as u16) << 4 | (check & 15) as u16
}

const fn bit(row: usize, column: usize) -> usize {
    11 - (row % 2 * SIDE + column)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGES: [u8; 3] = [101, 102, 103];

    #[test]
    fn a_tag_reads_back_with_any_one_cell_wrong() {
        for id in PAGES {
            let cells = Tag::new(id).cells();
            assert_eq!(Tag::read(&cells), Some(Tag::new(id)));
            for at in 0..SIDE * SIDE {
                let mut damaged = cells;
                damaged[at / SIDE][at % SIDE] ^= true;
                assert_eq!(Tag::read(&damaged), Some(Tag::new(id)), "cell {at}");
            }
        }
    }

    #[test]
    fn a_turned_tag_is_no_page() {
        for id in PAGES {
            let mut cells = Tag::new(id).cells();
            for turn in 1..4 {
                cells = turned(&cells);
                let read = Tag::read(&cells).map(Tag::id);
                assert!(!PAGES.iter().any(|page| read == Some(*page)), "{id} turned {turn} times reads {read:?}");
            }
        }
    }

    fn turned(cells: &[[bool; SIDE]; SIDE]) -> [[bool; SIDE]; SIDE] {
        let mut out = [[false; SIDE]; SIDE];
        for (row, line) in cells.iter().enumerate() {
            for (column, cell) in line.iter().enumerate() {
                out[column][SIDE - 1 - row] = *cell;
            }
        }
        out
    }

    #[test]
    fn a_tag_is_neither_mostly_black_nor_mostly_white() {
        for id in PAGES {
            let white = Tag::new(id).cells().iter().flatten().filter(|cell| **cell).count();
            assert!((12..=24).contains(&white), "{id}: {white}");
        }
    }
}

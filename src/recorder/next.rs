//! What the officers do next.

use serde::Serialize;

use crate::form::{Lang, Page};
use crate::protocol::ids::Slot;
use crate::protocol::state::{Phase, State};
use crate::store::Delivery;

/// The next step; the first one that is open, in the order of the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Next {
    /// An officer has no accredited key.
    Enrol {
        /// Who.
        slot: Slot,
    },
    /// Both are enrolled; one of them opens the station.
    Open,
    /// An officer reads a form.
    Read {
        /// Which form.
        contest: String,
        /// Who; none when either may begin.
        slot: Option<Slot>,
    },
    /// Both read the differing boxes again.
    ReadAgain {
        /// Which form.
        contest: String,
        /// How many boxes differ.
        boxes: usize,
    },
    /// A page has no photo.
    Photograph {
        /// Which form.
        contest: String,
        /// Which page.
        page: Page,
    },
    /// Both seal a form.
    Seal {
        /// Which form.
        contest: String,
    },
    /// Central has not signed for everything.
    Deliver,
    /// Central refused something; a person has to look.
    LookAtRefused,
    /// Both close the day.
    Close,
    /// All is done.
    Nothing,
}

/// Who is enrolled, p1 first.
pub(super) fn step(state: &State, enrolled: [bool; 2], delivery: &Delivery) -> Next {
    if state.opened().is_none() {
        let lacking = Slot::BOTH.into_iter().find(|slot| !enrolled[*slot as usize]);
        return lacking.map_or(Next::Open, |slot| Next::Enrol { slot });
    }
    if let Some(step) = state.forms().iter().find_map(|form| form_step(state, form.contest(), form.phase())) {
        return step;
    }
    match (delivery.set_aside > 0, delivery.complete(), state.closed()) {
        (true, _, _) => Next::LookAtRefused,
        (false, false, _) => Next::Deliver,
        (false, true, None) => Next::Close,
        (false, true, Some(_)) => Next::Nothing,
    }
}

fn form_step(state: &State, contest: &str, phase: Phase) -> Option<Next> {
    let contest_of = || contest.to_owned();
    match phase {
        Phase::Unread => Some(Next::Read { contest: contest_of(), slot: None }),
        Phase::Waiting { next } => Some(Next::Read { contest: contest_of(), slot: Some(next) }),
        Phase::Differs { fields } => Some(Next::ReadAgain { contest: contest_of(), boxes: fields.len() }),
        Phase::Agreed => {
            let bare = Page::ALL.into_iter().find(|page| state.page_photo(contest, *page).is_none());
            Some(match bare {
                Some(page) => Next::Photograph { contest: contest_of(), page },
                None => Next::Seal { contest: contest_of() },
            })
        }
        Phase::Sealed { .. } => None,
    }
}

impl Next {
    /// The step in words.
    #[must_use]
    pub fn text(&self, lang: Lang) -> String {
        match lang {
            Lang::Id => self.indonesian(),
            Lang::En => self.english(),
        }
    }

    fn indonesian(&self) -> String {
        match self {
            Self::Enrol { slot } => format!("daftarkan petugas {slot} dengan kode dari KPU"),
            Self::Open => "buka TPS: salah satu petugas memasukkan PIN".into(),
            Self::Read { contest, slot: None } => format!("baca formulir {contest}: petugas mana pun boleh mulai"),
            Self::Read { contest, slot: Some(slot) } => {
                format!("baca formulir {contest}: giliran {slot}, tanpa melihat bacaan rekan")
            }
            Self::ReadAgain { contest, boxes } => {
                format!("baca ulang {boxes} kotak yang berbeda pada formulir {contest}, masing-masing petugas")
            }
            Self::Photograph { contest, page } => format!("foto halaman {page} formulir {contest}"),
            Self::Seal { contest } => format!("segel formulir {contest}: PIN kedua petugas"),
            Self::Deliver => "kirim ke pusat; boleh ditinggal, pengiriman diulang sendiri".into(),
            Self::LookAtRefused => "ada kiriman yang ditolak pusat; baca alasannya di status, hubungi KPU".into(),
            Self::Close => "tutup hari: PIN kedua petugas, lalu tulis kode penutup di kertas".into(),
            Self::Nothing => "selesai; tidak ada langkah lagi".into(),
        }
    }

    fn english(&self) -> String {
        match self {
            Self::Enrol { slot } => format!("enrol officer {slot} with the code from KPU"),
            Self::Open => "open the station: either officer enters the PIN".into(),
            Self::Read { contest, slot: None } => format!("read the form {contest}: either officer may begin"),
            Self::Read { contest, slot: Some(slot) } => {
                format!("read the form {contest}: {slot}'s turn, without looking at the colleague's reading")
            }
            Self::ReadAgain { contest, boxes } => {
                format!("read the {boxes} differing boxes of the form {contest} again, each officer alone")
            }
            Self::Photograph { contest, page } => format!("photograph page {page} of the form {contest}"),
            Self::Seal { contest } => format!("seal the form {contest}: both officers' PINs"),
            Self::Deliver => "send to central; it may be left alone, sending repeats itself".into(),
            Self::LookAtRefused => "central refused something; read why in the status, and call KPU".into(),
            Self::Close => "close the day: both officers' PINs, then write the closing code on the paper".into(),
            Self::Nothing => "done; nothing is left to do".into(),
        }
    }
}

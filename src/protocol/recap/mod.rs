//! The recapitulation (*rekapitulasi*): TPS → kelurahan → kecamatan → kota or kabupaten → provinsi, from the results in force.
//!
//! In scope: what one TPS contributes, the sums of every region, the published page of a region. Pure, and the same for
//! central, which publishes, and for the verifier, which adds up again.
//! Not here: which result is in force ([`super::state`]), whether a sheet adds up (`form`), HTTP and files.
//!
//! An update changes the sums of the four regions that hold its TPS and nothing else; a page lists the regions one tier below
//! and never looks further down. So neither costs more for a nation than for a village.

mod fold;
mod keep;
mod make;
mod page;
mod photos;
mod published;
mod share;
mod tally;

pub use fold::Recap;
pub use keep::{Keep, Maps};
pub use page::{AsOf, Below, BelowContest, ContestPage, FormPage, Pair, RegionPage, Reported, TpsPage, Turnout};
pub use photos::Photos;
pub use published::{PublishedPage, PublishedSums};
pub use share::Share;
pub use tally::{Tally, Totals};

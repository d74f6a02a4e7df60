//! What the sheets come to, beside what central publishes: every box of every contest in every region that took part.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::deliver::Ready;
use crate::form::{CellId, Sums};
use crate::protocol::election::Election;
use crate::protocol::ids::{Level, Region};
use crate::protocol::recap::PublishedPage;
use crate::rehearsal::DemoError;
use crate::sync::http::HttpUplink;

/// What central publishes of each region.
pub(super) type Published = BTreeMap<Region, PublishedPage>;

/// Asks central for the recapitulation of every region that holds one of these stations.
pub(super) async fn published(uplink: &HttpUplink, stations: &[Ready]) -> Result<Published, DemoError> {
    let regions: BTreeSet<Region> =
        stations.iter().flat_map(|ready| Level::ALL.map(|level| ready.id.region(level))).collect();
    let mut pages = Published::new();
    for region in regions {
        pages.insert(region, uplink.recap(region).await.map_err(DemoError::Asked)?);
    }
    Ok(pages)
}

/// One box whose sum is not published as the sheets have it, or one count of TPS.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Where.
    pub region: Region,
    /// In which contest.
    pub contest: String,
    /// Which box; none for the number of TPS that have reported.
    pub cell: Option<CellId>,
    /// What the sheets of this rehearsal come to.
    pub sheets: u64,
    /// By how much the published sum has grown; less than nothing when it shrank.
    pub published: i128,
}

/// The comparison.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// Regions looked at.
    pub regions: u64,
    /// Sums compared.
    pub sums: u64,
    /// Those that differ.
    pub differences: Vec<Difference>,
}

/// The sheets of every region, added up here, with the number of TPS that have a result.
fn sheets(election: &Election, stations: &[Ready]) -> BTreeMap<(Region, usize), (u64, Sums)> {
    let mut all = BTreeMap::new();
    for ready in stations {
        for (at, form) in election.forms().iter().enumerate() {
            let kept = ready.state.form(form.contest().id).and_then(|kept| kept.sealed());
            for region in Level::ALL.map(|level| ready.id.region(level)) {
                let (reported, sums) = all.entry((region, at)).or_insert_with(|| (0, Sums::zero(form)));
                *reported += u64::from(kept.is_some());
                kept.and_then(|kept| kept.counts.as_ref()).iter().for_each(|counts| sums.add(counts));
            }
        }
    }
    all
}

/// Compares what the sheets come to with by how much the published sums have grown.
pub(super) fn compare(election: &Election, stations: &[Ready], (before, after): (&Published, &Published)) -> Compared {
    let mut compared = Compared { regions: after.len() as u64, ..Compared::default() };
    for ((region, at), (reported, sums)) in sheets(election, stations) {
        let of = |pages: &Published| pages.get(&region).and_then(|page| page.contests.get(at)).cloned();
        let (before, after) = (of(before), of(after));
        let contest = election.forms()[at].contest().id.to_owned();
        let mut check = |cell: Option<&CellId>, sheets: u64| {
            let value = |page: &Option<crate::protocol::recap::PublishedSums>| {
                page.as_ref().map_or(0, |page| match cell {
                    Some(cell) => page.boxes.get(cell).copied().unwrap_or_default(),
                    None => page.reported.into(),
                })
            };
            let published = i128::from(value(&after)) - i128::from(value(&before));
            compared.sums += 1;
            if published != i128::from(sheets) {
                let (contest, cell) = (contest.clone(), cell.cloned());
                compared.differences.push(Difference { region, contest, cell, sheets, published });
            }
        };
        check(None, reported);
        for (cell, sum) in sums.iter() {
            check(Some(cell), sum);
        }
    }
    compared
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::protocol::key::PrivateKey;
    use crate::protocol::state::State;
    use crate::rehearsal::city;

    /// What a central publishes of these regions: zero everywhere but for one box of the kelurahan.
    fn pages(election: &Election, regions: &[Region], cell: &str, value: u64) -> Published {
        let page = |region: Region| {
            let contests = election.forms().iter().map(|form| {
                let boxes = form.cells().iter().map(|one| {
                    let here = region.level() == Level::Kelurahan && one.id().as_str() == cell;
                    (one.id().to_string(), if here { value } else { 0 })
                });
                let boxes: BTreeMap<_, _> = boxes.collect();
                serde_json::json!({ "contest": form.contest().id, "reported": 0, "boxes": boxes, "turnout": {} })
            });
            let json = serde_json::json!({ "region": region, "contests": contests.collect::<Vec<_>>(), "name": "x" });
            (region, serde_json::from_value(json).expect("a page"))
        };
        regions.iter().copied().map(page).collect()
    }

    #[test]
    fn a_sum_that_grew_by_what_no_sheet_says_is_a_difference() {
        let key = PrivateKey::from_seed("kpu.example/test", &[1; 32]).expect("a key");
        let election = city::election(&key).expect("an election");
        let id = election.plan().stations[0].id;
        let stations = [Ready { id, items: Vec::new(), state: State::new(&election, id) }];
        let regions = Level::ALL.map(|level| id.region(level));
        let page = |value| pages(&election, &regions, "votes.1", value);
        let same = compare(&election, &stations, (&page(41), &page(41)));
        assert_eq!((same.regions, &same.differences), (4, &Vec::new()));
        let cells: u64 = election.forms().iter().map(|form| form.cells().len() as u64 + 1).sum();
        assert_eq!(same.sums, 4 * cells, "every box and the number of TPS, in every region");
        for (before, after, grown) in [(41, 42, 1), (42, 40, -2)] {
            let found = compare(&election, &stations, (&page(before), &page(after))).differences;
            assert_eq!(found.len(), election.forms().len());
            assert!(found.iter().all(|one| one.published == grown && one.sheets == 0));
            assert!(found.iter().all(|one| one.region == id.kelurahan()));
        }
        let silent = compare(&election, &stations, (&Published::new(), &Published::new()));
        assert_eq!(silent.regions, 0, "and so the rehearsal is not sound");
    }
}

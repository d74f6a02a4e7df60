//! The count of one TPS (`/pilkada/hhcw/…/{tps}.json`).

use serde::Serialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;

use super::contest::Contest;
use super::count::PSU;
use super::moment;
use crate::central::http::Failure;
use crate::central::keeper::Central;
use crate::central::refusal::Refusal;
use crate::clock::Timestamp;
use crate::form::{CellId, Counts, Page};
use crate::protocol::entry::PagePhoto;
use crate::protocol::ids::StationId;
use crate::protocol::receipt::{Item, What};
use crate::protocol::state::KeptResult;
use crate::protocol::wire;

/// Names of `administrasi`, and the box of the form behind each; KPU has no place for sections II and III.
const ADMINISTRASI: [(&str, &str); 18] = [
    ("suara_sah", "valid"),
    ("suara_tidak_sah", "invalid"),
    ("suara_total", "total"),
    ("pemilih_dpt_l", "dpt.L"),
    ("pemilih_dpt_p", "dpt.P"),
    ("pemilih_dpt_j", "dpt.J"),
    ("pengguna_dpt_l", "users_dpt.L"),
    ("pengguna_dpt_p", "users_dpt.P"),
    ("pengguna_dpt_j", "users_dpt.J"),
    ("pengguna_dptb_l", "users_dptb.L"),
    ("pengguna_dptb_p", "users_dptb.P"),
    ("pengguna_dptb_j", "users_dptb.J"),
    ("pengguna_non_dpt_l", "users_dpk.L"),
    ("pengguna_non_dpt_p", "users_dpk.P"),
    ("pengguna_non_dpt_j", "users_dpk.J"),
    ("pengguna_total_l", "users_total.L"),
    ("pengguna_total_p", "users_total.P"),
    ("pengguna_total_j", "users_total.J"),
];

/// The count of one TPS; what is not there yet is null.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KpuTpsCount)]
pub(super) struct Count {
    mode: &'static str,
    tungsura: Tungsura,
    images: Vec<Option<String>>,
    psu: &'static str,
    status_suara: bool,
    status_adm: bool,
    ts: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = KpuTpsVotes)]
struct Tungsura {
    #[schema(value_type = Option<BTreeMap<String, Value>>)]
    chart: Option<Map<String, Value>>,
    #[schema(value_type = Option<BTreeMap<String, Value>>)]
    administrasi: Option<Map<String, Value>>,
}

/// The count of a TPS. `host` is where the asker found central: photos are named by whole addresses.
pub(super) fn count(
    central: &Central,
    contest: &Contest,
    station: StationId,
    host: Option<&str>,
) -> Result<Count, Failure> {
    central.takes_part(station)?;
    let form = central.state(station).and_then(|state| state.form(&contest.id));
    let result = form.and_then(|form| form.sealed());
    let counts = result.and_then(|result| result.counts.as_ref());
    let at = result.map(|result| received_at(central, station, result)).transpose()?.flatten();
    let photo = |page: Page| {
        let sha256 = result?.pages.iter().find_map(|found| match found {
            PagePhoto::Photo { page: at, sha256 } if *at == page => Some(sha256),
            _ => None,
        })?;
        central.holds_photo(station, sha256).ok()?;
        Some(address(host, &wire::photo_path(station, sha256)))
    };
    Ok(Count {
        mode: "hhcw",
        tungsura: Tungsura {
            chart: counts.map(|counts| chart(contest, counts)),
            administrasi: counts.map(administrasi),
        },
        images: Page::ALL.map(photo).to_vec(),
        psu: PSU,
        status_suara: counts.is_some(),
        status_adm: counts.is_some(),
        ts: at.map_or_else(|| moment::before(central), moment::wib),
    })
}

/// When central received the result.
fn received_at(central: &Central, station: StationId, result: &KeptResult) -> Result<Option<Timestamp>, Refusal> {
    let item = Item { station, what: What::Entry(result.seq), digest: result.entry };
    central.received_at(&item)
}

/// Votes by the ids of the pairs, and the null under the name `null` that KPU's own file has.
fn chart(contest: &Contest, counts: &Counts) -> Map<String, Value> {
    let votes = counts.form().votes().filter_map(|cell| counts.get(cell.id()));
    let votes = contest.ids().zip(votes).map(|(id, count)| (id, Value::from(count.get())));
    std::iter::once(("null".to_owned(), Value::Null)).chain(votes).collect()
}

fn administrasi(counts: &Counts) -> Map<String, Value> {
    let value = |id: &str| id.parse::<CellId>().ok().and_then(|id| counts.get(&id)).map(u16::from);
    ADMINISTRASI.iter().map(|(name, id)| ((*name).to_owned(), Value::from(value(id)))).collect()
}

/// The whole address of a path: central serves without TLS on loopback addresses only. A host that no browser would ask for
/// is not repeated.
fn address(host: Option<&str>, path: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || matches!(letter, '.' | '-' | ':' | '[' | ']');
    match host.filter(|host| !host.is_empty() && host.chars().all(plain)) {
        Some(host) => {
            let name = host.rsplit_once(':').filter(|(name, _)| !name.ends_with(':')).map_or(host, |(name, _)| name);
            let is_loopback = name == "localhost" || name == "[::1]" || name.starts_with("127.");
            format!("{}://{host}{path}", if is_loopback { "http" } else { "https" })
        }
        None => path.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_have_whole_addresses_at_the_host_that_was_asked() {
        let table = [
            (Some("127.0.0.1:8443"), "http://127.0.0.1:8443/x"),
            (Some("localhost"), "http://localhost/x"),
            (Some("[::1]:80"), "http://[::1]:80/x"),
            (Some("central.example"), "https://central.example/x"),
            (Some("central.example:8443"), "https://central.example:8443/x"),
            (Some("a/b\"c"), "/x"),
            (Some(""), "/x"),
            (None, "/x"),
        ];
        for (host, whole) in table {
            assert_eq!(address(host, "/x"), whole);
        }
    }
}

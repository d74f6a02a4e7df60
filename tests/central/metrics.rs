//! What central counts about itself.

use plano::central::http::Config;
use plano::central::{Central, Submission};
use plano::protocol::entry::Body;
use plano::protocol::wire::entry_path;

use crate::support::central::{enrol_both, in_memory};
use crate::support::deliveries::{Day, moment};
use crate::support::election::{small, station};
use crate::support::server::Listening;

/// A central that knows the officers of a station, and of its day nothing but a result out of a QR code.
fn with_a_carried_result() -> (Central, Day) {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    let result = day.entries.iter().find(|entry| matches!(entry.entry().body, Body::Result(_))).expect("a result");
    central.submit_one(Submission::Carried { bytes: result.bytes().to_vec() }, moment(1)).expect("taken");
    (central, day)
}

#[test]
fn everything_is_counted_and_no_label_names_a_station() {
    let (central, day) = with_a_carried_result();
    let server = Listening::with(central, |config| Config { metrics: Some(([127, 0, 0, 1], 0).into()), ..config });
    let path = |at: usize| entry_path(day.station, day.entries[at].entry().seq);
    for status in [201, 200] {
        assert_eq!(server.put(&path(0), day.entries[0].bytes()).status, status);
    }
    assert_eq!(server.put(&path(2), day.entries[2].bytes()).status, 409);
    assert_eq!(server.get("/nothing").status, 404);

    let reply = server.metrics();
    assert_eq!(reply.status, 200);
    assert!(reply.header("content-type").is_some_and(|kind| kind.starts_with("application/openmetrics-text")));
    let text = String::from_utf8(reply.body).expect("text");
    let bytes = day.entries[0].bytes().len();
    for line in [
        r#"plano_accepted_total{kind="entry",news="new"} 1"#.to_owned(),
        r#"plano_accepted_total{kind="entry",news="known"} 1"#.to_owned(),
        format!(r#"plano_accepted_bytes_total{{kind="entry"}} {bytes}"#),
        r#"plano_http_problems_total{door="both",problem="gap"} 1"#.to_owned(),
        r#"plano_http_problems_total{door="both",problem="unknown"} 1"#.to_owned(),
        r#"plano_http_requests_total{door="both",method="PUT",route="/v1/stations/{station}/entries/{seq}",status="201"} 1"#
            .to_owned(),
        r#"plano_http_requests_total{door="both",method="GET",route="none",status="404"} 1"#.to_owned(),
        "plano_log_leaves 1".to_owned(),
        "plano_diverged_entries 0".to_owned(),
        "plano_provisional_results 1".to_owned(),
        "plano_queue_submissions 0".to_owned(),
        r#"plano_http_connections{door="metrics"} 1"#.to_owned(),
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
    }
    for metric in ["plano_commit_seconds_count", "plano_commit_submissions_sum", "plano_http_request_seconds_bucket"] {
        assert!(text.contains(metric), "{metric}");
    }
    assert!(text.ends_with("# EOF\n"));
    assert!(!text.contains("35.74"), "no label names a station");
    assert_eq!(server.get("/metrics").status, 404, "not at the doors of others");
    server.end();
}

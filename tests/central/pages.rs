//! Central's pages through its port: what they say, what they never say, and that every link on them leads somewhere.

use std::collections::{BTreeSet, VecDeque};
use std::process::Command;

use plano::central::Central;
use plano::protocol::ids::Region;
use plano::rehearsal::figures::figures;

use crate::support::central::{enrol_both, in_memory, put};
use crate::support::deliveries::Day;
use crate::support::election::{plan, small, station};
use crate::support::evening::{HOSTILE, changed, deliver, everything};
use crate::support::server::{Listening, Reply};

/// A browser's request.
fn visit(server: &Listening, path: &str, more: &str) -> Reply {
    let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: text/html,*/*\r\n{more}\r\n");
    server.raw(head.as_bytes()).expect("an answer")
}

fn page(server: &Listening, path: &str) -> String {
    let reply = visit(server, path, "");
    assert_eq!(reply.status, 200, "{path}: {}", String::from_utf8_lossy(&reply.body));
    String::from_utf8(reply.body).expect("text")
}

/// A number with its thousands set apart, in English.
fn grouped(number: u64) -> String {
    if number < 1000 { number.to_string() } else { format!("{},{:03}", grouped(number / 1000), number % 1000) }
}

/// The text without tags, blanks put together.
fn words(page: &str) -> String {
    let pieces = page.split('<').filter_map(|piece| piece.split_once('>')).map(|(_, text)| text);
    pieces.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Three stations: the first with everything, the second with a finding, the third silent.
fn busy() -> Central {
    let mut plan = plan(3);
    plan.contests[0].pairs[1] = format!("Pasangan {HOSTILE}");
    plan.name = format!("Latihan {HOSTILE}");
    let election = plano::protocol::election::Election::sign(&plan, &crate::support::election::authority());
    let election = election.expect("a valid plan");
    let mut central = in_memory(&election);
    let tiny = Day::opened(&election, station(1), [plano::digest::Digest::of(b""); 2]).camera;
    everything(&mut central, station(1), tiny);
    let accreditations = enrol_both(&mut central, station(2));
    let mut day = Day::opened(&election, station(2), accreditations);
    let form = &election.forms()[0];
    let sound = figures(form, election.registered(station(2)).expect("takes part"), 8);
    day.record_form(form.contest().id, &changed(&sound, "valid", 1));
    deliver(&mut central, &day, true);
    central
}

#[test]
fn the_front_page_and_the_pages_of_regions_say_what_the_recapitulation_says() {
    let central = busy();
    let recap = central.recap("35.74.03.1001".parse::<Region>().expect("a code")).expect("a region");
    let server = Listening::start(central);
    let home = words(&page(&server, "/en"));
    assert!(home.contains("Kelurahan Mayangan") && home.contains("2 of 3 polling stations · 66.67 %"), "{home}");
    assert!(home.contains("Polling stations with findings: 2"), "{home}");
    assert!(home.contains("a person has to look at: 1."), "{home}");
    for contest in &recap.contests {
        let name = &contest.reported.contest;
        let raw = page(&server, &format!("/en/region/35.74.03.1001/{name}"));
        let text = words(&raw);
        for pair in &contest.pairs {
            assert!(
                text.contains(&format!("{} {} %", grouped(pair.votes), pair.percent)),
                "{name}: {pair:?} in {text}"
            );
        }
        assert!(raw.contains("/35/3574/357403/3574031001.json\""), "{name}: the count as KPU's readers look for it");
        for check in &contest.checks {
            let line = format!("{} {}", grouped(check.written), grouped(check.computed));
            assert!(text.contains(&line), "{name}: {check:?}");
        }
        let sheet = words(&page(&server, &format!("/en/region/35.74.03.1001/{name}/sheet")));
        for (id, sum) in contest.boxes.iter() {
            assert!(sheet.contains(&grouped(sum)), "{name}: {id}");
        }
    }
    let text = words(&page(&server, "/region/35.74.03.1001/gubernur"));
    assert!(text.contains("E301") && text.contains("+2"), "the difference between written and computed: {text}");
    server.end();
}

#[test]
fn the_page_of_a_station_shows_its_figures_its_revisions_and_what_is_wrong() {
    let server = Listening::start(busy());
    let text = words(&page(&server, "/en/tps/35.74.03.1001-001"));
    for said in [
        "This result was corrected; boxes that changed: 1. Reason: Kotak IV.2 salah dibaca.",
        "was ",
        "Revision 1, sealed",
        "E301",
        "The officers&#39; answer: Tertulis begitu di plano.",
        "saksi of pair 2 refused the copy: Tidak mau menerima.",
        "Hujan deras; TPS dipindah ke balai RW.",
        "Diverged history",
        "Riwayat lain.",
        "Check it yourself",
        "10 of 10 have arrived",
    ] {
        assert!(text.contains(said), "{said:?} is not in {text}");
    }
    assert!(words(&page(&server, "/tps/35.74.03.1001-003")).contains("Belum ada catatan dari TPS ini."));
    assert_eq!(page(&server, "/tps/3574031001001"), page(&server, "/tps/35.74.03.1001-001"), "both spellings");
    server.end();
}

#[test]
fn every_link_leads_somewhere_and_no_page_holds_what_officers_typed_as_markup() {
    let server = Listening::start(busy());
    let (mut seen, mut waiting) = (BTreeSet::from(["/".to_owned()]), VecDeque::from(["/".to_owned()]));
    let mut pages = 0;
    while let Some(path) = waiting.pop_front() {
        let reply = visit(&server, &path, "");
        // The tiny photos of this test cannot be decoded.
        let picture = path.ends_with("/preview") || path.ends_with("/full");
        assert!(reply.status == 200 || picture && reply.status == 404, "{path}: {}", reply.status);
        if reply.header("content-type").is_none_or(|kind| !kind.starts_with("text/html")) {
            continue;
        }
        assert!(reply.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'self'")));
        let text = String::from_utf8(reply.body).expect("text");
        pages += 1;
        for never in ["<script", "<img src=x", "onerror=alert(2)>", " style=", "<style", "http://", "javascript:"] {
            assert!(!text.contains(never), "{path} holds {never}");
        }
        assert_eq!(text.matches("<h1").count().min(1), 1, "{path} has a heading");
        for attribute in ["href=\"", "src=\""] {
            for link in text.split(attribute).skip(1).filter_map(|rest| rest.split('"').next()) {
                let link = link.split('#').next().unwrap_or_default();
                assert!(link.is_empty() || link.starts_with('/') && !link.starts_with("//"), "{path}: {link}");
                if !link.is_empty() && seen.insert(link.to_owned()) {
                    waiting.push_back(link.to_owned());
                }
            }
        }
    }
    // Both languages: front page, four tiers in two contests with their sheets, three stations, orders of the tables.
    assert!(pages > 60, "{pages} pages");
    assert!(page(&server, "/tps/35.74.03.1001-001").contains("&#60;script&#62;alert(1)"), "shown as it was typed");
    server.end();
}

#[test]
fn an_election_that_has_not_begun_says_so() {
    let server = Listening::start(in_memory(&small(2)));
    let home = words(&page(&server, "/"));
    assert!(home.contains("Belum ada TPS yang melapor") && home.contains("0 dari 2 TPS"), "{home}");
    assert!(home.contains("LATIHAN"), "a drill is marked as one");
    let region = words(&page(&server, "/en/region/35.74/walikota"));
    assert!(region.contains("No result is sealed in this region yet."), "{region}");
    assert!(words(&page(&server, "/en/tps/35.74.03.1001-002")).contains("547 voters on the DPT"));
    server.end();
}

#[test]
fn what_is_not_there_is_said_to_people_in_their_language_and_to_programs_as_a_problem() {
    let server = Listening::start(in_memory(&small(1)));
    let cases = [
        "/nothing",
        "/region/11",
        "/region/11/gubernur",
        "/region/35.74/presiden",
        "/region/x/gubernur",
        "/tps/35.74.03.1001-009",
    ];
    for path in cases {
        for (prefix, said) in [("", "Halaman ini tidak ada"), ("/en", "There is no such page")] {
            let reply = visit(&server, &format!("{prefix}{path}"), "");
            let text = String::from_utf8(reply.body.clone()).expect("text");
            if path == "/region/11" {
                assert_eq!(
                    (reply.status, reply.header("location")),
                    (308, Some(format!("{prefix}/region/11/gubernur").as_str()))
                );
            } else {
                assert_eq!(reply.status, 404, "{path}");
                assert!(text.contains(said) && reply.header("content-security-policy").is_some(), "{path}: {text}");
                assert_eq!(reply.header("cache-control"), Some("no-store"));
            }
        }
    }
    for (path, accept) in [("/v1/nothing", "text/html"), ("/nothing", "application/json"), ("/nothing", "")] {
        let head = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept: {accept}\r\n\r\n");
        let reply = server.raw(head.as_bytes()).expect("an answer");
        assert_eq!((reply.status, reply.header("content-type")), (404, Some("application/problem+json")), "{path}");
    }
    server.end();
}

#[test]
fn a_page_is_sent_again_only_when_central_was_told_something_new() {
    let election = small(1);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    put(&mut central, &day, 0).expect("accepted");
    let server = Listening::start(central);
    for path in ["/", "/en", "/region/35.74/gubernur", "/tps/35.74.03.1001-001"] {
        let first = visit(&server, path, "");
        assert_eq!(first.header("cache-control"), Some("public, max-age=15"));
        let tag = first.header("etag").expect("an edition").to_owned();
        let again = visit(&server, path, &format!("If-None-Match: {tag}\r\n"));
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, Some(tag.as_str())), "{path}");
        let weak = visit(&server, path, &format!("If-None-Match: \"other\", W/{tag}\r\n"));
        assert_eq!(weak.status, 304, "{path}: a cache on the way may have made it weak");
        assert_eq!(visit(&server, path, "If-None-Match: \"other\"\r\n").status, 200, "{path}");
    }
    let tag = visit(&server, "/", "").header("etag").expect("an edition").to_owned();
    let path = plano::protocol::wire::entry_path(station(1), day.entries[1].entry().seq);
    assert_eq!(server.put(&path, day.entries[1].bytes()).status, 201);
    assert_eq!(visit(&server, "/", &format!("If-None-Match: {tag}\r\n")).status, 200);
    let css = page(&server, "/").split("href=\"").find_map(|rest| rest.strip_prefix("/assets/").map(str::to_owned));
    let css = format!("/assets/{}", css.expect("a style sheet").split('"').next().unwrap_or_default());
    assert!(visit(&server, &css, "").header("cache-control").is_some_and(|keep| keep.contains("immutable")));
    server.end();
}

/// Which of the programs that the page tells of are not installed; on a build server all of them are.
fn lacking() -> Vec<&'static str> {
    let has = |program: &str| {
        Command::new("sh")
            .args(["-c", &format!("command -v {program}")])
            .output()
            .is_ok_and(|found| found.status.success())
    };
    let lacking: Vec<_> =
        ["curl", "openssl", "python3", "sha256sum", "base64"].into_iter().filter(|one| !has(one)).collect();
    assert!(lacking.is_empty() || std::env::var_os("CI").is_none(), "{lacking:?} are needed");
    lacking
}

/// The commands that a page tells of, as they are typed.
fn commands(text: &str) -> Vec<String> {
    let blocks = text
        .split("<pre class=\"steps\" tabindex=\"0\"><code>")
        .skip(1)
        .map(|rest| rest.split("</code>").next().unwrap_or_default());
    let unescaped = |text: &str| {
        text.replace("&#60;", "<")
            .replace("&#62;", ">")
            .replace("&#34;", "\"")
            .replace("&#39;", "'")
            .replace("&#38;", "&")
    };
    blocks.map(unescaped).filter(|block| !block.starts_with("plano verify")).collect()
}

#[test]
fn the_commands_on_the_page_of_a_station_prove_what_it_says() {
    let lacking = lacking();
    if !lacking.is_empty() {
        eprintln!("skipped: {lacking:?} are not installed");
        return;
    }
    let server = Listening::start(busy());
    let text = page(&server, "/tps/35.74.03.1001-001");
    let commands = commands(&text);
    assert_eq!(commands.len(), 5, "{commands:?}");
    let script = format!("set -eu\n{}", commands.concat()).replace("https://…", &format!("http://{}", server.addr()));
    let folder = tempfile::TempDir::new().expect("a folder");
    let run =
        |script: &str| Command::new("bash").arg("-c").arg(script).current_dir(folder.path()).output().expect("runs");
    let output = run(&script);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}\n{}\n{script}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said.matches("Signature Verified Successfully").count(), 3, "both officers and central: {said}");
    assert!(said.contains("is in the log of") && !said.contains("FAILED"), "{said}");
    // One changed byte is found out, by each step for itself.
    let (from, rest) = script.split_once("sha256sum --check").expect("the second step");
    let tampered = format!(
        "{from}rm -rf x; for one in *.note; do sed -i '1s/\"at\"/\"At\"/' $one; done\nset +e\nsha256sum --check{rest}"
    );
    let output = Command::new("bash")
        .arg("-c")
        .arg(tampered.replace("mkdir tps-", "mkdir -p tps-"))
        .current_dir(folder.path())
        .output()
        .expect("runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(said.matches("Signature Verified Successfully").count(), 1, "only central's own: {said}");
    assert!(said.contains("FAILED") && !said.contains("is in the log of"), "{said}");
    server.end();
}

//! The OpenAPI document: whole, committed, and true.

use std::collections::BTreeSet;
use std::path::Path;

use plano::central::http::openapi;
use plano::protocol::wire::{ProblemKind, missing_path, routes};
use serde_json::Value;

use crate::support::central::{enrol_both, in_memory, put};
use crate::support::deliveries::Day;
use crate::support::election::{small, station};
use crate::support::golden::{generated, repository};
use crate::support::server::Listening;

const METHODS: [&str; 7] = ["get", "put", "post", "patch", "delete", "head", "options"];

fn document() -> Value {
    serde_json::from_slice(&openapi()).expect("JSON")
}

/// Every operation: method, path, what is said about it.
fn operations(document: &Value) -> Vec<(&str, &str, &Value)> {
    let paths = document["paths"].as_object().expect("paths");
    let of_path = |(path, item)| {
        let item: &Value = item;
        let path: &String = path;
        let known = METHODS
            .iter()
            .filter_map(move |method| item.get(method).map(|operation| (*method, path.as_str(), operation)));
        known.collect::<Vec<_>>()
    };
    paths.iter().flat_map(of_path).collect()
}

/// Every value below `value`, itself included.
fn all(value: &Value) -> Vec<&Value> {
    let below: Vec<&Value> = match value {
        Value::Array(items) => items.iter().collect(),
        Value::Object(fields) => fields.values().collect(),
        _ => Vec::new(),
    };
    std::iter::once(value).chain(below.into_iter().flat_map(all)).collect()
}

fn resolve<'a>(document: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(to) => document.pointer(to.trim_start_matches('#')).unwrap_or_else(|| panic!("{to} leads nowhere")),
        None => schema,
    }
}

#[test]
fn the_document_is_committed_and_every_reference_leads_somewhere() {
    generated("docs/openapi.json", &String::from_utf8(openapi()).expect("text"));
    let document = document();
    assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
    let references = all(&document).into_iter().filter(|value| value["$ref"].is_string());
    assert!(references.map(|value| resolve(&document, value)).filter(|schema| schema.is_object()).count() > 20);
    let ids: Vec<_> =
        operations(&document).iter().map(|(_, _, said)| said["operationId"].as_str().expect("an id")).collect();
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
}

#[test]
fn every_operation_says_what_it_answers_and_every_kind_of_problem_is_answered_somewhere() {
    let document = document();
    let mut kinds = BTreeSet::new();
    for (method, path, said) in operations(&document) {
        let documented = said["responses"].as_object().expect("answers");
        assert!(documented.keys().any(|status| status.starts_with('2')), "{method} {path}");
        assert!(documented.contains_key("429") && documented.contains_key("503"), "{method} {path}");
        assert!(said["summary"].as_str().is_some_and(|text| !text.is_empty()), "{method} {path}");
        for (status, refusal) in documented.iter().filter(|(status, _)| status.starts_with(['4', '5'])) {
            let schema = &refusal["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(schema, "#/components/schemas/Problem", "{method} {path} {status}");
            let about = refusal["description"].as_str().expect("a text");
            kinds.extend(
                ProblemKind::ALL.map(ProblemKind::uri).into_iter().filter(|uri| about.contains(&format!("`{uri}`"))),
            );
        }
    }
    let every: BTreeSet<_> = ProblemKind::ALL.map(ProblemKind::uri).into();
    assert_eq!(kinds, every);
}

#[test]
fn every_documented_operation_is_answered() {
    let server = Listening::start(in_memory(&small(1)));
    for (method, path, _) in operations(&document()) {
        let filled = path
            .replace("{station}", "35.74.03.1001-001")
            .replace("{seq}", "1")
            .replace("{sha256}", &"0".repeat(64))
            .replace("{region}", "35.74")
            .replace("{place}", if path.starts_with("/tile") { "0/000" } else { "35.json" })
            .replace("{upload}", &"0".repeat(32))
            .replace("{file}", "gubernur.json")
            .replace("{jenis}", if path.ends_with("{jenis}") { "pkwkp.json" } else { "pkwkp" });
        assert!(!filled.contains('{'), "{path} has a part that this test does not know");
        let method = method.to_uppercase();
        let reply = if !path.contains("/uploads/") || method == "OPTIONS" {
            server.send(&method, &filled, b"")
        } else {
            let meant = method == "POST" && path.ends_with("{upload}");
            server.tus(&method, &filled, if meant { &["X-HTTP-Method-Override: DELETE"] } else { &[] }, b"")
        };
        let reply = reply.expect("an answer");
        let text = String::from_utf8_lossy(&reply.body);
        assert!(reply.status != 405 && !text.contains("there is nothing at"), "{method} {path}: {reply:?}");
    }
    let whole = server.get(routes::OPENAPI);
    assert_eq!((whole.status, whole.header("content-type")), (200, Some("application/json")));
    assert_eq!(whole.body, openapi());
    server.end();
}

/// Routes that are documented by nobody are put into a router with `.route(`; those of programs never are.
#[test]
fn no_route_for_programs_goes_around_the_document() {
    /// Pages for people, the fault layer's own, and the metrics, which have a format of their own.
    const OTHERS: [(&str, usize); 2] = [("http/app.rs", 1), ("http/metrics.rs", 1)];
    fn walk(folder: &Path, found: &mut Vec<(String, usize)>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.strip_prefix(repository("src/central")).expect("below").display().to_string();
            if path.is_dir() && !["pages", "operator"].contains(&name.as_str()) {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = std::fs::read_to_string(&path).expect("reads");
                found.push((
                    name,
                    text.lines()
                        .filter(|line| !line.trim_start().starts_with("//"))
                        .map(|line| line.matches(".route(").count())
                        .sum(),
                ));
            }
        }
    }
    let mut found = Vec::new();
    walk(&repository("src/central"), &mut found);
    for (file, count) in found {
        let allowed = OTHERS.iter().find(|(name, _)| *name == file).map_or(0, |(_, count)| *count);
        assert_eq!(count, allowed, "{file}: `.routes(routes!(handler))` puts a route into the document");
    }
}

/// Says where `value` is not what `schema` says: fields, types, texts.
fn differences(document: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    let schema = resolve(document, schema);
    if let Some(either) = schema["oneOf"].as_array() {
        let each = either.iter().map(|one| differences(document, one, value, at));
        return each.min_by_key(Vec::len).unwrap_or_default();
    }
    let parts: Vec<&Value> = schema["allOf"]
        .as_array()
        .map_or_else(|| vec![schema], |parts| parts.iter().map(|part| resolve(document, part)).collect());
    match value {
        Value::Object(fields) => {
            let property = |name: &str| {
                parts.iter().find_map(|part| part["properties"].get(name).or_else(|| part.get("additionalProperties")))
            };
            let required = parts.iter().flat_map(|part| part["required"].as_array().into_iter().flatten());
            let missing = required.filter_map(Value::as_str).filter(|name| !fields.contains_key(*name));
            let missing = missing.map(|name| format!("{at}.{name} is missing"));
            let below = fields.iter().flat_map(|(name, value)| match property(name) {
                Some(schema) => differences(document, schema, value, &format!("{at}.{name}")),
                None => vec![format!("{at}.{name} is not in the document")],
            });
            missing.chain(below).collect()
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(number, item)| differences(document, &schema["items"], item, &format!("{at}[{number}]")))
            .collect(),
        simple => {
            let name = match simple {
                Value::Null => "null",
                Value::Bool(_) => "boolean",
                Value::Number(_) => "integer",
                _ => "string",
            };
            let named = schema["type"] == name
                || schema["type"].as_array().is_some_and(|types| types.iter().any(|one| one == name));
            let listed = schema["enum"].as_array().is_none_or(|values| values.contains(simple));
            if named && listed { Vec::new() } else { vec![format!("{at} is {simple}, not {schema}")] }
        }
    }
}

#[test]
fn real_answers_have_the_shapes_of_the_document() {
    let election = small(2);
    let mut central = in_memory(&election);
    let accreditations = enrol_both(&mut central, station(1));
    let day = Day::whole(&election, station(1), 1, accreditations);
    for at in 0..day.entries.len() {
        put(&mut central, &day, at).expect("accepted");
    }
    let server = Listening::start(central);
    let document = document();
    let empty = missing_path(station(2));
    for (path, route) in [
        (routes::HEALTH, routes::HEALTH),
        (&missing_path(day.station), routes::MISSING),
        (&empty, routes::MISSING),
        ("/v1/recap/35.74.03.1001", routes::RECAP),
        ("/v1/recap/35", routes::RECAP),
        ("/v1/recap/11", routes::RECAP),
        ("/v1/recap/x", routes::RECAP),
    ] {
        let reply = server.get(path);
        let answer = &document["paths"][route]["get"]["responses"][reply.status.to_string()];
        let kind = reply.header("content-type").expect("a type");
        let value: Value = serde_json::from_slice(&reply.body).expect("JSON");
        let found = differences(&document, &answer["content"][kind]["schema"], &value, path);
        assert!(found.is_empty(), "{found:#?}");
    }
    server.end();
}

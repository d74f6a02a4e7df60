//! Scripts of `tests/browser` that drive a real Chromium: run with what a test has prepared, passed over loudly where there
//! is no Chromium or Node.js and none is needed.

use std::io::Write as _;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::golden::repository;

/// What `tests/browser/install` ends with when Chromium or Node.js cannot be had.
const CANNOT_INSTALL: i32 = 3;

/// Seconds after which a run in the browser counts as hanging: several times what it takes, since other builds may be running.
const LONGEST: &str = "900";

/// Runs a program to its end and gives what it says; it has to succeed.
pub fn said(command: &mut Command) -> String {
    let output = command.output().expect("runs");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{command:?} ended with {}\n{}\n{complaint}",
        output.status,
        String::from_utf8_lossy(&output.stdout)
    );
    String::from_utf8(output.stdout).expect("text")
}

/// Why the browser cannot run here; nothing when it can.
fn hindrance() -> Option<String> {
    let output = Command::new(repository("tests/browser/install")).output().expect("bash runs");
    let complaint = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    match output.status.code() {
        Some(0) => None,
        Some(CANNOT_INSTALL) => Some(complaint),
        code => panic!("tests/browser/install ended with {code:?}: {complaint}"),
    }
}

/// Whether there is a browser; where one is needed and there is none, the test fails.
pub fn is_here() -> bool {
    let Some(reason) = hindrance() else { return true };
    let needed = std::env::var_os("PLANO_NEEDS_BROWSER").is_some_and(|value| !value.is_empty());
    assert!(!needed, "{reason}");
    let _ = writeln!(std::io::stderr(), "skipped: {reason}");
    false
}

/// Runs `tests/browser/{script}` with a scene that is written to `folder`, and gives what it says.
pub fn run(script: &str, folder: &Path, scene: &Value) -> String {
    let path = folder.join("scene.json");
    std::fs::write(&path, scene.to_string()).expect("writes");
    // `timeout` ends the browser and the servers of a run that hangs, since they are in its process group.
    let mut run = Command::new("timeout");
    said(run.args(["--kill-after=10", LONGEST, "node"]).arg(repository("tests/browser").join(script)).arg(&path))
}

//! `docs/cli.md`: every verb with its arguments, as the program itself explains them.

use std::fmt::Write as _;
use std::process::Command;

use crate::support::golden::generated;

fn help(verb: &[String]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_plano")).env_clear().args(verb).arg("--help").output().expect("runs");
    assert!(output.status.success(), "{verb:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// The verbs that a help text lists below "Commands:".
fn verbs(help: &str) -> Vec<String> {
    let list = help.split_once("\nCommands:\n").map_or("", |(_, list)| list);
    let lines = list.lines().take_while(|line| !line.is_empty());
    let names = lines.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    names.filter_map(|line| line.split_whitespace().next()).filter(|name| *name != "help").map(str::to_owned).collect()
}

fn write(page: &mut String, verb: &[String]) {
    let text = help(verb);
    let title = [&["plano".to_owned()], verb].concat().join(" ");
    let level = "#".repeat(verb.len().min(3) + 2);
    writeln!(page, "\n{level} `{title}`\n\n```text\n{}\n```", text.trim_end()).expect("writes to a string");
    for name in verbs(&text) {
        write(page, &[verb, &[name]].concat());
    }
}

#[test]
fn the_reference_says_what_the_program_says() {
    let mut page = String::from(
        "# Command line\n\nEvery verb as `plano --help` explains it; this page is written by a test.\n\
         Officers' PINs are asked for without echo; scripts set `PLANO_PIN_P1` and `PLANO_PIN_P2`.\n\
         Exit codes: 0 done, 1 done and something is not in order, 2 not done.\n",
    );
    write(&mut page, &[]);
    for verb in ["plano station read", "plano sync", "plano central serve", "plano verify", "plano demo"] {
        assert!(page.contains(&format!("`{verb}`")), "{verb} is explained");
    }
    generated("docs/cli.md", &page);
}

//! The command line: one verb per file, clap only here.
//!
//! In scope: arguments, prompts, printing, exit codes.
//! Not here: any rule or decision; a verb calls one use case and shows what it answers.

use std::process::ExitCode;

/// Runs the program with the process arguments.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::SUCCESS
}

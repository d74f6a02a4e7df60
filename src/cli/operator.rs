//! `plano central operator`: who may log in at central's pages.

use std::io::BufRead as _;
use std::process::ExitCode;

use clap::{Args, Subcommand};
use serde_json::json;

use super::failure::{Failure, Outcome};
use super::screen::Screen;
use crate::central::Home;
use crate::central::operator::{Password, RegisterError};
use crate::form::Lang;
use crate::protocol::annotation::OperatorName;

/// What to do with the operators.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Add an operator; the password is asked for twice at the terminal
    Add {
        /// Lower-case letters, digits, dot, hyphen, underscore
        name: OperatorName,
        /// Take the password from the first line of standard input
        #[arg(long)]
        password_stdin: bool,
    },
    /// List the operators
    List,
    /// Take an operator away, who is logged out at once; what the operator did stays
    Remove {
        /// Whom
        name: OperatorName,
    },
}

/// Runs the verb.
pub(super) fn run(screen: Screen, home: &Home, arguments: &Arguments) -> Outcome {
    let operators = home.operators();
    let fail = |error: RegisterError| Failure::caused("operator", &error);
    match &arguments.verb {
        Verb::Add { name, password_stdin } => {
            // A folder that holds no central is found out before anybody types a password.
            home.public_key().map_err(|error| Failure::caused("central", &error))?;
            let password = if *password_stdin { from_stdin()? } else { ask(screen)? };
            operators.add(name.clone(), &password).map_err(fail)?;
            said(screen, name, "operator ditambahkan:", "operator added:")
        }
        Verb::List => {
            let names = operators.names().map_err(fail)?;
            screen.value(&names)?;
            for name in names {
                screen.line(name.to_string());
            }
            Ok(ExitCode::SUCCESS)
        }
        Verb::Remove { name } => {
            operators.remove(name).map_err(fail)?;
            said(screen, name, "operator dihapus:", "operator removed:")
        }
    }
}

fn said(screen: Screen, name: &OperatorName, id: &'static str, en: &'static str) -> Outcome {
    screen.value(&json!({ "operator": name }))?;
    screen.line(format!("{} {name}", screen.word(id, en)));
    Ok(ExitCode::SUCCESS)
}

fn from_stdin() -> Result<Password, Failure> {
    let mut line = String::new();
    let read = std::io::stdin().lock().read_line(&mut line);
    read.map_err(|error| Failure::caused("reading the password", &error))?;
    Ok(Password::typed(line.trim_end_matches(['\r', '\n'])))
}

fn ask(screen: Screen) -> Result<Password, Failure> {
    let asked = |prompt: &str| {
        let typed = rpassword::prompt_password(prompt).map_err(|error| Failure::caused("reading the password", &error));
        typed.map(|typed| Password::typed(&typed))
    };
    let (first, again) = match screen.lang {
        Lang::Id => ("Kata sandi (sedikitnya 12 huruf): ", "Sekali lagi: "),
        Lang::En => ("Password (at least 12 characters): ", "Once more: "),
    };
    let password = asked(first)?;
    if asked(again)? == password {
        Ok(password)
    } else {
        Err(Failure::say(screen.lang, "kedua kata sandi berbeda; ulangi", "the two passwords differ; do it again"))
    }
}

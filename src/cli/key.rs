//! `plano key`: keys of servers and authorities; officers' keys are made by `plano station enrol`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::failure::{Failure, Outcome};
use super::files;
use super::screen::Screen;
use crate::protocol::key::PrivateKey;

/// What to do with a key.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Make a key pair: the private key into a new file, the public key onto the screen
    New {
        /// Name under which it signs, such as kpu.example/probolinggo; no spaces, no plus sign
        name: String,
        /// File for the private key; must not exist
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
    /// Show the public key that belongs to a private key
    Public {
        /// File with the private key
        file: PathBuf,
    },
}

/// Runs the verb.
pub(super) fn run(screen: Screen, verb: Verb) -> Outcome {
    let key = match verb {
        Verb::New { name, out } => {
            let seed: [u8; 32] = rand::random();
            let key = PrivateKey::from_seed(name, &seed).map_err(|error| Failure::caused("making a key", &error))?;
            files::write_secret(&out, format!("{}\n", key.to_secret_text()).as_bytes())?;
            key
        }
        Verb::Public { file } => files::secret_key(&file)?,
    };
    screen.line(key.public().to_string());
    screen.value(&json!({ "public": key.public() }))?;
    Ok(ExitCode::SUCCESS)
}

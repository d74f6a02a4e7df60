//! `plano key`: keys of servers and authorities; officers' keys are made by `plano station enrol`.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::failure::{Failure, Outcome};
use super::files;
use super::screen::Screen;
use crate::protocol::cosignature::Cosigner;
use crate::protocol::key::{KeyError, PrivateKey};

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
        /// Make the key of a witness, which cosigns logs and signs nothing else
        #[arg(long)]
        witness: bool,
    },
    /// Show the public key that belongs to a private key
    Public {
        /// File with the private key
        file: PathBuf,
    },
}

/// Runs the verb.
pub(super) fn run(screen: Screen, verb: Verb) -> Outcome {
    let public = match verb {
        Verb::New { name, out, witness } => {
            let (secret, public) = pair(name, &rand::random(), witness)?;
            files::write_secret(&out, format!("{secret}\n").as_bytes())?;
            public
        }
        Verb::Public { file } => match files::secret_key::<Cosigner>(&file) {
            Ok(cosigner) => cosigner.public().to_string(),
            Err(_) => files::secret_key::<PrivateKey>(&file)?.public().to_string(),
        },
    };
    screen.line(&public);
    screen.value(&json!({ "public": public }))?;
    Ok(ExitCode::SUCCESS)
}

/// Private and public key, a line each.
fn pair(name: String, seed: &[u8; 32], witness: bool) -> Result<(String, String), Failure> {
    let fail = |error: KeyError| Failure::caused("making a key", &error);
    if witness {
        let key = Cosigner::from_seed(name, seed).map_err(fail)?;
        return Ok((key.to_secret_text(), key.public().to_string()));
    }
    let key = PrivateKey::from_seed(name, seed).map_err(fail)?;
    Ok((key.to_secret_text(), key.public().to_string()))
}

//! `plano central witness`: follow logs, cosign what continues, say loudly what does not.

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use serde_json::{Value, json};

use super::failure::{FAILED, FINDINGS, Failure, Outcome};
use super::screen::{self, Screen};
use super::{files, runtime, stop};
use crate::clock;
use crate::form::Lang;
use crate::protocol::cosignature::Cosigner;
use crate::protocol::key::PublicKey;
use crate::sync::http::{Config, HttpUplink};
use crate::witness::{Contradiction, Home, Round, Witness, WitnessError};

/// Which logs, with which key, how often.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Address of a central whose log is followed; may be given several times
    #[arg(long, value_name = "URL", required = true)]
    log: Vec<String>,
    /// Public key of that log (text or file), from a source you trust; as often as --log and in the same order
    #[arg(long, value_name = "KEY", required = true)]
    log_key: Vec<String>,
    /// File with the witness's private key, which `plano key new --witness` makes
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Folder that keeps what was cosigned, and the evidence when a log contradicts it
    #[arg(long, env = "PLANO_WITNESS", default_value = "plano-witness", value_name = "FOLDER")]
    home: PathBuf,
    /// Seconds from one look to the next
    #[arg(long, default_value_t = 10, value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    every: u64,
    /// Look once, then stop: exit code 0 nothing wrong, 1 a log contradicts itself, 2 a log could not be followed
    #[arg(long)]
    once: bool,
    /// PEM file with the authority of central's certificate, when it is a test central's own
    #[arg(long, value_name = "FILE", env = "PLANO_CA")]
    ca: Option<PathBuf>,
}

/// A log that is followed.
struct Followed {
    url: String,
    key: PublicKey,
    uplink: HttpUplink,
    /// What was said last: the same is not said twice in a row.
    said: Value,
}

/// Runs the verb.
pub(super) fn run(screen: Screen, arguments: &Arguments) -> Outcome {
    let fail = |error: &dyn std::error::Error| Failure::caused("witness", error);
    let mut logs = followed(screen, arguments)?;
    let cosigner: Cosigner = files::secret_key(&arguments.key).map_err(|failure| {
        failure.hint(screen.word(
            "kunci saksi log dibuat dengan `plano key new NAMA --witness --out BERKAS`",
            "a witness's key is made with `plano key new NAME --witness --out FILE`",
        ))
    })?;
    let home = Home::open(&arguments.home).map_err(|error| fail(&error))?;
    let mut witness = Witness::new(cosigner, home);
    screen.line(format!("{} {}", screen.word("saksi log:", "witness:"), witness.public()));
    for folder in witness.home().evidence().map_err(|error| fail(&error))? {
        let word = screen.word("BUKTI DARI WAKTU LALU:", "EVIDENCE FROM EARLIER:");
        screen::complain(&format!("{word} {}\n", folder.display()));
    }
    let every = Duration::from_secs(arguments.every);
    runtime()?.block_on(async {
        let mut worst = 0;
        let follow = async {
            loop {
                for log in &mut logs {
                    worst = worst.max(look(screen, &mut witness, log).await?);
                }
                if arguments.once {
                    return Ok(());
                }
                tokio::time::sleep(every).await;
            }
        };
        // Dropped at any moment it leaves nothing half done: what is cosigned is on disk before it is sent.
        let ended = tokio::select! {
            ended = follow => ended,
            () = stop::until_stopped() => Ok(()),
        };
        // Trouble of the network is no outcome of a witness that went on until it was stopped.
        let code = if arguments.once || worst == FINDINGS { worst } else { 0 };
        ended.map(|()| ExitCode::from(code))
    })
}

fn followed(screen: Screen, arguments: &Arguments) -> Result<Vec<Followed>, Failure> {
    if arguments.log.len() != arguments.log_key.len() {
        return Err(Failure::say(
            screen.lang,
            "berikan --log-key sebanyak --log, dengan urutan yang sama",
            "give --log-key as often as --log, in the same order",
        ));
    }
    let one = |(url, key): (&String, &String)| {
        let config = Config { authority: arguments.ca.clone(), ..Config::new(url) };
        let uplink = HttpUplink::new(&config).map_err(|error| Failure::caused("witness", &error))?;
        Ok(Followed { url: url.clone(), key: files::key_text(key)?, uplink, said: Value::Null })
    };
    arguments.log.iter().zip(&arguments.log_key).map(one).collect()
}

/// One look at one log; answers how bad it is as an exit code. Fails only when this witness itself cannot go on.
async fn look(screen: Screen, witness: &mut Witness, log: &mut Followed) -> Result<u8, Failure> {
    let round = witness.look(&log.uplink, &log.key, clock::now()).await;
    let (code, value, text) = match round {
        Ok(round) => {
            let code = if matches!(round, Round::Contradicted { .. }) { FINDINGS } else { 0 };
            (code, value(log, &round), text(screen.lang, log, &round))
        }
        Err(error @ (WitnessError::Folder { .. } | WitnessError::Kept { .. } | WitnessError::KeptByOther { .. })) => {
            return Err(Failure::caused(log.url.as_str(), &error));
        }
        Err(error) => {
            let text = Failure::caused(log.url.as_str(), &error).text();
            (FAILED, json!({ "log": log.key.name(), "trouble": text.trim_end() }), text.trim_end().to_owned())
        }
    };
    if log.said == value {
        return Ok(code);
    }
    if code == 0 {
        screen.line(text);
    } else {
        screen::complain(&format!("{text}\n"));
    }
    screen.value(&value)?;
    log.said = value;
    Ok(code)
}

fn value(log: &Followed, round: &Round) -> Value {
    let log = log.key.name();
    match round {
        Round::Empty => json!({ "log": log, "size": 0 }),
        Round::Known { size } => json!({ "log": log, "known": size }),
        Round::Cosigned { from, size } => json!({ "log": log, "cosigned": size, "from": from }),
        Round::Contradicted { how, kept, seen, evidence } => {
            let how = match how {
                Contradiction::Shrunk => "shrunk",
                Contradiction::Forked => "forked",
            };
            json!({ "log": log, "contradiction": how, "cosigned": kept, "seen": seen, "evidence": evidence })
        }
    }
}

fn text(lang: Lang, log: &Followed, round: &Round) -> String {
    let name = log.key.name();
    match (round, lang) {
        (Round::Empty, Lang::Id) => format!("{name}: log masih kosong"),
        (Round::Empty, Lang::En) => format!("{name}: the log is still empty"),
        (Round::Known { size }, Lang::Id) => format!("{name}: {size} isi log, sudah ditandatangani"),
        (Round::Known { size }, Lang::En) => format!("{name}: {size} leaves, cosigned already"),
        (Round::Cosigned { from: None, size }, Lang::Id) => format!("{name}: {size} isi log ditandatangani (pertama)"),
        (Round::Cosigned { from: None, size }, Lang::En) => format!("{name}: {size} leaves cosigned (the first)"),
        (Round::Cosigned { from: Some(from), size }, Lang::Id) => {
            format!("{name}: {size} isi log ditandatangani, menyambung {from}")
        }
        (Round::Cosigned { from: Some(from), size }, Lang::En) => {
            format!("{name}: {size} leaves cosigned, continuing {from}")
        }
        (Round::Contradicted { how, kept, seen, evidence }, lang) => {
            let folder = evidence.as_ref().map(|folder| folder.display().to_string()).unwrap_or_default();
            alarm(lang, name, *how, [*kept, *seen], &folder)
        }
    }
}

fn alarm(lang: Lang, name: &str, how: Contradiction, [kept, seen]: [u64; 2], folder: &str) -> String {
    let what = match (how, lang) {
        (Contradiction::Forked, Lang::Id) => "LOG BERCABANG: yang ditandatangani pusat tidak menyambung yang dulu",
        (Contradiction::Forked, Lang::En) => {
            "THE LOG FORKED: what central signed does not continue what it signed before"
        }
        (Contradiction::Shrunk, Lang::Id) => "LOG MUNDUR: pusat menunjukkan log yang lebih pendek daripada dulu",
        (Contradiction::Shrunk, Lang::En) => "THE LOG WENT BACK: central shows a shorter log than before",
    };
    let todo = match (how, lang) {
        (Contradiction::Forked, Lang::Id) => {
            "Tidak ditandatangani. Umumkan, dan berikan bukti ini kepada saksi log yang lain:"
        }
        (Contradiction::Forked, Lang::En) => {
            "Nothing was cosigned. Publish it, and give this evidence to the other witnesses:"
        }
        (Contradiction::Shrunk, Lang::Id) => {
            "Tidak ditandatangani. Tanyakan operator pusat: cadangan lama atau salinan basi? Keduanya ada di:"
        }
        (Contradiction::Shrunk, Lang::En) => {
            "Nothing was cosigned. Ask central's operator: an old backup, or a stale cache? Both states are in:"
        }
    };
    format!("*** {name}: {what} ({kept} → {seen}) ***\n  → {todo} {folder}")
}

//! `plano election`: put an election file together, sign it, check it, show it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Subcommand;
use serde_json::json;

use super::failure::{FINDINGS, Failure, Outcome};
use super::files;
use super::screen::Screen;
use crate::protocol::election::{CsvFault, CsvFiles, Election, ElectionError, Plan, read_csv};
use crate::protocol::key::{PrivateKey, PublicKey};

/// What to do with an election file.
#[derive(Debug, Subcommand)]
pub(super) enum Verb {
    /// Say what is wrong with an election file, or with the folder of CSV files it is made from
    Check {
        /// A signed election file, or a folder with election.csv, contests.csv, regions.csv and stations.csv
        path: PathBuf,
        /// Public key of the authority that has to have signed it (text or file)
        #[arg(long, value_name = "KEY")]
        authority: Option<String>,
    },
    /// Sign the CSV files of a folder as one election file
    Sign {
        /// Folder with election.csv, contests.csv, regions.csv and stations.csv
        folder: PathBuf,
        /// File with the authority's private key (`plano key new` makes one)
        #[arg(long, value_name = "FILE")]
        key: PathBuf,
        /// Where to write the election file; must not exist
        #[arg(long, value_name = "FILE")]
        out: PathBuf,
    },
}

/// Runs the verb.
pub(super) fn run(screen: Screen, verb: Verb) -> Outcome {
    match verb {
        Verb::Check { path, authority } => check(screen, &path, authority.as_deref()),
        Verb::Sign { folder, key, out } => sign(screen, &folder, &key, &out),
    }
}

fn check(screen: Screen, path: &Path, authority: Option<&str>) -> Outcome {
    let faults: Vec<String> = if path.is_dir() {
        match read_folder(path)? {
            Ok(plan) => return sound(screen, &plan, None),
            Err(faults) => faults.iter().map(ToString::to_string).collect(),
        }
    } else {
        match Election::parse(files::read(path)?) {
            Ok(election) => {
                if let Some(key) = authority {
                    let key: PublicKey = files::key_text(key)?;
                    election.signed_by(&key).map_err(|error| Failure::caused(show(path), &error).code(FINDINGS))?;
                }
                return sound(screen, election.plan(), Some(&election));
            }
            Err(ElectionError::Faults(faults)) => faults.iter().map(ToString::to_string).collect(),
            Err(error) => {
                let hint = "check a signed election file, or the folder of CSV files it is made from";
                return Err(Failure::caused(show(path), &error).hint(hint));
            }
        }
    };
    report(screen, &faults)
}

fn sound(screen: Screen, plan: &Plan, signed: Option<&Election>) -> Outcome {
    let voters: u32 = plan.stations.iter().map(|station| u32::from(station.dpt_l) + u32::from(station.dpt_p)).sum();
    screen.value(&json!({
        "sound": true, "id": plan.id, "mode": plan.mode, "date": plan.date, "form": plan.form,
        "stations": plan.stations.len(), "registered": voters,
        "digest": signed.map(Election::digest),
    }))?;
    screen.line(format!("{} — {}", plan.id, plan.name));
    let contests: Vec<_> = plan.contests.iter().map(|one| format!("{} ({})", one.id, one.pairs.len())).collect();
    screen.line(format!("{}, {}, {}", plan.date, plan.form, contests.join(", ")));
    let stations = plan.stations.len();
    screen.line(match screen.lang {
        crate::form::Lang::Id => format!("{stations} TPS, {voters} pemilih dalam DPT. Tidak ada kesalahan."),
        crate::form::Lang::En => format!("{stations} TPS, {voters} registered voters. No faults."),
    });
    if let Some(election) = signed {
        screen.line(format!("{} {}", screen.word("sidik berkas:", "digest:"), election.digest().short()));
    }
    Ok(ExitCode::SUCCESS)
}

fn report(screen: Screen, faults: &[String]) -> Outcome {
    screen.value(&json!({ "sound": false, "faults": faults }))?;
    for fault in faults {
        screen.line(fault);
    }
    Ok(ExitCode::from(FINDINGS))
}

fn sign(screen: Screen, folder: &Path, key: &Path, out: &Path) -> Outcome {
    let plan = match read_folder(folder)? {
        Ok(plan) => plan,
        Err(faults) => return report(screen, &faults.iter().map(ToString::to_string).collect::<Vec<_>>()),
    };
    let key: PrivateKey = files::secret_key(key)?;
    let election = Election::sign(&plan, &key).map_err(|error| Failure::caused("signing the election file", &error))?;
    files::write_new(out, election.note().bytes())?;
    screen.line(format!("{}  {}", election.digest().short(), show(out)));
    screen.value(&json!({ "file": show(out), "digest": election.digest() }))?;
    Ok(ExitCode::SUCCESS)
}

/// The plan that the CSV files of a folder hold, or all their faults.
fn read_folder(folder: &Path) -> Result<Result<Plan, Vec<CsvFault>>, Failure> {
    let text = |name: &str| -> Result<String, Failure> {
        let path = folder.join(name);
        fs::read_to_string(&path).map_err(|error| {
            Failure::caused(show(&path), &error)
                .hint("the folder needs election.csv, contests.csv, regions.csv and stations.csv, in UTF-8")
        })
    };
    let (election, contests) = (text("election.csv")?, text("contests.csv")?);
    let (regions, stations) = (text("regions.csv")?, text("stations.csv")?);
    let files = CsvFiles { election: &election, contests: &contests, regions: &regions, stations: &stations };
    Ok(read_csv(&files))
}

fn show(path: &Path) -> String {
    path.display().to_string()
}

//! How a reader checks a TPS with tools that are not ours: commands to be pasted into a shell, exact to the letter.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::chain::Chain;
use crate::audit::Source;
use crate::central::keeper::Central;
use crate::central::pages::frame::Frame;
use crate::central::pages::trouble::Trouble;
use crate::central::pages::words::check as words;
use crate::digest::Digest;
use crate::form::Text;
use crate::protocol::ids::{Seq, Slot, StationId};
use crate::protocol::key::PublicKey;
use crate::protocol::people::{Accreditation, Roster};
use crate::protocol::receipt::Receipt;
use crate::protocol::state::State;

/// One step: what it shows, and the commands.
#[derive(Debug, Clone)]
pub(super) struct Step {
    /// Its title.
    pub(super) title: &'static str,
    /// What it proves.
    pub(super) help: &'static str,
    /// What to type.
    pub(super) commands: String,
}

/// The inclusion proof of one result, so that it can be checked with pencil and any SHA-256.
#[derive(Debug, Clone)]
pub(super) struct Proof {
    /// Position of the record.
    pub(super) seq: Seq,
    /// Place of its leaf in the log, from 0.
    pub(super) index: u64,
    /// Leaves in the log that the checkpoint covers.
    pub(super) size: u64,
    /// Root over them, in base64.
    pub(super) root: String,
    /// The nodes of the proof, in base64, from the leaf up.
    pub(super) nodes: Vec<String>,
}

/// Everything for the page.
#[derive(Debug, Clone)]
pub(super) struct Checking {
    pub(super) steps: Vec<Step>,
    pub(super) proofs: Vec<Proof>,
}

/// How to check the chain of a station.
pub(super) fn checking(central: &Central, frame: &Frame, state: &State, chain: &Chain) -> Result<Checking, Trouble> {
    let station = state.station();
    let key = central.public_key();
    let step = |title: Text, help: Text, commands| Step { title: frame.w(title), help: frame.w(help), commands };
    let mut steps = vec![
        step(words::FETCH, words::FETCH_HELP, fetch(frame, station, chain)),
        step(words::DIGESTS, words::DIGESTS_HELP, digests(central, station, chain)?),
    ];
    // The newest result, or the newest record while there is none.
    let results = state.forms().iter().filter_map(|form| form.sealed()).map(|result| result.seq);
    let newest = chain.links.last().map(|link| link.seq);
    if let Some(seq) = results.clone().next_back().or(newest) {
        steps.push(step(words::SIGNATURES, words::SIGNATURES_HELP, signatures(central, station, seq)?));
        steps.push(step(words::RECEIPT, words::RECEIPT_HELP, inclusion(seq)));
        steps.push(step(words::LOG_SIGNATURE, words::LOG_SIGNATURE_HELP, log_signature(&key, seq)));
    }
    steps.push(step(words::BUNDLE, words::BUNDLE_HELP, format!("plano verify plano-bundle --central-key '{key}'\n")));
    let proofs = results.map(|seq| proof(central, station, seq, &key)).collect::<Result<Vec<_>, _>>()?;
    Ok(Checking { steps, proofs: proofs.into_iter().flatten().collect() })
}

fn fetch(frame: &Frame, station: StationId, chain: &Chain) -> String {
    let last = chain.links.len();
    let address = frame.w(words::ADDRESS);
    format!(
        "central='https://…'  # {address}\n\
         at=\"$central/v1/stations/{station}\"\n\
         mkdir tps-{station} && cd tps-{station}\n\
         for seq in $(seq 1 {last}); do\n\
         \x20 curl -fsS -o $seq.note \"$at/entries/$seq\"\n\
         \x20 curl -fsS -o $seq.receipt \"$at/entries/$seq/receipt\"\n\
         done\n"
    )
}

/// Fetches each photo and checks that its digest is its name; the names follow, a line each, and `END`.
const FETCH_PHOTOS: &str = "\
while read -r photo; do
  curl -fsS -o \"$photo\" \"$at/photos/$photo\"
  echo \"$photo  $photo\" | sha256sum --check
done <<'END'
";

/// Digests of all records, and of all photos that have come.
fn digests(central: &Central, station: StationId, chain: &Chain) -> Result<String, Trouble> {
    let records = chain.links.iter().map(|link| format!("{}  {}.note", link.digest, link.seq));
    let records: Vec<String> = records.collect();
    let photos: Vec<Digest> = Source::photos(central, station)?;
    let mut commands = format!("sha256sum --check <<'END'\n{}\nEND\n", records.join("\n"));
    if !photos.is_empty() {
        let names: Vec<String> = photos.iter().map(ToString::to_string).collect();
        commands.push_str(FETCH_PHOTOS);
        commands.push_str(&names.join("\n"));
        commands.push_str("\nEND\n");
    }
    Ok(commands)
}

/// Shell functions that turn a key and a note into what OpenSSL wants: C2SP signed-note, RFC 8410.
const NOTE_TOOLS: &str = "\
note_key() { k=${1#*+}; k=${k#*+}; { printf '\\060\\052\\060\\005\\006\\003\\053\\145\\160\\003\\041\\000'; printf %s \"$k\" | base64 -d | tail -c 32; } > key.der; }
note_check() {
  note_key \"$2\"
  sed '/^$/,$d' \"$1\" > text
  grep \"^— ${2%%+*} \" \"$1\" | cut -d' ' -f3 | base64 -d | tail -c 64 > signature
  openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in text -sigfile signature
}
";

fn signatures(central: &Central, station: StationId, seq: Seq) -> Result<String, Trouble> {
    let key = central.public_key();
    let known = central.accreditations(station)?.into_iter();
    let roster = Roster::of(station, known.filter_map(|bytes| Accreditation::verify(bytes, &key).ok()));
    let by = central.entry(station, seq)?;
    let by = String::from_utf8_lossy(&by).into_owned();
    let keys = Slot::BOTH.into_iter().filter_map(|slot| roster.at(slot, seq)).map(|known| known.key().to_string());
    let signed = keys.filter(|key| by.contains(&format!("\n— {} ", key.split('+').next().unwrap_or_default())));
    let checks: Vec<String> = signed.map(|key| format!("note_check {seq}.note '{key}'")).collect();
    Ok(format!("{NOTE_TOOLS}{}\n", checks.join("\n")))
}

/// RFC 6962, 2.1.1, in the standard library of Python 3.
fn inclusion(seq: Seq) -> String {
    format!(
        "python3 - {seq}.receipt {seq}.note <<'END'\n\
         import base64, hashlib, json, sys\n\
         sha = lambda data: hashlib.sha256(data).digest()\n\
         proof, checkpoint = open(sys.argv[1], encoding='utf-8').read().split('\\n\\n', 1)\n\
         _, extra, index, *nodes = proof.split('\\n')\n\
         leaf, index = base64.b64decode(extra.split()[1]), int(index.split()[1])\n\
         size, root = int(checkpoint.split('\\n')[1]), base64.b64decode(checkpoint.split('\\n')[2])\n\
         assert json.loads(leaf)['item']['digest'] == sha(open(sys.argv[2], 'rb').read()).hex()\n\
         hash, at, last = sha(b'\\0' + leaf), index, size - 1\n\
         for node in map(base64.b64decode, nodes):\n\
         \x20   if at % 2 or at == last:\n\
         \x20       hash = sha(b'\\1' + node + hash)\n\
         \x20       while at % 2 == 0 and at:\n\
         \x20           at, last = at // 2, last // 2\n\
         \x20   else:\n\
         \x20       hash = sha(b'\\1' + hash + node)\n\
         \x20   at, last = at // 2, last // 2\n\
         assert last == 0 and hash == root\n\
         print('leaf', index, 'is in the log of', size)\n\
         END\n"
    )
}

fn log_signature(key: &PublicKey, seq: Seq) -> String {
    format!("sed '1,/^$/d' {seq}.receipt > checkpoint\nnote_check checkpoint '{key}'\n")
}

fn proof(central: &Central, station: StationId, seq: Seq, key: &PublicKey) -> Result<Option<Proof>, Trouble> {
    let bytes = central.entry_receipt(station, seq)?;
    let Ok(receipt) = Receipt::verify(&bytes, key) else { return Ok(None) };
    let nodes = receipt.proof().iter().map(|node| STANDARD.encode(node.as_bytes())).collect();
    Ok(Some(Proof {
        seq,
        index: receipt.index(),
        size: receipt.checkpoint().size(),
        root: STANDARD.encode(receipt.checkpoint().root().as_bytes()),
        nodes,
    }))
}

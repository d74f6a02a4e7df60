//! One look at one log: fetch its checkpoint, judge it, cosign, keep, and only then hand in.

use std::future::Future;
use std::path::PathBuf;

use super::error::WitnessError;
use super::home::Home;
use super::judge::{Halt, Verdict, judge};
use crate::clock::Timestamp;
use crate::protocol::checkpoint::Checkpoint;
use crate::protocol::cosignature::{Cosigner, WitnessKey};
use crate::protocol::key::PublicKey;
use crate::protocol::tile::Tile;
use crate::protocol::tile_set::{Needed, TileSet};
use crate::protocol::wire::{ProblemKind, routes};
use crate::sync::http::{Denial, HttpUplink};

/// A log as anybody sees it, and the door for cosignatures.
pub trait PublishedLog: Send + Sync {
    /// The newest signed checkpoint; `None` while the log is empty.
    fn checkpoint(&self) -> impl Future<Output = Result<Option<Vec<u8>>, Denial>> + Send;

    /// The bytes of a tile.
    fn tile(&self, tile: Tile) -> impl Future<Output = Result<Vec<u8>, Denial>> + Send;

    /// Hands in a cosigned checkpoint.
    fn hand_in(&self, cosigned: Vec<u8>) -> impl Future<Output = Result<(), Denial>> + Send;
}

impl PublishedLog for HttpUplink {
    async fn checkpoint(&self) -> Result<Option<Vec<u8>>, Denial> {
        match self.fetch(routes::CHECKPOINT).await {
            Ok(bytes) => Ok(Some(bytes)),
            Err(Denial::Problem(problem)) if problem.r#type == ProblemKind::Unknown => Ok(None),
            Err(denial) => Err(denial),
        }
    }

    async fn tile(&self, tile: Tile) -> Result<Vec<u8>, Denial> {
        self.fetch(&format!("/{tile}")).await
    }

    async fn hand_in(&self, cosigned: Vec<u8>) -> Result<(), Denial> {
        self.post_note(routes::COSIGNATURE, cosigned).await
    }
}

/// How a log contradicts what was cosigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contradiction {
    /// It shows fewer leaves than it had.
    Shrunk,
    /// It has a second history.
    Forked,
}

/// What a look came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Round {
    /// The log has no leaf yet.
    Empty,
    /// Nothing is new.
    Known {
        /// Leaves.
        size: u64,
    },
    /// Cosigned, kept and handed in.
    Cosigned {
        /// Leaves of the last one before; `None` for the first.
        from: Option<u64>,
        /// Leaves.
        size: u64,
    },
    /// The log contradicts what was cosigned. **Nothing was cosigned, and this has to be told to others.**
    Contradicted {
        /// How.
        how: Contradiction,
        /// Leaves of the cosigned checkpoint.
        kept: u64,
        /// Leaves of the one that was seen.
        seen: u64,
        /// The folder with both; `None` when the log shows nothing that it signed.
        evidence: Option<PathBuf>,
    },
}

/// A witness: its key and its folder.
#[derive(Debug)]
pub struct Witness {
    cosigner: Cosigner,
    public: WitnessKey,
    home: Home,
}

impl Witness {
    /// A witness that works in `home`.
    #[must_use]
    pub fn new(cosigner: Cosigner, home: Home) -> Self {
        Self { public: cosigner.public(), cosigner, home }
    }

    /// Its public key.
    #[must_use]
    pub const fn public(&self) -> &WitnessKey {
        &self.public
    }

    /// Its folder.
    #[must_use]
    pub const fn home(&self) -> &Home {
        &self.home
    }

    /// Looks at the log of `key` once. What it cosigns is on disk before the log learns of it, so that neither a crash nor
    /// a second life leads this witness into a second history.
    ///
    /// # Errors
    /// [`WitnessError`]; after [`WitnessError::HandIn`] the next look hands in again.
    pub async fn look<L: PublishedLog>(
        &mut self,
        log: &L,
        key: &PublicKey,
        now: Timestamp,
    ) -> Result<Round, WitnessError> {
        let kept = self.home.kept(key, &self.public)?;
        let asked = |source| WitnessError::Asked { what: "its checkpoint".into(), source };
        let Some(bytes) = log.checkpoint().await.map_err(asked)? else {
            return Ok(emptied(kept.as_ref()));
        };
        let seen = Checkpoint::verify(bytes, key)?;
        let (verdict, tiles) = verdict(log, kept.as_ref(), &seen).await?;
        let how = match (verdict, kept) {
            (Verdict::First | Verdict::Grown, kept) => {
                // What other witnesses signed is theirs to hand in.
                let plain = seen.without_cosignatures(key)?;
                let cosigned = plain.with_signature(&self.cosigner.cosign(&plain, now))?;
                self.home.keep(&cosigned)?;
                hand_in(log, &cosigned).await?;
                return Ok(Round::Cosigned { from: kept.map(|kept| kept.size()), size: seen.size() });
            }
            (Verdict::Known, Some(kept)) => {
                // Central shows what it has; what it lacks was lost on the way.
                if self.public.verify(&seen).is_err() {
                    hand_in(log, &kept).await?;
                }
                return Ok(Round::Known { size: kept.size() });
            }
            (Verdict::Shrunk, Some(kept)) => (Contradiction::Shrunk, kept),
            (Verdict::Forked, Some(kept)) => (Contradiction::Forked, kept),
            // Without a cosigned one there is nothing to contradict; `judge` says `First` then.
            (_, None) => return Err(WitnessError::Unproved { size: seen.size() }),
        };
        let (how, kept) = how;
        let evidence = Some(self.home.accuse(&kept, &seen, &tiles)?);
        Ok(Round::Contradicted { how, kept: kept.size(), seen: seen.size(), evidence })
    }
}

/// A log that was not empty does not become so. There is no signature to show for it, so it is no evidence.
fn emptied(kept: Option<&Checkpoint>) -> Round {
    kept.map_or(Round::Empty, |kept| Round::Contradicted {
        how: Contradiction::Shrunk,
        kept: kept.size(),
        seen: 0,
        evidence: None,
    })
}

/// The verdict, and the tiles that it took.
async fn verdict<L: PublishedLog>(
    log: &L,
    kept: Option<&Checkpoint>,
    seen: &Checkpoint,
) -> Result<(Verdict, TileSet), WitnessError> {
    let mut tiles = TileSet::new(seen.size());
    loop {
        let tile = match judge(kept, seen, &tiles) {
            Ok(verdict) => return Ok((verdict, tiles)),
            Err(Halt::Unproved) => return Err(WitnessError::Unproved { size: seen.size() }),
            Err(Halt::Needed(Needed(tile))) => tile,
        };
        if tiles.tiles().any(|(held, _)| held == tile) {
            return Err(WitnessError::Senseless(tile));
        }
        let asked = |source| WitnessError::Asked { what: tile.to_string(), source };
        tiles.insert(tile, log.tile(tile).await.map_err(asked)?)?;
    }
}

async fn hand_in<L: PublishedLog>(log: &L, cosigned: &Checkpoint) -> Result<(), WitnessError> {
    let handed = log.hand_in(cosigned.note().bytes().to_vec()).await;
    handed.map_err(|source| WitnessError::HandIn { size: cosigned.size(), source })
}

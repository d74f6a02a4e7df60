//! Central itself: what it holds, and the one door through which things come in.

use std::sync::Arc;

use super::answer::{Answer, News, Submission};
use super::batch::Batch;
use super::index::Index;
use super::log::{self, LastSigned, Log};
use super::refusal::{Refusal, Stop};
use super::store::{Ledger, LedgerError, Photos};
use super::witnesses::Witnesses;
use crate::clock::Timestamp;
use crate::protocol::StatementError;
use crate::protocol::checkpoint::CheckpointError;
use crate::protocol::election::Election;
use crate::protocol::ids::{Seq, StationId};
use crate::protocol::key::{PrivateKey, PublicKey};
use crate::protocol::receipt::Item;

/// What central itself can fail with. Whoever handed something in is told to come back later.
#[derive(Debug, thiserror::Error)]
pub enum CentralError {
    /// The ledger.
    #[error("working with the ledger")]
    Ledger(#[from] LedgerError),
    /// Signing the log, or reading what was signed.
    #[error("signing the log")]
    Checkpoint(#[from] CheckpointError),
    /// Keeping what a witness cosigned.
    #[error("writing {}", path.display())]
    Cosigned {
        /// The file.
        path: std::path::PathBuf,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
    /// Signing an accreditation.
    #[error("signing an accreditation")]
    Accreditation(#[from] StatementError),
}

/// The central of one election. Plain and blocking; one thread at a time.
pub struct Central {
    pub(super) election: Election,
    pub(super) key: PrivateKey,
    public: PublicKey,
    pub(super) ledger: Box<dyn Ledger>,
    pub(super) photos: Arc<dyn Photos>,
    pub(super) index: Index,
    pub(super) witnesses: Witnesses,
    last: Option<LastSigned>,
    /// A commit failed: what the index says may not be what the ledger holds.
    stale: bool,
}

/// What a submission came to, before the commit.
pub(super) enum Verdict {
    /// Its receipt is to be given.
    Receipt(Item, News),
    /// This accreditation is to be given.
    Accreditation(Vec<u8>, News),
}

impl Central {
    /// Starts over what `ledger` holds; the same whether it is empty, or was left by a crash.
    ///
    /// `key` signs accreditations and the log, whose origin is the key's name.
    ///
    /// # Errors
    /// [`CentralError`] when the ledger cannot be read.
    pub fn open(
        election: Election,
        key: PrivateKey,
        ledger: Box<dyn Ledger>,
        photos: Arc<dyn Photos>,
    ) -> Result<Self, CentralError> {
        let index = Index::new(election.clone());
        let public = key.public();
        let witnesses = Witnesses::default();
        let mut central = Self { election, key, public, ledger, photos, index, witnesses, last: None, stale: true };
        central.reload()?;
        Ok(central)
    }

    fn reload(&mut self) -> Result<(), CentralError> {
        let mut index = Index::new(self.election.clone());
        self.ledger.replay(&mut |fact| index.learn(&fact))?;
        self.index = index;
        self.last = None;
        self.stale = false;
        Ok(())
    }

    /// After a failed commit nobody knows what the ledger holds: it is read anew, now or before the next submission.
    fn look_again(&mut self) {
        self.stale = true;
        if let Err(error) = self.reload() {
            tracing::error!(error = &error as &dyn std::error::Error, "the ledger cannot be read");
        }
    }

    /// Takes many things in with one commit and one signed checkpoint; answers each, in order.
    ///
    /// **What is answered with a receipt is durable.** A refusal concerns its own submission alone, except
    /// [`Refusal::Central`]: then the commit failed, and everything may be handed in again.
    pub fn submit(&mut self, submissions: Vec<Submission>, now: Timestamp) -> Vec<Result<Answer, Refusal>> {
        let count = submissions.len();
        self.try_submit(submissions, now).unwrap_or_else(|error| {
            tracing::error!(
                error = &error as &dyn std::error::Error,
                submissions = count,
                "nothing could be committed"
            );
            self.look_again();
            let error = Arc::new(error);
            (0..count).map(|_| Err(Refusal::Central(Arc::clone(&error)))).collect()
        })
    }

    /// Takes one thing in; [`Central::submit`] for one.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn submit_one(&mut self, submission: Submission, now: Timestamp) -> Result<Answer, Refusal> {
        self.submit(vec![submission], now).pop().unwrap_or(Err(Refusal::Closing))
    }

    fn try_submit(
        &mut self,
        submissions: Vec<Submission>,
        now: Timestamp,
    ) -> Result<Vec<Result<Answer, Refusal>>, CentralError> {
        if self.stale {
            self.reload()?;
        }
        let mut batch = Batch::new(self.index.log_size());
        let mut verdicts = Vec::with_capacity(submissions.len());
        for submission in submissions {
            verdicts.push(match self.judge(submission, now, &mut batch) {
                Ok(verdict) => Ok(verdict),
                Err(Stop::Refused(refusal)) => Err(refusal),
                Err(Stop::Broken(error)) => return Err(error),
            });
        }
        let (facts, signed) = batch.finish(&*self.ledger, &self.key)?;
        if !facts.is_empty() {
            self.ledger.commit(&facts)?;
            self.last = signed.or_else(|| self.last.take());
        }
        Ok(verdicts.into_iter().map(|verdict| verdict.and_then(|verdict| self.answer(verdict))).collect())
    }

    fn judge(&mut self, submission: Submission, now: Timestamp, batch: &mut Batch) -> Result<Verdict, Stop> {
        match submission {
            Submission::Entry { station, seq, bytes } => self.judge_entry((station, seq), bytes, now, batch),
            Submission::Photo { station, sha256, bytes } => self.judge_photo(station, sha256, bytes, now, batch),
            Submission::Enrolment { bytes } => self.judge_enrolment(bytes, now, batch),
        }
    }

    fn answer(&self, verdict: Verdict) -> Result<Answer, Refusal> {
        match verdict {
            Verdict::Accreditation(bytes, news) => Ok(Answer { news, bytes }),
            Verdict::Receipt(item, news) => {
                let bytes = self.receipt(&item)?.ok_or_else(|| Refusal::NotHere(item.to_string()))?;
                Ok(Answer { news, bytes })
            }
        }
    }

    /// Takes an entry in.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn put_entry(
        &mut self,
        station: StationId,
        seq: Seq,
        bytes: Vec<u8>,
        now: Timestamp,
    ) -> Result<Answer, Refusal> {
        self.submit_one(Submission::Entry { station, seq, bytes }, now)
    }

    /// Accredits an officer.
    ///
    /// # Errors
    /// [`Refusal`].
    pub fn enrol(&mut self, bytes: Vec<u8>, now: Timestamp) -> Result<Answer, Refusal> {
        self.submit_one(Submission::Enrolment { bytes }, now)
    }

    /// The receipt of an item, always the same bytes; `None` when it is not held.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn receipt(&self, item: &Item) -> Result<Option<Vec<u8>>, Refusal> {
        log::receipt(&self.log(), item).map_err(|error| Refusal::Central(Arc::new(error)))
    }

    /// The receipt of the leaf at `index` of the log; `None` when the log is not that long.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn receipt_at(&self, index: u64) -> Result<Option<Vec<u8>>, Refusal> {
        log::receipt_at(&self.log(), index).map_err(|error| Refusal::Central(Arc::new(error)))
    }

    fn log(&self) -> Log<'_> {
        Log { ledger: &*self.ledger, key: &self.public, last: self.last.as_ref() }
    }

    /// The key whose signatures receipts, checkpoints and accreditations carry.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        self.public.clone()
    }
}

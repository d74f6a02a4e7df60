//! Central itself: what it holds, and the one door through which things come in.

use std::path::PathBuf;
use std::sync::Arc;

use super::accept::item_of;
use super::answer::{Answer, Granted, News, Submission};
use super::batch::Batch;
use super::checked::Checked;
use super::index::Index;
use super::log::{self, Frontier, LastSigned, Log};
use super::refusal::{Refusal, Stop};
use super::store::{Fact, Leaf, Ledger, LedgerError, Photos};
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
    /// Signing an accreditation or an annotation.
    #[error("signing a statement")]
    Statement(#[from] StatementError),
    /// Keeping what a witness cosigned.
    #[error("writing {}", path.display())]
    Cosigned {
        /// The file.
        path: PathBuf,
        /// The system's answer.
        #[source]
        source: std::io::Error,
    },
}

/// The central of one election. Plain and blocking; one thread at a time.
pub struct Central {
    pub(super) election: Election,
    pub(super) key: PrivateKey,
    public: PublicKey,
    pub(super) ledger: Box<dyn Ledger>,
    pub(super) photos: Arc<dyn Photos>,
    pub(super) index: Index,
    /// Where photos on their way are kept.
    pub(super) uploads: Option<PathBuf>,
    pub(super) witnesses: Arc<Witnesses>,
    frontier: Arc<Frontier>,
    last: Option<Arc<LastSigned>>,
    /// A commit failed: what the index says may not be what the ledger holds.
    stale: bool,
}

impl Moment {
    /// Checks a thing handed in as far as that goes before its turn.
    pub(super) fn check(&self, submission: Submission) -> Result<Checked, Refusal> {
        Checked::of(submission, &self.index)
    }

    /// The item that `checked` would be, when its place in the chain is taken: it may be held already.
    pub(super) fn repeats(&self, checked: &Checked) -> Option<Item> {
        let Checked::Entry(checked) = checked else { return None };
        let item = item_of(checked.entry());
        let head = self.index.held(item.station)?.state.head()?;
        (checked.entry().entry().seq <= head.seq).then_some(item)
    }
}

/// Where a central stood at one moment. A copy costs next to nothing.
#[derive(Clone)]
pub(super) struct Moment {
    index: Index,
    last: Option<Arc<LastSigned>>,
    witnesses: Arc<Witnesses>,
}

/// What a submission came to, before the commit.
pub(super) enum Verdict {
    /// It is new, and this is its leaf.
    New(Leaf),
    /// It was here before; its receipt is to be given.
    Known(Item),
    /// This accreditation is to be given.
    Accreditation(Vec<u8>, News),
    /// Where this carried result stands is to be told.
    Carried(Vec<u8>, News),
    /// This annotation is to be given.
    Annotation(Vec<u8>, News),
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
        let public = key.public();
        let index = Index::read(&election, &*ledger)?;
        let frontier = Arc::new(Frontier::read(&*ledger, index.log_size())?);
        let (uploads, witnesses, last) = (None, Arc::default(), None);
        Ok(Self { election, key, public, ledger, photos, index, uploads, witnesses, frontier, last, stale: false })
    }

    /// Keeps photos on their way in the folder at `path`, so that they survive a restart; without it they are in a
    /// temporary folder.
    #[must_use]
    pub fn with_uploads(self, path: impl Into<PathBuf>) -> Self {
        Self { uploads: Some(path.into()), ..self }
    }

    /// Where central stands. After a failed commit that could not be read anew it is not certain.
    pub(super) fn moment(&self) -> Moment {
        Moment { index: self.index.clone(), last: self.last.clone(), witnesses: Arc::clone(&self.witnesses) }
    }

    /// Whether everything that central stands on is in the ledger.
    pub(super) const fn is_certain(&self) -> bool {
        !self.stale
    }

    /// A central that only reads, for another thread; it stands at this moment until [`Central::stand_at`].
    ///
    /// # Errors
    /// [`CentralError::Ledger`].
    pub(super) fn reader(&self) -> Result<Self, CentralError> {
        Ok(Self {
            election: self.election.clone(),
            key: self.key.clone(),
            public: self.public.clone(),
            ledger: self.ledger.reader()?,
            photos: Arc::clone(&self.photos),
            index: self.index.clone(),
            uploads: None,
            witnesses: Arc::clone(&self.witnesses),
            frontier: Arc::clone(&self.frontier),
            last: self.last.clone(),
            stale: false,
        })
    }

    /// Moves a central that only reads to another moment.
    pub(super) fn stand_at(&mut self, moment: Moment) {
        (self.index, self.last, self.witnesses) = (moment.index, moment.last, moment.witnesses);
    }

    fn reload(&mut self) -> Result<(), CentralError> {
        let index = Index::read(&self.election, &*self.ledger)?;
        self.frontier = Arc::new(Frontier::read(&*self.ledger, index.log_size())?);
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
        let checked = submissions.into_iter().map(|submission| Checked::of(submission, &self.index)).collect();
        self.take(checked, now).into_iter().map(|granted| granted.and_then(Granted::answer)).collect()
    }

    /// The same for what was checked before, with answers still to be written out.
    pub(super) fn take(
        &mut self,
        checked: Vec<Result<Checked, Refusal>>,
        now: Timestamp,
    ) -> Vec<Result<Granted, Refusal>> {
        let count = checked.len();
        self.try_take(checked, now).unwrap_or_else(|error| {
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

    fn try_take(
        &mut self,
        checked: Vec<Result<Checked, Refusal>>,
        now: Timestamp,
    ) -> Result<Vec<Result<Granted, Refusal>>, CentralError> {
        if self.stale {
            self.reload()?;
        }
        let mut batch = Batch::new(Arc::clone(&self.frontier));
        let mut verdicts = Vec::with_capacity(checked.len());
        for checked in checked {
            let verdict = checked.map_err(Stop::Refused).and_then(|checked| self.judge(checked, now, &mut batch));
            verdicts.push(match verdict {
                Ok(verdict) => Ok(verdict),
                Err(Stop::Refused(refusal)) => Err(refusal),
                Err(Stop::Broken(error)) => return Err(error),
            });
        }
        let (facts, signed) = batch.finish(&self.key)?;
        let frontier = signed.as_ref().map(|signed| signed.log.frontier()).transpose()?;
        if !facts.is_empty() {
            self.ledger.commit(&facts)?;
        }
        if let (Some(signed), Some(frontier)) = (signed, frontier) {
            (self.last, self.frontier) = (Some(Arc::new(signed)), Arc::new(frontier));
        }
        Ok(verdicts.into_iter().map(|verdict| verdict.and_then(|verdict| self.grant(verdict))).collect())
    }

    fn judge(&mut self, checked: Checked, now: Timestamp, batch: &mut Batch) -> Result<Verdict, Stop> {
        match checked {
            Checked::Entry(entry) => self.judge_entry(*entry, now, batch),
            Checked::Carried(entry) => self.judge_carried(*entry, now, batch),
            Checked::Photo { station, sha256, bytes } => self.judge_photo(station, sha256, bytes, now, batch),
            Checked::Enrolment(wish) => self.judge_enrolment(*wish, now, batch),
            Checked::Remark(by, remark) => self.judge_remark(by, *remark, now, batch),
        }
    }

    /// Appends an item to the log.
    pub(super) fn log(&mut self, item: Item, now: Timestamp, batch: &mut Batch) -> Result<Verdict, LedgerError> {
        let leaf = batch.receive(item, now)?;
        self.index.learn(&Fact::Leaf(leaf.clone()));
        Ok(Verdict::New(leaf))
    }

    fn grant(&self, verdict: Verdict) -> Result<Granted, Refusal> {
        match (verdict, &self.last) {
            (
                Verdict::Accreditation(bytes, news) | Verdict::Annotation(bytes, news) | Verdict::Carried(bytes, news),
                _,
            ) => Ok(Granted::Whole(Answer { news, bytes })),
            (Verdict::New(leaf), Some(signed)) => Ok(Granted::Logged(leaf, Arc::clone(signed))),
            (Verdict::New(leaf), None) => Err(Refusal::NotHere(format!("leaf {}", leaf.index))),
            (Verdict::Known(item), _) => {
                let bytes = self.receipt(&item)?.ok_or_else(|| Refusal::NotHere(item.to_string()))?;
                Ok(Granted::Whole(Answer { news: News::Known, bytes }))
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
        log::receipt(&self.receipts(), item).map_err(|error| Refusal::Central(Arc::new(error)))
    }

    /// The receipt of the leaf at `index` of the log; `None` when the log is not that long.
    ///
    /// # Errors
    /// [`Refusal::Central`].
    pub fn receipt_at(&self, index: u64) -> Result<Option<Vec<u8>>, Refusal> {
        log::receipt_at(&self.receipts(), index).map_err(|error| Refusal::Central(Arc::new(error)))
    }

    pub(super) fn receipts(&self) -> Log<'_> {
        Log { ledger: &*self.ledger, key: &self.public, last: self.last.as_deref() }
    }

    /// The key whose signatures receipts, checkpoints and accreditations carry.
    #[must_use]
    pub fn public_key(&self) -> PublicKey {
        self.public.clone()
    }
}

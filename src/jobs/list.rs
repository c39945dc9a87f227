//! The long jobs of a window, one mechanism for all: named, on a desk of their own, with progress and cancel, never two of the same at once.
//!
//! A job ends with an [`Outcome`], an error, or by being cancelled. What of it people read, and where it is shown, is the window's.

use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::printing::Spooler;
use super::{Job, Wake};
use crate::models::backup::{Backup, Restored};
use crate::models::error::Refusal;
use crate::models::export::{ExportKind, Exported};
use crate::models::import::{ImportKind, ImportReport};
use crate::models::{Error, Result, Timestamp, UserId};
use crate::services::Desk;
use crate::services::check::Findings;

/// How often a working job wakes the window to show how far it is.
const SHOWN_EVERY: Duration = Duration::from_millis(100);

/// How many ended jobs the list keeps.
const KEPT: usize = 20;

/// What a job does. Two equal ones never run at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Task {
    /// 「检查数据」.
    Check,
    /// Importing a file, or trying it out.
    Import { kind: ImportKind, file: String, dry_run: bool },
    /// Writing a report or a list to a file.
    Export { kind: ExportKind, file: PathBuf },
    /// A backup, asked for or due.
    Backup { automatic: bool },
    /// A backup brought back.
    Restore { file: PathBuf },
}

impl Task {
    /// Whether the two may not run side by side.
    fn clashes(&self, other: &Task) -> bool {
        match (self, other) {
            (Task::Import { kind, .. }, Task::Import { kind: other, .. }) => kind == other,
            (Task::Export { file, .. }, Task::Export { file: other, .. }) => file == other,
            (Task::Backup { .. } | Task::Restore { .. }, Task::Backup { .. } | Task::Restore { .. }) => true,
            _ => self == other,
        }
    }
}

/// What a job ended with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    Checked(Findings),
    Imported(Box<ImportReport>),
    Exported(Exported),
    /// `None` where none was due.
    BackedUp(Option<Box<Backup>>),
    Restored(Box<Restored>),
}

impl Outcome {
    /// The file it wrote, for 打开文件 and 打开文件夹.
    pub fn file(&self) -> Option<&PathBuf> {
        match self {
            Outcome::Checked(_) | Outcome::Imported(_) | Outcome::BackedUp(_) | Outcome::Restored(_) => None,
            Outcome::Exported(exported) => Some(&exported.file),
        }
    }
}

/// One job of the list, by the order of their starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct JobId(pub u64);

/// Where a job stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    Running,
    Done(Outcome),
    Failed(Error),
    Cancelled,
}

/// How far a running job is.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Progress {
    pub done: u64,
    /// 0 while it is not known.
    pub of: u64,
    /// Steps in a second so far; 0 at first.
    pub rate: f64,
    /// Time left at this rate.
    pub left: Option<Duration>,
}

impl Progress {
    /// The share that is done, 0 to 1.
    pub fn share(&self) -> f32 {
        if self.of == 0 { 0.0 } else { (self.done as f64 / self.of as f64).clamp(0.0, 1.0) as f32 }
    }
}

/// Told by the working thread, read by the window.
pub struct Meter {
    done: AtomicU64,
    of: AtomicU64,
    cancelled: AtomicBool,
    begun: Instant,
    shown: Mutex<Instant>,
    wake: Wake,
}

impl Meter {
    fn new(wake: Wake) -> Meter {
        let now = Instant::now();
        Meter { done: AtomicU64::new(0), of: AtomicU64::new(0), cancelled: AtomicBool::new(false), begun: now, shown: Mutex::new(now), wake }
    }

    /// So many of so many; false where the person wants it to stop. Services take this as their `step`.
    pub fn step(&self, done: usize, of: usize) -> bool {
        self.done.store(done as u64, Ordering::Relaxed);
        self.of.store(of as u64, Ordering::Relaxed);
        let now = Instant::now();
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if now.duration_since(*shown) >= SHOWN_EVERY {
            *shown = now;
            (self.wake)();
        }
        !self.cancelled.load(Ordering::Relaxed)
    }

    fn progress(&self) -> Progress {
        let (done, of) = (self.done.load(Ordering::Relaxed), self.of.load(Ordering::Relaxed));
        let spent = self.begun.elapsed().as_secs_f64();
        let rate = if spent > 0.0 { done as f64 / spent } else { 0.0 };
        let left = (rate > 0.0 && of > done).then(|| Duration::from_secs_f64(((of - done) as f64 / rate).min(1e6)));
        Progress { done, of, rate, left }
    }
}

/// One job.
pub struct Record {
    pub id: JobId,
    pub task: Task,
    /// For whom it works; others do not see it. Nobody where the data file cannot be used.
    pub user: Option<UserId>,
    pub started: Timestamp,
    pub state: State,
    meter: Arc<Meter>,
    job: Option<Job<Outcome>>,
}

impl Record {
    pub fn is_running(&self) -> bool {
        self.state == State::Running
    }

    pub fn progress(&self) -> Progress {
        self.meter.progress()
    }

    /// Whether it was told to stop.
    pub fn is_stopping(&self) -> bool {
        self.is_running() && self.meter.cancelled.load(Ordering::Relaxed)
    }
}

/// All jobs of a window, the newest last.
pub struct Jobs {
    records: Vec<Record>,
    next: u64,
    wake: Wake,
    /// What prints.
    pub spooler: Spooler,
}

impl Jobs {
    pub fn new(wake: Wake, spooler: Spooler) -> Jobs {
        Jobs { records: Vec::new(), next: 0, wake, spooler }
    }

    /// Starts a job for the session of this desk. 4000 where the same is under way already, 4002 where nobody is signed in.
    pub fn start(&mut self, desk: &Desk, task: Task, work: impl FnOnce(&mut Desk, &Meter) -> Result<Outcome> + Send + 'static) -> Result<JobId> {
        let user = desk.session().ok_or(Error::NotSignedIn)?.user;
        let key = desk.key();
        self.add(Some(user), desk.clock().now(), task, move |meter| work(&mut key.open()?, meter))
    }

    /// Starts a job for nobody: at a data file that cannot be used. 4000 as above.
    pub fn start_for_nobody(&mut self, now: Timestamp, task: Task, work: impl FnOnce(&Meter) -> Result<Outcome> + Send + 'static) -> Result<JobId> {
        self.add(None, now, task, work)
    }

    fn add(
        &mut self,
        user: Option<UserId>,
        started: Timestamp,
        task: Task,
        work: impl FnOnce(&Meter) -> Result<Outcome> + Send + 'static,
    ) -> Result<JobId> {
        if self.records.iter().any(|record| record.is_running() && record.task.clashes(&task)) {
            return Err(Refusal::JobRunning.into());
        }
        let id = JobId(self.next);
        self.next += 1;
        let meter = Arc::new(Meter::new(self.wake.clone()));
        let for_work = meter.clone();
        let job = Job::start("job", self.wake.clone(), move || work(&for_work));
        self.records.push(Record { id, task, user, started, state: State::Running, meter, job: Some(job) });
        self.forget_the_oldest();
        Ok(id)
    }

    fn forget_the_oldest(&mut self) {
        while self.records.iter().filter(|record| !record.is_running()).count() > KEPT {
            let Some(at) = self.records.iter().position(|record| !record.is_running()) else { return };
            self.records.remove(at);
        }
    }

    /// The jobs that ended since the last call.
    pub fn poll(&mut self) -> Vec<JobId> {
        let mut ended = Vec::new();
        for record in &mut self.records {
            let Some(result) = record.job.as_ref().and_then(Job::poll) else { continue };
            record.job = None;
            record.state = match result {
                Ok(outcome) => State::Done(outcome),
                Err(Error::Cancelled) => State::Cancelled,
                Err(error) => State::Failed(error),
            };
            ended.push(record.id);
        }
        ended
    }

    pub fn get(&self, id: JobId) -> Option<&Record> {
        self.records.iter().find(|record| record.id == id)
    }

    /// Those of one person, the newest first.
    pub fn of(&self, user: UserId) -> impl Iterator<Item = &Record> {
        self.records.iter().rev().filter(move |record| record.user == Some(user))
    }

    /// Those under way, whoever started them.
    pub fn running(&self) -> impl Iterator<Item = &Record> {
        self.records.iter().filter(|record| record.is_running())
    }

    /// Tells a job to stop; it does at its next step, and nothing of it stays.
    pub fn cancel(&self, id: JobId) {
        if let Some(record) = self.get(id) {
            record.meter.cancelled.store(true, Ordering::Relaxed);
        }
    }

    /// Tells all of them.
    pub fn cancel_all(&self) {
        self.running().for_each(|record| record.meter.cancelled.store(true, Ordering::Relaxed));
    }
}

//! `Fetched`: a result that takes long on large files, read beside the window. What is read within a blink is drawn at once.

use std::time::Duration;

use crate::jobs::Job;
use crate::models::Result;
use crate::services::Desk;
use crate::ui::context::{Asked, Context};

/// So long a frame waits for a result, so that small files show no sign of it.
const BLINK: Duration = Duration::from_millis(100);

/// A result kept until its query or the file changes. While it is read again, the old result of the same query stays; of another query there is none.
pub struct Fetched<Q, T> {
    held: Option<(Asked<Q>, Result<T>)>,
    job: Option<(Asked<Q>, Job<T>)>,
    /// When the job began, as the window counts.
    since: f64,
    /// Counts the results that came.
    arrivals: u64,
    forgotten: bool,
    /// A read took longer than a blink: from then on no frame waits for one.
    slow: bool,
}

impl<Q, T> Default for Fetched<Q, T> {
    fn default() -> Self {
        Fetched { held: None, job: None, since: 0.0, arrivals: 0, forgotten: false, slow: false }
    }
}

impl<Q: Clone + PartialEq + Send + 'static, T: Send + 'static> Fetched<Q, T> {
    /// Sees to it that the result of this query is there or under way; at most one is.
    pub fn ask(&mut self, ctx: &egui::Context, cx: &Context<'_>, query: &Q, load: impl FnOnce(&Desk, &Q) -> Result<T> + Send + 'static) {
        self.take(|job| job.poll());
        let current = self.held.as_ref().is_some_and(|(held, result)| held.stands(cx, query, result));
        if self.job.is_some() || (current && !self.forgotten) {
            return;
        }
        self.forgotten = false;
        let (key, asked) = (cx.desk.key(), query.clone());
        let job = Job::start("read", cx.wake.clone(), move || load(&key.open_to_read()?, &asked));
        self.job = Some((Asked::now(cx, query), job));
        self.since = ctx.input(|input| input.time);
        if !self.slow {
            self.take(|job| job.wait(BLINK));
            self.slow = self.job.is_some();
        }
    }

    fn take(&mut self, result: impl FnOnce(&Job<T>) -> Option<Result<T>>) {
        let Some(result) = self.job.as_ref().and_then(|(_, job)| result(job)) else { return };
        if let Some((asked, _)) = self.job.take() {
            self.held = Some((asked, result));
            self.arrivals += 1;
        }
    }

    /// The outcome for this query; `None` while it is first read.
    pub fn result(&self, query: &Q) -> Option<&Result<T>> {
        self.held.as_ref().filter(|(held, _)| held.query == *query).map(|(_, result)| result)
    }

    /// The outcome that came last, of whatever query.
    pub fn last(&self) -> Option<&Result<T>> {
        self.held.as_ref().map(|(_, result)| result)
    }

    /// What came last, where it is no error.
    pub fn known(&self) -> Option<&T> {
        self.last().and_then(|result| result.as_ref().ok())
    }

    /// Since when something is being read (`ui.input(|i| i.time)`), where it is.
    pub fn reading_since(&self) -> Option<f64> {
        self.job.as_ref().map(|_| self.since)
    }

    /// Moves with each result that comes.
    pub fn arrivals(&self) -> u64 {
        self.arrivals
    }

    /// Reads again: F5.
    pub fn forget(&mut self) {
        self.forgotten = true;
    }
}

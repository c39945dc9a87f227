//! A form's state: what was there, what is typed, what is wrong, and whether it is being saved.
//!
//! Saving never blocks: while another terminal holds the lock it is tried again on later frames, for 30 s, and the draft stays (rulings §2).

use crate::models::{Error, Field, FieldErrors, Result};
use crate::services::Desk;
use crate::ui::context::Context;

/// How long a save is tried, in seconds.
const PATIENCE: f64 = 30.0;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Phase {
    Editing,
    Saving { since: f64 },
}

/// A form over a draft.
#[derive(Clone, Debug)]
pub struct Form<D> {
    baseline: D,
    pub draft: D,
    pub errors: FieldErrors,
    /// An error that belongs to no field; shown as a banner.
    pub failure: Option<Error>,
    phase: Phase,
    /// Give the first wrong field the focus on the next frame.
    pub focus_error: bool,
}

impl<D: Clone + PartialEq> Form<D> {
    pub fn new(draft: D) -> Form<D> {
        Form { baseline: draft.clone(), draft, errors: FieldErrors::default(), failure: None, phase: Phase::Editing, focus_error: false }
    }

    /// Takes a save back before it is tried: something is to be confirmed first.
    pub fn hold(&mut self) {
        self.phase = Phase::Editing;
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        *self = Form::new(self.baseline.clone());
    }

    /// Whether anything was typed that is not saved.
    pub fn is_dirty(&self) -> bool {
        self.draft != self.baseline
    }

    pub fn is_saving(&self) -> bool {
        self.phase != Phase::Editing
    }

    /// Begins to save; [`Form::attempt`] does it.
    pub fn save(&mut self, ctx: &egui::Context) {
        if !self.is_saving() {
            self.errors = FieldErrors::default();
            self.failure = None;
            self.phase = Phase::Saving { since: ctx.input(|input| input.time) };
        }
    }

    /// While saving: tries once. `Some` when it is saved; errors go to their fields or to `failure`.
    pub fn attempt<T>(&mut self, ctx: &egui::Context, cx: &mut Context<'_>, save: impl FnOnce(&mut Desk, &D) -> Result<T>) -> Option<T> {
        let Phase::Saving { since } = self.phase else { return None };
        match save(cx.desk, &self.draft) {
            Ok(saved) => {
                self.phase = Phase::Editing;
                self.baseline = self.draft.clone();
                return Some(saved);
            }
            Err(Error::Busy) if ctx.input(|input| input.time) - since < PATIENCE => {
                ctx.request_repaint_after(std::time::Duration::from_millis(100));
            }
            Err(Error::Fields(errors)) => {
                self.phase = Phase::Editing;
                self.errors = errors;
                self.focus_error = true;
            }
            Err(error) => {
                self.phase = Phase::Editing;
                self.failure = Some(error);
            }
        }
        None
    }

    /// The sentence under a field, where it is wrong.
    pub fn error(&self, cx: &Context<'_>, field: Field) -> Option<String> {
        self.errors.of(field).map(|problem| cx.lang.problem(field, problem))
    }

    /// The sentence of a field in a line.
    pub fn line_error(&self, cx: &Context<'_>, line: usize, field: Field) -> Option<String> {
        self.errors.of_line(line, field).map(|problem| cx.lang.problem(field, problem))
    }

    /// Whether this is the first wrong field and should take the focus now.
    pub fn takes_focus(&mut self, field: Field) -> bool {
        let first = self.focus_error && self.errors.0.first().is_some_and(|error| error.line.is_none() && error.field == field);
        if first {
            self.focus_error = false;
        }
        first
    }
}

/// Enter in a line of a form moves on to its next control. Controls are told in the order they are drawn.
#[derive(Debug, Default)]
pub struct EnterChain {
    stops: Vec<egui::Id>,
    from: Option<usize>,
}

impl EnterChain {
    /// A control Enter moves to, but not on from: a select, a text of several lines, a button.
    pub fn stop(&mut self, control: &egui::Response) {
        self.stops.push(control.id);
    }

    /// One line of text.
    pub fn line(&mut self, ui: &egui::Ui, input: &egui::Response) {
        if input.lost_focus() && ui.input(|state| state.key_pressed(egui::Key::Enter)) {
            self.from = Some(self.stops.len());
        }
        self.stop(input);
    }

    /// Moves on, once all controls are drawn.
    pub fn finish(self, ui: &egui::Ui) {
        if let Some(next) = self.from.and_then(|from| self.stops.get(from + 1)) {
            ui.memory_mut(|memory| memory.request_focus(*next));
        }
    }
}

/// A single act without a draft (complete, ship, cancel, delete) that waits for the lock in the same way.
#[derive(Clone, Debug, Default)]
pub struct Act {
    since: Option<f64>,
}

impl Act {
    pub fn start(&mut self, ctx: &egui::Context) {
        self.since.get_or_insert_with(|| ctx.input(|input| input.time));
    }

    pub fn is_running(&self) -> bool {
        self.since.is_some()
    }

    /// While running: tries once; `Some` with the outcome when it is decided.
    pub fn attempt<T>(&mut self, ctx: &egui::Context, cx: &mut Context<'_>, act: impl FnOnce(&mut Desk) -> Result<T>) -> Option<Result<T>> {
        let since = self.since?;
        match act(cx.desk) {
            Err(Error::Busy) if ctx.input(|input| input.time) - since < PATIENCE => {
                ctx.request_repaint_after(std::time::Duration::from_millis(100));
                None
            }
            outcome => {
                self.since = None;
                Some(outcome)
            }
        }
    }
}

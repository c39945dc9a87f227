//! A part that is edited and saved as a whole: its form, what it was read as, and the questions before anything typed is lost.

use egui::{Rect, Ui};

use super::save_bar::{Pressed, SaveBar, save_bar_ui};
use crate::i18n::fill;
use crate::models::Result;
use crate::services::Desk;
use crate::ui::conflict::{Answer, Conflict, Difference};
use crate::ui::context::Context;
use crate::ui::form::Form;
use crate::ui::widgets::dialog::{Choice, Confirm};

/// A draft `D`, and the version (or the values) `V` it was read at. What nobody edits follows the file.
pub struct Edited<D, V> {
    open: Option<(Form<D>, V)>,
    asking_to_discard: bool,
    conflict: Option<Conflict>,
}

impl<D, V> Default for Edited<D, V> {
    fn default() -> Self {
        Edited { open: None, asking_to_discard: false, conflict: None }
    }
}

impl<D: Clone + PartialEq, V: Clone + PartialEq> Edited<D, V> {
    /// Whether anything was typed that is not saved.
    pub fn is_dirty(&self) -> bool {
        self.form().is_some_and(Form::is_dirty)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.form().is_some_and(Form::is_saving)
    }

    /// Begins to save.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some(form) = self.form_mut() {
            form.save(ctx);
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        if let Some(form) = self.form_mut() {
            form.discard();
        }
    }

    pub fn form(&self) -> Option<&Form<D>> {
        self.open.as_ref().map(|(form, _)| form)
    }

    pub fn form_mut(&mut self) -> Option<&mut Form<D>> {
        self.open.as_mut().map(|(form, _)| form)
    }

    /// What the draft was read as.
    pub fn read(&self) -> Option<&V> {
        self.open.as_ref().map(|(_, read)| read)
    }

    /// Takes what the file says now, where nothing is typed; true where that is news.
    pub fn follow(&mut self, now: &V, draft: impl FnOnce() -> D) -> bool {
        let news = self.open.as_ref().is_none_or(|(form, read)| !form.is_dirty() && !form.is_saving() && read != now);
        if news {
            self.open = Some((Form::new(draft()), now.clone()));
        }
        news
    }

    /// While saving: tries once, `Some` when it is saved. A conflict is asked about, what belongs to no field is told.
    pub fn attempt<T>(&mut self, ui: &Ui, cx: &mut Context<'_>, save: impl FnOnce(&mut Desk, &D, &V) -> Result<T>) -> Option<T> {
        let (form, read) = self.open.as_mut()?;
        let saved = form.attempt(ui, cx, |desk, draft| save(desk, draft, read));
        if saved.is_some() {
            ui.request_repaint();
        } else if let Some(conflict) = Conflict::take(form, cx) {
            self.conflict = Some(conflict);
        }
        saved
    }

    /// Tells an error that belongs to no field and that nobody asked about.
    pub fn report(&mut self, cx: &mut Context<'_>) {
        if let Some(error) = self.form_mut().and_then(|form| form.failure.take()) {
            cx.report(&error);
        }
    }

    /// Draws the bar into its place, after the part; `unsaved` is what it says of what is typed.
    pub fn bar_ui(&mut self, ui: &mut Ui, place: Rect, cx: &Context<'_>, unsaved: &str, why_not: Option<&str>) {
        let wrong = self.form().map_or(0, |form| form.errors.0.len());
        let wrong = (wrong > 0).then(|| fill(cx.t.errors.fields, &[&wrong]));
        let unsaved = if self.is_dirty() { unsaved } else { "" };
        match save_bar_ui(ui, place, cx, &SaveBar { unsaved, wrong: wrong.as_deref(), saving: self.is_saving(), why_not }) {
            Some(Pressed::Save) => self.save(ui),
            Some(Pressed::Discard) => self.asking_to_discard = true,
            None => {}
        }
    }

    /// The questions before what is typed is thrown away, and after a conflict; true where one was answered. `what` names what is not saved.
    pub fn questions_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, what: &str, differences: impl FnOnce(&D) -> Vec<Difference>) -> bool {
        if self.asking_to_discard {
            match Confirm::unsaved(cx.t, what, cx.t.settings.discard_body, cx.t.common.save).show(ui, "discard changes") {
                Some(Choice::Act) => self.save(ui),
                Some(Choice::Other) => self.discard(),
                Some(Choice::WayOut) => {}
                None => return false,
            }
            self.asking_to_discard = false;
            ui.request_repaint();
            return true;
        }
        let (Some(conflict), Some((form, _))) = (&mut self.conflict, &self.open) else { return false };
        match conflict.ui(ui, cx, || differences(&form.draft)) {
            None => return false,
            Some(Answer::Discard) => self.discard(),
            Some(Answer::Back) => {}
        }
        self.conflict = None;
        ui.request_repaint();
        true
    }
}

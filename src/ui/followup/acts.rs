//! What is done with a follow-up from any page: record, correct, mark done and plan the next, reopen, delete; with the dialogs it takes.

use egui::Ui;

use super::form::{Asked, FollowupForm, Look};
use crate::i18n::{Texts, fill};
use crate::models::choice::Module;
use crate::models::followup::Followup;
use crate::models::rights::Verb;
use crate::models::{CustomerId, FollowupId};
use crate::services::followups;
use crate::ui::context::Context;
use crate::ui::form::Act;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::dialog::{Choice, Confirm, dialog_ui};

/// What a dialog with the form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Record,
    Edit,
    /// The plan is done; the form proposes the next one.
    Next,
}

enum Open {
    Form { form: Box<FollowupForm>, purpose: Purpose, asking_to_close: bool },
    Mark { followup: Box<Followup>, done: bool, act: Act },
    Delete { followup: Box<Followup>, act: Act },
}

/// What is under way, and with which customer.
#[derive(Default)]
pub struct FollowupActs {
    open: Option<(Open, String)>,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happened {
    Recorded(FollowupId),
    Changed(FollowupId),
    Marked(FollowupId),
    Deleted(FollowupId),
    /// Nothing more.
    Closed,
}

impl FollowupActs {
    /// The dialog for a new follow-up.
    pub fn record(&mut self, cx: &Context<'_>, customer: CustomerId, name: &str) {
        if cx.may(Module::Customer, Verb::Create) {
            self.open = Some((Open::form(FollowupForm::record(cx, customer), Purpose::Record), name.to_owned()));
        }
    }

    /// The dialog for a correction.
    pub fn edit(&mut self, cx: &Context<'_>, followup: &Followup, name: &str) {
        if cx.may(Module::Customer, Verb::Update) {
            self.open = Some((Open::form(FollowupForm::edit(cx, followup), Purpose::Edit), name.to_owned()));
        }
    }

    /// An open plan becomes done and the next one is proposed; a done one is open again.
    pub fn toggle(&mut self, ctx: &egui::Context, cx: &Context<'_>, followup: &Followup, name: &str) {
        if !cx.may(Module::Customer, Verb::Update) {
            return;
        }
        let mut act = Act::default();
        act.start(ctx);
        let done = followup.next_done_at.is_none();
        self.open = Some((Open::Mark { followup: Box::new(followup.clone()), done, act }, name.to_owned()));
        ctx.request_repaint();
    }

    /// Asks before it deletes.
    pub fn delete(&mut self, cx: &Context<'_>, followup: &Followup, name: &str) {
        if cx.may(Module::Customer, Verb::Delete) {
            self.open = Some((Open::Delete { followup: Box::new(followup.clone()), act: Act::default() }, name.to_owned()));
        }
    }

    /// Whether a dialog is up or an act under way.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        match &self.open {
            Some((Open::Form { form, .. }, _)) if form.is_dirty() => Some(FollowupForm::called(t)),
            _ => None,
        }
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        matches!(&self.open, Some((Open::Form { form, .. }, _)) if form.is_saving())
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        if let Some((Open::Form { form, .. }, _)) = &mut self.open {
            form.save(ctx);
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.open = None;
    }

    /// Draws what is open; what came of it once it is over.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> Option<Happened> {
        let (open, name) = self.open.as_mut()?;
        let name = name.clone();
        let happened = match open {
            Open::Form { form, purpose, asking_to_close } => form_ui(ui, cx, form, *purpose, asking_to_close, &name),
            Open::Delete { followup, act } => delete_ui(ui, cx, followup, act, &name),
            Open::Mark { followup, done, act } => {
                let (id, done) = (followup.id, *done);
                match act.attempt(ui, cx, |desk| followups::mark(desk, id, done)) {
                    None => None,
                    Some(Ok(())) if done && cx.may(Module::Customer, Verb::Create) => {
                        let next = FollowupForm::next(cx, followup.customer, &followup.input);
                        self.open = Some((Open::form(next, Purpose::Next), name));
                        ui.request_repaint();
                        return Some(Happened::Marked(id));
                    }
                    Some(Ok(())) => {
                        let t = &cx.t.followups;
                        cx.done(fill(if done { t.marked } else { t.reopened }, &[&name]), None);
                        Some(Happened::Marked(id))
                    }
                    Some(Err(error)) => {
                        cx.report(&error);
                        Some(Happened::Closed)
                    }
                }
            }
        };
        if happened.is_some() {
            self.open = None;
            ui.request_repaint();
        }
        happened
    }
}

impl Open {
    fn form(form: FollowupForm, purpose: Purpose) -> Open {
        Open::Form { form: Box::new(form.in_dialog()), purpose, asking_to_close: false }
    }
}

fn form_ui(ui: &mut Ui, cx: &mut Context<'_>, form: &mut FollowupForm, purpose: Purpose, asking_to_close: &mut bool, name: &str) -> Option<Happened> {
    let t = &cx.t.followups;
    if let Some(id) = form.attempt(ui, cx) {
        cx.done(fill(if purpose == Purpose::Edit { t.changed } else { t.recorded }, &[&name]), None);
        return Some(if purpose == Purpose::Edit { Happened::Changed(id) } else { Happened::Recorded(id) });
    }
    let shown = dialog_ui(ui, "followup", size::FORM_WIDTH, |ui| {
        let (title, lines) = match purpose {
            Purpose::Record => (t.record_title, 3),
            Purpose::Edit => (t.edit_title, 3),
            Purpose::Next => (t.next_title, 1),
        };
        let asked = form.ui(ui, cx, Look { title, subject: name, lines, closable: true });
        if purpose == Purpose::Next {
            ui.add_space(size::BUTTON_GAP);
            ui.label(theme::caption(palette(ui), t.next_body));
        }
        asked
    });
    if *asking_to_close {
        let confirm = Confirm::unsaved(cx.t, FollowupForm::called(cx.t), t.unsaved_body, t.save);
        let choice = confirm.show(ui, "leave followup form");
        *asking_to_close = choice.is_none();
        match choice {
            Some(Choice::Act) => form.save(ui),
            Some(Choice::Other) => return Some(Happened::Closed),
            Some(Choice::WayOut) => form.take_focus(),
            None => {}
        }
        return None;
    }
    if Shortcut::Save.pressed_in_dialog(ui) {
        form.save(ui);
    }
    if shown.inner == Some(Asked::GiveUp) {
        return Some(Happened::Closed);
    }
    if (shown.inner == Some(Asked::Close) || shown.closed) && !form.is_saving() {
        if !form.is_dirty() {
            return Some(Happened::Closed);
        }
        *asking_to_close = true;
        ui.request_repaint();
    }
    None
}

fn delete_ui(ui: &mut Ui, cx: &mut Context<'_>, followup: &Followup, act: &mut Act, name: &str) -> Option<Happened> {
    let t = &cx.t.followups;
    if !act.is_running() {
        let title = fill(t.delete_title, &[&name, &followup.input.at.shown(cx.zone())]);
        match Confirm::delete(cx.t, title, t.delete_body, t.delete).show(ui, "delete followup") {
            Some(Choice::Act) => act.start(ui),
            Some(_) => return Some(Happened::Closed),
            None => {}
        }
    }
    let id = followup.id;
    match act.attempt(ui, cx, |desk| followups::delete(desk, id))? {
        Ok(()) => {
            cx.done(fill(t.deleted, &[&name]), None);
            Some(Happened::Deleted(id))
        }
        Err(error) => {
            cx.report(&error);
            Some(Happened::Closed)
        }
    }
}

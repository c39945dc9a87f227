//! The form of a follow-up, as it stands at the foot of a drawer and in a dialog: what was done, what came of it, and when to come back to it.

use egui::{Align, Id, Key, Layout, Modifiers, Ui};

use crate::i18n::Texts;
use crate::models::followup::{Followup, FollowupDraft, FollowupInput, MomentDraft, proposed_next};
use crate::models::{CustomerId, Day, Error, Field, FollowupId};
use crate::services::followups;
use crate::ui::context::Context;
use crate::ui::dense::Dense;
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, mini_icon_button, small_link};
use crate::ui::widgets::date::shortcuts;
use crate::ui::widgets::input::{InputOptions, multiline_input_with_id, text_input_with_id};
use crate::ui::widgets::moment::{MomentOptions, moment_input};
use crate::ui::widgets::paint;
use crate::ui::widgets::select::{SelectOptions, select_index, select_width};

/// The result is as wide as its longest word, within these.
const RESULT_WIDTH: std::ops::RangeInclusive<f32> = 104.0..=144.0;

/// What the form writes.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Target {
    New(CustomerId),
    /// At the version that was read.
    Edit(FollowupId, i64),
}

/// The form's state.
pub struct FollowupForm {
    form: Form<FollowupDraft>,
    target: Target,
    /// In a dialog, perhaps over another form for the same customer.
    in_dialog: bool,
    take_focus: bool,
    /// The time of the follow-up was opened: its date takes the keyboard.
    opened_time: bool,
    /// The controls as they were last drawn.
    controls: Vec<Id>,
    had_focus: bool,
}

/// How the form is drawn.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    pub title: &'a str,
    /// Grey beside the title: the customer.
    pub subject: &'a str,
    /// Lines of content; one line is submitted by Enter.
    pub lines: usize,
    /// With a button that closes the dialog around it.
    pub closable: bool,
}

/// What the form asks of what is around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    Close,
    /// Someone else saved meanwhile, and the own changes are given up.
    GiveUp,
}

impl FollowupForm {
    /// A new follow-up of a customer, of the moment it is saved.
    pub fn record(cx: &Context<'_>, customer: CustomerId) -> FollowupForm {
        FollowupForm::new(Target::New(customer), fresh(cx))
    }

    /// A correction.
    pub fn edit(cx: &Context<'_>, followup: &Followup) -> FollowupForm {
        FollowupForm::new(Target::Edit(followup.id, followup.version), FollowupDraft::of(&followup.input, cx.zone()))
    }

    /// What follows on a plan that was done: the next one is proposed.
    pub fn next(cx: &Context<'_>, customer: CustomerId, done: &FollowupInput) -> FollowupForm {
        let draft = fresh(cx);
        let next = MomentDraft::of(proposed_next(done, cx.today, cx.zone()), cx.zone());
        let result = done.result.clone().unwrap_or(draft.result);
        FollowupForm::new(Target::New(customer), FollowupDraft { result, next, ..draft })
    }

    fn new(target: Target, draft: FollowupDraft) -> FollowupForm {
        FollowupForm {
            form: Form::new(draft),
            target,
            in_dialog: false,
            take_focus: false,
            opened_time: false,
            controls: Vec::new(),
            had_focus: false,
        }
    }

    /// The same form for a dialog: the keyboard starts in its content.
    pub fn in_dialog(mut self) -> FollowupForm {
        self.in_dialog = true;
        self.take_focus = true;
        self
    }

    pub fn is_dirty(&self) -> bool {
        self.form.is_dirty()
    }

    pub fn is_saving(&self) -> bool {
        self.form.is_saving()
    }

    /// What is not saved, in words.
    pub fn called(t: &'static Texts) -> &'static str {
        t.followups.unsaved
    }

    /// Puts the keyboard into the content on the next frame.
    pub fn take_focus(&mut self) {
        self.take_focus = true;
    }

    /// Whether the keyboard was in one of its controls before this frame: Esc takes it away before anything is drawn.
    pub fn had_focus(&self) -> bool {
        self.had_focus
    }

    fn has_focus(&self, ctx: &egui::Context) -> bool {
        ctx.memory(|memory| memory.focused()).is_some_and(|id| self.controls.contains(&id))
    }

    /// Begins to save.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.form.save(ctx);
        ctx.request_repaint();
    }

    /// While saving: tries once. `Some` once it is saved.
    pub fn attempt(&mut self, ctx: &egui::Context, cx: &mut Context<'_>) -> Option<FollowupId> {
        let (target, now, zone) = (self.target, cx.now, cx.zone());
        self.form.attempt(ctx, cx, |desk, draft| {
            let input = draft.parse(now, zone)?;
            match target {
                Target::New(customer) => followups::create(desk, customer, &input),
                Target::Edit(id, version) => followups::update(desk, id, version, &input).map(|()| id),
            }
        })
    }

    /// Draws the title and when it happened, the fields and the buttons.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, look: Look<'_>) -> Option<Asked> {
        let mut asked = None;
        // From any of its controls; a dialog is the form's alone.
        if (self.in_dialog || self.has_focus(ui)) && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) {
            self.save(ui);
        }
        self.controls.clear();
        ui.push_id(("followup form", self.key()), |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            self.head_ui(ui, cx, look);
            if let Some(error) = self.form.failure.clone() {
                let sentence = cx.lang.sentence(&error);
                let banner = Banner::new(Tone::Danger, &sentence, "");
                let conflict = matches!(error, Error::Conflict { .. });
                let banner = if conflict { banner.button(cx.t.followups.drop_changes, None) } else { banner };
                ui.add_space(size::LABEL_GAP);
                asked = banner_ui(ui, &banner).action.then_some(Asked::GiveUp);
                ui.add_space(size::LABEL_GAP);
            }
            self.content_ui(ui, cx, look.lines);
            ui.add_space(size::BUTTON_GAP);
            self.outcome_ui(ui, cx);
            self.error_ui(ui, cx);
            ui.add_space(size::BUTTON_GAP);
            asked = asked.or(self.foot_ui(ui, cx, look));
        });
        self.form.focus_error = false;
        self.had_focus = self.has_focus(ui);
        asked
    }

    fn key(&self) -> (bool, bool, i64) {
        match self.target {
            Target::New(customer) => (self.in_dialog, true, customer.0),
            Target::Edit(id, _) => (self.in_dialog, false, id.0),
        }
    }

    fn content_id(&self) -> Id {
        Id::unique(("followup content", self.key()))
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, look: Look<'_>) {
        let t = &cx.t.followups;
        let p = palette(ui);
        let wrong = self.form.errors.of(Field::FollowupTime).is_some();
        paint::row_ui(ui, size::CONTROL, |ui| {
            ui.label(theme::section(look.title));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = size::LABEL_GAP;
                if self.form.draft.at.is_none() {
                    let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
                    let shown = dense.moment(cx.now);
                    let button = Button::ghost(&shown).icon(icons::CLOCK).mini().tooltip(t.field_time).show(ui);
                    self.controls.push(button.id);
                    if button.clicked() {
                        self.form.draft.at = Some(MomentDraft::of(cx.now, cx.zone()));
                        self.opened_time = true;
                    }
                    ui.label(theme::label(p, t.field_time));
                }
                if !look.subject.is_empty() {
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(egui::Label::new(theme::secondary(p, look.subject)).truncate()));
                }
            });
        });
        let Some(mut at) = self.form.draft.at.take() else { return };
        let mut now_again = false;
        paint::row_ui(ui, size::CONTROL + size::BUTTON_GAP, |ui| {
            ui.spacing_mut().item_spacing.x = size::LABEL_GAP;
            let width = ui.available_width() - size::CONTROL_MINI - size::LABEL_GAP;
            let options = MomentOptions { width, name: t.field_time, prefix: t.field_time, error: wrong, first_time: MomentDraft::FIRST_TIME };
            let fields = moment_input(ui, cx.t, "at", &mut at.day, &mut at.time, cx.today.0, options);
            if self.form.takes_focus(Field::FollowupTime) || std::mem::take(&mut self.opened_time) {
                fields.day.request_focus();
            }
            self.controls.extend([fields.day.id, fields.time.id]);
            // A correction stays at a moment of the past.
            if matches!(self.target, Target::New(_)) {
                now_again = mini_icon_button(ui, icons::X, t.now).clicked();
            }
        });
        self.take_focus |= now_again;
        self.form.draft.at = (!now_again).then_some(at);
    }

    fn content_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, lines: usize) {
        let t = &cx.t.followups;
        let id = self.content_id();
        let error = self.form.errors.of(Field::FollowupContent).is_some();
        let options = InputOptions { hint: t.content_hint, name: t.field_content, error, ..Default::default() };
        let text = &mut self.form.draft.content;
        let input = if lines > 1 { multiline_input_with_id(ui, id, text, lines, options) } else { text_input_with_id(ui, id, text, options) };
        if self.form.takes_focus(Field::FollowupContent) || std::mem::take(&mut self.take_focus) {
            input.request_focus();
        }
        if lines == 1 && input.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            self.save(ui);
        }
        self.controls.push(input.id);
    }

    /// The result, and when to follow up again.
    fn outcome_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let t = &cx.t.followups;
        paint::row_ui(ui, size::CONTROL, |ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            let draft = &mut self.form.draft;
            // A word that is no longer configured stays to be chosen.
            let mut words: Vec<&str> = cx.config.followup_results.iter().map(String::as_str).collect();
            let own = draft.result.clone();
            if !own.is_empty() && !words.contains(&own.as_str()) {
                words.push(&own);
            }
            let mut chosen = words.iter().position(|word| *word == own);
            let error = self.form.errors.of(Field::FollowupResult).is_some();
            let shown: Vec<&str> = words.iter().map(|word| cx.lang.word(word)).collect();
            let widest = shown.iter().map(|word| select_width(ui, word)).fold(*RESULT_WIDTH.start(), f32::max);
            let options = SelectOptions { width: Some(widest.min(*RESULT_WIDTH.end())), name: t.field_result, error, ..Default::default() };
            let result = select_index(ui, "result", &mut chosen, &shown, "", options);
            if result.changed() {
                draft.result = chosen.and_then(|at| words.get(at)).map(|word| (*word).to_owned()).unwrap_or_default();
            }
            let error = self.form.errors.of(Field::NextFollowup).is_some();
            let width = ui.available_width();
            let options = MomentOptions { width, name: t.field_next, prefix: t.next_prefix, error, first_time: MomentDraft::FIRST_TIME };
            let next = moment_input(ui, cx.t, "next", &mut draft.next.day, &mut draft.next.time, cx.today.0, options);
            if self.form.takes_focus(Field::FollowupResult) {
                result.request_focus();
            }
            if self.form.takes_focus(Field::NextFollowup) {
                next.day.request_focus();
            }
            self.controls.extend([result.id, next.day.id, next.time.id]);
        });
    }

    /// The first sentence about what is wrong, or that the save waits.
    fn error_ui(&self, ui: &mut Ui, cx: &Context<'_>) {
        if self.is_saving() {
            ui.add_space(size::LABEL_GAP);
            ui.label(theme::caption(palette(ui), cx.t.shell.waiting));
        }
        let Some(wrong) = self.form.errors.0.first() else { return };
        let sentence = cx.lang.problem(wrong.field, wrong.problem);
        ui.add_space(size::LABEL_GAP);
        ui.label(theme::label(palette(ui), sentence).color(palette(ui).danger.fg));
    }

    /// Days one plans for most, and the button.
    fn foot_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, look: Look<'_>) -> Option<Asked> {
        let t = &cx.t.followups;
        let mut closed = false;
        paint::row_ui(ui, size::CONTROL, |ui| {
            ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
            for (name, day) in shortcuts(cx.t, cx.today.0).into_iter().skip(1) {
                let link = small_link(ui, name);
                self.controls.push(link.id);
                if link.clicked() {
                    self.form.draft.next.set_day(Day(day));
                    self.take_focus = true;
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let text = if matches!(self.target, Target::New(_)) { t.add } else { t.save };
                let button = Button::primary(text).keys(if look.lines == 1 { "Enter" } else { "Ctrl ↵" }).enabled(!self.is_saving()).show(ui);
                self.controls.push(button.id);
                if button.clicked() {
                    self.save(ui);
                }
                if look.closable {
                    closed = Button::secondary(cx.t.common.close).keys("Esc").show(ui).clicked();
                }
            });
        });
        closed.then_some(Asked::Close)
    }
}

/// Nothing typed yet, with the first of the configured results.
fn fresh(cx: &Context<'_>) -> FollowupDraft {
    FollowupDraft { result: cx.config.followup_results.first().cloned().unwrap_or_default(), ..Default::default() }
}

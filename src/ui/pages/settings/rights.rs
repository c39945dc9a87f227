//! The rights of the roles: the table, what is changed and not saved, what the change means for one person. Saved as a whole.

mod grid;

use egui::{Align, Key, Layout, Modifiers, RichText, ScrollArea, Sense, Ui, UiBuilder, vec2};

use super::edited::Edited;
use super::padded_ui;
use super::save_bar::rooms;
use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, Role};
use crate::models::matrix::{Cell, CellChange, Matrix, StoredMatrix};
use crate::models::rights::{Rights, Verb};
use crate::models::user::{User, UserFilter, UserPage, UserSort};
use crate::models::{Error, UserId};
use crate::services::{permissions, users};
use crate::ui::conflict::Difference;
use crate::ui::context::{Cached, Context};
use crate::ui::form::Act;
use crate::ui::icons;
use crate::ui::password_again::{Answer, PasswordAgain};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, reach, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, mini_icon_button};
use crate::ui::widgets::card::bare_card;
use crate::ui::widgets::chip::plain_chip;
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::select::{SelectOptions, select};
use crate::ui::widgets::{page, paint};

/// No narrower than this: then it scrolls.
const LEAST: f32 = 740.0;
const CHANGE_ROW: f32 = 40.0;
/// Less room than this is none for a note.
const NOTE: f32 = 56.0;
/// Height of the lists of changes and of the preview.
const CARDS: f32 = 168.0;
/// Width of the names in the preview.
const NAME: f32 = 52.0;

/// The part's state.
#[derive(Default)]
pub struct RightsPage {
    stored: Cached<(), StoredMatrix>,
    table: Edited<Matrix, i64>,
    /// Earlier states, for Ctrl Z.
    history: Vec<Matrix>,
    cursor: grid::Cursor,
    wants_focus: bool,
    resetting: bool,
    reset: Act,
    password: PasswordAgain,
    people: Cached<(), Vec<User>>,
    preview: Option<UserId>,
    /// Both cards are as high as the longer one was in the last frame.
    cards: f32,
}

impl RightsPage {
    /// The keyboard is on the table.
    pub fn enter(&mut self) {
        self.wants_focus = true;
    }

    /// What is not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        self.table.is_dirty().then_some(t.settings.unsaved_rights)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        self.table.is_saving()
    }

    /// Begins to save.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.table.save(ctx);
    }

    /// Throws the changes away.
    pub fn discard(&mut self) {
        self.table.discard();
        self.history.clear();
    }

    /// Draws the part.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let stored = match self.stored.get(cx, &(), |desk, ()| permissions::get(desk)) {
            Ok(stored) => stored.clone(),
            Err(error) => {
                let sentence = cx.lang.sentence(error);
                return padded_ui(ui, |ui| {
                    ui.add_space(size::PAGE_PADDING);
                    banner_ui(ui, &Banner::new(Tone::Danger, &sentence, ""));
                });
            }
        };
        if self.table.follow(&stored.version, || stored.matrix) {
            self.history.clear();
        }
        self.saving(ui, cx);
        let why = cx.why_not(Module::System, Verb::Update);
        let changes = self.table.form().map(|form| form.draft.changes_from(&stored.matrix)).unwrap_or_default();
        let unsaved = fill(cx.t.settings.unsaved_count, &[&changes.len()]);
        let (part, bar) = rooms(ui);
        paint::inside(ui, part, Layout::top_down(Align::Min), "rights", |ui| {
            ScrollArea::both().show(ui, |ui| {
                ui.set_min_width(LEAST);
                padded_ui(ui, |ui| self.body_ui(ui, cx, &stored, &changes, why.as_deref()));
            });
        });
        self.table.bar_ui(ui, bar, cx, &unsaved, why.as_deref());
        if ui.memory(|memory| memory.top_modal_layer().is_none()) && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Z)) {
            self.step_back(ui);
        }
        if Shortcut::Refresh.pressed(ui) {
            self.stored.forget();
            self.people.forget();
        }
        self.dialogs_ui(ui, cx, &stored);
    }

    fn saving(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        if let Some(count) = self.table.attempt(ui, cx, |desk, draft, version| permissions::update(desk, *version, draft)) {
            self.history.clear();
            cx.done(fill(cx.t.settings.rights_saved, &[&count]), None);
            self.wants_focus = true;
        }
        if let Some(form) = self.table.form_mut() {
            self.password.take(form);
        }
        self.table.report(cx);
    }

    fn step_back(&mut self, ui: &Ui) {
        if let (Some(form), Some(before)) = (self.table.form_mut(), self.history.pop()) {
            form.draft = before;
            ui.request_repaint();
        }
    }

    /// Changes the draft, with a step for Ctrl Z.
    fn change(&mut self, ui: &Ui, change: impl FnOnce(&mut Matrix)) {
        let Some(form) = self.table.form_mut().filter(|form| !form.is_saving()) else { return };
        let before = form.draft;
        change(&mut form.draft);
        if form.draft != before {
            self.history.push(before);
            ui.request_repaint();
        }
    }

    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, stored: &StoredMatrix, changes: &[CellChange], why: Option<&str>) {
        let t = &cx.t.settings;
        ui.spacing_mut().item_spacing.y = 0.0;
        let standard = stored.matrix == Matrix::DEFAULT;
        page::head_ui(ui, t.rights, |ui| {
            let reason = why.or(standard.then_some(t.already_default));
            let reset = Button::secondary(t.reset_rights).icon(icons::ARROW_COUNTER_CLOCKWISE).reason(reason).show(ui);
            if reset.clicked() && reason.is_none() {
                self.resetting = true;
            }
        });
        ui.label(theme::secondary(palette(ui), t.rights_more));
        ui.add_space(size::CARD_GAP);
        let Some(draft) = self.table.form().map(|form| form.draft) else { return };
        let table = grid::Grid { matrix: &draft, stored: &stored.matrix, people: &stored.people, lang: cx.lang, why_not: why };
        let toggled = table.ui(ui, &mut self.cursor);
        if std::mem::take(&mut self.wants_focus) {
            ui.memory_mut(|memory| memory.request_focus(grid::grid_id()));
        }
        if let Some((role, cell)) = toggled {
            self.change(ui, |matrix| matrix.toggle(role, cell));
        }
        ui.add_space(size::CARD_GAP);
        let width = (ui.available_width() - size::CARD_GAP) / 2.0;
        let mut undone = None;
        let (height, mut longest) = (self.cards.max(CARDS), CARDS);
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = size::CARD_GAP;
            let mut half = |ui: &mut Ui, body: &mut dyn FnMut(&mut Ui)| {
                ui.allocate_ui_with_layout(vec2(width, CARDS), Layout::top_down(Align::Min), |ui| {
                    ui.set_width(width);
                    bare_card(ui, |ui| {
                        ui.set_min_height(height);
                        let top = ui.cursor().top();
                        body(ui);
                        longest = longest.max(ui.cursor().top() - top);
                    });
                });
            };
            half(ui, &mut |ui| undone = changes_ui(ui, cx, stored, changes));
            half(ui, &mut |ui| self.preview_ui(ui, cx, &draft, changes));
        });
        if longest != height {
            self.cards = longest;
            ui.request_repaint();
        }
        ui.add_space(size::PAGE_PADDING);
        if let Some(CellChange { role, cell, before, .. }) = undone {
            self.change(ui, |matrix| matrix.set(role, cell, before));
        }
    }

    fn preview_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, draft: &Matrix, changes: &[CellChange]) {
        let t = &cx.t.settings;
        let people = self.people.get(cx, &(), |desk, ()| {
            Ok(users::list(desk, &UserFilter::default(), &UserPage { page_size: UserPage::MAX_SIZE, ..UserPage::first(UserSort::Role, true) })?.rows)
        });
        let people = people.as_deref().unwrap_or_default();
        let names: Vec<(UserId, String)> =
            people.iter().map(|user| (user.id, fill(t.person_role, &[&user.full_name, &cx.lang.role(user.role)]))).collect();
        let choices: Vec<(UserId, &str)> = names.iter().map(|(id, name)| (*id, name.as_str())).collect();
        let first = people.first().map(|user| user.id);
        let mut chosen = self.preview.or(first).unwrap_or(UserId(0));
        card_head(ui, |ui| {
            ui.label(theme::section(t.preview_rights));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let options = SelectOptions { width: Some(172.0), icon: Some(icons::USER), name: t.preview_person, ..Default::default() };
                select(ui, "preview person", &mut chosen, &choices, options);
            });
        });
        self.preview = Some(chosen);
        let Some(user) = people.iter().find(|user| user.id == chosen) else { return };
        let rights = draft.of(user.role);
        let changed = changes.iter().any(|change| change.role == user.role);
        let lines = [
            (t.preview_sees, places(cx, rights, Verb::View)),
            (t.preview_changes, places(cx, rights, Verb::Update)),
            (t.preview_cannot, cannot(cx, rights)),
        ];
        for (at, (name, text)) in lines.into_iter().enumerate() {
            ui.horizontal_top(|ui| {
                // A line of text is as high as a chip, not as a button.
                ui.spacing_mut().interact_size.y = size::CHIP;
                ui.add_space(size::CARD_PADDING);
                ui.allocate_ui_with_layout(vec2(NAME, 24.0), Layout::left_to_right(Align::Min), |ui| {
                    ui.set_min_width(NAME);
                    ui.label(theme::secondary(palette(ui), name));
                });
                let shown = if text.is_empty() { "—" } else { &text };
                ui.allocate_ui(vec2(ui.available_width() - size::CARD_PADDING, 24.0), |ui| {
                    ui.horizontal_wrapped(|ui| {
                        ui.label(if at == 2 { theme::secondary(palette(ui), shown) } else { RichText::new(shown) });
                        if at == 1 && changed {
                            plain_chip(ui, t.after_saving, Tone::Warn);
                        }
                    });
                });
            });
            ui.add_space(4.0);
        }
        ui.add_space(size::BUTTON_GAP);
    }

    fn dialogs_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, stored: &StoredMatrix) {
        let was_dirty = self.table.is_dirty();
        let answered = self.table.questions_ui(ui, cx, cx.t.settings.unsaved_rights, |mine| {
            let changes = mine.changes_from(&stored.matrix);
            let value = |value| grid::reach_name(&cx.t.settings, value);
            let name = |change: &CellChange| format!("{} · {}", cx.lang.role(change.role), grid::cell_name(cx.lang, change.cell));
            changes.iter().filter_map(|change| Difference::of(name(change), value(change.before), value(change.after))).collect()
        });
        self.wants_focus |= answered;
        if was_dirty && !self.table.is_dirty() {
            self.history.clear();
        }
        let act = if self.resetting { cx.t.settings.reset_rights } else { cx.t.settings.save_rights };
        match self.password.ui(ui, cx, act) {
            // What was refused goes on.
            Some(Answer::Confirmed) if self.resetting => self.reset.start(ui),
            Some(Answer::Confirmed) => self.save(ui),
            Some(Answer::GivenUp) => (self.resetting, self.wants_focus) = (false, true),
            None if self.resetting && !self.password.is_asked() => self.resetting_ui(ui, cx, stored),
            None => {}
        }
    }

    fn resetting_ui(&mut self, ui: &Ui, cx: &mut Context<'_>, stored: &StoredMatrix) {
        let t = &cx.t.settings;
        if self.reset.is_running() {
            let version = stored.version;
            let Some(outcome) = self.reset.attempt(ui, cx, |desk| permissions::reset(desk, version)) else { return };
            if outcome == Err(Error::PasswordAgain) {
                return self.password.ask();
            }
            self.resetting = false;
            self.discard();
            match outcome {
                Ok(count) => cx.done(fill(t.rights_reset, &[&count]), None),
                Err(error) => cx.report(&error),
            }
            self.stored.forget();
            self.wants_focus = true;
            ui.request_repaint();
            return;
        }
        let changes = Matrix::DEFAULT.changes_from(&stored.matrix);
        let facts = Role::ALL.iter().filter_map(|role| {
            let count = changes.iter().filter(|change| change.role == *role).count();
            (count > 0).then(|| (cx.lang.role(*role).to_owned(), fill(t.cells, &[&count])))
        });
        let confirm = Confirm {
            icon: icons::ARROW_COUNTER_CLOCKWISE,
            tone: Tone::Warn,
            title: t.reset_title.to_owned(),
            body: t.reset_body.to_owned(),
            facts: facts.collect(),
            way_out: cx.t.common.cancel.to_owned(),
            act: t.reset_rights.to_owned(),
            other: None,
            danger: false,
            careful: true,
        };
        match confirm.show(ui, "reset rights") {
            Some(Choice::Act) => self.reset.start(ui),
            Some(_) => {
                self.resetting = false;
                self.wants_focus = true;
            }
            None => return,
        }
        ui.request_repaint();
    }
}

fn card_head(ui: &mut Ui, body: impl FnOnce(&mut Ui)) {
    let height = reach(ui, size::CONTROL);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height + size::CARD_PADDING), Sense::hover());
    let room = rect.shrink2(vec2(size::CARD_PADDING, size::BUTTON_GAP));
    ui.scope_builder(UiBuilder::new().max_rect(room).layout(Layout::left_to_right(Align::Center)), body);
    paint::divider(ui);
    ui.add_space(size::BUTTON_GAP);
}

/// What is changed and not saved; the change that is to be taken back.
fn changes_ui(ui: &mut Ui, cx: &Context<'_>, stored: &StoredMatrix, changes: &[CellChange]) -> Option<CellChange> {
    let t = &cx.t.settings;
    let p = palette(ui);
    let mut undone = None;
    card_head(ui, |ui| {
        ui.label(theme::section(t.changes));
        if !changes.is_empty() {
            plain_chip(ui, &fill(t.cells, &[&changes.len()]), Tone::Warn);
        }
    });
    if changes.is_empty() {
        ui.horizontal(|ui| {
            ui.add_space(size::CARD_PADDING);
            ui.label(theme::secondary(p, t.no_changes));
        });
        return None;
    }
    for change in changes {
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), CHANGE_ROW - size::BUTTON_GAP), Sense::hover());
        let room = row.shrink2(vec2(size::CARD_PADDING, 0.0));
        let name = grid::cell_name(cx.lang, change.cell);
        paint::inside(ui, room, Layout::right_to_left(Align::Center), &format!("{:?} {name}", change.role), |ui| {
            let undo = fill(t.undo_change, &[&cx.lang.role(change.role), &name]);
            if mini_icon_button(ui, icons::ARROW_U_UP_LEFT, &undo).clicked() {
                undone = Some(*change);
            }
            ui.label(RichText::new(grid::reach_name(t, change.after)));
            ui.label(theme::icon(icons::ARROW_RIGHT, size::ICON_SMALL).color(p.text_3));
            ui.label(RichText::new(grid::reach_name(t, change.before)).strikethrough().color(p.text_2));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.allocate_ui(vec2(52.0, 24.0), |ui| ui.label(theme::body_medium(cx.lang.role(change.role))));
                ui.add(egui::Label::new(&name).truncate());
                if let Some(note) = note(cx.t, change.cell).filter(|_| ui.available_width() > NOTE) {
                    ui.add(egui::Label::new(theme::secondary(p, note)).truncate());
                }
            });
        });
        paint::divider(ui);
    }
    let people: i64 =
        Role::ALL.iter().filter(|role| changes.iter().any(|change| change.role == **role)).map(|role| stored.people[*role as usize]).sum();
    ui.add_space(size::BUTTON_GAP);
    ui.horizontal_top(|ui| {
        ui.add_space(size::CARD_PADDING);
        ui.label(theme::icon(icons::INFO, size::ICON_SMALL).color(p.text_2));
        let room = vec2(ui.available_width() - size::CARD_PADDING, size::CHIP);
        ui.allocate_ui(room, |ui| ui.add(egui::Label::new(theme::label(p, fill(t.effect, &[&people]))).wrap()));
    });
    ui.add_space(size::BUTTON_GAP);
    undone
}

/// What a right brings beside its name.
fn note(t: &'static Texts, cell: Cell) -> Option<&'static str> {
    match cell {
        Cell::May(Module::Sales, Verb::Update) => Some(t.settings.note_sales),
        Cell::May(Module::Inventory, Verb::Update) => Some(t.settings.note_inventory),
        Cell::May(Module::Customer, Verb::Update) => Some(t.settings.note_customer),
        _ => None,
    }
}

/// The pages where these rights let one do this.
fn places(cx: &Context<'_>, rights: &Rights, verb: Verb) -> String {
    let seen = Route::NAVIGATION.iter().copied().filter(|route| route.module().is_some_and(|module| rights.allows(module, verb)));
    let names: Vec<&str> = seen.map(|route| super::super::entry(route, cx.t).1).collect();
    names.join(cx.t.settings.and)
}

fn cannot(cx: &Context<'_>, rights: &Rights) -> String {
    let t = &cx.t.settings;
    let business = [Module::Customer, Module::Sales, Module::Inventory];
    let mut parts = Vec::new();
    for (verb, text) in [(Verb::Create, t.cannot_create), (Verb::Delete, t.cannot_delete)] {
        if !business.iter().any(|module| rights.allows(*module, verb)) {
            parts.push(text.to_owned());
        }
    }
    let unseen: Vec<&str> = Module::ALL.iter().filter(|module| !rights.allows(**module, Verb::View)).map(|module| cx.lang.module(*module)).collect();
    if !unseen.is_empty() {
        parts.push(fill(t.cannot_see, &[&unseen.join(t.and)]));
    }
    parts.join(t.semicolon)
}

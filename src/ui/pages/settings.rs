//! The settings (picture 09): the second column with what the person may see, and the chosen part beside it. Each part is a file of its own.
//!
//! To add a part: a [`Section`], its line in [`look_of`], its page below.

mod account;
mod appearance;
mod backup;
mod config;
mod edited;
mod logs;
mod rights;
mod save_bar;
mod users;

use egui::accesskit::Role;
use egui::{Align, Frame, Layout, Panel, Rect, ScrollArea, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::{Hint, not_yours_ui};
use crate::i18n::Texts;
use crate::models::choice::Module;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::route::{Route, Section};
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, reach, size};
use crate::ui::widgets::{page, paint};

/// Width of the second column.
const COLUMN: f32 = 160.0;
const EDGE: f32 = 12.0;

/// The state of all parts.
#[derive(Default)]
pub struct Settings {
    section: Option<Section>,
    users: users::UsersPage,
    rights: rights::RightsPage,
    config: config::ConfigPage,
    logs: logs::LogsPage,
    backup: backup::BackupPage,
    account: account::AccountPage,
}

impl Settings {
    /// Opens a part.
    pub fn enter(&mut self, section: Section) {
        self.section = Some(section);
        match section {
            Section::Users => self.users.enter(),
            Section::Rights => self.rights.enter(),
            Section::Config => self.config.enter(),
            Section::Logs => self.logs.enter(),
            Section::Backup => self.backup.enter(),
            Section::Account => self.account.enter(),
            Section::Appearance => {}
        }
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        match self.section? {
            Section::Users => self.users.unsaved(t),
            Section::Rights => self.rights.unsaved(t),
            Section::Config => self.config.unsaved(t),
            Section::Account => self.account.unsaved(t),
            Section::Appearance | Section::Logs | Section::Backup => None,
        }
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        match self.section {
            Some(Section::Users) => self.users.is_saving(),
            Some(Section::Rights) => self.rights.is_saving(),
            Some(Section::Config) => self.config.is_saving(),
            Some(Section::Account) => self.account.is_saving(),
            Some(Section::Appearance | Section::Logs | Section::Backup) | None => false,
        }
    }

    /// Begins to save what is typed.
    pub fn save(&mut self, ctx: &egui::Context) {
        match self.section {
            Some(Section::Users) => self.users.save(ctx),
            Some(Section::Rights) => self.rights.save(ctx),
            Some(Section::Config) => self.config.save(ctx),
            Some(Section::Account) => self.account.save(ctx),
            Some(Section::Appearance | Section::Logs | Section::Backup) | None => {}
        }
    }

    /// Throws away what is typed.
    pub fn discard(&mut self) {
        self.users.discard();
        self.rights.discard();
        self.config.discard();
        self.account.discard();
    }

    /// Draws the second column and the part beside it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, section: Section) {
        self.section = Some(section);
        let panel = Panel::left("settings sections").exact_size(COLUMN).resizable(false).show_separator_line(false).frame(Frame::NONE);
        let column = panel.show(ui, |ui| column_ui(ui, cx, section));
        let edge = column.response.rect;
        ui.painter().vline(edge.right() - 0.5, edge.y_range(), egui::Stroke::new(1.0, palette(ui).border));
        if let Some(to) = column.inner.or_else(|| by_keys(ui, cx, section)) {
            cx.go = Some(Route::Settings(to));
        }
        if !section.visible(cx.rights) {
            return not_yours_ui(ui, cx, Module::System);
        }
        match section {
            Section::Users => self.users.ui(ui, cx),
            Section::Rights => self.rights.ui(ui, cx),
            Section::Config => self.config.ui(ui, cx),
            Section::Appearance => appearance::ui(ui, cx),
            Section::Logs => self.logs.ui(ui, cx),
            Section::Backup => self.backup.ui(ui, cx),
            Section::Account => self.account.ui(ui, cx),
        }
    }
}

/// A part's body with the page's padding.
fn padded_ui<R>(ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> R {
    Frame::new().inner_margin(egui::Margin::symmetric(page::padding(ui) as i8, 0)).show(ui, body).inner
}

/// A part that is a form: its title, and its fields no wider than one reads.
fn form_ui(ui: &mut Ui, room: Rect, title: &str, body: impl FnOnce(&mut Ui)) {
    paint::inside(ui, room, Layout::top_down(Align::Min), title, |ui| {
        padded_ui(ui, |ui| {
            page::head_ui(ui, title, |_| {});
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                // Clear of the scroll bar.
                ui.set_max_width(size::READING_WIDTH.min(ui.available_width() - size::CARD_GAP));
                ui.spacing_mut().item_spacing.y = 0.0;
                body(ui);
            });
        });
    });
}

/// Icon and name of a part.
pub fn look_of(section: Section, texts: &'static Texts) -> (&'static str, &'static str) {
    let t = &texts.settings;
    match section {
        Section::Users => (icons::USERS_THREE, t.users),
        Section::Rights => (icons::SHIELD_CHECK, t.rights),
        Section::Config => (icons::SLIDERS_HORIZONTAL, t.config),
        Section::Appearance => (icons::PALETTE, t.appearance),
        Section::Logs => (icons::SCROLL, t.logs),
        Section::Backup => (icons::HARD_DRIVES, texts.backup.title),
        Section::Account => (icons::USER, t.account),
    }
}

/// The parts one may see.
fn seen(cx: &Context<'_>) -> Vec<Section> {
    Section::ALL.iter().copied().filter(|section| section.visible(cx.rights)).collect()
}

/// Alt ↑ and ↓: the part before and after.
fn by_keys(ui: &Ui, cx: &Context<'_>, current: Section) -> Option<Section> {
    let seen = seen(cx);
    let at = seen.iter().position(|section| *section == current)?;
    if Shortcut::Previous.pressed(ui) {
        return at.checked_sub(1).map(|before| seen[before]);
    }
    if Shortcut::Next.pressed(ui) {
        return seen.get(at + 1).copied();
    }
    None
}

fn column_ui(ui: &mut Ui, cx: &Context<'_>, current: Section) -> Option<Section> {
    let p = palette(ui);
    let mut to = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let (head, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::PAGE_HEAD), Sense::hover());
    ui.scope_builder(UiBuilder::new().max_rect(head.shrink2(vec2(2.0 * EDGE, 0.0))).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.label(theme::section(cx.t.settings.title));
    });
    for section in seen(cx) {
        let (icon, name) = look_of(section, cx.t);
        let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), reach(ui, size::NAV_ITEM) + 1.0), Sense::click());
        let rect = line.shrink2(vec2(EDGE - 3.0, 0.0)).with_max_y(line.bottom() - 1.0);
        let on = section == current;
        if on {
            ui.painter().rect_filled(rect, size::RADIUS, p.selected);
        } else if response.hovered() {
            ui.painter().rect_filled(rect, size::RADIUS, p.hover);
        }
        let color = if on { p.accent_text } else { p.text_2 };
        paint::icon(ui.painter(), pos2(rect.left() + 21.0, rect.center().y), icon, size::ICON_NAV, color);
        let font = if on { theme::medium_font(size::TEXT_BODY) } else { theme::font(size::TEXT_BODY) };
        paint::text_left(ui, rect.with_min_x(rect.left() + 40.0), name, font, color);
        if response.has_focus() {
            paint::focus_ring(ui, rect, size::RADIUS);
        }
        response.widget_info(|| WidgetInfo::selected(Role::Tab, true, on, name));
        if response.clicked() && !on {
            to = Some(section);
        }
    }
    to
}

/// The key hints of a part.
pub fn hints(t: &'static Texts, section: Section) -> Vec<Hint> {
    let (s, shell) = (&t.settings, &t.shell);
    let sections: Hint = (&["Alt", "↑", "↓"], s.key_sections);
    match section {
        Section::Users => {
            vec![(&["↑", "↓"], shell.key_choose), (&["Enter"], shell.key_edit), (&["Ctrl N"], shell.key_new), (&["Del"], t.common.delete), sections]
        }
        Section::Rights => vec![
            (&["↑", "↓", "←", "→"], s.key_move),
            (&["Space"], s.key_toggle),
            (&["Ctrl S"], shell.key_save),
            (&["Ctrl Z"], s.key_step_back),
            sections,
        ],
        Section::Config | Section::Account => vec![(&["Enter"], shell.next_field), (&["Ctrl S"], shell.key_save), sections],
        Section::Backup => {
            vec![(&["↑", "↓"], shell.key_choose), (&["Enter"], t.backup.restore), (&["F4"], t.backup.key_now), (&["F5"], shell.key_refresh), sections]
        }
        Section::Appearance => vec![(&["Tab"], shell.next_field), (&["←", "→"], shell.key_choose), sections],
        Section::Logs => vec![
            (&["↑", "↓"], shell.key_choose),
            (&["Enter"], shell.key_open),
            (&["Ctrl F"], shell.key_find),
            (&["F4"], t.log_words.key_check),
            sections,
        ],
    }
}

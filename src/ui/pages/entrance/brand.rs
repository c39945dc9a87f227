//! What stands around every form of the entrance: the brand at the left, and the switches of language and theme.

use chrono::Datelike;
use egui::{Align, Frame, Layout, RichText, Sense, Ui, UiBuilder, vec2};

use crate::i18n::{Lang, Texts, fill};
use crate::models::Day;
use crate::ui::icons;
use crate::ui::theme::{self, ThemeChoice, palette, size};
use crate::ui::widgets::abacus::{abacus_ui, date_digits, mark_ui};
use crate::ui::widgets::button::{Button, icon_button};

/// The left panel, where the window is wide enough for it.
pub(super) fn panel_ui(ui: &mut Ui, t: &Texts, today: Day) {
    if ui.content_rect().width() < 1000.0 {
        return;
    }
    let frame = Frame::new().fill(palette(ui).brand_deep);
    let panel = egui::Panel::left("brand").exact_size(520.0).resizable(false).show_separator_line(false).frame(frame);
    panel.show(ui, |ui| brand_ui(ui, t, today));
}

/// Language and theme, changeable before anyone is signed in.
pub(super) fn switches_ui(ui: &mut Ui, t: &Texts, lang: &mut Lang, choice: &mut ThemeChoice) {
    let t = &t.shell;
    let dark = ui.theme() == egui::Theme::Dark;
    let (icon, name) = if dark { (icons::MOON, t.theme_dark) } else { (icons::SUN, t.theme_light) };
    if Button::ghost(name).icon(icon).tooltip(t.theme).show(ui).clicked() {
        *choice = if dark { ThemeChoice::Light } else { ThemeChoice::Dark };
        choice.apply(ui);
    }
    let other = if *lang == Lang::ZhCn { Lang::En } else { Lang::ZhCn };
    if icon_button(ui, icons::TRANSLATE, t.language).clicked() {
        *lang = other;
    }
}

/// The left side: name, promise, and the abacus that spells today.
fn brand_ui(ui: &mut Ui, texts: &Texts, today: Day) {
    let t = &texts.shell;
    let room = ui.max_rect();
    let white = theme::ON_BRAND_TITLE;
    let faint = theme::on_brand(ui);
    let at = |x: f32, y: f32, w: f32, h: f32| egui::Rect::from_min_size(room.min + vec2(x, y), vec2(w, h));
    ui.scope_builder(UiBuilder::new().max_rect(at(56.0, 72.0, 400.0, 150.0)).layout(Layout::top_down(Align::Min)), |ui| {
        ui.spacing_mut().item_spacing = vec2(16.0, 0.0);
        ui.horizontal(|ui| {
            mark_ui(ui, 48.0);
            ui.label(RichText::new(texts.common.app_name).font(theme::medium_font(size::TEXT_BRAND)).color(white));
        });
        ui.add_space(26.0);
        ui.label(RichText::new(t.slogan).font(theme::medium_font(size::TEXT_TITLE)).color(white));
        ui.add_space(10.0);
        ui.label(RichText::new(t.slogan_more).color(faint));
    });
    let abacus_top = (room.height() / 2.0 + 10.0).max(300.0);
    ui.scope_builder(UiBuilder::new().max_rect(at(53.0, abacus_top, 414.0, 241.0)), |ui| {
        let day = today.0;
        abacus_ui(ui, date_digits(day.year(), day.month(), day.day()));
    });
    ui.scope_builder(UiBuilder::new().max_rect(at(56.0, room.height() - 52.0, 400.0, 24.0)), |ui| {
        ui.label(RichText::new(fill(t.version, &[&env!("CARGO_PKG_VERSION")])).size(size::TEXT_SMALL).color(faint));
    });
    ui.allocate_rect(room, Sense::hover());
}

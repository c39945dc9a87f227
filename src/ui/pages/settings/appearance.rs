//! The person's own look of the window: theme, accent, density, zoom, language. It counts at once; the app keeps it.

use egui::accesskit::Role;
use egui::{Align, Frame, Layout, Margin, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::padded_ui;
use crate::i18n::{Lang, Texts};
use crate::ui::context::Context;
use crate::ui::theme::{self, Accent, Density, Look, ThemeChoice, Zoom, palette, reach, size};
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::page;
use crate::ui::widgets::paint;
use crate::ui::widgets::segment::form_segments;

/// Width of the names at the left.
const NAMES: f32 = 240.0;
/// With less room the controls stand below the names.
const BESIDE: f32 = 690.0;

/// Draws the part.
pub fn ui(ui: &mut Ui, cx: &mut Context<'_>) {
    let t = &cx.t.settings;
    padded_ui(ui, |ui| {
        page::head_ui(ui, t.appearance, |_| {});
        egui::ScrollArea::both().auto_shrink(false).show(ui, |ui| {
            ui.set_max_width(size::READING_WIDTH.min(ui.available_width()));
            ui.label(theme::secondary(palette(ui), t.appearance_more));
            ui.add_space(size::CARD_PADDING);
            let mut look = *cx.look;
            choices_ui(ui, cx.t, &mut look);
            if look != *cx.look {
                *cx.look = look;
                ui.request_repaint();
            }
            preview_ui(ui, cx.t);
        });
    });
}

fn choices_ui(ui: &mut Ui, t: &'static Texts, look: &mut Look) {
    let s = &t.settings;
    line_ui(ui, s.theme, s.theme_more, |ui| {
        let names = [(ThemeChoice::Light, t.shell.theme_light), (ThemeChoice::Dark, t.shell.theme_dark), (ThemeChoice::System, t.shell.theme_system)];
        form_segments(ui, "theme", &mut look.theme, &names);
    });
    line_ui(ui, s.accent, s.accent_more, |ui| {
        for accent in Accent::ALL {
            if swatch_ui(ui, accent, accent_name(t, accent), look.accent == accent) {
                look.accent = accent;
            }
        }
    });
    line_ui(ui, s.density, s.density_more, |ui| {
        form_segments(ui, "density", &mut look.density, &[(Density::Office, s.density_office), (Density::Touch, s.density_touch)]);
    });
    line_ui(ui, s.zoom, s.zoom_more, |ui| {
        let names = Zoom::ALL.map(|zoom| (zoom, format!("{}%", zoom.0)));
        let names: Vec<(Zoom, &str)> = names.iter().map(|(zoom, name)| (*zoom, name.as_str())).collect();
        form_segments(ui, "zoom", &mut look.zoom, &names);
    });
    line_ui(ui, s.language, s.language_more, |ui| {
        form_segments(ui, "language", &mut look.lang, &Lang::ALL.map(|lang| (lang, lang.own_name())));
    });
}

fn accent_name(t: &'static Texts, accent: Accent) -> &'static str {
    let t = &t.settings;
    match accent {
        Accent::Teal => t.accent_teal,
        Accent::Blue => t.accent_blue,
        Accent::Violet => t.accent_violet,
        Accent::Green => t.accent_green,
        Accent::Graphite => t.accent_graphite,
    }
}

/// A name with its sentence at the left, the control at the right.
fn line_ui(ui: &mut Ui, name: &str, more: &str, control: impl FnOnce(&mut Ui)) {
    let p = palette(ui);
    let beside = ui.available_width() >= BESIDE;
    let layout = if beside { Layout::left_to_right(Align::Min) } else { Layout::top_down(Align::Min) };
    ui.with_layout(layout, |ui| {
        let width = if beside { NAMES } else { ui.available_width() };
        ui.allocate_ui(vec2(width, size::CONTROL_LARGE), |ui| {
            ui.vertical(|ui| {
                ui.set_width(width);
                ui.spacing_mut().item_spacing.y = 2.0;
                ui.label(theme::body_medium(name));
                ui.add(egui::Label::new(theme::caption(p, more)).wrap());
            });
        });
        if !beside {
            ui.add_space(size::BUTTON_GAP);
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, size::LABEL_GAP);
            control(ui);
        });
    });
    ui.add_space(size::CARD_PADDING);
    paint::divider(ui);
    ui.add_space(size::CARD_PADDING);
}

/// A circle of an accent with its name; true where it was pressed.
fn swatch_ui(ui: &mut Ui, accent: Accent, name: &str, on: bool) -> bool {
    let p = palette(ui);
    let galley = paint::line(ui, name, theme::font(size::TEXT_BODY), if on { p.accent_text } else { p.text_2 }, f32::INFINITY);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 40.0, reach(ui, size::CONTROL)), Sense::click());
    let fill = if on {
        p.selected
    } else if response.hovered() {
        p.hover
    } else {
        p.surface
    };
    ui.painter().rect(rect, size::RADIUS, fill, Stroke::new(1.0, if on { p.accent_line } else { p.border_strong }), egui::StrokeKind::Inside);
    ui.painter().circle_filled(pos2(rect.left() + 17.0, rect.center().y), 7.0, accent.sample(p.dark));
    paint::place(ui.painter(), rect.with_min_x(rect.left() + 30.0), egui::Align2::LEFT_CENTER, galley);
    paint::ring_if_focused(ui, &response, size::RADIUS);
    response.widget_info(|| WidgetInfo::selected(Role::RadioButton, true, on, name));
    response.clicked()
}

fn preview_ui(ui: &mut Ui, t: &'static Texts) {
    let p = palette(ui);
    let s = &t.settings;
    ui.label(theme::body_medium(s.preview));
    ui.add_space(size::BUTTON_GAP);
    let card = Frame::new().fill(p.surface).stroke(Stroke::new(1.0, p.border)).corner_radius(size::RADIUS_LARGE);
    card.inner_margin(Margin::same(size::CARD_PADDING as i8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let (row, _) = ui.allocate_exact_size(vec2(ui.available_width(), reach(ui, size::ROW)), Sense::hover());
        ui.painter().rect_filled(row, 0.0, p.selected);
        ui.painter().rect_filled(row.with_max_x(row.left() + 2.0), 0.0, p.accent);
        paint::text_left(ui, row.with_min_x(row.left() + size::CARD_PADDING), s.sample_row, theme::font(size::TEXT_BODY), p.text);
        ui.add_space(size::FIELD_GAP);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::CARD_PADDING;
            Button::primary(s.sample_button).enabled(true).show(ui);
            link(ui, s.sample_link);
        });
    });
}

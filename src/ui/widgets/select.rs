//! Choosing one of a few values: the select of a form and the filter chip above a list. The values are the caller's.

use egui::accesskit::Role;
use egui::{Align2, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::i18n::Texts;
use crate::ui::icons;
use crate::ui::theme::{self, palette, reach, size};
use crate::ui::widgets::field::FieldScope;
use crate::ui::widgets::{options, paint};

/// What a select may have besides its value.
#[derive(Clone, Copy, Debug, Default)]
pub struct SelectOptions<'a> {
    /// As wide as this; otherwise as wide as there is room.
    pub width: Option<f32>,
    pub icon: Option<&'a str>,
    /// The accessible name where no field label names it.
    pub name: &'a str,
    pub error: bool,
}

/// A select: `select(ui, "level", &mut draft.level, &[(Level::Vip, "VIP"), …], SelectOptions::default()).changed()`.
pub fn select<T: Copy + PartialEq>(
    ui: &mut Ui,
    salt: impl egui::AsIdSalt,
    value: &mut T,
    choices: &[(T, &str)],
    opts: SelectOptions<'_>,
) -> Response {
    let mut index = choices.iter().position(|(choice, _)| choice == value);
    let texts: Vec<&str> = choices.iter().map(|(_, text)| *text).collect();
    let response = select_index(ui, salt, &mut index, &texts, "", opts);
    if response.changed()
        && let Some((choice, _)) = index.and_then(|index| choices.get(index))
    {
        *value = *choice;
    }
    response
}

/// How wide a select is that shows all of this text.
pub fn select_width(ui: &Ui, text: &str) -> f32 {
    paint::line(ui, text, theme::font(size::TEXT_BODY), egui::Color32::PLACEHOLDER, f32::INFINITY).size().x.ceil() + 10.0 + 28.0
}

/// A select over texts, by index; `empty` stands where nothing is chosen.
pub fn select_index(
    ui: &mut Ui,
    salt: impl egui::AsIdSalt,
    index: &mut Option<usize>,
    texts: &[&str],
    empty: &str,
    opts: SelectOptions<'_>,
) -> Response {
    let p = palette(ui);
    let id = ui.make_persistent_id(salt);
    let enabled = ui.is_enabled();
    let scope = FieldScope::of(ui);
    let taken = options::take_by_key(ui, id, texts.len(), true);
    let width = opts.width.unwrap_or_else(|| ui.available_width());
    let (_, rect) = ui.allocate_space(vec2(width, reach(ui, size::CONTROL)));
    let mut response = ui.interact(rect, id, if enabled { Sense::click() } else { Sense::hover() });
    options::lock_keys(ui, id);
    options::open_on_demand(ui, &response, index.unwrap_or(0));

    let open = options::is_open(ui, id);
    let error = opts.error || scope.is_some_and(|scope| scope.error);
    let edge = match (error, open || response.has_focus()) {
        (true, focused) => Stroke::new(if focused { 2.0 } else { 1.0 }, p.danger.fg),
        (false, true) => Stroke::new(2.0, p.focus),
        (false, false) => Stroke::new(1.0, if enabled { p.border_strong } else { p.border }),
    };
    let fill = match (enabled, response.hovered()) {
        (false, _) => p.disabled_bg,
        (true, true) => p.hover,
        (true, false) => p.surface,
    };
    ui.painter().rect(rect, size::RADIUS, fill, edge, StrokeKind::Inside);
    let color = if enabled { p.text } else { p.disabled_fg };
    let mut room = rect.shrink2(vec2(10.0, 0.0)).with_max_x(rect.right() - 28.0);
    if let Some(icon) = opts.icon {
        paint::icon(ui.painter(), pos2(room.left() + 8.0, rect.center().y), icon, size::ICON, p.text_3);
        room.min.x += size::ICON + 8.0;
    }
    let current = index.and_then(|index| texts.get(index).copied());
    let (text, color) = current.map_or((empty, p.placeholder), |text| (text, color));
    paint::text_left(ui, room, text, theme::font(size::TEXT_BODY), color);
    let caret = pos2(rect.right() - 17.0, rect.center().y);
    paint::icon(ui.painter(), caret, icons::CARET_DOWN, size::ICON_SMALL, p.text_3);

    let chosen = taken.or_else(|| options::text_popup(ui, &response, opts.name, texts, *index));
    if let Some(chosen) = chosen
        && *index != Some(chosen)
    {
        *index = Some(chosen);
        response.mark_changed();
    }
    response.widget_info(|| {
        let mut info = WidgetInfo::labeled(Role::ComboBox, enabled, opts.name);
        info.current_text_value = Some(text.to_owned());
        info
    });
    match scope {
        Some(scope) if opts.name.is_empty() => response.labelled_by(scope.label),
        _ => response,
    }
}

/// A filter above a list: `等级 ▾` while empty, `状态：启用 ✕` on accent when set. Returns whether it changed.
///
/// `filter_chip(ui, t, "level", t.customers.level, &mut filter.level, &[(Level::Vip, "VIP"), …])`
pub fn filter_chip<T: Copy + PartialEq>(
    ui: &mut Ui,
    texts: &'static Texts,
    salt: impl egui::AsIdSalt,
    title: &str,
    value: &mut Option<T>,
    choices: &[(T, &str)],
) -> bool {
    let shown = value.and_then(|value| choices.iter().find(|(choice, _)| *choice == value)).map(|(_, text)| *text);
    named_filter_chip(ui, texts, salt, title, value, choices, shown)
}

/// As [`filter_chip`], for choices that read differently once they are chosen; `shown` stands for the one that is set.
pub fn named_filter_chip<T: Copy + PartialEq>(
    ui: &mut Ui,
    texts: &'static Texts,
    salt: impl egui::AsIdSalt,
    title: &str,
    value: &mut Option<T>,
    choices: &[(T, &str)],
    shown: Option<&str>,
) -> bool {
    let id = ui.make_persistent_id(salt);
    let labels: Vec<&str> = choices.iter().map(|(_, text)| *text).collect();
    let current = value.and_then(|value| choices.iter().position(|(choice, _)| *choice == value));
    let taken = options::take_by_key(ui, id, labels.len(), true);
    // A value that is no longer among the choices still filters: it shows, and can be taken away.
    let set = shown.or(value.map(|_| "…"));
    let label = match set {
        Some(text) => crate::i18n::fill(texts.widgets.filter_set, &[&title, &text]),
        None => title.to_owned(),
    };
    let (response, cross) = chip(ui, texts, id, &label, set.is_some());
    options::lock_keys(ui, id);
    options::open_on_demand(ui, &response, current.unwrap_or(0));
    let chosen = taken.or_else(|| options::text_popup(ui, &response, title, &labels, current));
    let clear = cross
        || (set.is_some()
            && response.has_focus()
            && ui.input(|input| input.key_pressed(egui::Key::Delete) || input.key_pressed(egui::Key::Backspace)));
    if clear {
        options::close(ui, id);
        *value = None;
        return true;
    }
    if let Some((choice, _)) = chosen.and_then(|index| choices.get(index))
        && *value != Some(*choice)
    {
        *value = Some(*choice);
        return true;
    }
    false
}

/// A filter that is set, whatever sets it: its text and ✕; true where that, Del or Backspace was pressed.
pub fn removable_chip(ui: &mut Ui, texts: &'static Texts, salt: impl egui::AsIdSalt, label: &str) -> bool {
    let id = ui.make_persistent_id(salt);
    let (response, cross) = chip(ui, texts, id, label, true);
    let keys = [egui::Key::Delete, egui::Key::Backspace];
    cross || (response.has_focus() && ui.input(|input| keys.iter().any(|key| input.key_pressed(*key))))
}

/// The look of a filter chip; the second value tells whether ✕ was pressed.
fn chip(ui: &mut Ui, texts: &Texts, id: egui::Id, label: &str, set: bool) -> (Response, bool) {
    let p = palette(ui);
    let color = if set { p.accent_text } else { p.text };
    let galley = paint::line(ui, label, theme::font(size::TEXT_BODY), color, 240.0);
    let width = (galley.size().x + 10.0 + 8.0 + size::ICON_SMALL + 10.0).ceil();
    let (_, rect) = ui.allocate_space(vec2(width, reach(ui, size::CONTROL_SMALL)));
    let response = ui.interact(rect, id, Sense::click());
    let (fill, edge) = match (set, response.hovered()) {
        (true, _) => (p.selected, p.accent_line),
        (false, true) => (p.hover, p.border_strong),
        (false, false) => (p.surface, p.border_strong),
    };
    ui.painter().rect(rect, size::RADIUS, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    paint::ring_if_focused(ui, &response, size::RADIUS);
    paint::place(ui.painter(), rect.shrink2(vec2(10.0, 0.0)), Align2::LEFT_CENTER, galley);
    let end = pos2(rect.right() - 10.0 - size::ICON_SMALL / 2.0, rect.center().y);
    let mut cross = false;
    if set {
        let area = egui::Rect::from_min_max(pos2(end.x - 13.0, rect.top()), rect.max);
        let button = ui.interact(area, id.with("clear"), Sense::CLICK);
        let color = if button.hovered() { p.text } else { p.accent_text };
        paint::icon(ui.painter(), end, icons::X, size::ICON_SMALL, color);
        button.widget_info(|| WidgetInfo::labeled(Role::Button, true, crate::i18n::fill(texts.widgets.clear_filter, &[&label])));
        cross = button.clicked();
    } else {
        paint::icon(ui.painter(), end, icons::CARET_DOWN, size::ICON_SMALL, p.text_3);
    }
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, label));
    (response, cross)
}

/// A filter that is only on or off, with an icon and a count (低库存 4). Returns whether it was switched.
pub fn toggle_chip(ui: &mut Ui, icon: &str, label: &str, on: &mut bool) -> bool {
    let p = palette(ui);
    let galley = paint::line(ui, label, theme::font(size::TEXT_BODY), if *on { p.accent_text } else { p.text }, 240.0);
    let width = (10.0 + size::ICON_SMALL + 6.0 + galley.size().x + 10.0).ceil();
    let (rect, response) = ui.allocate_exact_size(vec2(width, reach(ui, size::CONTROL_SMALL)), Sense::click());
    let (fill, edge) = match (*on, response.hovered()) {
        (true, _) => (p.selected, p.accent_line),
        (false, true) => (p.hover, p.border_strong),
        (false, false) => (p.surface, p.border_strong),
    };
    ui.painter().rect(rect, size::RADIUS, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    paint::ring_if_focused(ui, &response, size::RADIUS);
    let icon_at = pos2(rect.left() + 10.0 + size::ICON_SMALL / 2.0, rect.center().y);
    paint::icon(ui.painter(), icon_at, icon, size::ICON_SMALL, if *on { p.accent_text } else { p.text_2 });
    let room = rect.with_min_x(rect.left() + 16.0 + size::ICON_SMALL);
    paint::place(ui.painter(), room, Align2::LEFT_CENTER, galley);
    if response.clicked() {
        *on = !*on;
    }
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, *on, label));
    response.clicked()
}

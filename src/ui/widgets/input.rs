//! Inputs: a line of text, several lines, an amount, a checkbox. They edit a string; parsing is the draft's.

use egui::accesskit::Role;
use egui::{
    Align, Align2, Color32, EventFilter, Frame, Id, Margin, Rect, Response, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, WidgetInfo, pos2,
    vec2,
};

use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, reach, size};
use crate::ui::widgets::field::FieldScope;
use crate::ui::widgets::{keyhint, paint};

/// What an input may have besides its text. `InputOptions { hint: "…", ..Default::default() }`.
#[derive(Clone, Copy, Debug, Default)]
pub struct InputOptions<'a> {
    /// Placeholder: an example, or the fields that are searched.
    pub hint: &'a str,
    /// An icon at the left.
    pub icon: Option<&'a str>,
    /// A key cap at the right while it is empty: `"Ctrl F"`.
    pub keys: Option<&'a str>,
    /// A short text at the left, such as ¥.
    pub prefix: &'a str,
    /// A short text at the right, such as 天 or 盒.
    pub suffix: &'a str,
    /// As wide as this; otherwise as wide as there is room.
    pub width: Option<f32>,
    /// As high as this; otherwise 32.
    pub height: Option<f32>,
    /// The danger edge. A field around it sets this by itself.
    pub error: bool,
    pub password: bool,
    pub align_right: bool,
    /// Text that can be selected, not edited.
    pub readonly: bool,
    /// Greyed and dead.
    pub disabled: bool,
    /// The accessible name where no field label names it; otherwise the hint does.
    pub name: &'a str,
    /// No more characters than this.
    pub char_limit: Option<usize>,
    /// Keeps ↑ and ↓ for the caller (a list or a picker below the input).
    pub keep_arrows: bool,
    /// Keeps Esc for the caller: the focus stays.
    pub keep_escape: bool,
    /// 12-point text.
    pub small: bool,
}

/// The id an input gets from its salt: to give it the focus from outside.
pub fn input_id(ui: &Ui, salt: impl egui::AsIdSalt) -> Id {
    ui.make_persistent_id(salt)
}

/// One line of text, 32 high. Its response covers the whole control, so that a popup can hang below it.
pub fn text_input(ui: &mut Ui, salt: impl egui::AsIdSalt, text: &mut String, options: InputOptions<'_>) -> Response {
    let id = input_id(ui, salt);
    input(ui, id, text, options, 1)
}

/// Like [`text_input`] with an id made beforehand.
pub fn text_input_with_id(ui: &mut Ui, id: Id, text: &mut String, options: InputOptions<'_>) -> Response {
    input(ui, id, text, options, 1)
}

/// Selects the whole text of an input, so that typing replaces it.
pub fn select_all(ui: &Ui, id: Id, text: &str) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = TextEdit::load_state(ui, id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()))));
    state.store(ui, id);
}

/// Several lines; Enter breaks the line, Ctrl Enter is the caller's.
pub fn multiline_input(ui: &mut Ui, salt: impl egui::AsIdSalt, text: &mut String, rows: usize, options: InputOptions<'_>) -> Response {
    let id = input_id(ui, salt);
    input(ui, id, text, options, rows.max(2))
}

/// Like [`multiline_input`] with an id made beforehand.
pub fn multiline_input_with_id(ui: &mut Ui, id: Id, text: &mut String, rows: usize, options: InputOptions<'_>) -> Response {
    input(ui, id, text, options, rows.max(2))
}

/// An amount: right-aligned text with ¥ before it.
pub fn money_input(ui: &mut Ui, salt: impl egui::AsIdSalt, text: &mut String, options: InputOptions<'_>) -> Response {
    let prefix = if options.prefix.is_empty() { "¥" } else { options.prefix };
    text_input(ui, salt, text, InputOptions { prefix, align_right: true, ..options })
}

/// A quantity or a price in a cell: right-aligned, without a prefix.
pub fn number_input(ui: &mut Ui, salt: impl egui::AsIdSalt, text: &mut String, options: InputOptions<'_>) -> Response {
    text_input(ui, salt, text, InputOptions { align_right: true, ..options })
}

/// A password with an eye that shows it; `eye` names the eye. Tab leaves the eye out, so that it comes to the next field.
pub fn password_input(ui: &mut Ui, salt: impl egui::AsIdSalt, text: &mut String, shown: &mut bool, eye: &str, options: InputOptions<'_>) -> Response {
    let height = options.height.unwrap_or_else(|| reach(ui, size::CONTROL));
    let options = InputOptions { password: !*shown, suffix: "\u{3000}\u{3000}", ..options };
    let response = text_input(ui, salt, text, options);
    let center = pos2(response.rect.right() - 6.0 - size::CONTROL_MINI / 2.0, response.rect.top() + height / 2.0);
    let rect = Rect::from_center_size(center, vec2(size::CONTROL_MINI, size::CONTROL_MINI));
    let button = ui.interact(rect, response.id.with("eye"), Sense::CLICK);
    let color = if button.hovered() { palette(ui).text } else { palette(ui).text_2 };
    paint::icon(ui.painter(), center, if *shown { icons::EYE_SLASH } else { icons::EYE }, size::ICON, color);
    button.widget_info(|| WidgetInfo::selected(Role::Button, true, *shown, eye));
    if button.clicked() || (response.has_focus() && Shortcut::ShowPassword.pressed_in_dialog(ui)) {
        *shown = !*shown;
    }
    paint::tooltip(button, &format!("{eye}  {}", Shortcut::ShowPassword.keys()));
    response
}

fn input(ui: &mut Ui, id: Id, text: &mut String, options: InputOptions<'_>, rows: usize) -> Response {
    let p = palette(ui);
    let enabled = ui.is_enabled() && !options.disabled;
    let scope = FieldScope::of(ui);
    let error = options.error || scope.is_some_and(|scope| scope.error);
    let font = theme::font(if options.small { size::TEXT_SMALL } else { size::TEXT_BODY });
    let line_height = ui.fonts_mut(|fonts| fonts.row_height(&font));
    let height = match (options.height, rows) {
        (Some(height), _) => height,
        (None, 1) => reach(ui, size::CONTROL),
        (None, rows) => (rows as f32 * line_height + 16.0).ceil(),
    };
    let width = options.width.unwrap_or_else(|| ui.available_width());
    // The ground takes the clicks beside the text; it is no stop of its own for Tab.
    let (rect, ground) = ui.allocate_exact_size(vec2(width, height), if enabled { Sense::CLICK } else { Sense::hover() });
    let focused = enabled && ui.memory(|memory| memory.has_focus(id));

    let fill = if !enabled || options.readonly { p.disabled_bg } else { p.surface };
    let edge = match (error, focused) {
        (true, true) => Stroke::new(2.0, p.danger.fg),
        (true, false) => Stroke::new(1.0, p.danger.fg),
        (false, true) => Stroke::new(2.0, p.focus),
        (false, false) => Stroke::new(1.0, if enabled { p.border_strong } else { p.border }),
    };
    ui.painter().rect(rect, size::RADIUS, fill, edge, StrokeKind::Inside);

    let mut inner = rect.shrink2(vec2(10.0, 0.0));
    if let Some(icon) = options.icon {
        let center = pos2(inner.left() + size::ICON / 2.0, rect.center().y);
        paint::icon(ui.painter(), center, icon, size::ICON, if enabled { p.text_3 } else { p.disabled_fg });
        inner.min.x += size::ICON + 8.0;
    }
    if !options.prefix.is_empty() {
        inner.min.x = paint::text_left(ui, inner, options.prefix, font.clone(), p.text_3).right() + 6.0;
    }
    if !options.suffix.is_empty() {
        inner.max.x = paint::text_right(ui, inner, options.suffix, font.clone(), p.text_3).left() - 6.0;
    }
    if let Some(keys) = options.keys.filter(|_| text.is_empty()) {
        let cap = keyhint::cap_size(ui, keys);
        keyhint::paint_cap(ui, inner.right() - cap.x, rect.center().y, keys, keyhint::plain(ui));
        inner.max.x -= cap.x + 6.0;
    }
    if rows > 1 {
        inner = inner.shrink2(vec2(0.0, 8.0));
    }

    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).layout(egui::Layout::left_to_right(Align::Min)));
    child.set_clip_rect(child.clip_rect().intersect(rect));
    let before = if options.readonly { Some(text.clone()) } else { None };
    let mut shown = before.as_deref().unwrap_or_default();
    let buffer: &mut dyn egui::TextBuffer = if options.readonly { &mut shown } else { text };
    let base = if rows > 1 { TextEdit::multiline(buffer) } else { TextEdit::singleline(buffer) };
    let align = match (options.align_right, rows) {
        (true, _) => Align2::RIGHT_CENTER,
        (false, 1) => Align2::LEFT_CENTER,
        (false, _) => Align2::LEFT_TOP,
    };
    let color = if !enabled {
        p.disabled_fg
    } else if options.readonly {
        p.text_2
    } else {
        p.text
    };
    let mut edit = base
        .id(id)
        .font(font)
        .text_color(color)
        .hint_text(options.hint)
        .password(options.password)
        .frame(Frame::NONE.inner_margin(Margin::ZERO))
        .align(align)
        .interactive(enabled)
        .desired_width(inner.width())
        .desired_rows(rows)
        .min_size(vec2(inner.width(), inner.height()))
        .event_filter(EventFilter {
            tab: false,
            horizontal_arrows: true,
            vertical_arrows: rows > 1 || options.keep_arrows,
            escape: options.keep_escape,
        });
    if let Some(limit) = options.char_limit {
        edit = edit.char_limit(limit);
    }
    let mut response = child.add(edit);

    if ground.clicked() {
        response.request_focus();
    }
    if ground.hovered() {
        ui.set_cursor_icon(egui::CursorIcon::Text);
    }
    response.rect = rect;
    match scope {
        _ if !options.name.is_empty() => response.accessible_name(options.name),
        Some(scope) => response.labelled_by(scope.label),
        None if !options.hint.is_empty() => response.accessible_name(options.hint),
        None => response,
    }
}

/// A box with a label; the whole line is clickable.
pub fn checkbox(ui: &mut Ui, checked: &mut bool, label: &str) -> Response {
    let p = palette(ui);
    let enabled = ui.is_enabled();
    let color = if enabled { p.text } else { p.disabled_fg };
    let galley = paint::line(ui, label, theme::font(size::TEXT_BODY), color, f32::INFINITY);
    let gap = if label.is_empty() { 0.0 } else { 8.0 };
    let wanted = vec2(size::CHECKBOX + gap + galley.size().x, reach(ui, size::CONTROL_MINI));
    let (rect, mut response) = ui.allocate_exact_size(wanted, Sense::click());
    if response.clicked() && enabled {
        *checked = !*checked;
        response.mark_changed();
    }
    let square = check_rect(rect);
    paint_check(ui, square, Some(*checked), enabled, response.hovered());
    if response.has_focus() {
        paint::focus_ring(ui, square, size::RADIUS_SMALL);
    }
    let room = rect.with_min_x(square.right() + gap);
    paint::place(ui.painter(), room, Align2::LEFT_CENTER, galley);
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, enabled, *checked, label));
    response
}

/// Where the box of a checkbox stands in its line.
pub fn check_rect(line: Rect) -> Rect {
    let side = size::CHECKBOX;
    Rect::from_center_size(pos2(line.left() + side / 2.0, line.center().y), vec2(side, side))
}

/// Only the box: ticked, empty, or half (`None`).
pub fn paint_check(ui: &Ui, square: Rect, state: Option<bool>, enabled: bool, hovered: bool) {
    let p = palette(ui);
    let filled = state != Some(false);
    let (fill, edge) = match (enabled, filled) {
        (false, _) => (p.disabled_bg, p.border),
        (true, true) => {
            let fill = if hovered { p.accent_hover } else { p.accent };
            (fill, fill)
        }
        (true, false) => (if hovered { p.hover } else { p.surface }, p.border_ctl),
    };
    ui.painter().rect(square, size::RADIUS_SMALL, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
    let mark: Color32 = if enabled { p.on_accent } else { p.disabled_fg };
    let c = square.center();
    match state {
        Some(true) => {
            let points = vec![c + vec2(-3.5, 0.0), c + vec2(-1.0, 2.5), c + vec2(3.5, -2.5)];
            ui.painter().line(points, Stroke::new(1.5, mark));
        }
        None => {
            ui.painter().hline(c.x - 3.5..=c.x + 3.5, c.y, Stroke::new(1.5, mark));
        }
        Some(false) => {}
    }
}

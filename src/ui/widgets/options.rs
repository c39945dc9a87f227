//! A popup of options under a control: which row is marked, its keys and its look. Select, filter chip and picker use it.

use egui::accesskit::Role;
use egui::{EventFilter, Id, Key, Modifiers, Popup, PopupCloseBehavior, Rect, Response, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::ui::icons;
use crate::ui::theme::{self, palette, reach, size};
use crate::ui::widgets::paint;

/// The popup that belongs to a control.
pub fn popup_id(control: Id) -> Id {
    control.with("options")
}

/// Is the control's popup open?
pub fn is_open(ui: &Ui, control: Id) -> bool {
    Popup::is_id_open(ui, popup_id(control))
}

/// Opens the popup with a row marked.
pub fn open(ui: &Ui, control: Id, marked: usize) {
    Popup::open_id(ui, popup_id(control));
    mark(ui, control, marked);
}

/// Closes the popup.
pub fn close(ui: &Ui, control: Id) {
    Popup::close_id(ui, popup_id(control));
}

/// The marked row.
pub fn marked(ui: &Ui, control: Id) -> usize {
    ui.data(|data| data.get_temp(popup_id(control))).unwrap_or(0)
}

/// Marks a row.
pub fn mark(ui: &Ui, control: Id, row: usize) {
    ui.data_mut(|data| data.insert_temp(popup_id(control), row));
}

/// ↑ ↓ PgUp PgDn Home End move the mark; Enter (and Space, if allowed) takes it. Call before the control is drawn,
/// so that these keys do not reach it.
pub fn take_by_key(ui: &Ui, control: Id, count: usize, space_takes: bool) -> Option<usize> {
    if !is_open(ui, control) || count == 0 {
        return None;
    }
    let last = count - 1;
    let mut row = marked(ui, control).min(last);
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        row = (row + 1).min(last);
    }
    if pressed(Key::ArrowUp) {
        row = row.saturating_sub(1);
    }
    if pressed(Key::PageDown) {
        row = (row + 8).min(last);
    }
    if pressed(Key::PageUp) {
        row = row.saturating_sub(8);
    }
    mark(ui, control, row);
    if pressed(Key::Enter) || (space_takes && pressed(Key::Space)) {
        close(ui, control);
        return Some(row);
    }
    None
}

/// Holds ↑ ↓ and Esc at the control while its popup is open.
pub fn lock_keys(ui: &Ui, control: Id) {
    let open = is_open(ui, control);
    let filter = EventFilter { vertical_arrows: true, escape: open, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(control, filter));
}

/// Opens on a click, and on ↓ while the control has the focus.
pub fn open_on_demand(ui: &Ui, response: &Response, current: usize) {
    let down = response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
    if response.clicked() {
        if is_open(ui, response.id) {
            close(ui, response.id);
        } else {
            open(ui, response.id, current);
        }
        response.request_focus();
    } else if down && !is_open(ui, response.id) {
        open(ui, response.id, current);
    }
}

/// The popup itself, below the control. It takes Esc, so that nothing underneath closes too.
pub fn popup<R>(ui: &Ui, response: &Response, min_width: f32, name: &str, body: impl FnOnce(&mut Ui) -> R) -> Option<R> {
    let was_open = is_open(ui, response.id);
    let inner = Popup::from_response(response)
        .id(popup_id(response.id))
        // An input's own area is smaller than the control that it stands in.
        .anchor(response.rect)
        .open_memory(None)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .accessible_name(name)
        .gap(4.0)
        .frame(theme::popup_frame(palette(ui)))
        .show(|ui| {
            ui.set_min_width(min_width);
            ui.spacing_mut().item_spacing.y = 0.0;
            body(ui)
        });
    if was_open {
        ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    }
    inner.map(|inner| inner.inner)
}

/// One row of a popup: ground, accent bar and mark by pointer; the content is drawn by the caller into the rectangle.
pub fn row(ui: &mut Ui, control: Id, index: usize, height: f32, label: &str, draw: impl FnOnce(&mut Ui, Rect)) -> bool {
    let p = palette(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::CLICK);
    if response.hovered() && ui.input(|input| input.pointer.is_moving()) {
        mark(ui, control, index);
    }
    let is_marked = marked(ui, control) == index;
    if is_marked {
        ui.painter().rect_filled(rect, 0.0, p.selected);
        let bar = Rect::from_min_size(rect.min, vec2(2.0, rect.height()));
        ui.painter().rect_filled(bar, 0.0, p.accent);
        if ui.input(|input| input.keys_down.contains(&Key::ArrowDown) || input.keys_down.contains(&Key::ArrowUp)) {
            response.scroll_to_me(None);
        }
    }
    draw(ui, rect);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_marked, label));
    response.clicked()
}

/// A popup of plain texts with a tick at the current one; returns the one clicked.
pub fn text_popup(ui: &Ui, response: &Response, name: &str, options: &[&str], current: Option<usize>) -> Option<usize> {
    let font = theme::font(size::TEXT_BODY);
    let widest = options.iter().map(|text| paint::line(ui, text, font.clone(), palette(ui).text, f32::INFINITY).size().x).fold(0.0, f32::max);
    let width = (widest + 52.0).max(response.rect.width()).ceil();
    let clicked = popup(ui, response, width, name, |ui| {
        ui.set_width(width);
        ui.add_space(4.0);
        let mut clicked = None;
        ScrollArea::vertical().max_height(8.0 * size::CONTROL).show(ui, |ui| {
            for (index, text) in options.iter().enumerate() {
                let taken = row(ui, response.id, index, reach(ui, size::CONTROL), text, |ui, rect| {
                    let p = palette(ui);
                    let is_current = current == Some(index);
                    let color = if is_current { p.accent_text } else { p.text };
                    let room = rect.shrink2(vec2(12.0, 0.0)).with_max_x(rect.right() - 32.0);
                    paint::text_left(ui, room, text, theme::font(size::TEXT_BODY), color);
                    if is_current {
                        let center = pos2(rect.right() - 18.0, rect.center().y);
                        paint::icon(ui.painter(), center, icons::CHECK, size::ICON_SMALL, color);
                    }
                });
                if taken {
                    clicked = Some(index);
                }
            }
        });
        ui.add_space(4.0);
        clicked
    })
    .flatten();
    if clicked.is_some() {
        close(ui, response.id);
    }
    clicked
}

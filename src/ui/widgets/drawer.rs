//! The panel at the right of a list. Beside the table from 1280 points on, over it below; what it shows is the page's.

use egui::{Area, Frame, Key, Modifiers, Order, Panel, Popup, Rect, Sense, Stroke, Ui, UiKind, vec2};

use crate::ui::theme::{self, palette, size};

/// How wide the drawer is in this window.
pub fn width(ui: &Ui) -> f32 {
    if ui.content_rect().width() >= size::WIDE { size::DRAWER_WIDE } else { size::DRAWER_WIDTH }
}

/// The room beside an open drawer, for the rest of the page. It is drawn first: Tab comes to it and then to the drawer.
pub fn beside(ui: &Ui, open: bool) -> Rect {
    let room = ui.available_rect_before_wrap();
    if open && ui.content_rect().width() >= size::NARROW { room.with_max_x(room.right() - width(ui)) } else { room }
}

/// Draws the drawer at the right of `ui`, where the rest of the page left room ([`beside`]). Returns false once it
/// should close: Esc, while neither a popup nor a dialog is above it.
///
/// `if state.open && !drawer_ui(ui, "customer", |ui| detail_ui(ui, …)).1 { state.open = false; }`
pub fn drawer_ui<R>(ui: &mut Ui, salt: &str, body: impl FnOnce(&mut Ui) -> R) -> (R, bool) {
    let p = palette(ui);
    let free = !Popup::is_any_open(ui) && ui.memory(|memory| memory.top_modal_layer().is_none());
    let frame = Frame::new().fill(p.surface);
    let beside = ui.content_rect().width() >= size::NARROW;
    let room = ui.available_rect_before_wrap();
    let wanted = width(ui);
    let inner = if beside {
        let panel = Panel::right(salt.to_owned()).exact_size(wanted).resizable(false).show_separator_line(false);
        let shown = panel.frame(frame).show(ui, body);
        edge(ui, shown.response.rect);
        shown.inner
    } else {
        let rect = Rect::from_min_max(egui::pos2((room.right() - wanted).max(room.left()), room.top()), room.max);
        let area = Area::new(ui.make_persistent_id(salt)).order(Order::Middle).kind(UiKind::RightPanel).fixed_pos(rect.min);
        let shown = area.constrain(false).show(ui, |ui| {
            frame.shadow(theme::shadow(p)).show(ui, |ui| {
                // Takes the clicks, so that none falls through to the table.
                ui.interact(rect, ui.unique_id().with("ground"), Sense::CLICK | Sense::DRAG);
                ui.set_min_size(rect.size());
                ui.set_max_size(rect.size());
                let inner = body(ui);
                edge(ui, rect);
                inner
            })
        });
        shown.inner.inner
    };
    let close = free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape));
    (inner, !close)
}

fn edge(ui: &Ui, rect: Rect) {
    ui.painter().vline(rect.left() + 0.5, rect.y_range(), Stroke::new(1.0, palette(ui).border));
}

/// The padding of a drawer's part: 16 at both sides.
pub fn part_ui<R>(ui: &mut Ui, body: impl FnOnce(&mut Ui) -> R) -> R {
    let frame = Frame::new().inner_margin(egui::Margin::symmetric(size::CARD_PADDING as i8, 0));
    frame
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            body(ui)
        })
        .inner
}

/// Room between parts.
pub fn gap(ui: &mut Ui) {
    ui.allocate_exact_size(vec2(ui.available_width(), size::CARD_GAP), Sense::hover());
}

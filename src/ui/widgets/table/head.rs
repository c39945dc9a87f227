//! The head of the list: titles, the arrow on the sorted column, the tick of all rows.

use egui::accesskit::Role;
use egui::{Align, Id, Rect, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::{List, ListResponse, ListState, Slot, cell_align};
use crate::i18n::Texts;
use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::{input, paint};

/// Draws the head and takes its clicks.
pub(super) fn show<R, K: Copy + PartialEq, C>(
    ui: &mut Ui,
    texts: &'static Texts,
    id: Id,
    list: &List<'_, R, K, C>,
    slots: &[Slot],
    state: &mut ListState<K>,
    out: &mut ListResponse,
) {
    let p = palette(ui);
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::TABLE_HEAD), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, p.sunken);
    ui.painter().hline(rect.x_range(), rect.top() + 0.5, Stroke::new(1.0, p.border));
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.border));
    if list.options.ticks_shown() && !list.options.done_ticks {
        check_all(ui, texts, id, list, rect, state, out);
    }
    for slot in slots {
        let column = &list.columns[slot.index];
        let title = (column.title)(texts);
        let cell = Rect::from_min_max(pos2(slot.left, rect.top()), pos2(slot.right, rect.bottom()));
        let sorted = column.sort == Some(state.sort);
        let sense = if column.sort.is_some() { Sense::CLICK } else { Sense::hover() };
        let response = ui.interact(cell.expand2(vec2(6.0, 0.0)), id.with(("head", slot.index)), sense);
        let hovered = column.sort.is_some() && response.hovered();
        let color = if sorted || hovered { p.text } else { p.text_2 };
        let font = if sorted { theme::medium_font(size::TEXT_SMALL) } else { theme::font(size::TEXT_SMALL) };
        let arrow_room = if sorted { size::ICON_TINY + 2.0 } else { 0.0 };
        let galley = paint::line(ui, title, font, color, cell.width() - arrow_room);
        let room = if column.align == Align::Max { cell.with_max_x(cell.right() - arrow_room) } else { cell };
        let placed = paint::place(ui.painter(), room, cell_align(column.align), galley);
        if sorted {
            let arrow = if state.descending { icons::ARROW_DOWN } else { icons::ARROW_UP };
            let center = pos2(placed.right() + 2.0 + size::ICON_TINY / 2.0, cell.center().y);
            paint::icon(ui.painter(), center, arrow, size::ICON_TINY, color);
        }
        if let Some(sort) = column.sort
            && response.clicked()
        {
            state.descending = sorted && !state.descending;
            state.sort = sort;
            out.sort_changed = true;
        }
        if !title.is_empty() {
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, title));
        }
    }
}

fn check_all<R, K, C>(ui: &Ui, texts: &Texts, id: Id, list: &List<'_, R, K, C>, rect: Rect, state: &mut ListState<K>, out: &mut ListResponse) {
    let square = input::check_rect(rect.with_min_x(rect.left() + list.options.padding));
    let ticked = list.rows.iter().filter(|row| state.checked.contains(&(list.key)(row))).count();
    let look = match ticked {
        0 => Some(false),
        n if n == list.rows.len() => Some(true),
        _ => None,
    };
    let response = ui.interact(square.expand(8.0), id.with("check all"), Sense::CLICK);
    input::paint_check(ui, square, look, true, response.hovered());
    if response.clicked() {
        for row in list.rows {
            if look == Some(true) {
                state.checked.remove(&(list.key)(row));
            } else {
                state.checked.insert((list.key)(row));
            }
        }
        out.checks_changed = true;
    }
    let name = texts.widgets.select_all;
    response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, look == Some(true), name));
}

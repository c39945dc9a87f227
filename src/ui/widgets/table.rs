//! The one list of the product: head, virtual rows, selection, ticks, keys, loading, empty and failed. Data and functions.
//!
//! A page gives a `const COLUMNS`, its rows and a [`ListState`]; it reads the [`ListResponse`]. Nothing here queries.

mod cell;
mod head;

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{
    Align, Align2, EventFilter, FocusDirection, Id, Key, Modifiers, Rect, ScrollArea, Sense, Ui, UiBuilder, UiStackInfo, WidgetInfo, pos2, vec2,
};

pub use cell::{CellContext, paint_cell_text};

use crate::i18n::{self, Texts};
use crate::ui::icons;
use crate::ui::theme::{self, palette, reach, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::empty::{Empty, EmptyPressed, empty_ui};
use crate::ui::widgets::{button, chip, input, paint};

/// How wide a column is.
#[derive(Clone, Copy, Debug)]
pub enum Width {
    Fixed(f32),
    /// A share of what is left (weight), and no less than this.
    Fill(f32, f32),
}

/// One column over rows `R`, sort keys `K` and the page's own data for cells `C`.
pub struct Column<R, K, C = ()> {
    pub title: fn(&'static Texts) -> &'static str,
    pub width: Width,
    /// `Align::Max` for money and quantities.
    pub align: Align,
    /// What a press on the head sorts by.
    pub sort: Option<K>,
    /// Left out below 1280 points of window width.
    pub narrow: bool,
    pub cell: fn(&R, &mut Ui, &CellContext<'_, C>),
}

/// What stays between frames.
#[derive(Clone, Debug)]
pub struct ListState<K> {
    /// Key of the selected row; it survives sorting and reloading.
    pub selected: Option<i64>,
    /// Keys of the ticked rows.
    pub checked: BTreeSet<i64>,
    pub sort: K,
    pub descending: bool,
    /// Bring the selected row into view on the next frame.
    pub reveal: bool,
    /// Give the list the keyboard on the next frame.
    pub take_focus: bool,
}

impl<K> ListState<K> {
    /// Nothing selected, sorted by this.
    pub fn new(sort: K, descending: bool) -> Self {
        ListState { selected: None, checked: BTreeSet::new(), sort, descending, reveal: false, take_focus: false }
    }

    /// Selects a row from outside and brings it into view.
    pub fn select(&mut self, key: i64) {
        self.selected = Some(key);
        self.reveal = true;
    }
}

/// What the list shows instead of, or around, its rows.
pub enum Phase<'a> {
    Ready,
    /// Since this time (`ui.input(|i| i.time)`); old rows stay.
    Loading {
        since: f64,
    },
    /// Nothing there: first use, or no match.
    Empty(Empty<'a>),
    /// The query failed.
    Failed(Banner<'a>),
}

/// A list being described. `List { columns: COLUMNS, rows, key: |r| r.id.0, label: |r| r.name.clone(), … }.show(…)`.
pub struct List<'a, R, K, C = ()> {
    pub columns: &'a [Column<R, K, C>],
    pub rows: &'a [R],
    /// The row's identity.
    pub key: fn(&R) -> i64,
    /// The row's accessible name: the text of its first cell.
    pub label: fn(&R) -> String,
    /// What cells need besides their row.
    pub data: &'a C,
    pub phase: Phase<'a>,
    pub options: ListOptions,
}

/// Measures and habits of a list.
#[derive(Clone, Copy, Debug)]
pub struct ListOptions {
    pub row_height: f32,
    /// Left of the first and right of the last cell.
    pub padding: f32,
    /// A column of ticks, and Space.
    pub checks: bool,
    /// No column for the ticks where there is little room and nothing is ticked; Space ticks.
    pub ticks_away: bool,
    /// The ticks say done and are not chosen together: a press or Space comes back as [`ListResponse::ticked`], `checked` is the caller's.
    pub done_ticks: bool,
    /// Something that can be done with a row: an icon left of its first cell while the pointer is on the row, or the row is selected.
    pub action: Option<RowAction>,
    /// With a head over the rows.
    pub head: bool,
    /// As high as its rows; otherwise it fills the room and scrolls.
    pub fit: bool,
}

impl Default for ListOptions {
    fn default() -> Self {
        ListOptions {
            row_height: size::ROW,
            padding: size::PAGE_PADDING,
            checks: false,
            ticks_away: false,
            done_ticks: false,
            action: None,
            head: true,
            fit: false,
        }
    }
}

impl ListOptions {
    /// Inside a card or a drawer: rows of 32, padding 16, as high as its rows.
    pub fn secondary() -> Self {
        ListOptions { row_height: size::ROW_SECONDARY, padding: size::CARD_PADDING, fit: true, ..ListOptions::default() }
    }
}

impl ListOptions {
    fn ticks_shown(&self) -> bool {
        self.checks && !self.ticks_away
    }
}

/// An act on a row, beside its key on the keyboard.
#[derive(Clone, Copy, Debug)]
pub struct RowAction {
    pub icon: &'static str,
    pub name: fn(&'static Texts) -> &'static str,
}

/// What happened; indices are into the rows given.
#[derive(Clone, Debug, Default)]
pub struct ListResponse {
    /// Enter or a double click.
    pub opened: Option<usize>,
    /// A single click.
    pub clicked: Option<usize>,
    pub selection_changed: bool,
    pub checks_changed: bool,
    /// A tick that says done was pressed, or Space on its row.
    pub ticked: Option<usize>,
    pub sort_changed: bool,
    /// The icon of [`ListOptions::action`].
    pub acted: Option<usize>,
    /// Del on the selected row.
    pub wants_delete: Option<usize>,
    /// The button of the empty or failed state.
    pub action: bool,
    /// The second button of the empty state.
    pub second: bool,
    /// 取消 of a slow query.
    pub cancelled: bool,
}

/// Where a column stands: index and horizontal range.
pub(super) struct Slot {
    pub index: usize,
    pub left: f32,
    pub right: f32,
}

const GAP: f32 = 16.0;
const CHECK_WIDTH: f32 = 32.0;

impl<R, K: Copy + PartialEq, C> List<'_, R, K, C> {
    /// Draws the list into the room that is left.
    pub fn show(self, ui: &mut Ui, texts: &'static Texts, salt: impl egui::AsIdSalt, state: &mut ListState<K>) -> ListResponse {
        let mut list = self;
        list.options.row_height = reach(ui, list.options.row_height);
        let salt = ui.make_persistent_id(salt);
        let needed = list.least_width(ui);
        if needed <= ui.available_width() {
            return list.draw(ui, texts, salt, state);
        }
        // A large zoom on a small screen: nothing is cut off, it is scrolled.
        let height = ui.available_height();
        let across = ScrollArea::horizontal().id_salt(salt.with("across")).auto_shrink([false, list.options.fit]);
        across
            .show(ui, |ui| {
                ui.set_width(needed);
                if !list.options.fit {
                    ui.set_height(height);
                }
                list.draw(ui, texts, salt, state)
            })
            .inner
    }

    /// How wide it is with every column at its least.
    fn least_width(&self, ui: &Ui) -> f32 {
        let narrow = ui.content_rect().width() < size::NARROW;
        let shown = self.columns.iter().filter(|column| !(narrow && column.narrow));
        let widths = shown.map(|column| {
            let (Width::Fixed(width) | Width::Fill(_, width)) = column.width;
            GAP + width
        });
        let ticks = if self.options.ticks_shown() { CHECK_WIDTH } else { 0.0 };
        (widths.sum::<f32>() - GAP + ticks + 2.0 * self.options.padding).ceil()
    }

    fn draw(self, ui: &mut Ui, texts: &'static Texts, salt: impl egui::AsIdSalt, state: &mut ListState<K>) -> ListResponse {
        let mut out = ListResponse::default();
        let id = ui.make_persistent_id(salt);
        ui.spacing_mut().item_spacing.y = 0.0;
        let slots = self.slots(ui);
        if self.options.head {
            head::show(ui, texts, id, &self, &slots, state, &mut out);
        }
        self.loading_bar(ui);
        match &self.phase {
            Phase::Empty(empty) => {
                let pressed = empty_ui(ui, empty);
                out.action = pressed == Some(EmptyPressed::Button);
                out.second = pressed == Some(EmptyPressed::Second);
            }
            Phase::Failed(banner) => {
                ui.add_space(12.0);
                let frame = egui::Frame::new().inner_margin(egui::Margin::symmetric(self.options.padding as i8, 0));
                out.action = frame.show(ui, |ui| banner_ui(ui, banner).action).inner;
            }
            Phase::Loading { since } if self.rows.is_empty() => self.skeleton(ui, texts, *since, &slots, &mut out),
            Phase::Loading { .. } | Phase::Ready => self.body(ui, texts, id, &slots, state, &mut out),
        }
        out
    }

    /// As [`List::show`], with a row of sums that stays at the bottom of the room; no row where there are none to sum up.
    pub fn show_with_sum(self, ui: &mut Ui, texts: &'static Texts, salt: impl egui::AsIdSalt, state: &mut ListState<K>, sum: &R) -> ListResponse {
        let room = ui.available_rect_before_wrap();
        // While they are read again rows and sum stay where they are.
        let has_rows = matches!(self.phase, Phase::Ready | Phase::Loading { .. }) && !self.rows.is_empty();
        if !has_rows {
            return self.show(ui, texts, salt, state);
        }
        let p = palette(ui);
        let slots = self.slots(ui);
        let foot = room.with_min_y(room.bottom() - size::ROW);
        ui.painter().rect_filled(foot, egui::CornerRadius { sw: size::RADIUS_LARGE, se: size::RADIUS_LARGE, nw: 0, ne: 0 }, p.sunken);
        ui.painter().hline(foot.x_range(), foot.top() + 0.5, egui::Stroke::new(1.0, p.border_strong));
        let label = (self.label)(sum);
        let context = CellContext { texts, p, selected: false, index: self.rows.len(), label: &label, data: self.data };
        let row = ui.interact(foot, ui.make_persistent_id(("sum", &label)), Sense::hover());
        row.widget_info(|| WidgetInfo::labeled(Role::Row, true, &label));
        self.cells(ui, foot, sum, i64::MIN, &slots, &context);
        let layout = egui::Layout::top_down(Align::Min);
        paint::inside(ui, room.with_max_y(foot.top()), layout, "summed rows", |ui| self.show(ui, texts, salt, state))
    }

    fn slots(&self, ui: &Ui) -> Vec<Slot> {
        let narrow = ui.content_rect().width() < size::NARROW;
        let shown: Vec<usize> = (0..self.columns.len()).filter(|i| !(narrow && self.columns[*i].narrow)).collect();
        let left = ui.available_rect_before_wrap().left() + self.options.padding + if self.options.ticks_shown() { CHECK_WIDTH } else { 0.0 };
        let room = ui.available_rect_before_wrap().right() - self.options.padding - left;
        let gaps = GAP * shown.len().saturating_sub(1) as f32;
        let share = self.share(&shown, room - gaps);
        let mut x = left;
        shown
            .into_iter()
            .map(|index| {
                let width = match self.columns[index].width {
                    Width::Fixed(width) => width,
                    Width::Fill(weight, min) => (share * weight).max(min),
                };
                let slot = Slot { index, left: x.round(), right: (x + width).round() };
                x += width + GAP;
                slot
            })
            .collect()
    }

    /// What a weight of one gets of the room: those that would be below their least have that first, the others share the rest.
    fn share(&self, shown: &[usize], room: f32) -> f32 {
        let mut share = 0.0;
        for _ in 0..=shown.len() {
            let (mut taken, mut weights) = (0.0, 0.0);
            for index in shown {
                match self.columns[*index].width {
                    Width::Fixed(width) => taken += width,
                    Width::Fill(weight, least) if share > 0.0 && share * weight < least => taken += least,
                    Width::Fill(weight, _) => weights += weight,
                }
            }
            let next = ((room - taken) / if weights > 0.0 { weights } else { 1.0 }).max(0.0);
            if next == share {
                break;
            }
            share = next;
        }
        share
    }

    fn body(&self, ui: &mut Ui, texts: &'static Texts, id: Id, slots: &[Slot], state: &mut ListState<K>, out: &mut ListResponse) {
        let row_height = self.options.row_height;
        let total = self.rows.len() as f32 * row_height;
        let room = if self.options.fit { total } else { ui.available_height() };
        let view = Rect::from_min_size(ui.next_widget_position(), vec2(ui.available_width(), room));
        // One stop for Tab; rows take clicks only.
        let stop = ui.interact(view, id, Sense::focusable_noninteractive());
        if state.take_focus {
            state.take_focus = false;
            stop.request_focus();
            if self.selected_index(state).is_none()
                && let Some(first) = self.rows.first()
            {
                state.selected = Some((self.key)(first));
            }
        }
        if stop.has_focus() {
            // Also in the frame the focus is taken: the next key may come before the next frame.
            // Esc is the page's; the rows keep the keyboard.
            let filter = EventFilter { vertical_arrows: true, escape: true, ..EventFilter::default() };
            ui.memory_mut(|memory| {
                memory.set_focus_lock_filter(id, filter);
                // An arrow that came before the filter held moves in the list, not the focus.
                memory.move_focus(FocusDirection::None);
            });
            self.keys(ui, (room / row_height) as usize, state, out);
        }
        // Called by what its rows are told apart by.
        let name = self.columns.iter().map(|column| (column.title)(texts)).find(|title| !title.is_empty()).unwrap_or_default();
        stop.widget_info(|| WidgetInfo::labeled(Role::Table, true, name));
        let area = ScrollArea::vertical().id_salt(id.with("rows")).auto_shrink([false, self.options.fit]);
        area.max_height(room).show_viewport(ui, |ui, viewport| {
            ui.set_height(total);
            let top = ui.max_rect().top();
            let row_rect = |index: usize| {
                let min = pos2(view.left(), top + index as f32 * row_height);
                Rect::from_min_size(min, vec2(view.width(), row_height))
            };
            if state.reveal {
                state.reveal = false;
                if let Some(index) = self.selected_index(state) {
                    ui.scroll_to_rect(row_rect(index), None);
                }
            }
            let first = (viewport.min.y / row_height).floor().max(0.0) as usize;
            let last = ((viewport.max.y / row_height).ceil().max(0.0) as usize).min(self.rows.len());
            for index in first..last {
                self.row(ui, texts, id, row_rect(index), index, slots, state, out, stop.has_focus());
            }
        });
        if stop.has_focus() && self.selected_index(state).is_none() {
            paint::inner_ring(ui, view, 0);
        }
    }

    fn selected_index(&self, state: &ListState<K>) -> Option<usize> {
        self.rows.iter().position(|row| Some((self.key)(row)) == state.selected)
    }

    #[expect(clippy::too_many_arguments, reason = "one row is drawn from all that the list knows")]
    fn row(
        &self,
        ui: &mut Ui,
        texts: &'static Texts,
        id: Id,
        rect: Rect,
        index: usize,
        slots: &[Slot],
        state: &mut ListState<K>,
        out: &mut ListResponse,
        focused: bool,
    ) {
        let p = palette(ui);
        let row = &self.rows[index];
        let key = (self.key)(row);
        let label = (self.label)(row);
        let response = ui.interact(rect, id.with(key), Sense::CLICK);
        if response.clicked() {
            ui.memory_mut(|memory| memory.request_focus(id));
            out.selection_changed |= state.selected != Some(key);
            state.selected = Some(key);
            out.clicked = Some(index);
        }
        if response.double_clicked() {
            out.opened = Some(index);
        }
        let selected = state.selected == Some(key);
        if selected {
            ui.painter().rect_filled(rect, 0.0, p.selected);
            ui.painter().rect_filled(rect.with_max_x(rect.left() + 2.0), 0.0, p.accent);
        } else if response.contains_pointer() {
            ui.painter().rect_filled(rect, 0.0, p.hover);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, p.border_weak));
        if self.options.ticks_shown() {
            self.check(ui, texts, rect, id, index, &label, state, out);
        }
        if let Some(action) = self.options.action.filter(|_| selected || ui.rect_contains_pointer(rect)) {
            let room = rect.with_max_x(rect.left() + self.options.padding);
            let button = ui.interact(room, id.with((key, "action")), Sense::CLICK);
            let color = if button.hovered() { p.accent_text } else { p.text_3 };
            // In a narrow edge smaller, clear of the ring at its left and of the cell at its right.
            let (icon, aside) = if room.width() < size::PAGE_PADDING { (size::ICON_EDGE, 0.5) } else { (size::ICON_SMALL, 1.0) };
            paint::icon(ui.painter(), room.center() + vec2(aside, 0.0), action.icon, icon, color);
            let name = format!("{} {label}", (action.name)(texts));
            button.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
            if button.clicked() {
                state.selected = Some(key);
                out.acted = Some(index);
            }
            paint::tooltip(button, (action.name)(texts));
        }
        let context = CellContext { texts, p, selected, index, label: &label, data: self.data };
        self.cells(ui, rect, row, key, slots, &context);
        if selected && focused {
            paint::inner_ring(ui, rect.shrink(1.0), size::RADIUS_SMALL);
        }
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, selected, &label));
    }

    fn cells(&self, ui: &mut Ui, rect: Rect, row: &R, key: i64, slots: &[Slot], context: &CellContext<'_, C>) {
        for slot in slots {
            let column = &self.columns[slot.index];
            let cell = Rect::from_min_max(pos2(slot.left, rect.top()), pos2(slot.right, rect.bottom() - 1.0));
            let layout = match column.align {
                Align::Max => egui::Layout::right_to_left(Align::Center),
                _ => egui::Layout::left_to_right(Align::Center),
            };
            let mut builder = UiBuilder::new().id_salt((key, slot.index)).max_rect(cell).layout(layout);
            if context.selected {
                builder = builder.ui_stack_info(UiStackInfo::default().with_tag(chip::ON_SELECTED));
            }
            let mut cell_ui = ui.new_child(builder);
            cell_ui.set_clip_rect(cell_ui.clip_rect().intersect(cell.expand(2.0)));
            (column.cell)(row, &mut cell_ui, context);
        }
    }

    #[expect(clippy::too_many_arguments, reason = "part of row")]
    fn check(&self, ui: &Ui, texts: &Texts, row: Rect, id: Id, index: usize, label: &str, state: &mut ListState<K>, out: &mut ListResponse) {
        let key = (self.key)(&self.rows[index]);
        let square = input::check_rect(row.with_min_x(row.left() + self.options.padding));
        let area = Rect::from_min_max(pos2(row.left(), row.top()), pos2(square.right() + 8.0, row.bottom()));
        let response = ui.interact(area, id.with((key, "check")), Sense::CLICK);
        if response.clicked() {
            self.tick(index, state, out);
        }
        let on = state.checked.contains(&key);
        input::paint_check(ui, square, Some(on), true, response.hovered());
        let name = i18n::fill(if self.options.done_ticks { texts.followups.done_row } else { texts.widgets.select_row }, &[&label]);
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, true, on, &name));
    }

    fn keys(&self, ui: &Ui, page: usize, state: &mut ListState<K>, out: &mut ListResponse) {
        let Some(last) = self.rows.len().checked_sub(1) else { return };
        let at = self.selected_index(state);
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let page = page.saturating_sub(1).max(1);
        let to = if pressed(Key::ArrowDown) {
            Some(at.map_or(0, |at| (at + 1).min(last)))
        } else if pressed(Key::ArrowUp) {
            Some(at.map_or(last, |at| at.saturating_sub(1)))
        } else if pressed(Key::PageDown) {
            Some(at.map_or(0, |at| (at + page).min(last)))
        } else if pressed(Key::PageUp) {
            Some(at.map_or(0, |at| at.saturating_sub(page)))
        } else if pressed(Key::Home) {
            Some(0)
        } else if pressed(Key::End) {
            Some(last)
        } else {
            None
        };
        if let Some(to) = to {
            let key = (self.key)(&self.rows[to]);
            out.selection_changed |= state.selected != Some(key);
            state.select(key);
        }
        let Some(at) = to.or(at) else { return };
        if pressed(Key::Enter) {
            out.opened = Some(at);
        }
        if pressed(Key::Delete) {
            out.wants_delete = Some(at);
        }
        if self.options.checks && pressed(Key::Space) {
            self.tick(at, state, out);
        }
    }

    fn tick(&self, index: usize, state: &mut ListState<K>, out: &mut ListResponse) {
        if self.options.done_ticks {
            out.ticked = Some(index);
            return;
        }
        toggle(&mut state.checked, (self.key)(&self.rows[index]));
        out.checks_changed = true;
    }

    /// A still bar: nothing is painted again and again while the query runs.
    fn loading_bar(&self, ui: &Ui) {
        let Phase::Loading { since } = self.phase else { return };
        let waited = ui.input(|input| input.time) - since;
        if waited < WAIT_SILENTLY {
            ui.request_repaint_after_secs((WAIT_SILENTLY - waited) as f32);
            return;
        }
        let top = ui.next_widget_position();
        let rect = Rect::from_min_size(top, vec2(ui.available_width() * 0.38, 2.0));
        ui.painter().rect_filled(rect, 0.0, palette(ui).accent);
    }

    fn skeleton(&self, ui: &mut Ui, texts: &'static Texts, since: f64, slots: &[Slot], out: &mut ListResponse) {
        let p = palette(ui);
        let waited = ui.input(|input| input.time) - since;
        if waited < WAIT_SILENTLY {
            return;
        }
        let height = self.options.row_height;
        let count = ((ui.available_height() - height) / height).clamp(3.0, 8.0) as usize;
        for line in 0..count {
            let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
            ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(1.0, p.border_weak));
            for (n, slot) in slots.iter().enumerate() {
                let part = [0.72, 0.6, 0.8, 0.5, 0.66][(line + n) % 5];
                let width = (slot.right - slot.left) * part;
                let left = if self.columns[slot.index].align == Align::Max { slot.right - width } else { slot.left };
                let bar = Rect::from_min_size(pos2(left, rect.center().y - 4.0), vec2(width, 8.0));
                ui.painter().rect_filled(bar, size::RADIUS_SMALL, p.track);
            }
        }
        paint::row_ui(ui, height, |ui| {
            ui.add_space(self.options.padding);
            ui.label(theme::icon(icons::CIRCLE_NOTCH, size::ICON).color(p.accent_text));
            ui.label(theme::secondary(p, texts.common.loading));
            if waited > WAIT_PATIENTLY {
                out.cancelled = button::link(ui, texts.common.cancel).clicked();
            } else {
                ui.request_repaint_after_secs((WAIT_PATIENTLY - waited) as f32 + 0.05);
            }
        });
    }
}

const WAIT_SILENTLY: f64 = 0.2;
const WAIT_PATIENTLY: f64 = 10.0;

fn toggle(set: &mut BTreeSet<i64>, key: i64) {
    if !set.remove(&key) {
        set.insert(key);
    }
}

/// How far the right edge of a column is from that of the last one, where those after it have fixed widths.
pub fn end_of<R, K, C>(columns: &[Column<R, K, C>], index: usize) -> f32 {
    let after = columns.iter().skip(index + 1);
    after.map(|column| GAP + if let Width::Fixed(width) = column.width { width } else { 0.0 }).sum()
}

/// Where a text stands in its cell.
pub(super) fn cell_align(align: Align) -> Align2 {
    if align == Align::Max { Align2::RIGHT_CENTER } else { Align2::LEFT_CENTER }
}

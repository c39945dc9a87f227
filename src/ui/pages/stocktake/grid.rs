//! The lines drawn: head, the rows in view, the cell that has the keyboard and its keys.

use egui::accesskit::Role;
use egui::{Id, Key, Layout, Modifiers, Rect, ScrollArea, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use super::sheet::{Sheet, cell_id};
use crate::i18n::fill;
use crate::models::StocktakeId;
use crate::models::money::{quantity, signed};
use crate::models::stocktake::{LineSort, MOST_COUNTED, StocktakeLine};
use crate::ui::context::Context;
use crate::ui::dense::Dense;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::{page, paint};

/// What the lines show.
#[derive(Clone, Copy)]
pub struct Shown {
    /// Figures are typed into them.
    pub editable: bool,
    /// The system's figures and the differences.
    pub figures: bool,
    /// What a difference is worth.
    pub value: bool,
    pub open: bool,
}

const GAP: f32 = 16.0;
/// Below this width what a difference is worth stands back: names need the room.
const ROOMY: f32 = 860.0;
/// Left and right of the figure in its cell.
const INSET: f32 = 10.0;

/// Where the columns stand: left and right.
struct Edges {
    sku: (f32, f32),
    product: (f32, f32),
    unit: (f32, f32),
    system: (f32, f32),
    counted: (f32, f32),
    difference: (f32, f32),
    value: (f32, f32),
    who: (f32, f32),
}

impl Edges {
    fn of(ui: &Ui, shown: Shown) -> Edges {
        let narrow = ui.content_rect().width() < size::NARROW;
        let room = ui.max_rect();
        let side = page::padding(ui);
        let mut right = room.right() - side;
        let mut take = |width: f32| {
            let column = (right - width, right);
            right -= if width > 0.0 { width + GAP } else { 0.0 };
            column
        };
        let when = |wanted: bool, width: f32| if wanted { width } else { 0.0 };
        let who = take(if narrow { 132.0 } else { 176.0 });
        let value = take(when(shown.figures && shown.value, 96.0));
        let difference = take(when(shown.figures, 72.0));
        let counted = take(112.0);
        let system = take(when(shown.figures, 88.0));
        let unit = take(40.0);
        let left = room.left() + side;
        let sku = (left, left + if narrow { 104.0 } else { 136.0 });
        let product = (sku.1 + GAP, unit.0 - GAP);
        Edges { sku, product, unit, system, counted, difference, value, who }
    }
}

/// The lines of a sheet that is only read: one stop for Tab.
fn lines_id() -> Id {
    Id::unique("stocktake lines")
}

fn cell(rect: Rect, edges: (f32, f32)) -> Rect {
    rect.with_min_x(edges.0).with_max_x(edges.1)
}

impl Sheet {
    /// Draws head and lines into the room that is left.
    pub fn lines_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: StocktakeId, shown: Shown) {
        let shown = Shown { value: shown.value && ui.available_width() >= ROOMY, ..shown };
        let edges = Edges::of(ui, shown);
        self.head_ui(ui, cx, &edges, shown);
        let area = ui.available_rect_before_wrap();
        self.fits = (area.height() / size::ROW).max(1.0) as usize;
        if shown.editable {
            self.keys(ui, cx, id);
        } else {
            self.reading_keys(ui, cx, id, area);
        }
        let total = self.total as f32 * size::ROW;
        ScrollArea::vertical().id_salt("stocktake rows").auto_shrink(false).show_viewport(ui, |ui, viewport| {
            ui.spacing_mut().item_spacing.y = 0.0;
            ui.set_height(total);
            let top = ui.max_rect().top();
            let row_rect = |line: usize| Rect::from_min_size(pos2(area.left(), top + line as f32 * size::ROW), vec2(area.width(), size::ROW));
            if std::mem::take(&mut self.reveal) {
                ui.scroll_to_rect(row_rect(self.at.line), None);
            }
            let first = (viewport.min.y / size::ROW).floor().max(0.0) as usize;
            let last = ((viewport.max.y / size::ROW).ceil().max(0.0) as usize).min(self.total);
            self.tidy(first);
            for line in first..last {
                self.row_ui(ui, cx, id, &edges, row_rect(line), line, shown);
            }
            // The cell goes on to be typed into while it is being brought into view.
            if shown.editable && !(first..last).contains(&self.at.line) && self.at.line < self.total {
                let line = self.at.line;
                self.row_ui(ui, cx, id, &edges, row_rect(line), line, shown);
            }
        });
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, edges: &Edges, shown: Shown) {
        let t = &cx.t.stocktakes;
        let p = palette(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::TABLE_HEAD), Sense::hover());
        ui.painter().rect_filled(rect, 0.0, p.sunken);
        for y in [rect.top() + 0.5, rect.bottom() - 0.5] {
            ui.painter().hline(rect.x_range(), y, Stroke::new(1.0, p.border));
        }
        let system = if shown.open { t.system } else { t.system_then };
        let heads = [
            (edges.sku, t.sku, false, Some(LineSort::Sku), true),
            (edges.product, t.product, false, Some(LineSort::Name), true),
            (edges.unit, t.unit, false, None, true),
            (edges.system, system, true, None, shown.figures),
            ((edges.counted.0, edges.counted.1 - INSET), t.counted, true, None, true),
            (edges.difference, t.difference, true, Some(LineSort::Difference), shown.figures),
            (edges.value, t.value, true, None, shown.figures && shown.value),
            (edges.who, t.by_whom, false, None, true),
        ];
        for (at, title, right, sort, seen) in heads {
            if !seen {
                continue;
            }
            let room = cell(rect, at);
            let sorted = sort == Some(self.sort);
            let sense = if sort.is_some() { Sense::CLICK } else { Sense::hover() };
            let response = ui.interact(room.expand2(vec2(6.0, 0.0)), Id::unique(("stocktake head", title)), sense);
            let color = if sorted || (sort.is_some() && response.hovered()) { p.text } else { p.text_2 };
            let arrow = if sorted { size::ICON_TINY + 2.0 } else { 0.0 };
            let galley = paint::line(ui, title, theme::font(size::TEXT_SMALL), color, room.width() - arrow);
            let align = if right { egui::Align2::RIGHT_CENTER } else { egui::Align2::LEFT_CENTER };
            let placed = paint::place(ui.painter(), if right { room.with_max_x(room.right() - arrow) } else { room }, align, galley);
            if sorted {
                let icon = if self.descending { icons::ARROW_DOWN } else { icons::ARROW_UP };
                paint::icon(ui.painter(), pos2(placed.right() + 2.0 + size::ICON_TINY / 2.0, room.center().y), icon, size::ICON_TINY, color);
            }
            response.widget_info(|| WidgetInfo::labeled(Role::ColumnHeader, true, title));
            if let Some(sort) = sort.filter(|_| response.clicked())
                && self.commit()
            {
                // The largest differences come first.
                self.descending = if sorted { !self.descending } else { sort == LineSort::Difference };
                self.sort = sort;
                self.restart();
                ui.request_repaint();
            }
        }
    }

    /// While the cell has the keyboard.
    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>, id: StocktakeId) {
        if self.total == 0 || !ui.memory(|memory| memory.has_focus(cell_id())) {
            return;
        }
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        let page = isize::try_from(self.fits.saturating_sub(1).max(1)).unwrap_or(1);
        if pressed(Modifiers::SHIFT, Key::Enter) || pressed(Modifiers::NONE, Key::ArrowUp) {
            self.step(ui, cx, id, -1);
        } else if pressed(Modifiers::NONE, Key::ArrowDown) {
            self.step(ui, cx, id, 1);
        } else if pressed(Modifiers::NONE, Key::PageDown) {
            self.step(ui, cx, id, page);
        } else if pressed(Modifiers::NONE, Key::PageUp) {
            self.step(ui, cx, id, -page);
        } else if pressed(Modifiers::COMMAND, Key::Home) {
            self.step(ui, cx, id, isize::MIN);
        } else if pressed(Modifiers::COMMAND, Key::End) {
            self.step(ui, cx, id, isize::MAX);
        } else if self.is_dirty() && pressed(Modifiers::NONE, Key::Escape) {
            self.revert(ui);
        } else if typed_then_enter(ui) {
            // A scanner: the code and Enter come in one frame; the cell takes the code first.
            self.enter_after_typing = true;
            pressed(Modifiers::NONE, Key::Enter);
        } else if pressed(Modifiers::NONE, Key::Enter) {
            self.submit(ui, cx, id);
        } else {
            return;
        }
        self.focus = true;
        ui.request_repaint();
    }

    /// A sheet that is only read: one stop for Tab, the line moves, Enter shows its product.
    fn reading_keys(&mut self, ui: &Ui, cx: &mut Context<'_>, id: StocktakeId, area: Rect) {
        let stop = lines_id();
        let response = ui.interact(area, stop, Sense::focusable_noninteractive());
        if std::mem::take(&mut self.focus) {
            response.request_focus();
        }
        response.widget_info(|| WidgetInfo::labeled(Role::Table, true, cx.t.stocktakes.title));
        if !response.has_focus() || self.total == 0 {
            return;
        }
        let filter = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(stop, filter));
        let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        let page = isize::try_from(self.fits.saturating_sub(1).max(1)).unwrap_or(1);
        let moves =
            [(Key::ArrowDown, 1), (Key::ArrowUp, -1), (Key::PageDown, page), (Key::PageUp, -page), (Key::Home, isize::MIN), (Key::End, isize::MAX)];
        if let Some((_, lines)) = moves.into_iter().find(|(key, _)| pressed(*key)) {
            self.step(ui, cx, id, lines);
        }
        if pressed(Key::Enter)
            && let Some(product) = self.at.product
        {
            cx.go = Some(Route::Product(product));
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one line is drawn from all that the sheet knows")]
    fn row_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: StocktakeId, edges: &Edges, rect: Rect, line: usize, shown: Shown) {
        let Some(row) = self.line(cx, id, line).cloned() else { return };
        let p = palette(ui);
        let here = self.at.product == Some(row.product);
        let response = ui.interact(rect, Id::unique(("stocktake line", row.product.0)), Sense::CLICK);
        if here {
            ui.painter().rect_filled(rect, 0.0, p.selected);
            ui.painter().rect_filled(rect.with_max_x(rect.left() + 2.0), 0.0, p.accent);
        } else if response.contains_pointer() {
            ui.painter().rect_filled(rect, 0.0, p.hover);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.border_weak));
        let waiting = self.unsaved.of(row.product);
        let counted = waiting.unwrap_or(row.counted);
        // A figure that waits is compared with the stock as it is now.
        let difference = match waiting {
            Some(counted) => counted.zip(row.system).map(|(counted, system)| counted - system),
            None => row.difference,
        };
        let body = || theme::font(size::TEXT_BODY);
        paint::text_left(ui, cell(rect, edges.sku), &row.sku, body(), p.text_2);
        let name = paint::text_left(ui, cell(rect, edges.product), &row.name, body(), p.text);
        if let Some(specification) = &row.specification {
            paint::text_left(ui, cell(rect, edges.product).with_min_x(name.right() + 8.0), specification, body(), p.text_2);
        }
        paint::text_left(ui, cell(rect, edges.unit), &row.unit, body(), p.text_2);
        let moved = row.moved && waiting.is_none();
        if let Some(system) = row.system.filter(|_| shown.figures) {
            let color = if moved { p.tone(Tone::Orange).fg } else { p.text_2 };
            paint::text_right(ui, cell(rect, edges.system), &quantity(system), body(), color);
        }
        if let Some(difference) = difference.filter(|_| shown.figures) {
            let (text, color) = coloured(difference, p);
            paint::text_right(ui, cell(rect, edges.difference), &text, body(), color);
        }
        if let Some(value) = row.value.filter(|_| shown.figures && shown.value && waiting.is_none()) {
            let text = if value.is_zero() { "—".to_owned() } else { value.to_string() };
            paint::text_right(ui, cell(rect, edges.value), &text, body(), p.text_2);
        }
        let wrong = here && self.at.wrong;
        let (note, color) = note(cx, &row, shown, waiting.is_some(), wrong);
        let noted = paint::text_left(ui, cell(rect, edges.who), &note, theme::font(size::TEXT_SMALL), p.tone(color).fg);
        let spoken = spoken(cx, &row, counted, difference, shown, &note);
        response.widget_info(|| WidgetInfo::selected(Role::Row, true, here, &spoken));
        if noted.width() + 1.0 >= edges.who.1 - edges.who.0 {
            paint::tooltip(response.clone(), &note);
        }
        let room = cell(rect, edges.counted).shrink2(vec2(0.0, 4.0));
        if here && shown.editable {
            self.cell_ui(ui, cx, id, room, &row);
        } else {
            if shown.editable {
                ui.painter().rect_stroke(room, size::RADIUS, Stroke::new(1.0, p.border), egui::StrokeKind::Inside);
            }
            let text = counted.map_or(if shown.editable { String::new() } else { "—".to_owned() }, quantity);
            paint::text_right(ui, room.shrink2(vec2(INSET, 0.0)), &text, theme::medium_font(size::TEXT_BODY), p.text);
        }
        if here && !shown.editable && ui.memory(|memory| memory.has_focus(lines_id())) {
            paint::inner_ring(ui, rect.shrink(1.0), size::RADIUS_SMALL);
        }
        if response.clicked() && !here && self.commit() {
            self.go(ui, cx, id, line);
            self.focus = true;
            ui.request_repaint();
        }
        if response.double_clicked() && !shown.editable {
            cx.go = Some(Route::Product(row.product));
        }
    }

    /// The cell that is typed into.
    fn cell_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: StocktakeId, room: Rect, row: &StocktakeLine) {
        let name = fill(cx.t.stocktakes.count_of, &[&row.sku]);
        let options = InputOptions {
            name: &name,
            align_right: true,
            keep_arrows: true,
            keep_escape: self.is_dirty(),
            error: self.at.wrong,
            height: Some(room.height()),
            ..Default::default()
        };
        let input = paint::inside(ui, room, Layout::left_to_right(egui::Align::Center), "count", |ui| {
            text_input_with_id(ui, cell_id(), &mut self.at.typed, options)
        });
        if input.changed() {
            self.at.wrong = false;
        }
        if std::mem::take(&mut self.focus) {
            input.request_focus();
        }
        if std::mem::take(&mut self.enter_after_typing) {
            self.submit(ui, cx, id);
            self.focus = true;
            ui.request_repaint();
        } else if input.lost_focus() {
            self.commit();
        }
    }
}

/// What is said at the end of a line, and its tone.
fn note(cx: &Context<'_>, row: &StocktakeLine, shown: Shown, waiting: bool, wrong: bool) -> (String, Tone) {
    let t = &cx.t.stocktakes;
    if wrong {
        return (fill(t.wrong, &[&quantity(MOST_COUNTED)]), Tone::Danger);
    }
    if waiting {
        return (t.unsaved.to_owned(), Tone::Warn);
    }
    if row.moved {
        let text = row.system.filter(|_| shown.figures).map_or(t.recount.to_owned(), |system| fill(t.moved_to, &[&quantity(system)]));
        return (text, Tone::Orange);
    }
    let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
    let who = row.counted_by_name.as_deref().zip(row.counted_at).map(|(name, at)| format!("{name}  {}", dense.moment(at)));
    (who.unwrap_or_default(), Tone::Mute)
}

/// A difference in its colour.
fn coloured(difference: i64, p: &theme::Palette) -> (String, egui::Color32) {
    match difference {
        0 => ("0".to_owned(), p.text_3),
        more if more > 0 => (signed(more), p.tone(Tone::Ok).fg),
        less => (signed(less), p.tone(Tone::Danger).fg),
    }
}

/// A line as it is read out.
fn spoken(cx: &Context<'_>, row: &StocktakeLine, counted: Option<i64>, difference: Option<i64>, shown: Shown, note: &str) -> String {
    let t = &cx.t.stocktakes;
    let mut parts = vec![fill(t.line_spoken, &[&row.sku, &row.name])];
    if let Some(system) = row.system.filter(|_| shown.figures) {
        parts.push(format!("{} {}", if shown.open { t.system } else { t.system_then }, quantity(system)));
    }
    if let Some(counted) = counted {
        parts.push(format!("{} {}", t.counted, quantity(counted)));
    }
    if let Some(difference) = difference.filter(|_| shown.figures) {
        parts.push(format!("{} {}", t.difference, signed(difference)));
    }
    if !note.is_empty() {
        parts.push(note.to_owned());
    }
    parts.join(" · ")
}

/// Whether letters and Enter came in one frame.
fn typed_then_enter(ui: &Ui) -> bool {
    ui.input(|input| {
        let mut typed = false;
        input.events.iter().any(|event| match event {
            egui::Event::Text(_) => {
                typed = true;
                false
            }
            egui::Event::Key { key: Key::Enter, pressed: true, modifiers, .. } => typed && modifiers.is_none(),
            _ => false,
        })
    })
}

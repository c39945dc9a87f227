//! 发货拣货: the orders that wait, the lines of one of them, a piece with each scan, and shipping once everything lies there.
//! What was picked stands in the file, so that a pause or another terminal loses nothing (rulings §15).

use egui::accesskit::Role;
use egui::{Align2, Key, Rect, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::keyboard::{Pressed, keypad_ui, typed_keys};
use super::stock::Said;
use super::target::{Look, Target, text};
use super::{card, named, unknown};
use crate::i18n::fill;
use crate::models::money::signed;
use crate::models::order::ShipConfirmation;
use crate::models::picking::{PickLine, PickRow, PickSheet};
use crate::models::{Error, OrderId, OrderItemId, ProductId};
use crate::services::{orders, picking, products};
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{palette, size, strip, terminal};
use crate::ui::widgets::paint;

/// What an act of the person said; a busy file is a sentence too, the button is pressed again.
type Outcome = Result<String, String>;

/// A pick that can be put back.
struct Pick {
    order: OrderId,
    item: OrderItemId,
    pieces: i64,
}

/// What lies over the lines.
enum Over {
    /// How many of the line that was scanned last.
    Quantity(String),
    /// The order is not paid: ship all the same?
    Unpaid,
}

/// The tab's state.
#[derive(Default)]
pub struct Picking {
    orders: Cached<(), (Vec<PickRow>, u64)>,
    chosen: Option<OrderId>,
    sheet: Cached<OrderId, PickSheet>,
    /// The product that was scanned last.
    current: Option<ProductId>,
    picks: Vec<Pick>,
    over: Option<Over>,
    /// The first order that is shown.
    first: usize,
    first_line: usize,
}

impl Picking {
    /// The order that is being picked.
    pub fn order(&self) -> Option<OrderId> {
        self.chosen
    }

    /// How many orders wait.
    pub fn waiting(&mut self, cx: &Context<'_>) -> u64 {
        self.orders.get(cx, &(), |desk, ()| picking::orders(desk)).as_ref().map_or(0, |(_, waiting)| *waiting)
    }

    /// Opens the keypad for the line that was scanned last.
    pub fn ask_quantity(&mut self) {
        if self.chosen.is_some() {
            self.over = Some(Over::Quantity(String::new()));
        }
    }

    fn choose(&mut self, order: Option<OrderId>) {
        if self.chosen != order {
            self.chosen = order;
            self.current = None;
            self.over = None;
            self.first_line = 0;
        }
    }

    /// A code: an order's number opens it, a product's is one piece for `order`.
    pub fn scanned(&mut self, cx: &mut Context<'_>, code: &str, order: Option<OrderId>) -> Said {
        if let Some(scanned) = picking::by_number(cx.desk, code)? {
            self.choose(Some(scanned));
            return Ok(Ok(String::new()));
        }
        let Some(order) = order else { return Ok(Err(cx.t.terminal.choose_order.to_owned())) };
        let Some(row) = products::scan(cx.desk, code)? else { return Ok(Err(unknown(cx, code))) };
        self.pick(cx, order, row.id, 1).map(Ok)
    }

    fn pick(&mut self, cx: &mut Context<'_>, order: OrderId, product: ProductId, pieces: i64) -> crate::models::Result<String> {
        let picked = picking::pick(cx.desk, order, product, pieces)?;
        self.current = Some(product);
        self.picks.push(Pick { order, item: picked.line.item, pieces });
        Ok(self.said(cx, &picked.line, pieces))
    }

    fn said(&self, cx: &Context<'_>, line: &PickLine, change: i64) -> String {
        fill(cx.t.terminal.picked, &[&line.name, &signed(change), &line.picked, &line.quantity, &line.unit])
    }

    fn undo(&mut self, cx: &mut Context<'_>) -> Option<Outcome> {
        let at = self.picks.iter().rposition(|pick| Some(pick.order) == self.chosen)?;
        let Pick { order, item, pieces } = self.picks[at];
        Some(match picking::put_back(cx.desk, order, item, pieces) {
            Ok(picked) => {
                self.picks.remove(at);
                Ok(self.said(cx, &picked.line, -pieces))
            }
            Err(error) => {
                // What another terminal put back already is not to be put back twice.
                if error != Error::Busy {
                    self.picks.remove(at);
                }
                Err(cx.lang.sentence(&error))
            }
        })
    }

    /// The orders at the left, and the pause.
    pub fn orders_ui(&mut self, ui: &Ui, cx: &Context<'_>, room: Rect) {
        let (t, p) = (&cx.t.terminal, palette(ui));
        let (rows, waiting) = match self.orders.get(cx, &(), |desk, ()| picking::orders(desk)) {
            Ok(read) => read.clone(),
            Err(error) => {
                text(ui, room.with_max_y(room.top() + 40.0), &cx.lang.sentence(error), terminal::TEXT_SMALL, p.danger.fg, Align2::LEFT_CENTER);
                return;
            }
        };
        let head = room.with_max_y(room.top() + 34.0);
        text(ui, head, t.to_ship, terminal::TEXT, p.text, Align2::LEFT_CENTER);
        text(ui, head, &fill(t.order_count, &[&waiting]), terminal::TEXT_SMALL, p.text_2, Align2::RIGHT_CENTER);
        let pause = room.with_min_y(room.bottom() - terminal::BOTTOM);
        let target =
            Target::new(t.pause).icon(icons::PAUSE_CIRCLE).more(if self.chosen.is_some() { t.pause_more } else { "" }).enabled(self.chosen.is_some());
        if target.show(ui, pause, "pause").clicked() {
            self.choose(None);
        }
        let list = Rect::from_min_max(pos2(room.left(), head.bottom() + terminal::GAP), pos2(room.right(), pause.top() - terminal::GAP));
        let step = ROW_ORDER + terminal::GAP;
        let list = self.turn_ui(ui, cx, list, rows.len(), step);
        if rows.is_empty() {
            text(ui, list.with_max_y(list.top() + 30.0), t.nothing_to_ship, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        }
        let most = ((list.height() + terminal::GAP) / step).max(0.0) as usize;
        for (at, row) in rows.iter().skip(self.first).take(most).enumerate() {
            let place = Rect::from_min_size(pos2(list.left(), list.top() + at as f32 * step), vec2(list.width(), ROW_ORDER));
            if order_ui(ui, cx, place, row, self.chosen == Some(row.id)) {
                self.choose(Some(row.id));
                ui.request_repaint();
            }
        }
        let after = list.top() + rows.len().saturating_sub(self.first).min(most) as f32 * step;
        let hint = Rect::from_min_max(pos2(list.left(), list.bottom() - 26.0), list.max);
        if after + 26.0 < list.bottom() {
            text(ui, hint, t.hint_numbers, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        }
    }

    /// Where there are more orders than fit: a page up and a page down below them. The room that is left.
    fn turn_ui(&mut self, ui: &Ui, cx: &Context<'_>, list: Rect, count: usize, step: f32) -> Rect {
        if (list.height() + terminal::GAP) / step >= count as f32 {
            self.first = 0;
            return list;
        }
        let upper = list.with_max_y(list.bottom() - terminal::TARGET - terminal::GAP);
        let page = ((upper.height() + terminal::GAP) / step).max(1.0) as usize;
        let row = list.with_min_y(list.bottom() - terminal::TARGET);
        let half = (row.width() - terminal::GAP) / 2.0;
        let before = row.with_max_x(row.left() + half);
        let after = row.with_min_x(row.right() - half);
        let turned = |place: Rect, icon: &str, enabled: bool, name: &str| {
            let target = Target::new("").icon(icon).enabled(enabled).show(ui, place, name);
            target.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
            target.clicked()
        };
        if turned(before, icons::CARET_UP, self.first > 0, cx.t.widgets.previous_page) {
            self.first = self.first.saturating_sub(page);
        }
        if turned(after, icons::CARET_DOWN, self.first + page < count, cx.t.widgets.next_page) {
            self.first += page;
        }
        self.first = self.first.min(count.saturating_sub(1));
        upper
    }

    /// The lines of the order, and shipping it.
    pub fn sheet_ui(&mut self, ui: &Ui, cx: &mut Context<'_>, room: Rect) -> Option<Outcome> {
        let (t, p) = (&cx.t.terminal, palette(ui));
        let Some(order) = self.chosen else {
            card(ui, room);
            text(ui, room.shrink(terminal::PADDING), t.choose_order, terminal::TEXT, p.text_2, Align2::CENTER_CENTER);
            return None;
        };
        let sheet = match self.sheet.get(cx, &order, |desk, order| picking::sheet(desk, *order)) {
            Ok(sheet) if sheet.id == order => sheet.clone(),
            Ok(_) => return None,
            Err(Error::Busy) => return None,
            Err(error) => {
                // Shipped or cancelled elsewhere: nothing to pick any more.
                let sentence = cx.lang.sentence(error);
                self.choose(None);
                self.orders.forget();
                return Some(Err(sentence));
            }
        };
        let ship = room.with_min_y(room.bottom() - terminal::BOTTOM);
        let lines = room.with_max_y(ship.top() - 12.0);
        let mut outcome = match self.over.take() {
            Some(over) => self.over_ui(ui, cx, lines, &sheet, over),
            None => self.lines_ui(ui, cx, lines, &sheet),
        };
        let missing = sheet.lines.iter().filter(|line| line.missing() > 0).count();
        let more = if missing == 0 { t.ship_ready.to_owned() } else { missing_text(cx, &sheet) };
        let target = Target::new(t.ship).icon(icons::TRUCK).more(&more).keys(Shortcut::Ship.keys()).large();
        let ready = missing == 0 && self.over.is_none();
        let pressed = target.look(Look::Filled(strip::OK)).enabled(ready).show(ui, ship, "ship").clicked() || Shortcut::Ship.pressed(ui);
        if pressed && ready {
            if sheet.unpaid {
                self.over = Some(Over::Unpaid);
            } else {
                outcome = Some(self.ship(cx, &sheet, ShipConfirmation { unpaid: None, version: Some(sheet.version) }));
            }
        }
        outcome
    }

    fn ship(&mut self, cx: &mut Context<'_>, sheet: &PickSheet, confirmed: ShipConfirmation) -> Outcome {
        match orders::ship(cx.desk, sheet.id, confirmed) {
            Ok(_) => {
                self.picks.retain(|pick| pick.order != sheet.id);
                self.choose(None);
                Ok(fill(cx.t.terminal.shipped, &[&sheet.order_no]))
            }
            Err(error) => Err(cx.lang.sentence(&error)),
        }
    }

    /// Unpaid: the sum is confirmed with the one the order has now, where the person may know it; it is not shown here.
    fn ship_unpaid(&mut self, cx: &mut Context<'_>, sheet: &PickSheet) -> Outcome {
        let unpaid = match orders::get(cx.desk, sheet.id) {
            Ok(detail) => detail.order.amounts.map(|amounts| amounts.outstanding()),
            Err(error) => return Err(cx.lang.sentence(&error)),
        };
        self.ship(cx, sheet, ShipConfirmation { unpaid, version: Some(sheet.version) })
    }

    fn over_ui(&mut self, ui: &Ui, cx: &mut Context<'_>, rect: Rect, sheet: &PickSheet, over: Over) -> Option<Outcome> {
        let (t, p) = (&cx.t.terminal, palette(ui));
        card(ui, rect);
        let inner = rect.shrink(terminal::PADDING);
        let row = inner.with_min_y(inner.bottom() - terminal::TARGET);
        let half = (row.width() - terminal::GAP) / 2.0;
        let back = Target::new(cx.t.common.back).show(ui, row.with_max_x(row.left() + half), "over back").clicked();
        let back = back || ui.input(|input| input.key_pressed(Key::Escape));
        let act_place = row.with_min_x(row.right() - half);
        match over {
            Over::Unpaid => {
                text(ui, inner.with_max_y(inner.top() + 60.0), t.ship_unpaid, terminal::TEXT_TITLE, p.warn.fg, Align2::LEFT_CENTER);
                let act = Target::new(t.ship_unpaid_act).icon(icons::TRUCK).look(Look::Filled(p.danger_fill)).show(ui, act_place, "ship unpaid");
                if act.clicked() && sheet.is_complete() {
                    return Some(self.ship_unpaid(cx, sheet));
                }
                // Lines that were changed meanwhile are to be picked first.
                if !back && sheet.is_complete() {
                    self.over = Some(Over::Unpaid);
                }
                None
            }
            Over::Quantity(mut typed) => {
                let line = sheet.lines.iter().filter(|line| line.missing() > 0);
                let line = line.clone().find(|line| Some(line.product) == self.current).or_else(|| line.clone().next());
                let line = line?;
                let title = format!("{} · {}", named(&line.name, line.specification.as_deref()), fill(t.missing, &[&line.missing()]));
                let shown = text(ui, inner.with_max_y(inner.top() + 40.0), &title, terminal::TEXT, p.text, Align2::LEFT_CENTER);
                let figure = if typed.is_empty() { "0" } else { typed.as_str() };
                text(ui, inner.with_max_y(shown.bottom() + 24.0), figure, terminal::TEXT_FIGURE, p.text, Align2::RIGHT_CENTER);
                let pad = Rect::from_min_max(pos2(inner.left(), inner.top() + 56.0), pos2(inner.right(), row.top() - terminal::GAP));
                let mut pressed: Vec<Pressed> = keypad_ui(ui, cx.t, pad).into_iter().collect();
                pressed.extend(typed_keys(ui).into_iter().filter(|key| !matches!(key, Pressed::Character(c) if !c.is_ascii_digit())));
                let mut done = Target::new(t.enter_quantity).look(Look::Filled(p.accent)).show(ui, act_place, "quantity act").clicked();
                for key in pressed {
                    done |= key == Pressed::Enter;
                    if typed.len() < 7 || !matches!(key, Pressed::Character(_)) {
                        key.apply(&mut typed);
                    }
                }
                if done && let Some(pieces) = typed.parse().ok().filter(|pieces| *pieces > 0) {
                    return Some(self.pick(cx, sheet.id, line.product, pieces).map_err(|error| cx.lang.sentence(&error)));
                }
                if !back {
                    self.over = Some(Over::Quantity(typed));
                }
                None
            }
        }
    }

    fn lines_ui(&mut self, ui: &Ui, cx: &mut Context<'_>, rect: Rect, sheet: &PickSheet) -> Option<Outcome> {
        let (t, p) = (&cx.t.terminal, palette(ui));
        card(ui, rect);
        let head = rect.with_max_y(rect.top() + terminal::TARGET + 8.0);
        let inner = head.shrink2(vec2(terminal::PADDING, 0.0));
        let can_undo = self.picks.iter().any(|pick| pick.order == sheet.id);
        let undo = Target::new(t.undo).icon(icons::ARROW_COUNTER_CLOCKWISE).enabled(can_undo);
        let width = undo.width(ui);
        let place = Rect::from_min_size(pos2(head.right() - 4.0 - width, head.top() + 4.0), vec2(width, terminal::TARGET));
        let undone = undo.show(ui, place, "put back").clicked();
        let name = text(ui, inner.with_max_x(place.left() - 130.0), &sheet.customer_name, terminal::TEXT, p.text, Align2::LEFT_CENTER);
        let number = inner.with_min_x(name.right() + terminal::GAP).with_max_x(place.left() - 8.0);
        text(ui, number, &sheet.order_no, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        let rows = rect.with_min_y(head.bottom());
        let most = (rows.height() / terminal::ROW_PICK) as usize;
        // The line that was scanned last is always among those shown.
        let current = sheet.lines.iter().position(|line| Some(line.product) == self.current).unwrap_or(0);
        if most > 0 && !(self.first_line..self.first_line + most).contains(&current) {
            self.first_line = current.saturating_sub(most / 2).min(sheet.lines.len().saturating_sub(most));
        }
        for (at, line) in sheet.lines.iter().skip(self.first_line).take(most).enumerate() {
            let row = Rect::from_min_size(pos2(rows.left(), rows.top() + at as f32 * terminal::ROW_PICK), vec2(rows.width(), terminal::ROW_PICK));
            let response = ui.interact(row, ui.scope_id().with(("pick line", line.item.0)), egui::Sense::click());
            if response.clicked() {
                self.current = Some(line.product);
            }
            line_ui(ui, cx, row, line, Some(line.product) == self.current);
            paint::ring_if_focused(ui, &response, 0);
        }
        if undone { self.undo(cx) } else { None }
    }
}

/// The height of an order at the left.
const ROW_ORDER: f32 = 106.0;

fn missing_text(cx: &Context<'_>, sheet: &PickSheet) -> String {
    let missing = sheet.lines.iter().filter(|line| line.missing() > 0).count();
    fill(cx.t.terminal.ship_missing, &[&missing])
}

fn order_ui(ui: &Ui, cx: &Context<'_>, rect: Rect, row: &PickRow, chosen: bool) -> bool {
    let (t, p) = (&cx.t.terminal, palette(ui));
    let response = ui.interact(rect, ui.scope_id().with(("pick order", row.id.0)), egui::Sense::click());
    let (fill_color, edge) = if chosen { (p.selected, Stroke::new(2.0, p.accent)) } else { (p.surface, Stroke::new(1.0, p.border)) };
    ui.painter().rect(rect, size::RADIUS_LARGE, fill_color, edge, StrokeKind::Inside);
    let inner = rect.shrink2(vec2(terminal::PADDING, 12.0));
    let line = |at: f32| Rect::from_min_size(pos2(inner.left(), inner.top() + at * 28.0), vec2(inner.width(), 26.0));
    let (word, tone) = match row.lines == row.done {
        true => (t.ready, p.ok),
        false if row.begun => (t.begun, p.accent_soft),
        false => (t.not_begun, p.mute),
    };
    let state = text(ui, line(0.0), word, terminal::TEXT_SMALL, tone.fg, Align2::RIGHT_CENTER);
    text(ui, line(0.0).with_max_x(state.left() - 8.0), &row.order_no, terminal::TEXT, p.text, Align2::LEFT_CENTER);
    let unpaid = if row.unpaid { t.unpaid } else { "" };
    let unpaid = text(ui, line(1.0), unpaid, terminal::TEXT_SMALL, p.warn.fg, Align2::RIGHT_CENTER);
    text(ui, line(1.0).with_max_x(unpaid.left() - 8.0), &row.customer_name, terminal::TEXT_SMALL, p.text, Align2::LEFT_CENTER);
    let done = if row.begun { fill(t.done_of, &[&row.done]) } else { String::new() };
    let done = text(ui, line(2.0), &done, terminal::TEXT_SMALL, p.text_2, Align2::RIGHT_CENTER);
    text(
        ui,
        line(2.0).with_max_x(done.left() - 8.0),
        &fill(t.pieces, &[&row.lines, &row.pieces]),
        terminal::TEXT_SMALL,
        p.text_2,
        Align2::LEFT_CENTER,
    );
    paint::ring_if_focused(ui, &response, size::RADIUS_LARGE);
    let name = format!("{} {}", row.order_no, row.customer_name);
    response.widget_info(|| egui::WidgetInfo::selected(egui::accesskit::Role::Button, true, chosen, &name));
    response.clicked()
}

fn line_ui(ui: &Ui, cx: &Context<'_>, row: Rect, line: &PickLine, current: bool) {
    let (t, p) = (&cx.t.terminal, palette(ui));
    if current {
        ui.painter().rect_filled(row.shrink2(vec2(1.0, 0.0)), 0.0, p.selected);
    }
    ui.painter().hline(row.x_range(), row.top() + 0.5, Stroke::new(1.0, p.border_weak));
    let inner = row.shrink2(vec2(terminal::PADDING, 0.0));
    let (upper, lower) = inner.shrink2(vec2(0.0, 12.0)).split_top_bottom_at_fraction(0.55);
    let bar_right = inner.right() - 108.0;
    let bar_left = bar_right - 150.0;
    let names = |rect: Rect| rect.with_max_x(bar_left - 12.0);
    text(ui, names(upper), &line.name, terminal::TEXT_TITLE - 2.0, p.text, Align2::LEFT_CENTER);
    let more = match &line.specification {
        Some(specification) => format!("{specification} · {}", line.sku),
        None => line.sku.clone(),
    };
    text(ui, names(lower), &more, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
    let figures = upper.with_min_x(bar_left).with_max_x(bar_right);
    let of = text(ui, figures, &format!("/ {} {}", line.quantity, line.unit), terminal::TEXT_SMALL, p.text_2, Align2::RIGHT_CENTER);
    text(ui, figures.with_max_x(of.left() - 6.0), &line.picked.to_string(), terminal::TEXT_LARGE, p.text, Align2::RIGHT_CENTER);
    let bar = Rect::from_min_max(pos2(bar_left, lower.center().y - 4.0), pos2(bar_right, lower.center().y + 4.0));
    ui.painter().rect_filled(bar, size::RADIUS_SMALL, p.track);
    let share = line.picked as f32 / line.quantity.max(1) as f32;
    let (word, color, fill_color) = match (line.missing(), line.picked) {
        (0, _) => (t.ready.to_owned(), p.ok.fg, strip::OK),
        (missing, 0) => (fill(t.to_pick, &[&missing]), p.text_2, p.accent),
        (missing, _) => (fill(t.missing, &[&missing]), p.accent_text, p.accent),
    };
    ui.painter().rect_filled(bar.with_max_x(bar.left() + bar.width() * share.clamp(0.0, 1.0)), size::RADIUS_SMALL, fill_color);
    text(ui, inner.with_min_x(bar_right + 8.0), &word, terminal::TEXT_SMALL, color, Align2::RIGHT_CENTER);
}

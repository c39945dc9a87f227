//! The warehouse terminal: large targets, a scanner and no mouse (rulings §15, tokens §8). Header, scan field, the strip of what
//! happened last, and the queue in which scans wait their turn; what a scan means stands in [`stock`] and [`picking`].

mod find;
pub mod gate;
mod keyboard;
mod picking;
mod scan;
mod stock;
mod target;

use std::collections::VecDeque;

use egui::{Align2, Id, Key, Rect, Stroke, StrokeKind, TextEdit, Ui, pos2, vec2};

use crate::i18n::fill;
use crate::models::choice::MovementType;
use crate::models::{Error, OrderId, Timestamp};
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::{self, palette, size, strip, terminal};
use crate::ui::widgets::abacus::paint_mark;
use crate::ui::widgets::paint;
use find::Find;
use picking::Picking;
use scan::ScanCatcher;
use stock::{Booking, Stock};
use target::{Look, Target, text};

/// Seconds until a booking is tried again that found the file busy.
const RETRY: f32 = 0.05;

/// What the terminal asks of the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    Lock,
    Switch,
}

/// The three things done here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Tab {
    #[default]
    Stock,
    Series,
    Picking,
}

/// What a code was scanned for; decided when it was scanned, not when its turn comes.
#[derive(Clone, Debug, PartialEq)]
enum Task {
    /// Show the product.
    Show(String),
    /// One piece at once.
    Piece(String, MovementType),
    /// One piece for this order, or open the order of this number.
    Pick(String, Option<OrderId>),
    Book(Box<Booking>),
}

/// What happened last.
struct Strip {
    good: bool,
    text: String,
    at: Timestamp,
}

/// The terminal's state.
#[derive(Default)]
pub struct Terminal {
    tab: Tab,
    catcher: ScanCatcher,
    typed: String,
    queue: VecDeque<Task>,
    strip: Option<Strip>,
    stock: Stock,
    picking: Picking,
    find: Option<Find>,
    /// The last code, while it is one nobody knows: the search begins with it.
    unknown: String,
}

impl Terminal {
    /// Draws one frame and books what was scanned.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> Option<Ask> {
        for code in self.catcher.catch(ui) {
            self.find = None;
            self.scanned(code);
        }
        self.work_off(ui, cx);
        // The clock in the header.
        ui.request_repaint_after_secs(60.0);
        let p = palette(ui);
        let screen = ui.max_rect();
        ui.painter().rect_filled(screen, 0.0, p.bg);
        let header = screen.with_max_y(screen.top() + terminal::HEADER);
        let asked = self.header_ui(ui, cx, header);
        let room = screen.with_min_y(header.bottom() + 12.0).shrink2(vec2(terminal::PADDING, 0.0));
        let room = room.with_max_y(screen.bottom() - terminal::PADDING);
        if let Some(find) = &mut self.find {
            match find.ui(ui, cx, room) {
                Some(find::Outcome::Chosen(sku)) => {
                    self.find = None;
                    self.scanned(sku);
                    ui.request_repaint();
                }
                Some(find::Outcome::Closed) => self.find = None,
                None => {}
            }
            return asked;
        }
        let task = match self.tab {
            Tab::Stock | Tab::Series => self.stock_ui(ui, cx, room),
            Tab::Picking => self.picking_ui(ui, cx, room),
        };
        if let Some(task) = task {
            self.queue.push_back(task);
            ui.request_repaint();
        }
        asked
    }

    /// Whether something is still to be booked: then nobody leaves.
    pub fn is_waiting(&self) -> bool {
        !self.queue.is_empty()
    }

    fn scanned(&mut self, code: String) {
        self.queue.push_back(match self.tab {
            Tab::Stock => Task::Show(code),
            Tab::Series => Task::Piece(code, self.stock.series),
            Tab::Picking => Task::Pick(code, self.picking.order()),
        });
    }

    /// Does what is in the queue, in its order. What finds the file busy stays and is tried again: no scan is lost, none counts twice.
    fn work_off(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        while let Some(task) = self.queue.front() {
            let outcome = match task {
                Task::Show(code) => self.stock.show(cx, code),
                Task::Piece(code, kind) => self.stock.piece(cx, code, *kind),
                Task::Pick(code, order) => self.picking.scanned(cx, code, *order),
                Task::Book(booking) => self.stock.book(cx, booking),
            };
            if outcome == Err(Error::Busy) {
                self.say(cx, Err(cx.t.terminal.waiting.to_owned()));
                ui.request_repaint_after_secs(RETRY);
                return;
            }
            self.unknown = match (&outcome, task) {
                (Ok(Err(_)), Task::Show(code) | Task::Piece(code, _)) => code.clone(),
                _ => String::new(),
            };
            let booked = matches!(task, Task::Piece(..) | Task::Book(_));
            let outcome = outcome.unwrap_or_else(|error| Err(cx.lang.sentence(&error)));
            if let (true, Err(failure)) = (booked, &outcome) {
                self.stock.failed(cx, failure.clone());
            }
            self.queue.pop_front();
            self.say(cx, outcome);
        }
    }

    /// Changes the strip; an empty text takes it away.
    fn say(&mut self, cx: &Context<'_>, outcome: Result<String, String>) {
        let good = outcome.is_ok();
        let text = outcome.unwrap_or_else(|failure| failure);
        self.strip = (!text.is_empty()).then_some(Strip { good, text, at: cx.now });
    }

    fn header_ui(&mut self, ui: &Ui, cx: &Context<'_>, header: Rect) -> Option<Ask> {
        let (t, p) = (&cx.t.terminal, palette(ui));
        ui.painter().rect_filled(header, 0.0, p.brand_deep);
        let mark = Rect::from_min_size(pos2(header.left() + terminal::PADDING, header.top() + 16.0), vec2(40.0, 40.0));
        paint_mark(ui.painter(), mark);
        let roomy = header.width() >= size::NARROW;
        let mut left = mark.right() + terminal::GAP;
        if roomy {
            left = text(ui, header.with_min_x(left), t.title, terminal::TEXT_TITLE, p.on_accent, Align2::LEFT_CENTER).right() + terminal::GAP;
        }
        let top = header.top() + 8.0;
        let waiting = self.picking.waiting(cx);
        let picking = if waiting > 0 { format!("{} {waiting}", t.picking_tab) } else { t.picking_tab.to_owned() };
        let tabs =
            [(Tab::Stock, icons::ARROWS_DOWN_UP, t.stock_tab), (Tab::Series, icons::BARCODE, t.series_tab), (Tab::Picking, icons::TRUCK, &picking)];
        for (tab, icon, name) in tabs {
            let width = Target::new(name).icon(icon).width(ui);
            let place = Rect::from_min_size(pos2(left, top), vec2(width, terminal::TARGET));
            let look = if self.tab == tab { Look::Chosen } else { Look::Header };
            if Target::new(name).icon(icon).look(look).show(ui, place, ("tab", tab as u8)).clicked() {
                self.tab = tab;
                self.strip = None;
                self.find = None;
            }
            left = place.right() + terminal::GAP;
        }
        let mut asked = None;
        let mut right = header.right() - terminal::PADDING;
        let free = !self.is_waiting();
        for (ask, icon, name) in [(Ask::Lock, icons::LOCK, t.lock), (Ask::Switch, icons::USER_SWITCH, cx.session.full_name.as_str())] {
            let width = Target::new(name).icon(icon).width(ui);
            let place = Rect::from_min_size(pos2(right - width, top), vec2(width, terminal::TARGET));
            if Target::new(name).icon(icon).look(Look::Header).enabled(free).show(ui, place, ("ask", ask as u8)).clicked() {
                asked = Some(ask);
            }
            right = place.left() - terminal::GAP;
        }
        let clock = cx.now.shown(cx.zone());
        if let (true, Some((day, time))) = (right - left > 110.0, clock.split_once(' ')) {
            let room = Rect::from_min_max(pos2(left, top), pos2(right, top + terminal::TARGET));
            let (upper, lower) = room.split_top_bottom_at_fraction(0.5);
            text(ui, upper, day, terminal::TEXT_SMALL, p.on_accent, Align2::RIGHT_CENTER);
            text(ui, lower, time, terminal::TEXT_SMALL, p.on_accent, Align2::RIGHT_CENTER);
        }
        asked
    }

    /// The scan field with a button at its right; true when that was pressed.
    fn scan_ui(&mut self, ui: &mut Ui, rect: Rect, hint: &str, button: (&str, &str)) -> bool {
        let p = palette(ui);
        let id = Id::unique("terminal scan");
        let focused = ui.memory(|memory| memory.has_focus(id));
        let edge = if focused { Stroke::new(2.0, p.focus) } else { Stroke::new(1.0, p.border_ctl) };
        ui.painter().rect(rect, size::RADIUS_LARGE, p.surface, edge, StrokeKind::Inside);
        paint::icon(ui.painter(), pos2(rect.left() + 36.0, rect.center().y), icons::BARCODE, terminal::ICON, p.accent_text);
        let width = Target::new(button.1).icon(button.0).width(ui);
        let act = Rect::from_center_size(pos2(rect.right() - 8.0 - width / 2.0, rect.center().y), vec2(width, terminal::TARGET));
        let room = Rect::from_min_max(pos2(rect.left() + 72.0, rect.center().y - 19.0), pos2(act.left() - 8.0, rect.center().y + 19.0));
        let edit = TextEdit::singleline(&mut self.typed)
            .id(id)
            .frame(egui::Frame::NONE.inner_margin(egui::Margin::ZERO))
            .font(theme::font(terminal::TEXT_LARGE))
            .text_color(p.text);
        let edit = edit.hint_text(egui::RichText::new(hint).font(theme::font(terminal::TEXT_LARGE)).color(p.placeholder)).desired_width(room.width());
        let edit = edit.align(Align2::LEFT_CENTER).min_size(room.size());
        let response = ui.put(room, edit);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::TextInput, true, hint));
        if response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            let code = std::mem::take(&mut self.typed);
            if !code.trim().is_empty() {
                self.scanned(code.trim().to_owned());
            }
            response.request_focus();
            ui.request_repaint();
        } else if ui.memory(|memory| memory.focused().is_none()) {
            response.request_focus();
        }
        Target::new(button.1).icon(button.0).show(ui, act, "scan button").clicked()
    }

    /// The strip of what happened last, where there is one; the room below it.
    fn strip_ui(&self, ui: &Ui, cx: &Context<'_>, room: Rect) -> Rect {
        let Some(shown) = &self.strip else { return room };
        let rect = room.with_max_y(room.top() + terminal::STRIP);
        let color = if shown.good { strip::OK } else { strip::FAILED };
        ui.painter().rect_filled(rect, size::RADIUS_LARGE, color);
        let icon = if shown.good { icons::CHECK_CIRCLE } else { icons::WARNING_CIRCLE };
        paint::icon(ui.painter(), pos2(rect.left() + 30.0, rect.center().y), icon, terminal::TEXT_TITLE, strip::ON);
        let inner = rect.with_min_x(rect.left() + 56.0).with_max_x(rect.right() - 16.0);
        let at = text(ui, inner, &time(cx, shown.at), terminal::TEXT_SMALL, strip::ON, Align2::RIGHT_CENTER);
        text(ui, inner.with_max_x(at.left() - 12.0), &shown.text, terminal::TEXT, strip::ON, Align2::LEFT_CENTER);
        room.with_min_y(rect.bottom() + 12.0)
    }

    fn stock_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) -> Option<Task> {
        let series = self.tab == Tab::Series;
        let bottom = if series { room.with_min_y(room.bottom()) } else { room.with_min_y(room.bottom() - terminal::BOTTOM) };
        let upper = if series { room } else { room.with_max_y(bottom.top() - 12.0) };
        let split = upper.left() + (upper.width() * 0.61).floor();
        let left = upper.with_max_x(split);
        let right = upper.with_min_x(split + 12.0);
        let scan = left.with_max_y(left.top() + terminal::SCAN);
        if self.scan_ui(ui, scan, cx.t.terminal.scan_hint, (icons::MAGNIFYING_GLASS, cx.t.terminal.find)) {
            self.find = Some(Find::of(std::mem::take(&mut self.unknown)));
        }
        let below = self.strip_ui(ui, cx, left.with_min_y(scan.bottom() + 12.0));
        let undone = self.stock.left_ui(ui, cx, below);
        if let Some(outcome) = undone {
            self.say(cx, outcome);
        }
        if series {
            self.stock.series_ui(ui, cx, right);
            return None;
        }
        self.stock.quantity_ui(ui, cx, right);
        self.stock.acts_ui(ui, cx, bottom).map(|booking| Task::Book(Box::new(booking)))
    }

    fn picking_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) -> Option<Task> {
        let split = room.left() + (room.width() * 0.315).floor();
        self.picking.orders_ui(ui, cx, room.with_max_x(split));
        let right = room.with_min_x(split + 12.0);
        let scan = right.with_max_y(right.top() + terminal::SCAN);
        if self.scan_ui(ui, scan, cx.t.terminal.scan_pick_hint, (icons::NUMPAD, cx.t.terminal.enter_quantity)) {
            self.picking.ask_quantity();
        }
        let below = self.strip_ui(ui, cx, right.with_min_y(scan.bottom() + 12.0));
        if let Some(outcome) = self.picking.sheet_ui(ui, cx, below) {
            self.say(cx, outcome);
        }
        None
    }
}

/// Hour and minute of a moment.
fn time(cx: &Context<'_>, at: Timestamp) -> String {
    at.shown(cx.zone()).split_once(' ').map(|(_, time)| time.to_owned()).unwrap_or_default()
}

/// Fills a sentence of what a product did.
fn named(name: &str, specification: Option<&str>) -> String {
    match specification {
        Some(specification) => format!("{name} {specification}"),
        None => name.to_owned(),
    }
}

/// A card's ground.
fn card(ui: &Ui, rect: Rect) {
    let p = palette(ui);
    ui.painter().rect(rect, size::RADIUS_LARGE, p.surface, Stroke::new(1.0, p.border), StrokeKind::Inside);
}

/// The sentence of a code nobody knows.
fn unknown(cx: &Context<'_>, code: &str) -> String {
    fill(cx.t.terminal.unknown, &[&code])
}

//! 收发盘点 and 连续扫码: the product that was scanned, a quantity, in, out or a count; or one piece with each scan. What was done here
//! in this session, and its undoing.

use egui::{Align2, Layout, Rect, Stroke, Ui, pos2, vec2};

use super::keyboard::{Pressed, keypad_ui};
use super::target::{Look, Target, text};
use super::{card, named, time, unknown};
use crate::i18n::fill;
use crate::models::choice::MovementType;
use crate::models::money::signed;
use crate::models::product::{ProductRow, StockLevel};
use crate::models::stock::StockChange;
use crate::models::{Error, MovementId, Result, Timestamp};
use crate::services::{Revision, products, stock};
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{Tone, palette, size, strip, terminal};
use crate::ui::widgets::chip::icon_chip;
use crate::ui::widgets::paint;

/// The largest quantity that can be keyed in.
const MOST: i64 = 1_000_000;

/// Entries that are kept to be shown.
const KEPT: usize = 200;

/// A booking as it was when its button was pressed.
#[derive(Clone, Debug, PartialEq)]
pub struct Booking {
    product: ProductRow,
    kind: MovementType,
    quantity: i64,
}

/// What was done, or what failed in a row of scans.
enum Entry {
    Booked(Record),
    Failed { text: String, at: Timestamp },
}

struct Record {
    movement: MovementId,
    kind: MovementType,
    name: String,
    before: i64,
    after: i64,
    unit: String,
    undone: bool,
    at: Timestamp,
}

/// The state of both tabs.
pub struct Stock {
    product: Option<ProductRow>,
    recognised: Timestamp,
    /// The product's figures are of this state of the file.
    seen: Option<Revision>,
    quantity: i64,
    /// The next digit begins a new number.
    fresh: bool,
    pub series: MovementType,
    entries: Vec<Entry>,
}

impl Default for Stock {
    fn default() -> Self {
        Stock {
            product: None,
            recognised: Timestamp::from_unix(0),
            seen: None,
            quantity: 1,
            fresh: true,
            series: MovementType::In,
            entries: Vec::new(),
        }
    }
}

/// What a task said: a sentence, good or bad; or an error, of which a busy file means "again".
pub type Said = Result<std::result::Result<String, String>>;

impl Stock {
    /// Shows the product of a code; the same one again is one piece more.
    pub fn show(&mut self, cx: &Context<'_>, code: &str) -> Said {
        let Some(row) = products::scan(cx.desk, code)? else { return Ok(Err(unknown(cx, code))) };
        let mut said = Ok(String::new());
        match &self.product {
            Some(shown) if shown.id == row.id => {
                self.quantity = (self.quantity + 1).min(MOST);
            }
            shown => {
                if let Some(shown) = shown.as_ref().filter(|_| self.quantity != 1) {
                    said = Err(fill(cx.t.terminal.not_booked, &[&shown.name, &self.quantity, &row.name]));
                }
                self.quantity = 1;
            }
        }
        self.fresh = true;
        self.recognise(cx, row);
        Ok(said)
    }

    fn recognise(&mut self, cx: &Context<'_>, row: ProductRow) {
        self.product = Some(row);
        self.recognised = cx.now;
        self.seen = Some(cx.desk.revision());
    }

    /// Books one piece of the product of a code.
    pub fn piece(&mut self, cx: &mut Context<'_>, code: &str, kind: MovementType) -> Said {
        let Some(row) = products::scan(cx.desk, code)? else { return Ok(Err(unknown(cx, code))) };
        self.book(cx, &Booking { product: row, kind, quantity: 1 })
    }

    /// Books; the sentence names what became of the stock.
    pub fn book(&mut self, cx: &mut Context<'_>, booking: &Booking) -> Said {
        let Booking { product, kind, quantity } = booking;
        let change = StockChange { product: product.id, kind: *kind, quantity: *quantity, notes: None };
        let outcome = stock::update(cx.desk, &change)?;
        let record = Record {
            movement: outcome.movement,
            kind: *kind,
            name: named(&product.name, product.specification.as_deref()),
            before: outcome.before,
            after: outcome.after,
            unit: product.unit.clone(),
            undone: false,
            at: cx.now,
        };
        let said = fill(cx.t.terminal.booked, &[&kind_name(cx, *kind), &record.name, &record.before, &record.after, &record.unit]);
        self.keep(Entry::Booked(record));
        self.quantity = 1;
        self.fresh = true;
        self.recognise(cx, ProductRow { stock: outcome.after, ..product.clone() });
        Ok(Ok(said))
    }

    /// Keeps what failed in the list, so that the next scan does not hide it.
    pub fn failed(&mut self, cx: &Context<'_>, text: String) {
        self.keep(Entry::Failed { text, at: cx.now });
    }

    fn keep(&mut self, entry: Entry) {
        self.entries.insert(0, entry);
        self.entries.truncate(KEPT);
    }

    /// Undoes the last booking of this session that still stands.
    fn undo(&mut self, cx: &mut Context<'_>) -> Option<std::result::Result<String, String>> {
        let last = self.entries.iter_mut().find_map(|entry| match entry {
            Entry::Booked(record) if !record.undone => Some(record),
            _ => None,
        })?;
        match stock::reverse(cx.desk, last.movement) {
            Ok(outcome) => {
                last.undone = true;
                let said = fill(cx.t.terminal.undone, &[&last.name, &outcome.before, &outcome.after]);
                self.seen = None;
                Some(Ok(said))
            }
            Err(error) => Some(Err(cx.lang.sentence(&error))),
        }
    }

    /// The product's figures follow what other terminals do.
    fn follow(&mut self, cx: &Context<'_>) {
        if self.seen == Some(cx.revision) {
            return;
        }
        let Some(shown) = &self.product else { return };
        match products::get(cx.desk, shown.id) {
            Ok(product) => self.product = Some(product.into_row()),
            Err(Error::Busy) => return (cx.wake)(),
            // Deleted, or not his to see any more.
            Err(_) => self.product = None,
        }
        self.seen = Some(cx.revision);
    }

    /// Card and list; what undoing said.
    pub fn left_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) -> Option<std::result::Result<String, String>> {
        self.follow(cx);
        let top = room.with_max_y(room.top() + terminal::CARD.min(room.height()));
        self.card_ui(ui, cx, top);
        let list = room.with_min_y(top.bottom() + 12.0);
        if list.height() > terminal::ROW { self.entries_ui(ui, cx, list) } else { None }
    }

    fn card_ui(&self, ui: &mut Ui, cx: &Context<'_>, rect: Rect) {
        let (t, p) = (&cx.t.terminal, palette(ui));
        card(ui, rect);
        let Some(product) = &self.product else {
            text(ui, rect.shrink(terminal::PADDING), t.scan_first, terminal::TEXT, p.text_2, Align2::CENTER_CENTER);
            return;
        };
        let inner = rect.shrink(terminal::PADDING);
        let side = inner.height().min(inner.width() * 0.3);
        paint::inside(ui, Rect::from_min_size(inner.min, vec2(side, side)), Layout::top_down(egui::Align::Min), "picture", |ui| {
            cx.album().plain_ui(ui, product.picture.as_ref(), side, icons::PACKAGE);
        });
        let left = inner.left() + side + terminal::PADDING;
        let line = |top: f32, height: f32| Rect::from_min_max(pos2(left, inner.top() + top), pos2(inner.right(), inner.top() + top + height));
        let level = product.level();
        let chip = match level {
            StockLevel::Enough => None,
            StockLevel::Low => Some((cx.t.products.low, Tone::Orange)),
            StockLevel::Out => Some((cx.t.products.out, Tone::Danger)),
        };
        let name_room = line(0.0, 34.0);
        let reserve = if chip.is_some() { 96.0 } else { 0.0 };
        let name = text(ui, name_room.with_max_x(name_room.right() - reserve), &product.name, terminal::TEXT_TITLE, p.text, Align2::LEFT_CENTER);
        if let Some((word, tone)) = chip {
            let room = name_room.with_min_x(name.right() + terminal::GAP);
            paint::inside(ui, room, Layout::left_to_right(egui::Align::Center), "level", |ui| icon_chip(ui, icons::WARNING, word, tone));
        }
        let specification = match &product.specification {
            Some(specification) => format!("{specification} / {}", product.unit),
            None => product.unit.clone(),
        };
        text(ui, line(36.0, 22.0), &specification, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        let code = match &product.barcode {
            Some(barcode) => format!("{} · {}", product.sku, fill(t.barcode, &[barcode])),
            None => product.sku.clone(),
        };
        text(ui, line(58.0, 22.0), &code, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        let middle = left + 112.0;
        text(ui, line(86.0, 22.0).with_max_x(middle), t.stock, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        text(ui, line(86.0, 22.0).with_min_x(middle), t.threshold, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        let color = match level {
            StockLevel::Enough => p.text,
            StockLevel::Low => p.orange.fg,
            StockLevel::Out => p.danger.fg,
        };
        let figures = line(108.0, 42.0);
        let figure = text(ui, figures.with_max_x(middle), &product.stock.to_string(), terminal::TEXT_FIGURE, color, Align2::LEFT_CENTER);
        text(ui, figures.with_min_x(figure.right() + 8.0).with_max_x(middle), &product.unit, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        let threshold = format!("{} {}", product.threshold, product.unit);
        text(ui, figures.with_min_x(middle), &threshold, terminal::TEXT, p.text, Align2::LEFT_CENTER);
        let recognised = fill(t.recognised, &[&time(cx, self.recognised)]);
        text(ui, figures.with_min_x(middle + 100.0), &recognised, terminal::TEXT_SMALL, p.ok.fg, Align2::RIGHT_CENTER);
    }

    fn entries_ui(&mut self, ui: &Ui, cx: &mut Context<'_>, rect: Rect) -> Option<std::result::Result<String, String>> {
        let (t, p) = (&cx.t.terminal, palette(ui));
        card(ui, rect);
        let head = rect.with_max_y(rect.top() + terminal::TARGET + 8.0);
        let inner = head.shrink2(vec2(terminal::PADDING, 0.0));
        let title = text(ui, inner, t.records, terminal::TEXT, p.text, Align2::LEFT_CENTER);
        let count = self.entries.iter().filter(|entry| matches!(entry, Entry::Booked(_))).count();
        if count > 0 {
            let room = inner.with_min_x(title.right() + terminal::GAP);
            text(ui, room, &fill(t.record_count, &[&count]), terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        }
        let standing = self.entries.iter().any(|entry| matches!(entry, Entry::Booked(record) if !record.undone));
        let undo = Target::new(t.undo).icon(icons::ARROW_COUNTER_CLOCKWISE).enabled(standing);
        let width = undo.width(ui);
        let place = Rect::from_min_size(pos2(head.right() - 4.0 - width, head.top() + 4.0), vec2(width, terminal::TARGET));
        let undone = undo.show(ui, place, "undo").clicked();
        let rows = rect.with_min_y(head.bottom());
        let most = (rows.height() / terminal::ROW) as usize;
        for (at, entry) in self.entries.iter().take(most).enumerate() {
            let row = Rect::from_min_size(pos2(rows.left(), rows.top() + at as f32 * terminal::ROW), vec2(rows.width(), terminal::ROW));
            ui.painter().hline(row.x_range(), row.top() + 0.5, Stroke::new(1.0, p.border_weak));
            let row = row.shrink2(vec2(terminal::PADDING, 0.0));
            match entry {
                Entry::Failed { text: sentence, at } => {
                    text(ui, row.with_max_x(row.left() + 56.0), &time(cx, *at), terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
                    text(ui, row.with_min_x(row.left() + 62.0), sentence, terminal::TEXT_SMALL, p.danger.fg, Align2::LEFT_CENTER);
                }
                Entry::Booked(record) => record_ui(ui, cx, row, record),
            }
        }
        if self.entries.is_empty() && most > 0 {
            let room = rows.with_max_y(rows.top() + terminal::ROW).shrink2(vec2(terminal::PADDING, 0.0));
            text(ui, room, t.no_records, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
        }
        if undone { self.undo(cx) } else { None }
    }

    /// The quantity, its steps and its keypad.
    pub fn quantity_ui(&mut self, ui: &Ui, cx: &Context<'_>, rect: Rect) {
        let (t, p) = (&cx.t.terminal, palette(ui));
        let shown = rect.with_max_y(rect.top() + 80.0);
        card(ui, shown);
        let inner = shown.shrink2(vec2(20.0, 0.0));
        text(ui, inner, t.quantity, terminal::TEXT, p.text_2, Align2::LEFT_CENTER);
        let unit = self.product.as_ref().map_or("", |product| product.unit.as_str());
        let unit = text(ui, inner, unit, terminal::TEXT, p.text_2, Align2::RIGHT_CENTER);
        let room = inner.with_max_x(unit.left() - terminal::GAP);
        text(ui, room, &self.quantity.to_string(), terminal::TEXT_QUANTITY, p.text, Align2::RIGHT_CENTER);
        let row = Rect::from_min_size(pos2(rect.left(), shown.bottom() + terminal::GAP), vec2(rect.width(), terminal::TARGET));
        let width = (row.width() - 3.0 * terminal::GAP) / 4.0;
        let place = |at: usize| Rect::from_min_size(pos2(row.left() + at as f32 * (width + terminal::GAP), row.top()), vec2(width, row.height()));
        for (at, (name, more)) in [("+10", 10), ("+50", 50), ("+100", 100)].into_iter().enumerate() {
            if Target::new(name).show(ui, place(at), ("more", more)).clicked() {
                // Tens come to what was keyed in; the 1 nobody keyed in does not count.
                let from = if self.fresh && self.quantity == 1 { 0 } else { self.quantity };
                self.quantity = (from + more).min(MOST);
                self.fresh = false;
            }
        }
        if Target::new(t.set_one).show(ui, place(3), "one").clicked() {
            self.quantity = 1;
            self.fresh = true;
        }
        match keypad_ui(ui, cx.t, rect.with_min_y(row.bottom() + terminal::GAP)) {
            Some(Pressed::Character(digit)) => {
                let digit = i64::from(digit.to_digit(10).unwrap_or_default());
                let next = if self.fresh { digit } else { self.quantity * 10 + digit };
                if next <= MOST {
                    self.quantity = next;
                }
                self.fresh = false;
            }
            Some(Pressed::Backspace) => {
                self.quantity /= 10;
                self.fresh = false;
            }
            Some(Pressed::Clear) => {
                self.quantity = 0;
                self.fresh = true;
            }
            Some(Pressed::Enter) | None => {}
        }
    }

    /// In, out and count, each with what it will do.
    pub fn acts_ui(&mut self, ui: &Ui, cx: &Context<'_>, rect: Rect) -> Option<Booking> {
        let width = (rect.width() - 24.0) / 3.0;
        let acts = [
            (MovementType::In, icons::TRAY_ARROW_DOWN, Shortcut::StockIn, strip::OK),
            (MovementType::Out, icons::TRAY_ARROW_UP, Shortcut::StockOut, palette(ui).accent),
            (MovementType::Adjust, icons::CLIPBOARD_TEXT, Shortcut::Count, strip::COUNT),
        ];
        let mut asked = None;
        for (at, (kind, icon, shortcut, color)) in acts.into_iter().enumerate() {
            let place = Rect::from_min_size(pos2(rect.left() + at as f32 * (width + 12.0), rect.top()), vec2(width, rect.height()));
            let effect = self.effect(cx, kind);
            let (more, possible) = match &effect {
                Ok(more) => (more, true),
                Err(why) => (why, false),
            };
            let target = Target::new(kind_name(cx, kind)).icon(icon).more(more).keys(shortcut.keys()).large();
            let pressed = target.look(Look::Filled(color)).enabled(possible).show(ui, place, ("act", at)).clicked() || shortcut.pressed(ui);
            if pressed && possible {
                asked = self.product.clone().map(|product| Booking { product, kind, quantity: self.quantity });
            }
        }
        asked
    }

    /// What a booking would do, or why it cannot be.
    fn effect(&self, cx: &Context<'_>, kind: MovementType) -> std::result::Result<String, String> {
        let t = &cx.t.terminal;
        let Some(product) = &self.product else { return Err(t.scan_first.to_owned()) };
        let (before, unit, quantity) = (product.stock, &product.unit, self.quantity);
        match kind {
            MovementType::Adjust => Ok(fill(t.counts_to, &[&quantity, unit, &signed(quantity - before)])),
            _ if quantity == 0 => Err(t.no_amount.to_owned()),
            MovementType::Out if quantity > before => Err(fill(t.out_of_stock, &[&before, unit])),
            MovementType::Out => Ok(fill(t.becomes, &[&format!("{before} − {quantity}"), &(before - quantity), unit])),
            _ => Ok(fill(t.becomes, &[&format!("{before} + {quantity}"), &(before + quantity), unit])),
        }
    }

    /// Which way each scan books.
    pub fn series_ui(&mut self, ui: &Ui, cx: &Context<'_>, rect: Rect) {
        let (t, p) = (&cx.t.terminal, palette(ui));
        let ways =
            [(MovementType::In, icons::TRAY_ARROW_DOWN, t.series_in, strip::OK), (MovementType::Out, icons::TRAY_ARROW_UP, t.series_out, p.accent)];
        for (at, (kind, icon, more, color)) in ways.into_iter().enumerate() {
            let place = Rect::from_min_size(pos2(rect.left(), rect.top() + at as f32 * (120.0 + 12.0)), vec2(rect.width(), 120.0));
            let look = if self.series == kind { Look::Filled(color) } else { Look::Plain };
            let shortcut = if kind == MovementType::In { Shortcut::StockIn } else { Shortcut::StockOut };
            let target = Target::new(kind_name(cx, kind)).icon(icon).more(more).keys(shortcut.keys()).look(look).large();
            if target.show(ui, place, ("series", at)).clicked() || shortcut.pressed(ui) {
                self.series = kind;
            }
        }
        let below = Rect::from_min_size(pos2(rect.left(), rect.top() + 276.0), vec2(rect.width(), 28.0));
        text(ui, below, t.series_hint, terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
    }
}

fn kind_name(cx: &Context<'_>, kind: MovementType) -> &'static str {
    let t = &cx.t.terminal;
    match kind {
        MovementType::In => t.stock_in,
        MovementType::Out => t.stock_out,
        MovementType::Adjust => t.count,
    }
}

fn record_ui(ui: &Ui, cx: &Context<'_>, row: Rect, record: &Record) {
    let p = palette(ui);
    let color = if record.undone { p.text_3 } else { p.text };
    text(ui, row.with_max_x(row.left() + 56.0), &time(cx, record.at), terminal::TEXT_SMALL, p.text_2, Align2::LEFT_CENTER);
    let tone = match record.kind {
        MovementType::In => p.ok,
        MovementType::Out => p.info,
        MovementType::Adjust => p.violet,
    };
    let word = kind_name(cx, record.kind);
    let chip = Rect::from_min_size(pos2(row.left() + 62.0, row.center().y - 16.0), vec2(64.0, 32.0));
    ui.painter().rect_filled(chip, size::RADIUS, tone.bg);
    text(ui, chip, word, terminal::TEXT_SMALL, tone.fg, Align2::CENTER_CENTER);
    let figures = format!("{} → {}", record.before, record.after);
    text(ui, row, &figures, terminal::TEXT_SMALL, p.text_2, Align2::RIGHT_CENTER);
    let change = record.after - record.before;
    let change_color = if record.undone {
        p.text_3
    } else if change > 0 {
        p.ok.fg
    } else {
        p.text
    };
    let changes = row.with_max_x(row.right() - 112.0);
    let shown = text(ui, changes, &signed(change), terminal::TEXT, change_color, Align2::RIGHT_CENTER);
    let name = text(
        ui,
        Rect::from_min_max(pos2(chip.right() + terminal::GAP, row.top()), pos2(shown.left() - 12.0, row.bottom())),
        &record.name,
        terminal::TEXT_SMALL,
        color,
        Align2::LEFT_CENTER,
    );
    if record.undone {
        ui.painter().hline(name.x_range(), name.center().y, Stroke::new(1.0, p.text_3));
    }
}

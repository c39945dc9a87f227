//! The line grid of quotes and orders by keyboard: Enter next cell, Shift Enter back, Alt ↓ product search, Ctrl Del removes, a scan
//! adds (tokens §5).

use std::collections::HashMap;
use std::ops::Range;

use egui::{Align2, Id, Key, Layout, Modifiers, Rect, ScrollArea, Sense, Stroke, Ui, pos2, vec2};

use crate::i18n::fill;
use crate::models::error::{Field, FieldErrors};
use crate::models::line::LineDraft;
use crate::models::money::quantity;
use crate::models::product::{ProductRow, StockLevel};
use crate::models::search::{find, lower, words};
use crate::models::{Money, ProductId};
use crate::services::products;
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::button::{mini_icon_button, small_link};
use crate::ui::widgets::chip::status_chip;
use crate::ui::widgets::input::{InputOptions, select_all, text_input_with_id};
use crate::ui::widgets::picker::{PickerOptions, PickerRows, highlight_in, paint_job, picker};
use crate::ui::widgets::{page, paint};

/// A place for the keyboard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    Quantity(usize),
    Price(usize),
    /// The search in the last, empty line.
    Product,
}

/// What the grid keeps between frames.
#[derive(Default)]
pub struct Grid {
    /// Where the keyboard goes on the next frame.
    pub focus: Option<Cell>,
    /// The search's input, as last drawn.
    search_id: Option<Id>,
    query: String,
    found: Cached<String, Vec<ProductRow>>,
    /// Enter came in the same frame as the last letters (a scanner): take the first match once they are searched.
    take_first: bool,
}

/// What the file says about the products in the lines.
pub struct Known<'a> {
    pub shelves: &'a HashMap<ProductId, ProductRow>,
    pub last_prices: &'a HashMap<ProductId, Money>,
    /// By line: available and missing pieces; empty where the stock does not matter.
    pub shortages: &'a HashMap<usize, (i64, i64)>,
}

/// What a line asked for.
#[derive(Clone, Copy)]
enum LineAsk {
    Remove(usize),
    Reduce(usize, i64),
    Price(usize, Money),
}

/// Left and right edges of the columns.
struct Edges {
    left: f32,
    product: f32,
    stock: f32,
    unit: f32,
    quantity: (f32, f32),
    price: (f32, f32),
    subtotal: (f32, f32),
    trash: f32,
    right: f32,
}

impl Edges {
    fn of(ui: &Ui) -> Edges {
        let room = ui.max_rect();
        let side = page::padding(ui);
        let trash = room.right() - side - 24.0;
        let subtotal = (trash - 128.0, trash - 12.0);
        let price = (subtotal.0 - 116.0, subtotal.0);
        let quantity = (price.0 - 112.0, price.0);
        Edges {
            left: room.left() + side,
            product: room.left() + side + 36.0,
            stock: quantity.0 - 64.0,
            unit: quantity.0 - 48.0,
            quantity,
            price,
            subtotal,
            trash,
            right: room.right(),
        }
    }
}

fn quantity_id(line: usize) -> Id {
    Id::unique(("line quantity", line))
}

fn price_id(line: usize) -> Id {
    Id::unique(("line price", line))
}

impl Grid {
    /// Draws head, lines and the search line.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, lines: &mut Vec<LineDraft>, errors: &mut FieldErrors, known: &Known<'_>) {
        let edges = Edges::of(ui);
        self.keys(ui, lines, errors, known);
        head_ui(ui, cx, &edges);
        let mut asked = None;
        ScrollArea::vertical().auto_shrink(false).id_salt("lines").show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            for (line, draft) in lines.iter_mut().enumerate() {
                let shortage = known.shortages.get(&line).copied();
                let wrong = [Field::Product, Field::Quantity, Field::UnitPrice]
                    .into_iter()
                    .find_map(|field| errors.of_line(line, field).map(|problem| cx.lang.problem(field, problem)));
                let height = if shortage.is_some() || wrong.is_some() { size::ROW + 26.0 } else { size::ROW };
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
                let wants_focus = matches!(self.focus, Some(Cell::Quantity(at) | Cell::Price(at)) if at == line);
                if wants_focus {
                    ui.scroll_to_rect(rect, None);
                }
                // Lines out of sight cost nothing.
                if ui.is_rect_visible(rect) || wants_focus {
                    let ask = self.line_ui(ui, cx, &edges, rect, line, draft, known, shortage, wrong.as_deref());
                    asked = asked.or(ask);
                }
            }
            self.search_ui(ui, cx, &edges, lines);
        });
        match asked {
            Some(LineAsk::Remove(line)) => self.remove(lines, errors, line),
            Some(LineAsk::Reduce(line, pieces)) => lines[line].quantity = pieces.to_string(),
            Some(LineAsk::Price(line, price)) => lines[line].unit_price = price.plain(),
            None => {}
        }
    }

    fn remove(&mut self, lines: &mut Vec<LineDraft>, errors: &mut FieldErrors, line: usize) {
        lines.remove(line);
        errors.0.retain(|error| error.line.is_none());
        let left = lines.len();
        self.focus = Some(if left == 0 { Cell::Product } else { Cell::Quantity(line.min(left - 1)) });
    }

    /// The cell that has the keyboard.
    fn focused(&self, ui: &Ui, lines: usize) -> Option<Cell> {
        let id = ui.memory(|memory| memory.focused())?;
        if self.search_id == Some(id) {
            return Some(Cell::Product);
        }
        (0..lines).find_map(|line| {
            let quantity = (quantity_id(line) == id).then_some(Cell::Quantity(line));
            quantity.or_else(|| (price_id(line) == id).then_some(Cell::Price(line)))
        })
    }

    fn keys(&mut self, ui: &Ui, all: &mut Vec<LineDraft>, errors: &mut FieldErrors, known: &Known<'_>) {
        let lines = all.len();
        let Some(at) = self.focused(ui, lines) else { return };
        let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
        if let Cell::Quantity(line) | Cell::Price(line) = at {
            if Shortcut::DeleteLine.pressed(ui) {
                self.remove(all, errors, line);
                return;
            }
            if Shortcut::LastPrice.pressed(ui)
                && let Some(last) = all[line].product.and_then(|product| known.last_prices.get(&product))
            {
                all[line].unit_price = last.plain();
            }
            if pressed(Modifiers::ALT, Key::ArrowDown) {
                self.focus = Some(Cell::Product);
                return;
            }
            if pressed(Modifiers::SHIFT, Key::Enter) {
                self.focus = Some(match at {
                    Cell::Price(line) => Cell::Quantity(line),
                    _ => Cell::Price(line.saturating_sub(1)),
                });
            } else if pressed(Modifiers::NONE, Key::Enter) {
                self.focus = Some(match at {
                    Cell::Quantity(line) => Cell::Price(line),
                    _ if line + 1 < lines => Cell::Quantity(line + 1),
                    _ => Cell::Product,
                });
            } else if pressed(Modifiers::NONE, Key::ArrowUp) {
                self.focus = Some(moved(at, line.saturating_sub(1)));
            } else if pressed(Modifiers::NONE, Key::ArrowDown) {
                self.focus = Some(if line + 1 < lines { moved(at, line + 1) } else { Cell::Product });
            }
            return;
        }
        if pressed(Modifiers::SHIFT, Key::Enter) && lines > 0 {
            self.focus = Some(Cell::Price(lines - 1));
            return;
        }
        let typed = ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Text(_))));
        if typed && pressed(Modifiers::NONE, Key::Enter) {
            self.take_first = true;
            ui.request_repaint();
        }
    }

    #[expect(clippy::too_many_arguments, reason = "one line is drawn from all that the grid knows")]
    fn line_ui(
        &mut self,
        ui: &mut Ui,
        cx: &Context<'_>,
        edges: &Edges,
        rect: Rect,
        at: usize,
        line: &mut LineDraft,
        known: &Known<'_>,
        shortage: Option<(i64, i64)>,
        wrong: Option<&str>,
    ) -> Option<LineAsk> {
        let p = palette(ui);
        let t = &cx.t.orders;
        let danger = p.tone(Tone::Danger);
        let bad = shortage.is_some() || wrong.is_some();
        if bad {
            ui.painter().rect_filled(rect, 0.0, danger.bg);
        }
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.border_weak));
        let top = rect.with_max_y(rect.top() + size::ROW);
        for x in [edges.quantity.0, edges.price.0, edges.subtotal.0] {
            ui.painter().vline(x.round() + 0.5, rect.y_range(), Stroke::new(1.0, p.border_weak));
        }
        let body = theme::font(size::TEXT_BODY);
        paint::text_left(ui, top.with_min_x(edges.left), &(at + 1).to_string(), body.clone(), p.text_2);
        let mut asked = None;
        let shelf = line.product.and_then(|product| known.shelves.get(&product));
        if let Some(shelf) = shelf {
            let room = top.with_min_x(edges.product).with_max_x(edges.stock - 90.0);
            let name = paint::text_left(ui, room, &shelf.name, body.clone(), p.text);
            ui.interact(name, quantity_id(at).with("name"), Sense::hover()).widget_info(|| {
                egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, fill(t.line_product, &[&(at + 1)]) + " " + &shelf.name)
            });
            if let Some(specification) = &shelf.specification {
                paint::text_left(ui, room.with_min_x(name.right() + 8.0), specification, body.clone(), p.text_2);
            }
            let stock_color = if shortage.is_some() { danger.fg } else { p.text_2 };
            let stock = top.with_max_x(edges.stock).with_min_x(edges.stock - 84.0);
            let font = if shortage.is_some() { theme::medium_font(size::TEXT_BODY) } else { body.clone() };
            paint::text_right(ui, stock, &quantity(shelf.available()), font, stock_color);
            paint::text_left(ui, top.with_min_x(edges.unit).with_max_x(edges.quantity.0 - 4.0), &shelf.unit, body.clone(), p.text);
        }
        let mut input = |ui: &mut Ui, cell: Cell, id: Id, (left, right): (f32, f32), text: &mut String, name: &str| {
            let room = Rect::from_min_max(pos2(left + 3.0, top.top() + 2.0), pos2(right - 3.0, top.bottom() - 3.0));
            let take = self.focus == Some(cell);
            paint::inside(ui, room, Layout::left_to_right(egui::Align::Center), name, |ui| {
                let options = InputOptions {
                    align_right: true,
                    name,
                    width: Some(room.width()),
                    height: Some(room.height()),
                    char_limit: Some(16),
                    keep_arrows: true,
                    ..Default::default()
                };
                let response = text_input_with_id(ui, id, text, options);
                if take {
                    response.request_focus();
                    select_all(ui, response.id, text);
                }
            });
            if take {
                self.focus = None;
            }
        };
        input(ui, Cell::Quantity(at), quantity_id(at), edges.quantity, &mut line.quantity, &fill(t.line_quantity, &[&(at + 1)]));
        input(ui, Cell::Price(at), price_id(at), edges.price, &mut line.unit_price, &fill(t.line_price, &[&(at + 1)]));
        let subtotal = line.subtotal().map_or("—".to_owned(), |money| money.to_string());
        paint::text_right(ui, top.with_max_x(edges.subtotal.1), &subtotal, body, p.text);
        let trash = Rect::from_center_size(pos2(edges.trash + 12.0, top.center().y), vec2(24.0, 24.0));
        paint::inside(ui, trash, Layout::left_to_right(egui::Align::Center), "trash", |ui| {
            if mini_icon_button(ui, icons::TRASH, &fill(t.remove_line, &[&(at + 1)])).clicked() {
                asked = Some(LineAsk::Remove(at));
            }
        });
        self.last_price_ui(ui, cx, edges, top, at, line, known, &mut asked);
        if bad {
            let second = Rect::from_min_max(pos2(edges.product, rect.top() + size::ROW - 4.0), pos2(edges.right, rect.bottom() - 4.0));
            paint::inside(ui, second, Layout::left_to_right(egui::Align::Center), "wrong", |ui| {
                ui.label(theme::icon(icons::WARNING_CIRCLE, size::ICON_SMALL).color(danger.fg));
                let text = |text: &str| egui::RichText::new(text).size(size::TEXT_SMALL).color(danger.fg);
                if let (Some((available, missing)), Some(shelf)) = (shortage, shelf) {
                    ui.label(text(&fill(t.shortage, &[&quantity(available), &quantity(missing), &shelf.unit])));
                    if available > 0 && small_link(ui, &fill(t.reduce_to, &[&quantity(available), &shelf.unit])).clicked() {
                        asked = Some(LineAsk::Reduce(at, available));
                    }
                    if small_link(ui, t.move_out).clicked() {
                        asked = Some(LineAsk::Remove(at));
                    }
                } else if let Some(wrong) = wrong {
                    ui.label(text(wrong));
                }
            });
        }
        asked
    }

    /// 上次价 of this customer, where it differs from what stands there; a click takes it.
    #[expect(clippy::too_many_arguments, reason = "part of line_ui")]
    fn last_price_ui(
        &self,
        ui: &mut Ui,
        cx: &Context<'_>,
        edges: &Edges,
        top: Rect,
        at: usize,
        line: &LineDraft,
        known: &Known<'_>,
        asked: &mut Option<LineAsk>,
    ) {
        let last = line.product.and_then(|product| known.last_prices.get(&product)).copied();
        let Some(last) = last.filter(|last| Money::parse(&line.unit_price) != Ok(*last)) else { return };
        let room = top.with_min_x(edges.stock - 210.0).with_max_x(edges.stock - 90.0);
        paint::inside(ui, room, Layout::right_to_left(egui::Align::Center), "last price", |ui| {
            if small_link(ui, &fill(cx.t.orders.last_price, &[&last])).clicked() {
                *asked = Some(LineAsk::Price(at, last));
            }
        });
    }

    /// The empty line at the end: its search, and what it found.
    fn search_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, edges: &Edges, lines: &mut Vec<LineDraft>) {
        let t = cx.t;
        let p = palette(ui);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::ROW), Sense::hover());
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, p.border_weak));
        let number = (lines.len() + 1).to_string();
        paint::text_left(ui, rect.with_min_x(edges.left), &number, theme::font(size::TEXT_BODY), p.text_2);
        let asked = self.query.trim().to_owned();
        let found = self.found.get(cx, &asked, |desk, query| products::find(desk, query, 30)).as_deref().unwrap_or_default();
        let words = words(&asked);
        let room =
            Rect::from_min_max(pos2(edges.product - 6.0, rect.top() + 2.0), pos2((edges.product + 436.0).min(edges.stock), rect.bottom() - 2.0));
        let footer = fill(t.orders.found, &[&found.len()]);
        let options = PickerOptions {
            input: InputOptions {
                hint: t.orders.product_hint,
                icon: Some(icons::MAGNIFYING_GLASS),
                name: t.orders.add_line,
                height: Some(30.0),
                ..Default::default()
            },
            popup_width: Some(714.0_f32.min(ui.content_rect().width() - 320.0)),
            enter: t.orders.take_product,
            footer: &footer,
            open_on_focus: false,
            ..Default::default()
        };
        let rows = PickerRows {
            count: found.len(),
            head: Some(|ui: &mut Ui, rect: Rect| product_head(ui, cx, rect)),
            label: |at: usize| format!("{} {}", found[at].sku, found[at].name),
            draw: |ui: &mut Ui, rect: Rect, at: usize| product_row(ui, cx, rect, &found[at], &words, lines),
        };
        let take_focus = self.focus == Some(Cell::Product);
        let out = paint::inside(ui, room, Layout::left_to_right(egui::Align::Center), "product", |ui| {
            picker(ui, t, "order product", &mut self.query, options, rows)
        });
        self.search_id = Some(out.input.id);
        if take_focus {
            self.focus = None;
            out.input.request_focus();
            ui.scroll_to_rect(rect.expand2(vec2(0.0, 8.0)), None);
        }
        let mut taken = out.taken;
        if self.take_first && !out.changed {
            self.take_first = false;
            taken = (!asked.is_empty() && !found.is_empty()).then_some(0);
        }
        if let Some(product) = taken.and_then(|at| exact(found, &asked).or(found.get(at))).cloned() {
            self.take(lines, &product, &asked);
            ui.request_repaint();
        }
    }

    /// Adds a line, or one more piece where a scan names a product that is in the list already.
    fn take(&mut self, lines: &mut Vec<LineDraft>, product: &ProductRow, asked: &str) {
        self.query.clear();
        let scanned = product.barcode.as_deref() == Some(asked) || product.sku.eq_ignore_ascii_case(asked);
        let present = lines.iter_mut().find(|line| line.product == Some(product.id));
        if let Some(line) = present.filter(|_| scanned) {
            let pieces = line.pieces().unwrap_or(0) + 1;
            line.quantity = pieces.to_string();
            self.focus = Some(Cell::Product);
            return;
        }
        lines.push(LineDraft { product: Some(product.id), quantity: "1".into(), unit_price: product.price.plain() });
        self.focus = Some(Cell::Quantity(lines.len() - 1));
    }
}

fn moved(cell: Cell, line: usize) -> Cell {
    match cell {
        Cell::Price(_) => Cell::Price(line),
        _ => Cell::Quantity(line),
    }
}

/// The product whose barcode or SKU is just what was typed or scanned.
fn exact<'a>(found: &'a [ProductRow], asked: &str) -> Option<&'a ProductRow> {
    found
        .iter()
        .find(|product| product.barcode.as_deref() == Some(asked))
        .or_else(|| found.iter().find(|product| product.sku.eq_ignore_ascii_case(asked)))
}

/// Where words are found in a text, as byte ranges for highlighting.
pub fn matched(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let byte = |characters: usize| text.char_indices().nth(characters).map_or(text.len(), |(at, _)| at);
    let mut found: Vec<Range<usize>> =
        words.iter().filter_map(|word| find(text, &lower(word))).map(|range| byte(range.start)..byte(range.end)).collect();
    found.sort_by_key(|range| range.start);
    found.dedup_by(|later, earlier| later.start < earlier.end);
    found
}

fn head_ui(ui: &mut Ui, cx: &Context<'_>, edges: &Edges) {
    let p = palette(ui);
    let t = &cx.t.orders;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::TABLE_HEAD), Sense::hover());
    ui.painter().rect_filled(rect, 0.0, p.sunken);
    for y in [rect.top() + 0.5, rect.bottom() - 0.5] {
        ui.painter().hline(rect.x_range(), y, Stroke::new(1.0, p.border));
    }
    for x in [edges.quantity.0, edges.price.0, edges.subtotal.0] {
        ui.painter().vline(x.round() + 0.5, rect.y_range(), Stroke::new(1.0, p.border));
    }
    let font = theme::font(size::TEXT_SMALL);
    paint::text_left(ui, rect.with_min_x(edges.left), "#", font.clone(), p.text_2);
    paint::text_left(ui, rect.with_min_x(edges.product), t.product, font.clone(), p.text_2);
    paint::text_right(ui, rect.with_max_x(edges.stock), t.available, font.clone(), p.text_2);
    paint::text_left(ui, rect.with_min_x(edges.unit), t.unit, font.clone(), p.text_2);
    paint::text_right(ui, rect.with_max_x(edges.quantity.1 - 10.0), t.quantity, font.clone(), p.text_2);
    paint::text_right(ui, rect.with_max_x(edges.price.1 - 10.0), t.unit_price, font.clone(), p.text_2);
    paint::text_right(ui, rect.with_max_x(edges.subtotal.1), t.subtotal, font, p.text_2);
}

/// Columns of the search's popup: SKU, name, specification, stock, price.
fn product_columns(rect: Rect) -> [f32; 4] {
    let share = rect.width() / 690.0;
    [rect.left() + 120.0 * share, rect.left() + 256.0 * share, rect.right() - 96.0 * share, rect.right()]
}

fn product_head(ui: &mut Ui, cx: &Context<'_>, rect: Rect) {
    let p = palette(ui);
    let t = &cx.t.orders;
    let font = theme::font(size::TEXT_SMALL);
    let [name, specification, stock, price] = product_columns(rect);
    paint::text_left(ui, rect, t.sku, font.clone(), p.text_2);
    paint::text_left(ui, rect.with_min_x(name), t.product, font.clone(), p.text_2);
    paint::text_left(ui, rect.with_min_x(specification), t.specification, font.clone(), p.text_2);
    paint::text_right(ui, rect.with_max_x(stock), t.stock, font.clone(), p.text_2);
    paint::text_right(ui, rect.with_max_x(price), t.unit_price, font, p.text_2);
}

fn product_row(ui: &mut Ui, cx: &Context<'_>, rect: Rect, product: &ProductRow, words: &[String], lines: &[LineDraft]) {
    let p = palette(ui);
    let t = &cx.t.orders;
    let body = theme::font(size::TEXT_BODY);
    let [name, specification, stock, price] = product_columns(rect);
    let sku = highlight_in(&product.sku, &matched(&product.sku, words), body.clone(), p.text_2, p.accent_text);
    paint_job(ui, rect.with_max_x(name - 8.0), sku);
    let title = highlight_in(&product.name, &matched(&product.name, words), body.clone(), p.text, p.accent_text);
    paint_job(ui, rect.with_min_x(name).with_max_x(specification - 8.0), title);
    let text = product.specification.as_deref().unwrap_or_default();
    let placed = paint::text_left(ui, rect.with_min_x(specification).with_max_x(stock - 130.0), text, body.clone(), p.text_2);
    if let Some(line) = lines.iter().position(|line| line.product == Some(product.id)) {
        let left = if text.is_empty() { specification } else { placed.right() + 8.0 };
        let room = rect.with_min_x(left).with_max_x((stock - 110.0).max(left));
        paint::text_left(ui, room, &fill(t.in_line, &[&(line + 1)]), theme::font(size::TEXT_SMALL), p.text_3);
    }
    let figure = paint::text_right(ui, rect.with_max_x(stock), &quantity(product.available()), body.clone(), p.text);
    let chip = match product.level() {
        StockLevel::Enough => None,
        StockLevel::Low => Some((t.low, Tone::Orange)),
        StockLevel::Out => Some((t.gone, Tone::Danger)),
    };
    if let Some((text, tone)) = chip {
        let room = rect.with_max_x(figure.left() - 8.0).with_min_x(figure.left() - 120.0);
        paint::inside(ui, room, Layout::right_to_left(egui::Align::Center), "chip", |ui| status_chip(ui, text, tone));
    }
    let shown = paint::line(ui, &product.price.to_string(), body, p.text, 120.0);
    paint::place(ui.painter(), rect.with_max_x(price), Align2::RIGHT_CENTER, shown);
}

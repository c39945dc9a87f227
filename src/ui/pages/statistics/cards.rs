//! The cards beside the sales: customers by kind, and how the stock turns over.

use egui::accesskit::Role;
use egui::{Align, Layout, Rect, ScrollArea, Sense, Ui, WidgetInfo, vec2};

use crate::i18n::{Texts, fill};
use crate::models::choice::Module;
use crate::models::money::quantity;
use crate::models::period::{Span, Unit};
use crate::models::rights::Verb;
use crate::models::statistics::{CustomerKind, Dimension, Distribution, StockTurnover, percent};
use crate::models::{Day, Result};
use crate::services::analytics;
use crate::ui::chart::share_bar;
use crate::ui::context::Context;
use crate::ui::fetched::Fetched;
use crate::ui::route::Route;
use crate::ui::theme::{self, Palette, palette, size};
use crate::ui::widgets::card::{TITLE_TOP, card_title, titled_card};
use crate::ui::widgets::paint;
use crate::ui::widgets::segment::segments;

const ROW: f32 = 28.0;
/// The first card takes no more of the column than this, so that the other one has its share.
const DISTRIBUTION: f32 = 0.42;
/// Room of the scroll bar.
const SCROLL: f32 = 10.0;
/// Room of a name before its bar.
const NAME: f32 = 92.0;

/// The two faces of the stock's card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    Categories,
    Slow,
}

/// The cards' state.
pub struct Cards {
    dimension: Dimension,
    customers: Fetched<Dimension, Distribution>,
    face: Face,
    stock: Fetched<Day, StockTurnover>,
}

impl Default for Cards {
    fn default() -> Self {
        Cards { dimension: Dimension::Level, customers: Fetched::default(), face: Face::Categories, stock: Fetched::default() }
    }
}

impl Cards {
    /// Whether the person may see one of them.
    pub fn any(&self, cx: &Context<'_>) -> bool {
        cx.may(Module::Customer, Verb::View) || cx.may(Module::Inventory, Verb::View)
    }

    /// Reads again on the next frame.
    pub fn forget(&mut self) {
        self.customers.forget();
        self.stock.forget();
    }

    /// Draws them into their room, beside each other or one above the other.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect, beside: bool) {
        let (customers, stock) = (cx.may(Module::Customer, Verb::View), cx.may(Module::Inventory, Verb::View));
        // The kinds take the room they need, so that the stock has the rest.
        let kinds = self.customers.known().map_or(0, |read| read.groups.len());
        let needed = 2.0 * size::CARD_PADDING + 36.0 + ROW * kinds.max(3) as f32;
        let (mut first, mut second) = (room, room);
        if customers && stock && beside {
            let width = ((room.width() - size::CARD_GAP) / 2.0).round();
            first = room.with_max_x(room.left() + width);
            second = room.with_min_x(first.right() + size::CARD_GAP);
        } else if customers && stock {
            first = room.with_max_y((room.top() + needed.min(room.height() * DISTRIBUTION)).round());
            second = room.with_min_y(first.bottom() + size::CARD_GAP);
        }
        if customers {
            self.customers_ui(ui, cx, first);
        }
        if stock {
            self.stock_ui(ui, cx, second);
        }
    }

    fn customers_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, room: Rect) {
        let t = &cx.t.statistics;
        self.customers.ask(ui, cx, &self.dimension, |desk, dimension| analytics::customers(desk, *dimension));
        let read = self.customers.result(&self.dimension);
        let total = read.and_then(|read| read.as_ref().ok()).map_or(0, |read| read.total);
        let chosen = self.dimension;
        let dimension = &mut self.dimension;
        card(ui, room, "customers", |ui| {
            card_title(ui, t.distribution, &fill(t.customers_count, &[&quantity(total)]), |ui| {
                let choices = [(Dimension::Level, t.level), (Dimension::Industry, t.industry), (Dimension::Owner, t.owner)];
                if segments(ui, "distribution", dimension, &choices).changed() {
                    ui.request_repaint();
                }
            });
            ui.add_space(4.0);
            let Some(read) = readable(ui, cx, read) else { return };
            if read.groups.is_empty() {
                ui.label(theme::secondary(palette(ui), t.no_customers));
            }
            let most = read.groups.iter().map(|(_, count)| *count).max().unwrap_or(1);
            rows(ui, "distribution rows", read.groups.len(), |ui, rect, at| {
                let (kind, count) = &read.groups[at];
                let p = palette(ui);
                let name = kind_name(cx.t, kind, chosen);
                let (name_room, bar, value) = parts(rect, 84.0);
                paint::text_left(ui, name_room, name, theme::font(size::TEXT_BODY), p.text);
                share_bar(ui, bar, *count as f32 / most as f32, p.chart_bar);
                let share = format!("{}%", percent(*count, read.total));
                paint::text_right(ui, value, &share, theme::font(size::TEXT_SMALL), p.text_3);
                paint::text_right(ui, value.with_max_x(value.right() - 44.0), &quantity(*count), theme::font(size::TEXT_BODY), p.text);
                (format!("{name} {} {share}", quantity(*count)), name.to_owned())
            });
        });
    }

    /// 库存周转天数 over the last 90 days, whatever the page's period: a day's turnover says nothing.
    fn stock_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) {
        let t = &cx.t.statistics;
        self.stock.ask(ui, cx, &cx.today, |desk, today| analytics::turnover(desk, Span::Calendar(Unit::NinetyDays, 0).period(*today)));
        let read = self.stock.result(&cx.today);
        let face = &mut self.face;
        let mut product = None;
        card(ui, room, "stock", |ui| {
            let slow = read.and_then(|read| read.as_ref().ok()).map_or(0, |read| read.slow_count);
            let title = if *face == Face::Categories { t.turnover } else { t.turnover_slow };
            card_title(ui, title, "", |ui| {
                let slow = fill(t.slow_short, &[&slow]);
                if segments(ui, "turnover", face, &[(Face::Categories, t.by_category_short), (Face::Slow, &slow)]).changed() {
                    ui.request_repaint();
                }
            });
            let Some(read) = readable(ui, cx, read) else { return };
            let p = palette(ui);
            let days = |days: Option<i64>| days.map_or_else(|| t.not_sold.to_owned(), |days| fill(t.days, &[&quantity(days)]));
            let value = read.value.map_or_else(|| t.counted_in_pieces.to_owned(), |value| fill(t.stock_value, &[&value.yuan()]));
            let average = fill(t.ninety_average, &[&days(read.total.days_on_hand())]);
            ui.add_space(4.0);
            ui.label(theme::caption(p, format!("{average}  ·  {value}")));
            ui.add_space(4.0);
            match face {
                Face::Categories => categories_ui(ui, cx.t, p, read, days),
                Face::Slow => product = slow_ui(ui, cx.t, p, read, days),
            }
        });
        if let Some(product) = product {
            cx.go = Some(Route::Product(product));
        }
    }
}

fn categories_ui(ui: &mut Ui, t: &'static Texts, p: &'static Palette, read: &StockTurnover, days: impl Fn(Option<i64>) -> String) {
    let s = &t.statistics;
    if read.categories.is_empty() {
        ui.label(theme::secondary(p, s.no_stock));
    }
    let average = read.total.days_on_hand();
    let longest = read.categories.iter().filter_map(|(_, turnover)| turnover.days_on_hand()).chain(average).max().unwrap_or(1).max(1);
    rows(ui, "turnover rows", read.categories.len(), |ui, rect, at| {
        let (category, turnover) = &read.categories[at];
        let name = category.as_deref().unwrap_or(s.uncategorised);
        let on_hand = turnover.days_on_hand();
        let (name_room, bar, value) = parts(rect, 68.0);
        paint::text_left(ui, name_room, name, theme::font(size::TEXT_BODY), p.text);
        // What lies more than twice as long as the average stands out.
        let slow = on_hand.is_none_or(|days| average.is_some_and(|average| days > average.saturating_mul(2)));
        share_bar(ui, bar, on_hand.map_or(1.0, |days| days as f32 / longest as f32), if slow { p.orange.fg } else { p.chart_bar });
        if let Some(average) = average {
            let x = (bar.left() + bar.width() * average as f32 / longest as f32).round();
            ui.painter().vline(x, bar.center().y - 7.0..=bar.center().y + 7.0, egui::Stroke::new(1.0, p.text_2));
        }
        let text = days(on_hand);
        paint::text_right(ui, value, &text, theme::font(size::TEXT_BODY), if slow { p.orange.fg } else { p.text });
        (format!("{name} {text}"), name.to_owned())
    });
}

/// The products that lie; the one that was chosen.
fn slow_ui(
    ui: &mut Ui,
    t: &'static Texts,
    p: &'static Palette,
    read: &StockTurnover,
    days: impl Fn(Option<i64>) -> String,
) -> Option<crate::models::ProductId> {
    if read.slow.is_empty() {
        ui.label(theme::secondary(p, t.statistics.nothing_slow));
    }
    let mut chosen = None;
    ScrollArea::vertical().id_salt("slow products").auto_shrink([false, false]).show_rows(ui, ROW, read.slow.len(), |ui, shown| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for product in &read.slow[shown] {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
            if response.hovered() {
                ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), size::RADIUS_SMALL, p.hover);
            }
            let worth = product.value.map_or_else(|| format!("{} {}", quantity(product.stock), product.unit), |value| value.yuan());
            let value = rect.with_max_x(rect.right() - SCROLL).with_min_x(rect.right() - SCROLL - 72.0);
            paint::text_right(ui, value, &days(product.days), theme::font(size::TEXT_SMALL), p.text_3);
            let worth_room = Rect::from_x_y_ranges(value.left() - 96.0..=value.left() - 8.0, rect.y_range());
            paint::text_right(ui, worth_room, &worth, theme::font(size::TEXT_BODY), p.text_2);
            let name = rect.with_max_x(worth_room.left() - 8.0);
            paint::text_left(ui, name, &product.name, theme::font(size::TEXT_BODY), p.accent_text);
            paint::ring_if_focused(ui, &response, size::RADIUS_SMALL);
            response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &product.name));
            if response.clicked() {
                chosen = Some(product.id);
            }
        }
    });
    chosen
}

/// What was read, or the sentence of what kept it from being read; that it is being read.
fn readable<'a, T>(ui: &mut Ui, cx: &Context<'_>, read: Option<&'a Result<T>>) -> Option<&'a T> {
    let sentence = match read {
        Some(Ok(read)) => return Some(read),
        Some(Err(error)) => cx.lang.sentence(error),
        None => cx.t.common.loading.to_owned(),
    };
    ui.label(theme::secondary(palette(ui), sentence));
    None
}

/// A card as large as its room.
fn card(ui: &mut Ui, room: Rect, salt: &str, body: impl FnOnce(&mut Ui)) {
    paint::inside(ui, room, Layout::top_down(Align::Min), salt, |ui| {
        titled_card(ui, |ui| {
            let height = room.height() - TITLE_TOP - size::CARD_PADDING - 2.0;
            ui.set_min_height(height);
            ui.set_max_height(height);
            ui.spacing_mut().item_spacing.y = 0.0;
            body(ui);
        });
    });
}

/// Name, bar and value of a row, left of where the rows are scrolled.
fn parts(rect: Rect, value: f32) -> (Rect, Rect, Rect) {
    let rect = rect.with_max_x(rect.right() - SCROLL);
    let name = rect.with_max_x(rect.left() + NAME);
    let right = rect.with_min_x(rect.right() - value);
    (name, Rect::from_x_y_ranges(name.right() + 8.0..=right.left() - 8.0, rect.y_range()), right)
}

/// Rows of which only those in view are drawn; `draw` gives a row's accessible name, and what its name is where it may be cut.
fn rows(ui: &mut Ui, salt: &str, count: usize, draw: impl Fn(&mut Ui, Rect, usize) -> (String, String)) {
    ScrollArea::vertical().id_salt(salt).auto_shrink([false, false]).show_rows(ui, ROW, count, |ui, shown| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for at in shown {
            let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::hover());
            let (label, name) = draw(ui, rect, at);
            response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &label));
            let wide = paint::line(ui, &name, theme::font(size::TEXT_BODY), palette(ui).text, NAME).elided;
            if wide {
                paint::tooltip(response, &name);
            }
        }
    });
}

fn kind_name<'a>(t: &'static Texts, kind: &'a CustomerKind, dimension: Dimension) -> &'a str {
    match kind {
        CustomerKind::Level(level) => t.lang.level(*level),
        CustomerKind::Industry(name) | CustomerKind::Owner(_, name) => name,
        CustomerKind::None if dimension == Dimension::Owner => t.statistics.no_owner,
        CustomerKind::None => t.statistics.no_industry,
    }
}

//! The dashboard's figures at the top: each a card that opens what it counts.

use egui::accesskit::Role;
use egui::{Color32, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use super::Dashboard;
use crate::i18n::fill;
use crate::models::choice::Module;
use crate::models::money::quantity;
use crate::models::period::{Period, Span, Unit};
use crate::models::rights::Verb;
use crate::models::statistics::{SalesCard, change};
use crate::ui::chart::percent_change;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::route::{OrdersAsked, Route};
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::paint;

const CARD: f32 = 94.0;
/// A card is no narrower than this: further ones go to the next line.
const NARROWEST: f32 = 184.0;

/// One card.
struct Card<'a> {
    icon: &'a str,
    title: &'a str,
    value: String,
    /// Beside the value, smaller.
    unit: String,
    /// Below: an icon, a text in a colour, and a further text.
    note: (Option<&'a str>, String, Color32),
    further: &'a str,
    to: Route,
}

impl Dashboard {
    /// As many cards as the person may see.
    pub(super) fn figures_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let cards = self.cards(ui, cx);
        if cards.is_empty() {
            return;
        }
        let width = ui.available_width();
        let fitting = (((width + size::CARD_GAP) / (NARROWEST + size::CARD_GAP)) as usize).clamp(1, cards.len());
        let lines = cards.len().div_ceil(fitting);
        // 3 + 2 rather than 4 + 1.
        let per_line = cards.len().div_ceil(lines);
        let mut to = None;
        for line in cards.chunks(per_line) {
            let (row, _) = ui.allocate_exact_size(vec2(width, CARD), Sense::hover());
            let each = (width - size::CARD_GAP * (line.len() - 1) as f32) / line.len() as f32;
            for (at, card) in line.iter().enumerate() {
                let left = row.left() + at as f32 * (each + size::CARD_GAP);
                let rect = Rect::from_min_size(pos2(left.round(), row.top()), vec2(each.round(), CARD));
                if card_ui(ui, rect, card).clicked() {
                    to = Some(card.to);
                }
            }
            ui.add_space(size::CARD_GAP);
        }
        cx.go = to.or(cx.go);
    }

    fn cards(&self, ui: &Ui, cx: &Context<'_>) -> Vec<Card<'static>> {
        let (t, p) = (&cx.t.statistics, palette(ui));
        let mut cards = Vec::new();
        let Some(figures) = self.figures.last() else { return cards };
        let orders_of = |period: Period| Route::OrdersOf(OrdersAsked { from: Some(period.from), to: Some(period.to), ..OrdersAsked::default() });
        let month = Span::Calendar(Unit::Month, 0).period(cx.today);
        let counted = |count: i64, unit: &str| (quantity(count), fill(unit, &[&count]));
        let value = |card: SalesCard| card.net.map_or_else(|| counted(card.orders, t.orders_unit), |net| (net.yuan(), String::new()));
        if let Some(today) = figures.today {
            let (value, unit) = value(today);
            let note = if today.net.is_some() { fill(t.orders_count, &[&quantity(today.orders)]) } else { String::new() };
            let title = if today.net.is_some() { t.today_sales } else { t.today_orders };
            let to = orders_of(Period { from: cx.today, to: cx.today });
            cards.push(Card { icon: icons::COINS, title, value, unit, note: (None, note, p.text_2), further: "", to });
        }
        if let Some(sums) = figures.month {
            let (value, unit) = value(sums);
            let title = if sums.net.is_some() { t.month_sales } else { t.month_orders };
            let tenths = sums.net.zip(figures.month_before).and_then(|(net, before)| change(net, before));
            let (note, further) = match tenths {
                Some(tenths) if tenths < 0 => ((Some(icons::TREND_DOWN), percent_change(tenths), p.danger.fg), t.against_month),
                Some(tenths) => ((Some(icons::TREND_UP), percent_change(tenths), p.ok.fg), t.against_month),
                None if sums.net.is_some() => ((None, fill(t.orders_count, &[&quantity(sums.orders)]), p.text_2), ""),
                None => ((None, String::new(), p.text_2), ""),
            };
            let to = if cx.may(Module::Analytics, Verb::View) { Route::Statistics } else { orders_of(month) };
            cards.push(Card { icon: icons::CHART_LINE_UP, title, value, unit, note, further, to });
        }
        if let Some(due) = figures.receivable {
            let none = due.overdue.is_zero();
            let text = if none { t.nothing_overdue.to_owned() } else { fill(t.overdue, &[&due.overdue.yuan()]) };
            let note = (None, text, if none { p.text_2 } else { p.danger.fg });
            let value = due.outstanding.yuan();
            let unit = String::new();
            cards.push(Card { icon: icons::HAND_COINS, title: t.receivable, value, unit, note, further: "", to: Route::Receivables });
        }
        if let Some(stock) = figures.stock {
            let none = stock.out == 0;
            let text = if none { t.none_out.to_owned() } else { fill(t.out_of_stock, &[&quantity(stock.out)]) };
            let note = (None, text, if none { p.text_2 } else { p.danger.fg });
            let (value, unit) = counted(stock.low, t.products_unit);
            cards.push(Card { icon: icons::PACKAGE, title: t.low_stock, value, unit, note, further: "", to: Route::Warnings });
        }
        if let Some(due) = cx.plans.known().filter(|_| cx.may(Module::Customer, Verb::View)) {
            let none = due.overdue == 0;
            let text = if none { t.none_overdue.to_owned() } else { fill(t.overdue_customers, &[&quantity(due.overdue)]) };
            let note = (None, text, if none { p.text_2 } else { p.danger.fg });
            let (value, unit) = counted(due.count, t.customers_unit);
            cards.push(Card { icon: icons::CALENDAR_CHECK, title: t.to_follow_up, value, unit, note, further: "", to: Route::Followups });
        }
        cards
    }
}

fn card_ui(ui: &Ui, rect: Rect, card: &Card<'_>) -> Response {
    let p = palette(ui);
    let response = ui.interact(rect, ui.scope_id().with(("figure", card.title)), Sense::click());
    let fill = if response.hovered() { p.hover } else { p.surface };
    ui.painter().rect(rect, size::RADIUS_LARGE, fill, Stroke::new(1.0, p.border), StrokeKind::Inside);
    let inner = rect.shrink2(vec2(size::CARD_PADDING, 0.0));
    let line = |top: f32, height: f32| Rect::from_x_y_ranges(inner.x_range(), rect.top() + top..=rect.top() + top + height);
    let head = line(11.0, 20.0);
    paint::text_left(ui, head, card.title, theme::font(size::TEXT_SMALL), p.text_2);
    paint::icon(ui.painter(), pos2(inner.right() - size::ICON / 2.0, head.center().y), card.icon, size::ICON, p.text_2);
    let middle = line(34.0, 30.0);
    // A sum that is too long is smaller rather than cut.
    let fits = |points: f32| paint::line(ui, &card.value, theme::medium_font(points), p.text, f32::INFINITY).size().x <= middle.width();
    let points = [size::TEXT_KPI, size::TEXT_TITLE, size::TEXT_SECTION].into_iter().find(|points| fits(*points)).unwrap_or(size::TEXT_SMALL);
    let placed = paint::text_left(ui, middle, &card.value, theme::medium_font(points), p.text);
    paint::text_left(ui, middle.with_min_x(placed.right() + 6.0), &card.unit, theme::font(size::TEXT_BODY), p.text_2);
    let mut foot = line(64.0, 20.0);
    let (icon, note, color) = &card.note;
    if let Some(icon) = icon {
        paint::icon(ui.painter(), pos2(foot.left() + size::ICON_SMALL / 2.0, foot.center().y), icon, size::ICON_SMALL, *color);
        foot.min.x += size::ICON_SMALL + 4.0;
    }
    let placed = paint::text_left(ui, foot, note, theme::font(size::TEXT_SMALL), *color);
    paint::text_left(ui, foot.with_min_x(placed.right() + 8.0), card.further, theme::font(size::TEXT_SMALL), p.text_2);
    paint::ring_if_focused(ui, &response, size::RADIUS_LARGE);
    let parts = [card.title, &card.value, &card.unit, note, card.further];
    let label: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, label.join(" ")));
    response
}

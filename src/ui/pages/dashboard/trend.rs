//! The dashboard's chart of the last 30 days against the month before, and the best-selling products beside it.

use egui::accesskit::Role;
use egui::{Align, Layout, Rect, Sense, Ui, WidgetInfo, vec2};
use egui_plot::{FilledArea, Line, LineStyle, PlotPoints};

use super::Dashboard;
use crate::i18n::fill;
use crate::models::Day;
use crate::models::money::quantity;
use crate::models::period::{Span, Unit};
use crate::models::statistics::{self, TrendDay};
use crate::ui::chart::{Frame, Mark, figures_card, legend, share_bar, yuan};
use crate::ui::context::Context;
use crate::ui::route::{OrdersAsked, Route};
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::card::{TITLE_TOP, card_title, titled_card};
use crate::ui::widgets::paint;

const PLOT: f32 = 178.0;
const HOT_ROW: f32 = 38.0;
/// With less room than this a specification says nothing.
const LEAST_SPECIFICATION: f32 = 32.0;

/// The points, set up once for what was read.
#[derive(Default)]
pub struct Trend {
    days: Vec<TrendDay>,
    labels: Vec<String>,
    places: Vec<f64>,
    nets: Vec<f64>,
    ground: Vec<f64>,
    before: Vec<[f64; 2]>,
    range: (f64, f64),
}

impl Trend {
    /// The trend among the dashboard's figures; empty where it may not be seen.
    pub fn of(figures: &statistics::Dashboard) -> Trend {
        let days = figures.trend.clone().unwrap_or_default();
        let labels = days.iter().map(|day| day.day.to_string().get(5..).unwrap_or_default().to_owned()).collect();
        let nets: Vec<f64> = days.iter().map(|day| yuan(day.net)).collect();
        let before: Vec<[f64; 2]> = days.iter().enumerate().filter_map(|(at, day)| day.before.map(|before| [at as f64, yuan(before)])).collect();
        let all = || nets.iter().copied().chain(before.iter().map(|point| point[1]));
        let range = (all().fold(0.0, f64::min), all().fold(0.0, f64::max));
        let places = (0..days.len()).map(|at| at as f64).collect();
        Trend { ground: vec![0.0; days.len()], days, labels, places, nets, before, range }
    }
}

impl Dashboard {
    /// 近 30 天销售; a click opens the day's orders.
    pub(super) fn trend_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) {
        let t = &cx.t.statistics;
        let p = palette(ui);
        let trend = &self.trend;
        let clicked = card(ui, room, "trend", |ui| {
            card_title(ui, t.trend, "", |ui| {
                legend(ui, t.month_before, p.chart_prev, Mark::Dashes);
                legend(ui, t.last_30_days, p.chart, Mark::Line);
            });
            ui.add_space(6.0);
            let frame = Frame { name: t.trend, height: PLOT, labels: &trend.labels, range: trend.range, bars: false, zoom: false, fresh: true };
            let pointed = frame.show(ui, cx.lang, |plot, hovered| {
                plot.add(FilledArea::new(t.sales, &trend.places, &trend.ground, &trend.nets).fill_color(p.chart_area).allow_hover(false));
                if let Some(at) = hovered {
                    plot.vline(egui_plot::VLine::new("", at as f64).color(p.border_strong).width(1.0).allow_hover(false));
                }
                let before = Line::new(t.month_before, PlotPoints::new(trend.before.clone())).color(p.chart_prev).width(1.5);
                plot.line(before.style(LineStyle::Dashed { length: 4.0 }).allow_hover(false));
                let points: Vec<[f64; 2]> = trend.places.iter().zip(&trend.nets).map(|(x, y)| [*x, *y]).collect();
                plot.line(Line::new(t.last_30_days, PlotPoints::new(points)).color(p.chart).width(2.0).allow_hover(false));
                if let Some((at, net)) = hovered.and_then(|at| trend.nets.get(at).map(|net| (at, *net))) {
                    let ring = egui_plot::Points::new("", vec![[at as f64, net]]).radius(4.5).color(p.chart).allow_hover(false);
                    plot.points(ring);
                    plot.points(egui_plot::Points::new("", vec![[at as f64, net]]).radius(2.5).color(p.surface).allow_hover(false));
                }
            });
            if let Some(day) = pointed.hovered.and_then(|(at, _)| trend.days.get(at)) {
                let mut figures = vec![(t.sales, day.net.yuan())];
                if let Some(before) = day.before {
                    figures.push((t.month_before, before.yuan()));
                }
                let title = fill(cx.t.dashboard.date, &[&day.day, &super::weekday(day.day, cx.t)]);
                figures_card(ui, "trend", &pointed, &title, &figures);
            }
            pointed.clicked.and_then(|at| trend.days.get(at)).map(|day| day.day)
        });
        if let Some(day) = clicked {
            cx.go = Some(orders_of(day, day, None));
        }
    }

    /// 热销产品; a click opens the orders with it.
    pub(super) fn hot_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, room: Rect) {
        let t = &cx.t.statistics;
        let p = palette(ui);
        let hot = self.figures.last().and_then(|figures| figures.hot.as_deref()).unwrap_or_default();
        let month = Span::Calendar(Unit::Month, 0).period(cx.today);
        let mut to = None;
        card(ui, room, "hot", |ui| {
            card_title(ui, t.hot, t.hot_more, |_| {});
            ui.add_space(4.0);
            if hot.is_empty() {
                ui.label(theme::secondary(p, t.nothing_hot));
            }
            let most = hot.first().map_or(0.0, |product| yuan(product.net));
            for product in hot {
                let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), HOT_ROW), Sense::click());
                if response.hovered() {
                    ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), size::RADIUS_SMALL, p.hover);
                }
                let line = rect.with_max_y(rect.top() + 24.0);
                let net = product.net.yuan();
                let pieces = format!("{} {}", quantity(product.pieces), product.unit);
                let net_width = paint::line(ui, &net, theme::font(size::TEXT_BODY), p.text, f32::INFINITY).size().x;
                paint::text_right(ui, line, &net, theme::font(size::TEXT_BODY), p.text);
                let beside = line.with_max_x(line.right() - net_width.max(92.0) - 12.0);
                let pieces_width = paint::line(ui, &pieces, theme::font(size::TEXT_SMALL), p.text_3, f32::INFINITY).size().x;
                paint::text_right(ui, beside, &pieces, theme::font(size::TEXT_SMALL), p.text_3);
                let name = beside.with_max_x(beside.right() - pieces_width - 8.0);
                let placed = paint::text_left(ui, name, &product.name, theme::font(size::TEXT_BODY), p.text);
                let rest = name.with_min_x((placed.right() + 8.0).min(name.right()));
                if rest.width() > LEAST_SPECIFICATION {
                    paint::text_left(ui, rest, &product.specification, theme::font(size::TEXT_BODY), p.text_2);
                }
                let bar = Rect::from_x_y_ranges(rect.x_range(), rect.top() + 25.0..=rect.top() + 31.0);
                share_bar(ui, bar, (yuan(product.net) / most) as f32, p.chart_bar);
                paint::ring_if_focused(ui, &response, size::RADIUS_SMALL);
                let name = [product.name.as_str(), &product.specification];
                let label = format!("{} {pieces} {net}", name.join(" ").trim_end());
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
                if response.clicked() {
                    to = Some(orders_of(month.from, month.to, Some(product.id)));
                }
            }
        });
        cx.go = to.or(cx.go);
    }
}

fn orders_of(from: Day, to: Day, product: Option<crate::models::ProductId>) -> Route {
    Route::OrdersOf(OrdersAsked { from: Some(from), to: Some(to), product, ..OrdersAsked::default() })
}

/// A card as large as its room.
fn card<R>(ui: &mut Ui, room: Rect, salt: &str, body: impl FnOnce(&mut Ui) -> R) -> R {
    paint::inside(ui, room, Layout::top_down(Align::Min), salt, |ui| {
        titled_card(ui, |ui| {
            let height = room.height() - TITLE_TOP - size::CARD_PADDING - 2.0;
            ui.set_min_height(height);
            ui.set_max_height(height);
            ui.spacing_mut().item_spacing.y = 0.0;
            body(ui)
        })
    })
}

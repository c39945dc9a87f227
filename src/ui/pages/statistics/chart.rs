//! The strip of sums with the comparison, and the bars below it. Bars are set up once for what was read.

use egui::{Align, Layout, Rect, Ui, vec2};
use egui_plot::{Bar, BarChart};

use crate::i18n::{Texts, fill};
use crate::models::Money;
use crate::models::money::quantity;
use crate::models::statistics::{Figures, GroupKey, Grouping, SalesGroup, SalesQuery, SalesStatistics, change};
use crate::ui::chart::{Frame, Mark, figures_card, legend, percent_change, yuan};
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::card::{bare_card, card_title};
use crate::ui::widgets::paint;

/// The strip and the chart together.
pub const CARD: f32 = 340.0;
const STRIP: f32 = 66.0;
const PLOT: f32 = 214.0;
/// More days than this are drawn by month.
const MOST_DAYS: usize = 370;
/// More names than this are not drawn: the largest are.
const MOST_NAMES: usize = 10;
/// Characters of a name below its bar.
const LABEL: usize = 5;

/// One bar.
struct Place {
    key: GroupKey,
    title: String,
    figures: Figures,
}

/// What is drawn.
#[derive(Default)]
pub struct Chart {
    title: &'static str,
    caption: String,
    labels: Vec<String>,
    places: Vec<Place>,
    range: (f64, f64),
    zoom: bool,
    fresh: bool,
}

impl Chart {
    /// The bars of what was read.
    pub fn of(t: &'static Texts, query: &SalesQuery, read: &SalesStatistics) -> Chart {
        let s = &t.statistics;
        let title = match query.grouping {
            Grouping::Day => s.daily,
            Grouping::Month => s.monthly,
            Grouping::Person => s.of_people,
            Grouping::Product => s.of_products,
            Grouping::Category => s.of_categories,
            Grouping::Customer => s.of_customers,
        };
        let by_time = matches!(query.grouping, Grouping::Day | Grouping::Month);
        let mut caption = String::new();
        let merged: Vec<SalesGroup>;
        let mut groups = read.groups.as_slice();
        if query.grouping == Grouping::Day && groups.len() > MOST_DAYS {
            merged = by_month(groups);
            groups = &merged;
            s.merged.clone_into(&mut caption);
        } else if !by_time && groups.len() > MOST_NAMES {
            groups = &groups[..MOST_NAMES];
            caption = fill(s.first_of, &[&MOST_NAMES]);
        }
        let places: Vec<Place> =
            groups.iter().map(|group| Place { key: group.key, title: super::table::name_of(t, group), figures: group.figures }).collect();
        let labels = groups.iter().map(|group| label(t, group)).collect();
        let nets = || places.iter().map(|place| yuan(place.figures.net()));
        let range = (nets().fold(0.0, f64::min), nets().fold(0.0, f64::max));
        let zoom = by_time && places.len() > 45;
        Chart { title, caption, labels, range, zoom, fresh: true, places }
    }

    /// Draws strip and bars; the group whose bar was clicked.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, room: Rect, read: Option<&SalesStatistics>) -> Option<GroupKey> {
        let t = &cx.t.statistics;
        let seen = cx.session.sees_amounts();
        paint::inside(ui, room, Layout::top_down(Align::Min), "sales chart", |ui| {
            bare_card(ui, |ui| {
                ui.set_min_height(room.height() - 2.0);
                ui.set_max_height(room.height() - 2.0);
                ui.spacing_mut().item_spacing.y = 0.0;
                strip_ui(ui, cx, read);
                paint::divider(ui);
                ui.add_space(6.0);
                let p = palette(ui);
                let margin = egui::Margin::symmetric(size::CARD_PADDING as i8, 0);
                egui::Frame::new()
                    .inner_margin(margin)
                    .show(ui, |ui| {
                        card_title(ui, self.title, &self.caption, |ui| {
                            if seen {
                                legend(ui, t.outstanding, p.chart_warn, Mark::Square);
                                legend(ui, t.paid, p.chart_bar, Mark::Square);
                            }
                        });
                        ui.add_space(8.0);
                        if seen { self.bars_ui(ui, cx) } else { None }
                    })
                    .inner
            })
        })
    }

    fn bars_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> Option<GroupKey> {
        let p = palette(ui);
        let t = &cx.t.statistics;
        let frame = Frame {
            name: self.title,
            height: PLOT,
            labels: &self.labels,
            range: self.range,
            bars: true,
            zoom: self.zoom,
            fresh: std::mem::take(&mut self.fresh),
        };
        let places = &self.places;
        let pointed = frame.show(ui, cx.lang, |plot, hovered| {
            let (mut paid, mut due) = (Vec::with_capacity(places.len()), Vec::new());
            for (at, place) in places.iter().enumerate() {
                let net = yuan(place.figures.net());
                // What is due stands on top, as far as there are net sales to show it on.
                let open = yuan(place.figures.amounts.unwrap_or_default().outstanding).clamp(0.0, net.max(0.0));
                let color = if hovered == Some(at) { p.chart } else { p.chart_bar };
                paid.push(Bar::new(at as f64, net - open).width(0.68).fill(color));
                if open > 0.0 {
                    due.push(Bar::new(at as f64, open).base_offset(net - open).width(0.68).fill(p.chart_warn));
                }
            }
            plot.bar_chart(BarChart::new(t.paid, paid).allow_hover(false));
            plot.bar_chart(BarChart::new(t.outstanding, due).allow_hover(false));
        });
        if let Some((place, _)) = pointed.hovered.and_then(|(at, foot)| self.places.get(at).map(|place| (place, foot))) {
            figures_card(ui, "sales", &pointed, &place.title, &lines(cx.t, &place.figures));
        }
        pointed.clicked.and_then(|at| self.places.get(at)).map(|place| place.key)
    }
}

/// Every figure of a group, for the card beside its bar.
fn lines(t: &'static Texts, figures: &Figures) -> Vec<(&'static str, String)> {
    let t = &t.statistics;
    let amounts = figures.amounts.unwrap_or_default();
    let mut lines = vec![(t.sales, amounts.net.yuan()), (t.paid, amounts.paid.yuan()), (t.outstanding, amounts.outstanding.yuan())];
    if !amounts.returned.is_zero() {
        lines.push((t.returned, amounts.returned.yuan()));
    }
    if let Some(margin) = figures.margin {
        lines.push((t.margin, margin.yuan()));
    }
    lines.push((t.orders, quantity(figures.orders)));
    lines
}

/// Days summed up by month: a chart of three thousand bars shows nothing.
fn by_month(days: &[SalesGroup]) -> Vec<SalesGroup> {
    let mut months: Vec<SalesGroup> = Vec::new();
    for day in days {
        let GroupKey::Day(date) = day.key else { continue };
        let name = date.to_string().get(..7).map(str::to_owned);
        match months.last_mut() {
            Some(month) if month.name == name => {
                let (sum, add) = (&mut month.figures, &day.figures);
                sum.orders += add.orders;
                sum.pieces += add.pieces;
                sum.margin = sum.margin.zip(add.margin).map(|(a, b)| plus(a, b));
                sum.amounts = sum.amounts.zip(add.amounts).map(|(mut a, b)| {
                    (a.net, a.returned) = (plus(a.net, b.net), plus(a.returned, b.returned));
                    (a.paid, a.outstanding) = (plus(a.paid, b.paid), plus(a.outstanding, b.outstanding));
                    a
                });
            }
            _ => {
                let first = crate::models::Day::parse(&format!("{}-01", name.clone().unwrap_or_default())).unwrap_or(date);
                months.push(SalesGroup { key: GroupKey::Month(first), name, ..day.clone() });
            }
        }
    }
    months
}

fn plus(a: Money, b: Money) -> Money {
    Money::sum_from_fen(a.fen().saturating_add(b.fen()))
}

/// Below the bar: `01-30`, `2026-01`, the beginning of a name.
fn label(t: &'static Texts, group: &SalesGroup) -> String {
    let name = group.name.clone().unwrap_or_else(|| t.statistics.uncategorised.to_owned());
    match group.key {
        GroupKey::Day(_) => name.get(5..).unwrap_or_default().to_owned(),
        GroupKey::Month(_) => name,
        _ => {
            let most = if name.is_ascii() { LABEL * 2 - 1 } else { LABEL };
            let short: String = name.chars().take(most).collect();
            if short.len() < name.len() { format!("{short}…") } else { short }
        }
    }
}

/// The sums, divided by lines; what does not fit is left out from the end of the less important.
fn strip_ui(ui: &mut Ui, cx: &Context<'_>, read: Option<&SalesStatistics>) {
    let t = &cx.t.statistics;
    let p = palette(ui);
    let (total, before) = read.map(|read| (read.total, read.before)).unwrap_or_default();
    let mut cells: Vec<(&str, String, egui::Color32, u8)> = Vec::new();
    if let Some(amounts) = total.amounts {
        let due = if amounts.outstanding.is_zero() { p.text } else { p.warn.fg };
        cells.push((t.sales, amounts.net.yuan(), p.text, 0));
        cells.push((t.paid, amounts.paid.yuan(), p.text, 2));
        cells.push((t.outstanding, amounts.outstanding.yuan(), due, 1));
        cells.push((t.returned, amounts.returned.yuan(), p.text, 5));
    }
    if let Some(margin) = total.margin {
        cells.push((t.margin, margin.yuan(), p.text, 4));
    }
    cells.push((t.orders, quantity(total.orders), p.text, 3));
    let mut trend = None;
    if total.amounts.is_some() && read.is_some() {
        let tenths = change(total.net(), before.net());
        let (text, color) = match tenths {
            Some(tenths) => (percent_change(tenths), if tenths < 0 { p.danger.fg } else { p.ok.fg }),
            None => ("—".to_owned(), p.text_2),
        };
        trend = tenths.map(|tenths| if tenths < 0 { icons::TREND_DOWN } else { icons::TREND_UP });
        cells.push((t.compared, text, color, 0));
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), STRIP), egui::Sense::hover());
    let font = theme::medium_font(18.0);
    let width = |text: &str, caption: &str| {
        let value = paint::line(ui, text, font.clone(), p.text, f32::INFINITY).size().x;
        value.max(paint::line(ui, caption, theme::font(size::TEXT_SMALL), p.text, f32::INFINITY).size().x) + 2.0 * size::CARD_PADDING
    };
    let icon_room = size::ICON + 6.0;
    let widths = |cells: &[(&str, String, egui::Color32, u8)]| -> Vec<f32> { cells.iter().map(|(name, value, ..)| width(value, name)).collect() };
    while cells.len() > 2 && widths(&cells).iter().sum::<f32>() + icon_room > rect.width() {
        let Some(least) = cells.iter().enumerate().max_by_key(|(_, cell)| cell.3).map(|(at, _)| at) else { break };
        cells.remove(least);
    }
    let widths = widths(&cells);
    let spare = ((rect.width() - icon_room - widths.iter().sum::<f32>()) / cells.len() as f32).max(0.0);
    let mut left = rect.left();
    let last = cells.len() - 1;
    for (at, ((name, value, color, _), wanted)) in cells.iter().zip(widths).enumerate() {
        let right = if at == last { rect.right() } else { (left + wanted + spare).round() };
        let part = Rect::from_x_y_ranges(left..=right, rect.y_range());
        if at > 0 {
            ui.painter().vline(left + 0.5, rect.y_range(), egui::Stroke::new(1.0, p.border));
        }
        let inner = part.shrink2(vec2(size::CARD_PADDING, 0.0));
        let caption = Rect::from_x_y_ranges(inner.x_range(), rect.top() + 10.0..=rect.top() + 28.0);
        let mut figure = Rect::from_x_y_ranges(inner.x_range(), rect.top() + 30.0..=rect.top() + 56.0);
        paint::text_left(ui, caption, name, theme::font(size::TEXT_SMALL), p.text_2);
        if let (Some(icon), true) = (trend, at == last) {
            paint::icon(ui.painter(), egui::pos2(figure.left() + 8.0, figure.center().y), icon, size::ICON, *color);
            figure.min.x += icon_room;
        }
        paint::text_left(ui, figure, value, font.clone(), *color);
        let response = ui.interact(part, ui.scope_id().with(("sum", at)), egui::Sense::hover());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Label, true, format!("{name} {value}")));
        if at == last && total.amounts.is_some() {
            let text = if trend.is_some() { fill(t.before, &[&before.net().yuan()]) } else { t.no_comparison.to_owned() };
            paint::tooltip(response, &text);
        }
        left = right;
    }
}

//! What the charts of the program share: the plain plot with its two axes, hovering with a figure card, bars with their share. No data of its own.

use egui::accesskit::Role;
use egui::{Align2, LayerId, Order, Popup, Pos2, Rangef, Rect, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};
use egui_plot::{AxisHints, GridMark, Plot, PlotPoint, PlotUi};

use crate::i18n::Lang;
use crate::models::Money;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::paint;

/// Room of one label below a chart.
const LABEL_ROOM: f32 = 56.0;
/// Height of the names below a chart.
const NAMES: f32 = 22.0;
/// Lines of the grid above the ground line, at most.
const LINES: f64 = 5.0;
/// With fewer bars than this there is room beside them.
const FEW: f64 = 8.0;
/// The bar of a share.
const BAR: f32 = 6.0;

/// A chart over places 0, 1, 2 …, with money upwards.
pub struct Frame<'a> {
    /// Accessible name, also of its state.
    pub name: &'a str,
    pub height: f32,
    /// Name below each place.
    pub labels: &'a [String],
    /// The lowest and the highest value, in yuan.
    pub range: (f64, f64),
    /// Bars stand on their place.
    pub bars: bool,
    /// The wheel with Ctrl zooms along the places, dragging moves, a double click shows everything.
    pub zoom: bool,
    /// Other data than before: everything is shown again.
    pub fresh: bool,
}

/// What the pointer is on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Pointed {
    /// A place and the point above it.
    pub hovered: Option<(usize, Pos2)>,
    pub clicked: Option<usize>,
    pub area: Option<Rect>,
}

/// An amount as the charts take it.
pub fn yuan(money: Money) -> f64 {
    money.to_real()
}

/// The distance of grid lines for a range: 1, 2 or 5 times a power of ten.
fn step(span: f64) -> f64 {
    let rough = (span / LINES).max(0.01);
    let power = 10_f64.powf(rough.log10().floor());
    let times = [1.0, 2.0, 5.0, 10.0].into_iter().find(|times| times * power >= rough * 0.999).unwrap_or(10.0);
    times * power
}

impl Frame<'_> {
    /// Draws the chart; `draw` adds what it shows and is given the place under the pointer.
    pub fn show<'p>(&'p self, ui: &mut Ui, lang: Lang, draw: impl FnOnce(&mut PlotUi<'p>, Option<usize>) + 'p) -> Pointed {
        let p = palette(ui);
        let count = self.labels.len();
        let step = step((self.range.1.max(0.0) - self.range.0.min(0.0)).max(1.0));
        let top = ((self.range.1.max(0.0) / step).ceil() * step).max(step);
        let bottom = (self.range.0.min(0.0) / step).floor() * step;
        // A few bars are no broader than many; the first label never touches the axis.
        let edge = if self.bars { 0.6_f64.max((FEW - count as f64) / 2.0) } else { 0.6 };
        let last = (count.saturating_sub(1)) as f64;
        let (left, right) = (-edge, last + edge);
        let every = ((count as f32 * LABEL_ROOM / ui.available_width().max(1.0)).ceil() as usize).max(1);
        let spacing = Rangef::new(1.0, 2.0);
        let font = theme::font(size::TEXT_SMALL);
        // The names of the places are painted below, clear of the axis.
        let x = AxisHints::new_x().formatter(|_, _| String::new()).min_thickness(NAMES);
        let y = AxisHints::new_y()
            .formatter(move |mark, _| lang.axis_amount(mark.value))
            .tick_label_font(font)
            .tick_label_color(p.text_2)
            .label_spacing(spacing)
            .min_thickness(44.0);
        let zoom = [self.zoom, false];
        let mut plot = Plot::new(("chart", self.name))
            .height(self.height)
            .custom_x_axes(vec![x])
            .custom_y_axes(vec![y])
            .show_background(false)
            .show_crosshair(false)
            .show_x(false)
            .show_y(false)
            .show_grid([false, true])
            .grid_color(p.grid)
            .grid_fade(0.0)
            .allow_scroll(false)
            .allow_boxed_zoom(false)
            .allow_axis_zoom_drag(false)
            .allow_zoom(zoom)
            .allow_drag(zoom)
            .allow_double_click_reset(self.zoom)
            .set_margin_fraction(vec2(0.0, 0.0))
            .default_x_bounds(left, right)
            .default_y_bounds(bottom, top + step * 0.04)
            .y_grid_spacer(move |_| {
                let lines = ((top - bottom) / step).round() as i64;
                (0..=lines).map(|line| GridMark { value: bottom + line as f64 * step, step_size: step }).collect()
            });
        if self.fresh || !self.zoom {
            plot = plot.reset();
        }
        let place = move |x: f64| {
            let at = x.round();
            (at >= 0.0 && at <= last && count > 0).then_some(at as usize)
        };
        let out = plot.show(ui, move |plot| {
            let at = plot.pointer_coordinate().filter(|_| plot.response().hovered()).and_then(|at| place(at.x));
            draw(plot, at);
        });
        let response = out.response;
        response.widget_info(|| WidgetInfo::labeled(Role::Figure, true, self.name));
        let seen = out.transform.bounds().range_x();
        let shown = ((seen.end() - seen.start()) / (right - left).max(1.0)).max(0.02);
        let every = ((every as f64 * shown).ceil() as usize).max(1);
        for (at, name) in self.labels.iter().enumerate().step_by(every).filter(|(at, _)| seen.contains(&(*at as f64))) {
            let x = out.transform.position_from_point(&PlotPoint::new(at as f64, 0.0)).x;
            let below = Rect::from_min_size(pos2(x, response.rect.bottom()), vec2(0.0, NAMES)).translate(vec2(0.0, 2.0));
            let name = paint::line(ui, name, theme::font(size::TEXT_SMALL), p.text_2, f32::INFINITY);
            paint::place(ui.painter(), below, Align2::CENTER_CENTER, name);
        }
        let at = |pointer: Option<Pos2>| pointer.and_then(|pointer| place(out.transform.value_from_position(pointer).x));
        // What a popup covers is not pointed at.
        let pointer = response.hover_pos().filter(|_| !Popup::is_any_open(ui));
        let hovered = at(pointer).map(|at| (at, out.transform.position_from_point(&PlotPoint::new(at as f64, 0.0))));
        let clicked = if response.clicked() { at(response.interact_pointer_pos()) } else { None };
        Pointed { hovered, clicked, area: Some(response.rect) }
    }
}

/// A card with figures beside the place the pointer is on.
pub fn figures_card(ui: &Ui, salt: &str, pointed: &Pointed, title: &str, figures: &[(&str, String)]) {
    let (Some((_, foot)), Some(area)) = (pointed.hovered, pointed.area) else { return };
    let p = palette(ui);
    let painter = ui.layer_painter(LayerId::new(Order::Tooltip, egui::Id::unique(("figures", salt))));
    let small = |text: &str, color| paint::line(ui, text, theme::font(size::TEXT_SMALL), color, 280.0);
    let title = small(title, p.text_2);
    let rows: Vec<_> = figures
        .iter()
        .map(|(name, value)| (small(name, p.text_2), paint::line(ui, value, theme::medium_font(size::TEXT_SMALL), p.text, 280.0)))
        .collect();
    let width = rows.iter().map(|(name, value)| name.size().x + value.size().x + 24.0).fold(title.size().x, f32::max) + 24.0;
    let card = vec2(width, 22.0 + 18.0 * rows.len() as f32 + 14.0);
    let left = if foot.x + 12.0 + card.x > ui.content_rect().right() - 8.0 { foot.x - 12.0 - card.x } else { foot.x + 12.0 };
    let top = (area.center().y - card.y / 2.0).clamp(8.0, (ui.content_rect().bottom() - card.y - 8.0).max(8.0));
    let rect = Rect::from_min_size(pos2(left.round(), top.round()), card);
    painter.add(theme::shadow(p).as_shape(rect, size::RADIUS));
    painter.rect(rect, size::RADIUS, p.popup, Stroke::new(1.0, p.border), StrokeKind::Inside);
    let inner = rect.shrink2(vec2(12.0, 8.0));
    let line = |at: usize| Rect::from_min_size(pos2(inner.left(), inner.top() + 20.0 + 18.0 * at as f32), vec2(inner.width(), 18.0));
    paint::place(&painter, Rect::from_min_size(inner.min, vec2(inner.width(), 18.0)), Align2::LEFT_CENTER, title);
    for (at, (name, value)) in rows.into_iter().enumerate() {
        paint::place(&painter, line(at), Align2::LEFT_CENTER, name);
        paint::place(&painter, line(at), Align2::RIGHT_CENTER, value);
    }
}

/// What stands for a series in a legend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Square,
    Line,
    Dashes,
}

/// A legend from the right inwards: a mark in a colour, and its name.
pub fn legend(ui: &mut Ui, name: &str, color: egui::Color32, mark: Mark) {
    let galley = paint::line(ui, name, theme::font(size::TEXT_SMALL), palette(ui).text_2, 160.0);
    let (rect, response) = ui.allocate_exact_size(vec2(galley.size().x + 18.0, 20.0), Sense::hover());
    let center = pos2(rect.left() + 6.0, rect.center().y);
    let part = |ui: &Ui, x: f32, wide: f32, high: f32, radius: u8| {
        ui.painter().rect_filled(Rect::from_center_size(center + vec2(x, 0.0), vec2(wide, high)), radius, color);
    };
    match mark {
        Mark::Square => part(ui, 0.0, 10.0, 10.0, 2),
        Mark::Line => part(ui, 0.0, 12.0, 2.0, 0),
        Mark::Dashes => [-5.0, 0.0, 5.0].into_iter().for_each(|x| part(ui, x, 3.0, 2.0, 0)),
    }
    paint::place(ui.painter(), rect, Align2::RIGHT_CENTER, galley);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, name));
}

/// A bar that is filled to a share between 0 and 1.
pub fn share_bar(ui: &Ui, rect: Rect, share: f32, color: egui::Color32) {
    let track = Rect::from_center_size(rect.center(), vec2(rect.width(), BAR));
    ui.painter().rect_filled(track, BAR / 2.0, palette(ui).track);
    let share = if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 };
    if share > 0.0 {
        let filled = track.with_max_x(track.left() + (track.width() * share).max(BAR));
        ui.painter().rect_filled(filled, BAR / 2.0, color);
    }
}

/// A change in tenths of a percent: `+15.4%`, `−3.0%`.
pub fn percent_change(tenths: i64) -> String {
    format!("{}{}.{}%", if tenths < 0 { "−" } else { "+" }, tenths.unsigned_abs() / 10, tenths.unsigned_abs() % 10)
}

//! Bars: progress of a job or a payment, and the stock bar with its threshold. Numbers stand beside them, never inside.

use egui::accesskit::Role;
use egui::{Rect, Response, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{Tone, palette, size};

/// A bar of 6 points; `done` from 0 to 1.
pub fn progress_bar(ui: &mut Ui, done: f32, width: f32) -> Response {
    bar(ui, done, width, 6.0)
}

/// A bar of 8 points, as of a payment.
pub fn payment_bar(ui: &mut Ui, done: f32) -> Response {
    bar(ui, done, ui.available_width(), 8.0)
}

fn bar(ui: &mut Ui, done: f32, width: f32, height: f32) -> Response {
    let p = palette(ui);
    let done = done.clamp(0.0, 1.0);
    let (rect, response) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    ui.painter().rect_filled(rect, size::RADIUS_SMALL, p.track);
    if done > 0.0 {
        let filled = rect.with_max_x(rect.left() + (rect.width() * done).max(height));
        ui.painter().rect_filled(filled, size::RADIUS_SMALL, p.chart);
    }
    response.widget_info(|| {
        let mut info = WidgetInfo::new(Role::ProgressIndicator);
        info.value = Some(f64::from(done) * 100.0);
        info
    });
    response
}

/// Stock against its threshold, 112 × 6: full at four times the threshold, a tick at the threshold.
/// `stock_bar(ui, product.stock, product.threshold)`; 0 is danger, at or below the threshold orange.
pub fn stock_bar(ui: &mut Ui, stock: i64, threshold: i64) -> Response {
    let p = palette(ui);
    let (room, response) = ui.allocate_exact_size(vec2(112.0, 16.0), Sense::hover());
    let rect = Rect::from_center_size(room.center(), vec2(112.0, 6.0));
    ui.painter().rect_filled(rect, 3.0, p.track);
    let full = (4 * threshold).max(1) as f32;
    let share = (stock.max(0) as f32 / full).min(1.0);
    if share > 0.0 {
        let color = match stock_tone(stock, threshold) {
            Some(tone) => p.tone(tone).fg,
            None => p.chart_bar,
        };
        ui.painter().rect_filled(rect.with_max_x(rect.left() + (rect.width() * share).max(6.0)), 3.0, color);
    }
    if threshold > 0 {
        let x = (rect.left() + rect.width() / 4.0).round() + 0.5;
        let tick = pos2(x, room.center().y);
        ui.painter().vline(x, tick.y - 7.0..=tick.y + 7.0, Stroke::new(1.0, p.text));
    }
    response
}

/// The tone of a stock: 缺货, 低库存, or none.
pub fn stock_tone(stock: i64, threshold: i64) -> Option<Tone> {
    match stock {
        stock if stock <= 0 => Some(Tone::Danger),
        stock if stock <= threshold => Some(Tone::Orange),
        _ => None,
    }
}

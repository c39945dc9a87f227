//! Chips: state with a dot, tag, VIP with crown, count badge. Which tone a state has is the page's.

use egui::accesskit::Role;
use egui::{Align2, Color32, Rect, Response, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2};

use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::paint;

const PADDING: f32 = 7.0;

/// The tag of a part of the window that stands on the selected ground.
pub const ON_SELECTED: &str = "on selected";

#[derive(Clone, Copy)]
enum Mark<'a> {
    None,
    Dot,
    Icon(&'a str),
}

/// A state: dot and text on its ground (`status_chip(ui, "待付款", Tone::Warn)`).
pub fn status_chip(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    toned(ui, text, tone, Mark::Dot)
}

/// A level or a kind without a dot (重要, 普通).
pub fn plain_chip(ui: &mut Ui, text: &str, tone: Tone) -> Response {
    toned(ui, text, tone, Mark::None)
}

/// A chip with an icon before its text.
pub fn icon_chip(ui: &mut Ui, icon: &str, text: &str, tone: Tone) -> Response {
    toned(ui, text, tone, Mark::Icon(icon))
}

/// VIP: gold, with the crown.
pub fn vip_chip(ui: &mut Ui, text: &str) -> Response {
    toned(ui, text, Tone::Gold, Mark::Icon(icons::CROWN))
}

/// The tones of tags; those of errors, warnings and what is over are not among them.
const TAG_TONES: [Tone; 6] = [Tone::Info, Tone::Violet, Tone::Ok, Tone::Orange, Tone::Gold, Tone::AccentSoft];

/// The tone of a tag: the same text always has the same (FNV-1a over its bytes).
pub fn tag_tone(text: &str) -> Tone {
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    TAG_TONES[((hash >> 32) % TAG_TONES.len() as u64) as usize]
}

/// A tag: outlined in the colours of its text's tone.
pub fn tag_chip(ui: &mut Ui, text: &str) -> Response {
    let colors = palette(ui).tone(tag_tone(text));
    let (rect, response) = allocate(ui, text, 0.0);
    ui.painter().rect(rect, size::RADIUS_SMALL, colors.bg, Stroke::new(1.0, colors.line), StrokeKind::Inside);
    let room = rect.shrink2(vec2(PADDING, 0.0));
    paint::text_left(ui, room, text, theme::font(size::TEXT_SMALL), colors.fg);
    response
}

/// A tag with ✕; the second value tells whether it was pressed. `remove` names the cross.
pub fn removable_tag(ui: &mut Ui, text: &str, remove: &str) -> (Response, bool) {
    let p = palette(ui);
    let colors = p.tone(tag_tone(text));
    let (rect, response) = allocate(ui, text, 18.0);
    ui.painter().rect(rect, size::RADIUS_SMALL, colors.bg, Stroke::new(1.0, colors.line), StrokeKind::Inside);
    let room = rect.shrink2(vec2(PADDING, 0.0)).with_max_x(rect.right() - 20.0);
    paint::text_left(ui, room, text, theme::font(size::TEXT_SMALL), colors.fg);
    let area = rect.with_min_x(rect.right() - 22.0);
    let cross = ui.interact(area, response.id.with("remove"), Sense::click());
    let color = if cross.hovered() { p.text } else { colors.fg };
    paint::icon(ui.painter(), area.center(), icons::X, size::ICON_TINY, color);
    if cross.has_focus() {
        paint::inner_ring(ui, area.shrink(1.0), size::RADIUS_SMALL);
    }
    cross.widget_info(|| WidgetInfo::labeled(Role::Button, true, remove));
    (response, cross.clicked())
}

/// A small count on a ground, as beside a navigation item; red where it warns.
pub fn count_badge(ui: &mut Ui, count: u64, tone: Tone) -> Response {
    let text = count.to_string();
    let colors = palette(ui).tone(tone);
    let galley = paint::line(ui, &text, theme::font(size::TEXT_SMALL), colors.fg, f32::INFINITY);
    let side = 18.0;
    let wanted = vec2((galley.size().x + 10.0).ceil().max(side), side);
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    ui.painter().rect_filled(rect, size::RADIUS_SMALL, colors.bg);
    paint::place(ui.painter(), rect, Align2::CENTER_CENTER, galley);
    response
}

/// Paints the round red count of the bell, centred on a point.
pub fn paint_alarm(ui: &Ui, center: egui::Pos2, count: u64) {
    let p = palette(ui);
    let text = if count > 99 { "99+".to_owned() } else { count.to_string() };
    let galley = paint::line(ui, &text, theme::medium_font(size::TEXT_BADGE), p.on_accent, f32::INFINITY);
    let wanted = vec2((galley.size().x + 8.0).max(16.0), 16.0);
    let rect = Rect::from_center_size(center, wanted);
    ui.painter().rect_filled(rect, size::RADIUS_LARGE, p.danger_fill);
    paint::place(ui.painter(), rect, Align2::CENTER_CENTER, galley);
}

/// How much room a chip takes; `dot` for one with a dot.
pub fn chip_size(ui: &Ui, text: &str, dot: bool) -> Vec2 {
    let galley = paint::line(ui, text, theme::font(size::TEXT_SMALL), Color32::PLACEHOLDER, f32::INFINITY);
    vec2((galley.size().x + 2.0 * PADDING + if dot { 11.0 } else { 0.0 }).ceil(), size::CHIP)
}

fn allocate(ui: &mut Ui, text: &str, extra: f32) -> (Rect, Response) {
    let mut wanted = chip_size(ui, text, false) + vec2(extra, 0.0);
    wanted.x = wanted.x.min(ui.available_width().max(32.0));
    let (rect, response) = ui.allocate_exact_size(wanted, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    (rect, response)
}

fn toned(ui: &mut Ui, text: &str, tone: Tone, mark: Mark<'_>) -> Response {
    let colors = palette(ui).tone(tone);
    let extra = match mark {
        Mark::None => 0.0,
        Mark::Dot => 11.0,
        Mark::Icon(_) => size::ICON_SMALL + 4.0,
    };
    let (rect, response) = allocate(ui, text, extra);
    let p = palette(ui);
    // On a selected row the chip of the same ground would be gone.
    let ground = if colors.bg == p.selected && ui.stack().iter().any(|level| level.info.tags.contains(ON_SELECTED)) { p.surface } else { colors.bg };
    ui.painter().rect_filled(rect, size::RADIUS_SMALL, ground);
    let mut room = rect.shrink2(vec2(PADDING, 0.0));
    match mark {
        Mark::None => {}
        Mark::Dot => {
            ui.painter().circle_filled(pos2(room.left() + 3.0, rect.center().y), 3.0, colors.fg);
        }
        Mark::Icon(icon) => {
            let center = pos2(room.left() + size::ICON_SMALL / 2.0, rect.center().y - 1.0);
            paint::icon(ui.painter(), center, icon, size::ICON_SMALL, colors.fg);
        }
    }
    room.min.x += extra;
    paint::text_left(ui, room, text, theme::font(size::TEXT_SMALL), colors.fg);
    response
}

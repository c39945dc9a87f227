//! Buttons: primary, secondary, ghost, danger, and the icon button. What a press does is the caller's.

use egui::accesskit::Role;
use egui::{Align2, Color32, CornerRadius, Response, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2, vec2};

use crate::ui::icons;
use crate::ui::theme::{self, Palette, palette, reach, size};
use crate::ui::widgets::keyhint::{self, CapColors};
use crate::ui::widgets::paint;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Primary,
    Secondary,
    Ghost,
    Danger,
}

/// A button. `Button::primary("保存").keys("Ctrl S").show(ui).clicked()`.
#[must_use = "call show(ui)"]
pub struct Button<'a> {
    text: &'a str,
    kind: Kind,
    icon: Option<&'a str>,
    keys: Option<&'a str>,
    height: f32,
    full_width: bool,
    danger_text: bool,
    enabled: bool,
    reason: &'a str,
    tooltip: &'a str,
    busy: Option<(bool, &'a str)>,
}

impl<'a> Button<'a> {
    fn new(kind: Kind, text: &'a str) -> Self {
        Button {
            text,
            kind,
            icon: None,
            keys: None,
            height: size::CONTROL,
            full_width: false,
            danger_text: false,
            enabled: true,
            reason: "",
            tooltip: "",
            busy: None,
        }
    }

    /// The one main action of a view.
    pub fn primary(text: &'a str) -> Self {
        Button::new(Kind::Primary, text)
    }

    /// Any other action, with an edge.
    pub fn secondary(text: &'a str) -> Self {
        Button::new(Kind::Secondary, text)
    }

    /// Without an edge: import, export, links in a bar.
    pub fn ghost(text: &'a str) -> Self {
        Button::new(Kind::Ghost, text)
    }

    /// Filled red; only inside a confirmation.
    pub fn danger(text: &'a str) -> Self {
        Button::new(Kind::Danger, text)
    }

    /// An icon of [`icons`] before the text.
    pub fn icon(mut self, icon: &'a str) -> Self {
        self.icon = Some(icon);
        self
    }

    /// The key that does the same, as a small cap: `"Ctrl N"`.
    pub fn keys(mut self, keys: &'a str) -> Self {
        self.keys = Some(keys);
        self
    }

    /// 28 high.
    pub fn small(mut self) -> Self {
        self.height = size::CONTROL_SMALL;
        self
    }

    /// 24 high, 12-point text.
    pub fn mini(mut self) -> Self {
        self.height = size::CONTROL_MINI;
        self
    }

    /// 40 high, as on the login page.
    pub fn large(mut self) -> Self {
        self.height = size::CONTROL_LARGE;
        self
    }

    /// 56 high, for the terminal.
    pub fn terminal(mut self) -> Self {
        self.height = size::TERMINAL_TARGET;
        self
    }

    /// As wide as there is room.
    pub fn full_width(mut self) -> Self {
        self.full_width = true;
        self
    }

    /// A secondary or ghost button with red text (取消订单, 不保存).
    pub fn danger_text(mut self) -> Self {
        self.danger_text = true;
        self
    }

    /// Greyed without a reason when false.
    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = self.enabled && enabled;
        self
    }

    /// Greyed, with the reason as tooltip.
    pub fn disabled_because(mut self, reason: &'a str) -> Self {
        self.enabled = false;
        self.reason = reason;
        self
    }

    /// Like [`Button::disabled_because`] where there is a reason.
    pub fn reason(self, reason: Option<&'a str>) -> Self {
        match reason {
            Some(reason) => self.disabled_because(reason),
            None => self,
        }
    }

    /// A tooltip while enabled.
    pub fn tooltip(mut self, text: &'a str) -> Self {
        self.tooltip = text;
        self
    }

    /// While `busy`: no clicks, a turning-ring icon and this text; the width stays the same either way.
    pub fn busy(mut self, busy: bool, text: &'a str) -> Self {
        self.busy = Some((busy, text));
        self
    }

    /// Draws it.
    pub fn show(self, ui: &mut Ui) -> Response {
        let p = palette(ui);
        let is_busy = matches!(self.busy, Some((true, _)));
        let enabled = self.enabled && !is_busy && ui.is_enabled();
        let (icon, text) = match self.busy {
            Some((true, busy_text)) => (Some(icons::CIRCLE_NOTCH), busy_text),
            _ => (self.icon, self.text),
        };
        let font = match self.height {
            h if h <= size::CONTROL_MINI => theme::font(size::TEXT_SMALL),
            h if h >= size::TERMINAL_TARGET => theme::medium_font(size::TEXT_SECTION),
            _ => theme::font(size::TEXT_BODY),
        };
        let padding = if self.height <= size::CONTROL_SMALL { 8.0 } else { size::CONTROL_PADDING };
        let icon_size = if self.height <= size::CONTROL_MINI { size::ICON_SMALL } else { size::ICON };
        let content = |icon: Option<&str>, text_width: f32| {
            let caps = self.keys.map_or(0.0, |keys| keyhint::cap_size(ui, keys).x + 8.0);
            icon.map_or(0.0, |_| icon_size + if text_width > 0.0 { 6.0 } else { 0.0 }) + text_width + caps
        };
        let width_of = |text: &str| paint::line(ui, text, font.clone(), Color32::PLACEHOLDER, f32::INFINITY).size().x;
        let rest = content(self.icon, width_of(self.text));
        let now = content(icon, width_of(text));
        let with_busy = self.busy.map_or(0.0, |(_, busy_text)| content(Some(icons::CIRCLE_NOTCH), width_of(busy_text)));
        let wanted = (rest.max(with_busy) + 2.0 * padding).ceil();
        let width = if self.full_width { ui.available_width() } else { wanted };

        let sense = if enabled { Sense::click() } else { Sense::hover() };
        let height = if self.height == size::CONTROL || self.height == size::CONTROL_SMALL { reach(ui, self.height) } else { self.height };
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), sense);
        let look = look(p, self.kind, self.danger_text, enabled || is_busy, &response);
        if ui.is_rect_visible(rect) {
            let radius = CornerRadius::same(if self.height <= size::CONTROL_MINI { 4 } else { size::RADIUS });
            ui.painter().rect(rect, radius, look.fill, Stroke::new(1.0, look.edge), StrokeKind::Inside);
            paint::ring_if_focused(ui, &response, size::RADIUS);
            let mut x = (rect.center().x - now / 2.0).round();
            if let Some(icon) = icon {
                paint::icon(ui.painter(), pos2(x + icon_size / 2.0, rect.center().y), icon, icon_size, look.text);
                x += icon_size + 6.0;
            }
            let room = rect.with_min_x(x).with_max_x(rect.right() - 4.0);
            let galley = paint::line(ui, text, font, look.text, room.width());
            let placed = paint::place(ui.painter(), room, Align2::LEFT_CENTER, galley);
            if let Some(keys) = self.keys {
                keyhint::paint_cap(ui, placed.right() + 8.0, rect.center().y, keys, look.cap);
            }
        }
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
        paint::tooltip(response, if enabled { self.tooltip } else { self.reason })
    }
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        self.show(ui)
    }
}

struct Look {
    fill: Color32,
    edge: Color32,
    text: Color32,
    cap: CapColors,
}

fn look(p: &Palette, kind: Kind, danger_text: bool, enabled: bool, response: &Response) -> Look {
    let plain_cap = |text| CapColors { text, edge: p.border, fill: Color32::TRANSPARENT };
    if !enabled {
        let (fill, edge) = match kind {
            Kind::Ghost => (Color32::TRANSPARENT, Color32::TRANSPARENT),
            _ => (p.disabled_bg, p.border),
        };
        return Look { fill, edge, text: p.disabled_fg, cap: plain_cap(p.disabled_fg) };
    }
    let pressed = response.is_pointer_button_down_on();
    let pick = |rest, hovered, down| match (pressed, response.hovered()) {
        (true, _) => down,
        (false, true) => hovered,
        (false, false) => rest,
    };
    let on_fill = CapColors { text: p.on_accent, edge: p.on_accent.gamma_multiply(0.5), fill: Color32::TRANSPARENT };
    let text = if danger_text { p.danger.fg } else { p.text };
    match kind {
        Kind::Primary => {
            let fill = pick(p.accent, p.accent_hover, p.accent_pressed);
            Look { fill, edge: fill, text: p.on_accent, cap: on_fill }
        }
        Kind::Danger => {
            let fill = pick(p.danger_fill, p.danger_hover, p.danger_pressed);
            Look { fill, edge: fill, text: p.on_accent, cap: on_fill }
        }
        Kind::Secondary => Look { fill: pick(p.surface, p.hover, p.pressed), edge: p.border_strong, text, cap: plain_cap(p.text_2) },
        Kind::Ghost => {
            let fill = pick(Color32::TRANSPARENT, p.hover, p.pressed);
            Look { fill, edge: Color32::TRANSPARENT, text, cap: plain_cap(p.text_2) }
        }
    }
}

/// A square button of one icon, 32 × 32; `name` is its tooltip and its accessible name.
pub fn icon_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    sized_icon_button(ui, icon, name, size::CONTROL, size::ICON)
}

/// A 24 × 24 icon button, as in table rows, toasts and tags.
pub fn mini_icon_button(ui: &mut Ui, icon: &str, name: &str) -> Response {
    sized_icon_button(ui, icon, name, size::CONTROL_MINI, size::ICON_SMALL)
}

fn sized_icon_button(ui: &mut Ui, icon: &str, name: &str, side: f32, icon_size: f32) -> Response {
    let p = palette(ui);
    let enabled = ui.is_enabled();
    let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::click());
    let look = look(p, Kind::Ghost, false, enabled, &response);
    ui.painter().rect_filled(rect, size::RADIUS, look.fill);
    let color = if enabled && !response.hovered() { p.text_2 } else { look.text };
    paint::icon(ui.painter(), rect.center(), icon, icon_size, color);
    paint::ring_if_focused(ui, &response, size::RADIUS);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    paint::tooltip(response, name)
}

/// A text that acts as a link (查看, 转为订单): accent text, underlined while hovered or focused.
pub fn link(ui: &mut Ui, text: &str) -> Response {
    sized_link(ui, text, size::TEXT_BODY)
}

/// A link of 12-point text.
pub fn small_link(ui: &mut Ui, text: &str) -> Response {
    sized_link(ui, text, size::TEXT_SMALL)
}

fn sized_link(ui: &mut Ui, text: &str, points: f32) -> Response {
    let p = palette(ui);
    let enabled = ui.is_enabled();
    let color = if enabled { p.accent_text } else { p.disabled_fg };
    let galley = paint::line(ui, text, theme::font(points), color, ui.available_width().max(24.0));
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::click());
    ui.painter().galley(rect.min, galley, color);
    if response.hovered() || response.has_focus() {
        ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, Stroke::new(1.0, color));
    }
    paint::ring_if_focused(ui, &response, size::RADIUS_SMALL);
    response.widget_info(|| WidgetInfo::labeled(Role::Link, enabled, text));
    response.on_hover_cursor(egui::CursorIcon::PointingHand)
}

//! Large targets for fingers (tokens §8): buttons of at least 56 points, with ctl edges, no hover-only information.

use egui::accesskit::Role;
use egui::{Align2, Color32, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::ui::theme::{self, palette, size, terminal};
use crate::ui::widgets::{keyhint, paint};

/// A large button being described.
pub struct Target<'a> {
    pub text: &'a str,
    pub icon: Option<&'a str>,
    /// A second line: what it will do, or why it cannot.
    pub more: &'a str,
    /// A key cap at the right.
    pub keys: &'a str,
    pub look: Look,
    pub enabled: bool,
    pub points: f32,
}

/// How a target is filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Look {
    /// Surface with an edge.
    Plain,
    /// Chosen among others.
    Chosen,
    /// Filled with a colour, white text.
    Filled(Color32),
    /// On the deep header: an edge only.
    Header,
}

impl<'a> Target<'a> {
    /// A plain target.
    pub fn new(text: &'a str) -> Target<'a> {
        Target { text, icon: None, more: "", keys: "", look: Look::Plain, enabled: true, points: terminal::TEXT }
    }

    pub fn icon(mut self, icon: &'a str) -> Self {
        self.icon = Some(icon);
        self
    }

    pub fn look(mut self, look: Look) -> Self {
        self.look = look;
        self
    }

    /// As large as digits on the keypad.
    pub fn large(mut self) -> Self {
        self.points = terminal::TEXT_LARGE;
        self
    }

    pub fn more(mut self, more: &'a str) -> Self {
        self.more = more;
        self
    }

    pub fn keys(mut self, keys: &'a str) -> Self {
        self.keys = keys;
        self
    }

    pub fn enabled(mut self, enabled: bool) -> Self {
        self.enabled = enabled;
        self
    }

    /// How wide it is by itself, on one line.
    pub fn width(&self, ui: &Ui) -> f32 {
        let text = paint::line(ui, self.text, theme::medium_font(self.points), Color32::PLACEHOLDER, f32::INFINITY).size().x;
        let icon = if self.icon.is_some() { self.points + 2.0 + terminal::GAP } else { 0.0 };
        (text + icon + 4.0 * terminal::GAP).max(terminal::TARGET).ceil()
    }

    /// Draws it; whether it was pressed.
    pub fn show(self, ui: &Ui, rect: Rect, salt: impl egui::AsIdSalt) -> Response {
        let p = palette(ui);
        let id: Id = ui.scope_id().with(salt);
        let response = ui.interact(rect, id, if self.enabled { Sense::click() } else { Sense::hover() });
        let pressed = response.is_pointer_button_down_on();
        let (fill, edge, color) = match (self.look, self.enabled) {
            (_, false) => (p.disabled_bg, p.border, p.disabled_fg),
            (Look::Plain, true) => (if pressed { p.pressed } else { p.surface }, p.border_ctl, p.text),
            (Look::Chosen, true) => (p.selected, p.accent, p.accent_text),
            (Look::Filled(color), true) => (color, color, theme::strip::ON),
            (Look::Header, true) => (Color32::TRANSPARENT, theme::mark::IDLE, p.on_accent),
        };
        ui.painter().rect(rect, size::RADIUS_LARGE, fill, Stroke::new(1.0, edge), StrokeKind::Inside);
        let inner = rect.shrink2(vec2(terminal::GAP, 0.0));
        let medium = theme::medium_font(self.points);
        let galley = paint::line(ui, self.text, medium, color, inner.width());
        let icon_side = if self.more.is_empty() { self.points + 2.0 } else { terminal::ICON };
        let two_lines = !self.more.is_empty();
        let gap = if self.text.is_empty() { 0.0 } else { terminal::GAP };
        let icon_room = if self.icon.is_some() { icon_side + gap } else { 0.0 };
        let left = if two_lines { inner.left() + terminal::GAP } else { rect.center().x - (galley.size().x + icon_room) / 2.0 };
        // The two lines fit the smallest target too.
        let (up, down) = if rect.height() < terminal::SCAN { (11.0, 14.0) } else { (14.0, 18.0) };
        let top = if two_lines { rect.center().y - up } else { rect.center().y };
        if let Some(icon) = self.icon {
            paint::icon(ui.painter(), pos2(left + icon_side / 2.0, rect.center().y), icon, icon_side, color);
        }
        let text_left = left + icon_room;
        let row = Rect::from_center_size(pos2(inner.center().x, top), vec2(inner.width(), self.points + 8.0)).with_min_x(text_left);
        if !self.text.is_empty() {
            paint::place(ui.painter(), row, Align2::LEFT_CENTER, galley);
        }
        if two_lines {
            let more = if self.enabled { color } else { p.danger.fg };
            let row = Rect::from_center_size(pos2(inner.center().x, rect.center().y + down), vec2(inner.width(), 22.0)).with_min_x(text_left);
            paint::text_left(ui, row, self.more, theme::font(terminal::TEXT_SMALL), more);
        }
        if !self.keys.is_empty() {
            let cap = keyhint::cap_size(ui, self.keys);
            let colors = keyhint::CapColors { text: color, edge: color, fill: Color32::TRANSPARENT };
            keyhint::paint_cap(ui, rect.right() - terminal::GAP * 2.0 - cap.x, rect.center().y, self.keys, colors);
        }
        paint::ring_if_focused(ui, &response, size::RADIUS_LARGE);
        let name = if two_lines { format!("{} {}", self.text, self.more) } else { self.text.to_owned() };
        let chosen = self.look == Look::Chosen;
        response.widget_info(|| WidgetInfo::selected(Role::Button, self.enabled, chosen, &name));
        response
    }
}

/// A text in its place, also for screen readers.
pub fn text(ui: &Ui, rect: Rect, shown: &str, points: f32, color: Color32, align: Align2) -> Rect {
    let galley = paint::line(ui, shown, theme::medium_font(points), color, rect.width());
    let placed = paint::place(ui.painter(), rect, align, galley);
    let response = ui.interact(placed, ui.scope_id().with(("text", shown, rect.min.x as i32, rect.min.y as i32)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, shown));
    placed
}

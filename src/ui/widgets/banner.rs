//! Banners at the top of a page or a dialog: title, sentence, button. Toasts stand in `toast`.

use egui::{Frame, Margin, Stroke, Ui};

use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::button::{Button, mini_icon_button};

/// A banner being described; `tone` is `Danger`, `Warn`, `Info` or `Ok`.
#[derive(Clone, Copy, Debug)]
pub struct Banner<'a> {
    pub tone: Tone,
    pub title: &'a str,
    pub body: &'a str,
    /// Text and icon of the button.
    pub button: Option<(&'a str, Option<&'a str>)>,
    /// The name of ✕ where it may be closed.
    pub close: Option<&'a str>,
}

/// What was pressed.
#[derive(Clone, Copy, Debug, Default)]
pub struct BannerResponse {
    pub action: bool,
    pub closed: bool,
}

impl<'a> Banner<'a> {
    /// A banner without button.
    pub fn new(tone: Tone, title: &'a str, body: &'a str) -> Self {
        Banner { tone, title, body, button: None, close: None }
    }

    /// With a button (立即备份), with an icon (重试).
    pub fn button(mut self, text: &'a str, icon: Option<&'a str>) -> Self {
        self.button = Some((text, icon));
        self
    }

    /// With ✕.
    pub fn close(mut self, name: &'a str) -> Self {
        self.close = Some(name);
        self
    }
}

/// The icon of a tone.
pub fn tone_icon(tone: Tone) -> &'static str {
    match tone {
        Tone::Danger => icons::WARNING_CIRCLE,
        Tone::Warn | Tone::Orange | Tone::Gold => icons::WARNING,
        Tone::Ok => icons::CHECK_CIRCLE,
        Tone::Info | Tone::Violet | Tone::Mute | Tone::AccentSoft => icons::INFO,
    }
}

/// Draws a banner as wide as there is room.
pub fn banner_ui(ui: &mut Ui, banner: &Banner<'_>) -> BannerResponse {
    let p = palette(ui);
    let colors = p.tone(banner.tone);
    let mut out = BannerResponse::default();
    let frame = Frame::new().fill(colors.bg).stroke(Stroke::new(1.0, colors.line)).corner_radius(size::RADIUS).inner_margin(Margin {
        left: 13,
        right: 11,
        top: 9,
        bottom: 9,
    });
    frame.show(ui, |ui| {
        let width = ui.available_width();
        ui.set_width(width);
        let height = if banner.body.is_empty() { size::CONTROL_MINI } else { 0.0 };
        let layout = egui::Layout::right_to_left(egui::Align::Min);
        ui.allocate_ui_with_layout(egui::vec2(width, height), layout, |ui| {
            if let Some(name) = banner.close {
                out.closed = mini_icon_button(ui, icons::X, name).clicked();
            }
            if let Some((text, icon)) = banner.button {
                let button = Button::secondary(text).small();
                out.action = icon.into_iter().fold(button, Button::icon).show(ui).clicked();
            }
            let line = if banner.body.is_empty() { egui::Align::Center } else { egui::Align::Min };
            ui.with_layout(egui::Layout::left_to_right(line), |ui| {
                ui.spacing_mut().item_spacing.x = 11.0;
                ui.label(theme::icon(tone_icon(banner.tone), size::ICON_NAV).color(colors.fg));
                let title = egui::Label::new(theme::body_medium(banner.title).color(colors.fg)).wrap();
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 3.0;
                    if banner.body.is_empty() {
                        // In the middle of the button's height, as long as it is one line.
                        let line = ui.text_style_height(&egui::TextStyle::Body);
                        ui.add_space(((size::CONTROL_MINI - line) / 2.0).max(0.0));
                    }
                    ui.add(title);
                    if !banner.body.is_empty() {
                        ui.label(egui::RichText::new(banner.body).color(p.text_2));
                    }
                });
            });
        });
    });
    out
}

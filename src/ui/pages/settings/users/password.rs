//! A one-time password, shown this once: it is in no file, and gone when the dialog closes.

use egui::{Frame, Margin, RichText, Stroke, Ui};

use crate::i18n::fill;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};

/// Whose password it is.
pub struct OneTime {
    pub full_name: String,
    pub username: String,
    pub password: String,
}

impl OneTime {
    /// Draws the dialog; true once it was noted.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.users;
        let opened = just_opened(ui, "one-time password");
        let mut copied = false;
        let shown = dialog_ui(ui, "one-time password", size::DIALOG_WIDTH, |ui| {
            let mut closed = title_row(ui, t.password_title, "", cx.t.common.close);
            let p = palette(ui);
            ui.label(theme::secondary(p, fill(t.password_of, &[&self.full_name, &self.username])));
            ui.add_space(size::FIELD_GAP);
            let frame = Frame::new().fill(p.sunken).stroke(Stroke::new(1.0, p.border)).corner_radius(size::RADIUS);
            frame.inner_margin(Margin::symmetric(16, 12)).show(ui, |ui| {
                ui.set_width(ui.available_width());
                ui.vertical_centered(|ui| ui.label(RichText::new(&self.password).font(egui::FontId::monospace(size::TEXT_KPI))));
            });
            ui.add_space(size::FIELD_GAP);
            banner_ui(ui, &Banner::new(Tone::Warn, t.password_once, ""));
            button_row(ui, |ui| {
                closed |= Button::primary(t.noted).show(ui).clicked();
                let copy = Button::secondary(t.copy).icon(icons::COPY).show(ui);
                if opened {
                    copy.request_focus();
                }
                if copy.clicked() {
                    ui.copy_text(self.password.clone());
                    copied = true;
                }
            });
            closed
        });
        if copied {
            cx.done(t.copied, None);
        }
        shown.inner || shown.closed
    }
}

//! 导出 on the list pages: the button of the head, Ctrl E, and the dialog that asks for the file; the rows are the list's as it is filtered.

use egui::Ui;

use crate::i18n::fill;
use crate::models::export::{Export, ExportKind};
use crate::models::money::grouped;
use crate::services::reports;
use crate::ui::context::Context;
use crate::ui::export_target::{ExportTarget, why_not};
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};

/// With less room beside the title, in a head of many buttons, the button does without its key.
const ROOMY: f32 = 280.0;

/// The button of a list's head; true where it or Ctrl E was pressed.
pub fn export_button(ui: &mut Ui, cx: &Context<'_>, kind: ExportKind) -> bool {
    let why = why_not(cx, kind);
    let button = Button::ghost(cx.t.exports.export).icon(icons::DOWNLOAD_SIMPLE).reason(why.as_deref());
    let button = if ui.available_width() < ROOMY { button } else { button.keys(Shortcut::Export.keys()) };
    let pressed = button.show(ui).clicked();
    (pressed || Shortcut::Export.pressed(ui)) && why.is_none()
}

/// The dialog of a page, while it is open.
#[derive(Default)]
pub struct ExportDialog(Option<Open>);

struct Open {
    export: Export,
    rows: u64,
    target: ExportTarget,
}

impl ExportDialog {
    /// Opens it for these rows.
    pub fn open(&mut self, cx: &mut Context<'_>, export: Export) {
        match reports::count(cx.desk, &export) {
            Ok(rows) => self.0 = Some(Open { target: ExportTarget::new(cx, export.kind()), rows, export }),
            Err(error) => cx.report(&error),
        }
    }

    /// Draws the dialog; true where it was closed in this frame.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        let Some(open) = &mut self.0 else { return false };
        let shown = dialog_ui(ui, "export", size::FORM_WIDTH, |ui| open.body_ui(ui, cx));
        let closed = shown.inner || shown.closed;
        if closed {
            self.0 = None;
            ui.request_repaint();
        }
        closed
    }
}

impl Open {
    /// True where it is done with.
    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.exports;
        let opened = just_opened(ui, "export fields");
        let name = cx.lang.export_kind(self.export.kind());
        let mut closed = title_row(ui, &fill(t.dialog_title, &[&name]), "", cx.t.common.close);
        let mut wanted = self.target.ui(ui, cx, "export dialog", opened);
        let text = if self.rows == 0 { t.no_rows.to_owned() } else { fill(t.row_count, &[&grouped(self.rows)]) };
        ui.label(theme::secondary(palette(ui), text));
        button_row(ui, |ui| {
            wanted |= Button::primary(self.target.act(cx)).icon(icons::DOWNLOAD_SIMPLE).keys("Enter").show(ui).clicked();
            wanted |= Shortcut::Save.pressed_in_dialog(ui);
            self.target.browse_ui(ui, cx);
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        closed || (wanted && self.target.start(cx, self.export.clone()))
    }
}

//! The dialog in which one changes the own picture.

use egui::Ui;

use crate::models::picture::PictureName;
use crate::services::pictures;
use crate::ui::context::Context;
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::picture_field::PictureField;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, title_row};

/// The dialog's state.
pub struct AvatarDialog {
    form: Form<Option<PictureName>>,
    field: PictureField,
}

impl AvatarDialog {
    /// Opens on the picture as it is.
    pub fn new(cx: &Context<'_>) -> AvatarDialog {
        AvatarDialog { form: Form::new(cx.avatar.cloned()), field: PictureField::focused() }
    }

    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        let t = cx.t;
        if self.field.lets_save(cx, &mut self.form.draft) {
            self.form.save(ui);
        }
        let shown = dialog_ui(ui, "avatar", size::FORM_WIDTH, |ui| {
            let mut closed = title_row(ui, t.pictures.change_avatar, &cx.session.full_name, t.common.close);
            if let Some(error) = &self.form.failure {
                banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
                ui.add_space(size::FIELD_GAP);
            }
            self.field.ui(ui, cx, t.pictures.picture, icons::USER, &mut self.form.draft);
            let saving = self.is_saving();
            button_row(ui, |ui| {
                let save = Button::primary(t.common.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys()).busy(saving, t.shell.waiting);
                if (save.show(ui).clicked() || Shortcut::Save.pressed_in_dialog(ui)) && !saving {
                    self.field.before_save();
                    ui.request_repaint();
                }
                closed |= Button::secondary(t.common.cancel).keys("Esc").show(ui).clicked();
            });
            closed
        });
        if self.form.attempt(ui, cx, |desk, picture| pictures::set_avatar(desk, picture.as_ref())).is_some() {
            cx.done(t.pictures.avatar_saved, None);
            return true;
        }
        (shown.inner || shown.closed) && !self.is_saving()
    }

    fn is_saving(&self) -> bool {
        self.form.is_saving() || self.field.is_saving()
    }
}

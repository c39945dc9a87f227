//! 移交: one or several customers go to another person, or to nobody.

use egui::Ui;

use crate::i18n::fill;
use crate::models::user::Colleague;
use crate::models::{CustomerId, Field, UserId};
use crate::services::customers;
use crate::ui::context::Context;
use crate::ui::form::Form;
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::select::{SelectOptions, select};

/// The dialog's state.
pub struct HandOver {
    customers: Vec<CustomerId>,
    form: Form<Option<UserId>>,
}

impl HandOver {
    pub fn new(customers: Vec<CustomerId>) -> HandOver {
        HandOver { customers, form: Form::new(None) }
    }

    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>, colleagues: &[Colleague]) -> bool {
        let t = &cx.t.customers;
        let count = self.customers.len();
        let opened = just_opened(ui, "hand over");
        let error = self.form.error(cx, Field::Owner);
        let saving = self.form.is_saving();
        let shown = dialog_ui(ui, "hand over", size::DIALOG_WIDTH, |ui| {
            let mut closed = title_row(ui, &fill(t.hand_over_title, &[&count]), "", cx.t.common.close);
            if let Some(error) = &self.form.failure {
                banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
                ui.add_space(size::FIELD_GAP);
            }
            let mut people: Vec<(Option<UserId>, &str)> = vec![(None, t.unassigned)];
            people.extend(colleagues.iter().map(|person| (Some(person.id), person.full_name.as_str())));
            FieldUi::new(t.owner).error(error.as_deref()).show(ui, |ui| {
                let owner = select(ui, "new owner", &mut self.form.draft, &people, SelectOptions::default());
                if opened {
                    owner.request_focus();
                }
            });
            ui.label(theme::caption(palette(ui), t.hand_over_more));
            button_row(ui, |ui| {
                let act = Button::primary(t.hand_over_act).icon(icons::USER_SWITCH).keys(Shortcut::Save.keys()).busy(saving, cx.t.shell.waiting);
                if act.show(ui).clicked() || Shortcut::Save.pressed_in_dialog(ui) {
                    self.form.save(ui);
                }
                closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
            });
            closed
        });
        let chosen = &self.customers;
        if let Some(changed) = self.form.attempt(ui, cx, |desk, owner| customers::assign(desk, chosen, *owner)) {
            cx.done(fill(t.handed_over, &[&changed]), None);
            return true;
        }
        (shown.inner || shown.closed) && !self.form.is_saving()
    }
}

//! The dialog that hands the ticked customers over to a colleague, or to nobody.

use egui::Ui;

use crate::i18n::fill;
use crate::models::user::Colleague;
use crate::models::{CustomerId, Error, UserId};
use crate::services::customers;
use crate::ui::context::Context;
use crate::ui::form::Act;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::select::{SelectOptions, select_index};

/// The dialog's state.
pub struct Handover {
    ids: Vec<CustomerId>,
    /// The chosen owner; the inner none is nobody.
    owner: Option<Option<UserId>>,
    failure: Option<Error>,
    act: Act,
}

/// How it ended.
pub enum Outcome {
    Closed,
    /// Handed over, in words.
    Done(String),
}

impl Handover {
    /// Asks for these customers.
    pub fn new(ids: Vec<CustomerId>) -> Handover {
        Handover { ids, owner: None, failure: None, act: Act::default() }
    }

    /// Draws the dialog; the outcome once it is over.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, colleagues: &[Colleague]) -> Option<Outcome> {
        let t = &cx.t.customers;
        let mut choices: Vec<(Option<UserId>, &str)> = vec![(None, t.unassigned)];
        choices.extend(colleagues.iter().map(|colleague| (Some(colleague.id), colleague.full_name.as_str())));
        if let Some(owner) = self.owner
            && let Some(outcome) = self.act.attempt(ui, cx, |desk| customers::assign(desk, &self.ids, owner))
        {
            ui.request_repaint();
            let name = choices.iter().find(|(id, _)| *id == owner).map(|(_, name)| *name).unwrap_or_default();
            match outcome {
                Ok(0) => return Some(Outcome::Done(fill(t.handed_over_none, &[&name]))),
                Ok(count) if owner.is_none() => return Some(Outcome::Done(fill(t.set_free, &[&count]))),
                Ok(count) => return Some(Outcome::Done(fill(t.handed_over, &[&count, &name]))),
                Err(error) => self.failure = Some(error),
            }
        }
        let shown = dialog_ui(ui, "hand over", size::DIALOG_WIDTH, |ui| self.body_ui(ui, cx, &choices));
        ((shown.inner || shown.closed) && !self.act.is_running()).then_some(Outcome::Closed)
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, choices: &[(Option<UserId>, &str)]) -> bool {
        let t = &cx.t.customers;
        let opened = just_opened(ui, "hand over");
        let mut closed = title_row(ui, &fill(t.hand_over_title, &[&self.ids.len()]), "", cx.t.common.close);
        if let Some(error) = &self.failure {
            let sentence = cx.lang.sentence(error);
            banner_ui(ui, &Banner::new(Tone::Danger, &sentence, ""));
            ui.add_space(size::FIELD_GAP);
        }
        ui.label(theme::secondary(palette(ui), t.hand_over_body));
        ui.add_space(size::FIELD_GAP);
        let names: Vec<&str> = choices.iter().map(|(_, name)| *name).collect();
        let mut index = self.owner.and_then(|owner| choices.iter().position(|(id, _)| *id == owner));
        let chosen = Field::new(t.new_owner)
            .show(ui, |ui| select_index(ui, "hand over to", &mut index, &names, t.choose_owner, SelectOptions::default()))
            .inner;
        if opened {
            chosen.request_focus();
        }
        self.owner = index.and_then(|index| choices.get(index)).map(|(id, _)| *id);
        let running = self.act.is_running();
        button_row(ui, |ui| {
            let text = fill(t.hand_over_act, &[&self.ids.len()]);
            let why = self.owner.is_none().then_some(t.choose_owner_first);
            let act = Button::primary(&text).keys("Enter").reason(why).busy(running, t.saving).show(ui);
            if chosen.changed() {
                // Chosen: the next Enter hands over.
                act.request_focus();
            }
            if act.clicked() && self.owner.is_some() {
                self.failure = None;
                self.act.start(ui);
                ui.request_repaint();
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        closed
    }
}

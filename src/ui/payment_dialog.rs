//! 收款 and 退款 of an order (picture 10, 15): the dialog of the order's page and of the payments page. Also how a way of payment is chosen.

use egui::{Align, Key, Layout, Modifiers, Popup, Response, Ui};

use crate::i18n::fill;
use crate::models::order::Order;
use crate::models::payment::{NewPayment, PaymentDraft};
use crate::models::product::parse_money;
use crate::models::{Field, Money};
use crate::services::{Desk, payments};
use crate::ui::context::Context;
use crate::ui::form::Form;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::date::date_input;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, money_input, select_all, text_input};
use crate::ui::widgets::segment::{form_segments, segments_width};
use crate::ui::widgets::select::{SelectOptions, select_index};

/// The dialog's state.
pub struct PaymentDialog {
    form: Form<PaymentDraft>,
    refund: bool,
    /// What was paid when the dialog opened, or when it last said that something moved.
    paid_before: Money,
}

impl PaymentDialog {
    /// 收款 with the rest filled in.
    pub fn pay(cx: &Context<'_>, order: &Order) -> PaymentDialog {
        let amounts = order.amounts.unwrap_or_default();
        let form = Form::new(PaymentDraft::new(amounts.outstanding(), first_method(cx), cx.today));
        PaymentDialog { form, refund: false, paid_before: amounts.paid }
    }

    /// 退款 with all that was paid filled in.
    pub fn refund(cx: &Context<'_>, order: &Order) -> PaymentDialog {
        let paid = order.amounts.unwrap_or_default().paid;
        PaymentDialog { form: Form::new(PaymentDraft::new(paid, first_method(cx), cx.today)), refund: true, paid_before: paid }
    }

    /// Draws the dialog over the order as it stands now; true once it is done with. `link`: the notice leads to the order.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, order: &Order, link: bool) -> bool {
        let t = &cx.t.orders;
        let refund = self.refund;
        let shown = dialog_ui(ui, "payment", size::FORM_WIDTH, |ui| self.body_ui(ui, cx, order));
        let id = order.id;
        let paid_before = Some(self.paid_before);
        let book = |desk: &mut Desk, draft: &PaymentDraft| {
            let new = NewPayment { paid_before, ..draft.parse(id)? };
            if refund {
                payments::refund(desk, &new)?
            } else {
                payments::create(desk, &new)?
            };
            Ok(new.amount)
        };
        if let Some(amount) = self.form.attempt(ui, cx, book) {
            let toast = if refund { t.refunded_toast } else { t.paid_toast };
            cx.done(fill(toast, &[&order.order_no, &amount.yuan()]), link.then_some(Route::Order(id)));
            return true;
        }
        if self.form.failure.is_some() && !self.form.is_saving() {
            // It said so: what is shown now counts from here on.
            self.paid_before = order.amounts.unwrap_or_default().paid;
        }
        (shown.inner || shown.closed) && !self.form.is_saving()
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, order: &Order) -> bool {
        let t = &cx.t.orders;
        let p = palette(ui);
        let refund = self.refund;
        let amounts = order.amounts.unwrap_or_default();
        let opened = just_opened(ui, "payment opened");
        let errors = [Field::Amount, Field::PaymentDay, Field::Method, Field::Notes].map(|field| self.form.error(cx, field));
        let wrong_amount = self.form.takes_focus(Field::Amount);
        let saving = self.form.is_saving();
        let form = &mut self.form;
        let mut closed = title_row(ui, if refund { t.refund_title } else { t.pay_title }, &order.order_no, cx.t.common.close);
        let frame = egui::Frame::new().fill(p.sunken).stroke(egui::Stroke::new(1.0, p.border)).corner_radius(size::RADIUS);
        frame.inner_margin(egui::Margin::symmetric(12, 8)).show(ui, |ui| {
            ui.horizontal(|ui| {
                ui.label(theme::secondary(p, fill(t.pay_facts, &[&amounts.net().yuan(), &amounts.paid.yuan()])));
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(theme::body_medium(fill(t.still_due, &[&amounts.outstanding().yuan()])));
                });
            });
        });
        ui.add_space(12.0);
        if let Some(error) = &form.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(12.0);
        }
        let half = (ui.available_width() - size::FIELD_GAP) / 2.0;
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = size::FIELD_GAP;
            let label = if refund { t.refund_amount } else { t.amount };
            let field = FieldUi::new(label).required(true).width(half).error(errors[0].as_deref()).hint(if refund { "" } else { t.amount_hint });
            field.show(ui, |ui| {
                let response = money_input(ui, "amount", &mut form.draft.amount, InputOptions::default());
                if opened || wrong_amount {
                    response.request_focus();
                    select_all(ui, response.id, &form.draft.amount);
                }
            });
            FieldUi::new(t.pay_day).width(half).error(errors[1].as_deref()).show(ui, |ui| {
                date_input(ui, cx.t, "day", &mut form.draft.day, cx.today.0, InputOptions::default());
            });
        });
        FieldUi::new(t.method).error(errors[2].as_deref()).show(ui, |ui| method_ui(ui, cx, &mut form.draft.method));
        FieldUi::new(t.notes).error(errors[3].as_deref()).show(ui, |ui| text_input(ui, "notes", &mut form.draft.notes, InputOptions::default()));
        let amount = parse_money(&form.draft.amount).unwrap_or_default().yuan();
        let text = fill(if refund { t.confirm_refund } else { t.confirm_pay }, &[&amount]);
        button_row(ui, |ui| {
            let button = if refund { Button::danger(&text) } else { Button::primary(&text).keys("Enter") };
            let mut pressed = button.busy(saving, cx.t.shell.waiting).show(ui).clicked();
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
            // Money out: Enter in a field does no harm, only on its button. Money in: wherever Enter is no other control's.
            let free = !refund && !closed && !Popup::is_any_open(ui);
            pressed |= free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
            pressed |= Shortcut::Save.pressed_in_dialog(ui);
            if pressed {
                form.save(ui);
            }
        });
        closed
    }
}

/// The way of payment that stands there at first.
pub fn first_method<'a>(cx: &Context<'a>) -> &'a str {
    cx.config.payment_methods.first().map_or("", String::as_str)
}

/// Chooses one of the configured ways of payment: side by side where they fit, else a select.
pub fn method_ui(ui: &mut Ui, cx: &Context<'_>, value: &mut String) -> Response {
    let methods = &cx.config.payment_methods;
    let names: Vec<&str> = methods.iter().map(|method| cx.lang.word(method)).collect();
    let mut chosen = methods.iter().position(|method| method == value);
    let choices: Vec<(Option<usize>, &str)> = names.iter().enumerate().map(|(at, name)| (Some(at), *name)).collect();
    let response = if methods.len() <= 6 && segments_width(ui, &choices) <= ui.available_width() {
        form_segments(ui, "method", &mut chosen, &choices)
    } else {
        select_index(ui, "method", &mut chosen, &names, "", SelectOptions::default())
    };
    if response.changed()
        && let Some(method) = chosen.and_then(|at| methods.get(at))
    {
        value.clone_from(method);
    }
    response
}

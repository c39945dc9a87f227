//! The dialogs of an order's page: shipping, completing, cancelling, notes. Each names its effect in figures. Payment and return
//! stand in files of their own.

use egui::Ui;

use super::returning::ReturnDialog;
use crate::i18n::fill;
use crate::models::choice::StockState;
use crate::models::money::quantity;
use crate::models::order::{CancelConfirmation, OrderDetail, OrderEdit, ShipConfirmation};
use crate::models::{Error, Field};
use crate::services::orders;
use crate::ui::context::Context;
use crate::ui::form::{Act, Form};
use crate::ui::icons;
use crate::ui::payment_dialog::PaymentDialog;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{Choice, Confirm, button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, multiline_input};

/// The dialog that is open.
pub enum Dialog {
    Payment(PaymentDialog),
    Return(ReturnDialog),
    Ship {
        confirm: Confirm,
        confirmed: ShipConfirmation,
        act: Act,
    },
    Complete {
        confirm: Confirm,
        act: Act,
    },
    Cancel {
        confirm: Confirm,
        confirmed: CancelConfirmation,
        act: Act,
    },
    /// With the version the notes were read at.
    Notes(Form<String>, i64),
}

impl Dialog {
    /// 收款 with the rest filled in.
    pub fn pay(cx: &Context<'_>, detail: &OrderDetail) -> Dialog {
        Dialog::Payment(PaymentDialog::pay(cx, &detail.order))
    }

    /// 退款 with all that was paid filled in.
    pub fn refund(cx: &Context<'_>, detail: &OrderDetail) -> Dialog {
        Dialog::Payment(PaymentDialog::refund(cx, &detail.order))
    }

    /// 退货.
    pub fn give_back(cx: &Context<'_>, detail: &OrderDetail) -> Dialog {
        Dialog::Return(ReturnDialog::new(cx, detail))
    }

    /// 发货; names the unpaid sum where there is one.
    pub fn ship(cx: &Context<'_>, detail: &OrderDetail) -> Dialog {
        let t = &cx.t.orders;
        let order = &detail.order;
        let pieces: i64 = detail.items.iter().map(|item| item.quantity).sum();
        let unpaid = order.amounts.filter(|_| order.unpaid).map(|amounts| amounts.outstanding());
        let (title, body, act) = match (order.unpaid, unpaid) {
            (true, Some(sum)) => {
                let percent = super::percent(order.amounts.unwrap_or_default());
                (fill(t.ship_unpaid_title, &[&sum.yuan()]), fill(t.ship_unpaid_body, &[&order.order_no, &percent]), t.ship_unpaid_act)
            }
            (true, None) => (t.ship_unpaid_hidden.to_owned(), ship_body(cx, detail, pieces), t.ship_unpaid_act),
            (false, _) => (t.ship_title.to_owned(), ship_body(cx, detail, pieces), t.ship_act),
        };
        let confirm = Confirm {
            icon: icons::TRUCK,
            tone: if order.unpaid { Tone::Warn } else { Tone::AccentSoft },
            title,
            body,
            facts: Vec::new(),
            way_out: cx.t.common.back.to_owned(),
            act: act.to_owned(),
            other: None,
            danger: false,
            careful: order.unpaid,
        };
        Dialog::Ship { confirm, confirmed: ShipConfirmation { unpaid }, act: Act::default() }
    }

    /// 完成订单.
    pub fn complete(cx: &Context<'_>, detail: &OrderDetail) -> Dialog {
        let t = &cx.t.orders;
        let confirm = Confirm {
            icon: icons::CHECK_CIRCLE,
            tone: Tone::Ok,
            title: fill(t.complete_title, &[&detail.order.order_no]),
            body: t.complete_body.to_owned(),
            facts: Vec::new(),
            way_out: cx.t.common.back.to_owned(),
            act: t.complete_act.to_owned(),
            other: None,
            danger: false,
            careful: false,
        };
        Dialog::Complete { confirm, act: Act::default() }
    }

    /// 取消订单; names what goes back to stock and what is refunded.
    pub fn cancel(cx: &Context<'_>, detail: &OrderDetail) -> Dialog {
        let t = &cx.t.orders;
        let order = &detail.order;
        let deducted = order.stock_state == StockState::Deducted;
        let pieces: i64 = if deducted { detail.items.iter().map(|item| item.quantity - item.returned_quantity).sum() } else { 0 };
        let refund = order.amounts.unwrap_or_default().paid;
        let mut facts = Vec::new();
        if pieces > 0 {
            let mut products: Vec<_> = detail.items.iter().map(|item| item.product).collect();
            products.sort();
            products.dedup();
            facts.push((t.cancel_stock.to_owned(), fill(t.cancel_stock_value, &[&products.len(), &quantity(pieces)])));
        }
        if !refund.is_zero() {
            facts.push((t.cancel_refund.to_owned(), refund.yuan()));
        }
        let confirm = Confirm {
            icon: icons::X_CIRCLE,
            tone: Tone::Danger,
            title: fill(t.cancel_title, &[&order.order_no]),
            body: t.cancel_body.to_owned(),
            facts,
            way_out: cx.t.common.back.to_owned(),
            act: if refund.is_zero() { t.cancel_act } else { t.cancel_act_refund }.to_owned(),
            other: None,
            danger: true,
            careful: true,
        };
        Dialog::Cancel { confirm, confirmed: CancelConfirmation { pieces, refund }, act: Act::default() }
    }

    /// The notes, editable in every state.
    pub fn notes(_cx: &Context<'_>, detail: &OrderDetail) -> Dialog {
        Dialog::Notes(Form::new(detail.order.notes.clone().unwrap_or_default()), detail.order.version)
    }

    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, detail: &OrderDetail) -> bool {
        let id = detail.order.id;
        let number = &detail.order.order_no;
        let t = &cx.t.orders;
        match self {
            Dialog::Payment(dialog) => dialog.ui(ui, cx, &detail.order, false),
            Dialog::Return(dialog) => dialog.ui(ui, cx, detail),
            Dialog::Notes(form, version) => notes_ui(ui, cx, detail, form, *version),
            Dialog::Ship { confirm, confirmed, act } => {
                let outcome = confirmed_act(ui, cx, confirm, "ship", act, |desk| orders::ship(desk, id, *confirmed));
                finish(cx, outcome, &fill(t.shipped_toast, &[number]), |cx, crossings| cx.warn_of_crossings(&crossings))
            }
            Dialog::Complete { confirm, act } => {
                let outcome = confirmed_act(ui, cx, confirm, "complete", act, |desk| orders::complete(desk, id));
                finish(cx, outcome, &fill(t.completed_toast, &[number]), |_, ()| {})
            }
            Dialog::Cancel { confirm, confirmed, act } => {
                let outcome = confirmed_act(ui, cx, confirm, "cancel", act, |desk| orders::cancel(desk, id, *confirmed));
                finish(cx, outcome, &fill(t.cancelled_toast, &[number]), |_, ()| {})
            }
        }
    }
}

fn ship_body(cx: &Context<'_>, detail: &OrderDetail, pieces: i64) -> String {
    fill(cx.t.orders.ship_body, &[&detail.order.order_no, &detail.items.len(), &quantity(pieces)])
}

/// What became of a confirmation.
enum Outcome<T> {
    Open,
    WayOut,
    Done(Result<T, Error>),
}

/// The question, then the act, tried until the lock is free.
fn confirmed_act<T>(
    ui: &mut Ui,
    cx: &mut Context<'_>,
    confirm: &Confirm,
    salt: &str,
    act: &mut Act,
    run: impl FnOnce(&mut crate::services::Desk) -> Result<T, Error>,
) -> Outcome<T> {
    let choice = confirm.show(ui, salt);
    match choice {
        Some(Choice::Act) => act.start(ui),
        Some(_) if !act.is_running() => return Outcome::WayOut,
        _ => {}
    }
    act.attempt(ui, cx, run).map_or(Outcome::Open, Outcome::Done)
}

/// Closes the dialog with a notice of success, or of what went wrong.
fn finish<T>(cx: &mut Context<'_>, outcome: Outcome<T>, done: &str, after: impl FnOnce(&mut Context<'_>, T)) -> bool {
    match outcome {
        Outcome::Open => false,
        Outcome::WayOut => true,
        Outcome::Done(Ok(value)) => {
            cx.done(done, None);
            after(cx, value);
            true
        }
        Outcome::Done(Err(error)) => {
            cx.report(&error);
            true
        }
    }
}

/// The notes' dialog; Ctrl Enter saves.
fn notes_ui(ui: &mut Ui, cx: &mut Context<'_>, detail: &OrderDetail, form: &mut Form<String>, version: i64) -> bool {
    let t = &cx.t.orders;
    let opened = just_opened(ui, "notes opened");
    let error = form.error(cx, Field::Notes);
    let saving = form.is_saving();
    let shown = dialog_ui(ui, "notes", size::FORM_WIDTH, |ui| {
        let mut closed = title_row(ui, t.edit_notes, &detail.order.order_no, cx.t.common.close);
        if let Some(error) = &form.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(12.0);
        }
        FieldUi::new(t.notes).error(error.as_deref()).show(ui, |ui| {
            let response = multiline_input(ui, "notes", &mut form.draft, 5, InputOptions { hint: t.notes_hint, ..Default::default() });
            if opened {
                response.request_focus();
            }
        });
        button_row(ui, |ui| {
            let save = Button::primary(cx.t.common.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys()).busy(saving, cx.t.shell.waiting);
            let by_key = ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, egui::Key::Enter)) || Shortcut::Save.pressed_in_dialog(ui);
            if save.show(ui).clicked() || by_key {
                form.save(ui);
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        closed
    });
    let id = detail.order.id;
    let edit = |desk: &mut crate::services::Desk, notes: &String| {
        orders::update(desk, id, version, &OrderEdit { lines: None, notes: crate::models::error::text::tidy(notes) })
    };
    if form.attempt(ui, cx, edit).is_some() {
        cx.done(t.notes_toast, None);
        return true;
    }
    (shown.inner || shown.closed) && !form.is_saving()
}

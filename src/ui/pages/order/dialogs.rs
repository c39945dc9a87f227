//! The dialogs of an order's page: shipping, completing, cancelling; each names its effect in figures. Payment, return and notes
//! stand in files of their own.

use egui::Ui;

use super::notes::NotesDialog;
use super::returning::ReturnDialog;
use crate::i18n::fill;
use crate::models::Error;
use crate::models::choice::StockState;
use crate::models::money::quantity;
use crate::models::order::{CancelConfirmation, OrderDetail, ShipConfirmation};
use crate::services::orders;
use crate::ui::context::Context;
use crate::ui::form::Act;
use crate::ui::icons;
use crate::ui::payment_dialog::PaymentDialog;
use crate::ui::theme::Tone;
use crate::ui::widgets::dialog::{Choice, Confirm};

/// The dialog that is open.
pub enum Dialog {
    Payment(PaymentDialog),
    Return(ReturnDialog),
    Ship { confirm: Confirm, confirmed: ShipConfirmation, act: Act },
    Complete { confirm: Confirm, act: Act },
    Cancel { confirm: Confirm, confirmed: CancelConfirmation, act: Act },
    Notes(NotesDialog),
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
        Dialog::Ship { confirm, confirmed: ShipConfirmation { unpaid, version: Some(order.version) }, act: Act::default() }
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
    pub fn notes(detail: &OrderDetail) -> Dialog {
        Dialog::Notes(NotesDialog::new(detail))
    }

    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, detail: &OrderDetail) -> bool {
        let id = detail.order.id;
        let number = &detail.order.order_no;
        let t = &cx.t.orders;
        match self {
            Dialog::Payment(dialog) => dialog.ui(ui, cx, &detail.order, false),
            Dialog::Return(dialog) => dialog.ui(ui, cx, detail),
            Dialog::Notes(dialog) => dialog.ui(ui, cx, detail),
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

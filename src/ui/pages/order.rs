//! One order (picture 05): steps, lines, movements, payments, customer, and the acts on it. The dialogs stand in `dialogs`.

mod cards;
mod dialogs;
mod notes;
mod record;
mod returning;

use egui::{Align, Layout, ScrollArea, Ui, UiBuilder, vec2};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::{Module, OrderStatus, StockState};
use crate::models::order::{OrderAmounts, OrderDetail};
use crate::models::paper::Wanted;
use crate::models::rights::Verb;
use crate::models::{Money, OrderId};
use crate::services::orders;
use crate::ui::chips::order_chip;
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::documents;
use crate::ui::icons;
use crate::ui::print_dialog::{Choice, PrintDialog};
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::page;
use crate::ui::widgets::stepper::{Step, StepState, stepper_ui};

use dialogs::Dialog;
use record::History;

/// The page's state.
#[derive(Default)]
pub struct OrderPage {
    detail: Cached<OrderId, OrderDetail>,
    history: History,
    dialog: Option<Dialog>,
    print: Option<PrintDialog>,
}

/// What one may do with the order now; the reason where one may not.
struct Possible {
    pay: Result<(), String>,
    refund: Result<(), String>,
    ship: Result<(), String>,
    complete: Result<(), String>,
    cancel: Result<(), String>,
    give_back: Result<(), String>,
    edit: Result<(), String>,
}

impl Possible {
    fn of(cx: &Context<'_>, detail: &OrderDetail) -> Possible {
        let t = &cx.t.orders;
        let order = &detail.order;
        let status = order.status;
        let amounts = order.amounts.unwrap_or_default();
        let right = |module, verb| cx.why_not(module, verb).map_or(Ok(()), Err);
        let sales = || right(Module::Sales, Verb::Update);
        let when = |possible: bool, act: &str| if possible { Ok(()) } else { Err(fill(t.why_status, &[&cx.lang.order_status(status), &act])) };
        let open = matches!(status, OrderStatus::PendingPayment | OrderStatus::Paid);
        let settled = |text: &'static str, possible: bool| if possible { Ok(()) } else { Err(text.to_owned()) };
        Possible {
            pay: sales().and(when(status != OrderStatus::Cancelled, t.pay)).and(settled(t.why_settled, amounts.outstanding() > Money::ZERO)),
            refund: sales().and(when(open || status == OrderStatus::Shipped, t.refund)).and(settled(t.nothing_paid, amounts.paid > Money::ZERO)),
            ship: right(Module::Inventory, Verb::Update)
                .and(when(open, t.ship))
                .and(settled(t.why_unpaid_ship, status == OrderStatus::Paid || cx.config.allow_ship_before_payment)),
            complete: sales().and(when(status == OrderStatus::Shipped, t.complete)).and(settled(t.why_unpaid_complete, !order.unpaid)),
            cancel: sales().and(when(open, t.cancel)),
            give_back: sales()
                .and(when(matches!(status, OrderStatus::Shipped | OrderStatus::Completed), t.give_back))
                .and(settled(t.why_all_returned, detail.items.iter().any(|item| item.returnable() > 0)))
                .and(settled(t.why_amounts_hidden, order.amounts.is_some())),
            edit: sales()
                .and(when(status == OrderStatus::PendingPayment, t.edit_lines))
                .and(settled(t.why_deducted, order.stock_state == StockState::Reserved)),
        }
    }
}

impl OrderPage {
    /// Another order: no dialog is open.
    pub fn enter(&mut self) {
        self.dialog = None;
        self.print = None;
        self.history.enter();
    }

    /// Draws the page; `neighbours` are the orders before and after this one in the list.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: OrderId, neighbours: (Option<OrderId>, Option<OrderId>)) {
        if Shortcut::Refresh.pressed(ui) {
            self.detail.forget();
            self.history.forget();
        }
        let result = self.detail.get(cx, &id, |desk, id| orders::get(desk, *id));
        let detail = match result {
            Ok(detail) => detail.clone(),
            Err(error) => {
                let sentence = cx.lang.sentence(error);
                self.failed_ui(ui, cx, &sentence);
                return;
            }
        };
        let possible = Possible::of(cx, &detail);
        self.head_ui(ui, cx, &detail, &possible);
        let padding = page::padding(ui);
        ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
            let room = ui.available_rect_before_wrap().shrink2(vec2(padding, 0.0));
            ui.scope_builder(UiBuilder::new().max_rect(room), |ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                steps_ui(ui, cx, &detail);
                ui.add_space(size::CARD_GAP);
                let (dialog, history) = (&mut self.dialog, &mut self.history);
                documents::columns_ui(ui, cx, |ui, cx| left_ui(ui, cx, &detail, history), |ui, cx| right_ui(ui, cx, &detail, dialog));
                ui.add_space(size::PAGE_PADDING);
            });
        });
        self.keys(ui, cx, &detail, &possible, neighbours);
        if let Some(dialog) = &mut self.dialog
            && dialog.ui(ui, cx, &detail)
        {
            self.dialog = None;
        }
        if self.print.as_mut().is_some_and(|print| print.ui(ui, cx)) {
            self.print = None;
            ui.request_repaint();
        }
    }

    fn failed_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, sentence: &str) {
        if documents::failed_ui(ui, cx, sentence) {
            self.detail.forget();
        }
        if page::escape(ui) {
            cx.go = Some(Route::Orders);
        }
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, detail: &OrderDetail, possible: &Possible) {
        let t = &cx.t.orders;
        let order = &detail.order;
        ui.allocate_ui_with_layout(vec2(ui.available_width(), size::PAGE_HEAD), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(size::PAGE_HEAD);
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = 8.0;
            if link(ui, t.title).clicked() {
                cx.go = Some(Route::Orders);
            }
            ui.label(theme::icon(icons::CARET_RIGHT, size::ICON_SMALL).color(palette(ui).text_3));
            ui.label(theme::title(&order.order_no));
            order_chip(ui, cx.lang, order.status);
            let mut about = order.created_by_name.clone();
            if let Some(external) = order.external_no.as_ref().filter(|external| **external != order.order_no) {
                about = format!("{about}  ·  {}", fill(t.external_no, &[external]));
            }
            if ui.content_rect().width() >= size::NARROW {
                ui.label(theme::label(palette(ui), about));
            }
            if let Some((quote, quote_no)) = &order.quote {
                ui.label(theme::label(palette(ui), format!("·  {}", t.of_quote)));
                if link(ui, quote_no).clicked() {
                    cx.go = Some(Route::Quote(*quote));
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(page::padding(ui));
                ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
                self.buttons_ui(ui, cx, detail, possible);
            });
        });
    }

    /// The acts, the likeliest at the far right and primary.
    fn buttons_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, detail: &OrderDetail, possible: &Possible) {
        let t = &cx.t.orders;
        let status = detail.order.status;
        if status == OrderStatus::Cancelled {
            self.print_ui(ui, cx, detail);
            return;
        }
        let pays = possible.pay.is_ok();
        let mut asked = None;
        let mut act = |ui: &mut Ui, button: Button<'_>, possible: &Result<(), String>, dialog: fn(&Context<'_>, &OrderDetail) -> Dialog| {
            if button.reason(possible.as_ref().err().map(String::as_str)).show(ui).clicked() && possible.is_ok() {
                asked = Some(dialog);
            }
        };
        let completes = possible.complete.is_ok();
        let shipped = matches!(status, OrderStatus::Shipped | OrderStatus::Completed);
        if !completes && status != OrderStatus::Completed {
            let pay = if pays { Button::primary(t.pay) } else { Button::secondary(t.pay) };
            act(ui, pay.icon(icons::HAND_COINS).keys(Shortcut::Main.keys()), &possible.pay, Dialog::pay);
        }
        if status == OrderStatus::Shipped {
            let complete = if completes { Button::primary(t.complete).keys(Shortcut::Main.keys()) } else { Button::secondary(t.complete) };
            act(ui, complete.icon(icons::CHECK_CIRCLE), &possible.complete, Dialog::complete);
        }
        if shipped {
            let give_back = Button::secondary(t.give_back).icon(icons::ARROW_COUNTER_CLOCKWISE).keys(Shortcut::Return.keys());
            act(ui, give_back, &possible.give_back, Dialog::give_back);
        } else {
            let ship = if pays { Button::secondary(t.ship) } else { Button::primary(t.ship) };
            act(ui, ship.icon(icons::TRUCK).keys(Shortcut::Ship.keys()), &possible.ship, Dialog::ship);
            let cancel = Button::secondary(t.cancel).icon(icons::X_CIRCLE).danger_text();
            act(ui, cancel, &possible.cancel, Dialog::cancel);
        }
        if possible.refund.is_ok() {
            act(ui, Button::secondary(t.refund).icon(icons::ARROW_U_UP_LEFT), &possible.refund, Dialog::refund);
        }
        if possible.edit.is_ok() && Button::secondary(t.edit_lines).icon(icons::PENCIL_SIMPLE).keys(Shortcut::Edit.keys()).show(ui).clicked() {
            cx.go = Some(Route::EditOrder(detail.order.id));
        }
        if let Some(dialog) = asked {
            self.dialog = Some(dialog(cx, detail));
        }
        self.print_ui(ui, cx, detail);
    }

    /// 打印, for whoever sees the order.
    fn print_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, detail: &OrderDetail) {
        let pressed = documents::print_button(ui, cx.t);
        let free = self.dialog.is_none() && self.print.is_none();
        if (pressed || Shortcut::Print.pressed(ui)) && free {
            self.print = PrintDialog::new(cx, &detail.order.order_no, papers_of(cx, detail));
        }
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>, detail: &OrderDetail, possible: &Possible, neighbours: (Option<OrderId>, Option<OrderId>)) {
        if self.dialog.is_some() {
            return;
        }
        if Shortcut::Main.pressed(ui) {
            if possible.complete.is_ok() {
                self.dialog = Some(Dialog::complete(cx, detail));
            } else if possible.pay.is_ok() {
                self.dialog = Some(Dialog::pay(cx, detail));
            }
        }
        if Shortcut::Ship.pressed(ui) && possible.ship.is_ok() {
            self.dialog = Some(Dialog::ship(cx, detail));
        }
        if Shortcut::Return.pressed(ui) && possible.give_back.is_ok() {
            self.dialog = Some(Dialog::give_back(cx, detail));
        }
        if Shortcut::Edit.pressed(ui) {
            if possible.edit.is_ok() {
                cx.go = Some(Route::EditOrder(detail.order.id));
            } else if cx.may(Module::Sales, Verb::Update) {
                self.dialog = Some(Dialog::notes(detail));
            }
        }
        if Shortcut::New.pressed(ui) && cx.may(Module::Sales, Verb::Create) {
            cx.go = Some(Route::NewOrder(None));
        }
        if Shortcut::Previous.pressed(ui) {
            cx.go = neighbours.0.map(Route::Order).or(cx.go.take());
        }
        if Shortcut::Next.pressed(ui) {
            cx.go = neighbours.1.map(Route::Order).or(cx.go.take());
        }
        if page::escape(ui) {
            cx.go = Some(Route::Orders);
        }
    }
}

/// Share paid, in whole percent.
fn percent(amounts: OrderAmounts) -> i64 {
    let net = amounts.net().fen();
    if net <= 0 { 100 } else { amounts.paid.fen() * 100 / net }
}

/// The five steps; a cancelled order shows how far it came.
fn steps_ui(ui: &mut Ui, cx: &Context<'_>, detail: &OrderDetail) {
    let t = &cx.t.orders;
    let order = &detail.order;
    let reached = match order.status {
        OrderStatus::PendingPayment => 1,
        OrderStatus::Paid => 2,
        OrderStatus::Shipped => 3,
        OrderStatus::Completed => 4,
        OrderStatus::Cancelled => 0,
    };
    let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
    let time = |at: Option<crate::models::Timestamp>| at.map_or("—".to_owned(), |at| dense.moment(at));
    let part = match order.amounts {
        Some(amounts) if amounts.paid > Money::ZERO => fill(t.step_percent, &[&percent(amounts)]),
        Some(_) => t.nothing_paid.to_owned(),
        None if order.unpaid => t.not_cleared.to_owned(),
        None => t.cleared.to_owned(),
    };
    let paid_at = detail.payments.iter().filter(|payment| !payment.amount.is_negative()).map(|payment| payment.paid_at).max();
    let paid = if order.unpaid { "—".to_owned() } else { time(paid_at) };
    let ship = match order.ship_date {
        Some(at) => time(Some(at)),
        None if order.unpaid && cx.config.allow_ship_before_payment => t.step_needs_confirm.to_owned(),
        None if order.unpaid => t.step_after_payment.to_owned(),
        None => "—".to_owned(),
    };
    let notes = [dense.moment(order.order_date), part, paid, ship, time(order.complete_date)];
    if order.status == OrderStatus::Cancelled {
        let steps = [
            Step { title: t.step_placed, note: &notes[0], state: StepState::Done },
            Step { title: cx.t.errors.s_cancelled, note: "—", state: StepState::Current },
        ];
        stepper_ui(ui, &steps);
        return;
    }
    let titles = [t.step_placed, cx.t.errors.s_pending_payment, cx.t.errors.s_paid, cx.t.errors.s_shipped, cx.t.errors.s_completed];
    let steps: Vec<Step<'_>> = titles
        .iter()
        .zip(&notes)
        .enumerate()
        .map(|(at, (title, note))| {
            // Shipped on credit: the payment steps are still open although a later one is done.
            let open = matches!(at, 1 | 2) && order.unpaid && reached > 1;
            let state = match at {
                _ if at == 1 && open => StepState::Current,
                _ if at == 2 && open => StepState::Later,
                _ if at < reached || (at == reached && (at > 1 || !order.unpaid)) => StepState::Done,
                _ if at == reached => StepState::Current,
                _ => StepState::Later,
            };
            Step { title, note, state }
        })
        .collect();
    stepper_ui(ui, &steps);
}

fn left_ui(ui: &mut Ui, cx: &mut Context<'_>, detail: &OrderDetail, history: &mut History) {
    ui.spacing_mut().item_spacing.y = 0.0;
    cards::lines_ui(ui, cx, detail);
    record::returns_ui(ui, cx, detail);
    ui.add_space(size::CARD_GAP);
    cards::movements_ui(ui, cx, detail);
    history.ui(ui, cx, detail.order.id);
}

fn right_ui(ui: &mut Ui, cx: &mut Context<'_>, detail: &OrderDetail, dialog: &mut Option<Dialog>) {
    ui.spacing_mut().item_spacing.y = 0.0;
    cards::payments_ui(ui, cx, detail);
    ui.add_space(size::CARD_GAP);
    documents::customer_ui(ui, cx, &detail.customer);
    ui.add_space(size::CARD_GAP);
    let editable = cx.may(Module::Sales, Verb::Update);
    if documents::notes_ui(ui, cx, detail.order.notes.as_deref(), editable) {
        *dialog = Some(Dialog::notes(detail));
    }
}

/// The papers of an order: what one may see of it, and a receipt of each payment, the newest first.
fn papers_of(cx: &Context<'_>, detail: &OrderDetail) -> Vec<Choice> {
    let id = detail.order.id;
    let amounts = detail.order.amounts.is_some();
    let mut choices = Vec::new();
    let mut add = |wanted: Wanted, more: &str| choices.push((format!("{} {more}", cx.lang.paper_kind(wanted.kind())).trim_end().to_owned(), wanted));
    if amounts {
        add(Wanted::Order(id), "");
    }
    add(Wanted::Delivery(id, amounts), "");
    for payment in detail.payments.iter().rev() {
        add(Wanted::Receipt(id, payment.id), &payment.payment_no);
    }
    choices
}

/// The keys that work in every state; what the state allows stands on its buttons with their keys.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    vec![(&["F2"], t.shell.key_edit), (&["Ctrl N"], t.orders.new), (&["Alt ↑", "Alt ↓"], t.shell.key_next), (&["Esc"], t.shell.key_back)]
}

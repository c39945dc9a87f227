//! 登记收款: an unpaid order is found by number or customer, then its payment dialog follows.

use egui::{Rect, Ui, pos2};

use crate::i18n::fill;
use crate::models::order::{OrderDetail, OrderFilter, OrderPage, OrderRow, OrderSort};
use crate::models::{CustomerId, OrderId};
use crate::services::orders;
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::payment_dialog::PaymentDialog;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field;
use crate::ui::widgets::input::{InputOptions, input_id};
use crate::ui::widgets::picker::{PickerOptions, PickerRows, picker};
use crate::ui::widgets::{options, paint};

/// What the search for an order shows.
type Found = Cached<(String, Option<CustomerId>), Vec<OrderRow>>;

/// The state from the search on.
#[derive(Default)]
pub struct Register {
    customer: Option<CustomerId>,
    query: String,
    found: Found,
    chosen: Option<OrderId>,
    detail: Cached<OrderId, OrderDetail>,
    dialog: Option<PaymentDialog>,
}

impl Register {
    /// Of all orders, or of one customer's.
    pub fn new(customer: Option<CustomerId>) -> Register {
        Register { customer, ..Register::default() }
    }

    /// Draws whichever step it is at; true once it is done with.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let Some(id) = self.chosen else { return self.search_ui(ui, cx) };
        match self.detail.get(cx, &id, |desk, id| orders::get(desk, *id)) {
            Ok(detail) => {
                let dialog = self.dialog.get_or_insert_with(|| PaymentDialog::pay(cx, &detail.order));
                dialog.ui(ui, cx, &detail.order, true)
            }
            Err(error) => {
                let error = error.clone();
                cx.report(&error);
                true
            }
        }
    }

    fn search_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> bool {
        let t = &cx.t.payments;
        let opened = just_opened(ui, "register opened");
        let asked = (self.query.trim().to_owned(), self.customer);
        let found = self.found.get(cx, &asked, |desk, (search, customer)| {
            let filter = OrderFilter { search: search.clone(), customer: *customer, unpaid: true, ..Default::default() };
            orders::list(desk, &filter, &OrderPage::first(OrderSort::Day, true)).map(|(page, _)| page.rows)
        });
        let found = found.as_deref().unwrap_or_default();
        let query = &mut self.query;
        let shown = dialog_ui(ui, "register payment", size::FORM_WIDTH, |ui| {
            let of = if self.customer.is_some() { found.first().map_or("", |row| row.customer_name.as_str()) } else { "" };
            let mut closed = title_row(ui, t.register, of, cx.t.common.close);
            let taken = Field::new(t.unpaid_order).hint(t.unpaid_order_hint).show(ui, |ui| {
                let look = PickerOptions {
                    input: InputOptions { hint: t.search_order, icon: Some(icons::MAGNIFYING_GLASS), ..Default::default() },
                    row_height: ROW,
                    enter: cx.t.orders.pay,
                    ..Default::default()
                };
                let rows = PickerRows {
                    count: found.len(),
                    head: None::<fn(&mut Ui, Rect)>,
                    label: |at: usize| found[at].order_no.clone(),
                    draw: |ui: &mut Ui, rect: Rect, at: usize| row_ui(ui, cx, rect, &found[at]),
                };
                let id = input_id(ui, "unpaid order");
                let out = picker(ui, cx.t, "unpaid order", query, look, rows);
                if opened {
                    out.input.request_focus();
                    options::open(ui, id, 0);
                }
                out.taken
            });
            button_row(ui, |ui| {
                closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
            });
            (taken.inner.and_then(|at| found.get(at)).map(|row| row.id), closed)
        });
        let (taken, closed) = shown.inner;
        if taken.is_some() {
            self.chosen = taken;
            ui.request_repaint();
        }
        closed || shown.closed
    }
}

/// Two lines: number and what is due, customer and day.
const ROW: f32 = 44.0;

fn row_ui(ui: &Ui, cx: &Context<'_>, rect: Rect, row: &OrderRow) {
    let p = palette(ui);
    let split = rect.center().y;
    let upper = Rect::from_min_max(rect.min, pos2(rect.right(), split + 2.0));
    let lower = Rect::from_min_max(pos2(rect.left(), split), rect.max);
    let due = row.amounts.unwrap_or_default().outstanding().yuan();
    let sum = paint::text_right(ui, upper, &fill(cx.t.orders.still_due, &[&due]), theme::medium_font(size::TEXT_BODY), p.text);
    paint::text_left(ui, upper.with_max_x(sum.left() - 12.0), &row.order_no, theme::font(size::TEXT_BODY), p.accent_text);
    let day = paint::text_right(ui, lower, &row.order_day.to_string(), theme::font(size::TEXT_SMALL), p.text_2);
    paint::text_left(ui, lower.with_max_x(day.left() - 12.0), &row.customer_name, theme::font(size::TEXT_SMALL), p.text_2);
}

//! The cards of an order's page: lines, movements, payments, customer, notes. They show; acts stand in `dialogs`.

use egui::accesskit::Role;
use egui::{Align, Label, Layout, RichText, Ui, WidgetInfo, vec2};

use crate::i18n::fill;
use crate::models::choice::{OrderStatus, StockState};
use crate::models::money::quantity;
use crate::models::order::{OrderDetail, OrderItem};
use crate::models::payment::Payment;
use crate::models::stock::MovementRow;
use crate::models::{Money, Timestamp, Zone};
use crate::ui::chips::movement_chip;
use crate::ui::context::Context;
use crate::ui::documents::{lines_sum_ui, title};
use crate::ui::icons;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::card::{bare_card, card_title, titled_card};
use crate::ui::widgets::chip::status_chip;
use crate::ui::widgets::paint;
use crate::ui::widgets::progress::payment_bar;
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width, end_of};

/// Nothing to sort by: lines and movements have one order.
#[derive(Clone, Copy, PartialEq)]
struct AsBooked;

/// What cells need besides their row.
struct Times {
    zone: Zone,
}

/// 产品明细 with its sum and the amount in capitals.
pub fn lines_ui(ui: &mut Ui, cx: &Context<'_>, detail: &OrderDetail) {
    let t = &cx.t.orders;
    let returned: i64 = detail.items.iter().map(|item| item.returned_quantity).sum();
    bare_card(ui, |ui| {
        title(ui, t.lines, &fill(t.line_count, &[&detail.items.len()]), |_| {});
        let columns = match (detail.order.amounts.is_some(), returned > 0) {
            (true, false) => LINE_COLUMNS,
            (true, true) => LINE_COLUMNS_RETURNED,
            (false, false) => LINE_COLUMNS_WITHOUT_AMOUNTS,
            (false, true) => LINE_COLUMNS_RETURNED_WITHOUT_AMOUNTS,
        };
        let list = List {
            columns,
            rows: &detail.items,
            key: |item: &OrderItem| item.id.0,
            label: |item| item.sku.clone(),
            data: &(),
            phase: Phase::Ready,
            options: ListOptions { row_height: size::ROW, ..ListOptions::secondary() },
        };
        list.show(ui, cx.t, "lines", &mut ListState::new(AsBooked, false));
        let pieces: i64 = detail.items.iter().map(|item| item.quantity).sum();
        let ends = (end_of(columns, 3), end_of(columns, columns.len().saturating_sub(2)));
        lines_sum_ui(ui, cx, pieces, detail.order.amounts.map(|amounts| amounts.total), ends);
        if let Some(amounts) = detail.order.amounts.filter(|_| returned > 0) {
            let p = palette(ui);
            let back = amounts.returned.negated().yuan();
            sum_ui(ui, &format!("{}  {}", t.returned_value, quantity(returned)), &back, p.tone(Tone::Danger).fg);
            sum_ui(ui, t.net, &amounts.net().yuan(), p.text);
            ui.add_space(8.0);
        }
    });
}

/// A line below the sum: what it is, and how much.
fn sum_ui(ui: &mut Ui, name: &str, value: &str, color: egui::Color32) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), egui::Sense::hover());
    let room = rect.shrink2(vec2(size::CARD_PADDING, 0.0));
    let placed = paint::text_right(ui, room, value, theme::medium_font(size::TEXT_BODY), color);
    paint::text_right(ui, room.with_max_x(placed.left() - 24.0), name, theme::font(size::TEXT_BODY), palette(ui).text_2);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name} {value}")));
}

/// 库存变动 of this order.
pub fn movements_ui(ui: &mut Ui, cx: &Context<'_>, detail: &OrderDetail) {
    let t = &cx.t.orders;
    // What holds for this order: the setting may have been switched since it was placed.
    let caption = match (detail.order.stock_state, detail.order.status) {
        (StockState::Untracked, _) => t.movements_untracked,
        (StockState::Returned, _) if detail.movements.is_empty() => t.movements_released,
        (StockState::Returned, _) => t.movements_cancelled,
        (StockState::Reserved, _) => t.movements_more_shipment,
        (StockState::Deducted, OrderStatus::Shipped | OrderStatus::Completed) => t.movements_shipped,
        (StockState::Deducted, _) => t.movements_more_order,
    };
    bare_card(ui, |ui| {
        title(ui, t.movements, caption, |_| {});
        if detail.movements.is_empty() {
            paint::divider(ui);
            paint::row_ui(ui, 40.0, |ui| {
                ui.add_space(size::CARD_PADDING);
                ui.label(theme::secondary(palette(ui), t.no_movements));
            });
            return;
        }
        let list = List {
            columns: MOVEMENT_COLUMNS,
            rows: &detail.movements,
            key: |movement: &MovementRow| movement.id.0,
            label: |movement| format!("{} {}", movement.product_name, movement.quantity),
            data: &Times { zone: cx.zone() },
            phase: Phase::Ready,
            options: ListOptions { row_height: size::ROW, ..ListOptions::secondary() },
        };
        list.show(ui, cx.t, "movements", &mut ListState::new(AsBooked, false));
    });
}

/// 收款: how much, a bar, each payment, and by when the rest is due.
pub fn payments_ui(ui: &mut Ui, cx: &Context<'_>, detail: &OrderDetail) {
    let t = &cx.t.orders;
    let p = palette(ui);
    let order = &detail.order;
    let Some(amounts) = order.amounts else {
        titled_card(ui, |ui| card_title(ui, t.payments, if order.unpaid { t.not_cleared } else { t.cleared }, |_| {}));
        return;
    };
    let due = if order.unpaid { amounts.outstanding() } else { Money::ZERO };
    bare_card(ui, |ui| {
        let overdue = order.unpaid && order.due_day < cx.today;
        let (text, tone) = match (order.status, due.is_zero(), overdue) {
            (OrderStatus::Cancelled, ..) => (cx.t.errors.s_cancelled, Tone::Mute),
            (_, true, _) => (t.settled, Tone::Ok),
            (_, _, true) => (t.overdue, Tone::Danger),
            _ if amounts.paid > Money::ZERO => (t.part_paid, Tone::Warn),
            _ => (t.nothing_paid, Tone::Warn),
        };
        title(ui, t.payments, "", |ui| {
            status_chip(ui, text, tone);
        });
        padded(ui, |ui| {
            two(ui, SMALL_LINE, theme::caption(p, t.paid), theme::caption(p, t.due));
            paint::row_ui(ui, 28.0, |ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    ui.label(amounts.net().yuan());
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        paint::number(ui, &amounts.paid.yuan(), theme::medium_font(size::TEXT_TITLE), p.text)
                    });
                });
            });
            ui.add_space(6.0);
            let share = if amounts.net().is_zero() { 1.0 } else { amounts.paid.fen() as f32 / amounts.net().fen() as f32 };
            payment_bar(ui, share);
            ui.add_space(6.0);
            let rest = if due.is_zero() { String::new() } else { fill(t.still_due, &[&due.yuan()]) };
            let percent = fill(t.step_percent, &[&super::percent(amounts)]);
            two(ui, SMALL_LINE, theme::label(p, percent), theme::label(p, rest).color(p.tone(if overdue { Tone::Danger } else { Tone::Warn }).fg));
            ui.add_space(10.0);
        });
        for payment in &detail.payments {
            paint::divider(ui);
            payment_ui(ui, cx, payment);
        }
        if detail.payments.is_empty() {
            paint::divider(ui);
            padded(ui, |ui| {
                paint::row_ui(ui, 40.0, |ui| ui.label(theme::secondary(p, t.no_payments)));
            });
        }
        if !due.is_zero() {
            paint::divider(ui);
            padded(ui, |ui| {
                paint::row_ui(ui, 40.0, |ui| {
                    ui.label(theme::icon(icons::CALENDAR_BLANK, size::ICON_SMALL).color(p.text_3));
                    let days = order.due_day.days_since(order.order_day);
                    ui.add(Label::new(theme::label(p, fill(t.due_by, &[&days, &order.due_day]))).truncate());
                });
            });
        }
    });
}

fn payment_ui(ui: &mut Ui, cx: &Context<'_>, payment: &Payment) {
    let p = palette(ui);
    let t = &cx.t.orders;
    padded(ui, |ui| {
        ui.add_space(8.0);
        let unnamed = if payment.amount.is_negative() { t.refund_row } else { t.payments };
        let mut what = payment.method.as_deref().map_or(unnamed, |method| cx.lang.word(method)).to_owned();
        if let Some(notes) = &payment.notes {
            what = format!("{what}  ·  {notes}");
        }
        let amount = RichText::new(payment.amount.yuan()).color(if payment.amount.is_negative() { p.tone(Tone::Danger).fg } else { p.text });
        two(ui, size::CHIP, theme::body_medium(what), amount);
        let about = format!("{}  ·  {}  ·  {}", payment.paid_at.shown(cx.zone()), payment.created_by_name, payment.payment_no);
        ui.add(Label::new(theme::caption(p, about)).truncate());
        ui.add_space(8.0);
    });
}

fn padded(ui: &mut Ui, body: impl FnOnce(&mut Ui)) {
    crate::ui::widgets::drawer::part_ui(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        body(ui);
    });
}

/// Height of a line of small text.
const SMALL_LINE: f32 = 18.0;

/// One text at the left, one at the right of a line.
fn two(ui: &mut Ui, height: f32, left: RichText, right: RichText) {
    paint::row_ui(ui, height, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(right);
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| ui.add(Label::new(left).truncate()));
        });
    });
}

type LineColumn = Column<OrderItem, AsBooked>;

const LINE_NUMBER: LineColumn = Column {
    title: |_| "#",
    width: Width::Fixed(20.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |_, ui, cell| {
        cell.muted(ui, &(cell.index + 1).to_string());
    },
};
const LINE_SKU: LineColumn = Column {
    title: |t| t.orders.sku,
    width: Width::Fixed(104.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |item, ui, cell| {
        cell.muted(ui, &item.sku);
    },
};
const LINE_PRODUCT: LineColumn = Column {
    title: |t| t.orders.product,
    width: Width::Fill(1.0, 140.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.text(ui, &item.name);
        if let Some(specification) = &item.specification {
            cell.muted(ui, specification);
        }
    },
};
const LINE_QUANTITY: LineColumn = Column {
    title: |t| t.orders.quantity,
    width: Width::Fixed(56.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.text(ui, &quantity(item.quantity));
    },
};
const LINE_RETURNED: LineColumn = Column {
    title: |t| t.orders.pieces_returned,
    width: Width::Fixed(56.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        if item.returned_quantity > 0 {
            cell.strong(ui, &format!("−{}", quantity(item.returned_quantity)), cell.p.tone(Tone::Danger).fg);
        }
    },
};
const LINE_UNIT: LineColumn = Column {
    title: |t| t.orders.unit,
    width: Width::Fixed(28.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.muted(ui, &item.unit);
    },
};
const LINE_PRICE: LineColumn = Column {
    title: |t| t.orders.unit_price,
    width: Width::Fixed(72.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.text(ui, &item.price.map(|(price, _)| price.to_string()).unwrap_or_default());
    },
};
const LINE_SUBTOTAL: LineColumn = Column {
    title: |t| t.orders.subtotal,
    width: Width::Fixed(88.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |item, ui, cell| {
        cell.text(ui, &item.price.map(|(_, subtotal)| subtotal.to_string()).unwrap_or_default());
    },
};

const LINE_COLUMNS: &[LineColumn] = &[LINE_NUMBER, LINE_SKU, LINE_PRODUCT, LINE_QUANTITY, LINE_UNIT, LINE_PRICE, LINE_SUBTOTAL];
const LINE_COLUMNS_RETURNED: &[LineColumn] =
    &[LINE_NUMBER, LINE_SKU, LINE_PRODUCT, LINE_QUANTITY, LINE_RETURNED, LINE_UNIT, LINE_PRICE, LINE_SUBTOTAL];
const LINE_COLUMNS_WITHOUT_AMOUNTS: &[LineColumn] = &[LINE_NUMBER, LINE_SKU, LINE_PRODUCT, LINE_QUANTITY, LINE_UNIT];
const LINE_COLUMNS_RETURNED_WITHOUT_AMOUNTS: &[LineColumn] = &[LINE_NUMBER, LINE_SKU, LINE_PRODUCT, LINE_QUANTITY, LINE_RETURNED, LINE_UNIT];

type MovementColumn = Column<MovementRow, AsBooked, Times>;

fn short_time(at: Timestamp, zone: Zone) -> String {
    at.local(zone).format("%m-%d %H:%M").to_string()
}

const MOVEMENT_COLUMNS: &[MovementColumn] = &[
    Column {
        title: |t| t.orders.time,
        width: Width::Fixed(88.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            cell.muted(ui, &short_time(row.created_at, cell.data.zone));
        },
    },
    Column {
        title: |t| t.orders.kind,
        width: Width::Fixed(64.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            movement_chip(ui, cell.texts.lang, row.kind);
        },
    },
    Column {
        title: |t| t.orders.product,
        width: Width::Fill(1.0, 120.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            cell.text(ui, &row.product_name);
            if let Some(specification) = &row.specification {
                cell.muted(ui, specification);
            }
        },
    },
    Column {
        title: |t| t.orders.change,
        width: Width::Fixed(64.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            let sign = if row.quantity > 0 { "+" } else { "" };
            let text = format!("{sign}{}", quantity(row.quantity));
            if row.quantity > 0 {
                cell.styled(ui, &text, theme::font(size::TEXT_BODY), cell.p.tone(Tone::Ok).fg);
            } else {
                cell.text(ui, &text);
            }
        },
    },
    Column {
        title: |t| t.orders.stock_change,
        width: Width::Fixed(112.0),
        align: Align::Max,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            cell.text(ui, &quantity(row.stock_after));
            cell.muted(ui, &format!("{} →", quantity(row.stock_after - row.quantity)));
        },
    },
    Column {
        title: |t| t.orders.operator,
        width: Width::Fixed(64.0),
        align: Align::Min,
        sort: None,
        narrow: true,
        cell: |row, ui, cell| {
            cell.muted(ui, &row.created_by_name);
        },
    },
];

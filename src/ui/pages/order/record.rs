//! What became of an order: its returns, and what was done by whom. They show; acts stand in `dialogs`.

use egui::{Align, Ui};

use crate::i18n::fill;
use crate::models::OrderId;
use crate::models::log::LogRow;
use crate::models::money::quantity;
use crate::models::order::OrderDetail;
use crate::models::returns::OrderReturn;
use crate::services::orders;
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::documents::title;
use crate::ui::theme::{Tone, size};
use crate::ui::widgets::button::link;
use crate::ui::widgets::card::bare_card;
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase, Width};

/// So many acts are shown at first.
const FEW: usize = 5;

/// Nothing to sort by: both have one order.
#[derive(Clone, Copy, PartialEq)]
struct AsBooked;

/// What was done with the order, and whether all of it is shown.
#[derive(Default)]
pub struct History {
    rows: Cached<OrderId, Vec<LogRow>>,
    all: bool,
}

impl History {
    /// Another order: collapsed again.
    pub fn enter(&mut self) {
        self.all = false;
    }

    /// Reads it again: F5.
    pub fn forget(&mut self) {
        self.rows.forget();
    }

    /// 操作记录, the newest first; nothing at all for who may not see it.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, order: OrderId) {
        let Ok(rows) = self.rows.get(cx, &order, |desk, id| orders::history(desk, *id)) else { return };
        if rows.is_empty() {
            return;
        }
        let t = &cx.t.orders;
        let shown = if self.all { rows.as_slice() } else { rows.get(..FEW).unwrap_or(rows) };
        let mut turned = false;
        ui.add_space(size::CARD_GAP);
        bare_card(ui, |ui| {
            let caption = if shown.len() < rows.len() { fill(t.log_shown, &[&shown.len()]) } else { String::new() };
            title(ui, t.log, &caption, |ui| {
                if rows.len() > FEW {
                    let text = if self.all { t.log_few.to_owned() } else { fill(t.log_all, &[&rows.len()]) };
                    turned = link(ui, &text).clicked();
                }
            });
            let list = List {
                columns: LOG_COLUMNS,
                rows: shown,
                key: |row: &LogRow| row.id.0,
                label: |row| row.description.clone(),
                data: &Dense { today: cx.today, zone: cx.zone(), t: cx.t },
                phase: Phase::Ready,
                options: ListOptions::secondary(),
            };
            list.show(ui, cx.t, "history", &mut ListState::new(AsBooked, false));
        });
        self.all ^= turned;
    }
}

/// 退货记录, where there are any.
pub fn returns_ui(ui: &mut Ui, cx: &Context<'_>, detail: &OrderDetail) {
    if detail.returns.is_empty() {
        return;
    }
    ui.add_space(size::CARD_GAP);
    bare_card(ui, |ui| {
        title(ui, cx.t.orders.returns, "", |_| {});
        let list = List {
            columns: if detail.order.amounts.is_some() { RETURN_COLUMNS } else { RETURN_COLUMNS_WITHOUT_AMOUNTS },
            rows: &detail.returns,
            key: |row: &OrderReturn| row.id.0,
            label: |row| row.return_no.clone(),
            data: &Dense { today: cx.today, zone: cx.zone(), t: cx.t },
            phase: Phase::Ready,
            options: ListOptions { row_height: size::ROW, ..ListOptions::secondary() },
        };
        list.show(ui, cx.t, "returns", &mut ListState::new(AsBooked, false));
    });
}

type LogColumn = Column<LogRow, AsBooked, Dense>;

const LOG_COLUMNS: &[LogColumn] = &[
    Column {
        title: |t| t.orders.time,
        width: Width::Fixed(88.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            cell.muted(ui, &cell.data.moment(row.at));
        },
    },
    Column {
        title: |t| t.orders.operator,
        width: Width::Fixed(72.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            cell.muted(ui, row.user_name.as_deref().unwrap_or(cell.texts.orders.log_system));
        },
    },
    Column {
        title: |t| t.orders.log_what,
        width: Width::Fill(1.0, 160.0),
        align: Align::Min,
        sort: None,
        narrow: false,
        cell: |row, ui, cell| {
            cell.text(ui, &row.description);
        },
    },
];

type ReturnColumn = Column<OrderReturn, AsBooked, Dense>;

/// What came back, in one line.
fn contents(row: &OrderReturn) -> String {
    let items: Vec<String> = row.items.iter().map(|item| format!("{} {} {}", item.name, quantity(item.quantity), item.unit)).collect();
    let items = items.join("  ·  ");
    match &row.notes {
        Some(notes) => format!("{items}  ·  {notes}"),
        None => items,
    }
}

const RETURN_NUMBER: ReturnColumn = Column {
    title: |t| t.orders.return_no,
    width: Width::Fixed(112.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.return_no);
    },
};
const RETURN_TIME: ReturnColumn = Column {
    title: |t| t.orders.time,
    width: Width::Fixed(84.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.muted(ui, &cell.data.moment(row.created_at));
    },
};
const RETURN_PERSON: ReturnColumn = Column {
    title: |t| t.orders.person,
    width: Width::Fixed(64.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.muted(ui, &row.created_by_name);
    },
};
const RETURN_ITEMS: ReturnColumn = Column {
    title: |t| t.orders.product,
    width: Width::Fill(1.0, 80.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &contents(row));
    },
};
const RETURN_PIECES: ReturnColumn = Column {
    title: |t| t.orders.quantity,
    width: Width::Fixed(44.0),
    align: Align::Max,
    sort: None,
    narrow: true,
    cell: |row, ui, cell| {
        cell.text(ui, &quantity(row.pieces));
    },
};
const RETURN_AMOUNT: ReturnColumn = Column {
    title: |t| t.orders.total,
    width: Width::Fixed(84.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        cell.text(ui, &row.amounts.map(|(amount, _)| amount.to_string()).unwrap_or_default());
    },
};
const RETURN_REFUND: ReturnColumn = Column {
    title: |t| t.orders.refund,
    width: Width::Fixed(84.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cell| {
        let Some((_, refund)) = row.amounts else { return };
        if refund.is_zero() {
            cell.muted(ui, "—");
        } else {
            cell.strong(ui, &refund.to_string(), cell.p.tone(Tone::Danger).fg);
        }
    },
};

const RETURN_COLUMNS: &[ReturnColumn] = &[RETURN_NUMBER, RETURN_TIME, RETURN_PERSON, RETURN_ITEMS, RETURN_PIECES, RETURN_AMOUNT, RETURN_REFUND];
const RETURN_COLUMNS_WITHOUT_AMOUNTS: &[ReturnColumn] = &[RETURN_NUMBER, RETURN_TIME, RETURN_PERSON, RETURN_ITEMS, RETURN_PIECES];

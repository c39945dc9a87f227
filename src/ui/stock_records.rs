//! The columns of stock movements, as the records page and the products page show them; an order's number leads to it.

use std::cell::Cell;

use egui::{Align, Ui};

use crate::i18n::fill;
use crate::models::OrderId;
use crate::models::money::{quantity, signed};
use crate::models::stock::{MovementRow, MovementSort};
use crate::ui::chips::movement_chip;
use crate::ui::dense::Dense;
use crate::ui::theme::{self, Tone, size};
use crate::ui::widgets::button::link;
use crate::ui::widgets::chip::plain_chip;
use crate::ui::widgets::paint;
use crate::ui::widgets::table::{CellContext, Column, Width};

/// What cells need besides their row, and the order that was pressed.
pub struct Cells {
    pub dense: Dense,
    pub sees_orders: bool,
    pub pressed: Cell<Option<OrderId>>,
}

pub type MovementColumn = Column<MovementRow, MovementSort, Cells>;

/// A movement's accessible name: the same product stands on many rows.
pub fn label(row: &MovementRow) -> String {
    format!("{} {} → {}", row.product_name, quantity(row.stock_after - row.quantity), quantity(row.stock_after))
}

pub const TIME: MovementColumn = Column {
    title: |t| t.products.time,
    width: Width::Fixed(92.0),
    align: Align::Min,
    sort: Some(MovementSort::Time),
    narrow: false,
    cell: |row, ui, cx| {
        cx.text(ui, &cx.data.dense.moment(row.created_at));
    },
};
pub const KIND: MovementColumn = Column {
    title: |t| t.products.kind,
    width: Width::Fixed(72.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        movement_chip(ui, cx.texts.lang, row.kind);
    },
};
pub const PRODUCT: MovementColumn = Column {
    title: |t| t.products.product,
    width: Width::Fill(1.4, 140.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.text(ui, &row.product_name);
        cx.muted(ui, row.specification.as_deref().unwrap_or_default());
    },
};
pub const CHANGE: MovementColumn = Column {
    title: |t| t.products.change,
    width: Width::Fixed(64.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        let color = if row.quantity > 0 { cx.p.tone(Tone::Ok).fg } else { cx.p.text };
        cx.styled(ui, &signed(row.quantity), theme::font(size::TEXT_BODY), color);
    },
};
/// The stock before and after.
pub const STOCK_CHANGE: MovementColumn = Column {
    title: |t| t.products.stock_change,
    width: Width::Fixed(112.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        ui.spacing_mut().item_spacing.x = 4.0;
        cx.text(ui, &quantity(row.stock_after));
        cx.muted(ui, "→");
        cx.muted(ui, &quantity(row.stock_after - row.quantity));
    },
};
/// The stock after.
pub const BALANCE: MovementColumn = Column {
    title: |t| t.stock.balance,
    width: Width::Fixed(68.0),
    align: Align::Max,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        cx.text(ui, &quantity(row.stock_after));
    },
};
/// Where it comes from, with the notes where there is room in the same cell.
pub const SOURCE_AND_NOTES: MovementColumn = Column {
    title: |t| t.products.source,
    width: Width::Fill(1.0, 140.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        let kind = row.reference.map(|_| cx.texts.lang.movement_source(row.reference));
        if numbered_ui(row, ui, cx) {
            return;
        }
        let text = match (kind, row.notes.as_deref()) {
            (None, notes) => notes.unwrap_or("—").to_owned(),
            (Some(kind), None) => kind.to_owned(),
            (Some(kind), Some(notes)) => fill(cx.texts.widgets.filter_set, &[&kind, &notes]),
        };
        cx.muted(ui, &text);
    },
};
/// Where it comes from.
pub const SOURCE: MovementColumn = Column {
    title: |t| t.stock.source,
    width: Width::Fill(0.8, 148.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        if !numbered_ui(row, ui, cx) {
            cx.muted(ui, cx.texts.lang.movement_source(row.reference));
        }
    },
};
/// The notes, and whether it was undone.
pub const NOTES: MovementColumn = Column {
    title: |t| t.products.notes,
    width: Width::Fill(0.8, 96.0),
    align: Align::Min,
    sort: None,
    narrow: false,
    cell: |row, ui, cx| {
        if row.reversed {
            plain_chip(ui, cx.texts.stock.reversed, Tone::Mute);
        }
        cx.muted(ui, row.notes.as_deref().unwrap_or_default());
    },
};
pub const PERSON: MovementColumn = Column {
    title: |t| t.products.person,
    width: Width::Fixed(60.0),
    align: Align::Min,
    sort: None,
    narrow: true,
    cell: |row, ui, cx| {
        cx.muted(ui, &row.created_by_name);
    },
};

/// The source with its number, an order's as a link; false where it has none.
fn numbered_ui(row: &MovementRow, ui: &mut Ui, cx: &CellContext<'_, Cells>) -> bool {
    let Some((number, reference)) = row.reference_no.as_deref().zip(row.reference) else { return false };
    ui.spacing_mut().item_spacing.x = 4.0;
    cx.muted(ui, cx.texts.lang.movement_source(Some(reference)));
    match row.order().filter(|_| cx.data.sees_orders) {
        Some(order) => {
            if paint::tooltip(link(ui, number), &fill(cx.texts.products.open_order, &[&number])).clicked() {
                cx.data.pressed.set(Some(order));
            }
        }
        None => {
            cx.text(ui, number);
        }
    }
    true
}

//! Picking an order in the warehouse: its lines with what was picked of them. No amounts.

use super::ids::{OrderId, OrderItemId, ProductId};
use super::time::Day;

/// An order that waits to be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickRow {
    pub id: OrderId,
    pub order_no: String,
    pub customer_name: String,
    pub order_day: Day,
    /// Not paid in full: shipping asks for a confirmation.
    pub unpaid: bool,
    pub lines: i64,
    pub pieces: i64,
    /// Lines that are complete, and whether anything was picked at all.
    pub done: i64,
    pub begun: bool,
}

/// One line to be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickLine {
    pub item: OrderItemId,
    pub product: ProductId,
    pub sku: String,
    pub name: String,
    pub specification: Option<String>,
    pub unit: String,
    pub quantity: i64,
    pub picked: i64,
}

impl PickLine {
    pub fn missing(&self) -> i64 {
        self.quantity - self.picked
    }
}

/// An order with its lines to be picked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PickSheet {
    pub id: OrderId,
    pub order_no: String,
    pub customer_name: String,
    pub unpaid: bool,
    pub version: i64,
    pub lines: Vec<PickLine>,
}

impl PickSheet {
    pub fn is_complete(&self) -> bool {
        self.lines.iter().all(|line| line.missing() == 0)
    }
}

/// What a pick did: the line as it is now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picked {
    pub line: PickLine,
    pub pieces: i64,
}

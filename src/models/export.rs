//! What can be exported: the reports and the lists with their pages' own filters; the rows that only exports have; what came of one.

use std::path::PathBuf;

use super::choice::{Module, OrderStatus, choices};
use super::customer::{Customer, CustomerFilter, CustomerSort};
use super::error::Result;
use super::followup::{FollowupFilter, FollowupSort};
use super::ids::StocktakeId;
use super::log::{LogFilter, LogSort};
use super::money::Money;
use super::order::{OrderAmounts, OrderFilter, OrderSort};
use super::payment::{PaymentFilter, PaymentSort, ReceivableFilter, ReceivableSort};
use super::product::{ProductFilter, ProductRow, ProductSort};
use super::quote::{QuoteFilter, QuoteSort};
use super::statement::AgeSort;
use super::statistics::SalesQuery;
use super::stock::{MovementFilter, MovementSort, WarningFilter};
use super::stocktake::{LineFilter, LineSort, StocktakeFilter, StocktakeSort};
use super::time::Day;
use crate::i18n::Lang;

choices! {
    /// The kind of file an export writes.
    ExportFormat {
        /// A workbook (xlsx).
        Excel = "excel",
        Csv = "csv",
    }
    /// What an export is of; the first three are the spec's reports (§3.5).
    ExportKind {
        Customers = "customer",
        /// A row for each line of the orders.
        Sales = "sales",
        Inventory = "inventory",
        Followups = "followups",
        Quotes = "quotes",
        Orders = "orders",
        Payments = "payments",
        Receivables = "receivables",
        Ageing = "ageing",
        Movements = "movements",
        Warnings = "warnings",
        Stocktakes = "stocktakes",
        StocktakeLines = "stocktake_lines",
        /// Sales summed up, as on the statistics page.
        Statistics = "statistics",
        Logs = "logs",
    }
}

impl ExportFormat {
    /// The end of the file's name, without its dot.
    pub fn ending(self) -> &'static str {
        match self {
            ExportFormat::Excel => "xlsx",
            ExportFormat::Csv => "csv",
        }
    }
}

impl ExportKind {
    /// The spec's reports, in their order.
    pub const REPORTS: [ExportKind; 3] = [ExportKind::Customers, ExportKind::Sales, ExportKind::Inventory];

    /// The module that one must be allowed to view, besides analytics (rulings §8).
    pub fn module(self) -> Module {
        match self {
            ExportKind::Customers | ExportKind::Followups => Module::Customer,
            ExportKind::Sales | ExportKind::Quotes | ExportKind::Orders | ExportKind::Payments | ExportKind::Statistics => Module::Sales,
            ExportKind::Receivables | ExportKind::Ageing => Module::Sales,
            ExportKind::Inventory | ExportKind::Movements | ExportKind::Warnings => Module::Inventory,
            ExportKind::Stocktakes | ExportKind::StocktakeLines => Module::Inventory,
            ExportKind::Logs => Module::System,
        }
    }
}

/// By what rows are sorted, and whether descending.
pub type Sorted<S> = (S, bool);

/// Takes one row after the other; an error ends it.
pub type Take<'a, R> = &'a mut dyn FnMut(R) -> Result<()>;

/// First and last business day, both included; `None` is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    pub from: Option<Day>,
    pub to: Option<Day>,
}

impl Days {
    /// The first day, or one before every record.
    pub fn first(self) -> Day {
        self.from.unwrap_or(Day(chrono::NaiveDate::from_ymd_opt(1, 1, 2).unwrap_or_default()))
    }

    /// The last day, or one after every record.
    pub fn last(self) -> Day {
        self.to.unwrap_or(Day(chrono::NaiveDate::from_ymd_opt(9999, 12, 30).unwrap_or_default()))
    }
}

/// What to export: which rows, in which order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Export {
    /// Customers; the days are those whose orders are summed.
    Customers(CustomerFilter, Sorted<CustomerSort>, Days),
    Sales(OrderFilter, Sorted<OrderSort>),
    /// Products; the days are those whose movements are summed.
    Inventory(ProductFilter, Sorted<ProductSort>, Days),
    Followups(FollowupFilter, Sorted<FollowupSort>),
    Quotes(QuoteFilter, Sorted<QuoteSort>),
    Orders(OrderFilter, Sorted<OrderSort>),
    Payments(PaymentFilter, Sorted<PaymentSort>),
    Receivables(ReceivableFilter, Sorted<ReceivableSort>),
    Ageing(ReceivableFilter, Sorted<AgeSort>),
    Movements(MovementFilter, Sorted<MovementSort>),
    Warnings(WarningFilter, Sorted<ProductSort>),
    Stocktakes(StocktakeFilter, Sorted<StocktakeSort>),
    StocktakeLines(StocktakeId, LineFilter, Sorted<LineSort>),
    Statistics(SalesQuery),
    Logs(LogFilter, Sorted<LogSort>),
}

impl Export {
    pub fn kind(&self) -> ExportKind {
        match self {
            Export::Customers(..) => ExportKind::Customers,
            Export::Sales(..) => ExportKind::Sales,
            Export::Inventory(..) => ExportKind::Inventory,
            Export::Followups(..) => ExportKind::Followups,
            Export::Quotes(..) => ExportKind::Quotes,
            Export::Orders(..) => ExportKind::Orders,
            Export::Payments(..) => ExportKind::Payments,
            Export::Receivables(..) => ExportKind::Receivables,
            Export::Ageing(..) => ExportKind::Ageing,
            Export::Movements(..) => ExportKind::Movements,
            Export::Warnings(..) => ExportKind::Warnings,
            Export::Stocktakes(..) => ExportKind::Stocktakes,
            Export::StocktakeLines(..) => ExportKind::StocktakeLines,
            Export::Statistics(_) => ExportKind::Statistics,
            Export::Logs(..) => ExportKind::Logs,
        }
    }

    /// A report without further filters, of these days.
    pub fn report(kind: ExportKind, days: Days) -> Option<Export> {
        let orders = OrderFilter { from: days.from, to: days.to, ..Default::default() };
        match kind {
            ExportKind::Customers => Some(Export::Customers(CustomerFilter::default(), (CustomerSort::Created, false), days)),
            ExportKind::Sales => Some(Export::Sales(orders, (OrderSort::Day, false))),
            ExportKind::Inventory => Some(Export::Inventory(ProductFilter::default(), (ProductSort::Sku, false), days)),
            _ => None,
        }
    }
}

/// An export to be made: what, as which kind of file, where, with headings in which language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRequest {
    pub export: Export,
    pub format: ExportFormat,
    pub path: PathBuf,
    pub lang: Lang,
}

/// A finished export.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// Rows without the headings.
    pub rows: usize,
    pub file: PathBuf,
}

/// A customer and his orders of some days that are not cancelled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerFigures {
    pub customer: Customer,
    pub orders: i64,
    /// Ordered net of returns, and paid.
    pub amounts: (Money, Money),
}

/// A product and its movements of some days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductFigures {
    pub product: ProductRow,
    /// Pieces that came in, and that went out (above zero).
    pub came: i64,
    pub went: i64,
}

/// A line of an order, with its order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleLine {
    pub order_no: String,
    pub external_no: Option<String>,
    pub order_day: Day,
    pub customer_name: String,
    pub created_by_name: String,
    pub sku: String,
    pub name: String,
    pub specification: Option<String>,
    pub unit: String,
    pub quantity: i64,
    pub returned_quantity: i64,
    pub unit_price: Money,
    pub subtotal: Money,
    pub cost_price: Money,
    /// Of the whole order.
    pub amounts: OrderAmounts,
    pub unpaid: bool,
    pub status: OrderStatus,
}

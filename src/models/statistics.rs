//! What is summed up: sales by group, customers by kind, turnover of the stock, the dashboard's figures. Plain data.

use super::choice::{CustomerLevel, choices};
use super::ids::{CustomerId, ProductId, UserId};
use super::money::Money;
use super::order::OrderRow;
use super::payment::ReceivableSums;
use super::period::Period;
use super::product::StockCounts;
use super::time::Day;

choices! {
    /// What sales are summed up by.
    Grouping {
        Day = "day",
        Month = "month",
        /// Who entered the order; a return counts for the person of its order.
        Person = "person",
        Product = "product",
        Category = "category",
        Customer = "customer",
    }
}

impl Grouping {
    /// Divides orders by their lines.
    pub fn is_by_line(self) -> bool {
        matches!(self, Grouping::Product | Grouping::Category)
    }
}

/// Which sales, and how they are summed up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SalesQuery {
    pub period: Period,
    /// What the totals are compared with.
    pub before: Period,
    pub grouping: Grouping,
}

/// One group's identity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GroupKey {
    Day(Day),
    /// By its first day.
    Month(Day),
    Person(UserId),
    Product(ProductId),
    /// By one of the products that were sold of it.
    Category(ProductId),
    Customer(CustomerId),
}

/// Sums of sales. Sums over groups are the total, but for `orders` by product and category: an order of two products stands in both.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// Orders of the period that are not cancelled; by product and category those with a line of it.
    pub orders: i64,
    /// Pieces sold by the day of the order less pieces returned by the day of the return.
    pub pieces: i64,
    /// `None` for who may not see amounts.
    pub amounts: Option<Amounts>,
    /// Net sales less the cost of the net pieces at the time of the order; `None` for who may not see cost.
    pub margin: Option<Money>,
}

impl Figures {
    /// Net sales; zero where they are hidden.
    pub fn net(&self) -> Money {
        self.amounts.map_or(Money::ZERO, |amounts| amounts.net)
    }

    /// Net sales by order, half up to the fen; `None` without an order.
    pub fn average(&self) -> Option<Money> {
        self.amounts.and_then(|amounts| amounts.net.divide_half_up(self.orders))
    }
}

/// The sums in money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amounts {
    /// Net sales (rulings §6): Σ totals of the period's orders that are not cancelled, less what was returned in the period, of whatever order.
    pub net: Money,
    /// What was returned in the period, at the price it was sold for.
    pub returned: Money,
    /// What has been paid by now on the period's orders, refunds deducted. By product and category each line has its share.
    pub paid: Money,
    /// What is still due by now on the period's orders.
    pub outstanding: Money,
}

/// One group of sales.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalesGroup {
    pub key: GroupKey,
    /// Name of the person, product, category or customer, the day, or the month as `2026-01`. `None` for products without a category.
    pub name: Option<String>,
    /// The unit of a product's pieces.
    pub unit: Option<String>,
    pub figures: Figures,
}

/// Sales of a period by group, in all, and of the period before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SalesStatistics {
    /// Days and months in their order, all of them; else the largest net sales first.
    pub groups: Vec<SalesGroup>,
    pub total: Figures,
    pub before: Figures,
}

/// The change against what was before, in tenths of a percent, half up; `None` where there was nothing before.
pub fn change(now: Money, before: Money) -> Option<i64> {
    if before <= Money::ZERO {
        return None;
    }
    let (change, base) = (i128::from(now.fen()) - i128::from(before.fen()), i128::from(before.fen()));
    let rounded = (change.abs() * 2000 + base) / (base * 2);
    i64::try_from(if change < 0 { -rounded } else { rounded }).ok()
}

/// A share of all in whole percent, half up; 0 of nothing.
pub fn percent(part: i64, all: i64) -> i64 {
    if all <= 0 { 0 } else { ((i128::from(part) * 200 + i128::from(all)) / (i128::from(all) * 2)) as i64 }
}

/// What customers are counted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Dimension {
    Level,
    Industry,
    Owner,
}

/// A kind of customers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CustomerKind {
    Level(CustomerLevel),
    Industry(String),
    Owner(UserId, String),
    /// Without an industry, or with nobody who looks after them.
    None,
}

/// Active customers within one's scope, by kind.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Distribution {
    /// Levels in their order, else the most frequent kind first; customers without one last.
    pub groups: Vec<(CustomerKind, i64)>,
    pub total: i64,
}

/// Turnover of one category, or of everything. With the right to cost in fen, else in pieces.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Turnover {
    /// Cost of the goods sold in the period, net of returns, at the time of the order.
    pub sold: i64,
    /// The stock at the period's beginning and at its end, at today's cost.
    pub stock_before: i64,
    pub stock_after: i64,
    /// The period's days.
    pub days: i64,
}

impl Turnover {
    /// Average stock ÷ what is sold a day, half up; `None` where nothing was sold.
    pub fn days_on_hand(&self) -> Option<i64> {
        let stock = i128::from(self.stock_before) + i128::from(self.stock_after);
        let sold = i128::from(self.sold) * 2;
        (sold > 0).then(|| i64::try_from((stock * i128::from(self.days) * 2 + sold) / (sold * 2)).unwrap_or(i64::MAX))
    }

    /// Adds another one of the same period.
    pub fn add(&mut self, other: &Turnover) {
        self.sold = self.sold.saturating_add(other.sold);
        self.stock_before = self.stock_before.saturating_add(other.stock_before);
        self.stock_after = self.stock_after.saturating_add(other.stock_after);
        self.days = other.days;
    }
}

/// A product that lies: in stock, and none was sold in the period, or the stock lasts longer than [`SlowProduct::DAYS`] at the period's pace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SlowProduct {
    pub id: ProductId,
    pub name: String,
    pub unit: String,
    pub stock: i64,
    /// The stock at today's cost; `None` for who may not see it.
    pub value: Option<Money>,
    /// How long the stock lasts; `None` where none was sold.
    pub days: Option<i64>,
}

impl SlowProduct {
    pub const DAYS: i64 = 180;
    /// So many are listed.
    pub const MOST: usize = 50;
}

/// How the stock turns over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockTurnover {
    /// In pieces: the person may not see cost.
    pub by_pieces: bool,
    pub total: Turnover,
    /// By category (`None` without one), what turns over fastest first, what did not sell last.
    pub categories: Vec<(Option<String>, Turnover)>,
    /// What is in stock now at today's cost; `None` for who may not see it.
    pub value: Option<Money>,
    /// At most [`SlowProduct::MOST`], those not sold at all first, then by value or pieces.
    pub slow: Vec<SlowProduct>,
    /// How many there are.
    pub slow_count: usize,
}

/// Orders of a stretch: how many, and net sales where they may be seen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SalesCard {
    pub orders: i64,
    pub net: Option<Money>,
}

/// One day of the trend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrendDay {
    pub day: Day,
    pub net: Money,
    /// The same day of the month before; `None` where that month has no such day.
    pub before: Option<Money>,
}

/// A product among those that sell best.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HotProduct {
    pub id: ProductId,
    pub name: String,
    /// Tells products of one name apart; empty where there is none.
    pub specification: String,
    pub unit: String,
    pub pieces: i64,
    pub net: Money,
}

/// The dashboard's figures; what the person may not see is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dashboard {
    pub today: Option<SalesCard>,
    pub month: Option<SalesCard>,
    /// Net sales of the same days of the month before.
    pub month_before: Option<Money>,
    pub receivable: Option<ReceivableSums>,
    pub stock: Option<StockCounts>,
    /// The last 30 days.
    pub trend: Option<Vec<TrendDay>>,
    /// The month's best-selling products by net sales, at most [`Dashboard::HOT`].
    pub hot: Option<Vec<HotProduct>>,
    pub recent: Option<Vec<OrderRow>>,
}

impl Dashboard {
    pub const DAYS: i64 = 30;
    pub const HOT: usize = 5;
    /// How many of the latest orders.
    pub const RECENT: u32 = 20;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_and_shares_are_rounded_half_up() {
        let fen = Money::sum_from_fen;
        assert_eq!(change(fen(1154), fen(1000)), Some(154));
        assert_eq!(change(fen(-500), fen(1000)), Some(-1500));
        assert_eq!(change(fen(10_005), fen(10_000)), Some(1));
        assert_eq!((change(fen(5), fen(0)), change(fen(5), fen(-5))), (None, None));
        assert_eq!((percent(1, 8), percent(1, 3), percent(0, 0)), (13, 33, 0));
    }

    #[test]
    fn days_on_hand_are_average_stock_by_what_is_sold_a_day() {
        let year = Turnover { sold: 1200, stock_before: 200, stock_after: 400, days: 360 };
        assert_eq!(year.days_on_hand(), Some(90));
        assert_eq!(Turnover { sold: 0, ..year }.days_on_hand(), None);
    }
}

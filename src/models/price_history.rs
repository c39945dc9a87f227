//! What a product was sold for, day by day, out of its sales.

use super::money::Money;
use super::product::ProductSale;
use super::time::Day;

/// The prices of one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PricesOfDay {
    pub day: Day,
    pub lowest: Money,
    pub highest: Money,
    /// Pieces sold less those that came back.
    pub pieces: i64,
    pub orders: i64,
    /// Against the lowest price of the sales day before, in per mille; none for the first, or where that was nothing.
    pub change: Option<i64>,
}

/// The prices by day in the order of the sales, which are sorted by day. Sales whose price is hidden are left out.
pub fn by_day(sales: &[ProductSale]) -> Vec<PricesOfDay> {
    let mut days: Vec<PricesOfDay> = Vec::new();
    let mut order = None;
    for sale in sales {
        let Some(price) = sale.unit_price else { continue };
        let pieces = sale.quantity - sale.returned_quantity;
        // The lines of an order follow each other.
        let another = order.replace(sale.order) != Some(sale.order);
        match days.last_mut().filter(|day| day.day == sale.order_day) {
            Some(day) => {
                day.lowest = day.lowest.min(price);
                day.highest = day.highest.max(price);
                day.pieces += pieces;
                day.orders += i64::from(another);
            }
            None => days.push(PricesOfDay { day: sale.order_day, lowest: price, highest: price, pieces, orders: 1, change: None }),
        }
    }
    for at in 1..days.len() {
        let (earlier, later) = if days[at - 1].day < days[at].day { (at - 1, at) } else { (at, at - 1) };
        let before = i128::from(days[earlier].lowest.fen());
        let difference = i128::from(days[later].lowest.fen()) - before;
        // Half away from zero.
        let rounded = |before: i128| (2 * difference.abs() * 1000 + before) / (2 * before) * difference.signum();
        days[later].change = (before > 0).then(|| i64::try_from(rounded(before)).ok()).flatten();
    }
    days
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::choice::OrderStatus;
    use crate::models::{OrderId, OrderItemId};

    fn sale(day: &str, quantity: i64, returned: i64, fen: Option<i64>) -> ProductSale {
        ProductSale {
            line: OrderItemId(1),
            order: OrderId(1),
            order_no: String::new(),
            order_day: Day::parse(day).unwrap(),
            status: OrderStatus::Paid,
            customer_name: String::new(),
            quantity,
            returned_quantity: returned,
            unit_price: fen.map(|fen| Money::from_fen(fen).unwrap()),
        }
    }

    #[test]
    fn a_day_gathers_its_sales_and_knows_the_change_whichever_way_they_are_sorted() {
        let mut sales = vec![
            ProductSale { order: OrderId(9), ..sale("2026-01-30", 5, 1, Some(1100)) },
            ProductSale { order: OrderId(9), ..sale("2026-01-30", 1, 0, Some(1080)) },
            sale("2026-01-30", 2, 0, Some(1050)),
            sale("2026-01-28", 1, 0, None),
            sale("2026-01-20", 3, 0, Some(1000)),
            sale("2026-01-10", 3, 0, Some(0)),
        ];
        let shown = |sales: &[ProductSale]| -> Vec<(String, i64, i64, i64, i64, Option<i64>)> {
            by_day(sales).iter().map(|d| (d.day.to_string(), d.lowest.fen(), d.highest.fen(), d.pieces, d.orders, d.change)).collect()
        };
        let days = shown(&sales);
        assert_eq!(
            days,
            [
                ("2026-01-30".to_owned(), 1050, 1100, 7, 2, Some(50)),
                ("2026-01-20".to_owned(), 1000, 1000, 3, 1, None),
                ("2026-01-10".to_owned(), 0, 0, 3, 1, None),
            ]
        );
        sales.reverse();
        assert_eq!(shown(&sales), days.into_iter().rev().collect::<Vec<_>>());
        assert_eq!(by_day(&[sale("2026-01-02", 1, 0, Some(999)), sale("2026-01-01", 1, 0, Some(1000))])[0].change, Some(-1));
    }
}

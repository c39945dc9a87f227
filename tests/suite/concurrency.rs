//! Several desks on one file at once: exactly the stock is sold, and nobody is told that the file is busy.

use std::collections::BTreeSet;

use zhanggui::models::Error;
use zhanggui::models::error::Refusal;
use zhanggui::services::{Desk, orders, products};

use crate::fixture::{Fixture, new_order};

#[test]
fn four_desks_sell_exactly_the_stock() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 1000, 100));
    let sell = |mut desk: Desk| {
        let mut numbers = Vec::new();
        for _ in 0..50 {
            match orders::create(&mut desk, &new_order(customer, &[(product, 1, 1000)])) {
                Ok(created) => numbers.push(created.order_no),
                Err(Error::Refused(Refusal::Shortage { wanted: 1, available: 0, .. })) => {}
                Err(other) => panic!("{other:?}"),
            }
        }
        numbers
    };
    let desks: Vec<Desk> = (0..4).map(|_| f.signed_in("admin")).collect();
    let numbers: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = desks.into_iter().map(|desk| scope.spawn(move || sell(desk))).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    assert_eq!(numbers.len(), 100);
    assert_eq!(numbers.iter().collect::<BTreeSet<_>>().len(), 100);
    assert_eq!(products::get(&f.desk, product).unwrap().stock, 0);
    assert_eq!(f.figure("SELECT COUNT(*) FROM orders"), 100);
}

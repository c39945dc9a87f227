//! Several terminals on one file.

use zhanggui::models::error::Refusal;
use zhanggui::models::order::ShipConfirmation;
use zhanggui::models::{Error, OrderId};
use zhanggui::services::{auth, orders};

use crate::fixture::{Fixture, new_order};

#[test]
fn four_terminals_sell_exactly_what_is_there() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 100, 100));
    let order = new_order(customer, &[(product, 1, 100)]);
    let sold: usize = std::thread::scope(|scope| {
        let terminals: Vec<_> = (0..4)
            .map(|_| {
                let mut desk = f.another_desk();
                let order = order.clone();
                scope.spawn(move || {
                    auth::act_as(&mut desk, "admin").unwrap();
                    let mut sold = 0;
                    for _ in 0..50 {
                        match orders::create(&mut desk, &order) {
                            Ok(_) => sold += 1,
                            Err(Error::Refused(Refusal::Shortage { .. })) => {}
                            Err(other) => panic!("{other:?}"),
                        }
                    }
                    sold
                })
            })
            .collect();
        terminals.into_iter().map(|terminal| terminal.join().unwrap()).sum()
    });
    assert_eq!(sold, 100);
    assert_eq!(f.figure("SELECT COUNT(DISTINCT order_no) FROM orders"), 100);
    assert_eq!(f.figure("SELECT stock_quantity FROM products"), 0);
}

#[test]
fn a_change_on_another_desk_moves_the_revision() {
    let mut f = Fixture::new();
    let other = f.another_desk();
    let before = other.revision();
    f.customer("乙");
    assert_ne!(other.revision(), before);
}

#[test]
fn two_people_ship_one_order_once() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 100, 10));
    let order = f.order(customer, &[(product, 4, 100)]);
    f.pay(order, 400).unwrap();
    let mut other = f.another_desk();
    auth::act_as(&mut other, "admin").unwrap();
    orders::ship(&mut other, OrderId(1), ShipConfirmation { unpaid: None, version: None }).unwrap();
    assert!(matches!(
        orders::ship(&mut f.desk, order, ShipConfirmation { unpaid: None, version: None }),
        Err(Error::Refused(Refusal::StatusChange { .. }))
    ));
}

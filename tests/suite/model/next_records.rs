//! Which step may come next with products, customers, follow-ups and imports.

use proptest::prelude::*;
use proptest::sample::select;
use zhanggui::models::choice::Role;
use zhanggui::models::import::Existing;
use zhanggui::models::*;

use super::files::{CustomerRow, OrderRows, ProductRow};
use super::next::{Choices, Focus, likely, pieces};
use super::plans::Followup;
use super::shop::{PEOPLE, Shop};
use super::steps::{CustomerData, Piece, ProductData, Step};

const OWNERS: [Option<usize>; 3] = [None, Some(2), Some(3)];
const HOUR: i64 = 3600;

pub fn add(shop: &Shop, choices: &mut Choices) {
    add_products(shop, choices);
    add_customers(shop, choices);
    add_followups(shop, choices);
    add_imports(shop, choices);
}

fn add_products(shop: &Shop, choices: &mut Choices) {
    let unused = likely(&shop.products, |product| product.active && !product.moved);
    choices.add_any(Focus::Records, 1, vec![Step::NewProduct]);
    choices.add_any(Focus::Records, 1, unused.into_iter().map(|product| Step::RemoveProduct { product }).collect());
    let product = select(likely(&shop.products, |product| !product.gone && !product.active));
    let values = (select(vec![100, 1250, 0]), select(vec![None, Some(60), Some(75)]), select(vec![10, 5, 40]), prop::bool::weighted(0.85));
    let data = values.prop_map(|(price, cost, threshold, active)| ProductData { price, cost, threshold, active });
    let change = (product, prop::bool::weighted(0.1), data);
    let weight = if shop.role() == Role::Warehouse { 8 } else { 2 };
    choices.add(Focus::Records, weight, change.prop_map(|(product, stale, data)| Step::ChangeProduct { product, stale, data }).boxed());
    let several = proptest::sample::subsequence((0..shop.products.len()).collect::<Vec<_>>(), 1..=shop.products.len().min(3));
    let by = select(vec![(Some(5), None), (Some(-33), None), (None, Some(20)), (Some(10), Some(10))]);
    let many = (several, by).prop_map(|(products, (percent, threshold))| Step::ChangeMany { products, percent, threshold });
    choices.add(Focus::Records, 1, many.boxed());
}

fn add_customers(shop: &Shop, choices: &mut Choices) {
    let everyone = 0..shop.customers.len();
    let new = OWNERS.into_iter().flat_map(|owner| [None, Some(0), Some(3000)].map(|limit| Step::NewCustomer { owner, limit })).collect();
    choices.add_any(Focus::Records, 1, new);
    choices.add_any(Focus::Records, 1, everyone.clone().map(|customer| Step::RemoveCustomer { customer }).collect());
    let some = proptest::sample::subsequence(everyone.collect::<Vec<_>>(), 1..=shop.customers.len().min(2));
    let hand_over = (some, select(OWNERS.to_vec())).prop_map(|(customers, owner)| Step::HandOver { customers, owner });
    choices.add(Focus::Records, 2, hand_over.boxed());
    let customer = select(likely(&shop.customers, |customer| !customer.gone && !customer.active));
    let limit = select(vec![None, Some(0), Some(500), Some(20_000)]);
    let values = (select(OWNERS.to_vec()), limit, select(vec![None, Some(0), Some(45)]), prop::bool::weighted(0.85));
    let data = values.prop_map(|(owner, limit, term, active)| CustomerData { owner, limit, term, active });
    let change = (customer, prop::bool::weighted(0.1), data);
    choices.add(Focus::Records, 2, change.prop_map(|(customer, stale, data)| Step::ChangeCustomer { customer, stale, data }).boxed());
}

/// When it happened, and what is planned: mostly in order.
fn moments(shop: &Shop) -> impl Strategy<Value = (Timestamp, Option<Timestamp>)> + use<> {
    let now = shop.now;
    let at = select([0, 0, 0, 0, 0, -HOUR, -HOUR, -48 * HOUR, -48 * HOUR, 26 * HOUR].map(|seconds| now.plus_seconds(seconds)).to_vec());
    let later = select(vec![None, None, Some(24 * HOUR), Some(24 * HOUR), Some(24 * HOUR), Some(72 * HOUR), Some(72 * HOUR), Some(0)]);
    (at, later).prop_map(|(at, later)| (at, later.map(|seconds| at.plus_seconds(seconds))))
}

fn add_followups(shop: &Shop, choices: &mut Choices) {
    // Of few customers, so that one has several.
    let planned = |at: &usize| shop.followups.iter().any(|followup| followup.customer == *at && followup.is_open());
    let customers = likely(&(0..shop.customers.len()).collect::<Vec<_>>(), |at| *at == 0 || planned(at));
    let record = (select(customers), moments(shop)).prop_map(|(customer, (at, next))| Step::FollowUp { customer, at, next });
    choices.add(Focus::Records, 4, record.boxed());
    if shop.followups.is_empty() {
        return;
    }
    let some = select(likely(&shop.followups, |followup| !followup.gone));
    let stays: Vec<Followup> = shop.followups.clone();
    let correct = (some, prop::bool::weighted(0.1), moments(shop), 0..4_u8).prop_map(move |(followup, stale, (at, next), how)| {
        // Now and then the plan stays, or all but it.
        let known = &stays[followup];
        match how {
            0 => Step::CorrectFollowup { followup, stale, at: known.at, next: known.next },
            1 => Step::CorrectFollowup { followup, stale, at: known.at, next },
            _ => Step::CorrectFollowup { followup, stale, at, next },
        }
    });
    choices.add(Focus::Records, 3, correct.boxed());
    let mut marks = Vec::new();
    for followup in likely(&shop.followups, |followup| !followup.gone && followup.next.is_some()) {
        let usual = shop.followups[followup].is_open();
        marks.extend([usual, usual, usual, !usual].map(|done| Step::MarkFollowup { followup, done }));
    }
    choices.add_any(Focus::Records, 3, marks);
    choices.add_any(Focus::Records, 1, (0..shop.followups.len()).map(|followup| Step::RemoveFollowup { followup }).collect());
}

fn how() -> impl Strategy<Value = (Existing, bool)> {
    (select(vec![Existing::Skip, Existing::Skip, Existing::Update, Existing::Update, Existing::Update, Existing::Refuse]), prop::bool::weighted(0.15))
}

/// The places of records that are there, and of the next one.
fn places<T>(records: &[T], gone: impl Fn(&T) -> bool) -> Vec<usize> {
    let mut places: Vec<usize> = (0..records.len()).filter(|at| !gone(&records[*at])).collect();
    places.extend([records.len(); 2]);
    places
}

fn add_imports(shop: &Shop, choices: &mut Choices) {
    let products = places(&shop.products, |product| product.gone);
    let customers = places(&shop.customers, |customer| customer.gone);
    let active = select(vec![None, None, Some(true), Some(false)]);
    let cells = (select(vec![None, Some(150), Some(2000)]), select(vec![None, Some(0), Some(30)]), select(vec![None, Some(12)]), active.clone());
    let row = (select(products.clone()), cells, prop::bool::weighted(0.05))
        .prop_map(|(product, (price, stock, threshold, active), wrong)| ProductRow { product, price, stock, threshold, active, wrong });
    let rows = (proptest::collection::vec(row, 1..=3), how());
    choices.add(Focus::Records, 2, rows.prop_map(|(rows, (existing, dry))| Step::ImportProducts { rows, existing, dry }).boxed());

    let owner = prop_oneof![6 => Just(None), 3 => Just(Some(2)), 3 => Just(Some(3)), 1 => Just(Some(PEOPLE.len()))];
    let cells = (owner, select(vec![None, Some(0), Some(4000)]), select(vec![None, Some(60)]), active);
    let row = (select(customers.clone()), cells, prop::bool::weighted(0.05))
        .prop_map(|(customer, (owner, limit, term, active), wrong)| CustomerRow { customer, owner, limit, term, active, wrong });
    let rows = (proptest::collection::vec(row, 1..=3), how());
    choices.add(Focus::Records, 2, rows.prop_map(|(rows, (existing, dry))| Step::ImportCustomers { rows, existing, dry }).boxed());

    let orders = (order(shop, &customers, &products), order(shop, &customers, &products), any::<bool>(), any::<bool>(), how());
    let known = shop.orders.iter().filter(|order| order.number.starts_with('X')).count();
    let orders = orders.prop_map(move |(first, mut second, two, with_paid, (existing, dry))| {
        second.number = format!("X{}", known + 1);
        let mut orders = if two { vec![first, second] } else { vec![first] };
        if !with_paid {
            orders.iter_mut().for_each(|order| order.paid = None);
        }
        Step::ImportOrders { orders, existing, dry }
    });
    choices.add(Focus::Records, 3, orders.boxed());
}

/// An order of a file: the next one, one that is there, or one with a number of ours.
fn order(shop: &Shop, customers: &[usize], products: &[usize]) -> impl Strategy<Value = OrderRows> + use<> {
    let today = shop.today();
    let known: Vec<&str> = shop.orders.iter().map(|order| order.number.as_str()).filter(|number| number.starts_with('X')).collect();
    let next = format!("X{}", known.len());
    let mut numbers: Vec<String> = vec![next; 12];
    numbers.extend(known.last().map(|number| (*number).to_owned()));
    numbers.push("O20260130001".into());
    let next_product = shop.products.len();
    let lines = (pieces(shop), prop::bool::weighted(0.25)).prop_map({
        let products = products.to_vec();
        move |(mut lines, fresh): (Vec<Piece>, bool)| {
            // What is gone from the file cannot be named.
            lines.iter_mut().filter(|line| !products.contains(&line.product)).for_each(|line| line.product = products[0]);
            if fresh {
                lines[0].product = next_product;
            }
            lines
        }
    });
    let days = select([0, 0, 0, -1, -1, -40, -40, -40, -40, 1].map(|days| today.plus_days(days)).to_vec());
    let shipped = select(vec![None, None, None, None, Some(0), Some(0), Some(0), Some(0), Some(0), Some(2)]);
    (select(numbers), select(customers.to_vec()), days, shipped, lines, 0..16_u8).prop_map(|(number, customer, day, shipped, lines, paid)| {
        let total: i64 = lines.iter().map(|line| line.quantity * line.price).sum();
        let paid = match paid {
            0 => total + 1,
            1..=3 => 0,
            4..=6 => total / 2,
            _ => total,
        };
        OrderRows { number, customer, day, shipped: shipped.map(|days| day.plus_days(days)), paid: Some(paid), lines }
    })
}

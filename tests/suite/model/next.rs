//! Which step may come next: mostly what a person would do there, now and then what the rules refuse. Records, quotes, picking and imports are in
//! `next_records` and `next_papers`.

use proptest::prelude::*;
use proptest::sample::select;
use zhanggui::models::choice::{CreditCheck, MovementType, OrderStatus, Role, StockState};
use zhanggui::models::*;

use super::counts::Sheet;
use super::sales::Order;
use super::shop::{PEOPLE, Shop};
use super::steps::{Back, Piece, Setting, Step};
use super::{next_papers, next_records};

/// What the people of a sequence mostly do: with everything at once, little would come of any of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Orders,
    Quotes,
    /// Stock, stocktakes and picking.
    Shelves,
    /// Products, customers, follow-ups and imports.
    Records,
}

/// Steps to choose from, by weight.
pub struct Choices {
    focus: Focus,
    steps: Vec<(u32, BoxedStrategy<Step>)>,
}

impl Choices {
    /// What belongs to the sequence's focus is chosen that much more often.
    const MORE: u32 = 4;

    pub fn add(&mut self, of: Focus, weight: u32, step: BoxedStrategy<Step>) {
        let more = if of == self.focus { Self::MORE } else { 1 };
        self.steps.push((weight * more, step));
    }

    /// One of these steps, where there are any.
    pub fn add_any(&mut self, of: Focus, weight: u32, steps: Vec<Step>) {
        if !steps.is_empty() {
            self.add(of, weight, select(steps).boxed());
        }
    }
}

/// What may come next.
pub fn next(shop: &Shop) -> BoxedStrategy<Step> {
    let mut choices = Choices { focus: shop.focus, steps: Vec::new() };
    add_orders(shop, &mut choices);
    add_shelves(shop, &mut choices);
    next_papers::add(shop, &mut choices);
    next_records::add(shop, &mut choices);
    let mut common = |weight, steps: Vec<Step>| choices.steps.push((weight, select(steps).boxed()));
    common(3, settings().into_iter().map(Step::Configure).collect());
    common(6, times(shop).into_iter().map(Step::Clock).collect());
    common(2, vec![Step::Restart]);
    let everyone = [0, 0, 0].into_iter().chain(0..PEOPLE.len());
    // Who may do little of what is to be done goes soon.
    let change = match (shop.role(), shop.focus) {
        (Role::Warehouse, Focus::Shelves) => 5,
        (Role::Warehouse, Focus::Records) => 12,
        (Role::Warehouse | Role::Employee, _) => 32,
        _ => 5,
    };
    common(change, everyone.filter(|person| *person != shop.actor).map(Step::Become).collect());
    proptest::strategy::Union::new_weighted(choices.steps).boxed()
}

/// The places of records for which something would be done, several times, and of every other one once.
pub fn likely<T>(records: &[T], fits: impl Fn(&T) -> bool) -> Vec<usize> {
    let times = |record: &T| if fits(record) { 8 } else { 1 };
    records.iter().enumerate().flat_map(|(at, record)| std::iter::repeat_n(at, times(record))).collect()
}

/// Lines of a new document, mostly of what there is enough of.
pub fn pieces(shop: &Shop) -> impl Strategy<Value = Vec<Piece>> + use<> {
    let quantity = prop_oneof![20 => 1..=4_i64, 4 => 5..=12_i64, 1 => Just(70)];
    let enough = |at: usize| shop.products[at].active && shop.products[at].stock - shop.reserved(at) >= 8;
    let products: Vec<usize> = (0..shop.products.len()).collect();
    let products = likely(&products, |at| enough(*at));
    let line = (select(products), quantity, select(vec![100, 250, 1999, 0]));
    proptest::collection::vec(line.prop_map(|(product, quantity, price)| Piece { product, quantity, price }), 1..=3)
}

/// Customers, mostly those one may sell to.
pub fn buyers(shop: &Shop) -> Vec<usize> {
    likely(&shop.customers, |customer| customer.active && customer.owner.is_none_or(|owner| owner == shop.actor || shop.actor < 2))
}

/// Days of a new document: today, and others.
pub fn days(shop: &Shop) -> Vec<Day> {
    [0, 0, 0, 0, 0, 0, 0, 0, -1, -1, -40, 1].map(|days| shop.today().plus_days(days)).to_vec()
}

fn add_orders(shop: &Shop, choices: &mut Choices) {
    let order = (select(buyers(shop)), pieces(shop), select(days(shop)));
    choices.add(Focus::Orders, 10, order.prop_map(|(customer, lines, day)| Step::Order { customer, quote: None, lines, day }).boxed());
    let open = likely(&shop.orders, |order| order.stock == StockState::Reserved && order.status == OrderStatus::PendingPayment);
    if !open.is_empty() {
        let change = (select(open), prop::bool::weighted(0.1), pieces(shop));
        let weight = if shop.on_shipment { 5 } else { 1 };
        let change = change.prop_map(|(order, stale, lines)| Step::Change { order, stale, lines: Some(lines) });
        choices.add(Focus::Orders, weight, change.boxed());
        let annotate = (0..shop.orders.len()).flat_map(|order| [false, false, true].map(|stale| Step::Change { order, stale, lines: None }));
        choices.add_any(Focus::Orders, 1, annotate.collect());
    }
    let is_any = |fits: fn(&Order) -> bool, weight| if shop.orders.iter().any(fits) { weight } else { 1 };
    let settled = |order: &Order| order.status == OrderStatus::Shipped && order.outstanding() == 0;
    choices.add_any(Focus::Orders, 8, payments(shop));
    choices.add_any(Focus::Orders, is_any(|order| order.paid > 0, 3), refunds(shop));
    choices.add_any(Focus::Orders, is_any(Order::is_open, 4), cancelling(shop));
    choices.add_any(Focus::Orders, is_any(Order::is_open, 7), shipping(shop));
    choices.add_any(Focus::Orders, is_any(settled, 5), likely(&shop.orders, settled).into_iter().map(|order| Step::Complete { order }).collect());
    choices.add_any(Focus::Orders, is_any(Order::is_out, 9), returns(shop));
}

fn add_shelves(shop: &Shop, choices: &mut Choices) {
    choices.add_any(Focus::Shelves, 4, stock(shop));
    choices.add_any(Focus::Shelves, 2, (0..shop.movements.len()).map(|movement| Step::Reverse { movement }).collect());
    choices.add_any(Focus::Shelves, 2, (0..shop.products.len()).map(Some).chain([None; 4]).map(|only| Step::Begin { only }).collect());
    choices.add_any(Focus::Shelves, if shop.sheets.iter().any(Sheet::is_open) { 12 } else { 1 }, counting(shop));
}

fn payments(shop: &Shop) -> Vec<Step> {
    let due = likely(&shop.orders, |order| order.status != OrderStatus::Cancelled && order.outstanding() > 0);
    let of = |order: usize| {
        let (due, paid, day) = (shop.orders[order].outstanding(), shop.orders[order].paid, shop.today());
        let amounts = [due, due, due, due, due, due / 2, due / 2, 1, due + 1];
        let step = move |fen| Step::Pay { order, fen, day, before: Some(paid) };
        let odd = [Step::Pay { order, fen: 1, day: day.plus_days(1), before: None }, Step::Pay { order, fen: 1, day, before: Some(paid + 1) }];
        amounts.into_iter().filter(|fen| *fen > 0).map(step).chain(odd)
    };
    due.into_iter().flat_map(of).collect()
}

fn refunds(shop: &Shop) -> Vec<Step> {
    let of = |order: usize| {
        let (paid, day) = (shop.orders[order].paid, shop.today());
        let amounts = [paid, paid / 2, 1, paid + 1];
        amounts.into_iter().filter(|fen| *fen > 0).map(move |fen| Step::Refund { order, fen, day, before: Some(paid) })
    };
    likely(&shop.orders, |order| order.paid > 0).into_iter().flat_map(of).collect()
}

pub fn cancelling(shop: &Shop) -> Vec<Step> {
    let of = |order: usize| {
        let (pieces, refund) = (shop.orders[order].deducted(), shop.orders[order].paid);
        let shown = Step::Cancel { order, pieces, refund };
        [
            shown.clone(),
            shown.clone(),
            shown.clone(),
            shown.clone(),
            shown,
            Step::Cancel { order, pieces: pieces + 1, refund },
            Step::Cancel { order, pieces, refund: refund + 1 },
        ]
    };
    likely(&shop.orders, Order::is_open).into_iter().flat_map(of).collect()
}

fn shipping(shop: &Shop) -> Vec<Step> {
    let of = |order: usize| {
        let unpaid = Some(shop.orders[order].outstanding());
        let shown = Step::Ship { order, stale: false, unpaid };
        [
            shown.clone(),
            shown.clone(),
            shown.clone(),
            shown.clone(),
            shown,
            Step::Ship { order, stale: true, unpaid },
            Step::Ship { order, stale: false, unpaid: None },
        ]
    };
    likely(&shop.orders, Order::is_open).into_iter().flat_map(of).collect()
}

fn returns(shop: &Shop) -> Vec<Step> {
    let mut steps = Vec::new();
    for order in likely(&shop.orders, Order::is_out) {
        let found = &shop.orders[order];
        let back = |line: usize, pieces: i64| Back { line, pieces, returnable: found.lines[line].quantity - found.lines[line].returned };
        let step = |lines: Vec<Back>, more_back: i64| {
            let value = lines.iter().map(|back| back.pieces * found.lines[back.line].price).sum();
            Step::Return { order, lines, refund: found.refund_for(value) + more_back }
        };
        let all: Vec<Back> = (0..found.lines.len()).map(|line| back(line, 1)).filter(|back| back.returnable > 0).collect();
        for back in &all {
            let whole = Back { pieces: back.returnable, ..*back };
            let (stale, more) = (Back { returnable: back.returnable + 1, ..*back }, Back { pieces: back.returnable + 1, ..*back });
            steps.extend(vec![step(vec![*back], 0); 4]);
            steps.extend([step(vec![whole], 0), step(vec![stale], 0), step(vec![more], 0), step(vec![*back], 1)]);
        }
        if all.len() > 1 {
            let wholes: Vec<Back> = all.iter().map(|back| Back { pieces: back.returnable, ..*back }).collect();
            let mut twice = all.clone();
            twice.push(all[0]);
            let mut last_stale = all.clone();
            last_stale.last_mut().unwrap().returnable += 1;
            let mut last_more = wholes.clone();
            last_more.last_mut().unwrap().pieces += 1;
            steps.extend(vec![step(all, 0); 6]);
            steps.extend(vec![step(wholes, 0); 2]);
            steps.extend([twice, last_stale, last_more].map(|lines| step(lines, 0)));
        }
        if let Some(line) = (0..found.lines.len()).find(|line| back(*line, 1).returnable == 0) {
            steps.push(step(vec![back(line, 1)], 0));
        }
    }
    steps
}

fn stock(shop: &Shop) -> Vec<Step> {
    let mut steps = Vec::new();
    for (product, shelf) in shop.products.iter().enumerate() {
        let step = |kind, quantity| Step::Stock { product, kind, quantity };
        steps.extend([step(MovementType::In, 3), step(MovementType::In, 30), step(MovementType::Out, 2), step(MovementType::Out, 15)]);
        steps.extend([0, shelf.stock, shelf.stock + 2].map(|counted| step(MovementType::Adjust, counted)));
    }
    steps
}

fn counting(shop: &Shop) -> Vec<Step> {
    let mut steps = Vec::new();
    for sheet in likely(&shop.sheets, Sheet::is_open) {
        let counted = shop.sheets[sheet].lines.iter().filter(|line| line.count.is_some()).count();
        steps.extend(vec![Step::Post { sheet, stale: false }; 1 + 8 * counted]);
        steps.extend([Step::Post { sheet, stale: true }, Step::Discard { sheet }]);
        for (product, shelf) in shop.products.iter().enumerate() {
            let seen = shop.sheets[sheet].counted(product);
            let count = |counted, seen| Step::Count { sheet, product, counted, seen };
            steps.extend([count(Some(shelf.stock), seen), count(Some(shelf.stock + 1), seen), count(None, seen), count(Some(2), Some(9))]);
        }
    }
    steps
}

fn settings() -> Vec<Setting> {
    let berlin = Zone::parse("Europe/Berlin").unwrap();
    let mut settings = vec![Setting::Zone(Zone::SHANGHAI), Setting::Zone(berlin)];
    settings.extend([true, false].map(Setting::DeductOnShipment));
    settings.extend([true, false].map(Setting::ShipUnpaid));
    settings.extend(CreditCheck::ALL.iter().copied().map(Setting::Credit));
    settings
}

/// An hour back, hours and days on, and on to half an hour before Berlin's clocks change and the years end.
fn times(shop: &Shop) -> Vec<Timestamp> {
    const HOUR: i64 = 3600;
    let mut times: Vec<Timestamp> = [-HOUR, HOUR, 9 * HOUR, 24 * HOUR, 24 * 9 * HOUR].map(|seconds| shop.now.plus_seconds(seconds)).to_vec();
    let edges = ["2026-03-29 00:30:00", "2026-10-25 00:30:00", "2026-12-31 15:30:00", "2026-12-31 22:30:00"].map(|at| Timestamp::parse(at).unwrap());
    times.extend(edges.into_iter().filter(|edge| *edge > shop.now));
    times
}

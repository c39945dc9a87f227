//! Steps of a sequence, and which may come next: mostly what a person would do there, now and then what the rules refuse.

use proptest::prelude::*;
use proptest::sample::select;
use zhanggui::models::choice::{CreditCheck, MovementType, OrderStatus, Role, StockState};
use zhanggui::models::*;

use super::counts::Sheet;
use super::sales::Order;
use super::shop::{PEOPLE, Shop};

/// Pieces of a product at a price in fen.
#[derive(Clone, Copy, Debug)]
pub struct Piece {
    pub product: usize,
    pub quantity: i64,
    pub price: i64,
}

#[derive(Clone, Copy, Debug)]
pub enum Setting {
    DeductOnShipment(bool),
    ShipUnpaid(bool),
    Credit(CreditCheck),
    Zone(Zone),
}

/// One step. Records are named by their place in the model, amounts in fen, and what was shown and confirmed by its figures.
#[derive(Clone, Debug)]
pub enum Step {
    Order {
        customer: usize,
        lines: Vec<Piece>,
        day: Day,
    },
    Change {
        order: usize,
        stale: bool,
        lines: Vec<Piece>,
    },
    Pay {
        order: usize,
        fen: i64,
        day: Day,
        before: Option<i64>,
    },
    Refund {
        order: usize,
        fen: i64,
        day: Day,
        before: Option<i64>,
    },
    Cancel {
        order: usize,
        pieces: i64,
        refund: i64,
    },
    Ship {
        order: usize,
        stale: bool,
        unpaid: Option<i64>,
    },
    Complete {
        order: usize,
    },
    Return {
        order: usize,
        line: usize,
        pieces: i64,
        returnable: i64,
        refund: i64,
    },
    Stock {
        product: usize,
        kind: MovementType,
        quantity: i64,
    },
    Reverse {
        movement: usize,
    },
    /// A count sheet of one product, or of all.
    Begin {
        only: Option<usize>,
    },
    Count {
        sheet: usize,
        product: usize,
        counted: Option<i64>,
        seen: Option<i64>,
    },
    Post {
        sheet: usize,
        stale: bool,
    },
    Discard {
        sheet: usize,
    },
    NewProduct,
    RemoveProduct {
        product: usize,
    },
    NewCustomer {
        owner: Option<usize>,
        limit: Option<i64>,
    },
    RemoveCustomer {
        customer: usize,
    },
    HandOver {
        customer: usize,
        owner: Option<usize>,
    },
    Configure(Setting),
    Clock(Timestamp),
    Restart,
    Become(usize),
}

impl Step {
    /// Whether what it names exists: shrinking takes steps out from under it.
    pub fn is_possible(&self, shop: &Shop) -> bool {
        let lines_known = |lines: &[Piece]| lines.iter().all(|line| line.product < shop.products.len());
        match self {
            Step::Order { customer, lines, .. } => *customer < shop.customers.len() && lines_known(lines),
            Step::Change { order, lines, .. } => *order < shop.orders.len() && lines_known(lines),
            Step::Return { order, line, .. } => shop.orders.get(*order).is_some_and(|order| *line < order.lines.len()),
            Step::Pay { order, .. }
            | Step::Refund { order, .. }
            | Step::Cancel { order, .. }
            | Step::Ship { order, .. }
            | Step::Complete { order } => *order < shop.orders.len(),
            Step::Stock { product, .. } | Step::RemoveProduct { product } => *product < shop.products.len(),
            Step::Begin { only } => only.is_none_or(|product| product < shop.products.len()),
            Step::Count { sheet, product, .. } => *sheet < shop.sheets.len() && *product < shop.products.len(),
            Step::Post { sheet, .. } | Step::Discard { sheet } => *sheet < shop.sheets.len(),
            Step::Reverse { movement } => *movement < shop.movements.len(),
            Step::RemoveCustomer { customer } | Step::HandOver { customer, .. } => *customer < shop.customers.len(),
            Step::NewProduct | Step::NewCustomer { .. } | Step::Configure(_) | Step::Clock(_) | Step::Restart | Step::Become(_) => true,
        }
    }
}

fn pieces(shop: &Shop) -> impl Strategy<Value = Vec<Piece>> + use<> {
    let quantity = prop_oneof![20 => 1..=4_i64, 4 => 5..=12_i64, 1 => Just(70)];
    let enough = |at: usize| shop.products[at].active && shop.products[at].stock - shop.reserved(at) >= 8;
    let products: Vec<usize> = (0..shop.products.len()).collect();
    let products = likely(&products, |at| enough(*at));
    let line = (select(products), quantity, select(vec![100, 250, 1999, 0]));
    proptest::collection::vec(line.prop_map(|(product, quantity, price)| Piece { product, quantity, price }), 1..=3)
}

/// What may come next.
pub fn next(shop: &Shop) -> BoxedStrategy<Step> {
    let today = shop.today();
    let days = select([0, 0, 0, 0, -1, -40, 1].map(|days| today.plus_days(days)).to_vec());
    let customers = likely(&shop.customers, |customer| customer.active && customer.owner.is_none_or(|owner| owner == shop.actor || shop.actor < 2));
    let order = (select(customers), pieces(shop), days).prop_map(|(customer, lines, day)| Step::Order { customer, lines, day });
    let mut choices = vec![(16, order.boxed())];
    let open = likely(&shop.orders, |order| order.stock == StockState::Reserved && order.status == OrderStatus::PendingPayment);
    if !open.is_empty() {
        let change = (select(open), prop::bool::weighted(0.1), pieces(shop));
        let weight = if shop.on_shipment { 8 } else { 2 };
        choices.push((weight, change.prop_map(|(order, stale, lines)| Step::Change { order, stale, lines }).boxed()));
    }
    let mut add = |weight, steps: Vec<Step>| {
        if !steps.is_empty() {
            choices.push((weight, select(steps).boxed()));
        }
    };
    let is_any = |fits: fn(&Order) -> bool, weight| if shop.orders.iter().any(fits) { weight } else { 1 };
    add(12, payments(shop));
    add(is_any(|order| order.paid > 0, 4), refunds(shop));
    add(is_any(Order::is_open, 4), cancelling(shop));
    add(is_any(Order::is_open, 10), shipping(shop));
    let settled = |order: &Order| order.status == OrderStatus::Shipped && order.outstanding() == 0;
    add(is_any(settled, 8), likely(&shop.orders, settled).into_iter().map(|order| Step::Complete { order }).collect());
    add(is_any(Order::is_out, 12), returns(shop));
    add(6, stock(shop));
    add(3, (0..shop.movements.len()).map(|movement| Step::Reverse { movement }).collect());
    add(2, (0..shop.products.len()).map(Some).chain([None; 4]).map(|only| Step::Begin { only }).collect());
    add(if shop.sheets.iter().any(Sheet::is_open) { 16 } else { 1 }, counting(shop));
    add(1, vec![Step::NewProduct]);
    add(1, likely(&shop.products, |product| product.active && !product.moved).into_iter().map(|product| Step::RemoveProduct { product }).collect());
    add(
        1,
        [None, Some(2), Some(3)].into_iter().flat_map(|owner| [None, Some(0), Some(3000)].map(|limit| Step::NewCustomer { owner, limit })).collect(),
    );
    add(1, (0..shop.customers.len()).map(|customer| Step::RemoveCustomer { customer }).collect());
    let owners = [None, Some(2), Some(3)];
    add(3, (0..shop.customers.len()).flat_map(|customer| owners.map(|owner| Step::HandOver { customer, owner })).collect());
    add(4, settings().into_iter().map(Step::Configure).collect());
    add(5, times(shop).into_iter().map(Step::Clock).collect());
    add(2, vec![Step::Restart]);
    let everyone = [0, 0, 0].into_iter().chain(0..PEOPLE.len());
    let hampered = matches!(shop.role(), Role::Warehouse | Role::Employee);
    add(if hampered { 14 } else { 4 }, everyone.filter(|person| *person != shop.actor).map(Step::Become).collect());
    proptest::strategy::Union::new_weighted(choices).boxed()
}

/// The places of records for which something would be done, several times, and of every other one once.
fn likely<T>(records: &[T], fits: impl Fn(&T) -> bool) -> Vec<usize> {
    let times = |record: &T| if fits(record) { 8 } else { 1 };
    records.iter().enumerate().flat_map(|(at, record)| std::iter::repeat_n(at, times(record))).collect()
}

fn payments(shop: &Shop) -> Vec<Step> {
    let due = likely(&shop.orders, |order| order.status != OrderStatus::Cancelled && order.outstanding() > 0);
    let of = |order: usize| {
        let (due, paid, day) = (shop.orders[order].outstanding(), shop.orders[order].paid, shop.today());
        let amounts = [due, due, due, due / 2, 1, due + 1];
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

fn cancelling(shop: &Shop) -> Vec<Step> {
    let of = |order: usize| {
        let (pieces, refund) = (shop.orders[order].deducted(), shop.orders[order].paid);
        let shown = Step::Cancel { order, pieces, refund };
        [shown.clone(), shown.clone(), shown, Step::Cancel { order, pieces: pieces + 1, refund }, Step::Cancel { order, pieces, refund: refund + 1 }]
    };
    likely(&shop.orders, Order::is_open).into_iter().flat_map(of).collect()
}

fn shipping(shop: &Shop) -> Vec<Step> {
    let of = |order: usize| {
        let unpaid = Some(shop.orders[order].outstanding());
        let shown = Step::Ship { order, stale: false, unpaid };
        [shown.clone(), shown.clone(), shown, Step::Ship { order, stale: true, unpaid }, Step::Ship { order, stale: false, unpaid: None }]
    };
    likely(&shop.orders, Order::is_open).into_iter().flat_map(of).collect()
}

fn returns(shop: &Shop) -> Vec<Step> {
    let mut steps = Vec::new();
    for order in likely(&shop.orders, Order::is_out) {
        let found = &shop.orders[order];
        for (line, known) in found.lines.iter().enumerate() {
            let returnable = known.quantity - known.returned;
            let step = |pieces: i64, more_there: i64, more_back: i64| {
                let refund = found.refund_for(pieces * known.price) + more_back;
                Step::Return { order, line, pieces, returnable: returnable + more_there, refund }
            };
            if returnable > 0 {
                steps.extend([step(1, 0, 0), step(1, 0, 0), step(returnable, 0, 0), step(1, 1, 0), step(1, 0, 1)]);
            }
            steps.push(step(returnable + 1, 0, 0));
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

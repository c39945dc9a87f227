//! Demo data of any size: deterministic for a seed and a day, plausible, and under the same invariants as real work.
//!
//! A bulk path: the days of two years pass in memory, and each row is written once in the state it ended in.

mod names;
mod quotes;
mod returns;
mod stocktakes;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveTime, Weekday};

use super::auth;
use super::desk::Desk;
use crate::database::Connection;
use crate::i18n::fill;
use crate::models::choice::{LogAction, Module, OrderStatus, ReferenceType, Role, StockState};
use crate::models::config::ConfigKey;
use crate::models::error::Refusal;
use crate::models::log::NewLog;
use crate::models::order::NewLine;
use crate::models::{CustomerId, Day, Error, Money, OrderId, ProductId, Result, Timestamp, UserId, Zone};
use crate::repositories as repo;
use crate::repositories::counters::{Series, number};
use crate::repositories::demo::{FinishedOrder, Moved};
use crate::repositories::orders::Sold;
use crate::repositories::search::{Batch, Index};
use crate::repositories::users::NewUser;

/// The password of every demo user (rulings §14).
pub const PASSWORD: &str = "zhanggui-demo";

const COMPANY: &str = "恒达五金办公批发";
const USERS: [(&str, &str, Role); 5] = [
    ("admin", "陈志远", Role::Admin),
    ("manager", "林晓雯", Role::Manager),
    ("sales", "周凯", Role::Sales),
    ("warehouse", "王建国", Role::Warehouse),
    ("employee", "吴敏", Role::Employee),
];
const METHODS: [&str; 4] = ["银行转账", "微信", "支付宝", "现金"];
const NOTES: [&str; 4] = ["送货前电话联系。", "随货开专票。", "送到工地东门，找仓库签收。", "分两车送，先到先卸。"];
/// How far back the orders go.
const DAYS: i64 = 730;
/// Days from today for which the administrator has planned something.
const FIRST_PLANS: [i64; 8] = [0, -2, 1, 0, -1, 0, 2, 3];
/// Orders written between two commits, and the most commits: each one writes most pages of the indexes anew.
const PER_COMMIT: u64 = 20_000;
const MOST_COMMITS: u64 = 10;
/// From so many orders on more pages are kept in memory while they are made: a MiB for so many orders, and the most.
const MANY_ORDERS: u64 = 64_000;
const ORDERS_PER_MIB: u64 = 1_000;
const MOST_MIB: u32 = 1_024;

/// How much of everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoSize {
    pub customers: usize,
    pub products: usize,
    pub orders: u64,
}

impl DemoSize {
    /// What `--demo` opens with.
    pub const WINDOW: DemoSize = DemoSize { customers: 121, products: 248, orders: 2_400 };
}

/// Fills a fresh file. 4000 where it already has users, or where `step` (orders done, of) stops it by saying false.
pub fn create(desk: &mut Desk, size: DemoSize, seed: u64, mut step: impl FnMut(u64, u64) -> bool) -> Result<()> {
    let hash = auth::hash(desk, PASSWORD)?;
    let setup = desk.setup().clone();
    let now = setup.clock.now();
    let size = DemoSize { customers: size.customers.max(1), products: size.products.max(1), ..size };
    if size.orders > MANY_ORDERS {
        let pages = u32::try_from(size.orders / ORDERS_PER_MIB).unwrap_or(MOST_MIB);
        desk.database().keep_in_memory(pages.min(MOST_MIB))?;
    }
    let mut world = desk.database_mut().write(|tx| World::begin(tx, size, seed, now, setup.zone, &hash))?;
    while !world.is_over() {
        desk.database_mut().write(|tx| world.pass_days(tx, PER_COMMIT.max(size.orders / MOST_COMMITS)))?;
        if !step(world.orders_done, size.orders) {
            return Err(Error::Cancelled);
        }
    }
    desk.database_mut().write(|tx| world.finish(tx, &setup.host))
}

/// A product's shelf while time passes.
struct Goods {
    id: ProductId,
    category: String,
    price: Money,
    cost: Money,
    stock: i64,
    threshold: i64,
    /// Bought only as needed: ends low or empty.
    scarce: bool,
}

struct Client {
    id: CustomerId,
    owner: Option<UserId>,
    /// In fen.
    outstanding: i64,
    last_order: Option<Timestamp>,
}

/// Something that happens to an order after it was placed.
struct Event {
    order: OrderId,
    placed: Timestamp,
    by: UserId,
    what: What,
}

enum What {
    Payment(Money),
    Refund(Money),
    /// Goods by their place, and pieces.
    Return(Vec<(usize, i64)>),
    /// Pieces of a shipped order.
    GoodsBack(returns::Plan),
}

struct World {
    random: fastrand::Rng,
    zone: Zone,
    now: Timestamp,
    today: Day,
    day: Day,
    orders: u64,
    orders_done: u64,
    users: Vec<UserId>,
    goods: Vec<Goods>,
    clients: Vec<Client>,
    events: BTreeMap<Day, Vec<Event>>,
    payments: BTreeMap<Day, i64>,
    order_counts: BTreeMap<Day, i64>,
    weights: Vec<u64>,
    /// How many of [`FIRST_PLANS`] are given away.
    own_plans: usize,
    quotes: Vec<quotes::Plan>,
    /// Days that a quote holds.
    validity: i64,
}

impl World {
    /// People, products with their opening stock, and customers.
    fn begin(tx: &Connection, size: DemoSize, seed: u64, now: Timestamp, zone: Zone, hash: &str) -> Result<World> {
        if repo::users::any(tx)? {
            return Err(Refusal::AlreadyInitialised.into());
        }
        let mut random = fastrand::Rng::with_seed(seed);
        let today = now.day(zone);
        let start = today.plus_days(-DAYS);
        let founded = start.plus_days(-30).start(zone);
        let mut users = Vec::new();
        for (username, full_name, role) in USERS {
            let new = NewUser { username, full_name, role, password_hash: hash, must_change_password: false };
            users.push(repo::users::insert(tx, &new, founded)?);
        }
        repo::config::set(tx, ConfigKey::CompanyName, COMPANY, founded)?;
        repo::config::set(tx, ConfigKey::TimeZone, zone.name(), founded)?;
        let mut goods = Vec::with_capacity(size.products);
        let mut found = Batch::new(Index::Products);
        for at in 0..size.products {
            let input = names::product(at, &mut random);
            let id = repo::products::insert_row(tx, &input, founded)?;
            found.add(tx, id.0, &repo::products::search_texts(&input))?;
            let scarce = at % 29 == 8 || at % 31 == 6;
            let stock = input.threshold * random.i64(2..9);
            let at = start.at(time(0), zone);
            let opening = Some((ReferenceType::Opening, id.0));
            repo::demo::movement(tx, &Moved { product: id, quantity: stock, stock_after: stock, reference: opening, by: users[3], at })?;
            let (price, cost) = (input.price, input.cost_price.unwrap_or_default());
            let category = input.category.unwrap_or_default();
            goods.push(Goods { id, category, price, cost, stock, threshold: input.threshold, scarce });
        }
        found.finish(tx)?;
        let owners = [users[2], users[2], users[1]];
        let mut clients = Vec::with_capacity(size.customers);
        let mut found = Batch::new(Index::Customers);
        for at in 0..size.customers {
            let input = names::customer(at, &mut random, &owners);
            let id = repo::customers::insert_row(tx, &input, users[2], founded)?;
            found.add(tx, id.0, &repo::customers::search_texts(&input))?;
            clients.push(Client { id, owner: input.assigned_to, outstanding: 0, last_order: None });
        }
        found.finish(tx)?;
        // Business grows over the two years and rests on Sundays.
        let weights = (0..=DAYS).map(|n| weight(start.plus_days(n), n)).collect();
        let (events, payments, order_counts, quotes) = Default::default();
        let validity = repo::config::load(tx)?.quote_validity_days;
        let orders = size.orders;
        let (orders_done, own_plans) = (0, 0);
        Ok(World {
            random,
            zone,
            now,
            today,
            day: start,
            orders,
            orders_done,
            users,
            goods,
            clients,
            events,
            payments,
            order_counts,
            weights,
            own_plans,
            quotes,
            validity,
        })
    }

    fn is_over(&self) -> bool {
        self.day > self.today
    }

    /// Lets days pass until about `most` orders are written, or today is over.
    fn pass_days(&mut self, tx: &Connection, most: u64) -> Result<()> {
        let until = self.orders_done + most;
        let mut found = Batch::new(Index::Orders);
        while !self.is_over() && self.orders_done < until {
            self.stocktake_of_the_day(tx)?;
            for event in self.events.remove(&self.day).unwrap_or_default() {
                self.happen(tx, event)?;
            }
            self.orders_of_the_day(tx, &mut found)?;
            self.day = self.day.plus_days(1);
        }
        found.finish(tx)
    }

    /// Its share of all orders, by the days' weights, so that the sum comes out exactly.
    fn orders_of_the_day(&mut self, tx: &Connection, found: &mut Batch) -> Result<()> {
        let at = self.weights.len() - 1 - usize::try_from(self.today.days_since(self.day)).unwrap_or(0);
        let all: u64 = self.weights.iter().sum();
        let before: u64 = self.weights[..=at].iter().sum();
        let due = (u128::from(self.orders) * u128::from(before) / u128::from(all.max(1))) as u64;
        let count = due.saturating_sub(self.orders_done);
        // On the last day nothing lies in the future.
        let last_second = if self.day == self.today { self.now.seconds_since(self.today.at(time(0), self.zone)).clamp(0, 34_200) } else { 34_200 };
        for n in 0..count {
            let second = last_second * n as i64 / count.max(1) as i64;
            let at = self.day.at(time(u32::try_from(second).unwrap_or(0)), self.zone);
            self.order(tx, at.min(self.now), found)?;
        }
        Ok(())
    }

    /// A customer; the first ones buy more often.
    fn some_client(&mut self) -> usize {
        (self.random.f64().powf(1.6) * self.clients.len() as f64) as usize
    }

    /// What a customer wants: goods by their place, the line, its subtotal.
    fn basket(&mut self) -> Vec<(usize, NewLine, Money)> {
        let mut lines = Vec::new();
        for _ in 0..self.random.usize(1..6) {
            let chosen = (self.random.f64().powf(1.8) * self.goods.len() as f64) as usize;
            let goods = &self.goods[chosen];
            let quantity = if goods.price.fen() > 20_000 { self.random.i64(1..6) } else { self.random.i64(1..13) * 5 };
            let discounted = if self.random.u32(..6) == 0 { goods.price.less_discount(5, 100).unwrap_or(goods.price) } else { goods.price };
            let line = NewLine { product: goods.id, quantity, unit_price: discounted };
            lines.push((chosen, line, discounted.checked_mul(quantity).unwrap_or_default()));
        }
        lines
    }

    fn order(&mut self, tx: &Connection, at: Timestamp, found: &mut Batch) -> Result<()> {
        let client = self.some_client();
        let by = self.clients[client].owner.unwrap_or(self.users[2]);
        let lines = self.basket();
        let total = lines.iter().fold(Money::ZERO, |sum, (_, _, subtotal)| sum.checked_add(*subtotal).unwrap_or(sum));
        let fate = self.fate(total);
        let back = self.plan_return(&lines, &fate);
        let refund = back.as_ref().map_or(Money::ZERO, |plan| plan.refund);
        let sequence = self.order_counts.entry(self.day).or_insert(0);
        *sequence += 1;
        let order_no = number("O", self.day, *sequence);
        let notes = (self.random.u32(..8) == 0).then(|| NOTES[self.random.usize(..NOTES.len())]);
        let finished = FinishedOrder {
            order_no: &order_no,
            customer: self.clients[client].id,
            total,
            paid: fate.paid.checked_sub(refund).unwrap_or_default(),
            status: fate.status,
            stock_state: if fate.status == OrderStatus::Cancelled { StockState::Returned } else { StockState::Deducted },
            order_day: self.day,
            order_date: at,
            ship_date: fate.shipped.map(|day| self.moment(day).max(at)),
            complete_date: fate.completed.map(|day| self.moment(day).max(at)),
            notes,
            sold: Sold::of(lines.iter().map(|(chosen, line, _)| (line, self.goods[*chosen].cost))),
            by,
        };
        let id = repo::demo::open_order(tx, &finished)?;
        found.add(tx, id.0, &[&order_no])?;
        for (chosen, line, subtotal) in &lines {
            repo::orders::insert_item(tx, id, line, *subtotal, self.goods[*chosen].cost)?;
        }
        repo::demo::close_order(tx, id, &finished)?;
        for (chosen, line, _) in &lines {
            self.take(tx, *chosen, line.quantity, id, by, at)?;
        }
        for (day, amount) in &fate.payments {
            self.later(tx, *day, Event { order: id, placed: at, by, what: What::Payment(*amount) })?;
        }
        let owner = &mut self.clients[client];
        if let Some((day, refund)) = fate.cancelled {
            let back = lines.iter().map(|(chosen, line, _)| (*chosen, line.quantity)).collect();
            self.later(tx, day, Event { order: id, placed: at, by, what: What::Return(back) })?;
            if !refund.is_zero() {
                self.later(tx, day, Event { order: id, placed: at, by, what: What::Refund(refund) })?;
            }
        } else {
            // What came back is either paid back or not owed any more.
            let returned = back.as_ref().map_or(0, |plan| plan.amount.fen() - plan.refund.fen());
            owner.outstanding += total.fen() - fate.paid.fen() - returned;
            owner.last_order = owner.last_order.max(Some(at));
            let customer = owner.id;
            self.plan_quote_of(id, customer, lines.into_iter().map(|(_, line, _)| line).collect(), at, by);
            if let Some(plan) = back {
                self.later(tx, plan.day, Event { order: id, placed: at, by, what: What::GoodsBack(plan) })?;
            }
        }
        self.orders_done += 1;
        Ok(())
    }

    /// Does it now where its day is today's, else when that day comes.
    fn later(&mut self, tx: &Connection, day: Day, event: Event) -> Result<()> {
        if day <= self.day {
            return self.happen(tx, event);
        }
        self.events.entry(day).or_default().push(event);
        Ok(())
    }

    fn happen(&mut self, tx: &Connection, event: Event) -> Result<()> {
        let Event { order, placed, by, what } = event;
        // Nothing is paid before it was ordered.
        let at = self.moment(self.day).max(placed);
        match what {
            What::Payment(amount) => {
                let method = METHODS[self.random.usize(..METHODS.len())];
                self.pay(tx, order, amount, Some(method), by, at)
            }
            What::Refund(amount) => self.pay(tx, order, amount.negated(), None, by, at),
            What::GoodsBack(plan) => self.come_back(tx, order, by, &plan),
            What::Return(lines) => {
                // Before the day's first order, so that movements stand in the order of time.
                let at = self.day.at(time(0), self.zone).min(self.now).max(placed);
                for (chosen, pieces) in lines {
                    let goods = &mut self.goods[chosen];
                    goods.stock += pieces;
                    let reference = Some((ReferenceType::Order, order.0));
                    repo::demo::movement(tx, &Moved { product: goods.id, quantity: pieces, stock_after: goods.stock, reference, by, at })?;
                }
                Ok(())
            }
        }
    }

    fn pay(&mut self, tx: &Connection, order: OrderId, amount: Money, method: Option<&str>, by: UserId, at: Timestamp) -> Result<()> {
        let sequence = self.payments.entry(self.day).or_insert(0);
        *sequence += 1;
        repo::demo::payment(tx, &number("R", self.day, *sequence), order, amount, method, by, at)
    }

    /// Takes pieces off the shelf; buys more first where there are too few.
    fn take(&mut self, tx: &Connection, chosen: usize, pieces: i64, order: OrderId, by: UserId, at: Timestamp) -> Result<()> {
        let warehouse = self.users[3];
        let lot = self.random.i64(3..9);
        let goods = &mut self.goods[chosen];
        let short = goods.stock < pieces || (!goods.scarce && goods.stock - pieces <= goods.threshold);
        if short {
            let extra = if goods.scarce { if chosen.is_multiple_of(2) { 0 } else { goods.threshold / 2 } } else { goods.threshold * lot + pieces };
            let bought = (pieces - goods.stock).max(0) + extra;
            goods.stock += bought;
            let reference = Some((ReferenceType::Purchase, goods.id.0));
            repo::demo::movement(tx, &Moved { product: goods.id, quantity: bought, stock_after: goods.stock, reference, by: warehouse, at })?;
        }
        goods.stock -= pieces;
        let reference = Some((ReferenceType::Order, order.0));
        repo::demo::movement(tx, &Moved { product: goods.id, quantity: -pieces, stock_after: goods.stock, reference, by, at })
    }

    /// What becomes of an order by today.
    fn fate(&mut self, total: Money) -> Fate {
        let random = &mut self.random;
        let day = self.day;
        let mut fate = Fate::default();
        let first = |random: &mut fastrand::Rng| Money::from_fen(total.fen() * random.i64(30..60) / 100).unwrap_or_default();
        if random.u32(..100) < 3 {
            let cancel = day.plus_days(random.i64(0..4));
            if cancel <= self.today {
                let refund = if random.bool() { first(random) } else { Money::ZERO };
                if !refund.is_zero() {
                    fate.payments.push((day, refund));
                }
                fate.cancelled = Some((cancel, refund));
                fate.status = OrderStatus::Cancelled;
                return fate;
            }
        }
        let mut plan = match random.u32(..100) {
            0..50 => vec![(day.plus_days(random.i64(0..4)), total)],
            50..80 => vec![(day.plus_days(random.i64(10..42)), total)],
            80..96 => {
                let part = first(random);
                vec![(day.plus_days(random.i64(0..3)), part), (day.plus_days(random.i64(8..45)), total.checked_sub(part).unwrap_or_default())]
            }
            _ => vec![(day.plus_days(random.i64(60..120)), total)],
        };
        plan.retain(|(due, amount)| *due <= self.today && !amount.is_zero());
        fate.paid = plan.iter().fold(Money::ZERO, |sum, (_, amount)| sum.checked_add(*amount).unwrap_or(sum));
        let settled = fate.paid == total;
        let last_payment = plan.iter().map(|(day, _)| *day).max().unwrap_or(day);
        fate.payments = plan;
        let ship = day.plus_days(random.i64(1..8));
        fate.shipped = (ship <= self.today).then_some(ship);
        let complete = ship.max(last_payment).plus_days(random.i64(1..8));
        fate.completed = (settled && fate.shipped.is_some() && complete <= self.today).then_some(complete);
        fate.status = match (fate.completed, fate.shipped, settled) {
            (Some(_), ..) => OrderStatus::Completed,
            (None, Some(_), _) => OrderStatus::Shipped,
            (None, None, true) => OrderStatus::Paid,
            (None, None, false) => OrderStatus::PendingPayment,
        };
        fate
    }

    /// Some time of a working day, never after now.
    fn moment(&mut self, day: Day) -> Timestamp {
        let second = self.random.u32(0..30_000);
        day.at(time(second), self.zone).min(self.now)
    }

    /// Follow-ups, quotes, sums, counters and the one log row.
    fn finish(&mut self, tx: &Connection, host: &str) -> Result<()> {
        for at in 0..self.clients.len() {
            let last_followup = self.followups(tx, at)?;
            let client = &self.clients[at];
            let outstanding = Money::from_fen(client.outstanding).ok_or_else(|| Error::Internal("outstanding".into()))?;
            repo::demo::set_rollups(tx, client.id, outstanding, client.last_order, last_followup)?;
        }
        self.write_quotes(tx)?;
        self.open_stocktake(tx)?;
        for goods in &self.goods {
            repo::demo::set_stock(tx, goods.id, goods.stock, self.now)?;
        }
        for (series, counts) in [(Series::Order, &self.order_counts), (Series::Payment, &self.payments)] {
            for (day, count) in counts {
                repo::counters::take(tx, series, *day, *count)?;
            }
        }
        let lang = repo::config::load(tx)?.lang;
        let row = NewLog {
            user: None,
            action: LogAction::Create,
            module: Module::System,
            description: fill(lang.texts().logs.demo_created, &[&self.clients.len(), &self.goods.len(), &self.orders_done]),
            host: host.to_owned(),
            entity: None,
            entity_id: None,
            changes: None,
            at: self.now,
        };
        repo::logs::append(tx, &row)?;
        Ok(())
    }

    fn followups(&mut self, tx: &Connection, at: usize) -> Result<Option<Timestamp>> {
        let count = self.random.i64(0..5);
        let mut last = None;
        for n in 0..count {
            let day = self.today.plus_days(-(count - n) * self.random.i64(3..40));
            let when = self.moment(day);
            let (content, result) = names::FOLLOWUPS[self.random.usize(..names::FOLLOWUPS.len())];
            // Who signs in to look around finds something late, something for today and something for this week: the customers nobody owns.
            let unowned = self.clients[at].owner.is_none();
            let own = if unowned && n + 1 == count { FIRST_PLANS.get(self.own_plans).copied() } else { None };
            self.own_plans += usize::from(own.is_some());
            let planned = own.or_else(|| (n + 1 == count && self.random.u32(..3) == 0).then(|| self.random.i64(-2..9)));
            let next = planned.map(|days| self.today.plus_days(days).at(time(self.random.u32(0..16) * 1800), self.zone));
            let by = self.clients[at].owner.unwrap_or(self.users[0]);
            repo::demo::followup(tx, self.clients[at].id, when, content, result, next, by)?;
            last = last.max(Some(when));
        }
        Ok(last)
    }
}

/// What becomes of an order.
struct Fate {
    status: OrderStatus,
    paid: Money,
    payments: Vec<(Day, Money)>,
    shipped: Option<Day>,
    completed: Option<Day>,
    /// When, and what is paid back.
    cancelled: Option<(Day, Money)>,
}

impl Default for Fate {
    fn default() -> Self {
        Fate { status: OrderStatus::PendingPayment, paid: Money::ZERO, payments: Vec::new(), shipped: None, completed: None, cancelled: None }
    }
}

/// So many seconds after half past eight.
fn time(seconds: u32) -> NaiveTime {
    NaiveTime::from_num_seconds_from_midnight_opt((30_600 + seconds).min(86_399), 0).unwrap_or_default()
}

fn weight(day: Day, nth: i64) -> u64 {
    let growth = 100 + nth.unsigned_abs() * 100 / DAYS.unsigned_abs();
    match day.0.weekday() {
        Weekday::Sun => growth / 8,
        Weekday::Sat => growth / 2,
        _ => growth,
    }
}

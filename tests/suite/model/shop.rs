//! The model: stock, orders and who owes what as plain data, with the rules of the rulings §4–§8 over it. No SQL and no service.
//! What follows from other figures (reserved, outstanding, the last order) is derived, never kept.

use std::collections::BTreeMap;

use zhanggui::models::choice::{CreditCheck, Entity, Module, MovementType, OrderStatus, Role, Status, StockState};
use zhanggui::models::customer::{OverLimit, Removal};
use zhanggui::models::error::Refusal;
use zhanggui::models::rights::Verb;
use zhanggui::models::*;

use super::counts::Sheet;
use super::steps::{Piece, Setting, Step};
use crate::fixture::{NOW, fen};

/// The people of the file; a step names one by his place.
pub const PEOPLE: [(&str, Role); 6] = [
    ("admin", Role::Admin),
    ("manager", Role::Manager),
    ("sales", Role::Sales),
    ("colleague", Role::Sales),
    ("warehouse", Role::Warehouse),
    ("employee", Role::Employee),
];
/// Pieces at which each product counts as low.
const THRESHOLD: i64 = 10;

/// What a command answers where it did what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    Done,
    Order {
        number: String,
        over: Option<OverLimit>,
    },
    Payment {
        number: String,
    },
    Return {
        number: String,
        refunded: Money,
    },
    Stock {
        before: i64,
        after: i64,
        crossed: bool,
    },
    Removed(Removal),
    HandedOver(usize),
    /// So many lines of a count sheet were off.
    Posted(i64),
}

#[derive(Clone, Debug)]
pub struct Product {
    pub stock: i64,
    pub active: bool,
    pub gone: bool,
    pub moved: bool,
}

#[derive(Clone, Debug)]
pub struct Customer {
    pub owner: Option<usize>,
    limit: Option<i64>,
    pub active: bool,
    pub gone: bool,
}

#[derive(Clone, Debug)]
pub struct Line {
    pub product: usize,
    pub quantity: i64,
    pub price: i64,
    pub returned: i64,
}

#[derive(Clone, Debug)]
pub struct Order {
    pub number: String,
    pub customer: usize,
    pub lines: Vec<Line>,
    pub status: OrderStatus,
    pub stock: StockState,
    pub paid: i64,
    by: usize,
    pub day: Day,
    pub date: Timestamp,
}

impl Order {
    pub fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity * line.price).sum()
    }

    pub fn returned(&self) -> i64 {
        self.lines.iter().map(|line| line.returned * line.price).sum()
    }

    pub fn outstanding(&self) -> i64 {
        self.total() - self.returned() - self.paid
    }

    /// Pieces that cancelling would bring back.
    pub fn deducted(&self) -> i64 {
        if self.stock == StockState::Deducted { self.lines.iter().map(|line| line.quantity).sum() } else { 0 }
    }

    /// What is overpaid once goods of this value came back.
    pub fn refund_for(&self, value: i64) -> i64 {
        (value - self.outstanding()).max(0)
    }

    pub fn is_open(&self) -> bool {
        matches!(self.status, OrderStatus::PendingPayment | OrderStatus::Paid)
    }

    pub fn is_out(&self) -> bool {
        matches!(self.status, OrderStatus::Shipped | OrderStatus::Completed)
    }

    fn settle(&mut self) {
        if self.is_open() {
            self.status = if self.outstanding() == 0 { OrderStatus::Paid } else { OrderStatus::PendingPayment };
        }
    }
}

#[derive(Clone, Debug)]
pub struct Movement {
    product: usize,
    pieces: i64,
    by_hand: bool,
    reversed: bool,
}

#[derive(Clone, Debug)]
pub struct Shop {
    pub now: Timestamp,
    pub zone: Zone,
    pub on_shipment: bool,
    pub ship_unpaid: bool,
    pub credit: CreditCheck,
    pub actor: usize,
    pub products: Vec<Product>,
    pub customers: Vec<Customer>,
    pub orders: Vec<Order>,
    /// Those of a person, and their undoing.
    pub movements: Vec<Movement>,
    pub sheets: Vec<Sheet>,
    numbers: BTreeMap<(char, Day), i64>,
    /// Number, order, amount.
    pub payments: Vec<(String, usize, i64)>,
    pub returns: Vec<String>,
    /// What the last step must have answered.
    pub said: Result<Told>,
}

impl Shop {
    /// The prepared file: pieces on the shelves, owners and credit limits of the customers; whether stock is deducted on shipment, whether unpaid
    /// orders are shipped, and the check of credit.
    pub fn prepared(stock: &[i64], customers: &[(Option<usize>, Option<i64>)], settings: (bool, bool, CreditCheck)) -> Shop {
        let product = |&stock: &i64| Product { stock, active: true, gone: false, moved: stock > 0 };
        let moved = stock.iter().enumerate().filter(|(_, stock)| **stock > 0);
        Shop {
            now: Timestamp::parse(NOW).unwrap(),
            zone: Zone::SHANGHAI,
            on_shipment: settings.0,
            ship_unpaid: settings.1,
            credit: settings.2,
            actor: 0,
            products: stock.iter().map(product).collect(),
            customers: customers.iter().map(|&(owner, limit)| Customer { owner, limit, active: true, gone: false }).collect(),
            orders: Vec::new(),
            movements: moved.map(|(product, &pieces)| Movement { product, pieces, by_hand: true, reversed: false }).collect(),
            sheets: Vec::new(),
            numbers: BTreeMap::new(),
            payments: Vec::new(),
            returns: Vec::new(),
            said: Ok(Told::Done),
        }
    }

    /// The shop after a step. A refused one changes nothing.
    pub fn after(mut self, step: &Step) -> Shop {
        let mut after = self.clone();
        self.said = after.take(step);
        if self.said.is_ok() {
            after.said = self.said;
            return after;
        }
        self
    }

    pub fn today(&self) -> Day {
        self.now.day(self.zone)
    }

    pub fn role(&self) -> Role {
        PEOPLE[self.actor].1
    }

    pub fn reserved(&self, product: usize) -> i64 {
        let lines = self.orders.iter().filter(|order| order.stock == StockState::Reserved).flat_map(|order| &order.lines);
        lines.filter(|line| line.product == product).map(|line| line.quantity).sum()
    }

    fn orders_of(&self, customer: usize) -> impl Iterator<Item = &Order> {
        self.orders.iter().filter(move |order| order.customer == customer)
    }

    pub fn outstanding(&self, customer: usize) -> i64 {
        self.orders_of(customer).filter(|order| order.status != OrderStatus::Cancelled).map(Order::outstanding).sum()
    }

    pub fn last_order(&self, customer: usize) -> Option<Timestamp> {
        self.orders_of(customer).filter(|order| order.status != OrderStatus::Cancelled).map(|order| order.date).max()
    }

    /// Rulings §8.
    pub fn need(&self, module: Module, verb: Verb) -> Result<()> {
        let may = match self.role() {
            Role::Admin => true,
            Role::Manager => module != Module::System || verb == Verb::View,
            Role::Sales if module == Module::Inventory => verb == Verb::View,
            Role::Sales => matches!(module, Module::Customer | Module::Sales) && verb != Verb::Delete,
            Role::Warehouse if module == Module::Sales => verb == Verb::View,
            Role::Warehouse => module == Module::Inventory && verb != Verb::Delete,
            Role::Employee => module != Module::System && verb == Verb::View,
        };
        if may { Ok(()) } else { Err(Error::Denied { module, verb }) }
    }

    fn reaches_customer(&self, customer: usize) -> bool {
        let Customer { owner, gone, .. } = self.customers[customer];
        !gone && (self.role() != Role::Sales || owner.is_none_or(|owner| owner == self.actor))
    }

    fn reached_order(&self, order: usize) -> Result<&Order> {
        let found = &self.orders[order];
        let reached = found.by == self.actor || self.reaches_customer(found.customer);
        reached.then_some(found).ok_or(Error::NotFound(Entity::Order))
    }

    pub fn number(&mut self, series: char) -> String {
        let day = self.today();
        let last = self.numbers.entry((series, day)).or_default();
        *last += 1;
        format!("{series}{}{last:03}", day.compact())
    }

    /// Now, or noon of another day.
    fn moment_on(&self, day: Day) -> Timestamp {
        if day == self.today() { self.now } else { day.at(chrono::NaiveTime::from_hms_opt(12, 0, 0).unwrap(), self.zone) }
    }

    fn take(&mut self, step: &Step) -> Result<Told> {
        match step {
            Step::Order { customer, lines, day } => return self.order(*customer, lines, *day),
            Step::Change { order, stale, lines } => self.change(*order, *stale, lines)?,
            Step::Pay { order, fen, day, before } => return self.pay(*order, *fen, *day, *before),
            Step::Refund { order, fen, day, before } => return self.pay(*order, -*fen, *day, *before),
            Step::Cancel { order, pieces, refund } => self.cancel(*order, *pieces, *refund)?,
            Step::Ship { order, stale, unpaid } => self.ship(*order, *stale, *unpaid)?,
            Step::Complete { order } => self.complete(*order)?,
            Step::Return { order, line, pieces, returnable, refund } => return self.take_back(*order, *line, *pieces, *returnable, *refund),
            Step::Stock { product, kind, quantity } => return self.stock(*product, *kind, *quantity),
            Step::Reverse { movement } => return self.reverse(*movement),
            Step::Begin { only } => return self.begin(*only),
            Step::Count { sheet, product, counted, seen } => return self.count(*sheet, *product, *counted, *seen),
            Step::Post { sheet, stale } => return self.post(*sheet, *stale),
            Step::Discard { sheet } => return self.discard(*sheet),
            Step::NewProduct => {
                self.need(Module::Inventory, Verb::Create)?;
                self.products.push(Product { stock: 0, active: true, gone: false, moved: false });
            }
            Step::RemoveProduct { product } => return self.remove_product(*product),
            Step::NewCustomer { owner, limit } => {
                self.need(Module::Customer, Verb::Create)?;
                self.customers.push(Customer { owner: *owner, limit: *limit, active: true, gone: false });
            }
            Step::RemoveCustomer { customer } => return self.remove_customer(*customer),
            Step::HandOver { customer, owner } => return self.hand_over(*customer, *owner),
            Step::Configure(setting) => {
                self.need(Module::System, Verb::Update)?;
                match *setting {
                    Setting::DeductOnShipment(on) => self.on_shipment = on,
                    Setting::ShipUnpaid(on) => self.ship_unpaid = on,
                    Setting::Credit(check) => self.credit = check,
                    Setting::Zone(zone) => self.zone = zone,
                }
            }
            Step::Clock(now) => self.now = *now,
            Step::Restart => {}
            Step::Become(person) => self.actor = *person,
        }
        Ok(Told::Done)
    }

    fn order(&mut self, customer: usize, pieces: &[Piece], day: Day) -> Result<Told> {
        self.need(Module::Sales, Verb::Create)?;
        if !self.reaches_customer(customer) {
            return Err(Error::field(Field::Customer, Problem::NotFound));
        }
        if !self.customers[customer].active {
            return Err(Refusal::Inactive(Entity::Customer).into());
        }
        self.check_products(pieces)?;
        self.check_available(pieces)?;
        if day > self.today() {
            return Err(Error::field(Field::OrderDay, Problem::InTheFuture));
        }
        let over = self.check_credit(customer, pieces.iter().map(|piece| piece.quantity * piece.price).sum())?;
        let number = self.number('O');
        let order = Order {
            number: number.clone(),
            customer,
            lines: lines(pieces),
            status: OrderStatus::PendingPayment,
            stock: StockState::Reserved,
            paid: 0,
            by: self.actor,
            day,
            date: self.moment_on(day),
        };
        self.orders.push(order);
        self.orders.last_mut().unwrap().settle();
        if !self.on_shipment {
            self.deduct(self.orders.len() - 1)?;
        }
        Ok(Told::Order { number, over })
    }

    fn check_products(&self, pieces: &[Piece]) -> Result<()> {
        let mut errors = FieldErrors::default();
        for (at, piece) in pieces.iter().enumerate() {
            match &self.products[piece.product] {
                product if product.gone => errors.add_in_line(at, Field::Product, Problem::NotFound),
                product if !product.active => return Err(Refusal::Inactive(Entity::Product).into()),
                _ => {}
            }
        }
        errors.into_result()
    }

    fn check_available(&self, pieces: &[Piece]) -> Result<()> {
        for piece in pieces {
            let wanted = pieces.iter().filter(|other| other.product == piece.product).map(|other| other.quantity).sum();
            let available = self.products[piece.product].stock - self.reserved(piece.product);
            if wanted > available {
                return Err(shortage(piece.product, wanted, available));
            }
        }
        Ok(())
    }

    fn check_credit(&self, customer: usize, added: i64) -> Result<Option<OverLimit>> {
        let due = self.outstanding(customer) + added;
        let limit = self.customers[customer].limit.filter(|limit| self.credit != CreditCheck::Off && added > 0 && due > *limit);
        let over = limit.map(|limit| OverLimit { limit: fen(limit), due: fen(due) });
        if over.is_some() && self.credit == CreditCheck::Refuse { Err(Refusal::OverCreditLimit(over).into()) } else { Ok(over) }
    }

    fn deduct(&mut self, order: usize) -> Result<()> {
        self.orders[order].stock = StockState::Deducted;
        for Line { product, quantity, .. } in self.orders[order].lines.clone() {
            self.move_stock(product, -quantity)?;
        }
        Ok(())
    }

    pub fn move_stock(&mut self, product: usize, pieces: i64) -> Result<Told> {
        let before = self.products[product].stock;
        let after = before + pieces;
        if after < 0 {
            return Err(shortage(product, -pieces, before));
        }
        self.products[product].stock = after;
        self.products[product].moved = true;
        self.void_counts(product);
        Ok(Told::Stock { before, after, crossed: before > THRESHOLD && after <= THRESHOLD })
    }

    fn change(&mut self, order: usize, stale: bool, pieces: &[Piece]) -> Result<()> {
        self.need(Module::Sales, Verb::Update)?;
        let Order { customer, status, stock, paid, .. } = *self.reached_order(order)?;
        if stale {
            return Err(conflict(Entity::Order));
        }
        if stock != StockState::Reserved || status != OrderStatus::PendingPayment {
            return Err(Refusal::LinesFixed.into());
        }
        let total: i64 = pieces.iter().map(|piece| piece.quantity * piece.price).sum();
        if total < paid {
            return Err(Refusal::RefundTooLarge { paid: fen(paid) }.into());
        }
        self.check_credit(customer, total - self.orders[order].total())?;
        self.check_products(pieces)?;
        self.orders[order].lines.clear();
        self.check_available(pieces)?;
        self.orders[order].lines = lines(pieces);
        self.orders[order].settle();
        Ok(())
    }

    fn pay(&mut self, order: usize, amount: i64, day: Day, before: Option<i64>) -> Result<Told> {
        self.need(Module::Sales, Verb::Update)?;
        if day > self.today() {
            return Err(Error::field(Field::PaymentDay, Problem::InTheFuture));
        }
        let found = self.reached_order(order)?;
        if found.status == OrderStatus::Cancelled {
            return Err(Refusal::StatusChange { from: OrderStatus::Cancelled, to: OrderStatus::Paid }.into());
        }
        if amount < 0 && found.status == OrderStatus::Completed {
            return Err(Refusal::RefundNeedsReturn.into());
        }
        if before.is_some_and(|before| before != found.paid) {
            return Err(Refusal::ConfirmationStale.into());
        }
        if amount > found.outstanding() {
            return Err(Refusal::Overpaid { fits: fen(found.outstanding()) }.into());
        }
        if found.paid + amount < 0 {
            return Err(Refusal::RefundTooLarge { paid: fen(found.paid) }.into());
        }
        Ok(Told::Payment { number: self.post_payment(order, amount) })
    }

    fn post_payment(&mut self, order: usize, amount: i64) -> String {
        let number = self.number('R');
        self.payments.push((number.clone(), order, amount));
        self.orders[order].paid += amount;
        self.orders[order].settle();
        number
    }

    fn cancel(&mut self, order: usize, pieces: i64, refund: i64) -> Result<()> {
        self.need(Module::Sales, Verb::Update)?;
        let found = self.reached_order(order)?.clone();
        if !found.is_open() {
            return Err(Refusal::StatusChange { from: found.status, to: OrderStatus::Cancelled }.into());
        }
        if (pieces, refund) != (found.deducted(), found.paid) {
            return Err(Refusal::ConfirmationStale.into());
        }
        if found.stock == StockState::Deducted {
            for line in &found.lines {
                self.move_stock(line.product, line.quantity)?;
            }
        }
        if found.paid != 0 {
            self.post_payment(order, -found.paid);
        }
        self.orders[order].stock = StockState::Returned;
        self.orders[order].status = OrderStatus::Cancelled;
        Ok(())
    }

    fn ship(&mut self, order: usize, stale: bool, unpaid: Option<i64>) -> Result<()> {
        self.need(Module::Inventory, Verb::Update)?;
        self.need(Module::Sales, Verb::View)?;
        let sees_amounts = self.role() != Role::Warehouse;
        let found = self.reached_order(order)?;
        let outstanding = found.outstanding();
        if stale {
            return Err(conflict(Entity::Order));
        }
        match found.status {
            OrderStatus::Paid => {}
            OrderStatus::PendingPayment if !self.ship_unpaid => {
                return Err(Refusal::UnpaidShipment { outstanding: if sees_amounts { fen(outstanding) } else { Money::ZERO } }.into());
            }
            OrderStatus::PendingPayment if sees_amounts && unpaid != Some(outstanding) => return Err(Refusal::ConfirmationStale.into()),
            OrderStatus::PendingPayment => {}
            from => return Err(Refusal::StatusChange { from, to: OrderStatus::Shipped }.into()),
        }
        if found.stock == StockState::Reserved {
            self.deduct(order)?;
        }
        self.orders[order].status = OrderStatus::Shipped;
        Ok(())
    }

    fn complete(&mut self, order: usize) -> Result<()> {
        self.need(Module::Sales, Verb::Update)?;
        let found = self.reached_order(order)?;
        if found.status != OrderStatus::Shipped {
            return Err(Refusal::StatusChange { from: found.status, to: OrderStatus::Completed }.into());
        }
        if found.outstanding() != 0 {
            return Err(Refusal::UnpaidCompletion { outstanding: fen(found.outstanding()) }.into());
        }
        self.orders[order].status = OrderStatus::Completed;
        Ok(())
    }

    fn take_back(&mut self, order: usize, line: usize, pieces: i64, returnable: i64, refund: i64) -> Result<Told> {
        self.need(Module::Sales, Verb::Update)?;
        let found = self.reached_order(order)?;
        if !found.is_out() {
            return Err(Refusal::NotShipped.into());
        }
        let known = found.lines[line].clone();
        let fits = known.quantity - known.returned;
        if pieces > fits {
            return Err(Refusal::ReturnTooLarge { name: name(known.product), unit: UNIT.into(), fits }.into());
        }
        if returnable != fits || refund != found.refund_for(pieces * known.price) {
            return Err(Refusal::ConfirmationStale.into());
        }
        let number = self.number('T');
        self.returns.push(number.clone());
        self.move_stock(known.product, pieces)?;
        self.orders[order].lines[line].returned += pieces;
        if refund != 0 {
            self.post_payment(order, -refund);
        }
        Ok(Told::Return { number, refunded: fen(refund) })
    }

    fn stock(&mut self, product: usize, kind: MovementType, quantity: i64) -> Result<Told> {
        self.need(Module::Inventory, Verb::Update)?;
        if self.products[product].gone {
            return Err(Error::NotFound(Entity::Product));
        }
        let pieces = match kind {
            MovementType::In => quantity,
            MovementType::Out => -quantity,
            MovementType::Adjust => quantity - self.products[product].stock,
        };
        let told = self.move_stock(product, pieces)?;
        self.movements.push(Movement { product, pieces, by_hand: pieces != 0, reversed: false });
        Ok(told)
    }

    fn reverse(&mut self, movement: usize) -> Result<Told> {
        self.need(Module::Inventory, Verb::Update)?;
        let Movement { product, pieces, by_hand, reversed } = self.movements[movement];
        if !by_hand || reversed {
            return Err(Refusal::NotReversible.into());
        }
        let told = self.move_stock(product, -pieces)?;
        self.movements[movement].reversed = true;
        self.movements.push(Movement { product, pieces: -pieces, by_hand: false, reversed: false });
        Ok(told)
    }

    fn remove_product(&mut self, product: usize) -> Result<Told> {
        self.need(Module::Inventory, Verb::Delete)?;
        let ordered = self.orders.iter().any(|order| order.lines.iter().any(|line| line.product == product));
        let counted = self.is_on_a_sheet(product);
        let found = &mut self.products[product];
        if found.gone {
            return Err(Error::NotFound(Entity::Product));
        }
        found.active = false;
        found.gone = !ordered && !counted && !found.moved;
        Ok(removed(found.gone))
    }

    fn remove_customer(&mut self, customer: usize) -> Result<Told> {
        self.need(Module::Customer, Verb::Delete)?;
        if !self.reaches_customer(customer) {
            return Err(Error::NotFound(Entity::Customer));
        }
        let ordered = self.orders_of(customer).next().is_some();
        let found = &mut self.customers[customer];
        found.active = false;
        found.gone = !ordered;
        Ok(removed(found.gone))
    }

    fn hand_over(&mut self, customer: usize, owner: Option<usize>) -> Result<Told> {
        self.need(Module::Customer, Verb::Update)?;
        if !self.reaches_customer(customer) {
            return Err(Error::NotFound(Entity::Customer));
        }
        let before = std::mem::replace(&mut self.customers[customer].owner, owner);
        Ok(Told::HandedOver(usize::from(before != owner)))
    }
}

pub const UNIT: &str = "盒";

/// The name that a product has in the file.
pub fn name(product: usize) -> String {
    format!("产品 P{product}")
}

fn lines(pieces: &[Piece]) -> Vec<Line> {
    pieces.iter().map(|&Piece { product, quantity, price }| Line { product, quantity, price, returned: 0 }).collect()
}

fn shortage(product: usize, wanted: i64, available: i64) -> Error {
    Refusal::Shortage { sku: format!("P{product}"), name: name(product), unit: UNIT.into(), wanted, available: available.max(0) }.into()
}

fn removed(gone: bool) -> Told {
    Told::Removed(if gone { Removal::Deleted } else { Removal::Deactivated })
}

/// Someone saved the record meanwhile; who and when is no business of the model.
pub fn conflict(entity: Entity) -> Error {
    Error::Conflict { entity, by: None, at: Timestamp::from_unix(0) }
}

/// Status as it stands in the file.
pub fn status(active: bool) -> &'static str {
    if active { Status::Active.as_str() } else { Status::Inactive.as_str() }
}

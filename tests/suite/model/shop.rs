//! The model: stock, customers, orders and who owes what as plain data, with the rules of the rulings §4–§8 over it. No SQL and no service.
//! Here are the shop as a whole, rights, stock and customers; orders are in `sales`, stocktakes in `counts`.
//! What follows from other figures (reserved, outstanding, the last order) is derived, never kept.

use std::collections::BTreeMap;

use zhanggui::models::choice::{CreditCheck, Entity, Module, MovementType, OrderStatus, Role, Status, StockState};
use zhanggui::models::customer::{OverLimit, Removal};
use zhanggui::models::error::Refusal;
use zhanggui::models::rights::Verb;
use zhanggui::models::*;

use super::counts::Sheet;
use super::sales::Order;
use super::steps::{Setting, Step};
use crate::fixture::NOW;

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
    pub limit: Option<i64>,
    pub active: bool,
    pub gone: bool,
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

    pub fn reaches_customer(&self, customer: usize) -> bool {
        let Customer { owner, gone, .. } = self.customers[customer];
        !gone && (self.role() != Role::Sales || owner.is_none_or(|owner| owner == self.actor))
    }

    pub fn number(&mut self, series: char) -> String {
        let day = self.today();
        let last = self.numbers.entry((series, day)).or_default();
        *last += 1;
        format!("{series}{}{last:03}", day.compact())
    }

    /// Now, or noon of another day.
    pub fn moment_on(&self, day: Day) -> Timestamp {
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

pub fn shortage(product: usize, wanted: i64, available: i64) -> Error {
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

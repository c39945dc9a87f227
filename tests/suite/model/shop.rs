//! The model: stock, customers, orders and who owes what as plain data, with the rules of the rulings §4–§8 over it. No SQL and no service.
//! Here are the shop as a whole, rights and stock. Orders are in `sales`, quotes in `offers`, picking in `picks`, stocktakes in `counts`, products and
//! customers in `records`, follow-ups in `plans`, imports in `files`.
//! What follows from other figures (reserved, outstanding, the last order and follow-up, expired quotes) is derived, never kept.

use std::collections::BTreeMap;

use zhanggui::models::choice::{CreditCheck, Entity, Module, MovementType, OrderStatus, Role, Status, StockState};
use zhanggui::models::customer::{OverLimit, Removal};
use zhanggui::models::error::Refusal;
use zhanggui::models::quote::QuoteState;
use zhanggui::models::rights::Verb;
use zhanggui::models::*;

use super::counts::Sheet;
use super::files::Imported;
use super::next::Focus;
use super::offers::Quote;
use super::plans::Followup;
use super::records::{Customer, Product};
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
/// Price and cost in fen of the prepared file's products.
pub const PRICE: i64 = 100;

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
    /// So many products really changed.
    Changed(usize),
    /// So many lines of a count sheet were off.
    Posted(i64),
    Quote {
        number: String,
    },
    /// How many of each state.
    Quotes([i64; QuoteState::ALL.len()]),
    /// What is picked of the line by now, and by how many pieces that changed.
    Picked {
        picked: i64,
        pieces: i64,
    },
    Imported(Imported),
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
    /// What the people of this sequence mostly do.
    pub focus: Focus,
    pub now: Timestamp,
    pub zone: Zone,
    pub on_shipment: bool,
    pub ship_unpaid: bool,
    pub credit: CreditCheck,
    pub actor: usize,
    pub products: Vec<Product>,
    pub customers: Vec<Customer>,
    pub orders: Vec<Order>,
    pub quotes: Vec<Quote>,
    pub followups: Vec<Followup>,
    /// Those of a person, and their undoing.
    pub movements: Vec<Movement>,
    pub sheets: Vec<Sheet>,
    numbers: BTreeMap<(char, Day), i64>,
    /// Number, order, amount.
    pub payments: Vec<(String, usize, i64)>,
    pub returns: Vec<String>,
    /// What the last step must have answered.
    pub said: Result<Told>,
    /// What was special about it.
    pub notes: Vec<&'static str>,
}

impl Shop {
    /// The prepared file: pieces on the shelves, owners and credit limits of the customers; whether stock is deducted on shipment, whether unpaid
    /// orders are shipped, and the check of credit.
    pub fn prepared(focus: Focus, stock: &[i64], customers: &[(Option<usize>, Option<i64>)], settings: (bool, bool, CreditCheck)) -> Shop {
        let product = |&stock: &i64| Product { stock, price: PRICE, cost: PRICE, moved: stock > 0, ..Product::NEW };
        let moved = stock.iter().enumerate().filter(|(_, stock)| **stock > 0);
        Shop {
            focus,
            now: Timestamp::parse(NOW).unwrap(),
            zone: Zone::SHANGHAI,
            on_shipment: settings.0,
            ship_unpaid: settings.1,
            credit: settings.2,
            actor: 0,
            products: stock.iter().map(product).collect(),
            customers: customers.iter().map(|&(owner, limit)| Customer { owner, limit, ..Customer::NEW }).collect(),
            orders: Vec::new(),
            quotes: Vec::new(),
            followups: Vec::new(),
            movements: moved.map(|(product, &pieces)| Movement { product, pieces, by_hand: true, reversed: false }).collect(),
            sheets: Vec::new(),
            numbers: BTreeMap::new(),
            payments: Vec::new(),
            returns: Vec::new(),
            said: Ok(Told::Done),
            notes: Vec::new(),
        }
    }

    /// The shop after a step. A refused one changes nothing.
    pub fn after(mut self, step: &Step) -> Shop {
        let mut after = self.clone();
        after.notes.clear();
        self.said = after.take(step);
        self.notes = std::mem::take(&mut after.notes);
        if self.said.is_ok() && !step.is_dry() {
            (after.said, after.notes) = (self.said, self.notes);
            return after;
        }
        self
    }

    /// Something that the test wants to have seen.
    pub fn note(&mut self, note: &'static str) {
        self.notes.push(note);
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

    pub fn orders_of(&self, customer: usize) -> impl Iterator<Item = &Order> {
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
            Step::Order { customer, quote, lines, day } => return self.order(*customer, *quote, lines, *day),
            Step::Change { order, stale, lines } => self.change(*order, *stale, lines.as_deref())?,
            Step::Pay { order, fen, day, before } => return self.pay(*order, *fen, *day, *before),
            Step::Refund { order, fen, day, before } => return self.pay(*order, -*fen, *day, *before),
            Step::Cancel { order, pieces, refund } => self.cancel(*order, *pieces, *refund)?,
            Step::Ship { order, stale, unpaid } => self.ship(*order, *stale, *unpaid)?,
            Step::Complete { order } => self.complete(*order)?,
            Step::Return { order, lines, refund } => return self.take_back(*order, lines, *refund),
            Step::Pick { order, product, pieces } => return self.pick(*order, *product, *pieces),
            Step::PutBack { order, line, pieces } => return self.put_back(*order, *line, *pieces),
            Step::Quote { customer, lines, until } => return self.quote(*customer, lines, *until),
            Step::ChangeQuote { quote, stale, customer, lines, until } => self.change_quote(*quote, *stale, *customer, lines, *until)?,
            Step::DecideQuote { quote, stale, to } => self.decide_quote(*quote, *stale, *to)?,
            Step::CopyQuote { quote } => return self.copy_quote(*quote),
            Step::RemoveQuote { quote } => self.remove_quote(*quote)?,
            Step::LookAtQuotes => return self.quotes_by_state(),
            Step::FollowUp { customer, at, next } => return self.follow_up(*customer, *at, *next),
            Step::CorrectFollowup { followup, stale, at, next } => self.correct_followup(*followup, *stale, *at, *next)?,
            Step::MarkFollowup { followup, done } => self.mark_followup(*followup, *done)?,
            Step::RemoveFollowup { followup } => self.remove_followup(*followup)?,
            Step::Stock { product, kind, quantity } => return self.stock(*product, *kind, *quantity),
            Step::Reverse { movement } => return self.reverse(*movement),
            Step::Begin { only } => return self.begin(*only),
            Step::Count { sheet, product, counted, seen } => return self.count(*sheet, *product, *counted, *seen),
            Step::Post { sheet, stale } => return self.post(*sheet, *stale),
            Step::Discard { sheet } => return self.discard(*sheet),
            Step::NewProduct => return self.new_product(),
            Step::ChangeProduct { product, stale, data } => self.change_product(*product, *stale, data)?,
            Step::ChangeMany { products, percent, threshold } => return self.change_many(products, *percent, *threshold),
            Step::RemoveProduct { product } => return self.remove_product(*product),
            Step::NewCustomer { owner, limit } => return self.new_customer(*owner, *limit),
            Step::ChangeCustomer { customer, stale, data } => self.change_customer(*customer, *stale, data)?,
            Step::RemoveCustomer { customer } => return self.remove_customer(*customer),
            Step::HandOver { customers, owner } => return self.hand_over(customers, *owner),
            Step::ImportProducts { rows, existing, .. } => return self.import_products(rows, *existing),
            Step::ImportCustomers { rows, existing, .. } => return self.import_customers(rows, *existing),
            Step::ImportOrders { orders, existing, .. } => return self.import_orders(orders, *existing),
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
        let low = self.products[product].threshold;
        Ok(Told::Stock { before, after, crossed: before > low && after <= low })
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
}

pub const UNIT: &str = "盒";

/// The name that a product has in the file.
pub fn name(product: usize) -> String {
    format!("产品 P{product}")
}

pub fn shortage(product: usize, wanted: i64, available: i64) -> Error {
    Refusal::Shortage { sku: format!("P{product}"), name: name(product), unit: UNIT.into(), wanted, available: available.max(0) }.into()
}

/// Someone saved the record meanwhile; who and when is no business of the model.
pub fn conflict(entity: Entity) -> Error {
    Error::Conflict { entity, by: None, at: Timestamp::from_unix(0) }
}

/// Status as it stands in the file.
pub fn status(active: bool) -> &'static str {
    if active { Status::Active.as_str() } else { Status::Inactive.as_str() }
}

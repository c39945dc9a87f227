//! The model's products and customers as records: made, changed, removed, handed over (rulings §6 to §8).

use zhanggui::models::choice::{Entity, Module, Role};
use zhanggui::models::customer::Removal;
use zhanggui::models::rights::Verb;
use zhanggui::models::*;

use super::shop::{Shop, Told, conflict};
use super::steps::{CustomerData, ProductData};

#[derive(Clone, Debug)]
pub struct Product {
    pub stock: i64,
    pub price: i64,
    pub cost: i64,
    /// Pieces at which it counts as low.
    pub threshold: i64,
    pub active: bool,
    pub gone: bool,
    pub moved: bool,
}

impl Product {
    /// What a new one gets where nothing is said.
    pub const NEW: Product = Product { stock: 0, price: 0, cost: 0, threshold: 10, active: true, gone: false, moved: false };
}

#[derive(Clone, Debug)]
pub struct Customer {
    pub owner: Option<usize>,
    pub limit: Option<i64>,
    /// Days until an unpaid order is overdue, where they are his own.
    pub term: Option<i64>,
    pub active: bool,
    pub gone: bool,
}

impl Customer {
    pub const NEW: Customer = Customer { owner: None, limit: None, term: None, active: true, gone: false };
}

impl Shop {
    pub fn new_product(&mut self) -> Result<Told> {
        self.need(Module::Inventory, Verb::Create)?;
        self.products.push(Product::NEW);
        Ok(Told::Done)
    }

    fn sees_cost(&self) -> bool {
        matches!(self.role(), Role::Admin | Role::Manager)
    }

    /// Who may not see the cost does not overwrite it.
    pub fn change_product(&mut self, product: usize, stale: bool, data: &ProductData) -> Result<()> {
        self.need(Module::Inventory, Verb::Update)?;
        let before = self.products[product].clone();
        if before.gone {
            return Err(Error::NotFound(Entity::Product));
        }
        if stale {
            return Err(conflict(Entity::Product));
        }
        let cost = data.cost.filter(|_| self.sees_cost()).unwrap_or(before.cost);
        if data.cost.is_some_and(|wanted| wanted != cost) {
            self.note("a cost that one does not see is not overwritten");
        }
        if data.active && !before.active {
            self.note("active again");
        }
        self.products[product] = Product { price: data.price, threshold: data.threshold, active: data.active, cost, ..before };
        Ok(())
    }

    /// Prices by whole percents half up to the fen, and warning lines: all or none. How many really changed.
    pub fn change_many(&mut self, products: &[usize], percent: Option<i64>, threshold: Option<i64>) -> Result<Told> {
        self.need(Module::Inventory, Verb::Update)?;
        let mut changed = 0;
        for &at in products {
            let product = &mut self.products[at];
            if product.gone {
                return Err(Error::NotFound(Entity::Product));
            }
            let before = (product.price, product.threshold);
            product.price = percent.map_or(product.price, |percent| (product.price * (100 + percent) + 50) / 100);
            product.threshold = threshold.unwrap_or(product.threshold);
            changed += usize::from(before != (product.price, product.threshold));
        }
        Ok(Told::Changed(changed))
    }

    pub fn remove_product(&mut self, product: usize) -> Result<Told> {
        self.need(Module::Inventory, Verb::Delete)?;
        let ordered = self.orders.iter().any(|order| order.lines.iter().any(|line| line.product == product));
        let quoted = self.quotes.iter().any(|quote| !quote.gone && quote.lines.iter().any(|line| line.product == product));
        let counted = self.is_on_a_sheet(product);
        let found = &mut self.products[product];
        if found.gone {
            return Err(Error::NotFound(Entity::Product));
        }
        found.active = false;
        found.gone = !ordered && !quoted && !counted && !found.moved;
        Ok(removed(found.gone))
    }

    pub fn new_customer(&mut self, owner: Option<usize>, limit: Option<i64>) -> Result<Told> {
        self.need(Module::Customer, Verb::Create)?;
        self.customers.push(Customer { owner, limit, ..Customer::NEW });
        Ok(Told::Done)
    }

    fn reached_customer(&mut self, customer: usize) -> Result<&mut Customer> {
        if self.reaches_customer(customer) { Ok(&mut self.customers[customer]) } else { Err(Error::NotFound(Entity::Customer)) }
    }

    pub fn change_customer(&mut self, customer: usize, stale: bool, data: &CustomerData) -> Result<()> {
        self.need(Module::Customer, Verb::Update)?;
        let found = self.reached_customer(customer)?;
        if stale {
            return Err(conflict(Entity::Customer));
        }
        let again = data.active && !found.active;
        let CustomerData { owner, limit, term, active } = *data;
        *found = Customer { owner, limit, term, active, gone: false };
        if again {
            self.note("active again");
        }
        Ok(())
    }

    pub fn remove_customer(&mut self, customer: usize) -> Result<Told> {
        self.need(Module::Customer, Verb::Delete)?;
        let quoted = self.quotes.iter().any(|quote| !quote.gone && quote.customer == customer);
        let used = quoted || self.orders_of(customer).next().is_some() || self.was_followed_up(customer);
        let found = self.reached_customer(customer)?;
        found.active = false;
        found.gone = !used;
        Ok(removed(found.gone))
    }

    /// All or none; how many changed hands.
    pub fn hand_over(&mut self, customers: &[usize], owner: Option<usize>) -> Result<Told> {
        self.need(Module::Customer, Verb::Update)?;
        let mut changed = 0;
        for customer in customers {
            let before = std::mem::replace(&mut self.reached_customer(*customer)?.owner, owner);
            changed += usize::from(before != owner);
        }
        Ok(Told::HandedOver(changed))
    }
}

fn removed(gone: bool) -> Told {
    Told::Removed(if gone { Removal::Deleted } else { Removal::Deactivated })
}

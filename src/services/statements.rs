//! Statements of customers and the age of what they owe (rulings §6).

use super::desk::Desk;
use crate::models::choice::{Entity, Module};
use crate::models::list::{Page, Total};
use crate::models::payment::ReceivableFilter;
use crate::models::rights::{Command, Verb};
use crate::models::statement::{AgePage, AgeRow, AgeSums, Statement, account};
use crate::models::{CustomerId, Day, Error, Result};
use crate::repositories as repo;

/// The account of a customer over a period of business days, both ends included: opening, orders, returns, payments, closing, all in fen.
/// 4003 for who may not see amounts; 4004 for a customer outside one's scope; 4000 beyond the largest amount.
pub fn statement(desk: &Desk, customer: CustomerId, from: Day, to: Day) -> Result<Statement> {
    desk.read(Command::GetStatement, |c, actor| {
        if !actor.sees_amounts() {
            return Err(Error::Denied { module: Module::Sales, verb: Verb::View });
        }
        let own = actor.owner_filter(Module::Customer).or(actor.owner_filter(Module::Sales));
        let found = repo::customers::get(c, customer, own)?.ok_or(Error::NotFound(Entity::Customer))?;
        let (opening, entries, [ordered, returned, paid], closing) = account(repo::statements::moved(c, customer, actor.zone)?, from, to)?;
        let input = found.input;
        let (contact_person, phone, address) = (input.contact_person, input.phone, input.address);
        let customer_name = input.name;
        Ok(Statement { customer, customer_name, contact_person, phone, address, from, to, opening, entries, ordered, returned, paid, closing })
    })
}

/// One page of the customers that owe over the orders within one's scope, by the age of it, and the sums of all that the filter leaves; the sum over
/// all customers is 待收款. Nothing for who may not see amounts.
pub fn by_age(desk: &Desk, filter: &ReceivableFilter, page: &AgePage) -> Result<(Page<AgeRow>, AgeSums)> {
    let term = desk.config()?.payment_term_days;
    desk.read(Command::ReceivablesByAge, |c, actor| {
        let own = actor.owner_filter(Module::Sales);
        let (mut rows, mut total, mut sums) = (Vec::new(), 0, AgeSums::default());
        if actor.sees_amounts() {
            rows = repo::statements::by_age(c, filter, page, actor.today, term, own)?;
            (total, sums) = repo::statements::age_sums(c, filter, actor.today, term, own)?;
        }
        Ok((Page::new(rows, Total::Exactly(total), page), sums))
    })
}

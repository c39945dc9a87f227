//! Customers (spec 3.2): list, record, create, change, delete.

use std::collections::BTreeSet;

use super::desk::{Act, Desk};
use crate::i18n::fill;
use crate::models::choice::{Entity, Module};
use crate::models::customer::*;
use crate::models::list::Page;
use crate::models::log::Changes;
use crate::models::rights::Command;
use crate::models::session::Actor;
use crate::models::{CustomerId, Error, Field, FieldErrors, Problem, Result, UserId};
use crate::repositories as repo;

/// How many similar customers are named.
const MOST_SIMILAR: u32 = 5;

/// Name of the credit limit in the log, where who may not see amounts does not see it.
pub(super) const CREDIT_LIMIT: &str = "credit_limit";

/// One page of the customers within one's scope.
pub fn list(desk: &Desk, filter: &CustomerFilter, page: &CustomerPage) -> Result<Page<CustomerRow>> {
    desk.read(Command::ListCustomers, |c, actor| {
        let own = actor.owner_filter(Module::Customer);
        let mut page = *page;
        // An order by amounts would tell them.
        if !actor.sees_amounts() && page.sort == CustomerSort::Outstanding {
            page.sort = CustomerSort::Created;
        }
        let total = repo::customers::total(c, filter, own)?;
        let mut rows = repo::customers::list(c, filter, &page, own, Some(total))?;
        rows.iter_mut().for_each(|row| hide_amount(&mut row.outstanding, actor));
        Ok(Page::new(rows, total, &page))
    })
}

/// The first few active customers that a search finds, for choosing one. `limit` at most 50.
pub fn find(desk: &Desk, search: &str, limit: u32) -> Result<Vec<CustomerRow>> {
    desk.read(Command::FindCustomers, |c, actor| {
        let filter = CustomerFilter { search: search.to_owned(), status: Some(crate::models::choice::Status::Active), ..Default::default() };
        let page = CustomerPage { page: 1, page_size: limit.min(50), sort: CustomerSort::LastOrder, descending: true };
        let mut rows = repo::customers::list(c, &filter, &page, actor.owner_filter(Module::Customer), None)?;
        rows.iter_mut().for_each(|row| hide_amount(&mut row.outstanding, actor));
        Ok(rows)
    })
}

/// The first few customers within one's scope with this name, letter case aside, or this phone: whoever enters one is warned.
/// `except` is the customer that is being changed.
pub fn similar(desk: &Desk, name: &str, phone: Option<&str>, except: Option<CustomerId>) -> Result<Vec<CustomerRow>> {
    let phone = phone.map(stored_phone).filter(|phone| !phone.is_empty());
    desk.read(Command::SimilarCustomers, |c, actor| {
        let own = actor.owner_filter(Module::Customer);
        let mut rows = repo::customers::similar(c, name.trim(), phone.as_deref(), except, MOST_SIMILAR, own)?;
        rows.iter_mut().for_each(|row| hide_amount(&mut row.outstanding, actor));
        Ok(rows)
    })
}

/// One customer and the sums of his orders. 4004 where there is none within one's scope.
pub fn get(desk: &Desk, id: CustomerId) -> Result<(Customer, CustomerSums)> {
    desk.read(Command::GetCustomer, |c, actor| {
        let mut customer = repo::customers::get(c, id, actor.owner_filter(Module::Customer))?.ok_or(Error::NotFound(Entity::Customer))?;
        let mut sums = repo::customers::sums(c, id)?;
        hide_amount(&mut customer.outstanding, actor);
        hide_amount(&mut customer.input.credit_limit, actor);
        hide_amount(&mut sums.amounts, actor);
        Ok((customer, sums))
    })
}

/// All tags in use within one's scope, by name.
pub fn tags(desk: &Desk) -> Result<Vec<String>> {
    desk.read(Command::CustomerTags, |c, actor| repo::customers::tags(c, actor.owner_filter(Module::Customer)))
}

/// Creates a customer. 4000 by field; 4004 for an owner who does not exist; 4005 for a code that is taken.
pub fn create(desk: &mut Desk, input: &CustomerInput) -> Result<CustomerId> {
    let mut input = input.tidied();
    let errors = input.check();
    desk.write(Command::CreateCustomer, |act| {
        hide_amount(&mut input.credit_limit, act.actor);
        check_with_file(act, &input, None, None, errors)?;
        let id = repo::customers::insert(act.tx, &input, act.actor.user, act.actor.now)?;
        let description = fill(act.actor.lang.texts().logs.customer_created, &[&input.name]);
        act.log(Entity::Customer, id.0, description, &differences(&CustomerInput::default(), &input))?;
        Ok(id)
    })
}

/// Changes a customer that was read at `version`. Errors as [`create`]; 4004 outside one's scope; a conflict where someone saved meanwhile.
pub fn update(desk: &mut Desk, id: CustomerId, version: i64, input: &CustomerInput) -> Result<()> {
    let mut input = input.tidied();
    let errors = input.check();
    desk.write(Command::UpdateCustomer, |act| {
        let before = stored(act, id)?;
        // Who does not see the limit leaves it as it is (rulings §8).
        if !act.actor.sees_amounts() {
            input.credit_limit = before.input.credit_limit;
        }
        if before.version != version {
            return Err(conflict(act, Entity::Customer, id.0, before.updated_at)?);
        }
        check_with_file(act, &input, Some(id), before.input.assigned_to, errors)?;
        repo::customers::update(act.tx, id, &input, act.actor.now)?;
        let description = fill(act.actor.lang.texts().logs.customer_updated, &[&input.name]);
        act.log(Entity::Customer, id.0, description, &differences(&before.input, &input))
    })
}

/// Hands customers over to one person, or to nobody: all or none. How many changed hands; who had them already keeps them, without a log row.
/// 4004 for an owner who does not exist or is inactive, and for a customer outside one's scope.
pub fn assign(desk: &mut Desk, ids: &[CustomerId], owner: Option<UserId>) -> Result<usize> {
    desk.write(Command::AssignCustomers, |act| {
        if let Some(owner) = owner
            && !repo::users::is_active(act.tx, owner)?
        {
            return Err(Error::field(Field::Owner, Problem::NotFound));
        }
        let unassigned = act.actor.lang.texts().customers.unassigned;
        let name = match owner {
            Some(owner) => repo::users::get(act.tx, owner)?.map(|user| user.full_name),
            None => None,
        };
        let mut changed = 0;
        for id in BTreeSet::from_iter(ids) {
            let customer = stored(act, *id)?;
            if customer.input.assigned_to == owner {
                continue;
            }
            repo::customers::assign(act.tx, *id, owner, act.actor.now)?;
            let after = CustomerInput { assigned_to: owner, ..customer.input.clone() };
            let (from, to) = (customer.owner_name.as_deref().unwrap_or(unassigned), name.as_deref().unwrap_or(unassigned));
            let description = fill(act.actor.lang.texts().logs.customer_assigned, &[&customer.input.name, &from, &to]);
            act.log(Entity::Customer, id.0, description, &differences(&customer.input, &after))?;
            changed += 1;
        }
        Ok(changed)
    })
}

/// Deletes a customer nothing refers to, else makes him inactive (rulings §7); says which.
pub fn delete(desk: &mut Desk, id: CustomerId) -> Result<Removal> {
    desk.write(Command::DeleteCustomer, |act| {
        let customer = stored(act, id)?;
        let texts = &act.actor.lang.texts().logs;
        if repo::customers::is_referred_to(act.tx, id)? {
            repo::customers::deactivate(act.tx, id, act.actor.now)?;
            let mut changes = Changes::default();
            changes.note("status", customer.input.status.as_str(), "inactive");
            act.log(Entity::Customer, id.0, fill(texts.customer_deactivated, &[&customer.input.name]), &changes)?;
            return Ok(Removal::Deactivated);
        }
        repo::customers::delete(act.tx, id)?;
        let changes = differences(&customer.input, &CustomerInput::default());
        act.log(Entity::Customer, id.0, fill(texts.customer_deleted, &[&customer.input.name]), &changes)?;
        Ok(Removal::Deleted)
    })
}

/// Who may not see amounts gets none (rulings §8).
fn hide_amount<T>(amount: &mut Option<T>, actor: &Actor) {
    if !actor.sees_amounts() {
        *amount = None;
    }
}

fn stored(act: &Act<'_>, id: CustomerId) -> Result<Customer> {
    repo::customers::get(act.tx, id, act.actor.owner_filter(Module::Customer))?.ok_or(Error::NotFound(Entity::Customer))
}

/// Adds what only the file can tell: whether owner and code are as they should be. The owner `of_before` may have left since.
fn check_with_file(act: &Act<'_>, input: &CustomerInput, id: Option<CustomerId>, of_before: Option<UserId>, mut errors: FieldErrors) -> Result<()> {
    if let Some(owner) = input.assigned_to.filter(|owner| Some(*owner) != of_before)
        && !repo::users::is_active(act.tx, owner)?
    {
        errors.add(Field::Owner, Problem::NotFound);
    }
    if let Some(code) = &input.code
        && repo::customers::by_code(act.tx, code)?.is_some_and(|other| Some(other) != id)
    {
        errors.add(Field::Code, Problem::Taken);
    }
    errors.into_result()
}

/// The error of a save that came second, with the name of who was first where the log knows it.
pub(super) fn conflict(act: &Act<'_>, entity: Entity, id: i64, at: crate::models::Timestamp) -> Result<Error> {
    let by = repo::logs::last_person(act.tx, entity, id)?.map(|(name, _)| name);
    Ok(Error::Conflict { entity, by, at })
}

fn differences(before: &CustomerInput, after: &CustomerInput) -> Changes {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<i64>| number.map(|n| n.to_string()).unwrap_or_default();
    let mut changes = Changes::default();
    changes.note("name", &before.name, &after.name);
    changes.note("code", text(&before.code), text(&after.code));
    changes.note("contact_person", text(&before.contact_person), text(&after.contact_person));
    changes.note("phone", text(&before.phone), text(&after.phone));
    changes.note("email", text(&before.email), text(&after.email));
    changes.note("address", text(&before.address), text(&after.address));
    changes.note("industry", text(&before.industry), text(&after.industry));
    changes.note("customer_level", before.level.as_str(), after.level.as_str());
    changes.note("assigned_to", number(before.assigned_to.map(|u| u.0)), number(after.assigned_to.map(|u| u.0)));
    changes.note("tags", before.tags.join(", "), after.tags.join(", "));
    changes.note("status", before.status.as_str(), after.status.as_str());
    changes.note("payment_term_days", number(before.payment_term_days), number(after.payment_term_days));
    let money = |money: Option<crate::models::Money>| money.map(|m| m.plain()).unwrap_or_default();
    changes.note(CREDIT_LIMIT, money(before.credit_limit), money(after.credit_limit));
    changes
}

//! Follow-ups (spec 3.2, 4.1): record, correct, plan the next one, mark it done; one's own reminders.
//!
//! A customer has at most one open plan: recording a follow-up ends what was planned before.

use super::customers::conflict;
use super::desk::{Act, Desk};
use super::posting;
use crate::i18n::fill;
use crate::models::choice::{Entity, Module};
use crate::models::customer::Customer;
use crate::models::error::Refusal;
use crate::models::followup::*;
use crate::models::list::{Page, Total};
use crate::models::log::Changes;
use crate::models::rights::{Command, Verb};
use crate::models::{CustomerId, Error, Field, FollowupId, Problem, Result, Timestamp, Zone};
use crate::repositories as repo;
use crate::repositories::followups::Moments;

/// One page of follow-ups within one's scope, and the counts for the tabs.
pub fn list(desk: &Desk, filter: &FollowupFilter, page: &FollowupPage) -> Result<(Page<FollowupRow>, DueCounts)> {
    desk.read(Command::ListFollowups, |c, actor| {
        let own = actor.owner_filter(Module::Customer);
        let moments = Moments::of(actor.today, actor.zone);
        let rows = repo::followups::list(c, filter, page, moments, own)?;
        let counts = repo::followups::counts(c, filter, moments, own)?;
        Ok((Page::new(rows, Total::Exactly(counts.of(filter.due).unsigned_abs()), page), counts))
    })
}

/// The newest `limit` (at most 500) follow-ups of a customer and how many there are. 4004 outside one's scope.
pub fn of_customer(desk: &Desk, customer: CustomerId, limit: u32) -> Result<(Vec<Followup>, i64)> {
    desk.read(Command::CustomerFollowups, |c, actor| {
        repo::customers::get(c, customer, actor.owner_filter(Module::Customer))?.ok_or(Error::NotFound(Entity::Customer))?;
        Ok((repo::followups::of_customer(c, customer, limit.min(500))?, repo::followups::count_of_customer(c, customer)?))
    })
}

/// What oneself has to do up to the end of today (rulings §8: one's scope). Nothing for who may not see customers.
pub fn reminders(desk: &Desk) -> Result<Reminders> {
    desk.read(Command::Reminders, |c, actor| {
        if !actor.rights.allows(Module::Customer, Verb::View) {
            return Ok(Reminders::default());
        }
        let own = actor.owner_filter(Module::Customer);
        let moments = Moments::of(actor.today, actor.zone);
        let (count, overdue) = repo::followups::count_due(c, actor.user, moments, own)?;
        Ok(Reminders { due: repo::followups::due(c, actor.user, moments, own)?, count, overdue })
    })
}

/// Records a follow-up and ends what was planned with the customer before.
/// 4000 by field, also for a time after today; 4004 for a customer outside one's scope.
pub fn create(desk: &mut Desk, customer: CustomerId, input: &FollowupInput) -> Result<FollowupId> {
    let input = input.tidied();
    let errors = input.check();
    desk.write(Command::CreateFollowup, |act| {
        let customer = reached(act, customer)?;
        check_time(act, &input, errors)?;
        repo::followups::close_plans(act.tx, customer.id, None, act.actor.now)?;
        let id = repo::followups::insert(act.tx, customer.id, &input, act.actor.user, act.actor.now)?;
        posting::refresh_last_followup(act, customer.id)?;
        let nothing = FollowupInput { at: input.at, content: String::new(), result: None, next: None };
        log(act, id, &customer, act.actor.lang.texts().logs.followup_created, &differences(&nothing, &input, act.actor.zone))?;
        Ok(id)
    })
}

/// Corrects a follow-up that was read at `version`. A plan moved to another time is open again where no newer follow-up took its place.
/// Errors as [`create`]; a conflict where someone saved meanwhile.
pub fn update(desk: &mut Desk, id: FollowupId, version: i64, input: &FollowupInput) -> Result<()> {
    let input = input.tidied();
    let errors = input.check();
    desk.write(Command::UpdateFollowup, |act| {
        let before = found(act, id)?;
        let customer = reached(act, before.customer)?;
        if before.version != version {
            return Err(conflict(act, Entity::Followup, id.0, before.updated_at)?);
        }
        check_time(act, &input, errors)?;
        let newest = repo::followups::newest(act.tx, before.customer)? == Some(id);
        let done_at = match input.next {
            None => None,
            Some(_) if before.input.next == input.next => before.next_done_at,
            Some(_) if newest => None,
            Some(_) => Some(before.next_done_at.unwrap_or(act.actor.now)),
        };
        if input.next.is_some() && done_at.is_none() {
            repo::followups::close_plans(act.tx, before.customer, Some(id), act.actor.now)?;
        }
        repo::followups::update(act.tx, id, &input, done_at, act.actor.now)?;
        posting::refresh_last_followup(act, before.customer)?;
        log(act, id, &customer, act.actor.lang.texts().logs.followup_updated, &differences(&before.input, &input, act.actor.zone))
    })
}

/// Deletes a follow-up; the log keeps what it said. 4004 outside one's scope.
pub fn delete(desk: &mut Desk, id: FollowupId) -> Result<()> {
    desk.write(Command::DeleteFollowup, |act| {
        let before = found(act, id)?;
        let customer = reached(act, before.customer)?;
        repo::followups::delete(act.tx, id)?;
        posting::refresh_last_followup(act, before.customer)?;
        let nothing = FollowupInput { at: before.input.at, content: String::new(), result: None, next: None };
        log(act, id, &customer, act.actor.lang.texts().logs.followup_deleted, &differences(&before.input, &nothing, act.actor.zone))
    })
}

/// Marks what a follow-up planned as done, or as open again.
/// 4000 where it plans nothing, is so already, or where a newer follow-up took its place; 4004 outside one's scope.
pub fn mark(desk: &mut Desk, id: FollowupId, done: bool) -> Result<()> {
    desk.write(Command::MarkFollowup, |act| {
        let before = found(act, id)?;
        let customer = reached(act, before.customer)?;
        let replaced = !done && repo::followups::newest(act.tx, before.customer)? != Some(id);
        if before.input.next.is_none() || before.is_open() != done || replaced {
            return Err(Refusal::NothingPlanned.into());
        }
        let done_at = done.then_some(act.actor.now);
        repo::followups::update(act.tx, id, &before.input, done_at, act.actor.now)?;
        let shown = |at: Option<Timestamp>| at.map(|at| at.shown(act.actor.zone)).unwrap_or_default();
        let mut changes = Changes::default();
        changes.note("next_done_at", shown(before.next_done_at), shown(done_at));
        let texts = &act.actor.lang.texts().logs;
        log(act, id, &customer, if done { texts.followup_done } else { texts.followup_reopened }, &changes)
    })
}

fn reached(act: &Act<'_>, id: CustomerId) -> Result<Customer> {
    repo::customers::get(act.tx, id, act.actor.owner_filter(Module::Customer))?.ok_or(Error::NotFound(Entity::Customer))
}

fn found(act: &Act<'_>, id: FollowupId) -> Result<Followup> {
    repo::followups::get(act.tx, id, act.actor.owner_filter(Module::Customer))?.ok_or(Error::NotFound(Entity::Followup))
}

/// Adds what only the clock can tell: a follow-up is not of tomorrow.
fn check_time(act: &Act<'_>, input: &FollowupInput, mut errors: crate::models::FieldErrors) -> Result<()> {
    if input.at.day(act.actor.zone) > act.actor.today {
        errors.add(Field::FollowupTime, Problem::InTheFuture);
    }
    errors.into_result()
}

fn log(act: &Act<'_>, id: FollowupId, customer: &Customer, text: &str, changes: &Changes) -> Result<()> {
    act.log(Entity::Followup, id.0, fill(text, &[&customer.input.name]), changes)
}

fn differences(before: &FollowupInput, after: &FollowupInput, zone: Zone) -> Changes {
    let shown = |at: Option<Timestamp>| at.map(|at| at.shown(zone)).unwrap_or_default();
    let mut changes = Changes::default();
    changes.note("followup_time", before.at.shown(zone), after.at.shown(zone));
    changes.note("content", &before.content, &after.content);
    changes.note("result", before.result.as_deref().unwrap_or(""), after.result.as_deref().unwrap_or(""));
    changes.note("next_followup_time", shown(before.next), shown(after.next));
    changes
}

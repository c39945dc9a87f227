//! The model's follow-ups: a customer has at most one open plan; recording one ends what was planned before. His last one is derived.

use zhanggui::models::choice::{Entity, Module};
use zhanggui::models::error::Refusal;
use zhanggui::models::rights::Verb;
use zhanggui::models::*;

use super::shop::{Shop, Told, conflict};

#[derive(Clone, Debug)]
pub struct Followup {
    pub customer: usize,
    pub at: Timestamp,
    pub next: Option<Timestamp>,
    /// When the plan was done, or a newer one took its place.
    pub done: Option<Timestamp>,
    pub gone: bool,
}

impl Followup {
    pub fn is_open(&self) -> bool {
        !self.gone && self.next.is_some() && self.done.is_none()
    }
}

impl Shop {
    fn followups_of(&self, customer: usize) -> impl Iterator<Item = (usize, &Followup)> {
        self.followups.iter().enumerate().filter(move |(_, followup)| followup.customer == customer && !followup.gone)
    }

    pub fn last_followup(&self, customer: usize) -> Option<Timestamp> {
        self.followups_of(customer).map(|(_, followup)| followup.at).max()
    }

    pub fn was_followed_up(&self, customer: usize) -> bool {
        self.followups_of(customer).next().is_some()
    }

    /// Recorded last of all of its customer.
    pub fn is_newest(&self, followup: usize) -> bool {
        self.followups_of(self.followups[followup].customer).last().is_some_and(|(at, _)| at == followup)
    }

    fn reached_followup(&self, followup: usize) -> Result<&Followup> {
        let found = &self.followups[followup];
        let reached = !found.gone && self.reaches_customer(found.customer);
        reached.then_some(found).ok_or(Error::NotFound(Entity::Followup))
    }

    fn check_times(&self, at: Timestamp, next: Option<Timestamp>) -> Result<()> {
        let mut errors = FieldErrors::default();
        if next.is_some_and(|next| next <= at) {
            errors.add(Field::NextFollowup, Problem::NotLater);
        }
        if at.day(self.zone) > self.today() {
            errors.add(Field::FollowupTime, Problem::InTheFuture);
        }
        errors.into_result()
    }

    fn end_plans(&mut self, customer: usize) {
        let now = self.now;
        let mut ended = false;
        for followup in self.followups.iter_mut().filter(|followup| followup.customer == customer && followup.is_open()) {
            followup.done = Some(now);
            ended = true;
        }
        if ended {
            self.note("a plan ended by a newer follow-up");
        }
    }

    pub fn follow_up(&mut self, customer: usize, at: Timestamp, next: Option<Timestamp>) -> Result<Told> {
        self.need(Module::Customer, Verb::Create)?;
        if !self.reaches_customer(customer) {
            return Err(Error::NotFound(Entity::Customer));
        }
        self.check_times(at, next)?;
        self.end_plans(customer);
        self.followups.push(Followup { customer, at, next, done: None, gone: false });
        Ok(Told::Done)
    }

    /// A plan moved to another time is open again where no newer follow-up took its place.
    pub fn correct_followup(&mut self, followup: usize, stale: bool, at: Timestamp, next: Option<Timestamp>) -> Result<()> {
        self.need(Module::Customer, Verb::Update)?;
        let before = self.reached_followup(followup)?.clone();
        if stale {
            return Err(conflict(Entity::Followup));
        }
        self.check_times(at, next)?;
        let done = match next {
            None => None,
            Some(_) if next == before.next => before.done,
            Some(_) if self.is_newest(followup) => None,
            Some(_) => Some(before.done.unwrap_or(self.now)),
        };
        self.followups[followup] = Followup { at, next, done, ..before };
        Ok(())
    }

    pub fn mark_followup(&mut self, followup: usize, done: bool) -> Result<()> {
        self.need(Module::Customer, Verb::Update)?;
        let found = self.reached_followup(followup)?;
        let may = found.next.is_some() && found.is_open() == done && (done || self.is_newest(followup));
        if !may {
            return Err(Refusal::NothingPlanned.into());
        }
        self.followups[followup].done = done.then_some(self.now);
        Ok(())
    }

    pub fn remove_followup(&mut self, followup: usize) -> Result<()> {
        self.need(Module::Customer, Verb::Delete)?;
        self.reached_followup(followup)?;
        self.followups[followup].gone = true;
        Ok(())
    }
}

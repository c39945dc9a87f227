//! The model's quotes (rulings §6): draft, sent, accepted or rejected; expired by the clock alone; at most one order that is not cancelled.

use zhanggui::models::choice::{Entity, Module, OrderStatus, QuoteStatus};
use zhanggui::models::error::Refusal;
use zhanggui::models::quote::QuoteState;
use zhanggui::models::rights::Verb;
use zhanggui::models::*;

use super::shop::{Shop, Told, conflict};
use super::steps::Piece;

/// Days that the prices of a copy hold; the configuration is not changed.
const VALIDITY: i64 = 30;

#[derive(Clone, Debug)]
pub struct Quote {
    pub number: String,
    pub customer: usize,
    pub lines: Vec<Piece>,
    pub until: Day,
    pub status: QuoteStatus,
    pub by: usize,
    pub gone: bool,
}

impl Quote {
    pub fn total(&self) -> i64 {
        self.lines.iter().map(|line| line.quantity * line.price).sum()
    }

    pub fn state(&self, today: Day) -> QuoteState {
        match self.status {
            QuoteStatus::Draft => QuoteState::Draft,
            QuoteStatus::Sent if self.until < today => QuoteState::Expired,
            QuoteStatus::Sent => QuoteState::Sent,
            QuoteStatus::Accepted => QuoteState::Accepted,
            QuoteStatus::Rejected => QuoteState::Rejected,
        }
    }
}

impl Shop {
    /// Within one's scope: of an own customer, or entered by oneself (rulings §8).
    fn reaches_quote(&self, quote: usize) -> bool {
        let found = &self.quotes[quote];
        !found.gone && (found.by == self.actor || self.reaches_customer(found.customer))
    }

    fn reached_quote(&self, quote: usize) -> Result<&Quote> {
        if self.reaches_quote(quote) { Ok(&self.quotes[quote]) } else { Err(Error::NotFound(Entity::Quote)) }
    }

    fn check_offer(&self, customer: usize, lines: &[Piece], until: Day) -> Result<()> {
        self.check_customer(customer)?;
        self.check_products(lines)?;
        if until < self.today() { Err(Error::field(Field::ValidUntil, Problem::InThePast)) } else { Ok(()) }
    }

    pub fn quote(&mut self, customer: usize, lines: &[Piece], until: Day) -> Result<Told> {
        self.need(Module::Sales, Verb::Create)?;
        self.check_offer(customer, lines, until)?;
        let number = self.number('Q');
        let (lines, by) = (lines.to_vec(), self.actor);
        self.quotes.push(Quote { number: number.clone(), customer, lines, until, status: QuoteStatus::Draft, by, gone: false });
        Ok(Told::Quote { number })
    }

    /// A new draft with the same prices.
    pub fn copy_quote(&mut self, quote: usize) -> Result<Told> {
        self.need(Module::Sales, Verb::Create)?;
        let Quote { customer, lines, .. } = self.reached_quote(quote)?.clone();
        self.quote(customer, &lines, self.today().plus_days(VALIDITY))
    }

    pub fn change_quote(&mut self, quote: usize, stale: bool, customer: usize, lines: &[Piece], until: Day) -> Result<()> {
        self.need(Module::Sales, Verb::Update)?;
        let found = self.reached_quote(quote)?;
        if stale {
            return Err(conflict(Entity::Quote));
        }
        if found.status != QuoteStatus::Draft {
            return Err(Refusal::QuoteFixed.into());
        }
        self.check_offer(customer, lines, until)?;
        let found = &mut self.quotes[quote];
        (found.customer, found.lines, found.until) = (customer, lines.to_vec(), until);
        Ok(())
    }

    pub fn decide_quote(&mut self, quote: usize, stale: bool, to: QuoteStatus) -> Result<()> {
        self.need(Module::Sales, Verb::Update)?;
        let today = self.today();
        let found = self.reached_quote(quote)?;
        let (from, late) = (found.status, found.until < today);
        if !matches!(
            (from, to),
            (QuoteStatus::Draft, QuoteStatus::Sent) | (QuoteStatus::Sent, QuoteStatus::Accepted) | (QuoteStatus::Sent, QuoteStatus::Rejected)
        ) {
            return Err(Refusal::QuoteStatusChange { from, to }.into());
        }
        if stale {
            return Err(conflict(Entity::Quote));
        }
        if to == QuoteStatus::Sent && late {
            self.note("a draft whose last day is past is not sent");
            return Err(Error::field(Field::ValidUntil, Problem::InThePast));
        }
        self.quotes[quote].status = to;
        Ok(())
    }

    pub fn remove_quote(&mut self, quote: usize) -> Result<()> {
        self.need(Module::Sales, Verb::Delete)?;
        if self.reached_quote(quote)?.status != QuoteStatus::Draft {
            return Err(Refusal::QuoteFixed.into());
        }
        self.quotes[quote].gone = true;
        Ok(())
    }

    /// How many quotes the person sees of each state.
    pub fn quotes_by_state(&self) -> Result<Told> {
        self.need(Module::Sales, Verb::View)?;
        let mut counts = [0; QuoteState::ALL.len()];
        for at in (0..self.quotes.len()).filter(|at| self.reaches_quote(*at)) {
            counts[self.quotes[at].state(self.today()) as usize] += 1;
        }
        Ok(Told::Quotes(counts))
    }

    /// Whether the person may make an order of this customer of it.
    pub fn check_quote(&mut self, quote: usize, customer: usize) -> Result<()> {
        if !self.reaches_quote(quote) {
            return Err(Error::field(Field::Quote, Problem::NotFound));
        }
        let found = &self.quotes[quote];
        if found.customer != customer {
            return Err(Error::field(Field::Quote, Problem::Contradicts));
        }
        let mut made = self.orders.iter().filter(|order| order.quote == Some(quote));
        if let Some(order) = made.clone().find(|order| order.status != OrderStatus::Cancelled) {
            return Err(Refusal::QuoteTurned { order_no: order.number.clone() }.into());
        }
        if found.status == QuoteStatus::Rejected {
            return Err(Refusal::QuoteStatusChange { from: QuoteStatus::Rejected, to: QuoteStatus::Accepted }.into());
        }
        let (again, expired) = (made.next().is_some(), found.state(self.today()) == QuoteState::Expired);
        if again {
            self.note("ordered again after its order was cancelled");
        }
        if expired {
            self.note("an expired quote ordered");
        }
        Ok(())
    }
}

//! Quotes of the demo company: those that became orders over the two years, and those of the last weeks in every state.
//! They are planned while the days pass and written at the end, in the order they were entered in, so that numbers and ids rise with time.

use super::{NOTES, World, time};
use crate::database::Connection;
use crate::models::choice::QuoteStatus;
use crate::models::line::{NewLine, total_of};
use crate::models::{CustomerId, Day, Error, Money, OrderId, Result, Timestamp, UserId};
use crate::repositories as repo;
use crate::repositories::counters::{Series, number};
use crate::repositories::demo::FinishedQuote;
use crate::repositories::search::{Batch, Index};

/// One order in so many was made of a quote.
const ORDERS_PER_QUOTE: u64 = 100;
/// One quote without an order for so many orders.
const ORDERS_PER_OPEN: u64 = 66;
/// What becomes of the quotes without an order, one after the other: a status, and whether its last day is past.
const ENDS: [(QuoteStatus, bool); 6] = [
    (QuoteStatus::Sent, false),
    (QuoteStatus::Draft, false),
    (QuoteStatus::Sent, true),
    (QuoteStatus::Accepted, false),
    (QuoteStatus::Sent, false),
    (QuoteStatus::Rejected, false),
];
/// Days that the sent ones still hold, one after the other: some end today and in the next days.
const LEFT: [i64; 8] = [2, 14, 0, 9, 3, 21, 1, 27];

/// A quote to be written.
pub struct Plan {
    customer: CustomerId,
    lines: Vec<NewLine>,
    created: Timestamp,
    valid_until: Day,
    status: QuoteStatus,
    sent: Option<Timestamp>,
    decided: Option<Timestamp>,
    notes: Option<&'static str>,
    by: UserId,
    order: Option<OrderId>,
}

impl World {
    /// Plans the quote that an order was made of, where it was made of one.
    pub fn plan_quote_of(&mut self, order: OrderId, customer: CustomerId, lines: Vec<NewLine>, at: Timestamp, by: UserId) {
        if self.orders_done % ORDERS_PER_QUOTE != ORDERS_PER_QUOTE / 2 {
            return;
        }
        let day = self.day.plus_days(-self.random.i64(1..9));
        let created = self.moment(day).min(at);
        let sent = Some(self.later_that_day(created));
        self.quotes.push(Plan {
            customer,
            lines,
            created,
            valid_until: day.plus_days(self.validity),
            status: QuoteStatus::Accepted,
            sent,
            decided: Some(at),
            notes: None,
            by,
            order: Some(order),
        });
    }

    /// Plans the quotes of the last weeks, and writes all of them.
    pub fn write_quotes(&mut self, tx: &Connection) -> Result<()> {
        for n in 0..usize::try_from(self.orders.div_ceil(ORDERS_PER_OPEN)).unwrap_or(0) {
            self.plan_open_quote(n);
        }
        let mut plans = std::mem::take(&mut self.quotes);
        plans.sort_by_key(|plan| plan.created);
        let prefix = repo::config::load(tx)?.quote_prefix;
        let (mut of_day, mut sequence) = (None, 0);
        let mut found = Batch::new(Index::Quotes);
        for plan in &plans {
            let day = plan.created.day(self.zone);
            sequence = if of_day == Some(day) { sequence + 1 } else { 1 };
            of_day = Some(day);
            repo::counters::take(tx, Series::Quote, day, 1)?;
            plan.write(tx, &number(&prefix, day, sequence), &mut found)?;
        }
        found.finish(tx)
    }

    fn plan_open_quote(&mut self, n: usize) {
        let (status, expired) = ENDS[n % ENDS.len()];
        let round = n / ENDS.len();
        let validity = self.validity;
        let (day, valid_until) = match (status, expired) {
            (QuoteStatus::Draft, _) => {
                let day = self.today.plus_days(-self.random.i64(0..5));
                (day, day.plus_days(validity))
            }
            (QuoteStatus::Sent, false) => {
                let left = LEFT[(2 * round + n % ENDS.len() / 4) % LEFT.len()].min(validity);
                let until = self.today.plus_days(left);
                (until.plus_days(-validity).min(self.today), until)
            }
            (QuoteStatus::Sent, true) => {
                let until = self.today.plus_days(-self.random.i64(1..30));
                (until.plus_days(-validity), until)
            }
            _ => {
                let day = self.today.plus_days(-self.random.i64(5..60));
                (day, day.plus_days(validity))
            }
        };
        let client = self.some_client();
        let (customer, by) = (self.clients[client].id, self.clients[client].owner.unwrap_or(self.users[0]));
        let lines = self.basket().into_iter().map(|(_, line, _)| line).collect();
        let created = self.moment(day);
        let sent = (status != QuoteStatus::Draft).then(|| self.later_that_day(created));
        let decided = matches!(status, QuoteStatus::Accepted | QuoteStatus::Rejected).then(|| {
            let day = day.plus_days(self.random.i64(1..5));
            self.moment(day)
        });
        let notes = (self.random.u32(..4) == 0).then(|| NOTES[self.random.usize(..NOTES.len())]);
        self.quotes.push(Plan { customer, lines, created, valid_until, status, sent, decided, notes, by, order: None });
    }

    /// Some time between this moment and the end of its working day, never after now.
    fn later_that_day(&mut self, at: Timestamp) -> Timestamp {
        let close = at.day(self.zone).at(time(34_200), self.zone).min(self.now);
        let room = close.seconds_since(at).max(0);
        at.plus_seconds(self.random.i64(0..=room.min(5_400)))
    }
}

impl Plan {
    fn write(&self, tx: &Connection, quote_no: &str, found: &mut Batch) -> Result<()> {
        let total = total_of(&self.lines).ok_or_else(|| Error::Internal("total of a quote".into()))?;
        let quote = FinishedQuote {
            quote_no,
            customer: self.customer,
            total,
            valid_until: self.valid_until,
            status: self.status,
            created_at: self.created,
            sent_at: self.sent,
            decided_at: self.decided,
            notes: self.notes,
            by: self.by,
        };
        let id = repo::demo::open_quote(tx, &quote)?;
        found.add(tx, id.0, &[quote_no])?;
        for line in &self.lines {
            repo::quotes::insert_item(tx, id, line, line.unit_price.checked_mul(line.quantity).unwrap_or(Money::ZERO))?;
        }
        repo::demo::close_quote(tx, id, &quote, self.order)
    }
}

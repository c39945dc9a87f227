//! Follow-ups: what was done with a customer and what is planned next; the record, its input, the lists of plans.

use super::choice::{CustomerLevel, choices};
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{CustomerId, FollowupId, UserId};
use super::list::PageRequest;
use super::time::{Day, Timestamp, Zone, parse_time};

/// What a person enters for a follow-up; the same for recording and correcting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowupInput {
    /// When it happened.
    pub at: Timestamp,
    pub content: String,
    /// What came of it: one of the configured words, or any other.
    pub result: Option<String>,
    /// When to follow up again.
    pub next: Option<Timestamp>,
}

impl FollowupInput {
    pub const LONGEST: usize = 1000;

    /// The same input with blanks trimmed and empty texts dropped.
    pub fn tidied(&self) -> FollowupInput {
        FollowupInput { content: self.content.trim().to_owned(), result: self.result.as_deref().and_then(text::tidy), ..self.clone() }
    }

    /// Field errors of the input by itself; whether the time is past is the service's to say.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        text::check_required(&mut errors, Field::FollowupContent, &self.content, Self::LONGEST);
        text::check_optional(&mut errors, Field::FollowupResult, self.result.as_deref(), 20);
        if self.next.is_some_and(|next| next <= self.at) {
            errors.add(Field::NextFollowup, Problem::NotLater);
        }
        errors
    }
}

/// A moment as typed: a date and a time of day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MomentDraft {
    pub day: String,
    pub time: String,
    /// What it was before anything was typed: seconds are not shown.
    was: Option<Timestamp>,
}

impl MomentDraft {
    /// The time of day a date gets at first.
    pub const FIRST_TIME: &'static str = "10:00";

    pub fn of(at: Timestamp, zone: Zone) -> MomentDraft {
        let (day, time) = shown_parts(at, zone);
        MomentDraft { day, time, was: Some(at) }
    }

    pub fn is_empty(&self) -> bool {
        self.day.trim().is_empty() && self.time.trim().is_empty()
    }

    /// Another day, with a time of day where there was none.
    pub fn set_day(&mut self, day: Day) {
        self.day = day.to_string();
        if self.time.trim().is_empty() {
            self.time = Self::FIRST_TIME.to_owned();
        }
    }

    /// The moment, or what is wrong with the text; [`Problem::Required`] where there is none.
    pub fn parse(&self, zone: Zone) -> Result<Timestamp, Problem> {
        if let Some(was) = self.was
            && (self.day.trim(), self.time.trim()) == (&shown_parts(was, zone).0, &shown_parts(was, zone).1)
        {
            return Ok(was);
        }
        if self.is_empty() {
            return Err(Problem::Required);
        }
        let day = Day::parse(&self.day).ok_or(Problem::NotADay)?;
        Ok(day.at(parse_time(&self.time).ok_or(Problem::NotATime)?, zone))
    }
}

fn shown_parts(at: Timestamp, zone: Zone) -> (String, String) {
    let local = at.local(zone);
    (local.date().to_string(), local.format("%H:%M").to_string())
}

/// The follow-up form as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FollowupDraft {
    /// When it happened; `None` is the moment of saving.
    pub at: Option<MomentDraft>,
    pub content: String,
    pub result: String,
    pub next: MomentDraft,
}

impl FollowupDraft {
    /// The form of an existing follow-up.
    pub fn of(input: &FollowupInput, zone: Zone) -> FollowupDraft {
        FollowupDraft {
            at: Some(MomentDraft::of(input.at, zone)),
            content: input.content.clone(),
            result: input.result.clone().unwrap_or_default(),
            next: input.next.map(|next| MomentDraft::of(next, zone)).unwrap_or_default(),
        }
    }

    /// The typed input, or what is wrong with it.
    pub fn parse(&self, now: Timestamp, zone: Zone) -> Result<FollowupInput, FieldErrors> {
        let mut errors = FieldErrors::default();
        let mut moment = |draft: &MomentDraft, field| draft.parse(zone).map_err(|problem| errors.add(field, problem)).ok();
        let at = self.at.as_ref().map_or(Some(now), |at| moment(at, Field::FollowupTime));
        let next = if self.next.is_empty() { None } else { moment(&self.next, Field::NextFollowup) };
        let input = FollowupInput { at: at.unwrap_or(now), content: self.content.clone(), result: text::tidy(&self.result), next }.tidied();
        errors.0.extend(input.check().0);
        if errors.is_empty() { Ok(input) } else { Err(errors) }
    }
}

/// One recorded follow-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followup {
    pub id: FollowupId,
    pub customer: CustomerId,
    pub input: FollowupInput,
    /// When the plan was done or replaced by a newer one.
    pub next_done_at: Option<Timestamp>,
    pub created_by: UserId,
    pub created_by_name: String,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl Followup {
    /// Whether something is still planned by it.
    pub fn is_open(&self) -> bool {
        self.input.next.is_some() && self.next_done_at.is_none()
    }
}

/// One row of the follow-up page: a follow-up with its customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowupRow {
    pub followup: Followup,
    pub customer_name: String,
    pub level: CustomerLevel,
    pub contact_person: Option<String>,
    pub phone: Option<String>,
    /// Who is to do it: the customer's owner, else who planned it.
    pub responsible: UserId,
    pub responsible_name: String,
}

choices! {
    /// Which plans: open ones by their day, or every record.
    Due {
        /// Open, of a day before today.
        Overdue = "overdue",
        /// Open, of today.
        Today = "today",
        /// Open, from today to the end of this week (weeks start on Monday).
        Week = "week",
        /// Every follow-up, done or not, planned or not.
        All = "all",
    }
}

/// Which follow-ups: all conditions hold together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowupFilter {
    /// Words of the customer.
    pub search: String,
    pub due: Due,
    /// Who is to do it.
    pub person: Option<UserId>,
    pub customer: Option<CustomerId>,
}

impl Default for FollowupFilter {
    fn default() -> Self {
        FollowupFilter { search: String::new(), due: Due::All, person: None, customer: None }
    }
}

/// Orders of the follow-up page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FollowupSort {
    /// By the planned time.
    #[default]
    Next,
    /// By the time it happened.
    Time,
    Customer,
}

pub type FollowupPage = PageRequest<FollowupSort>;

/// Counts under the other filters, for the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DueCounts {
    pub overdue: i64,
    pub today: i64,
    pub week: i64,
    pub all: i64,
}

impl DueCounts {
    pub fn of(&self, due: Due) -> i64 {
        match due {
            Due::Overdue => self.overdue,
            Due::Today => self.today,
            Due::Week => self.week,
            Due::All => self.all,
        }
    }
}

/// When to follow up again after a plan was done: as long after today as it had been planned ahead (a day at least, 7 where nothing was
/// planned), at the same time of day, not on a weekend.
pub fn proposed_next(done: &FollowupInput, today: Day, zone: Zone) -> Timestamp {
    use chrono::Datelike;
    let days = done.next.map_or(7, |next| next.day(zone).days_since(done.at.day(zone)).clamp(1, 365));
    let time = done.next.unwrap_or(done.at).local(zone).time();
    let mut day = today.plus_days(days);
    while day.0.weekday().num_days_from_monday() > 4 {
        day = day.plus_days(1);
    }
    day.at(time, zone)
}

/// The last day of the week a day is in.
pub fn end_of_week(day: Day) -> Day {
    use chrono::Datelike;
    day.plus_days(6 - i64::from(day.0.weekday().num_days_from_monday()))
}

/// What one's own plans ask for: for the bell, the dashboard and the notice at the time.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reminders {
    /// Open plans up to the end of today, the oldest first; at most [`Reminders::MOST`] of earlier days, and as many of today.
    pub due: Vec<FollowupRow>,
    /// How many there are.
    pub count: i64,
    /// How many of them are of earlier days.
    pub overdue: i64,
}

impl Reminders {
    pub const MOST: i64 = 50;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_one_is_proposed_as_far_ahead_as_the_last_was() {
        let zone = Zone::SHANGHAI;
        let at = |text: &str| Timestamp::parse(text).unwrap();
        let done = FollowupInput { at: at("2026-01-20 02:00:00"), content: "甲".into(), result: None, next: Some(at("2026-01-23 06:30:00")) };
        let today = Day::parse("2026-01-27").unwrap();
        assert_eq!(proposed_next(&done, today, zone), at("2026-01-30 06:30:00"));
        // Saturday becomes Monday
        assert_eq!(proposed_next(&done, today.plus_days(1), zone), at("2026-02-02 06:30:00"));
        assert_eq!(proposed_next(&FollowupInput { next: None, ..done }, today, zone), at("2026-02-03 02:00:00"));
    }

    #[test]
    fn what_is_typed_becomes_moments() {
        let zone = Zone::SHANGHAI;
        let now = Timestamp::parse("2026-01-30 02:00:07").unwrap();
        let mut draft = FollowupDraft { content: " 报价 ".into(), ..Default::default() };
        let nothing_planned = FollowupInput { at: now, content: "报价".into(), result: None, next: None };
        assert_eq!(draft.parse(now, zone), Ok(nothing_planned.clone()));
        draft.next.set_day(Day::parse("2026-02-02").unwrap());
        let planned = FollowupInput { next: Timestamp::parse("2026-02-02 02:00:00"), ..nothing_planned };
        assert_eq!(draft.parse(now, zone), Ok(planned.clone()));
        // An unchanged moment keeps its seconds.
        assert_eq!(FollowupDraft::of(&planned, zone).parse(now, zone), Ok(planned));
        draft.next.time = "25:00".into();
        draft.at = Some(MomentDraft { day: "30 日".into(), ..Default::default() });
        draft.content.clear();
        let errors = draft.parse(now, zone).unwrap_err();
        let wrong: Vec<_> = errors.0.iter().map(|error| (error.field, error.problem)).collect();
        let wanted = [(Field::FollowupTime, Problem::NotADay), (Field::NextFollowup, Problem::NotATime), (Field::FollowupContent, Problem::Required)];
        assert_eq!(wrong, wanted);
    }

    #[test]
    fn weeks_end_on_sunday() {
        for (day, end) in [("2026-01-26", "2026-02-01"), ("2026-01-30", "2026-02-01"), ("2026-02-01", "2026-02-01")] {
            assert_eq!(end_of_week(Day::parse(day).unwrap()), Day::parse(end).unwrap());
        }
    }
}

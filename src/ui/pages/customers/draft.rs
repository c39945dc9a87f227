//! The customer form as typed, and how it becomes the input of the service. No drawing here.

use crate::models::choice::{CustomerLevel, Status};
use crate::models::customer::CustomerInput;
use crate::models::product::{money, parse_whole};
use crate::models::{Error, Field, FieldErrors, Money, Result, UserId};

/// Every field as text; the fields the form does not show are carried along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerDraft {
    pub name: String,
    pub contact_person: String,
    pub phone: String,
    pub email: String,
    pub level: CustomerLevel,
    pub owner: Option<UserId>,
    pub industry: String,
    pub code: String,
    pub address: String,
    pub tags: Vec<String>,
    /// A tag that is being typed; saving takes it too.
    pub tag: String,
    pub term: String,
    /// Empty: no limit.
    pub credit: String,
    pub status: Status,
}

/// The fields in the order the form shows them: the first wrong one gets the focus.
const ORDER: &[Field] = &[
    Field::Name,
    Field::ContactPerson,
    Field::Phone,
    Field::Email,
    Field::Level,
    Field::Owner,
    Field::Industry,
    Field::Code,
    Field::Address,
    Field::Tags,
    Field::PaymentTerm,
    Field::CreditLimit,
    Field::Status,
];

impl CustomerDraft {
    /// A new customer of this owner.
    pub fn new(owner: UserId) -> CustomerDraft {
        CustomerDraft::of(&CustomerInput { assigned_to: Some(owner), ..Default::default() })
    }

    /// The form of an existing customer.
    pub fn of(input: &CustomerInput) -> CustomerDraft {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        CustomerDraft {
            name: input.name.clone(),
            contact_person: text(&input.contact_person),
            phone: text(&input.phone),
            email: text(&input.email),
            level: input.level,
            owner: input.assigned_to,
            industry: text(&input.industry),
            code: text(&input.code),
            address: text(&input.address),
            tags: input.tags.clone(),
            tag: String::new(),
            term: input.payment_term_days.map(|days| days.to_string()).unwrap_or_default(),
            credit: input.credit_limit.map(Money::plain).unwrap_or_default(),
            status: input.status,
        }
    }

    /// Takes the typed tag over; true where there was one.
    pub fn take_tag(&mut self) -> bool {
        let tag = std::mem::take(&mut self.tag).trim().to_owned();
        let some = !tag.is_empty();
        if some && !self.tags.contains(&tag) {
            self.tags.push(tag);
        }
        some
    }

    /// The typed input, or what is wrong with it by field, in the form's order.
    pub fn parse(&self) -> Result<CustomerInput> {
        let mut draft = self.clone();
        draft.take_tag();
        let mut errors = FieldErrors::default();
        let term = match draft.term.trim() {
            "" => None,
            text => parse_whole(text).map_err(|problem| errors.add(Field::PaymentTerm, problem)).ok(),
        };
        let credit_limit = match draft.credit.trim() {
            "" => None,
            text => Some(money(&mut errors, Field::CreditLimit, text)),
        };
        let input = CustomerInput {
            code: Some(draft.code),
            name: draft.name,
            contact_person: Some(draft.contact_person),
            phone: Some(draft.phone),
            email: Some(draft.email),
            address: Some(draft.address),
            industry: Some(draft.industry),
            level: draft.level,
            assigned_to: draft.owner,
            tags: draft.tags,
            status: draft.status,
            payment_term_days: term,
            credit_limit,
        }
        .tidied();
        errors.0.extend(input.check().0);
        in_order(errors.into_result())?;
        Ok(input)
    }
}

/// Field errors in the form's order.
pub fn in_order<T>(result: Result<T>) -> Result<T> {
    result.map_err(|error| match error {
        Error::Fields(mut errors) => {
            errors.0.sort_by_key(|error| ORDER.iter().position(|field| *field == error.field));
            Error::Fields(errors)
        }
        error => error,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::models::Problem;

    #[test]
    fn wrong_fields_come_in_the_order_of_the_form() {
        let mut draft = CustomerDraft::new(UserId(1));
        draft.term = "十天".into();
        draft.credit = "一万".into();
        draft.phone = "1390000770".into();
        draft.email = "shen@hengxin".into();
        let Err(Error::Fields(errors)) = draft.parse() else { panic!() };
        let found: Vec<_> = errors.0.iter().map(|error| (error.field, error.problem)).collect();
        let wanted = [
            (Field::Name, Problem::Required),
            (Field::Phone, Problem::PhoneDigits(10)),
            (Field::Email, Problem::NotAnEmail),
            (Field::PaymentTerm, Problem::NotANumber),
            (Field::CreditLimit, Problem::NotANumber),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn no_credit_limit_is_none_and_nothing_is_a_limit_too() {
        let mut draft = CustomerDraft::new(UserId(1));
        draft.name = "甲".into();
        for (typed, limit) in [("", None), (" ", None), ("0", Some(0)), ("12,000.5", Some(1_200_050))] {
            draft.credit = typed.into();
            assert_eq!(draft.parse().unwrap().credit_limit, limit.and_then(Money::from_fen), "{typed}");
        }
    }

    #[test]
    fn a_tag_being_typed_is_saved_once() {
        let mut draft = CustomerDraft::new(UserId(1));
        draft.name = "甲".into();
        draft.tags = vec!["连锁门店".into()];
        draft.tag = " 连锁门店 ".into();
        assert_eq!(draft.parse().unwrap().tags, ["连锁门店"]);
        draft.tag = "复印纸".into();
        assert_eq!(draft.parse().unwrap().tags, ["连锁门店", "复印纸"]);
    }
}

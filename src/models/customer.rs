//! Customers: the record, its input, list rows and filters.

use super::choice::{CustomerLevel, Status};
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::{CustomerId, UserId};
use super::list::PageRequest;
use super::money::Money;
use super::time::Timestamp;

/// What a person enters for a customer; the same for creating and changing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerInput {
    /// The external customer number, unique when present.
    pub code: Option<String>,
    pub name: String,
    pub contact_person: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    pub industry: Option<String>,
    pub level: CustomerLevel,
    pub assigned_to: Option<UserId>,
    pub tags: Vec<String>,
    pub status: Status,
    /// Days until an unpaid order is overdue; `None` = the configuration's.
    pub payment_term_days: Option<i64>,
    pub credit_limit: Option<Money>,
}

impl Default for CustomerInput {
    fn default() -> Self {
        CustomerInput {
            code: None,
            name: String::new(),
            contact_person: None,
            phone: None,
            email: None,
            address: None,
            industry: None,
            level: CustomerLevel::Normal,
            assigned_to: None,
            tags: Vec::new(),
            status: Status::Active,
            payment_term_days: None,
            credit_limit: None,
        }
    }
}

impl CustomerInput {
    pub const MOST_TAGS: usize = 20;

    /// The same input with blanks trimmed, empty texts dropped, each tag once.
    pub fn tidied(&self) -> CustomerInput {
        let tidy = |text: &Option<String>| text.as_deref().and_then(text::tidy);
        let mut tags: Vec<String> = Vec::new();
        for tag in self.tags.iter().filter_map(|tag| text::tidy(tag)) {
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        CustomerInput {
            code: tidy(&self.code),
            name: self.name.trim().to_owned(),
            contact_person: tidy(&self.contact_person),
            phone: tidy(&self.phone).map(|phone| stored_phone(&phone)),
            email: tidy(&self.email),
            address: tidy(&self.address),
            industry: tidy(&self.industry),
            tags,
            ..self.clone()
        }
    }

    /// Field errors of the input by itself; whether owner and code are free is the service's to say.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        text::check_required(&mut errors, Field::Name, &self.name, 100);
        text::check_optional(&mut errors, Field::Code, self.code.as_deref(), 50);
        text::check_optional(&mut errors, Field::ContactPerson, self.contact_person.as_deref(), 50);
        check_contact(&mut errors, self.phone.as_deref(), self.email.as_deref());
        text::check_optional(&mut errors, Field::Address, self.address.as_deref(), 200);
        text::check_optional(&mut errors, Field::Industry, self.industry.as_deref(), 50);
        if self.tags.len() > Self::MOST_TAGS {
            errors.add(Field::Tags, Problem::OutOfRange(0, Self::MOST_TAGS as i64));
        }
        for tag in &self.tags {
            text::check(&mut errors, Field::Tags, tag, 20);
        }
        if self.payment_term_days.is_some_and(|days| !(0..=3650).contains(&days)) {
            errors.add(Field::PaymentTerm, Problem::OutOfRange(0, 3650));
        }
        if self.credit_limit.is_some_and(Money::is_negative) {
            errors.add(Field::CreditLimit, Problem::Negative);
        }
        errors
    }
}

/// A phone as it is stored: a mobile number without its blanks and dashes, any other as given (tokens §7, rulings §12).
pub fn stored_phone(phone: &str) -> String {
    let bare: String = phone.chars().filter(|c| !matches!(c, ' ' | '-' | '\u{a0}')).collect();
    if bare.starts_with('1') && bare.chars().all(|c| c.is_ascii_digit()) { bare } else { phone.trim().to_owned() }
}

/// `138 0000 6620` for a mobile number, any other as stored.
pub fn shown_phone(phone: &str) -> String {
    match (phone.len() == 11 && phone.starts_with('1') && phone.is_ascii(), phone.get(0..3), phone.get(3..7), phone.get(7..)) {
        (true, Some(a), Some(b), Some(c)) => format!("{a} {b} {c}"),
        _ => phone.to_owned(),
    }
}

/// Field errors of a phone and an e-mail address, where there are any.
pub fn check_contact(errors: &mut FieldErrors, phone: Option<&str>, email: Option<&str>) {
    text::check_optional(errors, Field::Phone, phone, 30);
    if let Some(phone) = phone {
        check_phone(errors, &stored_phone(phone));
    }
    text::check_optional(errors, Field::Email, email, 100);
    if let Some(email) = email.and_then(text::tidy)
        && !is_email(&email)
    {
        errors.add(Field::Email, Problem::NotAnEmail);
    }
}

fn check_phone(errors: &mut FieldErrors, phone: &str) {
    let mobile = phone.starts_with('1') && phone.chars().all(|c| c.is_ascii_digit());
    if mobile && phone.len() != 11 {
        errors.add(Field::Phone, Problem::PhoneDigits(phone.len()));
    }
}

fn is_email(email: &str) -> bool {
    match email.split_once('@') {
        Some((name, domain)) => {
            let domain_ok = domain.split('.').count() >= 2 && domain.split('.').all(|part| !part.is_empty());
            !name.is_empty() && domain_ok && !email.chars().any(char::is_whitespace) && !domain.contains('@')
        }
        None => false,
    }
}

/// One customer, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    pub id: CustomerId,
    pub input: CustomerInput,
    pub owner_name: Option<String>,
    /// Unpaid sums of all orders that are not cancelled; `None` for who may not see amounts.
    pub outstanding: Option<Money>,
    pub last_order_at: Option<Timestamp>,
    pub last_followup_at: Option<Timestamp>,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
    pub version: i64,
}

impl Customer {
    /// The customer as one row of a list.
    pub fn into_row(self) -> CustomerRow {
        let input = self.input;
        CustomerRow {
            id: self.id,
            code: input.code,
            name: input.name,
            level: input.level,
            contact_person: input.contact_person,
            phone: input.phone,
            owner_name: self.owner_name,
            status: input.status,
            last_followup_at: self.last_followup_at,
            last_order_at: self.last_order_at,
            outstanding: self.outstanding,
        }
    }
}

/// A customer's credit limit, and what is due of all his orders.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    pub limit: Money,
    pub outstanding: Money,
}

/// An order that would leave more due than the credit limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OverLimit {
    pub limit: Money,
    /// What would be due with the order.
    pub due: Money,
}

impl Credit {
    /// The limit held against what would be due with `added` more; nothing within it. An order that adds nothing is never over.
    pub fn over(self, added: Money) -> Option<OverLimit> {
        let due = self.outstanding.checked_add(added).unwrap_or(Money::MAX);
        (added > Money::ZERO && due > self.limit).then_some(OverLimit { limit: self.limit, due })
    }
}

impl OverLimit {
    /// How much it is over.
    pub fn excess(self) -> Money {
        self.due.sum_less(self.limit)
    }
}

impl Customer {
    /// His credit limit, where he has one and amounts may be seen.
    pub fn credit(&self) -> Option<Credit> {
        Some(Credit { limit: self.input.credit_limit?, outstanding: self.outstanding? })
    }
}

/// One row of the customer list; amounts are `None` for who may not see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerRow {
    pub id: CustomerId,
    pub code: Option<String>,
    pub name: String,
    pub level: CustomerLevel,
    pub contact_person: Option<String>,
    pub phone: Option<String>,
    pub owner_name: Option<String>,
    pub status: Status,
    pub last_followup_at: Option<Timestamp>,
    pub last_order_at: Option<Timestamp>,
    pub outstanding: Option<Money>,
}

/// Which customers: all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerFilter {
    /// Words of names, contact, phone, e-mail, code or pinyin (rulings §12).
    pub search: String,
    pub level: Option<CustomerLevel>,
    pub status: Option<Status>,
    pub owner: Option<OwnerFilter>,
    pub tag: Option<String>,
}

/// A customer's owner, or that there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerFilter {
    Unassigned,
    User(UserId),
}

/// Orders of the customer list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CustomerSort {
    #[default]
    Created,
    Name,
    Level,
    LastFollowup,
    LastOrder,
    Outstanding,
}

pub type CustomerPage = PageRequest<CustomerSort>;

/// What drawers show beside the customer's own data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomerSums {
    /// How many orders are not cancelled.
    pub orders: i64,
    /// Their sums; `None` for who may not see amounts.
    pub amounts: Option<CustomerAmounts>,
}

/// Sums over a customer's orders that are not cancelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CustomerAmounts {
    /// Net total.
    pub ordered: Money,
    pub paid: Money,
    pub outstanding: Money,
}

/// What deleting did (rulings §7).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Removal {
    Deleted,
    /// Something refers to it: it became inactive instead.
    Deactivated,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(change: impl FnOnce(&mut CustomerInput), field: Field) -> Option<Problem> {
        let mut input = CustomerInput { name: "恒达五金".into(), ..Default::default() };
        change(&mut input);
        input.check().of(field)
    }

    #[test]
    fn phones_of_eleven_digits_only_where_they_are_mobile() {
        assert_eq!(problem(|c| c.phone = Some("1390000770".into()), Field::Phone), Some(Problem::PhoneDigits(10)));
        for phone in ["138 0000 6620", "(5) 555-4729", "0571-88886666", "030-0074321", "+86 13800006620"] {
            assert_eq!(problem(|c| c.phone = Some(phone.into()), Field::Phone), None, "{phone}");
        }
        assert_eq!(stored_phone("138 0000-6620"), "13800006620");
        assert_eq!(shown_phone("13800006620"), "138 0000 6620");
    }

    #[test]
    fn every_text_is_tidied() {
        let some = |text: &str| Some(text.to_owned());
        let spaced = CustomerInput {
            code: some(" A1 "),
            name: " 恒达五金 ".into(),
            contact_person: some(" 赵启明 "),
            phone: some(" 138 0000 6620 "),
            email: some(" a@b.example "),
            address: some(" 文三路 "),
            industry: some("  "),
            tags: vec![" 月结 ".into(), "月结".into(), " ".into()],
            ..Default::default()
        };
        let tidy = CustomerInput {
            code: some("A1"),
            name: "恒达五金".into(),
            contact_person: some("赵启明"),
            phone: some("13800006620"),
            email: some("a@b.example"),
            address: some("文三路"),
            industry: None,
            tags: vec!["月结".into()],
            ..Default::default()
        };
        assert_eq!(spaced.tidied(), tidy);
    }

    #[test]
    fn wrong_input_is_named_by_field() {
        assert_eq!(problem(|c| c.name = "  ".into(), Field::Name), Some(Problem::Required));
        assert_eq!(problem(|c| c.name = "长".repeat(101), Field::Name), Some(Problem::TooLong(100)));
        assert_eq!(problem(|c| c.email = Some("shen@hengxin".into()), Field::Email), Some(Problem::NotAnEmail));
        assert_eq!(problem(|c| c.address = Some("a\0b".into()), Field::Address), Some(Problem::NotText));
    }
}

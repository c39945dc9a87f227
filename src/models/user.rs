//! People who sign in.

use super::choice::{Role, Status};
use super::customer::{check_contact, stored_phone};
use super::error::{Field, FieldErrors, Problem, text};
use super::ids::UserId;
use super::list::PageRequest;
use super::picture::PictureName;
use super::time::Timestamp;

/// A user as lists and the top bar show him. Never carries a hash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct User {
    pub id: UserId,
    pub username: String,
    pub full_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub role: Role,
    pub status: Status,
    pub must_change_password: bool,
    pub created_at: Timestamp,
    pub last_login_at: Option<Timestamp>,
    pub avatar: Option<PictureName>,
    pub updated_at: Timestamp,
    pub version: i64,
}

/// What each person sets of himself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    pub full_name: String,
    pub email: Option<String>,
    pub phone: Option<String>,
}

impl Profile {
    /// As it is stored: without blanks around, a mobile number bare, nothing instead of an empty text.
    pub fn tidied(&self) -> Profile {
        Profile {
            full_name: self.full_name.trim().to_owned(),
            email: self.email.as_deref().and_then(text::tidy),
            phone: self.phone.as_deref().and_then(text::tidy).map(|phone| stored_phone(&phone)),
        }
    }

    /// Field errors, in the form's order.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        text::check_required(&mut errors, Field::FullName, &self.full_name, 50);
        check_contact(&mut errors, self.phone.as_deref(), self.email.as_deref());
        errors
    }
}

/// What an administrator sets of an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserInput {
    pub profile: Profile,
    pub role: Role,
    pub status: Status,
}

impl User {
    /// What of him can be set.
    pub fn input(&self) -> UserInput {
        let profile = Profile { full_name: self.full_name.clone(), email: self.email.clone(), phone: self.phone.clone() };
        UserInput { profile, role: self.role, status: self.status }
    }
}

/// Which accounts: all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UserFilter {
    /// A part of user name, name, e-mail or phone.
    pub search: String,
    pub role: Option<Role>,
    pub status: Option<Status>,
}

/// What accounts are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UserSort {
    #[default]
    Username,
    Name,
    Role,
    LastLogin,
}

pub type UserPage = PageRequest<UserSort>;

/// A name to choose from: owner of a customer, person of an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub id: UserId,
    pub full_name: String,
}

/// Someone who can work at the warehouse terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operator {
    pub id: UserId,
    pub full_name: String,
    /// Signs in by PIN; else by password.
    pub has_pin: bool,
}

/// 4 to 8 digits (rulings §15).
pub fn check_pin(errors: &mut FieldErrors, pin: &str) {
    if !(4..=8).contains(&pin.len()) || !pin.chars().all(|c| c.is_ascii_digit()) {
        errors.add(Field::Pin, Problem::PinDigits);
    }
}

/// What sign-in needs to know about an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credentials {
    pub id: UserId,
    pub password_hash: String,
    pub status: Status,
    pub failures: i64,
    pub locked_until: Option<Timestamp>,
}

/// The first start: the company and its administrator (rulings §9).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstRun {
    pub company: String,
    pub username: String,
    pub full_name: String,
    pub password: String,
}

impl FirstRun {
    /// Field errors of names and password, in the form's order.
    pub fn check(&self) -> FieldErrors {
        let mut errors = FieldErrors::default();
        text::check_required(&mut errors, Field::Company, &self.company, 100);
        text::check_required(&mut errors, Field::FullName, &self.full_name, 50);
        check_username(&mut errors, &self.username);
        check_password(&mut errors, Field::Password, &self.password);
        errors
    }
}

/// 1 to 50 characters without blanks.
pub fn check_username(errors: &mut FieldErrors, username: &str) {
    text::check_required(errors, Field::Username, username, 50);
    if username.trim().chars().any(char::is_whitespace) {
        errors.add(Field::Username, Problem::NotText);
    }
}

/// 8 to 72 bytes; more is refused, never truncated (rulings §9).
pub fn check_password(errors: &mut FieldErrors, field: Field, password: &str) {
    if password.is_empty() {
        errors.add(field, Problem::Required);
    } else if password.len() < 8 {
        errors.add(field, Problem::TooShort(8));
    } else if password.len() > 72 {
        errors.add(field, Problem::TooLong(72));
    } else if password.contains('\0') {
        errors.add(field, Problem::NotText);
    }
}

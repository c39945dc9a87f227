//! Operators of the warehouse terminal: who may work there, PINs with failures of their own, entering and leaving.

use zhanggui::models::choice::Role;
use zhanggui::models::session::Mode;
use zhanggui::models::*;
use zhanggui::services::{auth, operators};

use crate::fixture::{Fixture, PASSWORD};

const ADMIN: UserId = UserId(1);

fn failures_in_the_log(f: &Fixture) -> i64 {
    f.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'login_failed'")
}

#[test]
fn a_wrong_pin_is_logged_and_counted_apart_from_the_password() {
    let mut f = Fixture::new();
    operators::set_pin(&mut f.desk, PASSWORD, Some("4711")).unwrap();
    let mut terminal = f.another_desk();
    for _ in 0..6 {
        assert_eq!(operators::switch(&mut terminal, ADMIN, "4712"), Err(Error::BadCredentials));
    }
    assert_eq!((failures_in_the_log(&f), f.figure("SELECT pin_failures FROM users"), f.figure("SELECT password_failures FROM users")), (6, 6, 0));
    assert_eq!(operators::switch(&mut terminal, ADMIN, "4711"), Err(Error::TooManyAttempts { wait_seconds: 1 }), "the right one waits too");
    assert_eq!(terminal.session(), None);
    auth::login(&mut f.another_desk(), "admin", PASSWORD).unwrap();
    f.set_time("2026-01-30 02:00:01");
    operators::switch(&mut terminal, ADMIN, "4711").unwrap();
    assert_eq!((failures_in_the_log(&f), f.figure("SELECT pin_failures FROM users")), (6, 0), "a right one is no failure and ends the count");
}

#[test]
fn without_a_pin_the_password_opens_the_terminal_and_leaves_it() {
    let f = Fixture::new();
    let mut terminal = f.another_desk();
    assert_eq!(operators::switch(&mut terminal, ADMIN, "4711"), Err(Error::BadCredentials));
    assert_eq!(operators::switch(&mut terminal, ADMIN, PASSWORD).unwrap().mode, Mode::Terminal);
    assert_eq!(operators::leave_terminal(&mut terminal, "4711"), Err(Error::BadCredentials));
    assert_eq!(terminal.session().unwrap().mode, Mode::Terminal);
    assert_eq!((failures_in_the_log(&f), f.figure("SELECT password_failures FROM users")), (2, 1), "the success between them ended the count");
    assert_eq!(operators::leave_terminal(&mut terminal, PASSWORD).unwrap().mode, Mode::Full);
}

#[test]
fn a_pin_is_set_after_the_password_alone() {
    let mut f = Fixture::new();
    assert_eq!(operators::set_pin(&mut f.desk, "wrong password", Some("4711")), Err(Error::BadCredentials));
    assert_eq!((failures_in_the_log(&f), f.figure("SELECT COUNT(*) FROM users WHERE pin_hash IS NOT NULL")), (1, 0));
    operators::set_pin(&mut f.desk, PASSWORD, Some("4711")).unwrap();
    operators::switch(&mut f.another_desk(), ADMIN, "4711").unwrap();
    operators::set_pin(&mut f.desk, PASSWORD, None).unwrap();
    assert_eq!(operators::switch(&mut f.another_desk(), ADMIN, "4711"), Err(Error::BadCredentials));
    assert_eq!(failures_in_the_log(&f), 2);
}

#[test]
fn who_has_no_right_to_stock_is_no_operator() {
    let mut f = Fixture::new();
    f.sql("UPDATE permissions SET can_view = 0 WHERE role = 'employee' AND module = 'inventory'").unwrap();
    let employee = f.user("mei", Role::Employee);
    assert_eq!(operators::switch(&mut f.another_desk(), employee, PASSWORD), Err(Refusal::NoOperator.into()));
    let mut full = f.signed_in("mei");
    assert!(operators::enter_terminal(&mut full).is_err());
    assert_eq!(full.session().unwrap().mode, Mode::Full);
    let entered = operators::enter_terminal(&mut f.desk).unwrap();
    assert_eq!((entered.user, entered.mode), (ADMIN, Mode::Terminal));
}

//! The own password, given again before users or rights are changed: asked for by the services, counted like a sign-in, good for five minutes.

use zhanggui::models::choice::{Role, Status};
use zhanggui::models::error::Code;
use zhanggui::models::matrix::{Cell, Matrix};
use zhanggui::models::user::{Profile, UserInput};
use zhanggui::models::*;
use zhanggui::services::{Desk, auth, permissions, users};

use crate::fixture::{Fixture, PASSWORD};

/// The administrator as he is after signing in.
fn signed_in(f: &Fixture) -> Desk {
    let mut desk = f.another_desk();
    auth::login(&mut desk, "admin", PASSWORD).unwrap();
    desk
}

fn create(desk: &mut Desk, username: &str) -> Result<()> {
    let profile = Profile { full_name: "新人".into(), email: None, phone: None };
    users::create(desk, username, &UserInput { profile, role: Role::Sales, status: Status::Active }).map(drop)
}

#[test]
fn a_wrong_password_changes_nothing_and_counts_as_a_failed_sign_in() {
    let f = Fixture::new();
    let mut desk = signed_in(&f);
    let before = f.state();
    assert_eq!(create(&mut desk, "wumin"), Err(Error::PasswordAgain));
    assert_eq!(Error::PasswordAgain.code(), Code::BadCredentials);
    assert_eq!(f.state(), before);
    assert_eq!(auth::confirm_password(&mut desk, "wrong horse"), Err(Error::BadCredentials));
    assert_eq!(create(&mut desk, "wumin"), Err(Error::PasswordAgain));
    assert_eq!(f.figure("SELECT COUNT(*) FROM users"), 1);
    assert_eq!(f.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'login_failed'"), 1);
    assert_eq!(f.figure("SELECT password_failures FROM users WHERE id = 1"), 1);
    // The same delays as at the entrance.
    for _ in 0..5 {
        auth::confirm_password(&mut desk, "wrong horse").unwrap_err();
    }
    assert_eq!(auth::confirm_password(&mut desk, PASSWORD), Err(Error::TooManyAttempts { wait_seconds: 1 }));
    f.set_time("2026-01-30 02:00:01");
    auth::confirm_password(&mut desk, PASSWORD).unwrap();
    create(&mut desk, "wumin").unwrap();
}

#[test]
fn once_given_it_is_not_asked_for_five_minutes() {
    let f = Fixture::new();
    let mut desk = signed_in(&f);
    auth::confirm_password(&mut desk, PASSWORD).unwrap();
    create(&mut desk, "a").unwrap();
    f.set_time("2026-01-30 02:04:59");
    create(&mut desk, "b").unwrap();
    let mut matrix = Matrix::DEFAULT;
    matrix.toggle(Role::Employee, Cell::ALL[20]);
    permissions::update(&mut desk, 1, &matrix).unwrap();
    f.set_time("2026-01-30 02:05:00");
    assert_eq!(create(&mut desk, "c"), Err(Error::PasswordAgain));
    assert_eq!(permissions::reset(&mut desk, 2), Err(Error::PasswordAgain));
    // Nor does it hold where the clock was set back, or in another session of the same person.
    f.set_time("2026-01-30 01:59:59");
    assert_eq!(create(&mut desk, "c"), Err(Error::PasswordAgain));
    f.set_time("2026-01-30 02:01:00");
    create(&mut desk, "c").unwrap();
    assert_eq!(create(&mut signed_in(&f), "d"), Err(Error::PasswordAgain));
}

#[test]
fn a_job_acts_for_the_confirmed_session() {
    let f = Fixture::new();
    let mut desk = signed_in(&f);
    let session = auth::confirm_password(&mut desk.key().open().unwrap(), PASSWORD).unwrap();
    assert_eq!(create(&mut desk, "a"), Err(Error::PasswordAgain));
    desk.resume(Some(session));
    create(&mut desk.key().open().unwrap(), "a").unwrap();
}

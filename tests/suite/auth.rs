//! Sign-in: first run, delays after failures, sessions that end, passwords that leave no trace.

use zhanggui::database::Wait;
use zhanggui::models::choice::Role;
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::user::FirstRun;
use zhanggui::models::*;
use zhanggui::services::{Desk, auth, customers, users};

use crate::fixture::{Fixture, NOW, PASSWORD, Wrong, fields, setup};

fn first_run() -> FirstRun {
    FirstRun { company: "恒达五金".into(), username: "boss".into(), full_name: "林若溪".into(), password: PASSWORD.into() }
}

/// A desk on a file that has nobody yet, in a folder that lives as long.
fn empty_desk() -> (tempfile::TempDir, Desk) {
    let folder = tempfile::tempdir().unwrap();
    let clock = std::sync::Arc::new(FixedClock::new(Timestamp::parse(NOW).unwrap()));
    let desk = Desk::create(&folder.path().join("crm_erp.db"), Wait::Job, setup(&clock)).unwrap();
    (folder, desk)
}

fn wait_seconds(error: Error) -> i64 {
    assert_eq!(error.code(), Code::BadCredentials);
    match error {
        Error::TooManyAttempts { wait_seconds } => wait_seconds,
        other => panic!("no delay: {other:?}"),
    }
}

/// So many wrong passwords, each after the delay of the one before.
fn fail(f: &Fixture, desk: &mut Desk, times: usize) {
    for _ in 0..times {
        let error = auth::login(desk, "admin", "wrong password").unwrap_err();
        assert_eq!(error, Error::BadCredentials);
        let until = f.figure("SELECT COALESCE(unixepoch(password_locked_until), 0) FROM users WHERE username = 'admin'");
        if until > 0 {
            f.clock.set(Timestamp::from_unix(until));
        }
    }
}

#[test]
fn the_first_run_creates_the_administrator_and_signs_him_in() {
    let (_folder, mut desk) = empty_desk();
    assert!(auth::is_first_run(&desk).unwrap());
    let session = auth::first_run(&mut desk, &first_run()).unwrap();
    assert_eq!((session.username.as_str(), session.role, session.must_change_password), ("boss", Role::Admin, false));
    assert_eq!(auth::current_user(&desk).unwrap().full_name, "林若溪");
    assert_eq!(desk.config().unwrap().company_name, "恒达五金");
    assert!(!auth::is_first_run(&desk).unwrap());
}

#[test]
fn a_second_first_run_is_refused() {
    let f = Fixture::new();
    let error = auth::first_run(&mut f.another_desk(), &first_run()).unwrap_err();
    assert_eq!(error, Refusal::AlreadyInitialised.into());
    assert_eq!(error.code(), Code::BadRequest);
    assert_eq!(f.figure("SELECT COUNT(*) FROM users"), 1);
}

#[test]
fn a_first_run_names_every_wrong_field_and_creates_nobody() {
    let (_folder, mut desk) = empty_desk();
    let cases: [Wrong<FirstRun>; 8] = [
        (|n| n.password = "1234567".into(), Field::Password, Problem::TooShort(8)),
        (|n| n.password = "x".repeat(73), Field::Password, Problem::TooLong(72)),
        // 25 characters, 75 bytes
        (|n| n.password = "密".repeat(25), Field::Password, Problem::TooLong(72)),
        (|n| n.password = String::new(), Field::Password, Problem::Required),
        (|n| n.username = "  ".into(), Field::Username, Problem::Required),
        (|n| n.full_name = String::new(), Field::FullName, Problem::Required),
        (|n| n.company = " ".into(), Field::Company, Problem::Required),
        (|n| n.username = "名".repeat(51), Field::Username, Problem::TooLong(50)),
    ];
    for (change, field, problem) in cases {
        let mut new = first_run();
        change(&mut new);
        let error = auth::first_run(&mut desk, &new).unwrap_err();
        assert_eq!(error.code(), Code::BadRequest);
        assert_eq!(fields(error).of(field), Some(problem));
        assert!(auth::is_first_run(&desk).unwrap());
    }
}

#[test]
fn passwords_of_8_and_72_bytes_are_taken_whole() {
    for password in ["12345678".to_owned(), "密".repeat(24)] {
        let (_folder, mut desk) = empty_desk();
        auth::first_run(&mut desk, &FirstRun { password: password.clone(), ..first_run() }).unwrap();
        let mut shorter = password.clone();
        shorter.pop();
        assert_eq!(auth::login(&mut desk, "boss", &shorter), Err(Error::BadCredentials));
        assert_eq!(auth::login(&mut desk, "boss", &format!("{password}x")), Err(Error::BadCredentials));
        auth::login(&mut desk, "boss", &password).unwrap();
    }
}

#[test]
fn a_login_opens_a_session_and_is_logged() {
    let f = Fixture::new();
    let mut desk = f.another_desk();
    assert_eq!(customers::tags(&desk), Err(Error::NotSignedIn));
    let session = auth::login(&mut desk, "admin", PASSWORD).unwrap();
    assert_eq!(desk.session(), Some(&session));
    customers::tags(&desk).unwrap();
    assert_eq!(f.text("SELECT action || ' ' || user_id FROM system_logs ORDER BY id DESC LIMIT 1"), "login 1");
    assert_eq!(f.text("SELECT last_login_at FROM users WHERE id = 1"), NOW);
}

#[test]
fn unknown_wrong_and_disabled_are_one_error() {
    let f = Fixture::new();
    f.user("gone", Role::Sales);
    f.sql("UPDATE users SET status = 'inactive' WHERE username = 'gone'").unwrap();
    let mut desk = f.another_desk();
    for (username, password) in [("nobody", PASSWORD), ("admin", "wrong password"), ("gone", PASSWORD), ("", PASSWORD), ("admin", "")] {
        let error = auth::login(&mut desk, username, password).unwrap_err();
        assert_eq!((error.code(), error), (Code::BadCredentials, Error::BadCredentials), "{username}");
        assert_eq!(desk.session(), None);
    }
    assert_eq!(f.figure("SELECT COUNT(*) FROM system_logs WHERE action = 'login_failed'"), 5);
}

#[test]
fn five_failures_are_free_then_the_delay_doubles_to_15_minutes() {
    let f = Fixture::new();
    let mut desk = f.another_desk();
    fail(&f, &mut desk, 5);
    for delay in [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900] {
        let at = f.figure("SELECT unixepoch('2026-01-30 02:00:00')").max(desk.clock().now().unix());
        assert_eq!(auth::login(&mut desk, "admin", "wrong password"), Err(Error::BadCredentials), "the attempt before {delay} s");
        // Also the right password waits, and waiting attempts do not count.
        assert_eq!(wait_seconds(auth::login(&mut desk, "admin", PASSWORD).unwrap_err()), delay);
        f.clock.set(Timestamp::from_unix(at + delay - 1));
        assert_eq!(wait_seconds(auth::login(&mut desk, "admin", "wrong password").unwrap_err()), 1);
        f.clock.set(Timestamp::from_unix(at + delay));
    }
    auth::login(&mut desk, "admin", PASSWORD).unwrap();
}

#[test]
fn the_delay_is_per_account() {
    let f = Fixture::new();
    f.user("mei", Role::Sales);
    let mut desk = f.another_desk();
    fail(&f, &mut desk, 7);
    auth::login(&mut desk, "admin", "wrong password").unwrap_err();
    auth::login(&mut desk, "mei", PASSWORD).unwrap();
}

#[test]
fn the_delay_survives_reopening_the_file() {
    let f = Fixture::new();
    let mut desk = f.another_desk();
    fail(&f, &mut desk, 8);
    auth::login(&mut desk, "admin", "wrong password").unwrap_err();
    drop(desk);
    assert_eq!(wait_seconds(auth::login(&mut f.another_desk(), "admin", PASSWORD).unwrap_err()), 8);
}

#[test]
fn a_clock_set_back_neither_frees_nor_lengthens() {
    let f = Fixture::new();
    let mut desk = f.another_desk();
    fail(&f, &mut desk, 7);
    auth::login(&mut desk, "admin", "wrong password").unwrap_err();
    f.set_time("2025-06-01 00:00:00");
    let waited = wait_seconds(auth::login(&mut desk, "admin", PASSWORD).unwrap_err());
    assert!((1..=4).contains(&waited), "{waited}");
}

#[test]
fn a_success_resets_the_failures() {
    let f = Fixture::new();
    let mut desk = f.another_desk();
    fail(&f, &mut desk, 5);
    auth::login(&mut desk, "admin", PASSWORD).unwrap();
    fail(&f, &mut desk, 5);
    auth::login(&mut desk, "admin", PASSWORD).unwrap();
}

#[test]
fn after_logout_the_next_command_is_refused() {
    let mut f = Fixture::new();
    auth::logout(&mut f.desk).unwrap();
    assert_eq!(customers::tags(&f.desk).unwrap_err().code(), Code::NotSignedIn);
    assert_eq!(auth::logout(&mut f.desk), Err(Error::NotSignedIn));
    assert_eq!(f.text("SELECT action FROM system_logs ORDER BY id DESC LIMIT 1"), "logout");
}

#[test]
fn a_user_disabled_while_signed_in_is_out_at_his_next_command() {
    let f = Fixture::new();
    let mut desk = f.as_role(Role::Sales);
    customers::tags(&desk).unwrap();
    f.sql("UPDATE users SET status = 'inactive' WHERE username = 'sales'").unwrap();
    assert_eq!(customers::tags(&desk).unwrap_err().code(), Code::NotSignedIn);
    assert_eq!(customers::create(&mut desk, &Default::default()).unwrap_err().code(), Code::NotSignedIn);
    assert_eq!(auth::current_user(&desk), Err(Error::NotSignedIn));
}

#[test]
fn the_own_password_changes() {
    let mut f = Fixture::new();
    assert_eq!(auth::change_password(&mut f.desk, PASSWORD, PASSWORD), Err(Refusal::SamePassword.into()));
    let error = auth::change_password(&mut f.desk, "", "short").unwrap_err();
    assert_eq!(fields(error.clone()).of(Field::OldPassword), Some(Problem::Required));
    assert_eq!(fields(error).of(Field::Password), Some(Problem::TooShort(8)));
    auth::change_password(&mut f.desk, PASSWORD, "another horse").unwrap();
    customers::tags(&f.desk).unwrap();
    let mut desk = f.another_desk();
    assert_eq!(auth::login(&mut desk, "admin", PASSWORD), Err(Error::BadCredentials));
    auth::login(&mut desk, "admin", "another horse").unwrap();
}

#[test]
fn a_wrong_old_password_counts_as_a_failure() {
    let mut f = Fixture::new();
    for _ in 0..6 {
        assert_eq!(auth::change_password(&mut f.desk, "wrong password", "another horse"), Err(Error::BadCredentials));
    }
    assert_eq!(wait_seconds(auth::change_password(&mut f.desk, PASSWORD, "another horse").unwrap_err()), 1);
    assert_eq!(wait_seconds(auth::login(&mut f.another_desk(), "admin", PASSWORD).unwrap_err()), 1);
}

/// The count of the administrator's failures.
fn failures(f: &Fixture) -> i64 {
    f.figure("SELECT password_failures FROM users WHERE username = 'admin'")
}

#[test]
fn wrong_passwords_typed_at_once_each_count() {
    let guesses: [fn(&mut Desk) -> Result<()>; 3] = [
        |desk| auth::login(desk, "admin", "wrong password").map(|_| ()),
        |desk| auth::change_password(desk, "wrong password", "a new password"),
        |desk| auth::confirm_password(desk, "wrong password").map(|_| ()),
    ];
    for guess in guesses {
        let f = Fixture::new();
        let together = std::sync::Barrier::new(5);
        std::thread::scope(|scope| {
            for mut desk in (0..5).map(|_| f.signed_in("admin")) {
                let together = &together;
                scope.spawn(move || {
                    together.wait();
                    assert_eq!(guess(&mut desk), Err(Error::BadCredentials));
                });
            }
        });
        assert_eq!(failures(&f), 5);
    }
}

#[test]
fn the_password_given_again_forgets_the_failures() {
    let mut f = Fixture::new();
    for _ in 0..3 {
        auth::confirm_password(&mut f.desk, "wrong password").unwrap_err();
    }
    assert_eq!(failures(&f), 3);
    auth::confirm_password(&mut f.desk, PASSWORD).unwrap();
    assert_eq!(failures(&f), 0);
}

#[test]
fn a_one_time_password_opens_nothing_but_its_change() {
    let mut f = Fixture::new();
    let user = f.user("mei", Role::Sales);
    let once = users::reset_password(&mut f.desk, user).unwrap();
    let mut desk = f.another_desk();
    assert_eq!(auth::login(&mut desk, "mei", PASSWORD), Err(Error::BadCredentials));
    assert!(auth::login(&mut desk, "mei", &once).unwrap().must_change_password);
    assert_eq!(customers::tags(&desk).unwrap_err().code(), Code::NotSignedIn);
    assert_eq!(customers::create(&mut desk, &Default::default()).unwrap_err().code(), Code::NotSignedIn);
    assert_eq!(users::colleagues(&desk).unwrap_err().code(), Code::NotSignedIn);
    auth::change_password(&mut desk, &once, "my own horse").unwrap();
    assert!(!desk.session().unwrap().must_change_password);
    customers::tags(&desk).unwrap();
    assert!(!auth::login(&mut f.another_desk(), "mei", "my own horse").unwrap().must_change_password);
}

#[test]
fn a_reset_ends_the_delay_and_wants_a_known_user() {
    let mut f = Fixture::new();
    let mut desk = f.another_desk();
    fail(&f, &mut desk, 9);
    auth::login(&mut desk, "admin", "wrong password").unwrap_err();
    let once = users::reset_password(&mut f.desk, UserId(1)).unwrap();
    auth::login(&mut desk, "admin", &once).unwrap();
    assert_eq!(users::reset_password(&mut f.as_role(Role::Manager), UserId(1)).unwrap_err().code(), Code::Denied);
}

#[test]
fn an_unknown_user_cannot_be_reset() {
    let mut f = Fixture::new();
    assert_eq!(users::reset_password(&mut f.desk, UserId(99)).unwrap_err().code(), Code::NotFound);
}

#[test]
fn no_password_is_ever_in_the_file() {
    let mut f = Fixture::new();
    let canaries = ["canary-wrong-9f3a", "canary-new-51bc"];
    let mut desk = f.another_desk();
    auth::login(&mut desk, "admin", canaries[0]).unwrap_err();
    // A password typed into the wrong box.
    auth::login(&mut desk, canaries[0], "x").unwrap_err();
    let refused = auth::change_password(&mut f.desk, canaries[0], canaries[1]).unwrap_err();
    assert!(!format!("{refused:?}").contains("canary"));
    auth::change_password(&mut f.desk, PASSWORD, canaries[1]).unwrap();
    auth::login(&mut desk, "admin", canaries[1]).unwrap();
    let once = users::reset_password(&mut f.desk, UserId(1)).unwrap();
    for entry in std::fs::read_dir(f.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        let bytes = std::fs::read(&path).unwrap();
        for secret in canaries.iter().copied().chain([once.as_str(), PASSWORD]) {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{secret} in {}", path.display());
        }
    }
}

/// Nanoseconds of processor this thread has used: other tests beside it do not count. Elsewhere than on Linux the time that passed.
fn spent() -> u128 {
    static BEGUN: std::sync::LazyLock<std::time::Instant> = std::sync::LazyLock::new(std::time::Instant::now);
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    used.and_then(|text| text.split(' ').next()?.parse().ok()).unwrap_or_else(|| BEGUN.elapsed().as_nanos())
}

#[test]
fn unknown_wrong_and_disabled_take_the_same_time() {
    // A cost at which the hash outweighs everything else, as it does in the program (reliability, S3).
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("crm_erp.db");
    let clock = std::sync::Arc::new(FixedClock::new(Timestamp::parse(NOW).unwrap()));
    let setup = zhanggui::services::Setup { bcrypt_cost: 9, ..setup(&clock) };
    let mut desk = Desk::create(&path, Wait::Job, setup).unwrap();
    auth::first_run(&mut desk, &first_run()).unwrap();
    let file = rusqlite::Connection::open(&path).unwrap();
    let sql = "INSERT INTO users (username, password_hash, full_name, status) SELECT 'gone', password_hash, 'x', 'inactive' FROM users WHERE id = 1";
    file.execute(sql, []).unwrap();
    let mut took = [("nobody", Vec::new()), ("boss", Vec::new()), ("gone", Vec::new())];
    for _ in 0..9 {
        for (username, times) in &mut took {
            file.execute("UPDATE users SET password_failures = 0, password_locked_until = NULL", []).unwrap();
            let before = spent();
            assert_eq!(auth::login(&mut desk, username, "wrong password"), Err(Error::BadCredentials));
            times.push(spent() - before);
        }
    }
    let medians = took.map(|(_, mut times)| {
        times.sort_unstable();
        times[times.len() / 2] as f64
    });
    let (least, most) = (medians.iter().copied().fold(f64::MAX, f64::min), medians.iter().copied().fold(0.0, f64::max));
    assert!(most / least < 1.1, "{medians:?}");
}

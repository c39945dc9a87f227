//! Accounts: created with a one-time password, changed, disabled, deleted; the last administrator stays, whoever asks at once.

use zhanggui::models::choice::{Role, Status};
use zhanggui::models::customer::Removal;
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::user::{Profile, UserFilter, UserInput, UserPage, UserSort};
use zhanggui::models::*;
use zhanggui::services::{auth, customers, users};

use crate::fixture::{Fixture, PASSWORD, Wrong, fields};

fn account(name: &str, role: Role) -> UserInput {
    UserInput { profile: Profile { full_name: name.into(), email: None, phone: None }, role, status: Status::Active }
}

/// The account as it stands, and its version.
fn stored(f: &Fixture, id: UserId) -> (UserInput, i64) {
    let user = users::get(&f.desk, id).unwrap();
    (user.input(), user.version)
}

fn set(f: &mut Fixture, id: UserId, change: impl FnOnce(&mut UserInput)) -> Result<()> {
    let (mut input, version) = stored(f, id);
    change(&mut input);
    users::update(&mut f.desk, id, version, &input)
}

#[test]
fn a_new_user_signs_in_with_the_one_time_password_and_changes_it() {
    let mut f = Fixture::new();
    let mut input = account(" 吴敏 ", Role::Sales);
    (input.profile.phone, input.profile.email) = (Some("138 0000 6620".into()), Some("".into()));
    let (id, once) = users::create(&mut f.desk, " wumin ", &input).unwrap();
    let user = users::get(&f.desk, id).unwrap();
    assert_eq!((user.username.as_str(), user.full_name.as_str(), user.phone.as_deref()), ("wumin", "吴敏", Some("13800006620")));
    assert_eq!((user.email, user.last_login_at, user.must_change_password), (None, None, true));
    assert!(!f.text("SELECT description || COALESCE(changes, '') FROM system_logs ORDER BY id DESC LIMIT 1").contains(&once));
    let mut desk = f.another_desk();
    assert!(auth::login(&mut desk, "WuMin", &once).unwrap().must_change_password);
    assert_eq!(customers::tags(&desk), Err(Error::NotSignedIn));
    auth::change_password(&mut desk, &once, "my own horse").unwrap();
    customers::tags(&desk).unwrap();
}

#[test]
fn wrong_accounts_are_named_by_field_and_create_nobody() {
    let mut f = Fixture::new();
    let cases: [Wrong<(String, UserInput)>; 6] = [
        (|(name, _)| name.clear(), Field::Username, Problem::Required),
        (|(name, _)| *name = "a b".into(), Field::Username, Problem::NotText),
        (|(name, _)| *name = "ADMIN".into(), Field::Username, Problem::Taken),
        (|(_, input)| input.profile.full_name = " ".into(), Field::FullName, Problem::Required),
        (|(_, input)| input.profile.phone = Some("1390000770".into()), Field::Phone, Problem::PhoneDigits(10)),
        (|(_, input)| input.profile.email = Some("wu@min".into()), Field::Email, Problem::NotAnEmail),
    ];
    for (change, field, problem) in cases {
        let mut new = ("wumin".to_owned(), account("吴敏", Role::Sales));
        change(&mut new);
        let error = users::create(&mut f.desk, &new.0, &new.1).unwrap_err();
        assert_eq!(fields(error).of(field), Some(problem));
    }
    assert_eq!(f.figure("SELECT COUNT(*) FROM users"), 1);
}

#[test]
fn disabling_ends_the_sessions_at_their_next_command() {
    let mut f = Fixture::new();
    let id = f.user("mei", Role::Sales);
    let desk = f.signed_in("mei");
    customers::tags(&desk).unwrap();
    set(&mut f, id, |input| input.status = Status::Inactive).unwrap();
    assert_eq!(customers::tags(&desk).unwrap_err().code(), Code::NotSignedIn);
    assert_eq!(auth::login(&mut f.another_desk(), "mei", PASSWORD), Err(Error::BadCredentials));
    set(&mut f, id, |input| input.status = Status::Active).unwrap();
    customers::tags(&desk).unwrap();
}

#[test]
fn another_role_counts_at_once() {
    let mut f = Fixture::new();
    let id = f.user("mei", Role::Employee);
    let mut desk = f.signed_in("mei");
    let new = customer::CustomerInput { name: "新".into(), ..Default::default() };
    assert_eq!(customers::create(&mut desk, &new).unwrap_err().code(), Code::Denied);
    set(&mut f, id, |input| input.role = Role::Sales).unwrap();
    customers::create(&mut desk, &new).unwrap();
}

#[test]
fn the_last_active_administrator_is_not_disabled_demoted_or_deleted() {
    let mut f = Fixture::new();
    let admin = UserId(1);
    let disable = |f: &mut Fixture| set(f, admin, |input| input.status = Status::Inactive);
    let demote = |f: &mut Fixture| set(f, admin, |input| input.role = Role::Manager);
    let last: Result<()> = Err(Refusal::LastAdmin.into());
    // Another one who is disabled does not count.
    let other = f.user("other", Role::Admin);
    f.sql("UPDATE users SET status = 'inactive' WHERE username = 'other'").unwrap();
    assert_eq!((disable(&mut f), demote(&mut f), users::delete(&mut f.desk, admin).map(drop)), (last.clone(), last.clone(), last));
    for sql in [
        "UPDATE users SET status = 'inactive' WHERE id = 1",
        "UPDATE users SET role = 'sales' WHERE id = 1",
        "UPDATE users SET role = 'sales', status = 'inactive'",
        "DELETE FROM users WHERE id = 1",
    ] {
        assert!(f.sql(sql).is_err(), "{sql}");
    }
    set(&mut f, other, |input| input.status = Status::Active).unwrap();
    demote(&mut f).unwrap();
}

#[test]
fn two_processes_at_once_leave_one_administrator() {
    for round in 0..4 {
        let f = Fixture::new();
        f.user("second", Role::Admin);
        let barrier = std::sync::Barrier::new(2);
        // Each disables, demotes or deletes the other one, both on connections of their own.
        let outcomes = std::thread::scope(|scope| {
            let threads = [("admin", UserId(2)), ("second", UserId(1))].map(|(me, other)| {
                let (mut desk, barrier) = (f.signed_in(me), &barrier);
                scope.spawn(move || {
                    let user = users::get(&desk, other).unwrap();
                    let mut input = user.input();
                    match round {
                        0 => input.status = Status::Inactive,
                        _ => input.role = Role::Sales,
                    }
                    barrier.wait();
                    match round {
                        2 | 3 => users::delete(&mut desk, other).map(drop),
                        _ => users::update(&mut desk, other, user.version, &input),
                    }
                })
            });
            threads.map(|thread| thread.join().unwrap())
        });
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
        assert_eq!(f.figure("SELECT COUNT(*) FROM users WHERE role = 'admin' AND status = 'active'"), 1);
    }
}

#[test]
fn only_administrators_touch_administrators() {
    let mut f = Fixture::new();
    f.sql("UPDATE permissions SET can_create = 1, can_update = 1, can_delete = 1 WHERE role = 'manager' AND module = 'system'").unwrap();
    f.user("second", Role::Admin);
    let mei = f.user("mei", Role::Sales);
    let mut manager = f.as_role(Role::Manager);
    let refused: Error = Refusal::AdminsOnly.into();
    let me = users::list(&manager, &UserFilter { role: Some(Role::Manager), ..Default::default() }, &UserPage::first(UserSort::Name, false)).unwrap();
    let me = &me.rows[0];
    let grab = UserInput { role: Role::Admin, ..me.input() };
    assert_eq!(users::update(&mut manager, me.id, me.version, &grab), Err(refused.clone()));
    assert_eq!(users::create(&mut manager, "x", &account("甲", Role::Admin)).unwrap_err(), refused);
    assert_eq!(users::reset_password(&mut manager, UserId(1)), Err(refused.clone()));
    assert_eq!(users::delete(&mut manager, UserId(2)), Err(refused.clone()));
    let (input, version) = stored(&f, UserId(2));
    assert_eq!(users::update(&mut manager, UserId(2), version, &UserInput { role: Role::Sales, ..input }), Err(refused));
    users::create(&mut manager, "x", &account("甲", Role::Sales)).unwrap();
    users::reset_password(&mut manager, mei).unwrap();
    f.expect_good = true;
}

#[test]
fn who_never_did_anything_is_deleted_any_other_is_disabled() {
    let mut f = Fixture::new();
    let (unused, _) = users::create(&mut f.desk, "unused", &account("甲", Role::Sales)).unwrap();
    let owner = f.user("owner", Role::Sales);
    let input = customer::CustomerInput { name: "客".into(), assigned_to: Some(owner), ..Default::default() };
    customers::create(&mut f.desk, &input).unwrap();
    let signed_in = f.user("signed", Role::Sales);
    auth::login(&mut f.another_desk(), "signed", PASSWORD).unwrap();
    assert_eq!(users::delete(&mut f.desk, unused), Ok(Removal::Deleted));
    assert_eq!(users::get(&f.desk, unused).unwrap_err().code(), Code::NotFound);
    for id in [owner, signed_in] {
        assert_eq!(users::delete(&mut f.desk, id), Ok(Removal::Deactivated));
        assert_eq!(users::get(&f.desk, id).unwrap().status, Status::Inactive);
    }
}

#[test]
fn every_table_that_names_a_person_is_looked_into_before_deleting() {
    let f = Fixture::new();
    let file = rusqlite::Connection::open(f.path()).unwrap();
    let sql = "SELECT m.name, k.\"from\" FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) k WHERE m.type = 'table' AND k.\"table\" = 'users'
               AND k.on_delete <> 'CASCADE'";
    let mut statement = file.prepare(sql).unwrap();
    let found = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?))).unwrap();
    let source = std::fs::read_to_string("src/repositories/users.rs").unwrap();
    for (table, column) in found.map(std::result::Result::unwrap) {
        assert!(source.contains(&format!("(\"{table}\", \"{column}\")")), "{table}.{column}");
    }
}

#[test]
fn a_second_save_is_a_conflict() {
    let mut f = Fixture::new();
    let id = f.user("mei", Role::Sales);
    let (input, version) = stored(&f, id);
    users::update(&mut f.desk, id, version, &UserInput { role: Role::Warehouse, ..input.clone() }).unwrap();
    assert!(matches!(users::update(&mut f.desk, id, version, &input), Err(Error::Conflict { .. })));
    assert_eq!(users::get(&f.desk, id).unwrap().role, Role::Warehouse);
}

#[test]
fn the_own_profile_is_everyones_and_changes_nothing_else() {
    let f = Fixture::new();
    let mut desk = f.as_role(Role::Employee);
    let me = auth::current_user(&desk).unwrap();
    let profile = Profile { full_name: "吴敏".into(), email: Some("wu@min.cn".into()), phone: None };
    users::update_profile(&mut desk, me.version, &profile).unwrap();
    let now = auth::current_user(&desk).unwrap();
    assert_eq!((now.full_name.as_str(), now.email.as_deref(), now.role, now.status), ("吴敏", Some("wu@min.cn"), me.role, me.status));
    assert!(matches!(users::update_profile(&mut desk, me.version, &profile), Err(Error::Conflict { .. })));
}

#[test]
fn accounts_are_found_by_any_part_and_sorted() {
    let mut f = Fixture::new();
    let mut input = account("吴敏", Role::Sales);
    (input.profile.phone, input.profile.email) = (Some("13800006620".into()), Some("Wu@Min.cn".into()));
    users::create(&mut f.desk, "wumin", &input).unwrap();
    users::create(&mut f.desk, "zhou", &account("周凯", Role::Warehouse)).unwrap();
    let found = |search: &str| {
        let filter = UserFilter { search: search.into(), ..Default::default() };
        users::list(&f.desk, &filter, &UserPage::first(UserSort::Username, false))
            .unwrap()
            .rows
            .into_iter()
            .map(|user| user.username)
            .collect::<Vec<_>>()
    };
    for search in ["WUM", "敏", "138 0000", "min.CN"] {
        assert_eq!(found(search), ["wumin"], "{search}");
    }
    assert_eq!(found("%"), [""; 0]);
    assert_eq!(found(""), ["admin", "wumin", "zhou"]);
    let by_role = users::list(&f.desk, &UserFilter::default(), &UserPage::first(UserSort::Role, false)).unwrap();
    assert_eq!(by_role.rows.iter().map(|user| user.role).collect::<Vec<_>>(), [Role::Admin, Role::Sales, Role::Warehouse]);
}

//! What each person keeps for himself: own rows alone, any content, no log.

use serde_json::json;
use zhanggui::models::Error;
use zhanggui::models::choice::Role;
use zhanggui::models::error::Code;
use zhanggui::services::preferences;

use crate::fixture::Fixture;

#[test]
fn each_person_keeps_the_own_and_nothing_is_logged() {
    let mut f = Fixture::new();
    let mut sales = f.as_role(Role::Sales);
    let logged = f.logged();
    assert_eq!(preferences::get(&f.desk, "list.orders"), Ok(None));
    preferences::set(&mut f.desk, "list.orders", &json!({ "sort": "total" })).unwrap();
    preferences::set(&mut sales, "list.orders", &json!({ "sort": "day" })).unwrap();
    preferences::set(&mut sales, "list.orders", &json!({ "sort": "number" })).unwrap();
    assert_eq!(preferences::get(&f.desk, "list.orders"), Ok(Some(json!({ "sort": "total" }))));
    assert_eq!(preferences::get(&sales, "list.orders"), Ok(Some(json!({ "sort": "number" }))));
    assert_eq!(preferences::get(&sales, "list.quotes"), Ok(None));
    assert_eq!(f.figure("SELECT COUNT(*) FROM user_preferences"), 2);
    assert_eq!(f.logged(), logged);
}

#[test]
fn what_cannot_be_read_is_as_if_it_were_not_there() {
    let f = Fixture::new();
    f.sql("INSERT INTO user_preferences (user_id, key, value) VALUES (1, 'list.orders', '{\"sort\":')").unwrap();
    assert_eq!(preferences::get(&f.desk, "list.orders"), Ok(None));
}

#[test]
fn what_is_too_long_is_refused_and_the_old_stays() {
    let mut f = Fixture::new();
    preferences::set(&mut f.desk, "window", &json!("light")).unwrap();
    for (key, value) in [("window", "长".repeat(4_000)), (&"k".repeat(51), "x".into()), ("", "x".into())] {
        let refused = preferences::set(&mut f.desk, key, &json!(value));
        assert!(matches!(refused, Err(Error::Internal(_))), "{refused:?}");
    }
    assert_eq!(preferences::get(&f.desk, "window"), Ok(Some(json!("light"))));
}

#[test]
fn nobody_signed_in_keeps_nothing() {
    let f = Fixture::new();
    let mut desk = f.another_desk();
    assert_eq!(preferences::get(&desk, "window").map_err(|error| error.code()), Err(Code::NotSignedIn));
    assert_eq!(preferences::set(&mut desk, "window", &json!(1)).map_err(|error| error.code()), Err(Code::NotSignedIn));
}

//! Files with something planted in them, and what hides where a right is missing although another was given.

use zhanggui::database::{Database, Wait};
use zhanggui::models::Error;
use zhanggui::models::choice::{Module, Role};
use zhanggui::models::customer::{CustomerFilter, CustomerPage, CustomerSort};
use zhanggui::models::error::FileProblem;
use zhanggui::services::{auth, customers};

use crate::fixture::Fixture;

/// Whether a file of ours with something planted in it is refused.
fn is_refused(planted: &str) -> bool {
    let mut f = Fixture::new();
    f.expect_good = false;
    rusqlite::Connection::open(f.path()).unwrap().execute_batch(planted).unwrap();
    matches!(Database::open(&f.path(), Wait::Window), Err(Error::DataFile { problem: FileProblem::Foreign, .. }))
}

#[test]
fn a_file_with_a_foreign_trigger_is_refused() {
    assert!(is_refused("CREATE TRIGGER planted AFTER INSERT ON orders BEGIN DELETE FROM customer_tags; END"));
}

#[test]
fn a_file_with_a_foreign_view_is_refused() {
    assert!(is_refused("ALTER TABLE permissions RENAME TO kept; CREATE VIEW permissions AS SELECT * FROM kept"));
}

#[test]
fn a_file_whose_migration_was_another_one_is_refused() {
    assert!(is_refused("UPDATE refinery_schema_history SET checksum = '1'"));
}

#[test]
fn a_wrong_old_password_is_logged() {
    let mut f = Fixture::new();
    auth::change_password(&mut f.desk, "wrong password", "another horse").unwrap_err();
    assert_eq!(f.text("SELECT action FROM system_logs ORDER BY id DESC LIMIT 1"), "login_failed");
}

#[test]
fn a_warehouse_that_may_see_customers_sees_no_unpaid_sum() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 100, 10));
    f.order(customer, &[(product, 1, 12_347)]);
    f.sql("UPDATE permissions SET can_view = 1 WHERE role = 'warehouse' AND module = 'customer'").unwrap();
    let desk = f.as_role(Role::Warehouse);
    assert!(desk.rights().unwrap().on(Module::Customer).view);
    let page = customers::list(&desk, &CustomerFilter::default(), &CustomerPage::first(CustomerSort::Name, false)).unwrap();
    let shown = format!("{page:?} {:?}", customers::get(&desk, customer).unwrap());
    assert!(!shown.contains("12347"), "{shown}");
}

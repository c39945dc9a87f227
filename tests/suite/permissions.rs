//! Rights as a table: stored as a whole with a version, logged cell by cell, put back; and what SQL itself refuses.

use zhanggui::models::choice::{Module, Role};
use zhanggui::models::customer::{CustomerFilter, CustomerInput, CustomerPage, CustomerSort};
use zhanggui::models::error::Refusal;
use zhanggui::models::matrix::{Cell, Matrix, Value};
use zhanggui::models::rights::{ModuleRights, Rights, Verb};
use zhanggui::models::*;
use zhanggui::services::{customers, permissions};

use crate::fixture::Fixture;

/// The table with these cells set.
fn with(cells: &[(Role, Cell, Value)]) -> Matrix {
    let mut matrix = Matrix::DEFAULT;
    cells.iter().for_each(|(role, cell, value)| matrix.set(*role, *cell, *value));
    matrix
}

#[test]
fn a_new_file_has_the_table_of_the_rulings() {
    let f = Fixture::new();
    let stored = permissions::get(&f.desk).unwrap();
    assert_eq!((stored.matrix, stored.version), (Matrix::DEFAULT, 1));
    assert_eq!(stored.people, [1, 0, 0, 0, 0]);
}

#[test]
fn changes_are_logged_cell_by_cell_and_take_the_version_on() {
    let mut f = Fixture::new();
    let matrix =
        with(&[(Role::Sales, Cell::Reach(Module::Analytics), Value::All), (Role::Employee, Cell::May(Module::Sales, Verb::Update), Value::Yes)]);
    assert_eq!(permissions::update(&mut f.desk, 1, &matrix), Ok(2));
    assert_eq!(permissions::get(&f.desk).unwrap().matrix, matrix);
    let logged = f.text("SELECT entity_type || entity_id || changes FROM system_logs ORDER BY id DESC LIMIT 1");
    assert_eq!(logged, r#"permission2{"sales.analytics.scope":["own","all"],"employee.sales.update":["no","yes"]}"#);
    // Nothing to change: no row, no new version.
    let before = f.logged();
    assert_eq!(permissions::update(&mut f.desk, 2, &matrix), Ok(0));
    assert_eq!((f.logged(), permissions::get(&f.desk).unwrap().version), (before, 2));
    assert_eq!(permissions::reset(&mut f.desk, 2), Ok(2));
    assert_eq!(permissions::get(&f.desk).unwrap().matrix, Matrix::DEFAULT);
}

#[test]
fn the_second_of_two_administrators_is_refused() {
    let mut f = Fixture::new();
    f.user("second", Role::Admin);
    let mut second = f.signed_in("second");
    let mine = with(&[(Role::Sales, Cell::May(Module::Cost, Verb::View), Value::Yes)]);
    permissions::update(&mut f.desk, 1, &mine).unwrap();
    let hers = with(&[(Role::Warehouse, Cell::May(Module::Cost, Verb::View), Value::Yes)]);
    let refused = permissions::update(&mut second, 1, &hers).unwrap_err();
    assert!(matches!(&refused, Error::Conflict { by: Some(by), .. } if by == "陈志远"), "{refused:?}");
    assert!(matches!(permissions::reset(&mut second, 1), Err(Error::Conflict { .. })));
    assert_eq!(permissions::get(&f.desk).unwrap().matrix, mine);
}

#[test]
fn what_is_unsound_is_refused_by_the_service_and_by_sql() {
    let mut f = Fixture::new();
    let mut rights = Role::ALL.iter().map(|role| *Matrix::DEFAULT.of(*role)).collect::<Vec<Rights>>();
    let blind = ModuleRights { create: true, ..ModuleRights::NONE };
    rights[Role::Sales as usize].set(Module::System, blind);
    let unseen = Matrix::new(rights.clone().try_into().unwrap());
    rights[Role::Sales as usize] = *Matrix::DEFAULT.of(Role::Sales);
    rights[Role::Admin as usize].set(Module::Cost, ModuleRights::NONE);
    let lesser = Matrix::new(rights.try_into().unwrap());
    for matrix in [unseen, lesser] {
        assert_eq!(permissions::update(&mut f.desk, 1, &matrix), Err(Refusal::RightsUnsound.into()));
    }
    for sql in [
        "UPDATE permissions SET can_create = 1 WHERE role = 'sales' AND module = 'system'",
        "UPDATE permissions SET can_view = 0 WHERE role = 'admin' AND module = 'cost'",
        "DELETE FROM permissions WHERE role = 'employee'",
    ] {
        assert!(f.sql(sql).is_err(), "{sql}");
    }
}

#[test]
fn a_wider_scope_reaches_the_others_records_at_once_and_back() {
    let mut f = Fixture::new();
    let her = f.user("ta", Role::Sales);
    customers::create(&mut f.desk, &CustomerInput { name: "她的".into(), assigned_to: Some(her), ..Default::default() }).unwrap();
    let me = f.as_role(Role::Sales);
    let seen = || customers::list(&me, &CustomerFilter::default(), &CustomerPage::first(CustomerSort::Name, false)).unwrap().total;
    assert_eq!(seen(), 0);
    let all = with(&[(Role::Sales, Cell::Reach(Module::Customer), Value::All)]);
    permissions::update(&mut f.desk, 1, &all).unwrap();
    assert_eq!(seen(), 1);
    permissions::reset(&mut f.desk, 2).unwrap();
    assert_eq!(seen(), 0);
}

//! Rows of `permissions`, and the version of the whole table.

use super::config::{file_state, set_file_state};
use super::users;
use crate::database::{Connection, execute, params};
use crate::models::Result;
use crate::models::choice::{Module, Role};
use crate::models::matrix::{Matrix, StoredMatrix};
use crate::models::rights::Rights;

/// Where `file_state` keeps how often the table changed.
const VERSION: &str = "permissions_version";

/// All rights, with their version and how many people have each role.
pub fn load(c: &Connection) -> Result<StoredMatrix> {
    let mut rights = [Rights::NONE; Role::ALL.len()];
    for role in Role::ALL {
        rights[*role as usize] = users::rights(c, *role)?;
    }
    let mut people = [0; Role::ALL.len()];
    for (role, count) in users::count_by_role(c)? {
        people[role as usize] = count;
    }
    let version = file_state(c, VERSION)?.and_then(|text| text.parse().ok()).unwrap_or(1);
    Ok(StoredMatrix { matrix: Matrix::new(rights), version, people })
}

/// Stores the rights of a role.
pub fn store(c: &Connection, role: Role, rights: &Rights) -> Result<()> {
    let sql = "UPDATE permissions SET can_view = ?3, can_create = ?4, can_update = ?5, can_delete = ?6, scope = ?7 WHERE role = ?1 AND module = ?2";
    for module in Module::ALL {
        let on = rights.on(*module);
        execute(c, sql, params![role, module, on.view, on.create, on.update, on.delete, on.scope])?;
    }
    Ok(())
}

pub fn set_version(c: &Connection, version: i64) -> Result<()> {
    set_file_state(c, VERSION, &version.to_string())
}

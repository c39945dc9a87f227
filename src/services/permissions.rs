//! The rights of the roles (spec §2.1, rulings §8): read, changed as a whole, put back to what a new file has.
//!
//! Every command reads the rights anew, so a change counts from everyone's next command.

use super::desk::{Act, Desk};
use crate::i18n::fill;
use crate::models::choice::{Entity, Role};
use crate::models::error::Refusal;
use crate::models::log::Changes;
use crate::models::matrix::{CellChange, Matrix, StoredMatrix};
use crate::models::rights::Command;
use crate::models::{Error, Result};
use crate::repositories as repo;

/// The rights of all roles, and the version a change must name.
pub fn get(desk: &Desk) -> Result<StoredMatrix> {
    desk.read(Command::GetPermissions, |c, _| repo::permissions::load(c))
}

/// Stores the rights that were read at `version` and changed. A conflict where another administrator saved meanwhile;
/// 4000 where the administrators' row differs, or a right goes without seeing. How many cells changed.
pub fn update(desk: &mut Desk, version: i64, matrix: &Matrix) -> Result<usize> {
    desk.write(Command::UpdatePermissions, |act| store(act, version, matrix, act.actor.lang.texts().logs.permissions_updated))
}

/// Puts every role back to the rights a new file gives. A conflict as in [`update`].
pub fn reset(desk: &mut Desk, version: i64) -> Result<usize> {
    desk.write(Command::ResetPermissions, |act| store(act, version, &Matrix::DEFAULT, act.actor.lang.texts().logs.permissions_reset))
}

fn store(act: &Act<'_>, version: i64, matrix: &Matrix, text: &str) -> Result<usize> {
    if !matrix.is_sound() {
        return Err(Refusal::RightsUnsound.into());
    }
    let before = repo::permissions::load(act.tx)?;
    if before.version != version {
        let (by, at) = repo::logs::last_change(act.tx, Entity::Permission)?.unwrap_or((None, act.actor.now));
        return Err(Error::Conflict { entity: Entity::Permission, by, at });
    }
    let changes = matrix.changes_from(&before.matrix);
    if changes.is_empty() {
        return Ok(0);
    }
    for role in Role::ALL {
        if matrix.of(*role) != before.matrix.of(*role) {
            repo::permissions::store(act.tx, *role, matrix.of(*role))?;
        }
    }
    repo::permissions::set_version(act.tx, version + 1)?;
    let mut logged = Changes::default();
    for CellChange { role, cell, before, after } in &changes {
        logged.note(format!("{}.{}", role.as_str(), cell.word()), before.as_str(), after.as_str());
    }
    act.log(Entity::Permission, version + 1, fill(text, &[&changes.len()]), &logged)?;
    Ok(changes.len())
}

//! Rows of `users` and `permissions`.

use crate::database::{Conditions, Connection, Get, execute, maybe, one, params, picture, rows};
use crate::models::choice::{Module, Role, Status};
use crate::models::customer::stored_phone;
use crate::models::picture::PictureName;
use crate::models::rights::{ModuleRights, Rights};
use crate::models::user::{Colleague, Credentials, Operator, Profile, User, UserFilter, UserInput, UserPage, UserSort};
use crate::models::{Result, Timestamp, UserId};
use rusqlite::Row;

const USER: &str =
    "id, username, full_name, email, phone, role, status, must_change_password, created_at, last_login_at, avatar_path, updated_at, version";

fn user(row: &Row<'_>) -> rusqlite::Result<User> {
    Ok(User {
        id: row.col("id")?,
        username: row.col("username")?,
        full_name: row.col("full_name")?,
        email: row.col("email")?,
        phone: row.col("phone")?,
        role: row.col("role")?,
        status: row.col("status")?,
        must_change_password: row.col("must_change_password")?,
        created_at: row.col("created_at")?,
        last_login_at: row.col("last_login_at")?,
        avatar: picture(row, "avatar_path")?,
        updated_at: row.col("updated_at")?,
        version: row.col("version")?,
    })
}

pub fn get(c: &Connection, id: UserId) -> Result<Option<User>> {
    maybe(c, &format!("SELECT {USER} FROM users WHERE id = ?1"), params![id], user)
}

/// One page of accounts and how many there are.
pub fn list(c: &Connection, filter: &UserFilter, page: &UserPage) -> Result<(Vec<User>, u64)> {
    let mut conditions = Conditions::default();
    let words = filter.search.trim();
    if !words.is_empty() {
        let part = words.to_ascii_lowercase();
        let bare = stored_phone(words);
        let clause = "(instr(lower(username), ?) > 0 OR instr(lower(full_name), ?) > 0 OR instr(lower(COALESCE(email, '')), ?) > 0
                      OR instr(COALESCE(phone, ''), ?) > 0)";
        conditions.add(clause, [Box::new(part.clone()), Box::new(part.clone()), Box::new(part), Box::new(bare)]);
    }
    conditions.add_some("role = ?", filter.role);
    conditions.add_some("status = ?", filter.status);
    let filtered = conditions.to_sql();
    let order = match page.sort {
        UserSort::Username => "username",
        UserSort::Name => "full_name",
        // The order of the specification, from the widest rights down.
        UserSort::Role => "CASE role WHEN 'admin' THEN 0 WHEN 'manager' THEN 1 WHEN 'sales' THEN 2 WHEN 'warehouse' THEN 3 ELSE 4 END",
        UserSort::LastLogin => "last_login_at",
    };
    let direction = if page.descending { "DESC" } else { "ASC" };
    let sql = format!("SELECT {USER} FROM users {filtered} ORDER BY {order} {direction}, id LIMIT ? OFFSET ?");
    let found = rows(c, &sql, conditions.params(&[&page.limit(), &page.offset()]), user)?;
    let total: i64 = one(c, &format!("SELECT COUNT(*) FROM users {filtered}"), conditions.params(&[]), |row| row.get(0))?;
    Ok((found, total.unsigned_abs()))
}

/// How many active people each role has.
pub fn count_by_role(c: &Connection) -> Result<Vec<(Role, i64)>> {
    let sql = "SELECT role, COUNT(*) AS people FROM users WHERE status = 'active' GROUP BY role";
    rows(c, sql, [], |row| Ok((row.col("role")?, row.col("people")?)))
}

/// Whether an active administrator is left without this one.
pub fn another_admin(c: &Connection, id: UserId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE role = 'admin' AND status = 'active' AND id <> ?1)";
    one(c, sql, params![id], |row| row.get(0))
}

/// What an administrator sets.
pub fn update(c: &Connection, id: UserId, input: &UserInput, now: Timestamp) -> Result<()> {
    let Profile { full_name, email, phone } = &input.profile;
    let sql = "UPDATE users SET full_name = ?2, email = ?3, phone = ?4, role = ?5, status = ?6, updated_at = ?7, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, full_name, email, phone, input.role, input.status, now])?;
    Ok(())
}

/// Tables that refer to people, and by which column. What a person keeps for himself goes with him.
const REFERENCES: &[(&str, &str)] = &[
    ("system_logs", "user_id"),
    ("customers", "created_by"),
    ("customers", "assigned_to"),
    ("customer_followups", "created_by"),
    ("quotes", "created_by"),
    ("orders", "created_by"),
    ("orders", "owner_id"),
    ("payments", "created_by"),
    ("order_returns", "created_by"),
    ("order_picks", "picked_by"),
    ("stock_movements", "created_by"),
    ("stocktakes", "created_by"),
    ("stocktakes", "closed_by"),
    ("stocktake_lines", "counted_by"),
];

/// Whether anything in the file names this person (rulings §7).
pub fn is_referred_to(c: &Connection, id: UserId) -> Result<bool> {
    for (table, column) in REFERENCES {
        if maybe(c, &format!("SELECT 1 FROM {table} WHERE {column} = ?1 LIMIT 1"), params![id], |_| Ok(()))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

pub fn delete(c: &Connection, id: UserId) -> Result<()> {
    execute(c, "DELETE FROM users WHERE id = ?1", params![id])?;
    Ok(())
}

/// By user name, letter case aside.
pub fn by_name(c: &Connection, username: &str) -> Result<Option<User>> {
    maybe(c, &format!("SELECT {USER} FROM users WHERE username = ?1"), params![username], user)
}

pub fn any(c: &Connection) -> Result<bool> {
    Ok(maybe(c, "SELECT 1 FROM users LIMIT 1", [], |_| Ok(()))?.is_some())
}

/// People to choose as owner or person, by name.
pub fn colleagues(c: &Connection) -> Result<Vec<Colleague>> {
    let sql = "SELECT id, full_name FROM users WHERE status = 'active' ORDER BY full_name, id";
    rows(c, sql, [], |row| Ok(Colleague { id: row.col("id")?, full_name: row.col("full_name")? }))
}

/// What is needed to create an account.
pub struct NewUser<'a> {
    pub username: &'a str,
    pub full_name: &'a str,
    pub role: Role,
    pub password_hash: &'a str,
    pub must_change_password: bool,
}

pub fn insert(c: &Connection, new: &NewUser<'_>, now: Timestamp) -> Result<UserId> {
    let sql = "INSERT INTO users (username, password_hash, full_name, role, must_change_password, created_at, updated_at)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6) RETURNING id";
    one(c, sql, params![new.username, new.password_hash, new.full_name, new.role, new.must_change_password, now], |row| row.get(0))
}

pub fn credentials(c: &Connection, username: &str) -> Result<Option<Credentials>> {
    let sql = "SELECT id, password_hash, status, password_failures, password_locked_until FROM users WHERE username = ?1";
    maybe(c, sql, params![username], |row| {
        Ok(Credentials {
            id: row.col("id")?,
            password_hash: row.col("password_hash")?,
            status: row.col("status")?,
            failures: row.col("password_failures")?,
            locked_until: row.col("password_locked_until")?,
        })
    })
}

/// Stores the count of failures and until when the account waits.
pub fn set_failures(c: &Connection, id: UserId, failures: i64, locked_until: Option<Timestamp>) -> Result<()> {
    execute(c, "UPDATE users SET password_failures = ?2, password_locked_until = ?3 WHERE id = ?1", params![id, failures, locked_until])?;
    Ok(())
}

/// A successful sign-in: no failures, and its time.
pub fn signed_in(c: &Connection, id: UserId, now: Timestamp) -> Result<()> {
    let sql = "UPDATE users SET password_failures = 0, password_locked_until = NULL, last_login_at = ?2 WHERE id = ?1";
    execute(c, sql, params![id, now])?;
    Ok(())
}

/// A new password; failures are forgotten.
pub fn set_password(c: &Connection, id: UserId, hash: &str, must_change: bool, now: Timestamp) -> Result<()> {
    let sql = "UPDATE users SET password_hash = ?2, must_change_password = ?3, password_failures = 0, password_locked_until = NULL,
               updated_at = ?4, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, hash, must_change, now])?;
    Ok(())
}

/// What signing in by PIN needs to know; none where the user has no PIN.
pub fn pin_credentials(c: &Connection, id: UserId) -> Result<Option<Credentials>> {
    let sql = "SELECT id, pin_hash, status, pin_failures, pin_locked_until FROM users WHERE id = ?1 AND pin_hash IS NOT NULL";
    maybe(c, sql, params![id], |row| {
        Ok(Credentials {
            id: row.col("id")?,
            password_hash: row.col("pin_hash")?,
            status: row.col("status")?,
            failures: row.col("pin_failures")?,
            locked_until: row.col("pin_locked_until")?,
        })
    })
}

/// Stores the count of failed PINs and until when the PIN waits.
pub fn set_pin_failures(c: &Connection, id: UserId, failures: i64, locked_until: Option<Timestamp>) -> Result<()> {
    execute(c, "UPDATE users SET pin_failures = ?2, pin_locked_until = ?3 WHERE id = ?1", params![id, failures, locked_until])?;
    Ok(())
}

/// A new PIN, or none; failures are forgotten.
pub fn set_pin(c: &Connection, id: UserId, hash: Option<&str>, now: Timestamp) -> Result<()> {
    let sql = "UPDATE users SET pin_hash = ?2, pin_failures = 0, pin_locked_until = NULL, updated_at = ?3, version = version + 1 WHERE id = ?1";
    execute(c, sql, params![id, hash, now])?;
    Ok(())
}

/// Active people whose role may see stock, by name, and whether each has a PIN.
pub fn operators(c: &Connection) -> Result<Vec<Operator>> {
    let sql = "SELECT u.id, u.full_name, u.pin_hash IS NOT NULL AS has_pin FROM users u
               JOIN permissions p ON p.role = u.role AND p.module = 'inventory' AND p.can_view = 1
               WHERE u.status = 'active' ORDER BY u.full_name, u.id";
    rows(c, sql, [], |row| Ok(Operator { id: row.col("id")?, full_name: row.col("full_name")?, has_pin: row.col("has_pin")? }))
}

/// A new picture, or none.
pub fn set_avatar(c: &Connection, id: UserId, picture: Option<&PictureName>, now: Timestamp) -> Result<()> {
    execute(c, "UPDATE users SET avatar_path = ?2, updated_at = ?3, version = version + 1 WHERE id = ?1", params![id, picture, now])?;
    Ok(())
}

/// Whether this is an active user.
pub fn is_active(c: &Connection, id: UserId) -> Result<bool> {
    Ok(get(c, id)?.is_some_and(|user| user.status == Status::Active))
}

/// All rights of a role.
pub fn rights(c: &Connection, role: Role) -> Result<Rights> {
    let sql = "SELECT module, can_view, can_create, can_update, can_delete, scope FROM permissions WHERE role = ?1";
    let found = rows(c, sql, params![role], |row| {
        let rights = ModuleRights {
            view: row.col("can_view")?,
            create: row.col("can_create")?,
            update: row.col("can_update")?,
            delete: row.col("can_delete")?,
            scope: row.col("scope")?,
        };
        Ok((row.col::<Module>("module")?, rights))
    })?;
    let mut rights = Rights::NONE;
    for (module, on_module) in found {
        rights.set(module, on_module);
    }
    Ok(rights)
}

//! The question that a search asks a record, as a function in SQL: for walking along rows of which many are hits.

use rusqlite::Connection;
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;

use crate::models::search::matches;

/// `zhanggui_finds(word, text, …)`: whether the word, in lower case, is found in one of the texts as `models::search` finds it.
pub const FINDS: &str = "zhanggui_finds";

/// Makes the function known to a connection.
pub(super) fn install(connection: &Connection) -> rusqlite::Result<()> {
    connection.create_scalar_function(
        FINDS,
        -1,
        FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC | FunctionFlags::SQLITE_DIRECTONLY,
        finds,
    )
}

fn finds(context: &Context<'_>) -> rusqlite::Result<bool> {
    let text = |at: usize| match context.get_raw(at) {
        ValueRef::Text(text) => std::str::from_utf8(text).ok(),
        _ => None,
    };
    let Some(word) = (!context.is_empty()).then(|| text(0)).flatten() else { return Ok(false) };
    Ok((1..context.len()).filter_map(text).any(|text| matches(&[text], word)))
}

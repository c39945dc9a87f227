//! Rows of the system log and the changes they carry.

use std::borrow::Cow;

use super::choice::{Entity, LogAction, Module};
use super::ids::{LogId, UserId};
use super::list::PageRequest;
use super::time::{Day, Timestamp};

/// One changed field: before → after, as readable texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    pub field: Cow<'static, str>,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// Collects the fields that differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes(pub Vec<Change>);

impl Changes {
    /// Notes a field where the two texts differ; an empty text counts as none.
    pub fn note(&mut self, field: impl Into<Cow<'static, str>>, before: impl ToString, after: impl ToString) {
        let some = |text: String| (!text.is_empty()).then_some(text);
        let (before, after) = (some(before.to_string()), some(after.to_string()));
        if before != after {
            self.0.push(Change { field: field.into(), before, after });
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// `{"phone":["138…",null]}`, the form in the data file.
    pub fn to_json(&self) -> Option<String> {
        if self.is_empty() {
            return None;
        }
        let map: serde_json::Map<String, serde_json::Value> =
            self.0.iter().map(|c| (c.field.clone().into_owned(), serde_json::json!([c.before, c.after]))).collect();
        Some(serde_json::Value::Object(map).to_string())
    }
}

/// A row to be written; the chain's hash is added by the repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLog {
    /// `None` = the system itself.
    pub user: Option<UserId>,
    pub action: LogAction,
    pub module: Module,
    pub description: String,
    pub host: String,
    pub entity: Option<Entity>,
    pub entity_id: Option<i64>,
    pub changes: Option<String>,
    pub at: Timestamp,
}

/// One row as shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogRow {
    pub id: LogId,
    pub user_name: Option<String>,
    pub action: LogAction,
    pub module: String,
    pub description: String,
    pub host: Option<String>,
    pub entity: Option<Entity>,
    pub entity_id: Option<i64>,
    pub changes: Option<String>,
    pub at: Timestamp,
}

impl LogRow {
    /// The changed fields, in the order they were noted. Nothing where the row has none, or they cannot be read.
    pub fn field_changes(&self) -> Vec<Change> {
        let map = self.changes.as_deref().and_then(|text| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).ok());
        let text = |value: &serde_json::Value| value.as_str().map(str::to_owned);
        let change = |(field, values): (String, serde_json::Value)| Change { field: field.into(), before: text(&values[0]), after: text(&values[1]) };
        map.unwrap_or_default().into_iter().map(change).collect()
    }
}

/// Which rows: all conditions hold together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LogFilter {
    pub user: Option<UserId>,
    pub action: Option<LogAction>,
    pub module: Option<Module>,
    /// One record.
    pub entity: Option<(Entity, i64)>,
    /// Records of one kind.
    pub kind: Option<Entity>,
    /// A part of the description, letter case of a–z aside.
    pub text: String,
    pub from: Option<Day>,
    pub to: Option<Day>,
}

/// Logs are listed by time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LogSort {
    #[default]
    Time,
}

pub type LogPage = PageRequest<LogSort>;

//! The columns of the exported log.

use super::columns::{Column, column, whole};
use crate::models::choice::Module;
use crate::models::log::LogRow;
use crate::services::tables::Cell;

pub const LOGS: &[Column<LogRow>] = &[
    column(|t| t.c_time, 18.0, |r, _| Cell::Time(r.at)),
    column(|t| t.c_user, 12.0, |r, v| Cell::text(r.user_name.as_deref().unwrap_or(v.texts.exports.system))),
    column(|t| t.c_action, 12.0, |r, v| Cell::text(v.lang.log_action(r.action))),
    column(|t| t.c_module, 12.0, |r, v| Cell::text(Module::parse(&r.module).map_or(r.module.as_str(), |module| v.lang.module(module)))),
    column(|t| t.c_description, 48.0, |r, _| Cell::text(&r.description)),
    column(|t| t.c_host, 16.0, |r, _| Cell::maybe(r.host.as_deref())),
    column(|t| t.c_entity, 10.0, |r, v| Cell::maybe(r.entity.map(|entity| v.lang.entity(entity)))),
    column(|t| t.c_entity_id, 10.0, |r, _| whole(r.entity_id)),
    column(|t| t.c_changes, 48.0, |r, _| Cell::maybe(r.changes.as_deref())),
];

//! Reading the system log (spec 3.6, rulings §10). Rows are written by the commands themselves.

use super::desk::Desk;
use crate::models::Result;
use crate::models::list::Page;
use crate::models::log::{LogFilter, LogPage, LogRow};
use crate::models::rights::Command;
use crate::repositories as repo;

/// One page of the log.
pub fn list(desk: &Desk, filter: &LogFilter, page: &LogPage) -> Result<Page<LogRow>> {
    desk.read(Command::ListLogs, |c, actor| {
        let (rows, total) = repo::logs::list(c, filter, page, actor.zone)?;
        Ok(Page { rows, total, page: page.page, page_size: page.page_size })
    })
}

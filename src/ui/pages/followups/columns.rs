//! The columns of the follow-up page: plans by when they are due, and all records by when they happened.

use egui::{Align, Ui};

use crate::i18n::Texts;
use crate::models::customer::shown_phone;
use crate::models::followup::{FollowupRow, FollowupSort};
use crate::ui::dense::Dense;
use crate::ui::followup::{due_text, result_tone};
use crate::ui::theme;
use crate::ui::theme::size;
use crate::ui::widgets::chip::plain_chip;
use crate::ui::widgets::table::{CellContext, Column, Width};

pub type FollowupColumn = Column<FollowupRow, FollowupSort, Dense>;

const fn column(
    title: fn(&'static Texts) -> &'static str,
    width: Width,
    sort: Option<FollowupSort>,
    narrow: bool,
    cell: fn(&FollowupRow, &mut Ui, &CellContext<'_, Dense>),
) -> FollowupColumn {
    Column { title, width, align: Align::Min, sort, narrow, cell }
}

/// When it is due: late in days, today by the clock, else by date; what is done is quiet.
const DUE: FollowupColumn = column(
    |t| t.followups.planned,
    Width::Fixed(96.0),
    Some(FollowupSort::Next),
    false,
    |row, ui, cell| {
        let Some(next) = row.followup.input.next else {
            cell.muted(ui, "—");
            return;
        };
        if !row.followup.is_open() {
            cell.muted(ui, &cell.data.date(next));
            return;
        }
        let (text, late) = due_text(cell.data, next);
        let color = if late { cell.p.danger.fg } else { cell.p.text };
        cell.styled(ui, &text, theme::font(size::TEXT_BODY), color).on_hover_text(next.shown(cell.data.zone));
    },
);
const HAPPENED: FollowupColumn = column(
    |t| t.followups.happened,
    Width::Fixed(92.0),
    Some(FollowupSort::Time),
    false,
    |row, ui, cell| {
        cell.muted(ui, &cell.data.moment(row.followup.input.at));
    },
);
const CUSTOMER: FollowupColumn = column(
    |t| t.followups.customer,
    Width::Fill(1.0, 120.0),
    Some(FollowupSort::Customer),
    false,
    |row, ui, cell| {
        cell.name(ui, &row.customer_name);
    },
);
const CONTENT: FollowupColumn = column(
    |t| t.followups.content,
    Width::Fill(1.8, 160.0),
    None,
    false,
    |row, ui, cell| {
        cell.text(ui, &row.followup.input.content);
    },
);
const RESULT: FollowupColumn = column(
    |t| t.followups.result,
    Width::Fixed(72.0),
    None,
    false,
    |row, ui, _| {
        if let Some(result) = &row.followup.input.result {
            plain_chip(ui, result, result_tone(result));
        }
    },
);
const CONTACT: FollowupColumn = column(
    |t| t.followups.contact,
    Width::Fixed(160.0),
    None,
    true,
    |row, ui, cell| {
        let parts = [row.contact_person.clone(), row.phone.as_deref().map(shown_phone)];
        cell.muted(ui, &parts.into_iter().flatten().collect::<Vec<_>>().join(" "));
    },
);
const PERSON: FollowupColumn = column(
    |t| t.followups.person,
    Width::Fixed(64.0),
    None,
    false,
    |row, ui, cell| {
        cell.muted(ui, &row.responsible_name);
    },
);

/// Open plans.
pub const PLANS: &[FollowupColumn] = &[DUE, CUSTOMER, CONTENT, RESULT, CONTACT, PERSON];
/// Every record.
pub const RECORDS: &[FollowupColumn] = &[HAPPENED, CUSTOMER, CONTENT, RESULT, Column { title: |t| t.followups.field_next, ..DUE }, CONTACT, PERSON];

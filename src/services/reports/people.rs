//! The columns of exported customers and follow-ups.

use std::borrow::Cow;

use super::columns::{Column, Shown, column, moment, only, whole};
use crate::models::choice::Status;
use crate::models::export::CustomerFigures;
use crate::models::followup::FollowupRow;
use crate::services::tables::Cell;

pub const CUSTOMERS: &[Column<CustomerFigures>] = &[
    column(|t| t.c_code, 14.0, |r, _| Cell::maybe(r.customer.input.code.as_deref())),
    column(|t| t.c_customer, 32.0, |r, _| Cell::text(&r.customer.input.name)),
    column(|t| t.c_contact, 12.0, |r, _| Cell::maybe(r.customer.input.contact_person.as_deref())),
    column(|t| t.c_phone, 16.0, |r, _| Cell::maybe(r.customer.input.phone.as_deref())),
    column(|t| t.c_email, 24.0, |r, _| Cell::maybe(r.customer.input.email.as_deref())),
    column(|t| t.c_address, 36.0, |r, _| Cell::maybe(r.customer.input.address.as_deref())),
    column(|t| t.c_industry, 14.0, |r, _| Cell::maybe(r.customer.input.industry.as_deref())),
    column(|t| t.c_level, 10.0, |r, v| Cell::text(v.lang.level(r.customer.input.level))),
    column(|t| t.c_owner, 12.0, |r, _| Cell::maybe(r.customer.owner_name.as_deref())),
    column(|t| t.c_tags, 20.0, |r, v| Cell::Text(Cow::Owned(r.customer.input.tags.join(v.texts.exports.list_of)))),
    column(
        |t| t.c_status,
        10.0,
        |r, v| {
            let t = &v.texts.customers;
            Cell::text(if r.customer.input.status == Status::Active { t.active } else { t.inactive })
        },
    ),
    column(|t| t.c_term, 12.0, |r, _| whole(r.customer.input.payment_term_days)),
    only(Shown::Amounts, |t| t.c_credit, 14.0, |r, _| r.customer.input.credit_limit.map_or(Cell::Empty, Cell::Money)),
    column(|t| t.c_orders, 10.0, |r, _| Cell::Whole(r.orders)),
    only(Shown::Amounts, |t| t.c_ordered, 16.0, |r, _| Cell::Money(r.amounts.0)),
    only(Shown::Amounts, |t| t.c_paid, 16.0, |r, _| Cell::Money(r.amounts.1)),
    only(Shown::Amounts, |t| t.c_outstanding, 16.0, |r, _| r.customer.outstanding.map_or(Cell::Empty, Cell::Money)),
    column(|t| t.c_last_order, 13.0, |r, v| r.customer.last_order_at.map_or(Cell::Empty, |at| Cell::Day(at.day(v.zone)))),
    column(|t| t.c_last_followup, 18.0, |r, _| moment(r.customer.last_followup_at)),
    column(|t| t.c_created, 18.0, |r, _| Cell::Time(r.customer.created_at)),
];

pub const FOLLOWUPS: &[Column<FollowupRow>] = &[
    column(|t| t.c_customer, 32.0, |r, _| Cell::text(&r.customer_name)),
    column(|t| t.c_level, 10.0, |r, v| Cell::text(v.lang.level(r.level))),
    column(|t| t.c_contact, 12.0, |r, _| Cell::maybe(r.contact_person.as_deref())),
    column(|t| t.c_phone, 16.0, |r, _| Cell::maybe(r.phone.as_deref())),
    column(|t| t.c_happened, 18.0, |r, _| Cell::Time(r.followup.input.at)),
    column(|t| t.c_content, 48.0, |r, _| Cell::text(&r.followup.input.content)),
    column(|t| t.c_result, 12.0, |r, v| Cell::maybe(r.followup.input.result.as_deref().map(|word| v.lang.word(word)))),
    column(|t| t.c_next, 18.0, |r, _| moment(r.followup.input.next)),
    column(|t| t.c_done, 18.0, |r, _| moment(r.followup.next_done_at)),
    column(|t| t.c_owner, 12.0, |r, _| Cell::text(&r.responsible_name)),
    column(|t| t.c_recorded_by, 12.0, |r, _| Cell::text(&r.followup.created_by_name)),
];

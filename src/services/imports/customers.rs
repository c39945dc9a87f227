//! Importing customers: drafts from rows, then the records. A customer's key is the code, else name and phone (rulings §13).

use std::collections::HashMap;

use super::Progress;
use super::cells::Cells;
use super::columns::Columns;
use super::sheet::Sheet;
use crate::models::choice::{CustomerLevel, Module, Status};
use crate::models::customer::{Customer, CustomerInput};
use crate::models::import::{Existing, ImportField, ImportReport, RowErrors, RowProblem, WarningKind, Warnings};
use crate::models::{CustomerId, Error, Problem, Result, UserId};
use crate::repositories as repo;
use crate::services::desk::Act;

use ImportField as F;

/// One customer of a file. What a blank cell leaves open is `None`.
#[derive(Clone, Debug)]
pub struct Draft {
    pub row: usize,
    pub input: CustomerInput,
    level: Option<CustomerLevel>,
    status: Option<Status>,
    owner: Option<String>,
    names: Vec<String>,
}

/// The customers of a file, each once, and how many rows repeated one.
pub fn parse(sheet: &Sheet, columns: &Columns, warnings: &mut Warnings, progress: &mut Progress<'_>) -> Result<(Vec<Draft>, u64)> {
    if !columns.has(F::CustomerName) {
        return Err(Error::Rows(RowErrors::one(1, "", RowProblem::MissingColumn(F::CustomerName))));
    }
    let mut errors = RowErrors::default();
    let mut drafts: Vec<Draft> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut repeated = 0;
    for row in &sheet.rows {
        progress.tick()?;
        let mut cells = Cells { columns, row, errors: &mut errors };
        let draft = draft(&mut cells);
        cells.take_over(draft.input.check(), F::CustomerName);
        match known.get(&key(&draft.input)) {
            None => {
                known.insert(key(&draft.input), drafts.len());
                drafts.push(draft);
            }
            Some(at) => {
                repeated += 1;
                note_differences(&mut drafts[*at], &draft, warnings);
            }
        }
    }
    errors.into_result()?;
    Ok((drafts, repeated))
}

/// The customer of a row, unchecked.
pub fn draft(cells: &mut Cells<'_>) -> Draft {
    let tags = cells.text(F::Tags).map(|tags| tags.split([',', '，', ';', '；', '、', '|']).map(str::to_owned).collect());
    let credit_limit = if cells.columns.has(F::CreditLimit) { cells.amount(F::CreditLimit).map(|amount| amount.money) } else { None };
    let input = CustomerInput {
        code: cells.owned(F::CustomerCode),
        name: cells.owned(F::CustomerName).unwrap_or_default(),
        contact_person: cells.owned(F::ContactPerson),
        phone: cells.owned(F::Phone),
        email: cells.owned(F::Email),
        address: cells.address(),
        industry: cells.owned(F::Industry),
        tags: tags.unwrap_or_default(),
        payment_term_days: cells.whole(F::PaymentTerm, 0, 3650),
        credit_limit,
        ..Default::default()
    };
    let (level, status, owner) = (cells.level(), cells.status(), cells.owned(F::Owner));
    let input = CustomerInput { level: level.unwrap_or(CustomerLevel::Normal), status: status.unwrap_or(Status::Active), ..input };
    Draft { row: cells.row.number, input: input.tidied(), level, status, owner, names: Vec::new() }
}

/// What makes two rows one customer.
pub fn key(input: &CustomerInput) -> String {
    match &input.code {
        Some(code) => format!("c{code}"),
        None => format!("n{}\0{}", input.name, input.phone.as_deref().unwrap_or_default()),
    }
}

/// The first row counts: a further name or other data of the same customer is told.
fn note_differences(first: &mut Draft, other: &Draft, warnings: &mut Warnings) {
    let name = &other.input.name;
    if *name != first.input.name && !first.names.contains(name) {
        first.names.push(name.clone());
        warnings.add(WarningKind::SecondName, other.row);
    }
    let same = CustomerInput { name: first.input.name.clone(), ..other.input.clone() } == first.input && other.owner == first.owner;
    if !same {
        warnings.add(WarningKind::OtherData, other.row);
    }
}

/// Writes the customers; nothing is kept where one is wrong.
pub fn write(
    act: &Act<'_>,
    drafts: &[Draft],
    columns: &Columns,
    existing: Existing,
    report: &mut ImportReport,
    progress: &mut Progress<'_>,
) -> Result<()> {
    let mut errors = RowErrors::default();
    let mut owners = HashMap::new();
    for draft in drafts {
        progress.tick()?;
        let key_field = if draft.input.code.is_some() { F::CustomerCode } else { F::CustomerName };
        let mut wrong = |field: ImportField, problem| errors.add(draft.row, columns.heading(field), RowProblem::Field(field.field(), problem));
        let owner = match &draft.owner {
            None => None,
            Some(name) => match find_owner(act, name, &mut owners)? {
                Some(owner) => Some(owner),
                None => {
                    wrong(F::Owner, Problem::NotFound);
                    continue;
                }
            },
        };
        match (find(act, &draft.input)?, existing) {
            (None, _) => {
                let input = CustomerInput { assigned_to: owner, ..draft.input.clone() };
                repo::customers::insert(act.tx, &input, act.actor.user, act.actor.now)?;
                report.created += 1;
                report.customers_created += 1;
            }
            (Some(_), Existing::Skip) => report.skipped += 1,
            (Some(_), Existing::Refuse) => wrong(key_field, Problem::Taken),
            (Some(id), Existing::Update) => match repo::customers::get(act.tx, id, act.actor.owner_filter(Module::Customer))? {
                // Another person's customer has this key: as on the form, it is taken.
                None => wrong(key_field, Problem::Taken),
                Some(stored) if update(act, &stored, draft, owner)? => report.updated += 1,
                Some(_) => report.skipped += 1,
            },
        }
    }
    errors.into_result()
}

/// The stored customer with the draft's key.
pub fn find(act: &Act<'_>, input: &CustomerInput) -> Result<Option<CustomerId>> {
    match &input.code {
        Some(code) => repo::customers::by_code(act.tx, code),
        None => repo::customers::by_name_and_phone(act.tx, &input.name, input.phone.as_deref()),
    }
}

/// Writes what the file gives over the stored record; whether anything changed.
fn update(act: &Act<'_>, stored: &Customer, draft: &Draft, owner: Option<UserId>) -> Result<bool> {
    let (old, new) = (&stored.input, &draft.input);
    let or = |new: &Option<String>, old: &Option<String>| new.clone().or_else(|| old.clone());
    let merged = CustomerInput {
        code: or(&new.code, &old.code),
        name: new.name.clone(),
        contact_person: or(&new.contact_person, &old.contact_person),
        phone: or(&new.phone, &old.phone),
        email: or(&new.email, &old.email),
        address: or(&new.address, &old.address),
        industry: or(&new.industry, &old.industry),
        level: draft.level.unwrap_or(old.level),
        assigned_to: owner.or(old.assigned_to),
        tags: if new.tags.is_empty() { old.tags.clone() } else { new.tags.clone() },
        status: draft.status.unwrap_or(old.status),
        payment_term_days: new.payment_term_days.or(old.payment_term_days),
        credit_limit: new.credit_limit.or(old.credit_limit),
    };
    let changed = merged != *old;
    if changed {
        repo::customers::update(act.tx, stored.id, &merged, act.actor.now)?;
    }
    Ok(changed)
}

/// An active user by user name or full name.
fn find_owner(act: &Act<'_>, name: &str, known: &mut HashMap<String, Option<UserId>>) -> Result<Option<UserId>> {
    if let Some(found) = known.get(name) {
        return Ok(*found);
    }
    let by_username = repo::users::by_name(act.tx, name)?.filter(|user| user.status == Status::Active).map(|user| user.id);
    let found = match by_username {
        Some(id) => Some(id),
        None => repo::users::colleagues(act.tx)?.into_iter().find(|colleague| colleague.full_name == name).map(|colleague| colleague.id),
    };
    known.insert(name.to_owned(), found);
    Ok(found)
}

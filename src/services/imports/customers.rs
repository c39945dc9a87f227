//! Importing customers: the rows are checked, then read again and written. A customer's key is the code, else name and phone (rulings §13).
//! Only the rows' places are kept between: the drafts of a million customers would not fit.

use std::collections::{HashMap, HashSet};

use super::Progress;
use super::cells::Cells;
use super::columns::Columns;
use super::sheet::Sheet;
use crate::models::choice::{CustomerLevel, Module, Status};
use crate::models::customer::{Customer, CustomerInput};
use crate::models::import::{Existing, ImportField, ImportReport, RowErrors, RowProblem, WarningKind, Warnings};
use crate::models::{CustomerId, Error, Problem, Result, UserId};
use crate::repositories as repo;
use crate::repositories::search::{Batch, Index};
use crate::services::desk::Act;

use ImportField as F;

/// One customer of a file. What a blank cell leaves open is `None`.
#[derive(Clone, Debug)]
pub struct Draft {
    row: usize,
    pub input: CustomerInput,
    level: Option<CustomerLevel>,
    status: Option<Status>,
    owner: Option<String>,
}

/// The rows that give a customer, each once, by their places, and how many rows repeat one. All rows are checked.
pub fn check(sheet: &Sheet, columns: &Columns, warnings: &mut Warnings, progress: &mut Progress<'_>) -> Result<(Vec<usize>, u64)> {
    if !columns.has(F::CustomerName) {
        return Err(Error::Rows(RowErrors::one(1, "", RowProblem::MissingColumn(F::CustomerName))));
    }
    let mut errors = RowErrors::default();
    let mut firsts: Vec<usize> = Vec::new();
    let mut known: HashMap<Box<str>, usize> = HashMap::new();
    let mut names: HashSet<(usize, String)> = HashSet::new();
    let mut repeated = 0;
    for (at, row) in sheet.rows().enumerate() {
        progress.tick()?;
        let mut cells = Cells { columns, row, errors: &mut errors };
        let draft = draft(&mut cells);
        cells.take_over(draft.input.check(), F::CustomerName);
        let key = key(&draft.input);
        match known.get(key.as_str()) {
            None => {
                known.insert(key.into(), at);
                firsts.push(at);
            }
            Some(first) => {
                repeated += 1;
                note_differences(*first, &read(sheet, columns, *first), &draft, &mut names, warnings);
            }
        }
    }
    errors.into_result()?;
    Ok((firsts, repeated))
}

/// The customer of a row that was checked before.
fn read(sheet: &Sheet, columns: &Columns, at: usize) -> Draft {
    draft(&mut Cells { columns, row: sheet.row(at), errors: &mut RowErrors::default() })
}

/// The customer of a row, unchecked.
pub fn draft(cells: &mut Cells<'_, '_>) -> Draft {
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
    Draft { row: cells.row.number, input: input.tidied(), level, status, owner }
}

/// What makes two rows one customer.
pub fn key(input: &CustomerInput) -> String {
    match &input.code {
        Some(code) => format!("c{code}"),
        None => format!("n{}\0{}", input.name, input.phone.as_deref().unwrap_or_default()),
    }
}

/// The first row counts: a further name (told once each) or other data of the same customer is told.
fn note_differences(at: usize, first: &Draft, other: &Draft, names: &mut HashSet<(usize, String)>, warnings: &mut Warnings) {
    let name = &other.input.name;
    if *name != first.input.name && names.insert((at, name.clone())) {
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
    (sheet, columns): (&Sheet, &Columns),
    firsts: &[usize],
    existing: Existing,
    report: &mut ImportReport,
    progress: &mut Progress<'_>,
) -> Result<()> {
    let mut errors = RowErrors::default();
    let mut owners = HashMap::new();
    let mut search = Batch::new(Index::Customers);
    for &at in firsts {
        progress.tick()?;
        let draft = read(sheet, columns, at);
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
                let limit = draft.input.credit_limit.filter(|_| act.actor.sees_amounts());
                let input = CustomerInput { assigned_to: owner, credit_limit: limit, ..draft.input.clone() };
                let id = repo::customers::insert_row(act.tx, &input, act.actor.user, act.actor.now)?;
                search.add(act.tx, id.0, &repo::customers::search_texts(&input))?;
                report.created += 1;
                report.customers_created += 1;
            }
            (Some(_), Existing::Skip) => report.skipped += 1,
            (Some(_), Existing::Refuse) => wrong(key_field, Problem::Taken),
            (Some(id), Existing::Update) => match repo::customers::get(act.tx, id, act.actor.owner_filter(Module::Customer))? {
                // Another person's customer has this key: as on the form, it is taken.
                None => wrong(key_field, Problem::Taken),
                Some(stored) if update(act, &stored, &draft, owner, &mut search)? => report.updated += 1,
                Some(_) => report.skipped += 1,
            },
        }
    }
    errors.into_result()?;
    search.finish(act.tx)
}

/// The stored customer with the draft's key.
pub fn find(act: &Act<'_>, input: &CustomerInput) -> Result<Option<CustomerId>> {
    match &input.code {
        Some(code) => repo::customers::by_code(act.tx, code),
        None => repo::customers::by_name_and_phone(act.tx, &input.name, input.phone.as_deref()),
    }
}

/// Writes what the file gives over the stored record; whether anything changed.
fn update(act: &Act<'_>, stored: &Customer, draft: &Draft, owner: Option<UserId>, search: &mut Batch) -> Result<bool> {
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
        // Who does not see the limit leaves it as it is (rulings §8).
        credit_limit: new.credit_limit.filter(|_| act.actor.sees_amounts()).or(old.credit_limit),
    };
    let changed = merged != *old;
    if changed {
        repo::customers::update_row(act.tx, stored.id, &merged, act.actor.now)?;
        search.add(act.tx, stored.id.0, &repo::customers::search_texts(&merged))?;
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

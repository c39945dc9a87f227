//! Exports (spec §3.5, rulings §8, §13): the reports and every list as it is filtered, as xlsx or csv.
//!
//! A list's export goes by the same conditions, scope and hiding as the list itself; its rows come from one consistent state of the file,
//! one after the other. `people`, `sales`, `stock` and `logs` say which columns there are, `tables` writes them.

mod columns;
mod described;
mod logs;
mod people;
mod sales;
mod stock;

use self::columns::{Column, Shown, View};
use super::desk::Desk;
use super::orders::reaches;
use super::tables::{self, Finished, Heading, Table};
use crate::database::Connection;
use crate::i18n::fill;
use crate::models::choice::{Entity, Module, Status};
use crate::models::config::Config;
use crate::models::customer::CustomerSort;
use crate::models::export::{Export, ExportRequest, Exported, Sorted, Take};
use crate::models::log::Changes;
use crate::models::order::OrderSort;
use crate::models::product::{ProductFilter, StockLevel};
use crate::models::quote::QuoteSort;
use crate::models::rights::{Command, Verb};
use crate::models::session::Actor;
use crate::models::stock::WarningFilter;
use crate::models::stocktake::StocktakeStatus;
use crate::models::{Error, Result};
use crate::repositories as repo;
use crate::repositories::followups::Moments;

/// Writes a report or a list as a file and logs it. `step` (done, of) is told of the rows and stops the export by saying false.
/// 4003 without the right to view analytics and the module exported; 4000 where it was stopped or the rows do not fit a sheet; 5002 where
/// the file cannot be written. Whatever stood in the file's place stays then.
pub fn export(desk: &mut Desk, request: &ExportRequest, mut step: impl FnMut(usize, usize) -> bool) -> Result<Exported> {
    let module = request.export.kind().module();
    let table = desk.read(Command::ExportReport, |c, actor| {
        actor.need(module, Verb::View)?;
        let source = Source { c, actor, config: &repo::config::load(c)? };
        source.table(request, &mut step)
    })?;
    let mut placed = false;
    let exported = desk.write(Command::ExportReport, |act| {
        act.actor.need(module, Verb::View)?;
        let name = request.path.file_name().unwrap_or_default().to_string_lossy();
        let mut changes = Changes::default();
        changes.note("file", "", &name);
        changes.note("rows", "", table.rows());
        for (field, value) in described::filter(&request.export) {
            changes.note(field, "", value);
        }
        let lang = act.actor.lang;
        let values: [&dyn std::fmt::Display; 3] = [&lang.export_kind(request.export.kind()), &table.rows(), &name];
        act.log(Entity::File, 0, fill(lang.texts().logs.exported, &values), &changes)?;
        // Last: what cannot be put in its place is not logged.
        let exported = table.keep()?;
        placed = true;
        Ok(exported)
    });
    if placed && exported.is_err() {
        // The row did not make it to the disk, and a file that is there was logged.
        let _ = std::fs::remove_file(&request.path);
    }
    exported
}

/// How many rows an export has now; rights as [`export`].
pub fn count(desk: &Desk, export: &Export) -> Result<u64> {
    desk.read(Command::CountExport, |c, actor| {
        actor.need(export.kind().module(), Verb::View)?;
        Source { c, actor, config: &repo::config::load(c)? }.count(export)
    })
}

/// Where the rows come from, and for whom.
struct Source<'a> {
    c: &'a Connection,
    actor: &'a Actor,
    config: &'a Config,
}

impl Source<'_> {
    /// How many rows there are.
    fn count(&self, export: &Export) -> Result<u64> {
        let Source { c, actor, config } = self;
        let own = actor.owner_filter(export.kind().module());
        let search_customers = actor.rights.allows(Module::Customer, Verb::View);
        let seen = actor.sees_amounts();
        let zone = actor.zone;
        match export {
            Export::Customers(filter, ..) => repo::customers::count(c, filter, own),
            Export::Sales(filter, _) => repo::orders::count_lines(c, filter, own, search_customers),
            Export::Inventory(filter, ..) => repo::products::count(c, filter),
            Export::Followups(filter, _) => {
                let counts = repo::followups::counts(c, filter, Moments::of(actor.today, zone), own)?;
                Ok(counts.of(filter.due).unsigned_abs())
            }
            Export::Quotes(filter, _) => {
                let counts = repo::quotes::counts(c, filter, super::quotes::scope(actor))?;
                Ok(filter.state.map_or_else(|| counts.all(), |state| counts.of(state)).unsigned_abs())
            }
            Export::Orders(filter, _) => {
                let counts = repo::orders::counts(c, filter, own, search_customers)?;
                Ok(filter.status.map_or_else(|| counts.all(), |status| counts.of(status)).unsigned_abs())
            }
            Export::Payments(..) | Export::Receivables(..) | Export::Ageing(..) if !seen => Ok(0),
            Export::Payments(filter, _) => Ok(repo::payments::sums(c, filter, zone, own, search_customers)?.0),
            Export::Receivables(filter, _) => Ok(repo::payments::receivable_sums(c, filter, actor.today, config.payment_term_days, own)?.0),
            Export::Ageing(filter, _) => Ok(repo::statements::age_sums(c, filter, actor.today, config.payment_term_days, own)?.0),
            Export::Movements(filter, _) => repo::stock::count(c, filter, zone),
            Export::Warnings(filter, _) => repo::products::count(c, &low(filter)),
            Export::Stocktakes(filter, _) => {
                let counts = repo::stocktakes::counts(c, &filter.search)?;
                Ok(filter.status.map_or(counts.all(), |status| counts.of(status)))
            }
            Export::StocktakeLines(id, filter, sort) => {
                let stocktake = super::stocktakes::found(c, *id)?;
                let (filter, _) = super::stocktakes::without_hints(&stocktake, filter, *sort);
                repo::stocktakes::count_lines(c, *id, &filter, stocktake.status == StocktakeStatus::Open)
            }
            Export::Statistics(query) => Ok(super::analytics::sales_for(c, actor, query)?.groups.len() as u64),
            Export::Logs(filter, _) => repo::logs::count(c, filter, zone, seen),
        }
    }

    /// The rows as a file beside its place.
    fn table(&self, request: &ExportRequest, step: &mut dyn FnMut(usize, usize) -> bool) -> Result<Finished> {
        let Source { c, actor, config } = self;
        let own = actor.owner_filter(request.export.kind().module());
        let search_customers = actor.rights.allows(Module::Customer, Verb::View);
        let zone = actor.zone;
        let out = Out { source: self, request, rows: usize::try_from(self.count(&request.export)?).unwrap_or(usize::MAX), step };
        match &request.export {
            Export::Customers(filter, sort, days) => {
                let sort = self.told(*sort, &[CustomerSort::Outstanding], CustomerSort::Created);
                out.write(people::CUSTOMERS, |take| repo::customers::each_with_figures(c, filter, sort, *days, own, take))
            }
            Export::Sales(filter, sort) => {
                let sort = self.told(*sort, &[OrderSort::Total, OrderSort::Outstanding], OrderSort::Day);
                out.write(sales::LINES, |take| repo::orders::each_line(c, filter, sort, own, search_customers, take))
            }
            Export::Inventory(filter, sort, days) => {
                out.write(stock::PRODUCTS, |take| repo::products::each_with_figures(c, filter, *sort, *days, zone, take))
            }
            Export::Followups(filter, sort) => {
                let moments = Moments::of(actor.today, zone);
                out.write(people::FOLLOWUPS, |take| repo::followups::each_followup(c, filter, *sort, moments, own, take))
            }
            Export::Quotes(filter, sort) => {
                let sort = self.told(*sort, &[QuoteSort::Total], QuoteSort::Created);
                out.write(sales::QUOTES, |take| repo::quotes::each_quote(c, filter, sort, super::quotes::scope(actor), take))
            }
            Export::Orders(filter, sort) => {
                let sort = self.told(*sort, &[OrderSort::Total, OrderSort::Outstanding], OrderSort::Day);
                out.write(sales::ORDERS, |take| repo::orders::each_order(c, filter, sort, own, search_customers, take))
            }
            Export::Payments(filter, sort) => out.write(sales::PAYMENTS, |take| match actor.sees_amounts() {
                true => repo::payments::each_payment(c, filter, *sort, zone, own, search_customers, take),
                false => Ok(()),
            }),
            Export::Receivables(filter, sort) => out.write(sales::RECEIVABLES, |take| match actor.sees_amounts() {
                true => repo::payments::each_receivable(c, filter, *sort, actor.today, config.payment_term_days, own, &mut |mut row| {
                    if !reaches(c, actor, row.customer)? {
                        row.phone = None;
                    }
                    take(row)
                }),
                false => Ok(()),
            }),
            Export::Ageing(filter, sort) => out.write(sales::AGEING, |take| match actor.sees_amounts() {
                true => repo::statements::each_by_age(c, filter, *sort, actor.today, config.payment_term_days, own, take),
                false => Ok(()),
            }),
            Export::Movements(filter, sort) => out.write(stock::MOVEMENTS, |take| {
                repo::stock::each_movement(c, filter, sort.1, zone, &mut |mut row| {
                    super::stock::hide_unreached(c, actor, std::slice::from_mut(&mut row))?;
                    take(row)
                })
            }),
            Export::Warnings(filter, sort) => out.write(stock::WARNINGS, |take| repo::products::each(c, &low(filter), *sort, take)),
            Export::Stocktakes(filter, sort) => out.write(stock::STOCKTAKES, |take| repo::stocktakes::each_stocktake(c, filter, sort.1, take)),
            Export::StocktakeLines(id, filter, sort) => {
                let stocktake = super::stocktakes::found(c, *id)?;
                let (filter, sort) = super::stocktakes::without_hints(&stocktake, filter, *sort);
                let open = stocktake.status == StocktakeStatus::Open;
                out.write(stock::LINES, |take| {
                    repo::stocktakes::each_line(c, *id, &filter, sort, open, &mut |mut line| {
                        super::stocktakes::hide(&mut line, &stocktake, actor);
                        take(line)
                    })
                })
            }
            Export::Statistics(query) => {
                let groups = super::analytics::sales_for(c, actor, query)?.groups;
                out.write(&sales::groups(query.grouping), |take| groups.into_iter().try_for_each(take))
            }
            Export::Logs(filter, sort) => out.write(logs::LOGS, |take| {
                repo::logs::each_row(c, filter, sort.1, zone, actor.sees_amounts(), &mut |mut row| {
                    super::logs::hide(&mut row, actor);
                    take(row)
                })
            }),
        }
    }

    /// The order, or another where that one would tell amounts that this person may not see.
    fn told<S: Copy + PartialEq>(&self, sort: Sorted<S>, tells: &[S], instead: S) -> Sorted<S> {
        if !self.actor.sees_amounts() && tells.contains(&sort.0) { (instead, sort.1) } else { sort }
    }
}

/// The products of the warning list.
fn low(filter: &WarningFilter) -> ProductFilter {
    let (search, category) = (filter.search.clone(), filter.category.clone());
    ProductFilter { search, category, status: Some(Status::Active), stock: Some(StockLevel::Low) }
}

/// Where the rows go.
struct Out<'a> {
    source: &'a Source<'a>,
    request: &'a ExportRequest,
    rows: usize,
    step: &'a mut dyn FnMut(usize, usize) -> bool,
}

impl Out<'_> {
    fn write<R>(self, columns: &[Column<R>], each: impl FnOnce(Take<'_, R>) -> Result<()>) -> Result<Finished> {
        let Out { source: Source { actor, config, .. }, request, rows, step } = self;
        let texts = request.lang.texts();
        let (amounts, cost) = (actor.sees_amounts(), actor.rights.sees_cost());
        let shown: Vec<&Column<R>> = columns
            .iter()
            .filter(|column| match column.shown {
                Shown::Always => true,
                Shown::Amounts => amounts,
                Shown::WithoutAmounts => !amounts,
                Shown::Cost => cost,
                Shown::Margin => amounts && cost,
            })
            .collect();
        let headings: Vec<Heading<'_>> = shown.iter().map(|column| Heading { text: (column.heading)(&texts.exports), width: column.width }).collect();
        let table = Table {
            format: request.format,
            title: request.lang.export_kind(request.export.kind()),
            company: &config.company_name,
            now: actor.now,
            zone: actor.zone,
            headings: &headings,
            rows,
        };
        let view = View { lang: request.lang, texts, zone: actor.zone, today: actor.today, term: config.payment_term_days };
        tables::prepare(&request.path, &table, step, |rows| {
            each(&mut |row: R| -> std::result::Result<(), Error> { rows.row(shown.iter().map(|column| (column.cell)(&row, &view))) })
        })
    }
}

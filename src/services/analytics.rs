//! Statistics (spec 3.5) and the dashboard's figures: what sales, customers and stock add up to. Reads only.
//!
//! One's own are the records within the scope of analytics and of the module they belong to: where either is `own`, only those.

use std::collections::BTreeMap;

use super::desk::Desk;
use crate::database::Connection;
use crate::models::choice::{Module, Scope};
use crate::models::first_steps::{FirstStep, StepTaken};
use crate::models::order::{OrderFilter, OrderPage, OrderSort};
use crate::models::period::{Period, Span, Unit, day_of_month_before};
use crate::models::rights::{Command, Verb};
use crate::models::session::Actor;
use crate::models::statistics::*;
use crate::models::{CustomerId, Day, Money, ProductId, Result, UserId};
use crate::repositories as repo;
use crate::repositories::analytics::{Key, Names, Tally};

/// The person whose records alone count, where either scope says so.
fn own(actor: &Actor, module: Module) -> Option<UserId> {
    let reaches_all = actor.rights.scope(Module::Analytics) == Scope::All && actor.rights.scope(module) == Scope::All;
    (!reaches_all).then_some(actor.user)
}

/// Sales of a period by day, month, person, product, category or customer, in all, and of the period before (rulings §6).
///
/// Days are business days. What was sold counts on the order's day, what came back on the return's; what is paid and due is what it is by now, on
/// the period's orders. Paid and due together are what these orders were sold for less what has come back of them on any day, so they differ from net
/// sales by the returns of other days. By product and category an order's paid sum is shared out over its lines in proportion to what they still
/// amount to, to the fen. So net sales, pieces, returns, paid, due and margin of all groups add up to the total in every grouping; [`Figures::orders`]
/// does where orders are not divided. Days and months without sales are there with zeros.
///
/// Amounts only for who sees them, margin only with the right to cost. 4000 for a period of more than [`Period::MOST_DAYS`].
pub fn sales(desk: &Desk, query: &SalesQuery) -> Result<SalesStatistics> {
    desk.read(Command::SalesStatistics, |c, actor| sales_for(c, actor, query))
}

/// [`sales`] for a person whose right to it was checked.
pub(super) fn sales_for(c: &Connection, actor: &Actor, query: &SalesQuery) -> Result<SalesStatistics> {
    query.period.check()?;
    query.before.check()?;
    let own = own(actor, Module::Sales);
    let mut tallies = repo::analytics::tally(c, query.period, Some(query.grouping), own)?;
    fill_empty(&mut tallies, query);
    let mut total = sum(&tallies);
    if query.grouping.is_by_line() {
        total.orders = repo::analytics::count_orders(c, query.period, own)?;
    }
    let before = sum(&repo::analytics::tally(c, query.before, None, own)?);
    let mut names = match query.grouping {
        Grouping::Customer => Names::of_customers(c, tallies.len())?,
        _ => Names::of_products(c, if query.grouping == Grouping::Product { tallies.len() } else { 0 })?,
    };
    let mut groups = Vec::with_capacity(tallies.len());
    for (key, tally) in tallies {
        groups.push(group(c, actor, query.grouping, key, &tally, &mut names)?);
    }
    if !matches!(query.grouping, Grouping::Day | Grouping::Month) {
        // Hidden amounts are all equal here: nothing is told by the order.
        groups.sort_by(|a, b| (b.figures.net(), b.figures.pieces, &a.name).cmp(&(a.figures.net(), a.figures.pieces, &b.name)));
    }
    Ok(SalesStatistics { groups, total: figures(actor, &total), before: figures(actor, &before) })
}

fn sum(tallies: &BTreeMap<Key, Tally>) -> Tally {
    let mut sum = Tally::default();
    tallies.values().for_each(|tally| sum.add(tally));
    sum
}

/// Adds the days or months of the period on which nothing happened.
fn fill_empty(tallies: &mut BTreeMap<Key, Tally>, query: &SalesQuery) {
    use chrono::Datelike;
    let first_of_month = |day: Day| Day(day.0.with_day(1).unwrap_or(day.0));
    let days = (0..query.period.days()).map(|n| query.period.from.plus_days(n));
    let mut add = |key| {
        tallies.entry(key).or_default();
    };
    match query.grouping {
        Grouping::Day => days.for_each(|day| add(Key::Day(day))),
        Grouping::Month => {
            let firsts = days.filter(|day| day.0.day() == 1).chain([first_of_month(query.period.from)]);
            firsts.for_each(|day| add(Key::Day(day)));
        }
        _ => {}
    }
}

fn figures(actor: &Actor, tally: &Tally) -> Figures {
    let net = tally.sold - tally.returned;
    let amounts = Amounts {
        net: Money::sum_from_fen(net),
        returned: Money::sum_from_fen(tally.returned),
        paid: Money::sum_from_fen(tally.paid),
        outstanding: Money::sum_from_fen(tally.outstanding),
    };
    let seen = actor.sees_amounts();
    Figures {
        orders: tally.orders,
        pieces: tally.pieces,
        amounts: seen.then_some(amounts),
        margin: (seen && actor.rights.sees_cost()).then(|| Money::sum_from_fen(net - tally.cost)),
    }
}

fn group(c: &Connection, actor: &Actor, grouping: Grouping, key: Key, tally: &Tally, names: &mut Names<'_>) -> Result<SalesGroup> {
    let product = tally.product.unwrap_or(ProductId(0));
    let (key, name, unit) = match (grouping, key) {
        (Grouping::Month, Key::Day(day)) => (GroupKey::Month(day), day.to_string().get(..7).map(str::to_owned), None),
        (_, Key::Day(day)) => (GroupKey::Day(day), Some(day.to_string()), None),
        (Grouping::Person, Key::Id(id)) => (GroupKey::Person(UserId(id)), repo::analytics::person_name(c, UserId(id))?, None),
        (Grouping::Customer, Key::Id(id)) => (GroupKey::Customer(CustomerId(id)), names.get(id)?.map(|(name, _)| name), None),
        (_, Key::Id(id)) => {
            let (name, unit) = names.get(id)?.unzip();
            (GroupKey::Product(ProductId(id)), name, unit.flatten())
        }
        (_, Key::Category(name)) => (GroupKey::Category(product), name, None),
        (_, Key::All) => (GroupKey::Category(product), None, None),
    };
    Ok(SalesGroup { key, name, unit, figures: figures(actor, tally) })
}

/// Active customers within one's scope by level, industry or owner.
pub fn customers(desk: &Desk, dimension: Dimension) -> Result<Distribution> {
    desk.read(Command::CustomerDistribution, |c, actor| {
        let mut groups = repo::analytics::distribution(c, dimension, own(actor, Module::Customer))?;
        groups.sort_by_key(|(kind, count)| match kind {
            CustomerKind::Level(level) => (*level as i64, String::new()),
            CustomerKind::Industry(name) | CustomerKind::Owner(_, name) => (-count, name.clone()),
            CustomerKind::None => (i64::MAX, String::new()),
        });
        let total = groups.iter().map(|(_, count)| count).sum();
        Ok(Distribution { groups, total })
    })
}

/// How the stock turned over in a period that ends today or earlier, by category and in all, and what lies.
///
/// Turnover is the cost of the goods sold (net of returns, at the cost of the order's time) by the average of the stock at the period's beginning and at its
/// end, valued at today's cost; imported history counts as sold. Who may not see cost gets pieces in the place of both: a category's days on hand are
/// then those of its pieces, and no value is told. The stock is the company's, whoever sells it: scope `own` does not divide it.
/// 4000 for a period of more than [`Period::MOST_DAYS`].
pub fn turnover(desk: &Desk, period: Period) -> Result<StockTurnover> {
    period.check()?;
    desk.read(Command::StockTurnover, |c, actor| {
        let by_cost = actor.rights.sees_cost();
        let sold = repo::analytics::goods::without_due(c, period, None)?;
        let since_begin = repo::analytics::moved_since(c, period.from.start(actor.zone))?;
        let since_end = repo::analytics::moved_since(c, period.to.plus_days(1).start(actor.zone))?;
        let mut categories: BTreeMap<Option<String>, Turnover> = BTreeMap::new();
        let (mut total, mut value, mut slow) = (Turnover { days: period.days(), ..Turnover::default() }, 0_i64, Vec::new());
        for product in repo::analytics::stocked(c)? {
            let moved = |since: &BTreeMap<ProductId, i64>| since.get(&product.id).copied().unwrap_or(0);
            let worth = |pieces: i64| if by_cost { pieces.saturating_mul(product.cost.fen()) } else { pieces };
            let tally = sold.get(&Key::Id(product.id.0)).copied().unwrap_or_default();
            let pieces = Turnover {
                sold: tally.pieces,
                stock_before: product.stock - moved(&since_begin),
                stock_after: product.stock - moved(&since_end),
                days: period.days(),
            };
            let turnover = Turnover {
                sold: if by_cost { tally.cost } else { tally.pieces },
                stock_before: worth(pieces.stock_before),
                stock_after: worth(pieces.stock_after),
                days: period.days(),
            };
            value = value.saturating_add(worth(product.stock));
            total.add(&turnover);
            if turnover != (Turnover { days: turnover.days, ..Turnover::default() }) {
                categories.entry(product.category).or_default().add(&turnover);
            }
            // How long it lasts from now on, not how long it lay.
            let days = Turnover { stock_before: product.stock, stock_after: product.stock, ..pieces }.days_on_hand();
            if product.active && product.stock > 0 && days.is_none_or(|days| days > SlowProduct::DAYS) {
                let value = by_cost.then(|| Money::sum_from_fen(worth(product.stock)));
                slow.push(SlowProduct { id: product.id, name: product.name, unit: product.unit, stock: product.stock, value, days });
            }
        }
        slow.sort_by_key(|product| (product.days.is_some(), std::cmp::Reverse((product.value, product.stock)), product.id));
        let slow_count = slow.len();
        slow.truncate(SlowProduct::MOST);
        let mut categories: Vec<(Option<String>, Turnover)> = categories.into_iter().collect();
        categories.sort_by_key(|(_, turnover)| turnover.days_on_hand().unwrap_or(i64::MAX));
        let value = by_cost.then(|| Money::sum_from_fen(value));
        Ok(StockTurnover { by_pieces: !by_cost, total, categories, value, slow, slow_count })
    })
}

/// The dashboard's figures in one pass, each by its right and scope (rulings §8): sales, receivables and the latest orders with sales, stock with
/// inventory, trend and best-selling products with analytics and sales. Counts without sums for who may not see amounts.
/// The month is compared with the same days of the month before (tokens §7).
pub fn dashboard(desk: &Desk) -> Result<Dashboard> {
    let term = desk.config()?.payment_term_days;
    desk.read(Command::Dashboard, |c, actor| {
        let may = |module| actor.rights.allows(module, Verb::View);
        let mut figures = Dashboard::default();
        if may(Module::Inventory) {
            figures.stock = Some(repo::products::stock_counts(c)?);
        }
        if !may(Module::Sales) {
            return Ok(figures);
        }
        let (today, seen) = (actor.today, actor.sees_amounts());
        let reached = actor.owner_filter(Module::Sales);
        let month = Span::Calendar(Unit::Month, 0);
        let trend = Span::Custom(Period { from: today.plus_days(1 - Dashboard::DAYS), to: today });
        let first = month.before(today).from.min(trend.period(today).from.plus_days(-31));
        let looked_at = Period { from: first, to: today };
        let days = repo::analytics::net_by_day(c, looked_at, reached)?;
        let card = |period: Period| {
            let (orders, net) = days.range(period.from..=period.to).fold((0, 0), |sum, (_, day)| (sum.0 + day.0, sum.1 + day.1));
            SalesCard { orders, net: seen.then(|| Money::sum_from_fen(net)) }
        };
        figures.today = Some(card(Period { from: today, to: today }));
        figures.month = Some(card(month.period(today)));
        figures.month_before = card(month.before(today)).net;
        if seen {
            figures.receivable = Some(repo::payments::owed(c, today, term, reached)?);
        }
        if seen && may(Module::Analytics) {
            let own = own(actor, Module::Sales);
            let days = if own == reached { days } else { repo::analytics::net_by_day(c, looked_at, own)? };
            figures.trend = Some(trend_of(&days, trend.period(today)));
            figures.hot = Some(hot(c, month.period(today), own)?);
        }
        let page = OrderPage { page_size: Dashboard::RECENT, ..OrderPage::first(OrderSort::Day, true) };
        let mut recent = repo::orders::list(c, &OrderFilter::default(), &page, reached, false, None)?;
        if !seen {
            recent.iter_mut().for_each(|row| row.amounts = None);
        }
        figures.recent = Some(recent);
        Ok(figures)
    })
}

/// The first steps on a file without orders, those that the person may take, each done or not; none once there is an order, whoever entered it.
/// Customers count within one's scope.
pub fn first_steps(desk: &Desk) -> Result<Vec<StepTaken>> {
    let company = desk.config()?.company;
    desk.read(Command::FirstSteps, |c, actor| {
        if repo::analytics::any_order(c)? {
            return Ok(Vec::new());
        }
        let begun = repo::analytics::begun(c, actor.owner_filter(Module::Customer))?;
        let steps = [
            (FirstStep::Company, (Module::System, Verb::Update), !company.address.is_empty() || !company.phone.is_empty()),
            (FirstStep::Products, (Module::Inventory, Verb::Create), begun.products),
            (FirstStep::Customers, (Module::Customer, Verb::Create), begun.customers),
            (FirstStep::Order, (Module::Sales, Verb::Create), false),
            (FirstStep::Backup, (Module::System, Verb::Update), begun.backup),
        ];
        let may = steps.into_iter().filter(|(_, (module, verb), _)| actor.rights.allows(*module, *verb));
        Ok(may.map(|(step, _, done)| StepTaken { step, done }).collect())
    })
}

fn trend_of(days: &BTreeMap<Day, (i64, i64)>, period: Period) -> Vec<TrendDay> {
    let net = |day: Day| Money::sum_from_fen(days.get(&day).map_or(0, |(_, net)| *net));
    let shown = (0..period.days()).map(|n| period.from.plus_days(n));
    shown.map(|day| TrendDay { day, net: net(day), before: day_of_month_before(day).map(net) }).collect()
}

fn hot(c: &Connection, period: Period, own: Option<UserId>) -> Result<Vec<HotProduct>> {
    let best = repo::analytics::goods::best(c, period, own, Dashboard::HOT)?;
    let mut hot = Vec::with_capacity(best.len());
    for (id, tally) in best {
        let Some((name, specification, unit)) = repo::analytics::product_name(c, id)? else { continue };
        let net = Money::sum_from_fen(tally.sold - tally.returned);
        hot.push(HotProduct { id, name, specification, unit, pieces: tally.pieces, net });
    }
    Ok(hot)
}

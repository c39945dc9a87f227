//! An export's filter for the log: field and value of what was set, as the data file says it.
//!
//! Each filter is taken apart whole, so that a new condition does not compile without its line here.

use crate::models::Day;
use crate::models::customer::{CustomerFilter, OwnerFilter};
use crate::models::export::{Days, Export};
use crate::models::followup::FollowupFilter;
use crate::models::log::LogFilter;
use crate::models::order::{Goods, OrderFilter};
use crate::models::payment::{Flow, PaymentFilter, ReceivableFilter};
use crate::models::product::{ProductFilter, StockLevel};
use crate::models::quote::QuoteFilter;
use crate::models::statistics::SalesQuery;
use crate::models::stock::{MovementFilter, WarningFilter};
use crate::models::stocktake::{LineFilter, LineView, StocktakeFilter};

/// What of the filter was set.
pub fn filter(export: &Export) -> Vec<(&'static str, String)> {
    let mut set = Set::default();
    match export {
        Export::Customers(filter, _, Days { from, to }) => {
            set.customers(filter);
            set.days(*from, *to);
        }
        Export::Sales(filter, _) | Export::Orders(filter, _) => set.orders(filter),
        Export::Inventory(filter, _, Days { from, to }) => {
            set.products(filter);
            set.days(*from, *to);
        }
        Export::Followups(filter, _) => set.followups(filter),
        Export::Quotes(filter, _) => set.quotes(filter),
        Export::Payments(filter, _) => set.payments(filter),
        Export::Receivables(filter, _) | Export::Ageing(filter, _) => set.receivables(filter),
        Export::Movements(filter, _) => set.movements(filter),
        Export::Warnings(WarningFilter { search, category }, _) => {
            set.text("search", search);
            set.some("category", category.as_deref());
        }
        Export::Stocktakes(StocktakeFilter { search, status }, _) => {
            set.text("search", search);
            set.some("status", status.map(|status| status.as_str()));
        }
        Export::StocktakeLines(id, filter, _) => {
            set.id("stocktake_id", Some(id.0));
            set.lines(filter);
        }
        // What the totals are compared with stands in no row.
        Export::Statistics(SalesQuery { period, before: _, grouping }) => {
            set.some("grouping", Some(grouping.as_str()));
            set.days(Some(period.from), Some(period.to));
        }
        Export::Logs(filter, _) => set.logs(filter),
    }
    set.0
}

#[derive(Default)]
struct Set(Vec<(&'static str, String)>);

impl Set {
    fn some(&mut self, field: &'static str, value: Option<&str>) {
        self.0.extend(value.map(|value| (field, value.to_owned())));
    }

    fn text(&mut self, field: &'static str, value: &str) {
        self.some(field, Some(value.trim()).filter(|value| !value.is_empty()));
    }

    fn is(&mut self, field: &'static str, set: bool) {
        self.some(field, set.then_some("true"));
    }

    fn id(&mut self, field: &'static str, id: Option<i64>) {
        self.0.extend(id.map(|id| (field, id.to_string())));
    }

    fn days(&mut self, from: Option<Day>, to: Option<Day>) {
        self.0.extend(from.map(|day| ("from", day.to_string())));
        self.0.extend(to.map(|day| ("to", day.to_string())));
    }

    fn customers(&mut self, filter: &CustomerFilter) {
        let CustomerFilter { search, level, status, owner, tag } = filter;
        self.text("search", search);
        self.some("level", level.map(|level| level.as_str()));
        self.some("status", status.map(|status| status.as_str()));
        match owner {
            Some(OwnerFilter::User(user)) => self.id("owner_id", Some(user.0)),
            Some(OwnerFilter::Unassigned) => self.is("unassigned", true),
            None => {}
        }
        self.some("tag", tag.as_deref());
    }

    fn products(&mut self, filter: &ProductFilter) {
        let ProductFilter { search, category, status, stock } = filter;
        self.text("search", search);
        self.some("category", category.as_deref());
        self.some("status", status.map(|status| status.as_str()));
        let level = |level: &StockLevel| match level {
            StockLevel::Enough => "enough",
            StockLevel::Low => "low",
            StockLevel::Out => "out",
        };
        self.some("stock", stock.as_ref().map(level));
    }

    fn followups(&mut self, filter: &FollowupFilter) {
        let FollowupFilter { search, due, person, customer } = filter;
        self.text("search", search);
        self.some("due", Some(due.as_str()));
        self.id("user_id", person.map(|id| id.0));
        self.id("customer_id", customer.map(|id| id.0));
    }

    fn quotes(&mut self, filter: &QuoteFilter) {
        let QuoteFilter { search, state, customer, person, from, to, open } = filter;
        self.text("search", search);
        self.some("status", state.map(|state| state.as_str()));
        self.id("customer_id", customer.map(|id| id.0));
        self.id("user_id", person.map(|id| id.0));
        self.days(*from, *to);
        self.is("open", *open);
    }

    fn orders(&mut self, filter: &OrderFilter) {
        let OrderFilter { search, status, customer, person, from, to, unpaid, goods } = filter;
        self.text("search", search);
        self.some("status", status.map(|status| status.as_str()));
        self.id("customer_id", customer.map(|id| id.0));
        self.id("user_id", person.map(|id| id.0));
        self.is("unpaid", *unpaid);
        self.days(*from, *to);
        match goods {
            Some(Goods::Product(id)) => self.id("product_id", Some(id.0)),
            Some(Goods::Category(Some(category))) => self.some("category", Some(category)),
            Some(Goods::Category(None)) => self.is("without_category", true),
            None => {}
        }
    }

    fn payments(&mut self, filter: &PaymentFilter) {
        let PaymentFilter { search, flow, method, customer, person, from, to } = filter;
        self.text("search", search);
        let way = |flow: &Flow| match flow {
            Flow::Received => "received",
            Flow::Refunded => "refunded",
        };
        self.some("flow", flow.as_ref().map(way));
        self.some("method", method.as_deref());
        self.id("customer_id", customer.map(|id| id.0));
        self.id("user_id", person.map(|id| id.0));
        self.days(*from, *to);
    }

    fn receivables(&mut self, filter: &ReceivableFilter) {
        let ReceivableFilter { search, overdue, owner } = filter;
        self.text("search", search);
        self.is("overdue", *overdue);
        self.id("owner_id", owner.map(|id| id.0));
    }

    fn movements(&mut self, filter: &MovementFilter) {
        let MovementFilter { product, kind, person, reference, search, from, to } = filter;
        self.text("search", search);
        self.some("type", kind.map(|kind| kind.as_str()));
        self.some("reference", reference.map(|reference| reference.as_str()));
        self.id("product_id", product.map(|id| id.0));
        self.id("user_id", person.map(|id| id.0));
        self.days(*from, *to);
    }

    fn lines(&mut self, filter: &LineFilter) {
        let LineFilter { search, view } = filter;
        self.text("search", search);
        let view = match view {
            LineView::All => None,
            LineView::Uncounted => Some("uncounted"),
            LineView::Differing => Some("differing"),
            LineView::Moved => Some("moved"),
        };
        self.some("view", view);
    }

    fn logs(&mut self, filter: &LogFilter) {
        let LogFilter { user, action, module, entity, kind, text, from, to } = filter;
        self.text("search", text);
        self.id("user_id", user.map(|id| id.0));
        self.some("module", module.map(|module| module.as_str()));
        self.some("entity_type", kind.or(entity.map(|(kind, _)| kind)).map(|kind| kind.as_str()));
        self.id("entity_id", entity.map(|(_, id)| id));
        self.some("action", action.map(|action| action.as_str()));
        self.days(*from, *to);
    }
}

//! An export's filter for the log: field and value of what was set, as the data file says it.

use crate::models::Day;
use crate::models::export::{Days, Export};
use crate::models::order::OrderFilter;

/// What of the filter was set.
pub fn filter(export: &Export) -> Vec<(&'static str, String)> {
    let mut set = Set::default();
    match export {
        Export::Customers(filter, _, days) => {
            set.text("search", &filter.search);
            set.some("level", filter.level.map(|level| level.as_str()));
            set.some("status", filter.status.map(|status| status.as_str()));
            set.some("tag", filter.tag.as_deref());
            set.days(days.from, days.to);
        }
        Export::Sales(filter, _) | Export::Orders(filter, _) => set.orders(filter),
        Export::Inventory(filter, _, Days { from, to }) => {
            set.text("search", &filter.search);
            set.some("category", filter.category.as_deref());
            set.some("status", filter.status.map(|status| status.as_str()));
            set.days(*from, *to);
        }
        Export::Followups(filter, _) => {
            set.text("search", &filter.search);
            set.some("due", Some(filter.due.as_str()));
            set.id("customer_id", filter.customer.map(|id| id.0));
        }
        Export::Quotes(filter, _) => {
            set.text("search", &filter.search);
            set.some("status", filter.state.map(|state| state.as_str()));
            set.id("customer_id", filter.customer.map(|id| id.0));
            set.days(filter.from, filter.to);
        }
        Export::Payments(filter, _) => {
            set.text("search", &filter.search);
            set.some("method", filter.method.as_deref());
            set.id("customer_id", filter.customer.map(|id| id.0));
            set.days(filter.from, filter.to);
        }
        Export::Receivables(filter, _) | Export::Ageing(filter, _) => {
            set.text("search", &filter.search);
            set.some("overdue", filter.overdue.then_some("true"));
        }
        Export::Movements(filter, _) => {
            set.text("search", &filter.search);
            set.some("type", filter.kind.map(|kind| kind.as_str()));
            set.id("product_id", filter.product.map(|id| id.0));
            set.days(filter.from, filter.to);
        }
        Export::Warnings(filter, _) => {
            set.text("search", &filter.search);
            set.some("category", filter.category.as_deref());
        }
        Export::Stocktakes(filter, _) => {
            set.text("search", &filter.search);
            set.some("status", filter.status.map(|status| status.as_str()));
        }
        Export::StocktakeLines(id, filter, _) => {
            set.id("stocktake_id", Some(id.0));
            set.text("search", &filter.search);
        }
        Export::Statistics(query) => {
            set.some("grouping", Some(query.grouping.as_str()));
            set.days(Some(query.period.from), Some(query.period.to));
        }
        Export::Logs(filter, _) => {
            set.text("search", &filter.text);
            set.id("user_id", filter.user.map(|id| id.0));
            set.some("module", filter.module.map(|module| module.as_str()));
            set.some("entity_type", filter.kind.map(|kind| kind.as_str()));
            set.some("action", filter.action.map(|action| action.as_str()));
            set.days(filter.from, filter.to);
        }
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

    fn id(&mut self, field: &'static str, id: Option<i64>) {
        self.0.extend(id.map(|id| (field, id.to_string())));
    }

    fn days(&mut self, from: Option<Day>, to: Option<Day>) {
        self.0.extend(from.map(|day| ("from", day.to_string())));
        self.0.extend(to.map(|day| ("to", day.to_string())));
    }

    fn orders(&mut self, filter: &OrderFilter) {
        self.text("search", &filter.search);
        self.some("status", filter.status.map(|status| status.as_str()));
        self.id("customer_id", filter.customer.map(|id| id.0));
        self.id("user_id", filter.person.map(|id| id.0));
        self.some("unpaid", filter.unpaid.then_some("true"));
        self.days(filter.from, filter.to);
    }
}

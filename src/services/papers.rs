//! Papers by the numbers people know, and what was printed for whom (rulings §10). Making the pages is the floor above; the records are read by
//! their own services.

use super::desk::Desk;
use crate::i18n::fill;
use crate::models::choice::{Entity, Module};
use crate::models::log::Changes;
use crate::models::paper::{PaperKind, Wanted};
use crate::models::rights::{Command, Verb};
use crate::models::{Day, Error, Result};
use crate::repositories as repo;

/// The paper of a number: a quote's, an order's (ours or the external one), a payment's; of a statement the customer's code or name, and its
/// period. `prices`: a delivery note with amounts. 4003 without the right to see sales, for a statement also customers; 4004 where there is none
/// within one's scope.
pub fn find(desk: &Desk, kind: PaperKind, number: &str, prices: bool, period: (Day, Day)) -> Result<Wanted> {
    let number = number.trim();
    desk.read(Command::FindPaper, |c, actor| {
        let own = actor.owner_filter(Module::Sales);
        let order = || repo::orders::find(c, number, own)?.ok_or(Error::NotFound(Entity::Order));
        match kind {
            PaperKind::Quote => repo::quotes::find(c, number, own)?.map(Wanted::Quote).ok_or(Error::NotFound(Entity::Quote)),
            PaperKind::Order => Ok(Wanted::Order(order()?)),
            PaperKind::Delivery => Ok(Wanted::Delivery(order()?, prices)),
            PaperKind::Receipt => {
                let (order, payment) = repo::payments::find(c, number, own)?.ok_or(Error::NotFound(Entity::Payment))?;
                Ok(Wanted::Receipt(order, payment))
            }
            PaperKind::Statement => {
                actor.need(Module::Customer, Verb::View)?;
                let customer = repo::customers::find(c, number, actor.owner_filter(Module::Customer))?;
                Ok(Wanted::Statement(customer.ok_or(Error::NotFound(Entity::Customer))?, period.0, period.1))
            }
        }
    })
}

/// Logs that a paper was made; `number` is the record's, or the customer's name on a statement. 4003 without the right to see sales.
pub fn printed(desk: &mut Desk, wanted: Wanted, number: &str) -> Result<()> {
    desk.write(Command::PrintPaper, |act| {
        let (entity, id) = match wanted {
            Wanted::Quote(id) => (Entity::Quote, id.0),
            Wanted::Order(id) | Wanted::Delivery(id, _) | Wanted::Receipt(id, _) => (Entity::Order, id.0),
            Wanted::Statement(id, ..) => (Entity::Customer, id.0),
        };
        let lang = act.actor.lang;
        let text = fill(lang.texts().logs.printed, &[&lang.paper_kind(wanted.kind()), &number]);
        act.log(entity, id, text, &Changes::default())
    })
}

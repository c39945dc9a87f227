//! What was printed for whom (rulings §10). Making the pages is the floor above; the records are read by their own services.

use super::desk::Desk;
use crate::i18n::fill;
use crate::models::Result;
use crate::models::choice::Entity;
use crate::models::log::Changes;
use crate::models::paper::Wanted;
use crate::models::rights::Command;

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

//! From a record to its paper: reads it as the person may see it.

use std::sync::Arc;

use super::kinds::{self, Style};
use super::layout::{Sheet, sheets};
use super::paperwork::{Letterhead, Logo, Paper, Paperwork};
use crate::i18n::Lang;
use crate::models::choice::Entity;
use crate::models::paper::Wanted;
use crate::models::picture::PictureName;
use crate::models::rights::Verb;
use crate::models::{Error, Result, choice::Module};
use crate::services::{Desk, orders, pictures, quotes, statements};

/// The paper of a record, in a language. 4003 for who may not see the amounts it is about, 4004 outside one's scope.
pub fn paperwork(desk: &Desk, wanted: Wanted, lang: Lang) -> Result<Paperwork> {
    let style = style(desk, lang)?;
    let hidden = || Error::Denied { module: Module::Sales, verb: Verb::View };
    match wanted {
        Wanted::Quote(id) => {
            let detail = quotes::get(desk, id)?;
            if detail.quote.total.is_some() { Ok(kinds::quote(&detail, &style)) } else { Err(hidden()) }
        }
        Wanted::Order(id) => {
            let detail = orders::get(desk, id)?;
            if detail.order.amounts.is_some() { Ok(kinds::order(&detail, &style)) } else { Err(hidden()) }
        }
        Wanted::Delivery(id, prices) => {
            let detail = orders::get(desk, id)?;
            if prices && detail.order.amounts.is_none() { Err(hidden()) } else { Ok(kinds::delivery(&detail, prices, &style)) }
        }
        Wanted::Receipt(order, payment) => {
            let detail = orders::get(desk, order)?;
            let payment = detail.payments.iter().find(|each| each.id == payment).cloned().ok_or(Error::NotFound(Entity::Payment))?;
            Ok(kinds::receipt(&detail, &payment, &style))
        }
        Wanted::Statement(customer, from, to) => Ok(kinds::statement(&statements::statement(desk, customer, from, to)?, &style)),
    }
}

/// The paper laid out.
pub fn pages(desk: &Desk, wanted: Wanted, lang: Lang, paper: Paper) -> Result<Vec<Sheet>> {
    sheets(&paperwork(desk, wanted, lang)?, paper)
}

fn style(desk: &Desk, lang: Lang) -> Result<Style> {
    let config = desk.config()?;
    let company = config.company;
    let bank = [company.bank, company.bank_account].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
    let letterhead = Letterhead {
        name: config.company_name,
        address: company.address,
        phone: company.phone,
        tax_number: company.tax_number,
        bank,
        logo: company.logo.and_then(|name| logo(desk, name)),
        footer: company.footer,
    };
    Ok(Style { lang, letterhead, zone: config.zone })
}

/// The logo, decoded. A missing or damaged one leaves its place empty: the paper itself is not to fail for it.
fn logo(desk: &Desk, name: PictureName) -> Option<Arc<Logo>> {
    let picture = pictures::thumbnail(&desk.key(), &name, PictureName::LOGO_PIXELS.0).ok()?;
    Some(Arc::new(Logo { name, picture }))
}

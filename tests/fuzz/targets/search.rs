//! Whatever is typed into a search field: never an error; customers and products are those that the plain reference finds.
//! The first byte chooses the list.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhanggui::models::Result;
use zhanggui::models::customer::CustomerFilter;
use zhanggui::models::log::LogFilter;
use zhanggui::models::order::OrderFilter;
use zhanggui::models::payment::{PaymentFilter, ReceivableFilter};
use zhanggui::models::product::ProductFilter;
use zhanggui::models::quote::QuoteFilter;
use zhanggui::models::stock::{MovementFilter, WarningFilter};
use zhanggui::services::{Desk, customers, logs, orders, payments, products, quotes, stock};
use zhanggui_fuzz::at_desk;
use zhanggui_fuzz::reference::{self, whole};

fuzz_target!(|bytes: &[u8]| {
    let Some((list, typed)) = bytes.split_first() else { return };
    let typed = String::from_utf8_lossy(typed);
    at_desk(|desk| look(desk, *list, &typed).unwrap_or_else(|error| panic!("{typed:?}: {error:?}")));
});

fn look(desk: &Desk, list: u8, typed: &str) -> Result<()> {
    let search = typed.to_owned();
    match list % 16 {
        0 => orders::list(desk, &OrderFilter { search, ..Default::default() }, &whole()).map(drop),
        1 => quotes::list(desk, &QuoteFilter { search, ..Default::default() }, &whole()).map(drop),
        2 => payments::list(desk, &PaymentFilter { search, ..Default::default() }, &whole()).map(drop),
        3 => payments::receivables(desk, &ReceivableFilter { search, ..Default::default() }, &whole()).map(drop),
        4 => stock::movements(desk, &MovementFilter { search, ..Default::default() }, &whole()).map(drop),
        5 => stock::warnings(desk, &WarningFilter { search, ..Default::default() }, &whole()).map(drop),
        6 => logs::list(desk, &LogFilter { text: search, ..Default::default() }, &whole()).map(drop),
        7 => products::scan(desk, typed).map(drop),
        8 => orders::sums(desk, &OrderFilter { search, ..Default::default() }).map(drop),
        9 | 10 => customers::find(desk, typed, 10).and_then(|_| products::find(desk, typed, 10)).map(drop),
        11..=13 => customers::list(desk, &CustomerFilter { search, ..Default::default() }, &whole()).map(|found| {
            let mut ids: Vec<_> = found.rows.iter().map(|row| row.id).collect();
            ids.sort();
            assert_eq!((found.total as usize, &ids), (ids.len(), &reference::customers(desk, typed)), "{typed:?}");
        }),
        _ => products::list(desk, &ProductFilter { search, ..Default::default() }, &whole()).map(|(found, _)| {
            let mut ids: Vec<_> = found.rows.iter().map(|row| row.id).collect();
            ids.sort();
            assert_eq!((found.total as usize, &ids), (ids.len(), &reference::products(desk, typed)), "{typed:?}");
        }),
    }
}

//! What a search finds by its plain definition: every word in some text of the record, looked up in memory.

use std::cell::OnceCell;

use zhanggui::models::customer::CustomerFilter;
use zhanggui::models::list::PageRequest;
use zhanggui::models::product::ProductFilter;
use zhanggui::models::{CustomerId, ProductId, Result, search};
use zhanggui::services::{Desk, customers, products};

/// All rows of a list in one page.
pub fn whole<S: Default>() -> PageRequest<S> {
    PageRequest { page_size: PageRequest::<S>::MAX_SIZE, ..PageRequest::first(S::default(), false) }
}

/// The customers that a search finds, by id.
pub fn customers(desk: &Desk, typed: &str) -> Vec<CustomerId> {
    thread_local!(static TEXTS: OnceCell<Texts<CustomerId>> = const { OnceCell::new() });
    TEXTS.with(|texts| found(texts.get_or_init(|| customer_texts(desk).expect("the customers")), typed))
}

/// The products that a search finds, by id.
pub fn products(desk: &Desk, typed: &str) -> Vec<ProductId> {
    thread_local!(static TEXTS: OnceCell<Texts<ProductId>> = const { OnceCell::new() });
    TEXTS.with(|texts| found(texts.get_or_init(|| product_texts(desk).expect("the products")), typed))
}

type Texts<I> = Vec<(I, Vec<String>)>;

fn found<I: Copy + Ord>(texts: &Texts<I>, typed: &str) -> Vec<I> {
    let words = search::words(typed);
    let fits = |texts: &[String]| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        words.iter().all(|word| search::matches(&texts, word))
    };
    let mut ids: Vec<I> = texts.iter().filter(|(_, texts)| fits(texts)).map(|(id, _)| *id).collect();
    ids.sort();
    ids
}

fn customer_texts(desk: &Desk) -> Result<Texts<CustomerId>> {
    let texts = |id| {
        let stored = customers::get(desk, id)?.0.input;
        Ok((id, [Some(stored.name), stored.contact_person, stored.phone, stored.email, stored.code].into_iter().flatten().collect()))
    };
    customers::list(desk, &CustomerFilter::default(), &whole())?.rows.iter().map(|row| texts(row.id)).collect()
}

fn product_texts(desk: &Desk) -> Result<Texts<ProductId>> {
    let texts = |id| {
        let stored = products::get(desk, id)?.input;
        Ok((id, [Some(stored.sku), Some(stored.name), stored.specification, stored.barcode].into_iter().flatten().collect()))
    };
    products::list(desk, &ProductFilter::default(), &whole())?.0.rows.iter().map(|row| texts(row.id)).collect()
}

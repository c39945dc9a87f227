//! R4: four processes with mixed commands on one file. All that they were told, taken together, is exactly what stands in the file.

#![expect(clippy::print_stdout, reason = "the test says what it measured")]

use std::collections::BTreeMap;
use std::time::Instant;

use crate::hands::{PRODUCTS, Running, Said, shop};
use crate::scale::{is_long, scaled};
use crate::told::{Facts, facts, moves};

const WORKERS: u64 = 4;

#[test]
fn four_processes_were_told_what_stands_in_the_file() {
    let f = shop();
    let start = facts(&f.path());
    let mut stock: BTreeMap<i64, i64> = (1..=PRODUCTS).map(|product| (product, stock_of(&f, product))).collect();
    let orders = scaled(100, 1000);
    let began = Instant::now();
    let workers: Vec<_> = (0..WORKERS).map(|seed| Running::start(&f.path(), seed + 1, Some(orders))).collect();
    let readers: Vec<_> = workers.into_iter().map(|worker| std::thread::spawn(move || history(worker))).collect();
    let histories: Vec<Vec<Said>> = readers.into_iter().map(|reader| reader.join().unwrap()).collect();
    let (mut told, mut refused) = (Facts::new(), 0);
    for said in histories.into_iter().flatten() {
        match said {
            Said::Told(fact) => {
                for (product, pieces) in moves(&fact) {
                    *stock.entry(product).or_default() += pieces;
                }
                assert!(!start.contains(&fact) && told.insert(fact.clone()), "two were told {fact}");
            }
            // A rule said no, or someone else was quicker. A lock that somebody holds is nobody's business.
            Said::Refused { code, text } => {
                assert!((4000..5000).contains(&code), "{text}");
                refused += 1;
            }
        }
    }
    println!("{} deeds told, {refused} refused, in {:.1} s", told.len(), began.elapsed().as_secs_f64());
    let numbers = |kind: &str| told.iter().filter(|fact| fact.starts_with(kind)).map(|fact| fact.split(' ').nth(1).unwrap()).collect::<Vec<_>>();
    for kind in ["order ", "payment ", "return ", "quote ", "moved ", "cancelled ", "shipped ", "completed ", "begun ", "posted "] {
        let mut all = numbers(kind);
        let count = all.len();
        all.dedup();
        assert_eq!(all.len(), count, "a number twice among {kind}");
        // A stocktake comes to its posting now and then only: in so short a run perhaps none.
        let sure = is_long() || kind != "posted ";
        assert!(count > 0 || !sure, "nobody did {kind}: the test would say nothing of it");
    }
    assert_eq!(numbers("order ").len(), orders * WORKERS as usize);
    for (product, pieces) in stock {
        assert_eq!(stock_of(&f, product), pieces, "stock of product {product}");
    }
    let now = facts(&f.path());
    let untold: Vec<_> = now.iter().filter(|fact| !start.contains(*fact) && !told.contains(*fact)).collect();
    let missing: Vec<_> = told.iter().filter(|fact| !now.contains(*fact)).collect();
    assert!(untold.is_empty() && missing.is_empty(), "not told: {untold:?}, told and not there: {missing:?}");
}

fn stock_of(f: &crate::fixture::Fixture, product: i64) -> i64 {
    f.figure(&format!("SELECT stock_quantity FROM products WHERE id = {product}"))
}

/// All that a process says until it ends by itself.
fn history(mut worker: Running) -> Vec<Said> {
    let said: Vec<_> = worker.by_ref().collect();
    assert!(worker.child.wait().unwrap().success(), "a worker failed");
    said
}

//! Search in the file finds exactly what the plain reference filter finds, whatever is typed (rulings §12, reliability S5).

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use zhanggui::models::choice::OrderStatus;
use zhanggui::models::customer::{CustomerFilter, CustomerInput, CustomerPage, CustomerRow, CustomerSort};
use zhanggui::models::list::{Page, Total};
use zhanggui::models::order::{OrderFilter, OrderPage, OrderSort};
use zhanggui::models::product::{ProductFilter, ProductInput, ProductPage, ProductSort};
use zhanggui::models::search;
use zhanggui::models::{CustomerId, ProductId};
use zhanggui::services::{customers, orders, products};

use crate::fixture::Fixture;

/// Characters of names: with second readings, of one syllable's beginning, half and full width, beyond 16 bits, right to left.
const LETTERS: &[char] = &[
    '重', '庆', '银', '行', '长', '兴', '北', '京', '科', '技', '西', '安', '先', '绿', '女', '𠮷', 'a', 'B', 'j', 'X', 'é', 'İ', 'ß', 'А', '0', '1',
    '8', '％', '%', '_', '\\', '"', '\'', '*', '(', ')', '-', '.', '×', 'א', '\u{202e}', '😀', ' ', '\u{3000}',
];

/// What people, and people who know SQL, type.
const WORDS: &[&str] = &[
    "cq",
    "chongqing",
    "zhongqing",
    "bj",
    "beij",
    "jing",
    "xian",
    "xi",
    "an",
    "yh",
    "hang",
    "kj",
    "keji",
    "lv",
    "nv",
    "c",
    "x",
    "%",
    "_",
    "\\",
    "\"",
    "\"\"",
    "'",
    "''",
    "*",
    "a*",
    "AND",
    "OR",
    "NOT",
    "NEAR(",
    "NEAR(a b)",
    "(",
    ")",
    "grams:",
    "grams : a",
    "^a",
    "-",
    "--",
    ";",
    "\0",
    "a\0b",
    "\u{202e}",
    "א",
    "😀",
    "{a}",
    "+",
    "北\"",
    "b%",
    "\u{f8ff}",
    "🏽",
    "0",
    "bei1",
];

fn text(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(LETTERS), 0..most).prop_map(|letters| letters.into_iter().collect())
}

fn record() -> impl Strategy<Value = [String; 4]> {
    (text(9), text(4), text(5), text(4)).prop_map(|(name, contact, phone, code)| [format!("{name}司"), contact, phone, code])
}

/// A word to search: one of the list, random letters, or a piece of a record's text chosen by the numbers.
#[derive(Clone, Debug)]
enum Word {
    Given(String),
    Piece(usize, usize, usize),
}

fn word() -> impl Strategy<Value = Word> {
    prop_oneof![
        prop::sample::select(WORDS).prop_map(|word| Word::Given(word.to_owned())),
        text(4).prop_map(Word::Given),
        (any::<usize>(), any::<usize>(), 1..4usize).prop_map(|(record, start, length)| Word::Piece(record, start, length)),
    ]
}

fn typed(words: &[Word], records: &[[String; 4]]) -> String {
    let typed = words.iter().map(|word| match word {
        Word::Given(text) => text.clone(),
        Word::Piece(record, start, length) => {
            let all: Vec<char> = records[record % records.len()].concat().chars().collect();
            all.iter().skip(start % all.len()).take(*length).collect()
        }
    });
    typed.collect::<Vec<_>>().join(" ")
}

/// Which records the reference finds: every word in some text.
fn reference(records: &[Vec<String>], typed: &str) -> Vec<bool> {
    let words = search::words(typed);
    let found = |texts: &Vec<String>| {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        words.iter().all(|word| search::matches(&texts, word))
    };
    records.iter().map(found).collect()
}

fn tidy(text: &str) -> Option<String> {
    Some(text.to_owned()).filter(|text| !text.trim().is_empty())
}

/// 64 cases of four records and six searches each, the same ones every time.
fn run(test: impl Fn(&[[String; 4]], &[Vec<Word>]) -> Result<(), TestCaseError>) {
    let records = prop::collection::vec(record(), 1..5);
    let searches = prop::collection::vec(prop::collection::vec(word(), 1..4), 6);
    let config = Config { cases: 64, failure_persistence: None, max_shrink_iters: 200, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, proptest::test_runner::TestRng::deterministic_rng(Default::default()));
    runner.run(&(records, searches), |(records, searches)| test(&records, &searches)).unwrap();
}

#[test]
fn customers_are_found_as_the_reference_says() {
    let f = RefCell::new(Fixture::new());
    run(|records, searches| {
        let desk = &mut f.borrow_mut().desk;
        let (mut ids, mut texts): (Vec<CustomerId>, Vec<Vec<String>>) = Default::default();
        for (at, [name, contact, phone, code]) in records.iter().enumerate() {
            let input = CustomerInput {
                name: name.clone(),
                contact_person: tidy(contact),
                // Not taken for a mobile number with missing digits.
                phone: tidy(phone).map(|phone| format!("+{phone}")),
                email: Some(format!("k{at}@qiming.cn")),
                code: Some(format!("{code}#{at}")),
                ..Default::default()
            };
            let id = customers::create(desk, &input).unwrap();
            let stored = customers::get(desk, id).unwrap().0.input;
            ids.push(id);
            texts.push([Some(stored.name), stored.contact_person, stored.phone, stored.email, stored.code].into_iter().flatten().collect());
        }
        for words in searches {
            let typed = typed(words, records);
            let filter = CustomerFilter { search: typed.clone(), ..Default::default() };
            let page = customers::list(desk, &filter, &CustomerPage::first(CustomerSort::Created, false)).unwrap();
            let found: Vec<bool> = ids.iter().map(|id| page.rows.iter().any(|row| row.id == *id)).collect();
            prop_assert_eq!(page.total as usize, page.rows.len());
            prop_assert_eq!(found, reference(&texts, &typed), "{:?} in {:?}", typed, texts);
        }
        for id in ids {
            customers::delete(desk, id).unwrap();
        }
        Ok(())
    });
}

#[test]
fn products_are_found_as_the_reference_says() {
    let f = RefCell::new(Fixture::new());
    run(|records, searches| {
        let desk = &mut f.borrow_mut().desk;
        let (mut ids, mut texts): (Vec<ProductId>, Vec<Vec<String>>) = Default::default();
        for (at, [name, specification, sku, barcode]) in records.iter().enumerate() {
            let input = ProductInput {
                sku: format!("{sku}#{at}"),
                name: name.clone(),
                specification: tidy(specification),
                barcode: tidy(barcode).map(|barcode| format!("{barcode}{at}")),
                ..Default::default()
            };
            let id = products::create(desk, &input).unwrap();
            let stored = products::get(desk, id).unwrap().input;
            ids.push(id);
            texts.push([Some(stored.sku), Some(stored.name), stored.specification, stored.barcode].into_iter().flatten().collect());
        }
        for words in searches {
            let typed = typed(words, records);
            let filter = ProductFilter { search: typed.clone(), ..Default::default() };
            let (page, _) = products::list(desk, &filter, &ProductPage::first(ProductSort::Sku, false)).unwrap();
            let found: Vec<bool> = ids.iter().map(|id| page.rows.iter().any(|row| row.id == *id)).collect();
            prop_assert_eq!(found, reference(&texts, &typed), "{:?} in {:?}", typed, texts);
        }
        for id in ids {
            products::delete(desk, id).unwrap();
        }
        Ok(())
    });
}

#[test]
fn a_customer_is_found_by_any_part_of_him_and_by_pinyin() {
    let mut f = Fixture::new();
    let input = CustomerInput {
        name: "北京科技有限公司".into(),
        contact_person: Some("周明".into()),
        phone: Some("13800006620".into()),
        email: Some("zhou.ming@bj-tech.cn".into()),
        code: Some("KH_007".into()),
        ..Default::default()
    };
    customers::create(&mut f.desk, &input).unwrap();
    customers::create(&mut f.desk, &CustomerInput { name: "上海五金".into(), code: Some("KHX008".into()), ..Default::default() }).unwrap();
    let found = |search: &str| customers::find(&f.desk, search, 10).unwrap().into_iter().map(|row| row.name).collect::<Vec<_>>();
    for search in ["京科", "bjkj", "BJKJ", "beijing", "keji bei", "zm", "zhoum", "8000066", "tech.cn", "KH_0", "kh_", "周 6620 bj", "  公司  "] {
        assert_eq!(found(search), ["北京科技有限公司"], "{search}");
    }
    for search in ["%", "KH%", "eijing", "bj sh", "*", "\"", "北*"] {
        assert_eq!(found(search), [""; 0], "{search}");
    }
}

/// So many that a search is not counted to its end.
const MANY: u64 = Total::COUNTED + 30;

/// Customers named 公司, products and orders of theirs, written past the services; a few of them are called otherwise too.
fn many() -> Fixture {
    let f = Fixture::new();
    let numbers = format!("WITH RECURSIVE n (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM n WHERE n < {MANY})");
    let at = "'2026-01-29 02:00:00'";
    for sql in [
        format!("{numbers} INSERT INTO customers (id, name, created_by, last_order_at) SELECT n, '公司 ' || n || IIF(n % 1000, '', ' 甲乙'), 1, {at} FROM n"),
        format!("{numbers} INSERT INTO products (id, name, sku) SELECT n, '公司 ' || n || IIF(n % 1000, '', ' 甲乙'), n FROM n"),
        format!(
            "{numbers} INSERT INTO orders (id, order_no, external_no, customer_id, status, order_date, order_day, ship_date, complete_date, stock_state, created_by)
             SELECT n, n, n, n, IIF(n % 5000, 'completed', 'shipped'), {at}, '2026-01-29', {at}, {at}, 'untracked', 1 FROM n"
        ),
        "INSERT INTO customer_search (rowid, grams, syllables) SELECT id, '公司 司\u{f8ff}' || IIF(id % 1000, '', ' 甲乙'), '' FROM customers".into(),
        "INSERT INTO product_search (rowid, grams, syllables) SELECT id, '公司 司\u{f8ff}' || IIF(id % 1000, '', ' 甲乙'), '' FROM products".into(),
        "INSERT INTO order_search (rowid, grams, syllables) SELECT id, '无关', '' FROM orders".into(),
    ] {
        f.sql(&sql).unwrap();
    }
    f
}

#[test]
fn a_search_that_finds_very_many_is_counted_as_far_as_it_says() {
    let f = many();
    let page = |page| CustomerPage { page, page_size: 20, sort: CustomerSort::Name, descending: false };
    let customers = |search: &str, at| customers::list(&f.desk, &CustomerFilter { search: search.into(), ..Default::default() }, &page(at)).unwrap();
    let found = customers("公司", 1);
    assert_eq!((found.total, found.more, found.pages(), found.rows.len()), (Total::COUNTED, true, 500, 20));
    // In the order asked for, up to the last page that is counted.
    let names = |page: Page<CustomerRow>| page.rows.into_iter().map(|row| row.name).collect::<Vec<_>>();
    let mut expected: Vec<String> = (1..=MANY).map(|n| format!("公司 {n}{}", if n % 1000 == 0 { " 甲乙" } else { "" })).collect();
    expected.sort();
    assert_eq!(names(found), expected[..20]);
    assert_eq!(names(customers("公司", 500)), expected[9_980..10_000]);
    // A word more, and it is counted.
    let found = customers("公司 甲乙", 1);
    assert_eq!((found.total, found.more, found.rows.len()), (10, false, 10));
    // Without a search everything is.
    let found = customers("", 1);
    assert_eq!((found.total, found.more), (MANY, false));

    let filter = ProductFilter { search: "公司".into(), ..Default::default() };
    let found = products::list(&f.desk, &filter, &ProductPage::first(ProductSort::Sku, true)).unwrap().0;
    assert_eq!((found.total, found.more, found.rows.len(), found.rows[0].sku.as_str()), (Total::COUNTED, true, 20, "9999"));
}

#[test]
fn orders_of_very_many_customers_are_counted_as_far_as_it_says() {
    let f = many();
    let list = |search: &str, status| {
        let filter = OrderFilter { search: search.into(), status, ..Default::default() };
        let (page, counts) = orders::list(&f.desk, &filter, &OrderPage::first(OrderSort::Customer, false)).unwrap();
        (page, counts.map(|counts| counts.all()), orders::sums(&f.desk, &filter).unwrap().is_some())
    };
    let (found, counts, summed) = list("公司", None);
    assert_eq!((found.total, found.more, counts, summed), (Total::COUNTED, true, None, false));
    assert_eq!(found.rows.iter().take(3).map(|row| row.customer_name.as_str()).collect::<Vec<_>>(), ["公司 1", "公司 10", "公司 100"]);
    let (found, counts, summed) = list("公司", Some(OrderStatus::Shipped));
    assert_eq!((found.total, found.more, found.rows.len(), counts, summed), (2, false, 2, Some(MANY as i64), true));
    let (found, counts, summed) = list("公司 甲乙", None);
    assert_eq!((found.total, found.more, counts, summed), (10, false, Some(10), true));
}

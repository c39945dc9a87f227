//! The search index: one FTS5 table per kind of record, written beside the record, asked by lists.
//!
//! A text goes in as overlapping pairs of characters, so that any part of it is a phrase; Chinese also as pinyin syllables.
//! The question a word asks is the one of `models::search`; this module only makes it fast. Where nearly everything is a hit, the rows themselves are
//! asked, one by one.

use super::paging::Slice;
use crate::database::finding::FINDS;
use crate::database::{Conditions, Connection, Get, each, execute, one, params};
use crate::models::choice::OrderStatus;
use crate::models::list::Total;
use crate::models::search::{lower, readings, segmentations, words};
use crate::models::{Result, UserId};

/// What can be searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    Customers,
    Products,
    Orders,
    Quotes,
}

impl Index {
    fn table(self) -> &'static str {
        match self {
            Index::Customers => "customer_search",
            Index::Products => "product_search",
            Index::Orders => "order_search",
            Index::Quotes => "quote_search",
        }
    }

    /// The table of the records.
    fn records(self) -> &'static str {
        match self {
            Index::Customers => "customers",
            Index::Products => "products",
            Index::Orders => "orders",
            Index::Quotes => "quotes",
        }
    }

    /// What a record is found by, as the repositories put it into the index.
    fn texts(self) -> &'static str {
        match self {
            Index::Customers => "t.name, t.contact_person, t.phone, t.email, t.code",
            Index::Products => "t.sku, t.name, t.specification, t.barcode",
            Index::Orders => "t.order_no, t.external_no",
            Index::Quotes => "t.quote_no",
        }
    }
}

/// Writes or replaces the row of a record.
pub fn put(c: &Connection, index: Index, id: i64, texts: &[&str]) -> Result<()> {
    let (grams, syllables) = document(texts);
    write(c, index, id, &grams, &syllables)
}

fn write(c: &Connection, index: Index, id: i64, grams: &str, syllables: &str) -> Result<()> {
    let sql = match index {
        Index::Customers => "INSERT OR REPLACE INTO customer_search (rowid, grams, syllables) VALUES (?1, ?2, ?3)",
        Index::Products => "INSERT OR REPLACE INTO product_search (rowid, grams, syllables) VALUES (?1, ?2, ?3)",
        Index::Orders => "INSERT OR REPLACE INTO order_search (rowid, grams, syllables) VALUES (?1, ?2, ?3)",
        Index::Quotes => "INSERT OR REPLACE INTO quote_search (rowid, grams, syllables) VALUES (?1, ?2, ?3)",
    };
    execute(c, sql, params![id, grams, syllables])?;
    Ok(())
}

/// Rows of many records that are written together, later in the transaction of the records. Any other statement between two of them would have
/// SQLite sort each into the index by itself, which takes several times as long as the records.
#[must_use = "what is added is written by `finish`"]
pub struct Batch {
    index: Index,
    rows: Vec<(i64, String, String)>,
}

impl Batch {
    /// So many rows are kept in memory; writing them must not keep who cancels waiting.
    const MOST: usize = 4_000;

    pub fn new(index: Index) -> Batch {
        Batch { index, rows: Vec::new() }
    }

    /// As [`put`], at the latest by [`Batch::finish`].
    pub fn add(&mut self, c: &Connection, id: i64, texts: &[&str]) -> Result<()> {
        let (grams, syllables) = document(texts);
        self.rows.push((id, grams, syllables));
        if self.rows.len() >= Self::MOST { self.write(c) } else { Ok(()) }
    }

    /// Writes what is left.
    pub fn finish(mut self, c: &Connection) -> Result<()> {
        self.write(c)
    }

    fn write(&mut self, c: &Connection) -> Result<()> {
        self.rows.drain(..).try_for_each(|(id, grams, syllables)| write(c, self.index, id, &grams, &syllables))
    }
}

/// Removes the row of a record.
pub fn remove(c: &Connection, index: Index, id: i64) -> Result<()> {
    execute(c, &format!("DELETE FROM {} WHERE rowid = ?1", index.table()), params![id])?;
    Ok(())
}

/// How rows are told from those that are not found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Test {
    /// All hits are listed first: quick where they are few, and where all are wanted.
    Listed,
    /// The rows are come across in their order, `most` of them, and each is looked at: quick where many are hits and one page of them is wanted.
    /// Where the hits stand at the far end the page is not full, and they are better listed.
    Walked { most: u64 },
}

impl Test {
    /// A row that is looked at takes as long as so many that are listed and sorted, measured at 100,000 and a million rows.
    const LOOK: u64 = 5;

    /// The quicker one for a page of the records that a search finds, `total` in all where that is known.
    pub fn of_page(c: &Connection, index: Index, search: &str, slice: Slice, total: Option<Total>) -> Result<Test> {
        if words(search).is_empty() {
            return Ok(Test::Listed);
        }
        let found = match total {
            Some(total) => total.about(),
            None => self::total(c, index, search)?.map_or(0, Total::about),
        };
        Ok(Test::quicker(slice, found, last_id(c, index)?))
    }

    /// Where so many rows of about `all` are found.
    fn quicker(slice: Slice, found: u64, all: u64) -> Test {
        let wanted = slice.before.saturating_add(slice.length).unsigned_abs();
        let come_across = wanted.saturating_mul(all) / found.max(1);
        if come_across.saturating_mul(Self::LOOK) < found { Test::Walked { most: found / Self::LOOK } } else { Test::Listed }
    }

    /// The ids of a slice: of the rows of `table`, named with its alias (`orders o`), that meet the conditions, in this order.
    pub fn ids(self, table: &str, id: &str, conditions: &Conditions, order: &str) -> String {
        let alias = table.rsplit(' ').next().unwrap_or(table);
        let (from, order) = match self {
            Test::Listed => (table.to_owned(), order),
            Test::Walked { most } => (format!("(SELECT * FROM {table} {order} LIMIT {most}) {alias}"), ""),
        };
        format!("SELECT {id} AS id FROM {from} {} {order} LIMIT ? OFFSET ?", conditions.to_sql())
    }
}

/// Reads a page with a test, and by listing the hits where it did not come out full.
pub fn page<T>(test: Test, slice: Slice, mut read: impl FnMut(Test) -> Result<Vec<T>>) -> Result<Vec<T>> {
    let rows = read(test)?;
    let full = rows.len() as u64 == slice.length.unsigned_abs();
    if full || test == Test::Listed { Ok(rows) } else { read(Test::Listed) }
}

/// How many records a search finds, whatever else is asked of them; `None` where it has no word.
pub fn total(c: &Connection, index: Index, search: &str) -> Result<Option<Total>> {
    let table = index.table();
    let hits = format!("SELECT rowid AS hit FROM {table} WHERE {table} MATCH ?");
    question_of(search).map(|question| counted(c, &hits, &[&question], last_id(c, index)?)).transpose()
}

/// The orders of the customers that a search finds.
pub enum OfCustomers {
    /// Each one's status.
    All(Vec<OrderStatus>),
    /// They are more than [`Total::COUNTED`].
    Many(Total),
}

/// The orders, of one status where it is given, of the customers that a search finds; `None` where it has no word.
pub fn orders_of_customers(c: &Connection, search: &str, status: Option<OrderStatus>) -> Result<Option<OfCustomers>> {
    let Some(question) = question_of(search) else { return Ok(None) };
    // Customer by customer as the index finds them, so that nothing is read behind what is counted.
    let sql = format!(
        "SELECT s.rowid AS customer, o.status FROM customer_search s CROSS JOIN orders o ON o.customer_id = s.rowid
         WHERE s.customer_search MATCH ?1 AND (?2 IS NULL OR o.status = ?2) LIMIT {}",
        Total::COUNTED + 1
    );
    let (mut reached, mut statuses) = (0, Vec::new());
    let mut take = |(customer, status): (i64, OrderStatus)| {
        reached = customer;
        statuses.push(status);
        Ok(())
    };
    each(c, &sql, params![question, status], |row| Ok((row.get(0)?, row.get(1)?)), &mut take)?;
    let count = statuses.len() as u64;
    if count <= Total::COUNTED {
        return Ok(Some(OfCustomers::All(statuses)));
    }
    Ok(Some(OfCustomers::Many(about(count, reached, last_id(c, Index::Customers)?))))
}

/// Whether some word of a search is found in a document of this kind, and not only in its customer.
pub fn is_in_documents(c: &Connection, index: Index, search: &str) -> Result<bool> {
    for word in words(search) {
        if exists(c, index, &word)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Counts hits that come by their ids as far as [`Total::COUNTED`]; how many there are is told by how far that went of all ids.
fn counted(c: &Connection, hits: &str, params: &[&dyn rusqlite::ToSql], last: u64) -> Result<Total> {
    let sql = format!("SELECT COUNT(*) AS count, MAX(hit) AS reached FROM ({hits} LIMIT {})", Total::COUNTED + 1);
    let (count, reached): (i64, Option<i64>) = one(c, &sql, params, |row| Ok((row.col("count")?, row.col("reached")?)))?;
    let count = count.unsigned_abs();
    if count <= Total::COUNTED {
        return Ok(Total::Exactly(count));
    }
    Ok(about(count, reached.unwrap_or(1), last))
}

/// How many there are where so many were counted as far as this id, of all up to the last one.
fn about(count: u64, reached: i64, last: u64) -> Total {
    let about = u128::from(count) * u128::from(last) / u128::from(reached.unsigned_abs().max(1));
    Total::Many { about: about.try_into().unwrap_or(u64::MAX) }
}

/// About how many records there are.
fn last_id(c: &Connection, index: Index) -> Result<u64> {
    let last: Option<i64> = one(c, &format!("SELECT MAX(id) FROM {}", index.records()), [], |row| row.get(0))?;
    Ok(last.unwrap_or_default().unsigned_abs())
}

/// The FTS5 expression of all words of a search; `None` where it has none.
fn question_of(search: &str) -> Option<String> {
    let asked: Vec<String> = words(search).iter().map(|word| question(word)).collect();
    (!asked.is_empty()).then(|| asked.join(" AND "))
}

/// Adds the condition that the record `id_column` is found by every word of `search`; nothing where there is no word.
pub fn add_condition(conditions: &mut Conditions, index: Index, id_column: &str, search: &str, test: Test) {
    match (test, question_of(search)) {
        (_, None) => {}
        (Test::Listed, Some(question)) => conditions.add(&listed(index, id_column), [Box::new(question)]),
        (Test::Walked { .. }, Some(_)) => {
            for word in words(search) {
                conditions.add(&looked_at(index, id_column), [Box::new(word)]);
            }
        }
    }
}

/// The customer a document is of, and whose customers the person reaches; `None`: everyone's.
#[derive(Clone, Copy, Debug)]
pub struct OfCustomer<'a> {
    pub id_column: &'a str,
    pub own: Option<UserId>,
}

impl OfCustomer<'_> {
    /// A word is found in the customer. Of someone else's customer the document says the name, so only the name is searched:
    /// nobody finds out a telephone number by asking for parts of it (rulings §8).
    fn clause(self, word: &str, test: Test) -> (String, Vec<Box<dyn rusqlite::ToSql>>) {
        let (found, value) = clause(Index::Customers, self.id_column, word, test);
        let Some(own) = self.own else { return (found, vec![Box::new(value)]) };
        let id = self.id_column;
        let sql = format!(
            "({found} AND EXISTS (SELECT 1 FROM customers n WHERE n.id = {id} AND (n.assigned_to = ? OR n.assigned_to IS NULL))
              OR EXISTS (SELECT 1 FROM customers n WHERE n.id = {id} AND instr(lower(n.name), ?) > 0))"
        );
        (sql, vec![Box::new(value), Box::new(own), Box::new(word.to_owned())])
    }
}

/// As [`add_condition`], where each word may be found in the document or in its customer.
pub fn add_condition_either(
    c: &Connection,
    conditions: &mut Conditions,
    (index, id_column): (Index, &str),
    customer: OfCustomer<'_>,
    search: &str,
    test: Test,
) -> Result<()> {
    let words = words(search);
    let Some(question) = question_of(search) else { return Ok(()) };
    if test == Test::Listed && customer.own.is_none() {
        // Most words are those of customers alone: then all of them are asked together.
        if !is_in_documents(c, index, search)? {
            conditions.add(&listed(Index::Customers, customer.id_column), [Box::new(question)]);
            return Ok(());
        }
        let either = format!(
            "{id_column} IN (SELECT rowid FROM {table} WHERE {table} MATCH ? UNION ALL
                 SELECT d.id FROM {} d WHERE d.customer_id IN (SELECT rowid FROM customer_search WHERE customer_search MATCH ?))",
            index.records(),
            table = index.table()
        );
        for word in &words {
            conditions.add(&either, [Box::new(self::question(word)), Box::new(self::question(word))]);
        }
        return Ok(());
    }
    for word in words {
        let (in_document, value) = clause(index, id_column, &word, test);
        let (in_customer, mut values) = customer.clause(&word, test);
        values.insert(0, Box::new(value));
        conditions.add_all(&format!("({in_document} OR {in_customer})"), values);
    }
    Ok(())
}

/// Whether a word is found in any record.
fn exists(c: &Connection, index: Index, word: &str) -> Result<bool> {
    let table = index.table();
    one(c, &format!("SELECT EXISTS (SELECT 1 FROM {table} WHERE {table} MATCH ?1)"), params![question(word)], |row| row.get(0))
}

/// Adds the condition that the customer of a document is found by every word of `search`.
pub fn add_customer_condition(conditions: &mut Conditions, customer: OfCustomer<'_>, search: &str) {
    for word in words(search) {
        let (sql, values) = customer.clause(&word, Test::Listed);
        conditions.add_all(&sql, values);
    }
}

/// Each word may be found in a record, in its customer where that may be searched, or be part of a short text column such as a number.
pub fn add_condition_any(conditions: &mut Conditions, record: (Index, &str), customer: Option<OfCustomer<'_>>, column: &str, search: &str) {
    for word in words(search) {
        let mut any = vec![listed(record.0, record.1)];
        let mut values: Vec<Box<dyn rusqlite::ToSql>> = vec![Box::new(question(&word))];
        if let Some(customer) = customer {
            let (sql, more) = customer.clause(&word, Test::Listed);
            any.push(sql);
            values.extend(more);
        }
        any.push(format!("instr(lower({column}), ?) > 0"));
        values.push(Box::new(word));
        conditions.add_all(&format!("({})", any.join(" OR ")), values);
    }
}

/// The condition that one word finds a record, and what is bound to its `?`.
fn clause(index: Index, id_column: &str, word: &str, test: Test) -> (String, String) {
    match test {
        Test::Listed => (listed(index, id_column), question(word)),
        Test::Walked { .. } => (looked_at(index, id_column), word.to_owned()),
    }
}

fn listed(index: Index, id_column: &str) -> String {
    let table = index.table();
    format!("{id_column} IN (SELECT rowid FROM {table} WHERE {table} MATCH ?)")
}

fn looked_at(index: Index, id_column: &str) -> String {
    format!("EXISTS (SELECT 1 FROM {} t WHERE t.id = {id_column} AND {FINDS}(?, {}))", index.records(), index.texts())
}

/// Stands behind the last character of a text, so that it is found alone too.
const END: char = '\u{f8ff}';

/// The two columns of a record's row.
fn document(texts: &[&str]) -> (String, String) {
    let mut grams = String::new();
    let mut syllables = String::new();
    for text in texts {
        add_grams(&mut grams, &lower(text));
        let mut seen: Vec<String> = Vec::new();
        for reading in readings(text) {
            let initials = reading.initials();
            if !seen.contains(&initials) {
                add_grams(&mut grams, &initials);
                seen.push(initials);
            }
            for run in reading.runs() {
                syllables.push_str(&run.join(" "));
                // A digit is no syllable: no phrase reaches over it.
                syllables.push_str(" 0 ");
            }
        }
    }
    (grams, syllables)
}

/// Pairs of neighbouring characters of each word of a text.
fn add_grams(out: &mut String, text: &str) {
    for word in text.split_whitespace() {
        let mut characters = word.chars().peekable();
        while let Some(c) = characters.next() {
            out.push(encoded(c));
            out.push(characters.peek().map_or(END, |&next| encoded(next)));
            out.push(' ');
        }
    }
}

/// A character that the tokenizer takes as part of a token: private-use stand-ins for punctuation and everything it could fold.
fn encoded(c: char) -> char {
    match c {
        'a'..='z' | '0'..='9' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' => c,
        _ => {
            let code = u32::from(c);
            let plane = if code < 0x1_0000 { 0xF_0000 } else { 0x10_0000 };
            // The last two points of a plane are no characters.
            char::from_u32(plane + (code & 0xFFFF).min(0xFFFD)).unwrap_or('\u{f0000}')
        }
    }
}

/// The FTS5 expression of one word. Every token is quoted, so no syntax gets through.
fn question(word: &str) -> String {
    let characters: Vec<char> = word.chars().map(encoded).collect();
    let mut any = vec![match characters.as_slice() {
        [one] => format!("grams : \"{one}\" *"),
        several => {
            let pairs: Vec<String> = several.windows(2).map(|pair| pair.iter().collect()).collect();
            format!("grams : \"{}\"", pairs.join(" "))
        }
    }];
    any.extend(segmentations(word).iter().map(|syllables| format!("syllables : \"{}\" *", syllables.join(" "))));
    format!("({})", any.join(" OR "))
}

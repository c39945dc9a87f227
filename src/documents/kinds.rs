//! What stands on each kind of paper: a quote, an order, a delivery note, a receipt, a statement. Records in, a paper out; no query, no place.

use super::paperwork::{Carry, Letterhead, PaperColumn, Paperwork, Side, Table};
use crate::i18n::{Lang, fill};
use crate::models::customer::shown_phone;
use crate::models::money::quantity;
use crate::models::order::{OrderCustomer, OrderDetail, OrderItem};
use crate::models::payment::Payment;
use crate::models::quote::{QuoteDetail, QuoteItem};
use crate::models::statement::{EntryKind, Statement};
use crate::models::{Money, Zone};

/// How a paper is written.
#[derive(Clone, Debug)]
pub struct Style {
    pub lang: Lang,
    pub letterhead: Letterhead,
    pub zone: Zone,
}

/// One line of goods, whichever paper it stands on.
struct Goods<'a> {
    sku: &'a str,
    name: &'a str,
    specification: Option<&'a str>,
    unit: &'a str,
    quantity: i64,
    price: Option<(Money, Money)>,
}

impl<'a> From<&'a OrderItem> for Goods<'a> {
    fn from(item: &'a OrderItem) -> Goods<'a> {
        let specification = item.specification.as_deref();
        Goods { sku: &item.sku, name: &item.name, specification, unit: &item.unit, quantity: item.quantity, price: item.price }
    }
}

impl<'a> From<&'a QuoteItem> for Goods<'a> {
    fn from(item: &'a QuoteItem) -> Goods<'a> {
        let specification = item.specification.as_deref();
        Goods { sku: &item.sku, name: &item.name, specification, unit: &item.unit, quantity: item.quantity, price: item.price }
    }
}

const fn column(title: &'static str, share: f32, side: Side) -> PaperColumn {
    PaperColumn { title, share, side, wraps: false }
}

/// The table of goods, with amounts where they are known and wanted.
fn goods_table(goods: &[Goods<'_>], lang: Lang, prices: bool) -> Table {
    let t = &lang.texts().papers;
    let prices = prices && goods.iter().all(|line| line.price.is_some());
    let mut columns = vec![
        column(t.line, 0.7, Side::Centre),
        PaperColumn { wraps: true, ..column(t.sku, 1.6, Side::Left) },
        PaperColumn { wraps: true, ..column(t.product, 4.2, Side::Left) },
        PaperColumn { wraps: true, ..column(t.unit, 0.8, Side::Centre) },
        column(t.quantity, 1.2, Side::Right),
    ];
    if prices {
        columns.extend([column(t.price, 1.4, Side::Right), column(t.amount, 1.7, Side::Right)]);
    } else {
        columns.push(column(t.remarks, 2.0, Side::Left));
    }
    let row = |(at, line): (usize, &Goods<'_>)| {
        let name = [Some(line.name), line.specification].into_iter().flatten().collect::<Vec<_>>().join(" ");
        let mut cells = vec![(at + 1).to_string(), line.sku.to_owned(), name, line.unit.to_owned(), quantity(line.quantity)];
        match line.price.filter(|_| prices) {
            Some((price, subtotal)) => cells.extend([price.to_string(), subtotal.to_string()]),
            None => cells.push(String::new()),
        }
        cells
    };
    let rows = goods.iter().enumerate().map(row).collect();
    let amounts: Vec<Money> = goods.iter().filter_map(|line| line.price.map(|(_, subtotal)| subtotal)).collect();
    let pieces: i64 = goods.iter().map(|line| line.quantity).sum();
    let mut total = vec![String::new(), String::new(), t.total.to_owned(), String::new(), quantity(pieces)];
    if prices {
        let sum = Money::sum_from_fen(amounts.iter().map(|amount| amount.fen()).sum());
        total.extend([String::new(), sum.to_string()]);
    } else {
        total.push(String::new());
    }
    let carry = prices.then_some(Carry { column: 6, amounts, brought: t.brought, carried: t.carried });
    Table { columns, rows, carry, total: Some(total) }
}

fn party(customer: &OrderCustomer, lang: Lang, delivery: bool) -> Vec<(&'static str, String)> {
    let t = &lang.texts().papers;
    let mut facts = vec![(t.customer, customer.name.clone())];
    facts.extend(customer.contact_person.clone().map(|name| (t.contact, name)));
    facts.extend(customer.phone.as_deref().map(|phone| (t.phone, shown_phone(phone))));
    facts.extend(customer.address.clone().filter(|_| delivery).map(|address| (t.address, address)));
    facts
}

fn paper(style: &Style, title: &str) -> Paperwork {
    let t = &style.lang.texts().papers;
    let mut letterhead = style.letterhead.clone();
    if !letterhead.phone.is_empty() {
        letterhead.phone = fill(t.phone_of, &[&letterhead.phone]);
    }
    if !letterhead.tax_number.is_empty() {
        letterhead.tax_number = fill(t.tax_number, &[&letterhead.tax_number]);
    }
    Paperwork { letterhead, title: title.to_owned(), page: t.page, ..Paperwork::default() }
}

/// The amount in Chinese words; an English paper has none.
fn words(lang: Lang, amount: Money) -> Option<(&'static str, String)> {
    lang.capitals(amount).map(|capitals| (lang.texts().papers.capitals, capitals))
}

/// 报价单.
pub fn quote(detail: &QuoteDetail, style: &Style) -> Paperwork {
    let (quote, t) = (&detail.quote, &style.lang.texts().papers);
    let goods: Vec<Goods<'_>> = detail.items.iter().map(Goods::from).collect();
    let mut facts = vec![(t.number, quote.quote_no.clone()), (t.day, quote.created_at.day(style.zone).to_string())];
    facts.extend([(t.valid_until, quote.valid_until.to_string()), (t.person, quote.created_by_name.clone())]);
    facts.extend(party(&detail.customer, style.lang, true));
    Paperwork {
        facts,
        table: goods_table(&goods, style.lang, true),
        capitals: quote.total.and_then(|total| words(style.lang, total)),
        notes: quote.notes.clone().map(|notes| (t.notes, notes)),
        signatures: vec![t.made_by, t.customer_signs],
        ..paper(style, t.quote)
    }
}

/// 销售单.
pub fn order(detail: &OrderDetail, style: &Style) -> Paperwork {
    let t = &style.lang.texts().papers;
    let mut sums = Vec::new();
    if let Some(amounts) = detail.order.amounts {
        if amounts.returned > Money::ZERO {
            sums.push((t.returned, amounts.returned.yuan()));
        }
        sums.push((t.paid, amounts.paid.yuan()));
        sums.push((t.due, amounts.outstanding().yuan()));
    }
    Paperwork {
        sums,
        capitals: detail.order.amounts.and_then(|amounts| words(style.lang, amounts.total)),
        signatures: vec![t.made_by, t.checked_by, t.customer_signs],
        ..of_order(detail, style, t.order, true)
    }
}

/// 送货单, with amounts where they are wanted and may be seen.
pub fn delivery(detail: &OrderDetail, prices: bool, style: &Style) -> Paperwork {
    let t = &style.lang.texts().papers;
    let amounts = detail.order.amounts.filter(|_| prices);
    Paperwork {
        capitals: amounts.and_then(|amounts| words(style.lang, amounts.total)),
        signatures: vec![t.made_by, t.delivered_by, t.received_by],
        ..of_order(detail, style, t.delivery, prices)
    }
}

fn of_order(detail: &OrderDetail, style: &Style, title: &str, prices: bool) -> Paperwork {
    let (order, t) = (&detail.order, &style.lang.texts().papers);
    let goods: Vec<Goods<'_>> = detail.items.iter().map(Goods::from).collect();
    let mut facts = vec![(t.number, order.order_no.clone()), (t.day, order.order_day.to_string())];
    facts.extend(party(&detail.customer, style.lang, true));
    facts.push((t.person, order.created_by_name.clone()));
    Paperwork {
        facts,
        table: goods_table(&goods, style.lang, prices),
        notes: order.notes.clone().map(|notes| (t.notes, notes)),
        ..paper(style, title)
    }
}

/// 收款收据 of one payment; a refund has its own title.
pub fn receipt(detail: &OrderDetail, payment: &Payment, style: &Style) -> Paperwork {
    let (order, t) = (&detail.order, &style.lang.texts().papers);
    let refund = payment.amount < Money::ZERO;
    let amount = if refund { payment.amount.negated() } else { payment.amount };
    let (title, why, this) =
        if refund { (t.refund_receipt, t.refund_for_order, t.this_refund) } else { (t.receipt, t.received_for_order, t.this_payment) };
    let mut facts = vec![(t.number, payment.payment_no.clone()), (t.day, payment.paid_at.day(style.zone).to_string())];
    facts.push((t.customer, order.customer_name.clone()));
    facts.extend(payment.method.clone().map(|method| (t.method, method)));
    let columns = vec![PaperColumn { wraps: true, ..column(t.received_for, 5.0, Side::Left) }, column(t.amount, 2.0, Side::Right)];
    let rows = vec![vec![fill(why, &[&order.order_no]), amount.to_string()]];
    let mut sums = vec![(this, amount.yuan())];
    if let Some(amounts) = order.amounts {
        sums.push((t.paid, amounts.paid.yuan()));
        sums.push((t.due, amounts.outstanding().yuan()));
    }
    Paperwork {
        facts,
        table: Table { columns, rows, carry: None, total: None },
        sums,
        capitals: words(style.lang, amount),
        notes: payment.notes.clone().map(|notes| (t.notes, notes)),
        signatures: vec![t.cashier, t.payer],
        ..paper(style, title)
    }
}

/// 客户对账单.
pub fn statement(statement: &Statement, style: &Style) -> Paperwork {
    let t = &style.lang.texts().papers;
    let mut facts = vec![(t.customer, statement.customer_name.clone())];
    facts.push((t.period, fill(t.period_value, &[&statement.from, &statement.to])));
    facts.extend(statement.contact_person.clone().map(|name| (t.contact, name)));
    facts.extend(statement.phone.as_deref().map(|phone| (t.phone, shown_phone(phone))));
    facts.extend(statement.address.clone().map(|address| (t.address, address)));
    let columns = vec![
        column(t.day, 1.3, Side::Left),
        column(t.kind, 1.4, Side::Left),
        PaperColumn { wraps: true, ..column(t.number, 1.8, Side::Left) },
        PaperColumn { wraps: true, ..column(t.order_no, 1.8, Side::Left) },
        column(t.charge, 1.6, Side::Right),
        column(t.credit, 1.6, Side::Right),
        column(t.balance, 1.8, Side::Right),
    ];
    let blank = String::new;
    let mut rows = vec![vec![statement.from.to_string(), t.opening.to_owned(), blank(), blank(), blank(), blank(), statement.opening.to_string()]];
    // Summed up they are the balance that is carried from sheet to sheet.
    let amounts = std::iter::once(statement.opening).chain(statement.entries.iter().map(|entry| entry.amount)).collect();
    for entry in &statement.entries {
        let kind = match entry.kind {
            EntryKind::Order => t.kind_order,
            EntryKind::Return => t.kind_return,
            EntryKind::Payment => t.kind_payment,
            EntryKind::Refund => t.kind_refund,
        };
        let added = entry.kind == EntryKind::Order;
        let amount = if added { entry.amount } else { entry.amount.negated() };
        let of = if added { blank() } else { entry.order_no.clone() };
        let (charge, credit) = if added { (amount.to_string(), blank()) } else { (blank(), amount.to_string()) };
        rows.push(vec![entry.day.to_string(), kind.to_owned(), entry.number.clone(), of, charge, credit, entry.balance.to_string()]);
    }
    let credited = statement.returned.sum_plus(statement.paid);
    let total = [blank(), t.closing.to_owned(), blank(), blank(), statement.ordered.to_string(), credited.to_string(), statement.closing.to_string()];
    Paperwork {
        facts,
        table: Table { columns, rows, carry: Some(Carry { column: 6, amounts, brought: t.brought, carried: t.carried }), total: Some(total.into()) },
        sums: vec![(t.ordered_sum, statement.ordered.yuan()), (t.returned_sum, statement.returned.yuan()), (t.paid_sum, statement.paid.yuan())],
        capitals: words(style.lang, statement.closing),
        signatures: vec![t.made_by, t.customer_signs],
        ..paper(style, t.statement)
    }
}

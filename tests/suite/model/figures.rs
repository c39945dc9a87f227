//! The figures of every record, once as they stand in the file and once as the model has them: the same lines.

use super::program::{NOTES, Program};
use super::shop::{PEOPLE, Shop, status};

impl Program {
    pub fn figures(&self) -> Vec<String> {
        self.rows(
            "SELECT text FROM (
                 SELECT 1 AS part, 0 AS head, id, printf('%s %d reserved %d price %d cost %d low %d %s', sku, stock_quantity, reserved_quantity,
                     CAST(ROUND(price * 100) AS INTEGER), CAST(ROUND(cost_price * 100) AS INTEGER), stock_warning_threshold, status) AS text
                     FROM products
                 UNION ALL
                 SELECT 2, 0, c.id, printf('%s of %s owes %d limit %s term %s ordered %s followed up %s %s', name, COALESCE(u.username, '-'),
                     CAST(ROUND(outstanding * 100) AS INTEGER), COALESCE(CAST(ROUND(credit_limit * 100) AS INTEGER), '-'),
                     COALESCE(payment_term_days, '-'), COALESCE(last_order_at, '-'), COALESCE(last_followup_at, '-'), c.status)
                     FROM customers c LEFT JOIN users u ON u.id = c.assigned_to
                 UNION ALL
                 SELECT 3, 0, o.id, printf('%s %s of %s by %s for %s total %d paid %d returned %d %s %s %s', order_no, order_day, c.name,
                     u.username, COALESCE(q.quote_no, '-'), CAST(ROUND(o.total_amount * 100) AS INTEGER),
                     CAST(ROUND(paid_amount * 100) AS INTEGER), CAST(ROUND(returned_amount * 100) AS INTEGER), o.status || COALESCE(' ' || o.notes, ''), stock_state, order_date)
                     FROM orders o JOIN customers c ON c.id = o.customer_id JOIN users u ON u.id = o.created_by
                     LEFT JOIN quotes q ON q.id = o.quote_id
                 UNION ALL
                 SELECT 4, i.order_id, i.id, printf('%s %d × %d cost %d back %d picked %d', p.sku, i.quantity,
                     CAST(ROUND(i.unit_price * 100) AS INTEGER), CAST(ROUND(i.cost_price * 100) AS INTEGER), i.returned_quantity,
                     COALESCE(k.picked, 0))
                     FROM order_items i JOIN products p ON p.id = i.product_id LEFT JOIN order_picks k ON k.order_item_id = i.id
                 UNION ALL
                 SELECT 5, 0, id, printf('%s %s', stocktake_no, status) FROM stocktakes
                 UNION ALL
                 SELECT 6, l.stocktake_id, l.id, printf('%s counted %s of %s', p.sku, COALESCE(l.counted_quantity, '-'), COALESCE(l.base_quantity, '-'))
                     FROM stocktake_lines l JOIN products p ON p.id = l.product_id
                 UNION ALL
                 SELECT 7, 0, q.id, printf('%s of %s by %s total %d %s until %s', quote_no, c.name, u.username,
                     CAST(ROUND(q.total_amount * 100) AS INTEGER), q.status, valid_until)
                     FROM quotes q JOIN customers c ON c.id = q.customer_id JOIN users u ON u.id = q.created_by
                 UNION ALL
                 SELECT 8, i.quote_id, i.id, printf('%s %d × %d', p.sku, i.quantity, CAST(ROUND(i.unit_price * 100) AS INTEGER))
                     FROM quote_items i JOIN products p ON p.id = i.product_id
                 UNION ALL
                 SELECT 9, 0, f.id, printf('%s on %s next %s done %s', c.name, followup_time, COALESCE(next_followup_time, '-'),
                     COALESCE(next_done_at, '-')) FROM customer_followups f JOIN customers c ON c.id = f.customer_id)
             ORDER BY part, head, id",
        )
    }
}

/// What there is, or a dash.
fn or_dash(value: Option<impl ToString>) -> String {
    value.map_or("-".to_owned(), |value| value.to_string())
}

impl Shop {
    pub fn figures(&self) -> Vec<String> {
        let mut figures = Vec::new();
        for (at, product) in self.products.iter().enumerate().filter(|(_, product)| !product.gone) {
            let (reserved, price, cost) = (self.reserved(at), product.price, product.cost);
            let state = status(product.active);
            figures.push(format!("P{at} {} reserved {reserved} price {price} cost {cost} low {} {state}", product.stock, product.threshold));
        }
        for (at, customer) in self.customers.iter().enumerate().filter(|(_, customer)| !customer.gone) {
            let (limit, term) = (or_dash(customer.limit), or_dash(customer.term));
            let (owner, owes) = (or_dash(customer.owner.map(|owner| PEOPLE[owner].0)), self.outstanding(at));
            let (ordered, followed) = (or_dash(self.last_order(at)), or_dash(self.last_followup(at)));
            let state = status(customer.active);
            figures.push(format!("客户 K{at} of {owner} owes {owes} limit {limit} term {term} ordered {ordered} followed up {followed} {state}"));
        }
        for order in &self.orders {
            let (total, returned) = (order.total(), order.returned());
            let notes = if order.annotated { format!(" {NOTES}") } else { String::new() };
            let states = format!("{}{notes} {} {}", order.status.as_str(), order.stock.as_str(), order.date);
            let quote = or_dash(order.quote.map(|quote| &self.quotes[quote].number));
            let head = format!("{} {} of 客户 K{} by {} for {quote}", order.number, order.day, order.customer, PEOPLE[order.by].0);
            figures.push(format!("{head} total {total} paid {} returned {returned} {states}", order.paid));
        }
        for line in self.orders.iter().flat_map(|order| &order.lines) {
            let (cost, back, picked) = (line.cost, line.returned, line.picked);
            figures.push(format!("P{} {} × {} cost {cost} back {back} picked {picked}", line.product, line.quantity, line.price));
        }
        figures.extend(self.sheets.iter().map(|sheet| format!("{} {}", sheet.number, sheet.status.as_str())));
        for line in self.sheets.iter().flat_map(|sheet| &sheet.lines) {
            let (counted, base) = (or_dash(line.count.map(|(counted, _)| counted)), or_dash(line.count.map(|(_, base)| base)));
            figures.push(format!("P{} counted {counted} of {base}", line.product));
        }
        let quotes = || self.quotes.iter().filter(|quote| !quote.gone);
        for quote in quotes() {
            let head = format!("{} of 客户 K{} by {}", quote.number, quote.customer, PEOPLE[quote.by].0);
            figures.push(format!("{head} total {} {} until {}", quote.total(), quote.status.as_str(), quote.until));
        }
        for line in quotes().flat_map(|quote| &quote.lines) {
            figures.push(format!("P{} {} × {}", line.product, line.quantity, line.price));
        }
        for followup in self.followups.iter().filter(|followup| !followup.gone) {
            let (next, done) = (or_dash(followup.next), or_dash(followup.done));
            figures.push(format!("客户 K{} on {} next {next} done {done}", followup.customer, followup.at));
        }
        figures
    }
}

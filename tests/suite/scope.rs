//! S8: a record outside one's scope is not seen in any list, count, search or sum. One table over every reading command.

use zhanggui::i18n::Lang;
use zhanggui::models::choice::{QuoteStatus, Role};
use zhanggui::models::customer::{CustomerFilter, CustomerInput, CustomerPage, CustomerSort};
use zhanggui::models::export::{Days, Export, ExportFormat, ExportRequest};
use zhanggui::models::followup::{Due, FollowupFilter, FollowupPage, FollowupSort};
use zhanggui::models::order::{OrderEdit, OrderFilter, OrderPage, OrderSort, ShipConfirmation};
use zhanggui::models::paper::PaperKind;
use zhanggui::models::payment::{PaymentFilter, PaymentPage, PaymentSort, ReceivableFilter, ReceivablePage, ReceivableSort};
use zhanggui::models::product::{ProductFilter, ProductPage, ProductSort, SalePage, SaleSort};
use zhanggui::models::quote::{QuoteFilter, QuotePage, QuoteSort};
use zhanggui::models::returns::{NewReturn, ReturnLine};
use zhanggui::models::rights::{Command, Need};
use zhanggui::models::statement::{AgePage, AgeSort};
use zhanggui::models::statistics::{Dimension, Grouping};
use zhanggui::models::stock::{MovementFilter, MovementPage, MovementSort, WarningFilter};
use zhanggui::models::stocktake::{LineFilter, LinePage, LineSort, StocktakeFilter, StocktakePage, StocktakeSort};
use zhanggui::models::*;
use zhanggui::services::{
    Desk, analytics, customers, followups, orders, papers, payments, picking, products, quotes, reports, returns, statements, stock, stocktakes,
};

use crate::analytics::sales_query;
use crate::fixture::{Fixture, day, fen, followup, new_order, new_quote, payment};

/// Hers: everything a customer can have, entered by the administrator. Mine: nothing but a customer.
struct Secrets {
    f: Fixture,
    me: Desk,
    hers: CustomerId,
    order: OrderId,
    quote: QuoteId,
    product: ProductId,
    /// What must not appear anywhere: names, numbers, sums in fen.
    words: Vec<String>,
}

/// Her order's number.
fn number(s: &Secrets) -> String {
    s.f.text("SELECT order_no FROM orders ORDER BY id LIMIT 1")
}

fn secrets() -> Secrets {
    let mut f = Fixture::new();
    let (wo, ta) = (f.user("wo", Role::Sales), f.user("ta", Role::Sales));
    let product = f.product("A", 1000, 500);
    let hers = CustomerInput {
        name: "机密贸易".into(),
        contact_person: Some("莫言明".into()),
        phone: Some("13911112222".into()),
        email: Some("secret@hidden.example".into()),
        code: Some("SECRET-1".into()),
        tags: vec!["密签".into()],
        assigned_to: Some(ta),
        ..Default::default()
    };
    let hers = customers::create(&mut f.desk, &hers).unwrap();
    customers::create(&mut f.desk, &CustomerInput { name: "我的客户".into(), assigned_to: Some(wo), ..Default::default() }).unwrap();
    followups::create(&mut f.desk, hers, &followup("密谈内容", Some("2026-01-30 06:00:00"))).unwrap();
    let quote = quotes::create(&mut f.desk, &new_quote(hers, &[(product, 7, 123_457)])).unwrap();
    f.set_quote(quote.id, QuoteStatus::Sent).unwrap();
    let order = orders::create(&mut f.desk, &new_order(hers, &[(product, 7, 123_451)])).unwrap();
    f.pay(order.id, 700_001).unwrap();
    payments::refund(&mut f.desk, &payment(order.id, 1_003)).unwrap();
    let version = orders::get(&f.desk, order.id).unwrap().order.version;
    orders::update(&mut f.desk, order.id, version, &OrderEdit { lines: None, notes: Some("密注".into()) }).unwrap();
    let due = orders::get(&f.desk, order.id).unwrap().order.amounts.unwrap().outstanding();
    orders::ship(&mut f.desk, order.id, ShipConfirmation { unpaid: Some(due), version: None }).unwrap();
    let item = orders::get(&f.desk, order.id).unwrap().items.remove(0);
    let back = NewReturn {
        order: order.id,
        lines: vec![ReturnLine { item: item.id, quantity: 1, returnable: item.returnable() }],
        method: None,
        notes: Some("密退".into()),
        refund: Money::ZERO,
    };
    let back = returns::create(&mut f.desk, &back).unwrap();
    let mut words: Vec<String> =
        ["机密", "莫言", "13911112222", "secret", "SECRET", "密签", "密谈", "密注", "密退"].iter().map(|word| (*word).to_owned()).collect();
    words.extend([quote.quote_no, order.order_no, back.return_no]);
    words.extend(["R20260130001", "R20260130002"].map(str::to_owned));
    // quote total, order total, paid, refunded, net, outstanding, a line's price
    for sum in [864_199, 864_157, 700_001, 698_998, 1_003, 740_706, 41_708, 123_451, 123_457] {
        words.extend([sum.to_string(), fen(sum).plain(), fen(sum).yuan()]);
    }
    let me = f.signed_in("wo");
    Secrets { f, me, hers, order: order.id, quote: quote.id, product, words }
}

type Look = fn(&Secrets, &Desk, &str) -> String;

/// Every command that shows something of customers, sales or stock; the text is what it is searched for.
const LOOKS: &[(&str, Look)] = &[
    ("get_customers", |_, d, search| {
        let filter = CustomerFilter { search: search.into(), ..Default::default() };
        let sorts = [CustomerSort::Created, CustomerSort::Name, CustomerSort::LastOrder, CustomerSort::Outstanding];
        shown(&sorts, |sort| customers::list(d, &filter, &CustomerPage::first(sort, true)))
    }),
    ("get_customer", |s, d, _| format!("{:?}", customers::get(d, s.hers))),
    ("find_customers", |_, d, search| format!("{:?}", customers::find(d, search, 20))),
    ("get_similar_customers", |_, d, _| format!("{:?}", customers::similar(d, "机密贸易", Some("139 1111 2222"), None))),
    ("get_customer_tags", |_, d, _| format!("{:?}", customers::tags(d))),
    ("get_followups", |s, d, search| {
        let all = Due::ALL.iter().map(|due| FollowupFilter { search: search.into(), due: *due, ..Default::default() });
        let hers = FollowupFilter { customer: Some(s.hers), ..Default::default() };
        let page = FollowupPage::first(FollowupSort::Next, true);
        all.chain([hers]).map(|filter| format!("{:?}", followups::list(d, &filter, &page))).collect()
    }),
    ("get_customer_followups", |s, d, _| format!("{:?}", followups::of_customer(d, s.hers, 50))),
    ("get_reminders", |_, d, _| format!("{:?}", followups::reminders(d))),
    ("get_quotes", |s, d, search| {
        let hers = QuoteFilter { customer: Some(s.hers), open: true, ..Default::default() };
        let page = QuotePage::first(QuoteSort::Total, true);
        format!("{:?} {:?}", quotes::list(d, &QuoteFilter { search: search.into(), ..Default::default() }, &page), quotes::list(d, &hers, &page))
    }),
    ("get_quote", |s, d, _| format!("{:?}", quotes::get(d, s.quote))),
    ("get_orders", |s, d, search| {
        let hers = OrderFilter { customer: Some(s.hers), unpaid: true, ..Default::default() };
        let page = OrderPage::first(OrderSort::Total, true);
        format!(
            "{:?} {:?} {:?}",
            orders::list(d, &OrderFilter { search: search.into(), ..Default::default() }, &page),
            orders::list(d, &hers, &page),
            products::last_price(d, s.hers, s.product)
        )
    }),
    ("get_order_sums", |s, d, search| {
        let hers = OrderFilter { customer: Some(s.hers), ..Default::default() };
        format!("{:?} {:?}", orders::sums(d, &OrderFilter { search: search.into(), ..Default::default() }), orders::sums(d, &hers))
    }),
    ("get_order", |s, d, _| format!("{:?}", orders::get(d, s.order))),
    ("get_order_history", |s, d, _| format!("{:?}", orders::history(d, s.order))),
    ("get_payments", |s, d, _| format!("{:?}", payments::of_order(d, s.order))),
    ("get_all_payments", |s, d, search| {
        let hers = PaymentFilter { customer: Some(s.hers), ..Default::default() };
        let page = PaymentPage::first(PaymentSort::Amount, true);
        format!(
            "{:?} {:?}",
            payments::list(d, &PaymentFilter { search: search.into(), ..Default::default() }, &page),
            payments::list(d, &hers, &page)
        )
    }),
    ("get_receivables", |_, d, search| {
        let page = ReceivablePage::first(ReceivableSort::Outstanding, true);
        format!("{:?}", payments::receivables(d, &ReceivableFilter { search: search.into(), ..Default::default() }, &page))
    }),
    ("get_receivables_by_age", |_, d, search| {
        let page = AgePage::first(AgeSort::Outstanding, true);
        format!("{:?}", statements::by_age(d, &ReceivableFilter { search: search.into(), ..Default::default() }, &page))
    }),
    ("get_statement", |s, d, _| format!("{:?}", statements::statement(d, s.hers, day("2026-01-01"), day("2026-01-31")))),
    ("count_export", |_, d, search| {
        let filter = CustomerFilter { search: search.into(), ..Default::default() };
        format!("{:?}", reports::count(d, &Export::Customers(filter, (CustomerSort::Name, false), Days::default())))
    }),
    ("get_dashboard", |_, d, _| format!("{:?}", analytics::dashboard(d))),
    ("get_sales_statistics", |_, d, _| Grouping::ALL.iter().map(|by| format!("{:?}", analytics::sales(d, &sales_query(*by)))).collect()),
    ("get_customer_distribution", |_, d, _| {
        [Dimension::Level, Dimension::Industry, Dimension::Owner].iter().map(|by| format!("{:?}", analytics::customers(d, *by))).collect()
    }),
    // The stock is the company's: what it lost to hers is seen in the movements too, without a name.
    ("get_stock_turnover", |_, d, _| format!("{:?}", analytics::turnover(d, sales_query(Grouping::Day).period))),
    ("get_products", |_, d, _| format!("{:?}", products::list(d, &ProductFilter::default(), &ProductPage::first(ProductSort::Sku, true)))),
    ("get_product", |s, d, _| format!("{:?}", products::get(d, s.product))),
    ("find_products", |_, d, search| format!("{:?}", products::find(d, search, 20))),
    ("get_product_categories", |_, d, _| format!("{:?}", products::categories(d))),
    ("scan_product", |_, d, search| format!("{:?}", products::scan(d, search))),
    ("get_product_sales", |s, d, _| format!("{:?}", products::sales(d, s.product, &SalePage::first(SaleSort::Day, true)))),
    ("get_orders_to_pick", |_, d, _| format!("{:?}", picking::orders(d))),
    ("find_order_to_pick", |s, d, _| format!("{:?}", picking::by_number(d, &number(s)))),
    ("find_paper", |s, d, search| {
        let period = (day("2026-01-01"), day("2026-01-31"));
        let wanted = [number(s), search.to_owned()];
        let found = wanted.iter().filter(|wanted| PaperKind::ALL.iter().any(|kind| papers::find(d, *kind, wanted, true, period).is_ok()));
        found.cloned().collect()
    }),
    ("get_pick_sheet", |s, d, _| format!("{:?}", picking::sheet(d, s.order))),
    ("export_report", |s, d, search| {
        let mut desk = d.key().open().unwrap();
        let search = search.to_owned();
        let orders = |sort| (OrderFilter { search: search.clone(), ..Default::default() }, (sort, true));
        let (lines, (filter, sort)) = (orders(OrderSort::Day), orders(OrderSort::Total));
        let exports = [
            Export::Customers(CustomerFilter { search: search.clone(), ..Default::default() }, (CustomerSort::Name, false), Days::default()),
            Export::Sales(lines.0, lines.1),
            Export::Orders(filter, sort),
            Export::Followups(FollowupFilter { search: search.clone(), ..Default::default() }, (FollowupSort::Time, true)),
            Export::Quotes(QuoteFilter { search: search.clone(), ..Default::default() }, (QuoteSort::Total, true)),
            Export::Payments(PaymentFilter { search: search.clone(), ..Default::default() }, (PaymentSort::Amount, true)),
            Export::Receivables(ReceivableFilter { search: search.clone(), ..Default::default() }, (ReceivableSort::Outstanding, true)),
            Export::Ageing(ReceivableFilter { search, ..Default::default() }, (AgeSort::Outstanding, true)),
            Export::Movements(MovementFilter::default(), (MovementSort::Time, true)),
            Export::Inventory(ProductFilter::default(), (ProductSort::Sku, false), Days::default()),
        ];
        let path = s.f.folder.path().join("scope.csv");
        let written = exports.into_iter().map(|export| {
            let counted = reports::count(d, &export);
            let request = ExportRequest { export, format: ExportFormat::Csv, path: path.clone(), lang: Lang::ZhCn };
            let outcome = reports::export(&mut desk, &request, |_, _| true).map(|exported| exported.rows as u64);
            assert_eq!(outcome, counted);
            std::fs::read_to_string(&path).unwrap()
        });
        written.collect()
    }),
    ("get_stocktakes", |_, d, _| {
        format!("{:?}", stocktakes::list(d, &StocktakeFilter::default(), &StocktakePage::first(StocktakeSort::Begun, true)))
    }),
    ("get_stocktake", |_, d, _| format!("{:?}", stocktakes::get(d, StocktakeId(1)))),
    ("get_stocktake_lines", |_, d, _| {
        format!("{:?}", stocktakes::lines(d, StocktakeId(1), &LineFilter::default(), &LinePage::first(LineSort::Sku, false)))
    }),
    ("get_stock_movements", |_, d, _| {
        format!("{:?}", stock::movements(d, &MovementFilter::default(), &MovementPage::first(MovementSort::Time, true)))
    }),
    ("get_stock_warnings", |_, d, _| format!("{:?}", stock::warnings(d, &WarningFilter::default(), &ProductPage::first(ProductSort::Fill, false)))),
];

/// One look in every order a list can be sorted by.
fn shown<S: Copy, T: std::fmt::Debug>(sorts: &[S], look: impl Fn(S) -> T) -> String {
    sorts.iter().map(|sort| format!("{:?}", look(*sort))).collect()
}

#[test]
fn nothing_of_another_persons_customer_is_seen_anywhere() {
    let s = secrets();
    for (name, look) in LOOKS {
        for search in ["", "机密", "jm", "jimi", "1391111", "O2026", "Q2026", "R2026", "密"] {
            let seen = look(&s, &s.me, search);
            for word in &s.words {
                assert!(!seen.contains(word.as_str()), "{name} searched for {search:?} tells {word}: {seen}");
            }
        }
    }
}

#[test]
fn the_owner_does_see_it_so_that_the_test_above_is_none_of_nothing() {
    let s = secrets();
    let her = s.f.signed_in("ta");
    for (name, look) in LOOKS
        .iter()
        .filter(|(name, _)| !["product", "warnings", "stocktake", "pick", "turnover", "distribution", "count"].iter().any(|part| name.contains(part)))
    {
        let seen = look(&s, &her, "");
        let tells = s.words.iter().any(|word| seen.contains(word.as_str()));
        // The plan is hers to do, being hers as a customer.
        assert!(tells, "{name}: {seen}");
    }
}

#[test]
fn the_table_above_names_every_command_that_shows_records() {
    let reads = |command: &&Command| command.info().action.is_none() && matches!(command.info().need, Need::Rights(_));
    let shows = |command: &&Command| {
        use choice::Module::{Analytics, Customer, Inventory, Sales};
        matches!(command.info().module, Analytics | Customer | Sales | Inventory)
    };
    let missing: Vec<&str> = Command::ALL
        .iter()
        .filter(reads)
        .filter(shows)
        .map(|command| command.info().name)
        .filter(|name| !LOOKS.iter().any(|(known, _)| known == name))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

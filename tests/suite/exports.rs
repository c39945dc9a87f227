//! Exports (spec §3.5, rulings §8, §13, reliability S4): read back they are the filtered rows, for everyone what he may see, and no formula.

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use zhanggui::i18n::Lang;
use zhanggui::models::choice::{Entity, MovementType, QuoteStatus, ReferenceType, Role, Status};
use zhanggui::models::customer::{CustomerFilter, CustomerInput, CustomerPage, CustomerSort, OwnerFilter};
use zhanggui::models::error::{Code, Refusal};
use zhanggui::models::export::{Days, Export, ExportFormat, ExportKind, ExportRequest, Exported};
use zhanggui::models::followup::{FollowupFilter, FollowupInput, FollowupPage, FollowupSort};
use zhanggui::models::log::{LogFilter, LogPage, LogSort};
use zhanggui::models::order::{Goods, OrderEdit, OrderFilter, OrderPage, OrderSort, ShipConfirmation};
use zhanggui::models::payment::{Flow, NewPayment, PaymentFilter, PaymentPage, PaymentSort, ReceivableFilter, ReceivablePage, ReceivableSort};
use zhanggui::models::period::Period;
use zhanggui::models::product::{ProductFilter, ProductInput, ProductPage, ProductSort, StockLevel};
use zhanggui::models::quote::{NewQuote, QuoteFilter, QuotePage, QuoteSort, QuoteState};
use zhanggui::models::statement::{AgePage, AgeSort};
use zhanggui::models::statistics::{Grouping, SalesQuery};
use zhanggui::models::stock::{MovementFilter, MovementPage, MovementSort, StockChange, WarningFilter};
use zhanggui::models::stocktake::*;
use zhanggui::models::*;
use zhanggui::services::tables::{self, Cell, Heading, Table};
use zhanggui::services::{Desk, analytics, customers, followups, logs, orders, payments, products, quotes, reports, statements, stock, stocktakes};

use crate::fixture::{Fixture, day, fen, followup, new_quote, payment};

/// Writes an export into the fixture's folder.
fn export_to(desk: &mut Desk, path: &Path, export: &Export, format: ExportFormat) -> Result<Exported> {
    let request = ExportRequest { export: export.clone(), format, path: path.to_owned(), lang: Lang::ZhCn };
    reports::export(desk, &request, |_, _| true)
}

/// Headings and rows of a csv file, which must be as spreadsheets want it.
fn read_csv(path: &Path) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(path).unwrap();
    let text = text.strip_prefix('\u{feff}').expect("the mark of UTF-8");
    assert!(text.ends_with("\r\n"));
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes());
    reader.records().map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
}

/// The cells of a workbook's only sheet; no cell has a formula.
fn read_xlsx(path: &Path) -> Vec<Vec<Data>> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let names = book.sheet_names();
    assert_eq!(names.len(), 1);
    assert!(book.worksheet_formula(&names[0]).unwrap().is_empty(), "a formula in {path:?}");
    let range = book.worksheet_range(&names[0]).unwrap();
    range.rows().map(<[Data]>::to_vec).collect()
}

/// A cell of a workbook as csv says it; `like` is what csv says.
fn as_text(cell: &Data, like: &str) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::DateTime(at) => {
            let at = at.as_f64();
            let minutes = (at * 86_400.0).round() as i64 / 60;
            let moment = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap().and_hms_opt(0, 0, 0).unwrap() + chrono::Duration::minutes(minutes);
            moment.format(if like.len() == 10 { "%Y-%m-%d" } else { "%Y-%m-%d %H:%M" }).to_string()
        }
        Data::Float(number) if like.ends_with('%') => format!("{:.1}%", number * 100.0),
        Data::Float(number) if like.contains('.') => format!("{number:.2}"),
        Data::Float(number) => number.to_string(),
        other => panic!("{other:?}"),
    }
}

/// Exports in both formats, which must say the same; headings and rows.
fn exported(f: &Fixture, desk: &mut Desk, export: &Export) -> (Vec<String>, Vec<Vec<String>>) {
    let (csv, xlsx) = (f.folder.path().join("out.csv"), f.folder.path().join("out.xlsx"));
    let counted = reports::count(desk, export).unwrap();
    let done = export_to(desk, &csv, export, ExportFormat::Csv).unwrap();
    assert_eq!(done.file, csv);
    let mut rows = read_csv(&csv);
    assert_eq!((rows.len() - 1, counted), (done.rows, done.rows as u64), "{export:?}");
    // An export is logged, and so the log is longer now.
    if !matches!(export, Export::Logs(..)) {
        assert_eq!(export_to(desk, &xlsx, export, ExportFormat::Excel).unwrap().rows, done.rows);
        let cells = read_xlsx(&xlsx);
        assert_eq!(cells.len(), rows.len(), "{export:?}");
        for (cells, texts) in cells.iter().zip(&rows) {
            let shown: Vec<String> = texts.iter().enumerate().map(|(at, text)| as_text(cells.get(at).unwrap_or(&Data::Empty), text)).collect();
            assert_eq!(&shown, texts, "{export:?}");
        }
    }
    (rows.remove(0), rows)
}

/// One column of what was exported.
fn column(f: &Fixture, desk: &mut Desk, export: &Export, heading: &str) -> Vec<String> {
    let (headings, rows) = exported(f, desk, export);
    let at = headings.iter().position(|found| found == heading).unwrap_or_else(|| panic!("{heading} is none of {headings:?}"));
    rows.into_iter().map(|mut row| row.swap_remove(at)).collect()
}

/// A little company: three customers, three products, orders in several states, and everything else once or twice.
fn company() -> Fixture {
    let mut f = Fixture::new();
    let (a, b, c) = (f.customer("启明办公"), f.customer("海纳机电"), f.customer("恒昌建材"));
    let (p, q, _) = (f.product("A-1", 1250, 100), f.product("B-1", 333, 40), f.product("C-1", 100, 0));
    let first = f.order(a, &[(p, 2, 1250), (q, 3, 333)]);
    let second = f.order(b, &[(q, 10, 333)]);
    let third = f.order(c, &[(p, 1, 1200), (p, 1, 1250)]);
    f.pay(first, 3499).unwrap();
    f.pay(second, 1000).unwrap();
    orders::ship(&mut f.desk, first, ShipConfirmation { unpaid: None, version: None }).unwrap();
    let version = orders::get(&f.desk, third).unwrap().order.version;
    orders::update(&mut f.desk, third, version, &OrderEdit { lines: None, notes: Some("第一行\n第二行，带“引号\"".into()) }).unwrap();
    payments::refund(&mut f.desk, &payment(second, 100)).unwrap();
    let quote = f.quote(a, &[(p, 1, 1250)]);
    f.set_quote(quote, QuoteStatus::Sent).unwrap();
    f.quote(b, &[(q, 1, 333)]);
    followups::create(&mut f.desk, a, &followup("电话约好下周见", Some("2026-01-30 06:00:00"))).unwrap();
    followups::create(&mut f.desk, b, &followup("发了样品", None)).unwrap();
    let stocktake = stocktakes::create(&mut f.desk, &NewStocktake { scope: StocktakeScope::All, blind: false, notes: None }).unwrap();
    stocktakes::count(&mut f.desk, stocktake, &[Count { product: p, counted: Some(90), seen: None }]).unwrap();
    stocktakes::create(&mut f.desk, &NewStocktake { scope: StocktakeScope::Products(vec![q]), blind: true, notes: None }).unwrap();
    f
}

fn both<S: Copy>(sort: S) -> [(S, bool); 2] {
    [(sort, false), (sort, true)]
}

#[test]
fn statistics_are_exported_as_the_page_has_them() {
    let f = company();
    let period = Period { from: day("2026-01-29"), to: day("2026-01-30") };
    for &grouping in Grouping::ALL {
        let query = SalesQuery { period, before: period, grouping };
        let desk = &mut f.signed_in("admin");
        let shown = analytics::sales(desk, &query).unwrap().groups;
        assert!(!shown.is_empty());
        let export = Export::Statistics(query);
        let (headings, rows) = exported(&f, desk, &export);
        assert_eq!(headings.len(), if grouping == Grouping::Product { 10 } else { 9 }, "{headings:?}");
        assert_eq!(rows.len(), shown.len());
        let net: Vec<String> = shown.iter().map(|group| group.figures.net().plain()).collect();
        let margin: Vec<String> = shown.iter().map(|group| group.figures.margin.unwrap().plain()).collect();
        assert_eq!((column(&f, desk, &export, "销售额"), column(&f, desk, &export, "毛利")), (net, margin), "{grouping:?}");
        let names: Vec<String> = shown.iter().map(|group| group.name.clone().unwrap_or("未分类".into())).collect();
        assert_eq!(rows.iter().map(|row| row[0].clone()).collect::<Vec<_>>(), names, "{grouping:?}");
        // Without the right to cost there is no margin, without that to sales nothing.
        let (headings, _) = exported(&f, &mut f.as_role(Role::Sales), &export);
        assert!(headings.contains(&"销售额".to_owned()) && !headings.contains(&"毛利".to_owned()), "{headings:?}");
        assert_eq!(reports::count(&f.as_role(Role::Warehouse), &export).unwrap_err().code(), Code::Denied);
    }
}

#[test]
fn customers_are_exported_as_the_list_has_them() {
    let f = company();
    let desk = &mut f.signed_in("admin");
    for search in ["", "hn", "办公"] {
        let filter = CustomerFilter { search: search.into(), ..Default::default() };
        for sort in [CustomerSort::Created, CustomerSort::Name, CustomerSort::LastOrder, CustomerSort::Outstanding].into_iter().flat_map(both) {
            let page = customers::list(desk, &filter, &CustomerPage::first(sort.0, sort.1)).unwrap();
            let names: Vec<String> = page.rows.into_iter().map(|row| row.name).collect();
            assert_eq!(column(&f, desk, &Export::Customers(filter.clone(), sort, Days::default()), "客户"), names);
        }
    }
    let all = |days| Export::Customers(CustomerFilter::default(), (CustomerSort::Created, false), days);
    assert_eq!(column(&f, desk, &all(Days::default()), "订单金额"), ["34.99", "33.30", "24.50"]);
    assert_eq!(column(&f, desk, &all(Days::default()), "已收款"), ["34.99", "9.00", "0.00"]);
    assert_eq!(column(&f, desk, &all(Days::default()), "待收款"), ["0.00", "24.30", "24.50"]);
    let before = Days { from: None, to: Some(day("2026-01-29")) };
    assert_eq!(column(&f, desk, &all(before), "订单数"), ["0", "0", "0"]);
}

#[test]
fn orders_and_their_lines_are_exported_as_the_list_has_them() {
    let f = company();
    let desk = &mut f.signed_in("admin");
    for filter in [
        OrderFilter::default(),
        OrderFilter { unpaid: true, ..Default::default() },
        OrderFilter { search: "qmbg".into(), ..Default::default() },
        OrderFilter { status: Some(choice::OrderStatus::Shipped), ..Default::default() },
        OrderFilter { to: Some(day("2026-01-29")), ..Default::default() },
    ] {
        for sort in [OrderSort::Day, OrderSort::Number, OrderSort::Customer, OrderSort::Total, OrderSort::Outstanding].into_iter().flat_map(both) {
            let rows = orders::list(desk, &filter, &OrderPage::first(sort.0, sort.1)).unwrap().0.rows;
            let numbers: Vec<String> = rows.iter().map(|row| row.order_no.clone()).collect();
            assert_eq!(column(&f, desk, &Export::Orders(filter.clone(), sort), "订单号"), numbers);
            let lines: Vec<String> = rows
                .iter()
                .flat_map(|row| orders::get(desk, row.id).unwrap().items.into_iter().map(|item| format!("{} {}", row.order_no, item.sku)))
                .collect();
            let (_, sold) = exported(&f, desk, &Export::Sales(filter.clone(), sort));
            assert_eq!(sold.iter().map(|row| format!("{} {}", row[0], row[5])).collect::<Vec<_>>(), lines);
        }
    }
    let all = Export::Sales(OrderFilter::default(), (OrderSort::Number, false));
    assert_eq!(column(&f, desk, &all, "小计"), ["25.00", "9.99", "33.30", "12.00", "12.50"]);
    // The product costs what it sells for.
    assert_eq!(column(&f, desk, &all, "毛利"), ["0.00", "0.00", "0.00", "-0.50", "0.00"]);
    assert_eq!(column(&f, desk, &all, "毛利率")[3], "-4.2%");
    let notes = column(&f, desk, &Export::Orders(OrderFilter::default(), (OrderSort::Number, false)), "备注");
    assert_eq!(notes[2], "第一行\n第二行，带“引号\"");
}

#[test]
fn everything_else_is_exported_as_its_list_has_it() {
    let f = company();
    let desk = &mut f.signed_in("admin");
    let searched = FollowupFilter { search: "hn".into(), ..Default::default() };
    for (filter, sort) in [(FollowupFilter::default(), (FollowupSort::Time, true)), (searched, (FollowupSort::Customer, false))] {
        let rows = followups::list(desk, &filter, &FollowupPage::first(sort.0, sort.1)).unwrap().0.rows;
        let contents: Vec<String> = rows.into_iter().map(|row| row.followup.input.content).collect();
        assert_eq!(column(&f, desk, &Export::Followups(filter, sort), "跟进内容"), contents);
    }
    for state in [None, Some(QuoteState::Sent)] {
        let (filter, sort) = (QuoteFilter { state, ..Default::default() }, (QuoteSort::Total, false));
        let rows = quotes::list(desk, &filter, &QuotePage::first(sort.0, sort.1)).unwrap().0.rows;
        let numbers: Vec<String> = rows.into_iter().map(|row| row.quote_no).collect();
        assert_eq!(column(&f, desk, &Export::Quotes(filter, sort), "报价单号"), numbers);
    }
    for search in ["", "hnjd"] {
        let (filter, sort) = (PaymentFilter { search: search.into(), ..Default::default() }, (PaymentSort::Amount, true));
        let rows = payments::list(desk, &filter, &PaymentPage::first(sort.0, sort.1)).unwrap().0.rows;
        let amounts: Vec<String> = rows.into_iter().map(|row| row.payment.amount.plain()).collect();
        assert_eq!(column(&f, desk, &Export::Payments(filter, sort), "金额"), amounts);
        let (filter, sort) = (ReceivableFilter { search: search.into(), ..Default::default() }, (ReceivableSort::Customer, false));
        let rows = payments::receivables(desk, &filter, &ReceivablePage::first(sort.0, sort.1)).unwrap().0.rows;
        let due: Vec<String> = rows.into_iter().map(|row| row.outstanding.plain()).collect();
        assert_eq!(column(&f, desk, &Export::Receivables(filter.clone(), sort), "待收款"), due);
        for sort in [(AgeSort::NotDue, true), (AgeSort::Customer, false)] {
            let rows = statements::by_age(desk, &filter, &AgePage::first(sort.0, sort.1)).unwrap().0.rows;
            let export = Export::Ageing(filter.clone(), sort);
            for (at, heading) in ["未到期", "逾期 1–30 天", "逾期 31–60 天", "逾期 61–90 天", "逾期 90 天以上"].iter().enumerate()
            {
                let of_age: Vec<String> = rows.iter().map(|row| row.ages[at].plain()).collect();
                assert_eq!(column(&f, desk, &export, heading), of_age);
            }
            assert_eq!(column(&f, desk, &export, "待收款"), rows.iter().map(|row| row.outstanding.plain()).collect::<Vec<_>>());
        }
    }
    for stock in [None, Some(StockLevel::Out)] {
        let (filter, sort) = (ProductFilter { stock, ..Default::default() }, (ProductSort::Stock, true));
        let rows = products::list(desk, &filter, &ProductPage::first(sort.0, sort.1)).unwrap().0.rows;
        let skus: Vec<String> = rows.into_iter().map(|row| row.sku).collect();
        assert_eq!(column(&f, desk, &Export::Inventory(filter, sort, Days::default()), "SKU"), skus);
    }
    let inventory = Export::report(ExportKind::Inventory, Days::default()).unwrap();
    assert_eq!(column(&f, desk, &inventory, "库存金额"), ["1200.00", "89.91", "0.00"]);
    assert_eq!(column(&f, desk, &inventory, "出库数量"), ["4", "13", "0"]);
    for kind in [None, Some(MovementType::Out)] {
        let (filter, sort) = (MovementFilter { kind, ..Default::default() }, (MovementSort::Time, true));
        let rows = stock::movements(desk, &filter, &MovementPage::first(sort.0, sort.1)).unwrap().rows;
        let balances: Vec<String> = rows.into_iter().map(|row| row.stock_after.to_string()).collect();
        assert_eq!(column(&f, desk, &Export::Movements(filter, sort), "结存"), balances);
    }
    let rows = stock::warnings(desk, &WarningFilter::default(), &ProductPage::first(ProductSort::Fill, false)).unwrap().rows;
    let skus: Vec<String> = rows.into_iter().map(|row| row.sku).collect();
    assert_eq!(column(&f, desk, &Export::Warnings(WarningFilter::default(), (ProductSort::Fill, false)), "SKU"), skus);
    let rows = stocktakes::list(desk, &StocktakeFilter::default(), &StocktakePage::first(StocktakeSort::Begun, true)).unwrap().0.rows;
    let numbers: Vec<String> = rows.into_iter().map(|row| row.stocktake_no).collect();
    assert_eq!(column(&f, desk, &Export::Stocktakes(StocktakeFilter::default(), (StocktakeSort::Begun, true)), "盘点单号"), numbers);
    let lines = |view| Export::StocktakeLines(StocktakeId(1), LineFilter { view, ..Default::default() }, (LineSort::Sku, false));
    assert_eq!(column(&f, desk, &lines(LineView::All), "实盘"), ["90", "", ""]);
    assert_eq!(column(&f, desk, &lines(LineView::Differing), "差异金额"), ["-75.00"]);
    let blind = Export::StocktakeLines(StocktakeId(2), LineFilter::default(), (LineSort::Difference, true));
    assert_eq!(column(&f, desk, &blind, "系统库存"), [""]);
    let filter = LogFilter { module: Some(choice::Module::Sales), ..Default::default() };
    let page = LogPage { page_size: 200, ..LogPage::first(LogSort::Time, false) };
    let texts: Vec<String> = logs::list(desk, &filter, &page).unwrap().0.rows.into_iter().map(|row| row.description).collect();
    assert_eq!(column(&f, desk, &Export::Logs(filter, (LogSort::Time, false)), "描述"), texts);
}

#[test]
fn a_workbooks_cells_have_their_types() {
    let f = company();
    let path = f.folder.path().join("a.xlsx");
    let all = Export::report(ExportKind::Sales, Days::default()).unwrap();
    export_to(&mut f.signed_in("admin"), &path, &all, ExportFormat::Excel).unwrap();
    let cells = read_xlsx(&path);
    let row: Vec<&Data> = cells[1].iter().collect();
    assert_eq!((row[0], row[9], row[11]), (&Data::String("O20260130001".into()), &Data::Float(2.0), &Data::Float(12.5)));
    assert!(matches!(row[2], Data::DateTime(at) if at.as_f64() == 46_052.0), "{:?}", row[2]);
}

#[test]
fn headings_are_in_the_language_asked_for() {
    let f = company();
    let path = f.folder.path().join("a.csv");
    let export = Export::report(ExportKind::Inventory, Days::default()).unwrap();
    let request = ExportRequest { export, format: ExportFormat::Csv, path: path.clone(), lang: Lang::En };
    reports::export(&mut f.signed_in("admin"), &request, |_, _| true).unwrap();
    let rows = read_csv(&path);
    assert!(rows[0].iter().any(|heading| heading == "Stock value") && rows[3].iter().any(|cell| cell == "Out of stock"), "{rows:?}");
}

/// Every kind of export, everything in it.
fn every_kind() -> Vec<Export> {
    vec![
        Export::report(ExportKind::Customers, Days::default()).unwrap(),
        Export::report(ExportKind::Sales, Days::default()).unwrap(),
        Export::report(ExportKind::Inventory, Days::default()).unwrap(),
        Export::Followups(FollowupFilter::default(), (FollowupSort::Time, true)),
        Export::Quotes(QuoteFilter::default(), (QuoteSort::Created, true)),
        Export::Orders(OrderFilter::default(), (OrderSort::Day, true)),
        Export::Payments(PaymentFilter::default(), (PaymentSort::Time, true)),
        Export::Receivables(ReceivableFilter::default(), (ReceivableSort::Outstanding, true)),
        Export::Ageing(ReceivableFilter::default(), (AgeSort::Oldest, true)),
        Export::Movements(MovementFilter::default(), (MovementSort::Time, true)),
        Export::Warnings(WarningFilter::default(), (ProductSort::Fill, false)),
        Export::Stocktakes(StocktakeFilter::default(), (StocktakeSort::Begun, true)),
        Export::StocktakeLines(StocktakeId(1), LineFilter::default(), (LineSort::Sku, false)),
        Export::Logs(LogFilter::default(), (LogSort::Time, true)),
    ]
}

#[test]
fn hostile_texts_are_dead_in_every_text_column() {
    let mut f = Fixture::new();
    f.sql("UPDATE users SET full_name = '=cmd|''/C calc''!A0'").unwrap();
    let hostile = |text: &str| Some(format!("={text}"));
    let customer = CustomerInput {
        code: hostile("code"),
        name: "+name".into(),
        contact_person: Some("-contact".into()),
        phone: Some("+86 571 8888".into()),
        email: Some("=a@b.cn".into()),
        address: Some("@address".into()),
        industry: hostile("industry"),
        tags: vec!["=tag".into(), "b".into()],
        assigned_to: Some(UserId(1)),
        ..Default::default()
    };
    let customer = customers::create(&mut f.desk, &customer).unwrap();
    let product = ProductInput {
        sku: "=SKU".into(),
        name: "@SUM(A1:A9)".into(),
        barcode: hostile("1"),
        category: Some("-cat".into()),
        specification: hostile("spec"),
        unit: "+u".into(),
        price: fen(100),
        threshold: 500,
        ..Default::default()
    };
    let product = products::create(&mut f.desk, &product).unwrap();
    stock::update(&mut f.desk, &StockChange { product, kind: MovementType::In, quantity: 9, notes: hostile("in") }).unwrap();
    let order = f.order(customer, &[(product, 1, 100)]);
    orders::update(&mut f.desk, order, 1, &OrderEdit { lines: None, notes: Some("=order\n=1".into()) }).unwrap();
    f.sql("UPDATE orders SET external_no = '=ext'").unwrap();
    payments::create(&mut f.desk, &NewPayment { notes: hostile("payment"), ..payment(order, 10) }).unwrap();
    quotes::create(&mut f.desk, &NewQuote { notes: hostile("quote"), ..new_quote(customer, &[(product, 1, 100)]) }).unwrap();
    let plan = FollowupInput { result: hostile("result"), ..followup("=HYPERLINK(\"http://evil\")", None) };
    followups::create(&mut f.desk, customer, &plan).unwrap();
    let stocktake = stocktakes::create(&mut f.desk, &NewStocktake { scope: StocktakeScope::All, blind: false, notes: hostile("count") }).unwrap();
    stocktakes::count(&mut f.desk, stocktake, &[Count { product, counted: Some(8), seen: None }]).unwrap();
    f.expect_good = false;
    let mut found = 0;
    for export in every_kind() {
        let (csv, xlsx) = (f.folder.path().join("h.csv"), f.folder.path().join("h.xlsx"));
        export_to(&mut f.desk, &csv, &export, ExportFormat::Csv).unwrap();
        export_to(&mut f.desk, &xlsx, &export, ExportFormat::Excel).unwrap();
        let texts = read_csv(&csv).into_iter().flatten();
        let cells = read_xlsx(&xlsx).into_iter().flatten().filter_map(|cell| match cell {
            Data::String(text) => Some(text),
            _ => None,
        });
        for text in texts.chain(cells) {
            // Amounts and changes below zero are numbers.
            let alive = text.starts_with(['=', '+', '-', '@', '\t', '\r']) && text.parse::<f64>().is_err();
            assert!(!alive, "{text:?} in {:?}", export.kind());
            found += usize::from(text.starts_with('\''));
        }
    }
    assert!(found > 60, "only {found} hostile texts were there");
}

/// A table of two texts, as the errors of an import are written.
fn write_texts(path: &Path, format: ExportFormat, texts: &[&str]) -> Result<Exported> {
    let headings = [Heading { text: "=列", width: 20.0 }];
    let now = Timestamp::parse("2026-01-30 02:00:00").unwrap();
    let table = Table { format, title: "错误", company: "甲", now, zone: Zone::SHANGHAI, headings: &headings, rows: texts.len() };
    tables::prepare(path, &table, &mut |_, _| true, |rows| texts.iter().try_for_each(|text| rows.row([Cell::text(text)])))?.keep()
}

#[test]
fn tabs_and_line_ends_are_dead_too_and_both_formats_say_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let texts = ["\t=1", "\r=1", "\n=1", " =1", "\u{0}=1", "＝1", "好", "a\r\nb", "a\tb", "'", "\u{fffe}x", "_x0041_"];
    let shown = ["'\t=1", "' =1", "'\n=1", "' =1", "' =1", "'＝1", "好", "a\nb", "a\tb", "'", " x", "_x0041_"];
    let (csv, xlsx) = (folder.path().join("a.csv"), folder.path().join("a.xlsx"));
    write_texts(&csv, ExportFormat::Csv, &texts).unwrap();
    write_texts(&xlsx, ExportFormat::Excel, &texts).unwrap();
    let rows: Vec<String> = read_csv(&csv).into_iter().flatten().collect();
    assert_eq!((rows[0].as_str(), &rows[1..]), ("'=列", &shown.map(str::to_owned)[..]));
    let cells: Vec<String> = read_xlsx(&xlsx).into_iter().flatten().map(|cell| as_text(&cell, "")).collect();
    assert_eq!(cells, rows);
}

#[test]
fn a_sheet_that_is_too_short_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let now = Timestamp::parse("2026-01-30 02:00:00").unwrap();
    let table = |format| Table { format, title: "多", company: "", now, zone: Zone::SHANGHAI, headings: &[], rows: tables::MOST_ROWS + 1 };
    let path = folder.path().join("a");
    let refused = tables::prepare(&path, &table(ExportFormat::Excel), &mut |_, _| true, |_| Ok(()));
    assert_eq!(refused.err(), Some(Refusal::TooManyRows { most: tables::MOST_ROWS }.into()));
    assert_eq!(names(folder.path()), [""; 0]);
    tables::prepare(&path, &table(ExportFormat::Csv), &mut |_, _| true, |_| Ok(())).unwrap().keep().unwrap();
}

/// What lies in a folder.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

#[test]
fn a_stopped_export_leaves_nothing_and_an_old_file_stands_until_the_new_one_is_whole() {
    let f = company();
    let mut desk = f.signed_in("admin");
    let out = tempfile::tempdir().unwrap();
    for format in [ExportFormat::Csv, ExportFormat::Excel] {
        let path = out.path().join("a");
        std::fs::write(&path, "old").unwrap();
        let request =
            ExportRequest { export: Export::report(ExportKind::Sales, Days::default()).unwrap(), format, path: path.clone(), lang: Lang::ZhCn };
        let logged = f.logged();
        for stopped_at in [0, 1] {
            let mut asked = 0;
            let stopped = reports::export(&mut desk, &request, |done, of| {
                assert_eq!((std::fs::read_to_string(&path).unwrap().as_str(), of), ("old", 5), "{done}");
                asked += 1;
                asked <= stopped_at
            });
            assert_eq!(stopped, Err(Error::Cancelled));
            assert_eq!(names(out.path()), ["a"]);
        }
        assert_eq!(f.logged(), logged);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        reports::export(&mut desk, &request, |_, _| true).unwrap();
        assert_ne!(std::fs::read(&path).unwrap(), b"old");
        assert_eq!((names(out.path()), f.logged()), (vec!["a".to_owned()], logged + 1));
    }
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_nothing_is_left_or_logged() {
    let f = company();
    let mut desk = f.signed_in("admin");
    let out = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(out.path().join("folder/full")).unwrap();
    let logged = f.logged();
    let export = Export::report(ExportKind::Sales, Days::default()).unwrap();
    let places: [PathBuf; 3] = [out.path().join("missing/a.xlsx"), out.path().join("folder"), PathBuf::from("/proc/a.xlsx")];
    for path in places {
        for format in [ExportFormat::Csv, ExportFormat::Excel] {
            let error = export_to(&mut desk, &path, &export, format).unwrap_err();
            assert_eq!(error.code(), Code::File, "{path:?}");
            assert!(Lang::ZhCn.sentence(&error).contains(&path.display().to_string()), "{error:?}");
        }
    }
    assert_eq!((names(out.path()), f.logged()), (vec!["folder".to_owned()], logged));
}

#[test]
fn an_export_is_logged_with_what_it_was_of() {
    let f = company();
    let mut desk = f.signed_in("admin");
    let path = f.folder.path().join("订单.csv");
    let filter = OrderFilter { search: "海纳".into(), unpaid: true, from: Some(day("2026-01-01")), ..Default::default() };
    export_to(&mut desk, &path, &Export::Orders(filter, (OrderSort::Day, true)), ExportFormat::Csv).unwrap();
    let row = logs::list(&desk, &LogFilter::default(), &LogPage::first(LogSort::Time, true)).unwrap().0.rows.remove(0);
    assert_eq!((row.action.as_str(), row.module.as_str(), row.description.as_str()), ("export", "analytics", "导出订单：1 行，订单.csv"));
    let changes = row.changes.unwrap();
    for part in [r#""rows":[null,"1"]"#, r#""search":[null,"海纳"]"#, r#""unpaid":[null,"true"]"#, r#""from":[null,"2026-01-01"]"#] {
        assert!(changes.contains(part), "{changes}");
    }
}

#[test]
fn every_condition_of_a_filter_is_logged() {
    let mut f = company();
    let me = f.desk.session().unwrap().user;
    let search = String::new();
    let cases: Vec<(Export, &[&str])> = vec![
        (
            Export::Customers(
                CustomerFilter { owner: Some(OwnerFilter::User(me)), ..Default::default() },
                (CustomerSort::Created, false),
                Days::default(),
            ),
            &[r#""owner_id":[null,"1"]"#],
        ),
        (
            Export::Inventory(ProductFilter { stock: Some(StockLevel::Out), ..Default::default() }, (ProductSort::Sku, false), Days::default()),
            &[r#""stock":[null,"out"]"#],
        ),
        (
            Export::Quotes(QuoteFilter { person: Some(me), open: true, ..Default::default() }, (QuoteSort::Created, false)),
            &[r#""user_id":[null,"1"]"#, r#""open":[null,"true"]"#],
        ),
        (
            Export::Payments(PaymentFilter { flow: Some(Flow::Refunded), person: Some(me), ..Default::default() }, (PaymentSort::Time, true)),
            &[r#""flow":[null,"refunded"]"#, r#""user_id":[null,"1"]"#],
        ),
        (Export::Ageing(ReceivableFilter { search, overdue: false, owner: Some(me) }, (AgeSort::Outstanding, true)), &[r#""owner_id":[null,"1"]"#]),
        (
            Export::Movements(
                MovementFilter { person: Some(me), reference: Some(ReferenceType::Purchase), ..Default::default() },
                (MovementSort::Time, true),
            ),
            &[r#""user_id":[null,"1"]"#, r#""reference":[null,"purchase"]"#],
        ),
        (
            Export::Orders(OrderFilter { goods: Some(Goods::Category(None)), ..Default::default() }, (OrderSort::Day, true)),
            &[r#""without_category":[null,"true"]"#],
        ),
        (
            Export::Logs(LogFilter { entity: Some((Entity::Order, 7)), ..Default::default() }, (LogSort::Time, true)),
            &[r#""entity_type":[null,"order"]"#, r#""entity_id":[null,"7"]"#],
        ),
    ];
    let path = f.folder.path().join("x.csv");
    for (export, parts) in cases {
        export_to(&mut f.desk, &path, &export, ExportFormat::Csv).unwrap();
        let changes = f.text("SELECT changes FROM system_logs ORDER BY id DESC LIMIT 1");
        assert!(parts.iter().all(|part| changes.contains(part)), "{changes} lacks one of {parts:?}");
    }
}

#[test]
fn who_may_not_view_a_module_exports_nothing_of_it() {
    let f = company();
    for &role in Role::ALL {
        let mut desk = f.as_role(role);
        for export in every_kind() {
            let rights = desk.rights().unwrap();
            let view = zhanggui::models::rights::Verb::View;
            let may = rights.allows(choice::Module::Analytics, view) && rights.allows(export.kind().module(), view);
            let path = f.folder.path().join(format!("{}.csv", role.as_str()));
            let outcome = export_to(&mut desk, &path, &export, ExportFormat::Csv).map(drop).map_err(|error| error.code());
            assert_eq!(outcome, if may { Ok(()) } else { Err(Code::Denied) }, "{role:?} {:?}", export.kind());
            assert_eq!(reports::count(&desk, &export).is_ok(), may, "{role:?} {:?}", export.kind());
            assert_eq!(path.exists(), may, "{role:?} {:?}", export.kind());
            let _ = std::fs::remove_file(&path);
        }
    }
}

#[test]
fn neither_amounts_nor_cost_leave_by_an_export_to_who_may_not_see_them() {
    let mut f = Fixture::new();
    let (customer, product) = (f.customer("甲"), f.product("A", 77, 100));
    let order = f.order(customer, &[(product, 3, 12_347)]);
    f.pay(order, 10_009).unwrap();
    f.quote(customer, &[(product, 1, 23_451)]);
    let before = products::get(&f.desk, product).unwrap();
    products::update(&mut f.desk, product, before.version, &ProductInput { cost_price: Some(fen(7_654)), ..before.input }).unwrap();
    f.sql("UPDATE permissions SET can_view = 1 WHERE role = 'warehouse' AND module IN ('analytics', 'customer', 'system')").unwrap();
    let mut warehouse = f.as_role(Role::Warehouse);
    let mut sales = f.as_role(Role::Sales);
    f.sql("UPDATE permissions SET scope = 'all' WHERE role IN ('sales', 'warehouse')").unwrap();
    let path = f.folder.path().join("w.csv");
    let text = |desk: &mut Desk, export: &Export| {
        export_to(desk, &path, export, ExportFormat::Csv).unwrap();
        std::fs::read_to_string(&path).unwrap()
    };
    for export in every_kind().iter().filter(|export| !matches!(export, Export::StocktakeLines(..) | Export::Logs(..))) {
        let seen = text(&mut warehouse, export);
        for figure in [12_347, 37_041, 10_009, 27_032, 23_451, 7_654, 742_438] {
            assert!(!seen.contains(&fen(figure).plain()), "{figure} in {:?}: {seen}", export.kind());
        }
        let seen = text(&mut sales, export);
        assert!(!seen.contains("76.54") && !seen.contains("成本价"), "{:?}: {seen}", export.kind());
    }
    assert!(text(&mut warehouse, &Export::report(ExportKind::Sales, Days::default()).unwrap()).contains("尚未收清"));
    assert!(text(&mut sales, &Export::report(ExportKind::Sales, Days::default()).unwrap()).contains("123.47"));
    // The order of the rows tells nothing either.
    let by_total = Export::Orders(OrderFilter::default(), (OrderSort::Total, false));
    assert!(text(&mut warehouse, &by_total).contains("O20260130001"));
    assert_eq!(text(&mut warehouse, &Export::Payments(PaymentFilter::default(), (PaymentSort::Time, true))).lines().count(), 1);
    let log = text(&mut warehouse, &Export::Logs(LogFilter::default(), (LogSort::Time, true)));
    assert!(!log.contains("cost_price"));
}

#[test]
fn an_inactive_product_and_a_customer_without_orders_are_there_too() {
    let mut f = Fixture::new();
    f.customer("新客户");
    let gone = CustomerInput { name: "旧客户".into(), status: Status::Inactive, ..Default::default() };
    customers::create(&mut f.desk, &gone).unwrap();
    let product = f.product("A", 100, 0);
    let input = ProductInput { status: Status::Inactive, ..products::get(&f.desk, product).unwrap().input };
    products::update(&mut f.desk, product, 1, &input).unwrap();
    let desk = &mut f.signed_in("admin");
    assert_eq!(column(&f, desk, &Export::report(ExportKind::Inventory, Days::default()).unwrap(), "状态"), ["停用"]);
    assert_eq!(column(&f, desk, &Export::report(ExportKind::Customers, Days::default()).unwrap(), "订单数"), ["0", "0"]);
    let listed = Export::Customers(CustomerFilter::default(), (CustomerSort::Created, false), Days::default());
    assert_eq!(column(&f, desk, &listed, "状态"), ["启用", "停用"]);
    assert_eq!(exported(&f, desk, &Export::report(ExportKind::Sales, Days::default()).unwrap()).1.len(), 0);
}

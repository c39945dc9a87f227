//! Papers for customers: every figure and word of the record is on them, also over many pages, in both languages and on both papers.

use std::process::Command;

use zhanggui::documents::layout::{MM, Sheet, TextItem};
use zhanggui::documents::measure::Ruler;
use zhanggui::documents::paperwork::Paper;
use zhanggui::documents::{pdf, request};
use zhanggui::i18n::Lang;
use zhanggui::models::choice::{Entity, MovementType, Role};
use zhanggui::models::config::ConfigKey;
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::order::NewOrder;
use zhanggui::models::paper::{PaperKind, Wanted};
use zhanggui::models::payment::NewPayment;
use zhanggui::models::product::ProductInput;
use zhanggui::models::*;
use zhanggui::services::{customers, orders, papers, payments, pictures, products, returns};

use crate::fixture::{Fixture, day, fen, new_order, payment};
use crate::orders_rules::ship;
use crate::returns::back;

/// All texts of the sheets, line by line.
fn text(sheets: &[Sheet]) -> String {
    sheets.iter().flat_map(|sheet| &sheet.texts).map(|item| item.text.as_str()).collect::<Vec<_>>().join("\n")
}

fn pages(f: &Fixture, wanted: Wanted, paper: Paper) -> Vec<Sheet> {
    request::pages(&f.desk, wanted, Lang::ZhCn, paper).unwrap()
}

fn contains(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "{part} is missing in:\n{text}");
    }
}

/// An order of so many lines with 启明.
fn order(f: &mut Fixture, lines: usize) -> OrderId {
    let customer = f.customer("杭州启明办公用品有限公司");
    let lines: Vec<(ProductId, i64, i64)> =
        (0..lines).map(|at| (f.product(&format!("WJ-{at:04}"), 1234 + at as i64, 100), 3, 1234 + at as i64)).collect();
    f.order(customer, &lines)
}

const TWENTY: usize = 20;

#[test]
fn an_order_carries_its_lines_sums_and_words() {
    let mut f = Fixture::new();
    let id = order(&mut f, 2);
    let payment = f.pay(id, 1000).unwrap();
    let shown = text(&pages(&f, Wanted::Order(id), Paper::A4));
    contains(
        &shown,
        &["恒达五金办公批发", "销售单", "O20260130001", "2026-01-30", "杭州启明办公用品有限公司", "WJ-0000", "产品 WJ-0001", "12.34", "37.02"],
    );
    contains(&shown, &["74.07", "已收  ¥10.00", "未收  ¥64.07", "人民币柒拾肆元零柒分", "第 1 页，共 1 页", "审核"]);
    let shown = text(&pages(&f, Wanted::Receipt(id, payment), Paper::A4));
    contains(&shown, &["收款收据", "R20260130001", "订单 O20260130001 货款", "10.00", "银行转账", "人民币壹拾元整"]);
    let with = text(&pages(&f, Wanted::Delivery(id, true), Paper::ThreePart));
    contains(&with, &["送货单", "收货人", "37.02"]);
    let without = text(&pages(&f, Wanted::Delivery(id, false), Paper::ThreePart));
    contains(&without, &["送货单", "WJ-0001", "产品 WJ-0001"]);
    assert!(!without.contains("37.02") && !without.contains("人民币") && !without.contains("12.34"), "{without}");
    let english = text(&request::pages(&f.desk, Wanted::Order(id), Lang::En, Paper::A4).unwrap());
    contains(&english, &["Sales order", "Total", "Due  ¥64.07", "Page 1 of 1"]);
    assert!(!english.contains("人民币"));
}

#[test]
fn quotes_and_statements_are_papers_too() {
    let mut f = Fixture::new();
    let customer = f.customer("宁波海纳机电工程有限公司");
    let product = f.product("A", 250_000, 10);
    let quote = f.quote(customer, &[(product, 4, 250_000)]);
    let shown = text(&pages(&f, Wanted::Quote(quote), Paper::A4));
    contains(&shown, &["报价单", "Q20260130001", "有效期至", "2026-02-28", "10,000.00", "人民币壹万元整"]);
    let order = f.order(customer, &[(product, 2, 250_000)]);
    f.pay(order, 100_000).unwrap();
    let shown = text(&pages(&f, Wanted::Statement(customer, day("2026-01-01"), day("2026-01-31")), Paper::A4));
    contains(
        &shown,
        &[
            "客户对账单",
            "2026-01-01 至 2026-01-31",
            "期初余额",
            "0.00",
            "销售",
            "5,000.00",
            "收款",
            "R20260130001",
            "1,000.00",
            "期末余额",
            "4,000.00",
        ],
    );
    contains(&shown, &["人民币肆仟元整"]);
}

#[test]
fn a_statement_credits_more_than_one_amount_may_hold() {
    let mut f = Fixture::new();
    let customer = f.customer("宁波海纳机电工程有限公司");
    let product = f.product("A", 100, 10);
    let line = [(product, 1, 990_000_000_000)];
    let old = orders::create(&mut f.desk, &NewOrder { order_day: day("2025-12-20"), ..new_order(customer, &line) }).unwrap().id;
    payments::create(&mut f.desk, &NewPayment { day: day("2026-01-29"), ..payment(old, 990_000_000_000) }).unwrap();
    let order = f.order(customer, &line);
    ship(&mut f, order).unwrap();
    let all = back(&f.desk, order, &[(0, 1)], 0);
    returns::create(&mut f.desk, &all).unwrap();
    let shown = text(&pages(&f, Wanted::Statement(customer, day("2026-01-01"), day("2026-01-31")), Paper::A4));
    contains(&shown, &["9,900,000,000.00", "19,800,000,000.00"]);
}

#[test]
fn a_thousand_lines_go_on_with_head_and_sums_and_nothing_leaves_the_sheet() {
    let mut f = Fixture::new();
    let customer = f.customer("杭州启明办公用品有限公司");
    let product = f.product("WJ-1", 1000, 1_000_000);
    let id = f.order(customer, &vec![(product, 1, 1000); 1000]);
    for paper in [Paper::A4, Paper::ThreePart] {
        let sheets = pages(&f, Wanted::Order(id), paper);
        assert!(sheets.len() > 15, "{}", sheets.len());
        for (at, sheet) in sheets.iter().enumerate() {
            let (width, height) = sheet.size;
            assert!(sheet.texts.iter().all(|item| item.x >= 0.0 && item.x < width && item.baseline > 0.0 && item.baseline < height));
            assert!(sheet.rules.iter().all(|rule| rule.to.0 <= width && rule.to.1 <= height));
            let shown = text(std::slice::from_ref(sheet));
            contains(&shown, &["恒达五金办公批发", "O20260130001", &format!("第 {} 页，共 {} 页", at + 1, sheets.len())]);
            // The foot stands below everything else.
            let lowest = sheet.texts.iter().map(|item| item.baseline).fold(0.0, f32::max);
            let in_foot = sheet.texts.iter().filter(|item| item.baseline == lowest).count();
            assert_eq!(in_foot, 1, "{shown}");
        }
        // What is carried on is what stood before: ten yuan a line.
        let carried = |sheet: &Sheet, word: &str| -> Option<String> {
            let row = sheet.texts.iter().find(|item| item.text == word)?.baseline;
            sheet.texts.iter().filter(|item| item.baseline == row).map(|item| item.text.clone()).find(|text| text.ends_with(".00"))
        };
        for two in sheets.windows(2) {
            let (out, brought) = (carried(&two[0], "过次页"), carried(&two[1], "承前页"));
            assert!(out.is_some() && out == brought, "{out:?} {brought:?}");
        }
        let lines = text(&sheets).lines().filter(|line| *line == "产品 WJ-1").count();
        assert_eq!(lines, 1000);
        contains(&text(&sheets), &["10,000.00", "人民币壹万元整"]);
    }
}

/// The words of a PDF and its fonts, one a line, as poppler reads them; nothing where its programs are not there.
fn read_back(f: &Fixture, pdf: &[u8]) -> Option<(String, Vec<String>)> {
    let path = f.path().with_file_name("paper.pdf");
    std::fs::write(&path, pdf).unwrap();
    let run = |program: &str, words: &[&str]| Command::new(program).args(words).output().ok().map(|output| String::from_utf8(output.stdout).unwrap());
    let name = path.to_str().unwrap();
    let Some(text) = run("pdftotext", &["-layout", name, "-"]) else {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: needs pdftotext (poppler-utils)\n");
        return None;
    };
    Some((text, run("pdffonts", &[name]).unwrap().lines().skip(2).map(str::to_owned).collect()))
}

/// The most bytes of a paper of twenty lines.
const MOST_BYTES: usize = 150_000;

/// A logo as it is kept, of so many pixels; `of` gives the colours.
fn logo(f: &mut Fixture, width: u32, height: u32, of: impl Fn(u32, u32) -> [u8; 4]) {
    let path = f.folder.path().join("logo.png");
    image::RgbaImage::from_fn(width, height, |x, y| image::Rgba(of(x, y))).save(&path).unwrap();
    let name = pictures::keep_logo(&f.desk, &path).unwrap();
    f.configure(ConfigKey::CompanyLogo, name.as_str());
}

#[test]
fn every_kind_of_pdf_has_the_records_words_and_figures_with_few_characters_of_the_fonts() {
    let mut f = Fixture::new();
    for (key, value) in [
        (ConfigKey::CompanyAddress, "杭州市拱墅区莫干山路 1418 号"),
        (ConfigKey::CompanyPhone, "0571-88886666"),
        (ConfigKey::CompanyTaxNumber, "91330100MA2AB12345"),
        (ConfigKey::CompanyBank, "中国工商银行杭州分行"),
        (ConfigKey::CompanyBankAccount, "1202 0211 0990 0012 345"),
        (ConfigKey::DocumentFooter, "货物签收后七日内可退换，逾期恕不受理。"),
    ] {
        f.configure(key, value);
    }
    logo(&mut f, 900, 300, |x, y| if (x / 60 + y / 60) % 2 == 0 { [14, 106, 112, 255] } else { [0, 0, 0, 0] });
    let id = order(&mut f, TWENTY);
    let payment = f.pay(id, 1000).unwrap();
    let customer = CustomerId(1);
    let quoted: Vec<(ProductId, i64, i64)> = (1..=TWENTY as i64).map(|at| (ProductId(at), 3, 1233 + at)).collect();
    let quote = f.quote(customer, &quoted);
    for at in 0..18 {
        f.order(customer, &[(ProductId(1), 1, 100 + at)]);
    }
    let total: i64 = (0..TWENTY as i64).map(|at| 3 * (1234 + at)).sum();
    let lines: Vec<String> = (0..TWENTY as i64).flat_map(|at| [fen(1234 + at).to_string(), fen(3 * (1234 + at)).to_string()]).collect();
    let goods: Vec<String> = (0..TWENTY).flat_map(|at| [format!("WJ-{at:04}"), "产品".to_owned()]).collect();
    let of_statement: Vec<String> = (0..18).map(|at| fen(100 + at).to_string()).collect();
    let period = (day("2026-01-01"), day("2026-01-31"));
    let whole = fen(total).to_string();
    let letterhead = [
        "恒达五金办公批发",
        "莫干山路",
        "1418",
        "0571-88886666",
        "91330100MA2AB12345",
        "中国工商银行杭州分行",
        "货物签收后七日内可退换，逾期恕不受理。",
    ];
    let kinds: [(Wanted, &str, Vec<&str>); 6] = [
        (Wanted::Quote(quote), "报价单", vec!["Q20260130001", "2026-02-28", &whole]),
        (Wanted::Order(id), "销售单", vec!["O20260130001", &whole, "10.00"]),
        (Wanted::Delivery(id, true), "送货单", vec!["O20260130001", &whole]),
        (Wanted::Delivery(id, false), "送货单", vec!["O20260130001"]),
        (Wanted::Receipt(id, payment), "收款收据", vec!["R20260130001", "10.00", "银行转账", "人民币壹拾元整"]),
        (Wanted::Statement(customer, period.0, period.1), "客户对账单", vec!["期初余额", "期末余额", &whole, "R20260130001"]),
    ];
    for (wanted, title, words) in kinds {
        for paper in [Paper::A4, Paper::ThreePart] {
            let sheets = pages(&f, wanted, paper);
            let pdf = pdf::write(&sheets).unwrap();
            assert!(pdf.len() <= MOST_BYTES, "{wanted:?}: {} bytes", pdf.len());
            let Some((shown, fonts)) = read_back(&f, &pdf) else { return };
            contains(&shown, &[title, "杭州启明办公用品有限公司"]);
            contains(&shown, &letterhead);
            contains(&shown, &words);
            let priced = matches!(wanted, Wanted::Quote(_) | Wanted::Order(_) | Wanted::Delivery(_, true));
            let with_goods = priced || matches!(wanted, Wanted::Delivery(..));
            for (wants, words) in [(with_goods, &goods), (priced, &lines), (matches!(wanted, Wanted::Statement(..)), &of_statement)] {
                assert!(!wants || words.iter().all(|word| shown.contains(word)), "{wanted:?}:\n{shown}");
            }
            assert!(priced || !lines.iter().any(|price| shown.contains(price)) || !matches!(wanted, Wanted::Delivery(..)), "{shown}");
            // Whatever stands on the sheets stands in the file.
            for word in sheets.iter().flat_map(|sheet| &sheet.texts).flat_map(|item| item.text.split_whitespace()) {
                assert!(shown.contains(word), "{word} is missing in:\n{shown}");
            }
            // Columns emb and sub of every font.
            assert!(!fonts.is_empty() && fonts.iter().all(|line| line.contains(" yes yes ")), "{fonts:?}");
        }
    }
}

#[test]
fn the_logo_is_whole_in_proportion_and_within_its_bounds_on_every_sheet() {
    let mut f = Fixture::new();
    let customer = f.customer("杭州启明办公用品有限公司");
    let product = f.product("WJ-1", 1000, 1_000_000);
    let id = f.order(customer, &vec![(product, 1, 1000); 60]);
    let ruler = Ruler::new().unwrap();
    for (width, height) in [(3000, 1000), (1000, 3000), (40, 40), (4000, 10)] {
        logo(&mut f, width, height, |_, _| [14, 106, 112, 255]);
        for (paper, most) in [(Paper::A4, (46.0, 16.0)), (Paper::ThreePart, (34.0, 11.0))] {
            let sheets = pages(&f, Wanted::Order(id), paper);
            assert!(sheets.len() > 1);
            for sheet in &sheets {
                let [item] = sheet.pictures.as_slice() else { panic!("one logo a sheet") };
                let (w, h) = (item.width / MM, item.height / MM);
                assert!(w <= most.0 + 0.01 && h <= most.1 + 0.01, "{w} × {h} mm");
                let picture = &item.logo.picture;
                assert!((item.width / item.height - picture.width as f32 / picture.height as f32).abs() < 0.05);
                assert!(picture.width <= 400 && picture.height <= 150, "scaled down: {} × {}", picture.width, picture.height);
                // The company's name stands over the middle of the paper, as the title does.
                let name = sheet.texts.iter().find(|text| text.text == "恒达五金办公批发").unwrap();
                let middle = name.x + ruler.width(&name.text, name.weight, name.points) / 2.0;
                assert!((middle - sheet.size.0 / 2.0).abs() < 1.0, "{middle} of {}", sheet.size.0);
                // Nothing is printed over it.
                let over =
                    |text: &TextItem| text.x < item.x + item.width && text.baseline > item.y && text.baseline - text.points < item.y + item.height;
                let hit: Vec<&TextItem> = sheet.texts.iter().filter(|text| over(text)).collect();
                assert!(hit.is_empty(), "{width}×{height}: {hit:?}");
            }
        }
    }
    // The worst a photograph can be, once for all its sheets.
    let mut random = fastrand::Rng::with_seed(7);
    let noise: Vec<u8> = (0..2000 * 700 * 3).map(|_| random.u8(..)).collect();
    logo(&mut f, 2000, 700, |x, y| {
        let at = ((y * 2000 + x) * 3) as usize;
        [noise[at], noise[at + 1], noise[at + 2], 255]
    });
    let one = f.order(customer, &vec![(product, 1, 1000); 20]);
    let (small, large) =
        (pdf::write(&pages(&f, Wanted::Order(one), Paper::A4)).unwrap().len(), pdf::write(&pages(&f, Wanted::Order(id), Paper::A4)).unwrap().len());
    assert!(large < small + 50_000, "{small} {large}");
    // A logo whose file is gone leaves the paper without it.
    std::fs::remove_dir_all(f.folder.path().join("crm_erp.files")).unwrap();
    assert!(pages(&f, Wanted::Order(id), Paper::A4).iter().all(|sheet| sheet.pictures.is_empty()));
}

#[test]
fn a_long_footer_and_a_long_address_are_printed_whole() {
    let mut f = Fixture::new();
    let footer: String = "货物签收后七日内可退换，须保持包装完好并附本单；".chars().cycle().take(200).collect();
    let address: String = "浙江省杭州市拱墅区莫干山路一千四百一十八号北部软件园".chars().cycle().take(150).collect();
    f.configure(ConfigKey::DocumentFooter, &footer);
    f.configure(ConfigKey::CompanyAddress, &address);
    assert!(!ConfigKey::DocumentFooter.takes(&format!("{footer}多")));
    logo(&mut f, 400, 150, |_, _| [14, 106, 112, 255]);
    let id = order(&mut f, 60);
    for paper in [Paper::A4, Paper::ThreePart] {
        let sheets = pages(&f, Wanted::Order(id), paper);
        for sheet in &sheets {
            let joined = text(std::slice::from_ref(sheet)).replace(char::is_whitespace, "");
            let foot: String = {
                let mut lines: Vec<&TextItem> =
                    sheet.texts.iter().filter(|item| item.text.chars().count() > 8 && footer.contains(item.text.trim())).collect();
                lines.sort_by(|a, b| a.baseline.total_cmp(&b.baseline));
                lines.iter().map(|item| item.text.as_str()).collect()
            };
            assert_eq!(foot, footer, "{paper:?}");
            assert!(joined.contains(&address), "{paper:?}: {joined}");
            // The table ends above the foot.
            let top = sheet
                .texts
                .iter()
                .filter(|item| footer.starts_with(item.text.trim()) && item.text.chars().count() > 8)
                .map(|item| item.baseline - item.points)
                .fold(f32::MAX, f32::min);
            assert!(sheet.rules.iter().all(|rule| rule.to.1 < top), "{paper:?}");
        }
    }
}

#[test]
fn the_longest_names_amounts_and_notes_lose_nothing() {
    let mut f = Fixture::new();
    let long = |text: &str, most: usize| text.chars().cycle().take(most).collect::<String>();
    let (company, name, address) = (long("恒达五金办公批发与零售", 100), long("杭州启明办公用品", 100), long("浙江省杭州市拱墅区莫干山路", 200));
    f.configure(ConfigKey::CompanyName, &company);
    let input = CustomerInput { name: name.clone(), address: Some(address.clone()), ..Default::default() };
    let customer = customers::create(&mut f.desk, &input).unwrap();
    let (goods, specification) = (long("外六角螺栓镀锌", 100), long("每盒五十只装", 100));
    let (sku, price) = ("W".repeat(50), fen(999_999_999));
    let input = ProductInput {
        sku: sku.clone(),
        name: goods.clone(),
        specification: Some(specification.clone()),
        unit: "箱".into(),
        price,
        ..Default::default()
    };
    let product = products::create(&mut f.desk, &input).unwrap();
    f.stock(product, MovementType::In, 1_000_000);
    let notes = long("送到三号仓库后门，请提前半小时打电话；", 1000);
    let new = NewOrder { notes: Some(notes.clone()), ..new_order(customer, &[(product, 1, 999_999_999), (product, 99_999, 1_000_000)]) };
    let id = orders::create(&mut f.desk, &new).unwrap().id;
    let period = (day("2026-01-01"), day("2026-01-31"));
    for paper in [Paper::A4, Paper::ThreePart] {
        let sheets = pages(&f, Wanted::Order(id), paper);
        // A text that breaks goes on in the items that follow it; what stands beside it on its lines is taken out.
        for whole in [&company, &name, &address, &format!("{goods} {specification}"), &sku, &notes] {
            let pieces: Vec<&str> =
                sheets.iter().flat_map(|sheet| &sheet.texts).map(|item| item.text.trim()).filter(|text| whole.contains(text)).collect();
            let together: usize = pieces.iter().map(|piece| piece.chars().count()).sum();
            assert!(together >= whole.replace(' ', "").chars().count(), "{paper:?}: {whole}: {pieces:?}");
        }
        contains(
            &text(&sheets),
            &["9,999,999.99", "10,000.00", "999,990,000.00", "1,009,989,999.99", "人民币壹拾亿零玖佰玖拾捌万玖仟玖佰玖拾玖元玖角玖分"],
        );
        assert!(!text(&sheets).contains('…'), "{}", text(&sheets));
        for sheet in &sheets {
            assert!(sheet.rules.iter().all(|rule| rule.to.0 <= sheet.size.0 && rule.to.1 <= sheet.size.1));
            assert!(sheet.texts.iter().all(|item| item.baseline < sheet.size.1 && item.x >= 0.0 && item.x < sheet.size.0));
        }
        let statement = text(&pages(&f, Wanted::Statement(customer, period.0, period.1), paper));
        contains(&statement, &["1,009,989,999.99", "期末余额"]);
        assert!(!statement.contains('…'), "{statement}");
    }
}

#[test]
fn the_ending_never_stands_alone_and_a_statement_carries_its_balance() {
    let mut f = Fixture::new();
    let customer = f.customer("杭州启明办公用品有限公司");
    let product = f.product("WJ-1", 1000, 1_000_000);
    for paper in [Paper::A4, Paper::ThreePart] {
        for lines in 1..=45 {
            let id = f.order(customer, &vec![(product, 1, 1000); lines]);
            let sheets = pages(&f, Wanted::Order(id), paper);
            let last = text(std::slice::from_ref(sheets.last().unwrap()));
            contains(&last, &["产品 WJ-1", "合计", "人民币", "客户确认"]);
        }
    }
    let sheets = pages(&f, Wanted::Statement(customer, day("2026-01-01"), day("2026-01-31")), Paper::A4);
    assert!(sheets.len() > 1);
    let row = |sheet: &Sheet, word: &str| -> Vec<String> {
        let line = sheet.texts.iter().find(|item| item.text == word).unwrap().baseline;
        sheet.texts.iter().filter(|item| item.baseline == line).map(|item| item.text.clone()).collect()
    };
    let (carried, brought) = (row(&sheets[0], "过次页"), row(&sheets[1], "承前页"));
    assert_eq!(carried[1], brought[1]);
    // The balance of the last line before it.
    let before = sheets[0].texts.iter().rposition(|item| item.text == "过次页").unwrap();
    assert_eq!(sheets[0].texts[before - 1].text, carried[1], "{carried:?}");
}

#[test]
fn a_paper_is_found_by_exactly_its_number_among_many_like_it() {
    let mut f = Fixture::new();
    let names = (0..30).map(|n| format!("李{n:02}")).chain(["李".to_owned()]);
    let customers: Vec<_> = names.map(|name| f.customer(&name)).collect();
    let product = f.product("A", 100, 1000);
    let orders: Vec<_> = customers.iter().map(|customer| f.order(*customer, &[(product, 1, 100)])).collect();
    // Numbers of a file of old orders; ours and the external one of the last differ.
    for (at, order) in orders.iter().enumerate() {
        let number = if at == 30 { "8".to_owned() } else { format!("{}", 80 + at) };
        f.sql(&format!("UPDATE orders SET order_no = '{number}' WHERE id = {}", order.0)).unwrap();
    }
    f.sql(&format!("UPDATE orders SET external_no = 'WX-7' WHERE id = {}", orders[0].0)).unwrap();
    f.expect_good = false;
    let payment = f.pay(orders[30], 100).unwrap();
    let quote = f.quote(customers[0], &[(product, 1, 100)]);
    let period = (day("2026-01-01"), day("2026-01-31"));
    let find = |kind, number| papers::find(&f.desk, kind, number, true, period);
    assert_eq!(find(PaperKind::Order, "8"), Ok(Wanted::Order(orders[30])));
    assert_eq!(find(PaperKind::Order, " WX-7 "), Ok(Wanted::Order(orders[0])));
    assert_eq!(find(PaperKind::Statement, "李"), Ok(Wanted::Statement(customers[30], period.0, period.1)));
    assert_eq!(find(PaperKind::Receipt, "r20260130001"), Ok(Wanted::Receipt(orders[30], payment)));
    assert_eq!(find(PaperKind::Quote, "Q20260130001"), Ok(Wanted::Quote(quote)));
    assert_eq!(find(PaperKind::Quote, "8"), Err(Error::NotFound(Entity::Quote)));
}

#[test]
fn rights_and_scope_hold_on_paper_and_printing_is_logged() {
    let mut f = Fixture::new();
    let id = order(&mut f, 1);
    let quote = {
        let customer = f.customer("别人的客户");
        let product = f.product("B", 100, 10);
        f.quote(customer, &[(product, 1, 100)])
    };
    let warehouse = f.as_role(Role::Warehouse);
    let denied = |wanted| matches!(request::paperwork(&warehouse, wanted, Lang::ZhCn), Err(Error::Denied { .. }));
    assert!(denied(Wanted::Order(id)) && denied(Wanted::Delivery(id, true)) && denied(Wanted::Quote(quote)));
    assert!(request::paperwork(&warehouse, Wanted::Delivery(id, false), Lang::ZhCn).is_ok());
    let period = (day("2026-01-01"), day("2026-01-31"));
    assert_eq!(papers::find(&f.desk, PaperKind::Delivery, "o20260130001", false, period), Ok(Wanted::Delivery(id, false)));
    assert!(papers::find(&f.desk, PaperKind::Order, "O20260130", false, period).is_err(), "a part of a number is no number");
    // Handed to another salesman, it is nobody else's to print.
    let ta = f.user("ta", Role::Sales);
    f.sql(&format!("UPDATE customers SET assigned_to = {}", ta.0)).unwrap();
    let sales = f.as_role(Role::Sales);
    assert!(request::paperwork(&sales, Wanted::Order(id), Lang::ZhCn).is_err());
    assert_eq!(papers::find(&sales, PaperKind::Order, "O20260130001", true, period), Err(Error::NotFound(Entity::Order)));
    assert_eq!(papers::find(&sales, PaperKind::Statement, "别人的客户", true, period), Err(Error::NotFound(Entity::Customer)));
    let before = f.logged();
    papers::printed(&mut f.desk, Wanted::Order(id), "O20260130001").unwrap();
    assert_eq!(f.logged(), before + 1);
    assert_eq!(f.text("SELECT action || ' ' || description FROM system_logs ORDER BY id DESC LIMIT 1"), "print 打印销售单 O20260130001");
}

//! Papers for customers: every figure and word of the record is on them, also over many pages, in both languages and on both papers.

use std::process::Command;

use zhanggui::documents::layout::Sheet;
use zhanggui::documents::paperwork::Paper;
use zhanggui::documents::{pdf, request};
use zhanggui::i18n::Lang;
use zhanggui::models::choice::Role;
use zhanggui::models::paper::{PaperKind, Wanted};
use zhanggui::models::*;
use zhanggui::services::papers;

use crate::fixture::{Fixture, day};

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

#[test]
fn the_pdf_has_the_same_words_with_few_characters_of_the_fonts() {
    let mut f = Fixture::new();
    let id = order(&mut f, TWENTY);
    let sheets = pages(&f, Wanted::Order(id), Paper::A4);
    let bytes = pdf::write(&sheets).unwrap();
    assert!(bytes.starts_with(b"%PDF-"));
    assert!(bytes.len() <= 150_000, "{} bytes", bytes.len());
    let path = f.path().with_file_name("order.pdf");
    std::fs::write(&path, &bytes).unwrap();
    let Ok(output) = Command::new("pdftotext").args(["-layout", path.to_str().unwrap(), "-"]).output() else {
        let _ = std::io::Write::write_all(&mut std::io::stderr(), b"skipped: needs pdftotext (poppler-utils)\n");
        return;
    };
    let shown = String::from_utf8(output.stdout).unwrap();
    for item in sheets.iter().flat_map(|sheet| &sheet.texts) {
        for word in item.text.split_whitespace() {
            assert!(shown.contains(word), "{word} is missing in:\n{shown}");
        }
    }
    let fonts = Command::new("pdffonts").arg(&path).output().unwrap();
    let fonts = String::from_utf8(fonts.stdout).unwrap();
    // Columns emb and sub of every font.
    let listed: Vec<&str> = fonts.lines().skip(2).collect();
    assert!(!listed.is_empty() && listed.iter().all(|line| line.contains(" yes yes ")), "{fonts}");
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
    assert_eq!(request::by_number(&f.desk, PaperKind::Delivery, "o20260130001", false, period), Ok(Wanted::Delivery(id, false)));
    assert!(request::by_number(&f.desk, PaperKind::Order, "O20260130", false, period).is_err(), "a part of a number is no number");
    // Handed to another salesman, it is nobody else's to print.
    let ta = f.user("ta", Role::Sales);
    f.sql(&format!("UPDATE customers SET assigned_to = {}", ta.0)).unwrap();
    let sales = f.as_role(Role::Sales);
    assert!(request::paperwork(&sales, Wanted::Order(id), Lang::ZhCn).is_err());
    let before = f.logged();
    papers::printed(&mut f.desk, Wanted::Order(id), "O20260130001").unwrap();
    assert_eq!(f.logged(), before + 1);
    assert_eq!(f.text("SELECT action || ' ' || description FROM system_logs ORDER BY id DESC LIMIT 1"), "print 打印销售单 O20260130001");
}

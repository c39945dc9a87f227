//! Stocktakes as documents: what stands on a sheet, counting, blind counts, moved lines, posting, discarding.

use zhanggui::models::choice::{Entity, MovementType, Role};
use zhanggui::models::customer::Removal;
use zhanggui::models::error::Refusal;
use zhanggui::models::product::ProductInput;
use zhanggui::models::stock::{MovementFilter, MovementPage, MovementSort};
use zhanggui::models::stocktake::*;
use zhanggui::models::*;
use zhanggui::services::{Desk, products, stock, stocktakes};

use crate::fixture::{Fixture, fields};

fn begin(f: &mut Fixture, scope: StocktakeScope) -> StocktakeId {
    stocktakes::create(&mut f.desk, &NewStocktake { scope, blind: false, notes: None }).unwrap()
}

/// Three products with 10, 20 and 30 pieces, and a stocktake of all of them.
fn shop() -> (Fixture, StocktakeId, [ProductId; 3]) {
    let mut f = Fixture::new();
    let products = [f.product("A", 100, 10), f.product("B", 200, 20), f.product("C", 300, 30)];
    let id = begin(&mut f, StocktakeScope::All);
    (f, id, products)
}

fn categorised(f: &mut Fixture, sku: &str, category: &str) -> ProductId {
    let input = ProductInput { sku: sku.into(), name: sku.into(), unit: "盒".into(), category: Some(category.into()), ..Default::default() };
    products::create(&mut f.desk, &input).unwrap()
}

fn count(f: &mut Fixture, id: StocktakeId, product: ProductId, counted: i64) -> Result<()> {
    let seen = lines_of(&f.desk, id, LineView::All).iter().find(|line| line.product == product).and_then(|line| line.counted);
    stocktakes::count(&mut f.desk, id, &[Count { product, counted: Some(counted), seen }])
}

fn lines_of(desk: &Desk, id: StocktakeId, view: LineView) -> Vec<StocktakeLine> {
    let filter = LineFilter { view, ..Default::default() };
    let page = stocktakes::lines(desk, id, &filter, &LinePage::first(LineSort::Sku, false)).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows
}

fn skus(f: &Fixture, id: StocktakeId, view: LineView) -> Vec<String> {
    lines_of(&f.desk, id, view).into_iter().map(|line| line.sku).collect()
}

fn version(f: &Fixture, id: StocktakeId) -> i64 {
    stocktakes::get(&f.desk, id).unwrap().0.version
}

fn post(f: &mut Fixture, id: StocktakeId) -> Result<StocktakePosted> {
    let version = version(f, id);
    stocktakes::post(&mut f.desk, id, version)
}

const BOOKED: &str = "SELECT COALESCE(group_concat(product_id || ':' || movement_type || ':' || quantity || ':' || reference_id, ' '), '')
                      FROM stock_movements WHERE reference_type = 'stocktake'";

#[test]
fn a_sheet_holds_what_was_chosen() {
    let mut f = Fixture::new();
    categorised(&mut f, "S1", "五金/螺丝");
    categorised(&mut f, "S2", "五金");
    let other = categorised(&mut f, "S3", "五金工具");
    let gone = categorised(&mut f, "S4", "五金");
    f.sql("UPDATE products SET status = 'inactive' WHERE sku = 'S4'").unwrap();
    let all = begin(&mut f, StocktakeScope::All);
    assert_eq!(skus(&f, all, LineView::All), ["S1", "S2", "S3"]);
    let category = begin(&mut f, StocktakeScope::Category("五金".into()));
    assert_eq!(skus(&f, category, LineView::All), ["S1", "S2"], "with what stands below it, not with what begins alike");
    let below = begin(&mut f, StocktakeScope::Category("五金/螺丝".into()));
    assert_eq!(skus(&f, below, LineView::All), ["S1"]);
    let list = begin(&mut f, StocktakeScope::Products(vec![gone, other, gone]));
    assert_eq!(skus(&f, list, LineView::All), ["S3", "S4"], "inactive ones where they are named, each once");
    let numbers = "SELECT group_concat(stocktake_no, ' ') FROM (SELECT stocktake_no FROM stocktakes ORDER BY id)";
    let expected: Vec<String> = (1..=4).map(|n| format!("{}2026013000{n}", prefix(&f))).collect();
    assert_eq!(f.text(numbers), expected.join(" "));
}

fn prefix(f: &Fixture) -> String {
    f.text("SELECT substr(stocktake_no, 1, length(stocktake_no) - 11) FROM stocktakes LIMIT 1")
}

#[test]
fn a_sheet_without_lines_is_not_begun() {
    let mut f = Fixture::new();
    let new = |scope| NewStocktake { scope, blind: false, notes: None };
    for (scope, field) in [
        (StocktakeScope::All, Field::Product),
        (StocktakeScope::Category("无".into()), Field::Product),
        (StocktakeScope::Category(" ".into()), Field::Category),
        (StocktakeScope::Products(Vec::new()), Field::Product),
    ] {
        let error = stocktakes::create(&mut f.desk, &new(scope)).unwrap_err();
        assert_eq!(fields(error).of(field), Some(Problem::Required));
    }
    let unknown = stocktakes::create(&mut f.desk, &new(StocktakeScope::Products(vec![ProductId(9)])));
    assert_eq!(unknown, Err(Error::NotFound(Entity::Product)));
    assert_eq!(f.figure("SELECT COUNT(*) FROM stocktakes"), 0);
    f.product("A", 100, 0);
    let id = begin(&mut f, StocktakeScope::All);
    assert!(stocktakes::get(&f.desk, id).unwrap().0.stocktake_no.ends_with("001"), "what was refused took no number");
}

#[test]
fn counts_are_stored_taken_back_and_stored_again() {
    let (mut f, id, [a, b, _]) = shop();
    count(&mut f, id, a, 8).unwrap();
    count(&mut f, id, b, 20).unwrap();
    let (stocktake, sums) = stocktakes::get(&f.desk, id).unwrap();
    assert_eq!((stocktake.lines, stocktake.counted, stocktake.differing), (3, 2, 1));
    assert_eq!((sums.counted, sums.differing, sums.moved, sums.pieces, sums.value), (2, 1, 0, Some((0, 2)), Money::from_fen(-200)));
    let line = &lines_of(&f.desk, id, LineView::Differing)[0];
    assert_eq!((line.system, line.counted, line.difference, line.value), (Some(10), Some(8), Some(-2), Money::from_fen(-200)));
    assert_eq!(line.counted_by_name.as_deref(), Some("陈志远"));
    assert_eq!(skus(&f, id, LineView::Uncounted), ["C"]);
    count(&mut f, id, a, 13).unwrap();
    assert_eq!(stocktakes::get(&f.desk, id).unwrap().1.pieces, Some((3, 0)));
    stocktakes::count(&mut f.desk, id, &[Count { product: a, counted: None, seen: Some(13) }]).unwrap();
    assert_eq!(skus(&f, id, LineView::Uncounted), ["A", "C"]);
    assert_eq!(f.figure("SELECT COUNT(*) FROM stock_movements"), 3, "counting books nothing");
}

#[test]
fn figures_out_of_bounds_are_refused_all_or_nothing() {
    let (mut f, id, [a, b, _]) = shop();
    let counts = |second| [Count { product: a, counted: Some(1), seen: None }, Count { product: b, counted: Some(second), seen: None }];
    for wrong in [-1, MOST_COUNTED + 1] {
        let error = stocktakes::count(&mut f.desk, id, &counts(wrong)).unwrap_err();
        assert_eq!(fields(error).of_line(1, Field::Quantity), Some(Problem::OutOfRange(0, MOST_COUNTED)));
    }
    let unknown = [counts(1)[0], Count { product: ProductId(99), counted: Some(1), seen: None }];
    assert_eq!(stocktakes::count(&mut f.desk, id, &unknown), Err(Error::NotFound(Entity::Product)));
    assert_eq!(stocktakes::get(&f.desk, id).unwrap().0.counted, 0);
    stocktakes::count(&mut f.desk, id, &counts(MOST_COUNTED)).unwrap();
}

#[test]
fn a_product_that_is_counted_comes_onto_the_sheet() {
    let mut f = Fixture::new();
    let (a, b) = (f.product("A", 100, 1), f.product("B", 100, 5));
    let id = begin(&mut f, StocktakeScope::Products(vec![b]));
    assert_eq!((stocktakes::place(&f.desk, id, a), stocktakes::place(&f.desk, id, b)), (Ok(None), Ok(Some(0))));
    count(&mut f, id, a, 4).unwrap();
    assert_eq!((stocktakes::place(&f.desk, id, a), stocktakes::place(&f.desk, id, b)), (Ok(Some(0)), Ok(Some(1))));
    assert_eq!(post(&mut f, id).unwrap().adjusted, 1);
    assert_eq!(products::get(&f.desk, a).unwrap().stock, 4);
    assert_eq!(products::get(&f.desk, b).unwrap().stock, 5, "not counted, not changed");
}

#[test]
fn a_product_on_a_sheet_is_kept_as_inactive() {
    let mut f = Fixture::new();
    let never_moved = f.product("A", 100, 0);
    let sheet = begin(&mut f, StocktakeScope::All);
    assert_eq!(products::delete(&mut f.desk, never_moved), Ok(Removal::Deactivated));
    assert_eq!(skus(&f, sheet, LineView::All), ["A"]);
}

#[test]
fn an_open_blind_count_tells_no_figure_of_the_system() {
    let (mut f, _, [a, b, _]) = shop();
    let id = stocktakes::create(&mut f.desk, &NewStocktake { scope: StocktakeScope::All, blind: true, notes: None }).unwrap();
    count(&mut f, id, a, 7_777).unwrap();
    count(&mut f, id, b, 20).unwrap();
    let (stocktake, sums) = stocktakes::get(&f.desk, id).unwrap();
    assert_eq!((stocktake.counted, stocktake.differing, sums.differing, sums.pieces, sums.value), (2, 0, 0, None, None));
    let (page, _) = stocktakes::list(&f.desk, &StocktakeFilter::default(), &StocktakePage::first(StocktakeSort::Begun, true)).unwrap();
    assert_eq!(page.rows[0].differing, 0);
    for line in lines_of(&f.desk, id, LineView::Differing) {
        assert_eq!((line.system, line.difference, line.value), (None, None, None));
    }
    assert_eq!(skus(&f, id, LineView::Differing), ["A", "B", "C"], "what differs would tell");
    let order = |f: &Fixture, descending| {
        let page = stocktakes::lines(&f.desk, id, &LineFilter::default(), &LinePage::first(LineSort::Difference, descending)).unwrap();
        page.rows.into_iter().map(|line| line.sku).collect::<Vec<_>>()
    };
    assert_eq!(order(&f, false), ["A", "B", "C"]);
    post(&mut f, id).unwrap();
    assert_eq!(skus(&f, id, LineView::Differing), ["A"]);
    assert_eq!(lines_of(&f.desk, id, LineView::Differing)[0].difference, Some(7_767));
    assert_eq!(stocktakes::get(&f.desk, id).unwrap().1.pieces, Some((7_767, 0)));
}

#[test]
fn who_may_not_see_cost_sees_no_value() {
    let (mut f, id, [a, ..]) = shop();
    count(&mut f, id, a, 8).unwrap();
    let desk = f.as_role(Role::Warehouse);
    let (_, sums) = stocktakes::get(&desk, id).unwrap();
    assert_eq!((sums.pieces, sums.value), (Some((0, 2)), None));
    assert!(lines_of(&desk, id, LineView::All).iter().all(|line| line.value.is_none()));
}

#[test]
fn a_line_whose_stock_moved_is_counted_again_before_it_posts() {
    let (mut f, id, [a, b, _]) = shop();
    count(&mut f, id, a, 8).unwrap();
    count(&mut f, id, b, 21).unwrap();
    f.stock(a, MovementType::In, 5);
    let refused = Refusal::StockMoved { name: "产品 A".into(), unit: "盒".into(), was: 10, now: 15, lines: 1 };
    assert_eq!(post(&mut f, id), Err(Error::Refused(refused)));
    assert_eq!(f.text(BOOKED), "", "nothing of it was booked");
    let moved = &lines_of(&f.desk, id, LineView::Moved)[0];
    assert_eq!((moved.sku.as_str(), moved.system, moved.moved), ("A", Some(15), true));
    assert_eq!(stocktakes::get(&f.desk, id).unwrap().1.moved, 1);
    // Back to the same figure by two movements: someone was at the shelf all the same.
    f.stock(b, MovementType::Out, 1);
    f.stock(b, MovementType::In, 1);
    assert_eq!(skus(&f, id, LineView::Moved), ["A", "B"]);
    count(&mut f, id, a, 13).unwrap();
    count(&mut f, id, b, 21).unwrap();
    assert_eq!(post(&mut f, id).unwrap().adjusted, 2);
    assert_eq!(f.text(BOOKED), format!("{a}:adjust:-2:{id} {b}:adjust:1:{id}"));
}

#[test]
fn a_line_that_was_not_counted_may_move() {
    let (mut f, id, [a, b, _]) = shop();
    count(&mut f, id, a, 10).unwrap();
    f.stock(b, MovementType::Out, 3);
    assert_eq!(post(&mut f, id).unwrap().adjusted, 0);
    assert_eq!(f.text(BOOKED), "", "no difference, no movement");
    assert_eq!(products::get(&f.desk, b).unwrap().stock, 17);
}

#[test]
fn crossing_the_warning_line_is_told() {
    let (mut f, id, [a, b, _]) = shop();
    f.sql("UPDATE products SET stock_warning_threshold = 5").unwrap();
    count(&mut f, id, a, 5).unwrap();
    count(&mut f, id, b, 6).unwrap();
    let posted = post(&mut f, id).unwrap();
    let crossed: Vec<_> = posted.crossings.iter().map(|crossing| (crossing.product, crossing.stock, crossing.threshold)).collect();
    assert_eq!((posted.adjusted, crossed), (2, vec![(a, 5, 5)]));
}

#[test]
fn who_posts_must_have_seen_the_last_count() {
    let (mut f, id, [a, b, _]) = shop();
    count(&mut f, id, a, 8).unwrap();
    let seen = version(&f, id);
    let mut other = f.as_role(Role::Warehouse);
    stocktakes::count(&mut other, id, &[Count { product: b, counted: Some(1), seen: None }]).unwrap();
    f.set_time("2026-01-30 03:30:00");
    let conflict =
        Error::Conflict { entity: Entity::Stocktake, by: Some("同事 warehouse".into()), at: Timestamp::parse(crate::fixture::NOW).unwrap() };
    assert_eq!(stocktakes::post(&mut f.desk, id, seen), Err(conflict), "when it was counted, not when it was posted");
    assert_eq!(f.text(BOOKED), "");
    post(&mut f, id).unwrap();
}

#[test]
fn nothing_counted_posts_nothing() {
    let (mut f, id, _) = shop();
    assert_eq!(post(&mut f, id), Err(Error::Refused(Refusal::NothingCounted)));
}

#[test]
fn closed_stays_closed() {
    let (mut f, posted, [a, b, _]) = shop();
    count(&mut f, posted, a, 8).unwrap();
    post(&mut f, posted).unwrap();
    let discarded = begin(&mut f, StocktakeScope::All);
    count(&mut f, discarded, b, 1).unwrap();
    stocktakes::discard(&mut f.desk, discarded).unwrap();
    assert_eq!(products::get(&f.desk, b).unwrap().stock, 20, "a discarded sheet books nothing");
    assert_eq!(stocktakes::get(&f.desk, discarded).unwrap().0.counted, 1, "and is kept");
    let logged = f.logged();
    for id in [posted, discarded] {
        let closed = Err(Error::Refused(Refusal::StocktakeClosed));
        assert_eq!(count(&mut f, id, a, 3), closed);
        assert_eq!(stocktakes::discard(&mut f.desk, id), closed);
        assert_eq!(post(&mut f, id).map(drop), closed);
        assert!(
            f.sql(&format!("UPDATE stocktake_lines SET counted_quantity = 3 WHERE stocktake_id = {id} AND counted_quantity IS NOT NULL")).is_err()
        );
    }
    assert_eq!(f.logged(), logged);
    // The figure a closed sheet was based on stays, whatever moves later.
    f.stock(a, MovementType::In, 100);
    let line = &lines_of(&f.desk, posted, LineView::Differing)[0];
    assert_eq!((line.system, line.difference, line.moved), (Some(10), Some(-2), false));
    assert!(lines_of(&f.desk, posted, LineView::Moved).is_empty());
}

#[test]
fn each_deed_leaves_one_row_in_the_log() {
    let (mut f, id, [a, b, _]) = shop();
    let before = f.logged() - 1;
    count(&mut f, id, a, 8).unwrap();
    count(&mut f, id, b, 21).unwrap();
    post(&mut f, id).unwrap();
    let second = begin(&mut f, StocktakeScope::All);
    stocktakes::discard(&mut f.desk, second).unwrap();
    assert_eq!(f.logged() - before, 6);
    let expected = "create stocktake1, update stocktake1, update stocktake1, update stocktake1, create stocktake2, update stocktake2";
    let rows = "SELECT group_concat(row, ', ') FROM (SELECT action || ' ' || entity_type || entity_id AS row FROM
                (SELECT * FROM system_logs ORDER BY id DESC LIMIT 6) ORDER BY id)";
    assert_eq!(f.text(rows), expected);
}

#[test]
fn the_list_is_searched_and_counted_by_state() {
    let (mut f, first, [a, ..]) = shop();
    count(&mut f, first, a, 10).unwrap();
    post(&mut f, first).unwrap();
    categorised(&mut f, "S1", "Hardware");
    begin(&mut f, StocktakeScope::Category("Hardware".into()));
    let third = stocktakes::create(&mut f.desk, &NewStocktake { scope: StocktakeScope::All, blind: false, notes: Some("月末".into()) }).unwrap();
    stocktakes::discard(&mut f.desk, third).unwrap();
    let list = |search: &str, status| {
        let filter = StocktakeFilter { search: search.into(), status };
        let (page, counts) = stocktakes::list(&f.desk, &filter, &StocktakePage::first(StocktakeSort::Begun, false)).unwrap();
        assert_eq!(page.total, page.rows.len() as u64);
        (page.rows.iter().map(|row| row.id.0).collect::<Vec<_>>(), (counts.open, counts.posted, counts.discarded))
    };
    assert_eq!(list("", None), (vec![1, 2, 3], (1, 1, 1)));
    assert_eq!(list("", Some(StocktakeStatus::Posted)), (vec![1], (1, 1, 1)));
    assert_eq!(list("hardware", None), (vec![2], (1, 0, 0)));
    assert_eq!(list("月末 陈", None), (vec![3], (0, 0, 1)));
    assert_eq!(list("0130002", Some(StocktakeStatus::Posted)), (vec![], (1, 0, 0)));
}

#[test]
fn lines_are_searched_and_put_in_order() {
    let (mut f, id, [a, b, c]) = shop();
    for (product, counted) in [(a, 9), (b, 25), (c, 28)] {
        count(&mut f, id, product, counted).unwrap();
    }
    let listed = |search: &str, sort, descending| {
        let filter = LineFilter { search: search.into(), ..Default::default() };
        let page = stocktakes::lines(&f.desk, id, &filter, &LinePage::first(sort, descending)).unwrap();
        page.rows.into_iter().map(|line| line.sku).collect::<Vec<_>>().concat()
    };
    assert_eq!(listed("", LineSort::Difference, true), "BCA");
    assert_eq!(listed("", LineSort::Name, true), "CBA");
    assert_eq!(listed("产品 b", LineSort::Sku, false), "B");
}

#[test]
fn two_persons_at_one_line_are_told_of_each_other() {
    let (mut f, id, [a, _, _]) = shop();
    let mut other = f.as_role(Role::Warehouse);
    count(&mut f, id, a, 8).unwrap();
    // The other one still saw the line without a count.
    let late = |counted| [Count { product: a, counted, seen: None }];
    let told = stocktakes::count(&mut other, id, &late(Some(3)));
    assert!(matches!(&told, Err(Error::Refused(Refusal::CountedMeanwhile { counted: Some(8), .. }))), "{told:?}");
    stocktakes::count(&mut other, id, &late(Some(8))).unwrap();
    stocktakes::count(&mut other, id, &[Count { product: a, counted: Some(3), seen: Some(8) }]).unwrap();
    assert_eq!(lines_of(&f.desk, id, LineView::All)[0].counted, Some(3));
}

#[test]
fn what_a_stocktake_moved_leads_to_no_order() {
    let (mut f, id, [a, b, _]) = shop();
    count(&mut f, id, a, 9).unwrap();
    post(&mut f, id).unwrap();
    let customer = f.customer("甲");
    let order = f.order(customer, &[(b, 2, 200)]);
    let page = MovementPage::first(MovementSort::Time, false);
    let rows = stock::movements(&f.desk, &MovementFilter::default(), &page).unwrap().rows;
    let led: Vec<_> = rows[3..].iter().map(|row| (row.quantity, row.reference_no.is_some(), row.order())).collect();
    assert_eq!(led, [(-1, true, None), (-2, true, Some(order))]);
}

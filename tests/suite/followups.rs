//! Follow-ups as services: time rules, one open plan, done and open again, conflicts, scope, log, rollup, search.

use zhanggui::models::choice::{Entity, Role};
use zhanggui::models::customer::CustomerInput;
use zhanggui::models::error::text;
use zhanggui::models::followup::*;
use zhanggui::models::*;
use zhanggui::services::{Desk, customers, followups};

use crate::fixture::{Fixture, Wrong, fields, followup};

fn at(text: &str) -> Timestamp {
    Timestamp::parse(text).unwrap()
}

fn record(f: &mut Fixture, customer: CustomerId, content: &str, next: Option<&str>) -> FollowupId {
    followups::create(&mut f.desk, customer, &followup(content, next)).unwrap()
}

/// The customer's follow-ups, the newest first.
fn all(desk: &Desk, customer: CustomerId) -> Vec<Followup> {
    followups::of_customer(desk, customer, 100).unwrap().0
}

fn one(desk: &Desk, customer: CustomerId, id: FollowupId) -> Followup {
    all(desk, customer).into_iter().find(|row| row.id == id).unwrap()
}

fn list(desk: &Desk, filter: &FollowupFilter) -> (Vec<String>, DueCounts) {
    let (page, counts) = followups::list(desk, filter, &FollowupPage::first(FollowupSort::Next, false)).unwrap();
    assert_eq!(page.total, counts.of(filter.due).unsigned_abs());
    (page.rows.into_iter().map(|row| row.followup.input.content).collect(), counts)
}

fn due(due: Due) -> FollowupFilter {
    FollowupFilter { due, ..Default::default() }
}

fn counts(overdue: i64, today: i64, week: i64, all: i64) -> DueCounts {
    DueCounts { overdue, today, week, all }
}

#[test]
fn wrong_input_is_named_and_writes_nothing() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    let wrong: &[Wrong<FollowupInput>] = &[
        (|input| input.content = "  \n ".into(), Field::FollowupContent, Problem::Required),
        (|input| input.content = "长".repeat(1001), Field::FollowupContent, Problem::TooLong(1000)),
        (|input| input.content = "a\0b".into(), Field::FollowupContent, Problem::NotText),
        (|input| input.result = Some("长".repeat(21)), Field::FollowupResult, Problem::TooLong(20)),
        (|input| input.next = Some(input.at), Field::NextFollowup, Problem::NotLater),
        (|input| input.next = Some(input.at.plus_seconds(-60)), Field::NextFollowup, Problem::NotLater),
        // Tomorrow's first second in Shanghai.
        (|input| input.at = at("2026-01-30 16:00:00"), Field::FollowupTime, Problem::InTheFuture),
    ];
    let logged = f.logged();
    for (spoil, field, problem) in wrong {
        let mut input = followup("电话", None);
        spoil(&mut input);
        let errors = fields(followups::create(&mut f.desk, id, &input).unwrap_err());
        assert_eq!(errors.of(*field), Some(*problem), "{input:?}");
    }
    assert_eq!((all(&f.desk, id).len(), f.logged()), (0, logged));
    // Later today may be written down before it is over; so may any day before.
    for time in ["2026-01-30 15:59:59", "2019-05-01 02:00:00"] {
        followups::create(&mut f.desk, id, &FollowupInput { at: at(time), ..followup("拜访", None) }).unwrap();
    }
    let nobody = followups::create(&mut f.desk, CustomerId(99), &followup("电话", None));
    assert_eq!(nobody, Err(Error::NotFound(Entity::Customer)));
}

#[test]
fn texts_are_tidied_and_lines_stay() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    let input = FollowupInput { content: " 一\n二 ".into(), result: Some(" ".into()), ..followup("", None) };
    followups::create(&mut f.desk, id, &input).unwrap();
    let stored = &all(&f.desk, id)[0];
    assert_eq!((stored.input.content.as_str(), &stored.input.result), ("一\n二", &text::tidy("")));
    assert_eq!((stored.created_by_name.as_str(), stored.version), ("陈志远", 1));
}

#[test]
fn a_customer_has_one_open_plan() {
    let mut f = Fixture::new();
    let (id, other) = (f.customer("甲公司"), f.customer("乙公司"));
    let first = record(&mut f, id, "一", Some("2026-01-31 02:00:00"));
    let of_other = record(&mut f, other, "二", Some("2026-01-31 02:00:00"));
    assert!(one(&f.desk, id, first).is_open());
    f.set_time("2026-01-30 03:00:00");
    // Recording ends what was planned, with a plan of its own or without.
    let second = record(&mut f, id, "三", None);
    assert_eq!(one(&f.desk, id, first).next_done_at, Some(at("2026-01-30 03:00:00")));
    assert!(!one(&f.desk, id, second).is_open() && one(&f.desk, other, of_other).is_open());
    let third = record(&mut f, id, "四", Some("2026-02-03 02:00:00"));
    // Given a plan afterwards, an older one has been done already; the newest plan stays.
    followups::update(&mut f.desk, second, 1, &followup("三", Some("2026-02-09 02:00:00"))).unwrap();
    assert!(!one(&f.desk, id, second).is_open() && one(&f.desk, id, third).is_open());
    // The newest moved to another time is open again after it was done.
    followups::mark(&mut f.desk, third, true).unwrap();
    let version = one(&f.desk, id, third).version;
    followups::update(&mut f.desk, third, version, &followup("四", Some("2026-02-04 02:00:00"))).unwrap();
    assert!(one(&f.desk, id, third).is_open());
    // And nothing is planned once the plan is taken away.
    followups::update(&mut f.desk, third, version + 1, &followup("四", None)).unwrap();
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_followups WHERE next_followup_time IS NOT NULL AND next_done_at IS NULL"), 1);
}

#[test]
fn plans_are_done_and_open_again() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    let plan = record(&mut f, id, "一", Some("2026-01-31 02:00:00"));
    let refused = |outcome| assert_eq!(outcome, Err(Error::Refused(Refusal::NothingPlanned)));
    refused(followups::mark(&mut f.desk, plan, false));
    followups::mark(&mut f.desk, plan, true).unwrap();
    assert_eq!(one(&f.desk, id, plan).next_done_at, Some(f.desk.clock().now()));
    refused(followups::mark(&mut f.desk, plan, true));
    followups::mark(&mut f.desk, plan, false).unwrap();
    assert!(one(&f.desk, id, plan).is_open());
    // A newer one took its place.
    let newer = record(&mut f, id, "二", None);
    refused(followups::mark(&mut f.desk, plan, false));
    refused(followups::mark(&mut f.desk, newer, true));
    assert_eq!(followups::mark(&mut f.desk, FollowupId(99), true), Err(Error::NotFound(Entity::Followup)));
}

#[test]
fn the_second_save_of_two_is_refused() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    let plan = record(&mut f, id, "一", Some("2026-01-31 02:00:00"));
    let mut manager = f.as_role(Role::Manager);
    followups::update(&mut manager, plan, 1, &followup("二", Some("2026-01-31 02:00:00"))).unwrap();
    let late = followups::update(&mut f.desk, plan, 1, &followup("三", None)).unwrap_err();
    assert!(matches!(late, Error::Conflict { .. }), "{late:?}");
    assert_eq!(one(&f.desk, id, plan).input.content, "二");
    // Marking counts as a change too.
    followups::mark(&mut manager, plan, true).unwrap();
    let late = followups::update(&mut f.desk, plan, 2, &followup("三", None)).unwrap_err();
    assert!(matches!(late, Error::Conflict { .. }), "{late:?}");
}

#[test]
fn plans_are_counted_by_their_day() {
    let mut f = Fixture::new();
    f.set_time("2026-01-20 02:00:00");
    // Friday is today; its week ends on Sunday, 1 February, at midnight in Shanghai.
    let plans = [
        ("前天", Some("2026-01-28 02:00:00")),
        ("昨晚", Some("2026-01-29 15:59:59")),
        ("今早", Some("2026-01-29 16:00:00")),
        ("今晚", Some("2026-01-30 15:59:59")),
        ("周日", Some("2026-02-01 15:59:59")),
        ("周一", Some("2026-02-01 16:00:00")),
        ("没有计划", None),
    ];
    for (content, next) in plans {
        let id = f.customer(content);
        let input = FollowupInput { at: at("2026-01-20 02:00:00"), ..followup(content, next) };
        followups::create(&mut f.desk, id, &input).unwrap();
    }
    f.set_time("2026-01-30 02:00:00");
    let all_counts = counts(2, 2, 3, 7);
    assert_eq!(list(&f.desk, &due(Due::Overdue)), (vec!["前天".into(), "昨晚".into()], all_counts));
    assert_eq!(list(&f.desk, &due(Due::Today)), (vec!["今早".into(), "今晚".into()], all_counts));
    assert_eq!(list(&f.desk, &due(Due::Week)), (vec!["今早".into(), "今晚".into(), "周日".into()], all_counts));
    assert_eq!(list(&f.desk, &due(Due::All)).0.len(), 7);
    let reminders = followups::reminders(&f.desk).unwrap();
    let names: Vec<_> = reminders.due.iter().map(|row| row.customer_name.as_str()).collect();
    assert_eq!((names, reminders.count, reminders.overdue), (vec!["前天", "昨晚", "今早", "今晚"], 4, 2));
    // A plan that is done is due no more, and still a record.
    followups::mark(&mut f.desk, reminders.due[0].followup.id, true).unwrap();
    assert_eq!(list(&f.desk, &due(Due::Overdue)), (vec!["昨晚".into()], counts(1, 2, 3, 7)));
    assert_eq!(followups::reminders(&f.desk).unwrap().count, 3);
}

#[test]
fn however_many_are_late_those_of_today_are_told() {
    let mut f = Fixture::new();
    f.set_time("2026-01-20 02:00:00");
    for n in 0..Reminders::MOST + 5 {
        let id = f.customer(&format!("客户 {n}"));
        let next = if n < 5 { "2026-01-30 06:00:00" } else { "2026-01-25 02:00:00" };
        let input = FollowupInput { at: at("2026-01-20 02:00:00"), ..followup("电话", Some(next)) };
        followups::create(&mut f.desk, id, &input).unwrap();
    }
    f.set_time("2026-01-30 02:00:00");
    let reminders = followups::reminders(&f.desk).unwrap();
    assert_eq!((reminders.count, reminders.overdue), (Reminders::MOST + 5, Reminders::MOST));
    assert_eq!(reminders.due.iter().filter(|row| row.followup.input.next == Some(at("2026-01-30 06:00:00"))).count(), 5);
}

#[test]
fn who_reaches_only_his_own_sees_counts_and_reminders_of_his_own() {
    let mut f = Fixture::new();
    let mut sales = f.as_role(Role::Sales);
    let me = sales.session().unwrap().user;
    let customer = |f: &mut Fixture, name: &str, owner| {
        customers::create(&mut f.desk, &CustomerInput { name: name.into(), assigned_to: owner, ..Default::default() }).unwrap()
    };
    let admin = f.desk.session().unwrap().user;
    let (mine, free, others) = (customer(&mut f, "我的", Some(me)), customer(&mut f, "无主", None), customer(&mut f, "别人的", Some(admin)));
    for (id, content) in [(mine, "给我的"), (free, "给无主的"), (others, "给别人的")] {
        record(&mut f, id, content, Some("2026-01-30 06:00:00"));
    }
    assert_eq!(list(&sales, &due(Due::Today)).1, counts(0, 2, 2, 2));
    assert_eq!(list(&f.desk, &due(Due::Today)).1, counts(0, 3, 3, 3));
    // Who is to do it: the owner, else who planned it.
    let names = |desk: &Desk| followups::reminders(desk).unwrap().due.into_iter().map(|row| row.customer_name).collect::<Vec<_>>();
    assert_eq!((names(&sales), names(&f.desk)), (vec!["我的".to_owned()], vec!["无主".to_owned(), "别人的".to_owned()]));
    let filter = FollowupFilter { person: Some(me), ..due(Due::Today) };
    assert_eq!(list(&f.desk, &filter), (vec!["给我的".into()], counts(0, 1, 1, 1)));
    // Out of reach: neither read nor written, and not told apart from what does not exist.
    let id = all(&f.desk, others)[0].id;
    let nothing = Err(Error::NotFound(Entity::Followup));
    assert_eq!(followups::of_customer(&sales, others, 10).unwrap_err(), Error::NotFound(Entity::Customer));
    assert_eq!(followups::create(&mut sales, others, &followup("电话", None)), Err(Error::NotFound(Entity::Customer)));
    assert_eq!(followups::update(&mut sales, id, 1, &followup("电话", None)), nothing);
    assert_eq!(followups::mark(&mut sales, id, true), nothing);
    // Handed over, the plan goes along.
    let (mut input, version) = customers::get(&f.desk, others).map(|(customer, _)| (customer.input, customer.version)).unwrap();
    input.assigned_to = Some(me);
    customers::update(&mut f.desk, others, version, &input).unwrap();
    assert_eq!(names(&sales).len(), 2);
    // Who may not see customers has no reminders, and is not refused.
    assert_eq!(followups::reminders(&f.as_role(Role::Warehouse)), Ok(Reminders::default()));
}

#[test]
fn every_change_stands_in_the_log() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    let last = |f: &Fixture| f.text("SELECT action || ' ' || module || ' ' || description FROM system_logs ORDER BY id DESC LIMIT 1");
    let changes = |f: &Fixture| f.text("SELECT COALESCE(changes, '') FROM system_logs ORDER BY id DESC LIMIT 1");
    let before = f.logged();
    let plan = record(&mut f, id, "发送报价", Some("2026-01-31 02:00:00"));
    assert_eq!(last(&f), "create customer 跟进客户 甲公司");
    assert!(changes(&f).contains("发送报价") && changes(&f).contains("2026-01-31 10:00"), "{}", changes(&f));
    followups::update(&mut f.desk, plan, 1, &followup("再发报价", Some("2026-01-31 02:00:00"))).unwrap();
    assert_eq!(last(&f), "update customer 修改客户 甲公司 的跟进记录");
    assert!(changes(&f).contains("发送报价") && changes(&f).contains("再发报价") && !changes(&f).contains("2026-01-31"), "{}", changes(&f));
    followups::mark(&mut f.desk, plan, true).unwrap();
    assert_eq!(last(&f), "update customer 完成客户 甲公司 的待跟进");
    followups::mark(&mut f.desk, plan, false).unwrap();
    assert_eq!(last(&f), "update customer 恢复客户 甲公司 的待跟进");
    followups::delete(&mut f.desk, plan).unwrap();
    assert_eq!(last(&f), "delete customer 删除客户 甲公司 的跟进记录");
    assert!(changes(&f).contains("再发报价"), "{}", changes(&f));
    assert_eq!(f.logged(), before + 5);
    assert_eq!(followups::delete(&mut f.desk, plan), Err(Error::NotFound(Entity::Followup)));
}

#[test]
fn the_customer_knows_when_he_was_last_followed_up() {
    let mut f = Fixture::new();
    let id = f.customer("甲公司");
    let last = |f: &Fixture| customers::get(&f.desk, id).unwrap().0.last_followup_at;
    assert_eq!(last(&f), None);
    let new = record(&mut f, id, "今天", None);
    let old = followups::create(&mut f.desk, id, &FollowupInput { at: at("2026-01-05 02:00:00"), ..followup("补记", None) }).unwrap();
    assert_eq!(last(&f), Some(at("2026-01-30 02:00:00")));
    // The list is by when it happened, not by when it was written down.
    assert_eq!(all(&f.desk, id).iter().map(|row| row.id).collect::<Vec<_>>(), [new, old]);
    followups::update(&mut f.desk, new, 1, &FollowupInput { at: at("2026-01-29 02:00:00"), ..followup("昨天", None) }).unwrap();
    assert_eq!(last(&f), Some(at("2026-01-29 02:00:00")));
    followups::delete(&mut f.desk, new).unwrap();
    assert_eq!(last(&f), Some(at("2026-01-05 02:00:00")));
    followups::delete(&mut f.desk, old).unwrap();
    assert_eq!(last(&f), None);
}

#[test]
fn a_search_finds_the_customer_by_pinyin_and_counts_along() {
    let mut f = Fixture::new();
    let (first, second) = (f.customer("北京科技"), f.customer("杭州启明"));
    record(&mut f, first, "一", Some("2026-01-30 06:00:00"));
    record(&mut f, second, "二", None);
    record(&mut f, second, "三", Some("2026-01-30 07:00:00"));
    for (words, found) in [("bjkj", vec!["一"]), ("qiming", vec!["三"]), ("科技", vec!["一"]), ("", vec!["一", "三"]), ("没有", vec![])] {
        let filter = FollowupFilter { search: words.into(), ..due(Due::Today) };
        let (rows, seen) = list(&f.desk, &filter);
        assert_eq!((rows, seen.today), (found.iter().map(|text| (*text).to_owned()).collect(), found.len() as i64), "{words}");
    }
    let filter = FollowupFilter { customer: Some(second), ..Default::default() };
    assert_eq!(list(&f.desk, &filter).1, counts(0, 1, 1, 2));
}

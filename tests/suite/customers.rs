//! Customers: what is taken, what is refused by field, lists, deleting, and the log of each change.

use zhanggui::models::choice::{CustomerLevel, Entity, Role, Status};
use zhanggui::models::customer::{CustomerFilter, CustomerInput, CustomerPage, CustomerSort, OwnerFilter, Removal};
use zhanggui::models::error::Code;
use zhanggui::models::*;
use zhanggui::services::{Desk, customers};

use crate::fixture::{Fixture, NOW, Wrong, fen, fields};

fn named(name: &str) -> CustomerInput {
    CustomerInput { name: name.into(), ..Default::default() }
}

fn full() -> CustomerInput {
    CustomerInput {
        code: Some("KH-001".into()),
        name: "杭州启明办公用品有限公司".into(),
        contact_person: Some("周明".into()),
        phone: Some("13800006620".into()),
        email: Some("zhou@qiming.example".into()),
        address: Some("杭州市文三路 1 号".into()),
        industry: Some("办公".into()),
        level: CustomerLevel::Important,
        assigned_to: Some(UserId(1)),
        tags: vec!["月结".into(), "老客户".into()],
        status: Status::Active,
        payment_term_days: Some(45),
        credit_limit: Some(fen(5_000_000)),
    }
}

fn names(f: &Fixture, filter: &CustomerFilter) -> Vec<String> {
    let page = customers::list(&f.desk, filter, &CustomerPage::first(CustomerSort::Created, false)).unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.name).collect()
}

fn last_changes(f: &Fixture) -> serde_json::Value {
    serde_json::from_str(&f.text("SELECT changes FROM system_logs ORDER BY id DESC LIMIT 1")).unwrap()
}

#[test]
fn a_customer_comes_back_as_entered() {
    let mut f = Fixture::new();
    let id = customers::create(&mut f.desk, &full()).unwrap();
    let (customer, sums) = customers::get(&f.desk, id).unwrap();
    assert_eq!(customer.input, full());
    assert_eq!((customer.version, customer.outstanding, sums.orders), (1, Some(Money::ZERO), 0));
    assert_eq!(customer.owner_name.as_deref(), Some("陈志远"));
    assert_eq!(customer.created_at, Timestamp::parse(NOW).unwrap());
}

#[test]
fn blanks_go_and_a_tag_counts_once() {
    let mut f = Fixture::new();
    let input = CustomerInput {
        code: Some("  ".into()),
        name: "  宁波海纳  ".into(),
        phone: Some(" 138-0000 6620 ".into()),
        address: Some(String::new()),
        tags: vec![" 月结".into(), "月结 ".into(), "  ".into(), "老客户".into()],
        ..Default::default()
    };
    let id = customers::create(&mut f.desk, &input).unwrap();
    let stored = customers::get(&f.desk, id).unwrap().0.input;
    assert_eq!((stored.name.as_str(), stored.phone.as_deref(), stored.code, stored.address), ("宁波海纳", Some("13800006620"), None, None));
    assert_eq!(stored.tags, ["月结", "老客户"]);
}

#[test]
fn every_wrong_field_is_named_and_nothing_is_written() {
    let mut f = Fixture::new();
    let cases: [Wrong<CustomerInput>; 21] = [
        (|i| i.name = "  ".into(), Field::Name, Problem::Required),
        (|i| i.name = "名".repeat(101), Field::Name, Problem::TooLong(100)),
        (|i| i.name = "海\u{0}纳".into(), Field::Name, Problem::NotText),
        (|i| i.code = Some("1".repeat(51)), Field::Code, Problem::TooLong(50)),
        (|i| i.contact_person = Some("周".repeat(51)), Field::ContactPerson, Problem::TooLong(50)),
        (|i| i.phone = Some("1380000662".into()), Field::Phone, Problem::PhoneDigits(10)),
        (|i| i.phone = Some("138 0000 66201".into()), Field::Phone, Problem::PhoneDigits(12)),
        (|i| i.phone = Some("+".repeat(31)), Field::Phone, Problem::TooLong(30)),
        (|i| i.email = Some("zhou".into()), Field::Email, Problem::NotAnEmail),
        (|i| i.email = Some("zhou@qiming".into()), Field::Email, Problem::NotAnEmail),
        (|i| i.email = Some("zhou ming@qiming.cn".into()), Field::Email, Problem::NotAnEmail),
        (|i| i.email = Some(format!("{}@a.cn", "z".repeat(100))), Field::Email, Problem::TooLong(100)),
        (|i| i.address = Some("路".repeat(201)), Field::Address, Problem::TooLong(200)),
        (|i| i.industry = Some("业".repeat(51)), Field::Industry, Problem::TooLong(50)),
        (|i| i.tags = vec!["签".repeat(21)], Field::Tags, Problem::TooLong(20)),
        (|i| i.tags = (0..21).map(|n| format!("签{n}")).collect(), Field::Tags, Problem::OutOfRange(0, 20)),
        (|i| i.payment_term_days = Some(-1), Field::PaymentTerm, Problem::OutOfRange(0, 3650)),
        (|i| i.payment_term_days = Some(3651), Field::PaymentTerm, Problem::OutOfRange(0, 3650)),
        (|i| i.credit_limit = Money::from_fen(-1), Field::CreditLimit, Problem::Negative),
        (|i| i.contact_person = Some("周\u{7}".into()), Field::ContactPerson, Problem::NotText),
        (|i| i.address = Some("\u{1b}[31m".into()), Field::Address, Problem::NotText),
    ];
    let stored = customers::create(&mut f.desk, &named("甲")).unwrap();
    let logged = f.logged();
    for (change, field, problem) in cases {
        let mut input = full();
        change(&mut input);
        let error = customers::create(&mut f.desk, &input).unwrap_err();
        assert_eq!(error.code(), Code::BadRequest, "{field:?}");
        assert_eq!(fields(error).of(field), Some(problem));
        let error = customers::update(&mut f.desk, stored, 1, &input).unwrap_err();
        assert_eq!(fields(error).of(field), Some(problem));
    }
    assert_eq!((f.figure("SELECT COUNT(*) FROM customers"), f.logged()), (1, logged));
    assert_eq!(customers::get(&f.desk, stored).unwrap().0.input, named("甲"));
}

#[test]
fn land_lines_and_foreign_phones_are_taken_as_given() {
    let mut f = Fixture::new();
    for phone in ["0571-8888 6666", "+49 30 1234567", "400-820-8820"] {
        let id = customers::create(&mut f.desk, &CustomerInput { phone: Some(phone.into()), ..named("外商") }).unwrap();
        assert_eq!(customers::get(&f.desk, id).unwrap().0.input.phone.as_deref(), Some(phone));
    }
}

#[test]
fn the_owner_must_be_an_active_user() {
    let mut f = Fixture::new();
    let gone = f.user("gone", Role::Sales);
    f.sql("UPDATE users SET status = 'inactive' WHERE username = 'gone'").unwrap();
    for owner in [UserId(99), gone] {
        let error = customers::create(&mut f.desk, &CustomerInput { assigned_to: Some(owner), ..named("甲") }).unwrap_err();
        assert_eq!(error.code(), Code::NotFound);
        assert_eq!(fields(error).of(Field::Owner), Some(Problem::NotFound));
    }
}

#[test]
fn a_customer_of_someone_who_left_is_still_edited() {
    let mut f = Fixture::new();
    let (mei, gone) = (f.user("mei", Role::Sales), f.user("gone", Role::Sales));
    let id = customers::create(&mut f.desk, &CustomerInput { assigned_to: Some(mei), ..named("甲") }).unwrap();
    f.sql("UPDATE users SET status = 'inactive' WHERE username IN ('mei', 'gone')").unwrap();
    customers::update(&mut f.desk, id, 1, &CustomerInput { assigned_to: Some(mei), ..named("甲方") }).unwrap();
    let error = customers::update(&mut f.desk, id, 2, &CustomerInput { assigned_to: Some(gone), ..named("甲方") }).unwrap_err();
    assert_eq!(fields(error).of(Field::Owner), Some(Problem::NotFound), "to someone who left it is not given");
}

#[test]
fn a_code_belongs_to_one_customer() {
    let mut f = Fixture::new();
    let first = customers::create(&mut f.desk, &full()).unwrap();
    let error = customers::create(&mut f.desk, &CustomerInput { code: full().code, ..named("乙") }).unwrap_err();
    assert_eq!(error.code(), Code::Exists);
    assert_eq!(fields(error).of(Field::Code), Some(Problem::Taken));
    let second = customers::create(&mut f.desk, &named("乙")).unwrap();
    let error = customers::update(&mut f.desk, second, 1, &CustomerInput { code: full().code, ..named("乙") }).unwrap_err();
    assert_eq!(error.code(), Code::Exists);
    customers::update(&mut f.desk, first, 1, &CustomerInput { industry: None, ..full() }).unwrap();
}

#[test]
fn the_second_of_two_saves_is_a_conflict_that_names_the_first() {
    let mut f = Fixture::new();
    let id = f.customer("甲");
    let mut manager = f.as_role(Role::Manager);
    f.set_time("2026-01-30 02:05:00");
    customers::update(&mut manager, id, 1, &named("甲方")).unwrap();
    let error = customers::update(&mut f.desk, id, 1, &named("甲公司")).unwrap_err();
    assert_eq!(error.code(), Code::Exists);
    let at = Timestamp::parse("2026-01-30 02:05:00").unwrap();
    assert_eq!(error, Error::Conflict { entity: Entity::Customer, by: Some("同事 manager".into()), at });
    let stored = customers::get(&f.desk, id).unwrap().0;
    assert_eq!((stored.input.name.as_str(), stored.version), ("甲方", 2));
    customers::update(&mut f.desk, id, 2, &named("甲公司")).unwrap();
}

#[test]
fn unknown_customers_are_4004() {
    let mut f = Fixture::new();
    let unknown = CustomerId(99);
    assert_eq!(customers::get(&f.desk, unknown).unwrap_err(), Error::NotFound(Entity::Customer));
    assert_eq!(customers::update(&mut f.desk, unknown, 1, &named("甲")).unwrap_err().code(), Code::NotFound);
    assert_eq!(customers::delete(&mut f.desk, unknown).unwrap_err().code(), Code::NotFound);
}

#[test]
fn an_unused_customer_is_deleted_and_a_used_one_becomes_inactive() {
    let mut f = Fixture::new();
    let (unused, used, product) = (customers::create(&mut f.desk, &full()).unwrap(), f.customer("乙"), f.product("A", 100, 5));
    f.order(used, &[(product, 1, 100)]);
    assert_eq!(customers::delete(&mut f.desk, unused), Ok(Removal::Deleted));
    assert_eq!(customers::get(&f.desk, unused).unwrap_err().code(), Code::NotFound);
    assert_eq!(f.figure("SELECT COUNT(*) FROM customer_tags"), 0);
    assert_eq!(customers::delete(&mut f.desk, used), Ok(Removal::Deactivated));
    assert_eq!(customers::get(&f.desk, used).unwrap().0.input.status, Status::Inactive);
    assert_eq!(last_changes(&f), serde_json::json!({"status": ["active", "inactive"]}));
    assert!(customers::find(&f.desk, "乙", 10).unwrap().is_empty());
}

#[test]
fn filters_hold_together() {
    let mut f = Fixture::new();
    let mei = f.user("mei", Role::Sales);
    let add = |f: &mut Fixture, name: &str, level, owner, tag: &str, status| {
        let tags = if tag.is_empty() { vec![] } else { vec![tag.to_owned()] };
        customers::create(&mut f.desk, &CustomerInput { level, assigned_to: owner, tags, status, ..named(name) }).unwrap();
    };
    add(&mut f, "杭州启明", CustomerLevel::Vip, Some(mei), "月结", Status::Active);
    add(&mut f, "宁波海纳", CustomerLevel::Vip, None, "", Status::Active);
    add(&mut f, "杭州远方", CustomerLevel::Normal, Some(UserId(1)), "月结客户", Status::Inactive);
    let filter = CustomerFilter::default;
    assert_eq!(names(&f, &CustomerFilter { level: Some(CustomerLevel::Vip), ..filter() }), ["杭州启明", "宁波海纳"]);
    assert_eq!(names(&f, &CustomerFilter { status: Some(Status::Inactive), ..filter() }), ["杭州远方"]);
    assert_eq!(names(&f, &CustomerFilter { owner: Some(OwnerFilter::User(mei)), ..filter() }), ["杭州启明"]);
    assert_eq!(names(&f, &CustomerFilter { owner: Some(OwnerFilter::Unassigned), ..filter() }), ["宁波海纳"]);
    assert_eq!(names(&f, &CustomerFilter { tag: Some("月结".into()), ..filter() }), ["杭州启明"]);
    assert_eq!(names(&f, &CustomerFilter { search: "杭州".into(), ..filter() }), ["杭州启明", "杭州远方"]);
    assert_eq!(names(&f, &CustomerFilter { search: "hzyf".into(), ..filter() }), ["杭州远方"]);
    let both = CustomerFilter { search: "hangzhou".into(), level: Some(CustomerLevel::Vip), ..filter() };
    assert_eq!(names(&f, &both), ["杭州启明"]);
    assert_eq!(customers::tags(&f.desk).unwrap(), ["月结", "月结客户"]);
}

#[test]
fn every_column_sorts_both_ways() {
    let mut f = Fixture::new();
    let product = f.product("A", 100, 50);
    let ids: Vec<CustomerId> = [("b", CustomerLevel::Normal), ("c", CustomerLevel::Vip), ("a", CustomerLevel::Important)]
        .into_iter()
        .map(|(name, level)| customers::create(&mut f.desk, &CustomerInput { level, ..named(name) }).unwrap())
        .collect();
    for (at, (customer, pieces)) in [(2, 1), (1, 3), (0, 2)].into_iter().enumerate() {
        f.set_time(&format!("2026-01-30 03:0{at}:00"));
        f.order(ids[customer], &[(product, pieces, 100)]);
    }
    let cases = [
        (CustomerSort::Created, "bca"),
        (CustomerSort::Name, "abc"),
        (CustomerSort::Level, "bac"),
        (CustomerSort::LastOrder, "acb"),
        (CustomerSort::Outstanding, "abc"),
    ];
    for (sort, expected) in cases {
        for descending in [false, true] {
            let page = customers::list(&f.desk, &CustomerFilter::default(), &CustomerPage::first(sort, descending)).unwrap();
            let got: String = page.rows.iter().map(|row| row.name.as_str()).collect();
            let expected: String = if descending { expected.chars().rev().collect() } else { expected.into() };
            assert_eq!(got, expected, "{sort:?} descending {descending}");
        }
    }
}

#[test]
fn pages_divide_the_list() {
    let mut f = Fixture::new();
    for n in 0..45 {
        customers::create(&mut f.desk, &named(&format!("客户{n:02}"))).unwrap();
    }
    let page = |number| {
        customers::list(&f.desk, &CustomerFilter::default(), &CustomerPage { page: number, ..CustomerPage::first(CustomerSort::Name, false) })
    };
    let second = page(2).unwrap();
    assert_eq!((second.rows.len(), second.total, second.pages()), (20, 45, 3));
    assert_eq!(second.rows[0].name, "客户20");
    assert_eq!(page(3).unwrap().rows.len(), 5);
    assert_eq!((page(4).unwrap().rows.len(), page(4).unwrap().total), (0, 45));
}

#[test]
fn each_change_is_logged_before_and_after() {
    let mut f = Fixture::new();
    let id = customers::create(&mut f.desk, &full()).unwrap();
    assert_eq!(last_changes(&f)["name"], serde_json::json!([null, full().name]));
    let changed = CustomerInput { phone: None, level: CustomerLevel::Vip, tags: vec!["月结".into()], ..full() };
    customers::update(&mut f.desk, id, 1, &changed).unwrap();
    let expected = serde_json::json!({
        "phone": ["13800006620", null], "customer_level": ["important", "vip"], "tags": ["月结, 老客户", "月结"],
    });
    assert_eq!(last_changes(&f), expected);
    let row = "SELECT action || ' ' || module || ' ' || entity_type || ' ' || entity_id || ' ' || user_id || ' ' || ip_address FROM system_logs ORDER BY id DESC LIMIT 1";
    assert_eq!(f.text(row), format!("update customer customer {id} 1 test-host"));
    customers::delete(&mut f.desk, id).unwrap();
    assert_eq!(last_changes(&f)["name"], serde_json::json!([full().name, null]));
    assert!(f.text(row).starts_with("delete customer"));
}

#[test]
fn customers_are_handed_over_all_or_none_and_each_is_logged() {
    let mut f = Fixture::new();
    let (sales, gone) = (f.user("lin", Role::Sales), f.user("gone", Role::Sales));
    f.sql("UPDATE users SET status = 'inactive' WHERE username = 'gone'").unwrap();
    let ids = ["甲", "乙", "丙"].map(|name| customers::create(&mut f.desk, &named(name)).unwrap());
    let logged = f.logged();

    let refused = customers::assign(&mut f.desk, &ids, Some(gone)).unwrap_err();
    assert_eq!(fields(refused).of(Field::Owner), Some(Problem::NotFound));
    let refused = customers::assign(&mut f.desk, &[ids[0], CustomerId(99)], Some(sales));
    assert_eq!(refused, Err(Error::NotFound(Entity::Customer)));
    assert_eq!((f.figure("SELECT COUNT(*) FROM customers WHERE assigned_to IS NOT NULL"), f.logged()), (0, logged));

    // The same customer twice counts once.
    assert_eq!(customers::assign(&mut f.desk, &[ids[0], ids[1], ids[0]], Some(sales)), Ok(2));
    assert_eq!(f.logged(), logged + 2);
    assert_eq!(last_changes(&f)["assigned_to"], serde_json::json!([null, sales.to_string()]));
    assert_eq!(f.text("SELECT description FROM system_logs ORDER BY id DESC LIMIT 1"), "客户 乙 由 未分配 移交给 同事 lin");
    assert_eq!(customers::get(&f.desk, ids[0]).unwrap().0.version, 2);

    // Who had one already keeps it as it was.
    assert_eq!(customers::assign(&mut f.desk, &ids, Some(sales)), Ok(1));
    assert_eq!((customers::get(&f.desk, ids[0]).unwrap().0.version, f.logged()), (2, logged + 3));
    assert_eq!(customers::assign(&mut f.desk, &ids, None), Ok(3));
    assert_eq!(customers::assign(&mut f.desk, &[], None), Ok(0));
    // A form read before is told.
    let stale = customers::update(&mut f.desk, ids[0], 1, &named("丁"));
    assert!(matches!(stale, Err(Error::Conflict { .. })), "{stale:?}");
}

#[test]
fn only_customers_within_reach_are_handed_over_and_then_they_are_gone() {
    let mut f = Fixture::new();
    let (me, other) = (f.user("me", Role::Sales), f.user("other", Role::Sales));
    let mine = customers::create(&mut f.desk, &CustomerInput { assigned_to: Some(me), ..named("我的") }).unwrap();
    let theirs = customers::create(&mut f.desk, &CustomerInput { assigned_to: Some(other), ..named("别人的") }).unwrap();
    let mut desk = f.signed_in("me");
    assert_eq!(customers::assign(&mut desk, &[mine, theirs], Some(me)), Err(Error::NotFound(Entity::Customer)));
    assert_eq!(customers::assign(&mut desk, &[mine], Some(other)), Ok(1));
    assert_eq!(customers::get(&desk, mine).map_err(|error| error.code()), Err(Code::NotFound));
    assert_eq!(customers::assign(&mut desk, &[mine], Some(me)), Err(Error::NotFound(Entity::Customer)));
}

#[test]
fn similar_customers_have_the_same_name_or_phone_within_ones_reach() {
    let mut f = Fixture::new();
    let (me, other) = (f.user("me", Role::Sales), f.user("other", Role::Sales));
    let mut enter = |name: &str, phone: Option<&str>, owner| {
        let input = CustomerInput { phone: phone.map(str::to_owned), assigned_to: Some(owner), ..named(name) };
        customers::create(&mut f.desk, &input).unwrap()
    };
    let hill = enter("Hill & Söhne", Some("138 0000 6620"), me);
    let theirs = enter("hill & söhne", Some("0571-88886666"), other);
    enter("Hill & Söhne Süd", None, me);
    let found = |desk: &Desk, name: &str, phone, except| -> Vec<CustomerId> {
        customers::similar(desk, name, phone, except).unwrap().into_iter().map(|row| row.id).collect()
    };
    assert_eq!(found(&f.desk, "  HILL & SÖHNE ", None, None), [hill, theirs]);
    assert_eq!(found(&f.desk, "别的", Some("138-0000-6620"), None), [hill]);
    assert_eq!(found(&f.desk, "别的", Some(" 0571-88886666 "), None), [theirs]);
    assert_eq!(found(&f.desk, "Hill & Söhne", Some("13800006620"), Some(hill)), [theirs]);
    assert!(found(&f.desk, "", Some(""), None).is_empty());
    assert!(found(&f.desk, "Hill", Some("138"), None).is_empty());
    assert!(found(&f.desk, "%", Some("_"), None).is_empty());
    let desk = f.signed_in("me");
    assert_eq!(found(&desk, "hill & söhne", Some("0571-88886666"), None), [hill]);
    for _ in 0..7 {
        customers::create(&mut f.desk, &named("很多")).unwrap();
    }
    assert_eq!(found(&f.desk, "很多", None, None).len(), 5);
}

//! The configuration: several values at once or none, each with its row in the log; what is unknown stays.

use zhanggui::models::config::{ConfigChange, ConfigKey};
use zhanggui::models::*;
use zhanggui::services::config;

use crate::fixture::{Fixture, fields};

fn change(key: ConfigKey, before: &str, after: &str) -> ConfigChange {
    ConfigChange { key, before: before.into(), after: after.into() }
}

#[test]
fn several_values_are_stored_together_with_a_row_each() {
    let mut f = Fixture::new();
    f.sql("INSERT INTO system_config (config_key, config_value) VALUES ('of_a_later_version', '42')").unwrap();
    let before = f.logged();
    let changes = [
        change(ConfigKey::IdleMinutes, "10", "0"),
        change(ConfigKey::CompanyTaxNumber, "", " 91330100MA2 "),
        change(ConfigKey::PaymentMethods, ConfigKey::PaymentMethods.default_value(), r#"["现金"]"#),
    ];
    config::update_many(&mut f.desk, &changes).unwrap();
    assert_eq!(f.logged() - before, 3);
    let now = f.desk.config().unwrap();
    assert_eq!((now.idle_minutes, now.company.tax_number.as_str(), now.payment_methods.len()), (0, "91330100MA2", 1));
    assert_eq!(f.text("SELECT config_value FROM system_config WHERE config_key = 'of_a_later_version'"), "42");
}

#[test]
fn one_wrong_value_stores_none_and_is_named_by_its_place() {
    let mut f = Fixture::new();
    let before = f.state();
    let longest = "页".repeat(201);
    for (key, value, problem) in [
        (ConfigKey::IdleMinutes, "1441", Problem::OutOfRange(0, 1440)),
        (ConfigKey::IdleMinutes, "often", Problem::NotWhole),
        (ConfigKey::OrderPrefix, "or", Problem::Capitals),
        (ConfigKey::OrderPrefix, "", Problem::Required),
        (ConfigKey::OrderPrefix, "ORDERS", Problem::TooLong(5)),
        (ConfigKey::PaymentMethods, "[]", Problem::Required),
        (ConfigKey::TimeZone, "Mars/Olympus", Problem::UnknownChoice),
        (ConfigKey::PageSize, "30", Problem::UnknownChoice),
        (ConfigKey::BackupHours, "12,24", Problem::NotHours),
        (ConfigKey::BackupHours, "12,12", Problem::NotHours),
        (ConfigKey::BackupFolder, "backups", Problem::NotAWholePath),
        (ConfigKey::CreditCheck, "perhaps", Problem::UnknownChoice),
        (ConfigKey::CompanyLogo, "../logo.png", Problem::UnknownChoice),
        (ConfigKey::DocumentFooter, longest.as_str(), Problem::TooLong(200)),
        (ConfigKey::CompanyAddress, "a\u{7}b", Problem::NotText),
    ] {
        let changes = [change(ConfigKey::CompanyPhone, "", "0571-88886666"), change(key, "", value)];
        let errors = fields(config::update_many(&mut f.desk, &changes).unwrap_err());
        assert_eq!((errors.of_line(1, Field::ConfigValue), errors.0.len()), (Some(problem), 1), "{key:?} {value}");
    }
    assert_eq!(f.state(), before);
}

#[test]
fn a_value_someone_else_changed_meanwhile_is_a_conflict() {
    let mut f = Fixture::new();
    f.configure(ConfigKey::IdleMinutes, "5");
    let changes = [change(ConfigKey::CompanyPhone, "", "1"), change(ConfigKey::IdleMinutes, "10", "20")];
    let refused = config::update_many(&mut f.desk, &changes).unwrap_err();
    assert!(matches!(refused, Error::Conflict { by: Some(_), .. }), "{refused:?}");
    assert_eq!(f.desk.config().unwrap().company.phone, "");
}

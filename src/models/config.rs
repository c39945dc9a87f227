//! The configuration: its keys, defaults and what each takes (spec §2.5, rulings §2–§6).

use std::path::{Path, PathBuf};

use super::choice::{CreditCheck, StockDeduction, choices};
use super::error::Problem;
use super::picture::PictureName;
use super::time::Zone;
use crate::i18n::Lang;

choices! {
    /// The keys this program knows. Unknown ones in the file are kept as they are.
    ConfigKey {
        CompanyName = "company_name",
        StockDeduction = "stock_deduction",
        AllowShipBeforePayment = "allow_ship_before_payment",
        PaymentMethods = "payment_methods",
        PaymentTermDays = "payment_term_days",
        DefaultThreshold = "default_stock_warning_threshold",
        OrderPrefix = "order_number_prefix",
        QuotePrefix = "quote_number_prefix",
        PaymentPrefix = "payment_number_prefix",
        ReturnPrefix = "return_number_prefix",
        StocktakePrefix = "stocktake_number_prefix",
        QuoteValidityDays = "quote_validity_days",
        FollowupResults = "followup_results",
        IdleMinutes = "idle_minutes",
        Language = "language",
        TimeZone = "time_zone",
        CompanyAddress = "company_address",
        CompanyPhone = "company_phone",
        CompanyTaxNumber = "company_tax_number",
        CompanyBank = "company_bank",
        CompanyBankAccount = "company_bank_account",
        PageSize = "default_page_size",
        BackupAutomatic = "backup_automatic",
        BackupHours = "backup_hours",
        BackupFolder = "backup_folder",
        CreditCheck = "credit_check",
        CompanyLogo = "company_logo",
        DocumentFooter = "document_footer",
    }
}

/// One value to be stored, as it was read and as it is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigChange {
    pub key: ConfigKey,
    pub before: String,
    pub after: String,
}

/// Rows per page that a list may have at first.
pub const PAGE_SIZES: &[u32] = &[20, 50, 100];

/// Words for the result of a follow-up that the program knows the meaning of; any other is only a word.
pub mod results {
    pub const WON: &str = "已成交";
    pub const WAITING: &str = "待答复";
}

impl ConfigKey {
    /// The value where the file has none.
    pub fn default_value(self) -> &'static str {
        match self {
            ConfigKey::CompanyName => "",
            ConfigKey::StockDeduction => "order",
            ConfigKey::AllowShipBeforePayment => "true",
            ConfigKey::PaymentMethods => r#"["银行转账","微信","支付宝","现金","其他"]"#,
            ConfigKey::PaymentTermDays => "30",
            ConfigKey::DefaultThreshold => "10",
            ConfigKey::OrderPrefix => "O",
            ConfigKey::QuotePrefix => "Q",
            ConfigKey::PaymentPrefix => "R",
            ConfigKey::ReturnPrefix => "T",
            ConfigKey::StocktakePrefix => "S",
            ConfigKey::QuoteValidityDays => "30",
            ConfigKey::FollowupResults => r#"["已联系","有意向","待答复","已成交","未接通","无意向"]"#,
            ConfigKey::IdleMinutes => "10",
            ConfigKey::Language => "zh-CN",
            ConfigKey::TimeZone => "Asia/Shanghai",
            ConfigKey::CompanyAddress
            | ConfigKey::CompanyPhone
            | ConfigKey::CompanyTaxNumber
            | ConfigKey::CompanyBank
            | ConfigKey::CompanyBankAccount => "",
            ConfigKey::PageSize => "20",
            ConfigKey::BackupAutomatic => "true",
            ConfigKey::BackupHours => "12",
            ConfigKey::BackupFolder => "",
            ConfigKey::CreditCheck => "warn",
            ConfigKey::CompanyLogo | ConfigKey::DocumentFooter => "",
        }
    }

    /// Whether the key takes this value.
    pub fn takes(self, value: &str) -> bool {
        self.problem(value).is_none()
    }

    /// What is wrong with a value for this key.
    pub fn problem(self, value: &str) -> Option<Problem> {
        let whole = |least: i64, most: i64| match value.parse::<i64>() {
            Ok(number) if (least..=most).contains(&number) => None,
            Ok(_) => Some(Problem::OutOfRange(least, most)),
            Err(_) => Some(Problem::NotWhole),
        };
        let text = |most: usize| match value {
            long if long.chars().count() > most => Some(Problem::TooLong(most)),
            odd if odd.chars().any(char::is_control) => Some(Problem::NotText),
            _ => None,
        };
        let one_of = |known: bool| (!known).then_some(Problem::UnknownChoice);
        match self {
            ConfigKey::CompanyName | ConfigKey::CompanyBank => text(100),
            ConfigKey::CompanyAddress | ConfigKey::DocumentFooter => text(200),
            ConfigKey::CompanyPhone | ConfigKey::CompanyTaxNumber | ConfigKey::CompanyBankAccount => text(50),
            ConfigKey::CreditCheck => one_of(CreditCheck::parse(value).is_some()),
            ConfigKey::CompanyLogo => one_of(value.is_empty() || PictureName::parse(value).is_some()),
            ConfigKey::StockDeduction => one_of(StockDeduction::parse(value).is_some()),
            ConfigKey::AllowShipBeforePayment | ConfigKey::BackupAutomatic => one_of(matches!(value, "true" | "false")),
            ConfigKey::PaymentMethods | ConfigKey::FollowupResults => match words(value) {
                Some(_) => None,
                None if value == "[]" => Some(Problem::Required),
                None => Some(Problem::TooLong(LONGEST_WORD)),
            },
            ConfigKey::PaymentTermDays => whole(0, 3650),
            ConfigKey::QuoteValidityDays => whole(0, 3650),
            ConfigKey::DefaultThreshold => whole(0, 1_000_000),
            ConfigKey::OrderPrefix | ConfigKey::QuotePrefix | ConfigKey::PaymentPrefix | ConfigKey::ReturnPrefix | ConfigKey::StocktakePrefix => {
                let capitals = value.chars().all(|c| c.is_ascii_uppercase());
                match value.len() {
                    0 => Some(Problem::Required),
                    1..=5 if capitals => None,
                    1..=5 => Some(Problem::Capitals),
                    _ => Some(Problem::TooLong(5)),
                }
            }
            ConfigKey::IdleMinutes => whole(0, 1440),
            ConfigKey::Language => one_of(Lang::from_code(value).is_some()),
            ConfigKey::TimeZone => one_of(Zone::parse(value).is_some()),
            ConfigKey::PageSize => one_of(PAGE_SIZES.iter().any(|size| size.to_string() == value)),
            ConfigKey::BackupHours => hours(value).is_none().then_some(Problem::NotHours),
            // Relative to nothing: the window and cron start in different folders.
            ConfigKey::BackupFolder if value.is_empty() || Path::new(value).is_absolute() => text(500),
            ConfigKey::BackupFolder => Some(Problem::NotAWholePath),
        }
    }
}

/// The first characters of a kept picture's name: enough to tell two apart.
pub fn short_name(picture: &str) -> &str {
    picture.get(..8).unwrap_or(picture)
}

/// Characters of a word in a list.
const LONGEST_WORD: usize = 20;

/// Full hours of the day, `12` or `12,18`: 1 to 24 of them, each once.
fn hours(value: &str) -> Option<Vec<u32>> {
    let mut hours: Vec<u32> = value.split(',').map(|hour| hour.trim().parse().ok().filter(|hour| *hour < 24)).collect::<Option<_>>()?;
    hours.sort_unstable();
    let many = hours.len();
    hours.dedup();
    (hours.len() == many).then_some(hours)
}

/// The words of a JSON list: at least one, each 1 to 20 characters.
pub fn words(value: &str) -> Option<Vec<String>> {
    let list: Vec<String> = serde_json::from_str(value).ok()?;
    let fits = |m: &String| !m.trim().is_empty() && m.chars().count() <= LONGEST_WORD && !m.chars().any(char::is_control);
    (!list.is_empty() && list.iter().all(fits)).then_some(list)
}

/// The whole configuration, decoded once per command; a wrong value in the file counts as its default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config {
    pub company_name: String,
    pub stock_deduction: StockDeduction,
    pub allow_ship_before_payment: bool,
    pub payment_methods: Vec<String>,
    pub payment_term_days: i64,
    pub credit_check: CreditCheck,
    pub default_threshold: i64,
    pub order_prefix: String,
    pub quote_prefix: String,
    pub payment_prefix: String,
    pub return_prefix: String,
    pub stocktake_prefix: String,
    pub quote_validity_days: i64,
    pub followup_results: Vec<String>,
    /// 0 = never lock.
    pub idle_minutes: i64,
    pub lang: Lang,
    pub zone: Zone,
    pub company: CompanyData,
    /// Rows per page of a list whose person chose none.
    pub page_size: u32,
    /// Whether the program makes backups by itself, and at which full hours of the business day.
    pub backup_automatic: bool,
    pub backup_hours: Vec<u32>,
    /// `None` = `backups` beside the data file.
    pub backup_folder: Option<PathBuf>,
}

/// What stands on documents beside the company's name; empty where it is not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CompanyData {
    pub address: String,
    pub phone: String,
    pub tax_number: String,
    pub bank: String,
    pub bank_account: String,
    pub logo: Option<PictureName>,
    /// A sentence at the foot of papers.
    pub footer: String,
}

impl Config {
    /// Decodes the values; `value` gives the file's text of a key.
    pub fn decode(value: impl Fn(ConfigKey) -> Option<String>) -> Config {
        let text = |key: ConfigKey| value(key).filter(|text| key.takes(text)).unwrap_or_else(|| key.default_value().to_owned());
        let whole = |key: ConfigKey| text(key).parse().unwrap_or(0);
        Config {
            company_name: text(ConfigKey::CompanyName),
            stock_deduction: StockDeduction::parse(&text(ConfigKey::StockDeduction)).unwrap_or(StockDeduction::Order),
            allow_ship_before_payment: text(ConfigKey::AllowShipBeforePayment) == "true",
            payment_methods: words(&text(ConfigKey::PaymentMethods)).unwrap_or_default(),
            payment_term_days: whole(ConfigKey::PaymentTermDays),
            credit_check: CreditCheck::parse(&text(ConfigKey::CreditCheck)).unwrap_or(CreditCheck::Warn),
            default_threshold: whole(ConfigKey::DefaultThreshold),
            order_prefix: text(ConfigKey::OrderPrefix),
            quote_prefix: text(ConfigKey::QuotePrefix),
            payment_prefix: text(ConfigKey::PaymentPrefix),
            return_prefix: text(ConfigKey::ReturnPrefix),
            stocktake_prefix: text(ConfigKey::StocktakePrefix),
            quote_validity_days: whole(ConfigKey::QuoteValidityDays),
            followup_results: words(&text(ConfigKey::FollowupResults)).unwrap_or_default(),
            idle_minutes: whole(ConfigKey::IdleMinutes),
            lang: Lang::from_code(&text(ConfigKey::Language)).unwrap_or_default(),
            zone: Zone::parse(&text(ConfigKey::TimeZone)).unwrap_or(Zone::SHANGHAI),
            company: CompanyData {
                address: text(ConfigKey::CompanyAddress),
                phone: text(ConfigKey::CompanyPhone),
                tax_number: text(ConfigKey::CompanyTaxNumber),
                bank: text(ConfigKey::CompanyBank),
                bank_account: text(ConfigKey::CompanyBankAccount),
                logo: PictureName::parse(&text(ConfigKey::CompanyLogo)),
                footer: text(ConfigKey::DocumentFooter),
            },
            page_size: text(ConfigKey::PageSize).parse().unwrap_or(20),
            backup_automatic: text(ConfigKey::BackupAutomatic) == "true",
            backup_hours: hours(&text(ConfigKey::BackupHours)).unwrap_or_default(),
            backup_folder: Some(text(ConfigKey::BackupFolder)).filter(|folder| !folder.is_empty()).map(PathBuf::from),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_default_is_taken() {
        for key in ConfigKey::ALL {
            assert!(key.takes(key.default_value()), "{key:?}");
        }
    }

    #[test]
    fn a_wrong_value_counts_as_the_default() {
        let config = Config::decode(|key| (key == ConfigKey::PaymentTermDays).then(|| "soon".into()));
        assert_eq!(config.payment_term_days, 30);
    }
}

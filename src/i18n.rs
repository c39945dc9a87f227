//! Every text a person reads, Chinese and English side by side. Nothing here decides anything.
//!
//! A text is one line in one area file: `name: "中文", "English";`. A language that is missing does not compile.
//! Texts with blanks carry `{0}`, `{1}` … and are filled with [`fill`]; a test holds that both languages have the same blanks.
//! English chooses a form by a number: `{0} {0:day|days}`.

pub mod backup;
pub mod cli;
pub mod common;
pub mod config;
pub mod customers;
pub mod dashboard;
pub mod data_file;
pub mod errors;
pub mod exports;
pub mod followups;
pub mod imports;
pub mod jobs;
pub mod log_words;
pub mod logs;
pub mod orders;
pub mod papers;
pub mod payments;
pub mod pictures;
pub mod products;
pub mod quotes;
pub mod settings;
pub mod shell;
pub mod statistics;
pub mod stock;
pub mod stocktakes;
pub mod terminal;
pub mod users;
pub mod widgets;
pub mod words;

use std::fmt::Display;

use crate::models::Money;

/// The language of the interface and of the log's descriptions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    ZhCn,
    En,
}

impl Lang {
    pub const ALL: [Lang; 2] = [Lang::ZhCn, Lang::En];

    /// The amount in words, as Chinese documents carry it.
    pub fn capitals(self, amount: Money) -> Option<String> {
        (self == Lang::ZhCn).then(|| amount.capitals())
    }

    /// The code used in the configuration and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Lang::ZhCn => "zh-CN",
            Lang::En => "en",
        }
    }

    /// The language of a code; `None` for any other text.
    pub fn from_code(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// The language's name in itself, as a switch shows it.
    pub fn own_name(self) -> &'static str {
        match self {
            Lang::ZhCn => "中文",
            Lang::En => "English",
        }
    }

    /// All texts of this language.
    pub fn texts(self) -> &'static Texts {
        match self {
            Lang::ZhCn => &Texts::ZH_CN,
            Lang::En => &Texts::EN,
        }
    }
}

/// Declares one area's texts: a struct with one `&'static str` per line, its two languages, and the list a test walks.
macro_rules! texts {
    ($(#[$meta:meta])* $area:ident { $($key:ident: $zh:literal, $en:literal;)* }) => {
        $(#[$meta])*
        #[derive(Debug)]
        pub struct $area { $(pub $key: &'static str,)* }
        impl $area {
            pub const ZH_CN: $area = $area { $($key: $zh,)* };
            pub const EN: $area = $area { $($key: $en,)* };
            /// Key, Chinese, English of every text, for the tests.
            pub const ALL: &'static [(&'static str, &'static str, &'static str)] = &[$((stringify!($key), $zh, $en),)*];
        }
    };
}
pub(crate) use texts;

/// Gathers the areas into [`Texts`].
macro_rules! areas {
    ($($field:ident: $module:ident::$area:ident;)*) => {
        /// All texts of one language, by area.
        #[derive(Debug)]
        pub struct Texts {
            /// The language they are in.
            pub lang: Lang,
            $(pub $field: $module::$area,)*
        }
        impl Texts {
            const ZH_CN: Texts = Texts { lang: Lang::ZhCn, $($field: $module::$area::ZH_CN,)* };
            const EN: Texts = Texts { lang: Lang::En, $($field: $module::$area::EN,)* };
            /// Area, key, Chinese, English of every text, for the tests.
            pub fn all() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
                [$((stringify!($field), $module::$area::ALL),)*]
                    .into_iter()
                    .flat_map(|(area, list)| list.iter().map(move |(key, zh, en)| (area, *key, *zh, *en)))
            }
        }
    };
}

areas! {
    backup: backup::BackupTexts;
    cli: cli::Cli;
    common: common::Common;
    config: config::ConfigTexts;
    customers: customers::Customers;
    dashboard: dashboard::Dashboard;
    data_file: data_file::DataFileTexts;
    errors: errors::Errors;
    exports: exports::Exports;
    followups: followups::Followups;
    imports: imports::Imports;
    jobs: jobs::Jobs;
    log_words: log_words::LogWords;
    log_fields: log_words::LogFields;
    logs: logs::Logs;
    orders: orders::Orders;
    papers: papers::Papers;
    payments: payments::Payments;
    pictures: pictures::Pictures;
    products: products::Products;
    quotes: quotes::Quotes;
    settings: settings::Settings;
    shell: shell::Shell;
    statistics: statistics::Statistics;
    terminal: terminal::Terminal;
    stock: stock::Stock;
    stocktakes: stocktakes::Stocktakes;
    users: users::Users;
    widgets: widgets::Widgets;
    words: words::Words;
}

/// Puts the values into the blanks `{0}`, `{1}` … of a text; `{0:day|days}` is `day` where value 0 reads `1`, else `days`.
pub fn fill(text: &str, values: &[&dyn Display]) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        out.push_str(&rest[..open]);
        rest = &rest[open..];
        let close = rest.find('}').unwrap_or(rest.len() - 1);
        let (number, forms) = rest[1..close].split_once(':').unwrap_or((&rest[1..close], ""));
        match number.parse::<usize>().ok().and_then(|i| values.get(i)) {
            Some(value) => match (value.to_string(), forms.split_once('|')) {
                (one, Some((singular, _))) if one == "1" => out.push_str(singular),
                (_, Some((_, plural))) => out.push_str(plural),
                (text, None) => out.push_str(&text),
            },
            None => out.push_str(&rest[..=close]),
        }
        rest = &rest[close + 1..];
    }
    out.push_str(rest);
    out
}

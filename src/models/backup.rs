//! Backups: what one holds, its manifest, its name, when the next is due and which are kept. Files are handled in `database::backup`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use chrono::{Datelike, NaiveTime};
use serde_json::{Value, json};

use super::choice::choices;
use super::config::Config;
use super::time::{Day, Timestamp};

choices! {
    /// Who made a backup, and what for.
    BackupKind {
        /// A person, or a headless command.
        Manual = "manual",
        /// The program itself; only these are ever thinned out.
        Automatic = "automatic",
        /// Before a restore, of the data as they were.
        Safety = "safety",
    }
}

/// What a data file holds, in figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    pub company: String,
    pub schema_version: i64,
    pub users: i64,
    pub customers: i64,
    pub products: i64,
    pub quotes: i64,
    pub orders: i64,
    pub payments: i64,
    pub movements: i64,
    pub last_order_day: Option<Day>,
    /// Id and hash of the log's last row: the head of its chain (rulings §10).
    pub log_head: (i64, String),
}

impl Facts {
    /// The figures by their names in the manifest.
    pub fn counts(&self) -> [(&'static str, i64); 7] {
        [
            ("users", self.users),
            ("customers", self.customers),
            ("products", self.products),
            ("quotes", self.quotes),
            ("orders", self.orders),
            ("payments", self.payments),
            ("movements", self.movements),
        ]
    }
}

/// What stands in `crm_erp_….db.json` beside a backup (rulings §11).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    pub kind: BackupKind,
    /// Computer and data file it is of: several may share a folder.
    pub source: String,
    pub made_at: Timestamp,
    /// Version of the program that made it.
    pub program: String,
    /// Of the whole `.db` file, in hexadecimal digits.
    pub sha256: String,
    pub bytes: u64,
    pub facts: Facts,
    /// Pictures that lie in the folder `pictures` beside the backup.
    pub pictures: usize,
    /// Pictures that the data name but that were missing or damaged.
    pub pictures_missing: usize,
}

impl Manifest {
    /// The longest manifest that is read.
    pub const MOST_BYTES: u64 = 64 * 1024;

    pub fn to_json(&self) -> String {
        let Facts { company, schema_version, last_order_day, log_head, .. } = &self.facts;
        let counts: serde_json::Map<String, Value> = self.facts.counts().map(|(name, count)| (name.to_owned(), json!(count))).into_iter().collect();
        let value = json!({
            "kind": self.kind.as_str(),
            "source": self.source,
            "made_at": self.made_at.to_string(),
            "program": self.program,
            "sha256": self.sha256,
            "bytes": self.bytes,
            "schema_version": schema_version,
            "company": company,
            "counts": counts,
            "last_order_day": last_order_day.map(|day| day.to_string()),
            "log_head": { "id": log_head.0, "hash": log_head.1 },
            "pictures": { "kept": self.pictures, "missing": self.pictures_missing },
        });
        format!("{value:#}\n")
    }

    /// `None` for what is no manifest of ours.
    pub fn parse(text: &str) -> Option<Manifest> {
        let value: Value = serde_json::from_str(text).ok()?;
        let word = |value: &Value| value.as_str().map(str::to_owned);
        let count = |name: &str| value["counts"][name].as_i64().filter(|count| *count >= 0);
        let pictures = |name: &str| value["pictures"][name].as_u64().and_then(|count| usize::try_from(count).ok());
        Some(Manifest {
            kind: BackupKind::parse(value["kind"].as_str()?)?,
            source: word(&value["source"])?,
            made_at: Timestamp::parse(value["made_at"].as_str()?)?,
            program: word(&value["program"])?,
            sha256: word(&value["sha256"])?,
            bytes: value["bytes"].as_u64()?,
            facts: Facts {
                company: word(&value["company"])?,
                schema_version: value["schema_version"].as_i64()?,
                users: count("users")?,
                customers: count("customers")?,
                products: count("products")?,
                quotes: count("quotes")?,
                orders: count("orders")?,
                payments: count("payments")?,
                movements: count("movements")?,
                last_order_day: value["last_order_day"].as_str().and_then(Day::parse),
                log_head: (value["log_head"]["id"].as_i64()?, word(&value["log_head"]["hash"])?),
            },
            pictures: pictures("kept")?,
            pictures_missing: pictures("missing")?,
        })
    }
}

/// A backup that was made: complete, verified and durable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    pub path: PathBuf,
    pub manifest: Manifest,
}

/// A file of the backup folder, as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupRow {
    pub path: PathBuf,
    pub name: String,
    pub bytes: u64,
    /// Verified when it was made, and still as long as it was then; `None` where the manifest is missing or does not fit.
    pub manifest: Option<Manifest>,
}

/// A backup beside what is there now, before a restore.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    pub backup: Facts,
    /// `None` without a manifest.
    pub made_at: Option<Timestamp>,
    /// `None` where it cannot be read, or nobody is signed in to see it.
    pub present: Option<Facts>,
}

/// What becomes of a backup that has no manifest (rulings §11).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WithoutManifest {
    Refuse,
    /// A person was asked and wants it.
    Accept,
}

/// A restore that was done. All sessions have ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// The data as they were before; `None` where there were none.
    pub safety_copy: Option<PathBuf>,
    /// What is there now.
    pub facts: Facts,
    /// Pictures that the data name, and that neither stood here nor beside the backup.
    pub pictures_missing: usize,
}

/// How the automatic backup stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BackupStatus {
    pub folder: PathBuf,
    pub last: Option<Timestamp>,
    /// The last attempt failed; stays until one succeeds.
    pub failure: Option<BackupFailure>,
}

/// A failed automatic backup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupFailure {
    pub at: Timestamp,
    /// What happened and what to do.
    pub sentence: String,
}

/// The name of a backup by its day: `crm_erp_20260130.db`, `crm_erp_20260130_2.db`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BackupName {
    pub day: Day,
    pub number: u32,
}

impl BackupName {
    /// `None` for any other file.
    pub fn parse(name: &str) -> Option<BackupName> {
        let rest = name.strip_prefix("crm_erp_")?.strip_suffix(".db")?;
        let (digits, number) = match rest.split_once('_') {
            Some((digits, number)) => (digits, number.parse().ok().filter(|number| *number > 1)?),
            None => (rest, 1),
        };
        let plain = digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit());
        let day = plain.then(|| Day::parse(&format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))).flatten()?;
        Some(BackupName { day, number })
    }
}

/// Whether an automatic backup is due: the last planned hour has passed since the last one. What was missed while the program was closed is due at once.
pub fn due(last: Option<Timestamp>, now: Timestamp, config: &Config) -> bool {
    if !config.backup_automatic {
        return false;
    }
    // A last one in the future was made by a clock that went wrong.
    let Some(last) = last.filter(|last| *last <= now) else { return true };
    let today = now.day(config.zone);
    let hours = || config.backup_hours.iter().filter_map(|hour| NaiveTime::from_hms_opt(*hour, 0, 0));
    let moments = [today.plus_days(-1), today].into_iter().flat_map(|day| hours().map(move |hour| day.at(hour, config.zone)));
    moments.filter(|moment| *moment <= now).any(|moment| last < moment)
}

/// Which backups to remove: kept are the newest of each of the last 7 days, 4 weeks and 12 months that have any (rulings §11).
pub fn surplus(made: &[BackupName]) -> Vec<BackupName> {
    let mut newest_first = made.to_vec();
    newest_first.sort_unstable_by(|a, b| b.cmp(a));
    let mut kept = BTreeSet::new();
    keep_newest(&newest_first, 7, |day| (day.0.year(), day.0.ordinal()), &mut kept);
    keep_newest(&newest_first, 4, |day| (day.0.iso_week().year(), day.0.iso_week().week()), &mut kept);
    keep_newest(&newest_first, 12, |day| (day.0.year(), day.0.month()), &mut kept);
    newest_first.into_iter().filter(|name| !kept.contains(name)).collect()
}

/// Keeps the newest backup of each of the last so many periods.
fn keep_newest(newest_first: &[BackupName], most: usize, period: impl Fn(Day) -> (i32, u32), kept: &mut BTreeSet<BackupName>) {
    let mut seen = Vec::new();
    for name in newest_first {
        let period = period(name.day);
        if seen.last() != Some(&period) {
            if seen.len() == most {
                break;
            }
            seen.push(period);
            kept.insert(*name);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::models::config::ConfigKey;

    fn config(hours: &str) -> Config {
        Config::decode(|key| (key == ConfigKey::BackupHours).then(|| hours.to_owned()))
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn an_hour_that_passed_is_due_once() {
        // 12:00 and 18:00 in Shanghai are 04:00 and 10:00 UTC.
        let config = config("12,18");
        for (last, now, wanted) in [
            ("2026-01-30 04:00:00", "2026-01-30 09:59:59", false),
            ("2026-01-30 04:00:00", "2026-01-30 10:00:00", true),
            ("2026-01-30 10:00:05", "2026-01-31 03:59:59", false),
            ("2026-01-30 10:00:05", "2026-01-31 04:00:00", true),
            ("2026-01-10 10:00:05", "2026-01-31 00:00:00", true),
            ("2026-01-30 03:00:00", "2026-01-30 03:30:00", false),
            // a clock that had run ahead
            ("2099-01-01 00:00:00", "2026-01-30 03:30:00", true),
        ] {
            assert_eq!(due(Some(at(last)), at(now), &config), wanted, "{last} {now}");
        }
        assert!(due(None, at("2026-01-30 03:30:00"), &config));
        let off = Config { backup_automatic: false, ..config };
        assert!(!due(None, at("2026-01-30 03:30:00"), &off));
    }

    #[test]
    fn names_are_read_strictly() {
        let name = |day: &str, number| Some(BackupName { day: Day::parse(day).unwrap(), number });
        assert_eq!(BackupName::parse("crm_erp_20260130.db"), name("2026-01-30", 1));
        assert_eq!(BackupName::parse("crm_erp_20260130_12.db"), name("2026-01-30", 12));
        for other in [
            "crm_erp.db",
            "crm_erp_20260130_1.db",
            "crm_erp_20260130_x.db",
            "crm_erp_20261330.db",
            "crm_erp_20260130.db.json",
            "crm_erp_before_restore_20260130.db",
            "crm_erp_二〇二六.db",
        ] {
            assert_eq!(BackupName::parse(other), None, "{other}");
        }
    }

    #[test]
    fn a_year_of_daily_backups_keeps_days_weeks_and_months() {
        let first = Day::parse("2025-01-01").unwrap();
        let mut there: Vec<BackupName> = Vec::new();
        for day in 0..730 {
            there.push(BackupName { day: first.plus_days(day), number: 1 });
            let gone = surplus(&there);
            there.retain(|name| !gone.contains(name));
        }
        let last = first.plus_days(729);
        for back in 0..7 {
            assert!(there.iter().any(|name| name.day == last.plus_days(-back)));
        }
        assert!(there.iter().any(|name| last.days_since(name.day) > 320));
        assert!(there.len() <= 23, "{}", there.len());
    }

    proptest! {
        #[test]
        fn thinning_keeps_the_newest_of_what_it_promises(days in proptest::collection::vec((0i64..900, 1u32..4), 0..120)) {
            let first = Day::parse("2024-12-01").unwrap();
            let made: Vec<BackupName> = days.into_iter().map(|(day, number)| BackupName { day: first.plus_days(day), number }).collect();
            let gone = surplus(&made);
            let kept: Vec<BackupName> = made.iter().copied().filter(|name| !gone.contains(name)).collect();
            prop_assert!(gone.iter().all(|name| made.contains(name)));
            // The newest always stays; at most 7 + 4 + 12 are kept; nothing more goes the second time.
            prop_assert_eq!(kept.iter().max(), made.iter().max());
            prop_assert!(kept.iter().collect::<BTreeSet<_>>().len() <= 23);
            prop_assert!(surplus(&kept).is_empty());
            // Each of the last seven days that have any keeps its newest.
            let days: BTreeSet<Day> = made.iter().map(|name| name.day).collect();
            for day in days.iter().rev().take(7) {
                prop_assert!(kept.contains(made.iter().filter(|name| name.day == *day).max().unwrap()));
            }
            // And each of the last twelve months.
            let month = |name: &&BackupName| (name.day.0.year(), name.day.0.month());
            let months: BTreeSet<(i32, u32)> = made.iter().map(|name| month(&name)).collect();
            for wanted in months.iter().rev().take(12) {
                prop_assert!(kept.contains(made.iter().filter(|name| month(name) == *wanted).max().unwrap()));
            }
        }

        #[test]
        fn no_text_makes_the_manifest_reader_panic(text in ".*") {
            prop_assert!(Manifest::parse(&text).is_none());
        }
    }
}

//! The data file of a scale: `-- --scale 10k`, `100k` (the default) or `1m`. Shared by the benchmarks that read one.
//!
//! It is made once and kept in the temporary folder (`--file PATH` takes another one); a benchmark works on a copy.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use zhanggui::models::{Clock, Day, SystemClock, Zone};
use zhanggui::services::demo::{self, DemoSize};
use zhanggui::services::{Desk, Setup, Wait, auth};

use crate::table::{Outcome, argument, say};

#[derive(Clone, Copy, PartialEq)]
pub enum Scale {
    Small,
    Middle,
    Large,
}

impl Scale {
    /// As the command line says.
    pub fn asked() -> Scale {
        match argument("--scale").as_deref() {
            Some("10k") => Scale::Small,
            Some("1m") => Scale::Large,
            _ => Scale::Middle,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Scale::Small => "10k",
            Scale::Middle => "100k",
            Scale::Large => "1m",
        }
    }

    pub fn size(self) -> DemoSize {
        match self {
            Scale::Small => DemoSize { customers: 10_000, products: 1_000, orders: 10_000 },
            Scale::Middle => DemoSize { customers: 100_000, products: 10_000, orders: 100_000 },
            Scale::Large => DemoSize { customers: 1_000_000, products: 100_000, orders: 1_000_000 },
        }
    }
}

pub fn failed(error: zhanggui::models::Error) -> Box<dyn std::error::Error> {
    format!("{error:?}").into()
}

fn setup() -> Setup {
    Setup { clock: Arc::new(SystemClock), bcrypt_cost: 4, host: "bench".into(), zone: Zone::SHANGHAI }
}

pub fn today() -> Day {
    SystemClock.now().day(Zone::SHANGHAI)
}

/// The kept file of a scale, as it was made today: figures of this month and the last 30 days are to have something in them.
fn file(scale: Scale) -> Outcome<PathBuf> {
    if let Some(path) = argument("--file") {
        return Ok(path.into());
    }
    let folder = std::env::temp_dir().join("zhanggui-bench");
    std::fs::create_dir_all(&folder)?;
    let path = folder.join(format!("{}-{}.db", scale.size().orders, today()));
    if !path.exists() {
        let making = folder.join(format!("making-{}.db", scale.name()));
        let _ = std::fs::remove_file(&making);
        let start = Instant::now();
        let mut desk = Desk::create(&making, Wait::Job, setup()).map_err(failed)?;
        demo::create(&mut desk, scale.size(), 1, |_, _| true).map_err(failed)?;
        drop(desk);
        std::fs::rename(&making, &path)?;
        say(&format!("{} orders were made in {:.0} s", scale.size().orders, start.elapsed().as_secs_f64()))?;
    }
    Ok(path)
}

/// A copy of the scale's file in a folder, brought to this version.
pub fn copy(scale: Scale, folder: &Path) -> Outcome<PathBuf> {
    let path = folder.join("crm_erp.db");
    std::fs::copy(file(scale)?, &path)?;
    drop(Desk::open(&path, Wait::Job, setup()).map_err(failed)?);
    Ok(path)
}

/// The file with this person signed in, as the window has it open.
pub fn desk(path: &Path, username: &str) -> Outcome<Desk> {
    let mut desk = Desk::open(path, Wait::Window, setup()).map_err(failed)?;
    auth::act_as(&mut desk, username).map_err(failed)?;
    Ok(desk)
}

//! What the fuzz targets share: a desk over a little demo data, the import they give files to, and how their bytes become files.

pub mod backups;
pub mod files;
pub mod reference;

use std::cell::RefCell;
use std::path::Path;
use std::sync::Arc;

use tempfile::TempDir;
use zhanggui::database::Wait;
use zhanggui::models::{FixedClock, Timestamp, Zone};
use zhanggui::services::demo::{self, DemoSize};
use zhanggui::services::{Desk, Setup, auth};

/// A clock that stands still and quick hashes, as in the tests.
pub fn setup() -> Setup {
    let clock = FixedClock::new(Timestamp::parse("2026-01-30 02:00:00").expect("a time"));
    Setup { clock: Arc::new(clock), bcrypt_cost: 4, host: "fuzz".into(), zone: Zone::SHANGHAI }
}

/// A new file of demo data with the administrator signed in.
pub fn shop(path: &Path, size: DemoSize) -> Desk {
    let mut desk = Desk::create(path, Wait::Job, setup()).expect("a new file");
    demo::create(&mut desk, size, 1, |_, _| true).expect("demo data");
    auth::act_as(&mut desk, "admin").expect("the administrator");
    desk
}

/// The demo data that a target's runs share; they change nothing in it.
pub fn at_desk<T>(work: impl FnOnce(&mut Desk) -> T) -> T {
    thread_local! {
        static SHOP: RefCell<(Desk, TempDir)> = {
            let folder = tempfile::tempdir().expect("a folder");
            RefCell::new((shop(&folder.path().join("crm_erp.db"), DemoSize { customers: 20, products: 20, orders: 20 }), folder))
        };
    }
    SHOP.with_borrow_mut(|(desk, _)| work(desk))
}

/// libFuzzer ends the program at any panic, also at one that the product catches. What other people's crates do in there is the product's to
/// catch; our own panics, and theirs that nobody catches, still end the program.
pub fn let_other_crates_panic() {
    let ends = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if !info.location().is_some_and(|at| at.file().contains("/registry/src/")) {
            ends(info);
        }
    }));
}

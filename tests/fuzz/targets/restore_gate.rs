//! A changed backup brought back: it is refused and the present data stay, or it comes back whole and everything holds.
//! The first byte chooses the change (`backups::write_changed`); its highest bit leaves the manifest out.
#![no_main]

use std::fs;

use libfuzzer_sys::fuzz_target;
use zhanggui::database::Wait;
use zhanggui::models::Error;
use zhanggui::models::backup::WithoutManifest;
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::{Desk, auth, demo, restore};
use zhanggui_fuzz::{backups, setup};

fuzz_target!(|bytes: &[u8]| {
    let Some((how, change)) = bytes.split_first() else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (live, from) = (folder.path().join("crm_erp.db"), folder.path().join("changed.db"));
    fs::write(&live, &backups::GOOD.present).expect("the present data");
    backups::write_changed(&from, *how, change);
    let mut without = WithoutManifest::Refuse;
    if how & 128 != 0 {
        fs::remove_file(from.with_extension("db.json")).expect("a manifest");
        without = WithoutManifest::Accept;
    }
    let (before, wanted) = (backups::rows(&live), backups::rows(&from));
    let mut desk = Desk::open(&live, Wait::Job, setup()).expect("the present data");
    auth::act_as(&mut desk, "admin").expect("the administrator");
    let outcome = restore::run(&mut desk, &from, demo::PASSWORD, without, |_, _| true);
    drop(desk);
    match outcome {
        Ok(_) => {
            assert!(wanted.is_some() && backups::rows(&live) == wanted, "not what the backup holds");
            let desk = Desk::open(&live, Wait::Job, setup()).expect("the restored data");
            let found = run_unattended(&desk, Depth::Full, |_, _| true).expect("a check");
            assert!(found.is_good(), "{found:?}");
        }
        Err(Error::Backup { .. }) => assert!(backups::rows(&live) == before, "refused, but the present data changed"),
        Err(other) => panic!("{other:?}"),
    }
    let hidden = fs::read_dir(folder.path()).expect("the folder").filter_map(|entry| entry.ok()?.file_name().into_string().ok());
    assert_eq!(hidden.filter(|name| name.starts_with('.')).count(), 0, "something was left");
});

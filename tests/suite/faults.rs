//! R3: a write or sync that fails with an I/O error or for want of room, at each place of a command. The command says so with 5001 or 5002, or is
//! done; nothing half stands in the file; and the same process goes on at the same desk.

use crate::deeds::{Deed, Then, assert_sound, can_inject, contents, copy_of, nothing_half_beside, places, prepared, run};
use crate::scale::skipped;

/// The calls that fail, and how many places of each the plain run tries with each error.
const CALLS: [(&str, usize); 4] = [("pwrite64", 3), ("fsync", 2), ("fdatasync", 1), ("ftruncate", 1)];

fn failing_everywhere(deed: Deed) {
    if !can_inject() {
        return skipped("faults", "strace cannot put faults into a process here");
    }
    let folder = prepared();
    let file = |folder: &tempfile::TempDir| deed.file(folder.path());
    // What stands where the command fails and the next one is done, and where both are.
    let (failed, done) = (copy_of(folder.path()), copy_of(folder.path()));
    let all: Vec<_> = CALLS.iter().map(|(calls, _)| *calls).collect();
    // Up to the end of the command: the next one is not to be hit.
    let alone = run(copy_of(folder.path()).path(), deed, Then::Leave, &all.join(","), None);
    let both = run(done.path(), deed, Then::GoOn, "fsync", None);
    assert_eq!((both.first.as_deref(), both.second.as_deref()), (Some("done"), Some("done")), "{both:?}");
    let done = contents(&file(&done));
    let opened = crate::deeds::second_alone(&file(&failed));
    let failed = contents(&file(&failed));
    assert_eq!(opened, Ok(()));
    let mut hits = 0;
    for (calls, few) in CALLS {
        let count = alone.calls(calls);
        for (place, error) in places(count, few).into_iter().flat_map(|place| [(place, "EIO"), (place, "ENOSPC")]) {
            let copy = copy_of(folder.path());
            let hit = run(copy.path(), deed, Then::GoOn, calls, Some(&format!("error={error}:when={place}")));
            let what = format!("{deed:?}, {error} at {calls} {place} of {count}");
            assert!(hit.was_hit() && hit.ended, "{what}: {hit:?}");
            hits += 1;
            assert_eq!(hit.second.as_deref(), Some("done"), "{what}: it does not go on: {hit:?}");
            let stands = contents(&file(&copy));
            match hit.first.as_deref() {
                Some("done") => assert!(stands == done, "{what}: told and not there"),
                Some(told) => {
                    assert!(["5001", "5002"].contains(&&told[..4]), "{what}: {told}");
                    assert!(
                        ["Damaged", "Foreign", "NotADatabase", "Internal"].iter().all(|word| !told.contains(word)),
                        "{what} is said to be {told}"
                    );
                    assert!(told.contains(copy.path().to_str().unwrap()), "{what}: no path in {told}");
                    assert!(stands == failed || stands == done, "{what}: something half");
                }
                None => panic!("{what}: {hit:?}"),
            }
            nothing_half_beside(copy.path(), &what);
            assert_sound(&file(&copy), &what);
            if deed == Deed::Migration {
                let snapshots = crate::backups::entries(copy.path()).into_iter().filter(|name| name.starts_with("old.db.v")).count();
                assert_eq!(snapshots, 1, "{what}: a snapshot for each attempt");
            }
        }
    }
    assert!(hits > 5, "{hits} faults");
}

#[test]
fn an_order() {
    failing_everywhere(Deed::Order);
}

#[test]
fn a_payment() {
    failing_everywhere(Deed::Payment);
}

#[test]
fn a_cancellation() {
    failing_everywhere(Deed::Cancel);
}

#[test]
fn the_posting_of_a_stocktake() {
    failing_everywhere(Deed::Post);
}

#[test]
fn an_import() {
    failing_everywhere(Deed::Import);
}

#[test]
fn a_restore() {
    failing_everywhere(Deed::Restore);
}

#[test]
fn a_migration() {
    failing_everywhere(Deed::Migration);
}

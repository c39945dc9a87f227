//! R1, the other way round: a kill right before each write, sync, cut, removal and renaming of one command. Afterwards the file opens, everything
//! holds in it, and the command is wholly there or not at all; there it is where it was told.

use zhanggui::database::Wait;
use zhanggui::services::{Desk, auth};

use crate::deeds::{Deed, Then, assert_sound, backup_in, can_inject, contents, copy_of, nothing_half_beside, places, prepared, restore_anew, run};
use crate::fixture::at_now;
use crate::scale::skipped;

/// The calls that change a disk, and how many places of each the plain run tries.
const CALLS: [(&str, usize); 10] = [
    ("pwrite64", 5),
    ("write", 2),
    ("fsync", 12),
    ("fdatasync", 2),
    ("ftruncate", 1),
    ("unlink", 2),
    ("rename", 1),
    ("renameat2", 1),
    ("link", 1),
    ("linkat", 1),
];

fn killed_everywhere(deed: Deed) {
    if !can_inject() {
        return skipped("crash_writes", "strace cannot put faults into a process here");
    }
    let folder = prepared();
    let before = contents(&deed.file(folder.path()));
    let undisturbed = copy_of(folder.path());
    let all: Vec<_> = CALLS.iter().map(|(calls, _)| *calls).collect();
    let run_through = run(undisturbed.path(), deed, Then::Close, &all.join(","), None);
    assert_eq!((run_through.first.as_deref(), run_through.ended), (Some("done"), true), "{run_through:?}");
    let after = contents(&deed.file(undisturbed.path()));
    assert_ne!(before, after, "{deed:?} does nothing");
    let mut kills = 0;
    for (calls, few) in CALLS {
        let count = run_through.calls(calls);
        for place in places(count, few) {
            let copy = copy_of(folder.path());
            let killed = run(copy.path(), deed, Then::Close, calls, Some(&format!("signal=KILL:when={place}")));
            let what = format!("{deed:?} killed at {calls} {place} of {count}");
            assert!(!killed.ended, "{what}: it went on");
            assert!(killed.first.as_deref().is_none_or(|outcome| outcome == "done"), "{what}: {killed:?}");
            kills += 1;
            let file = deed.file(copy.path());
            let stands = contents(&file);
            assert!(stands == after || stands == before && killed.first.is_none(), "{what}, told {:?}: half or lost", killed.first);
            nothing_half_beside(copy.path(), &what);
            assert_sound(&file, &what);
            if deed == Deed::Migration {
                assert!(contents(&file) == after, "{what}: the next start does not finish it");
            }
        }
    }
    assert!(kills > 5, "{kills} kills");
}

#[test]
fn an_order() {
    killed_everywhere(Deed::Order);
}

#[test]
fn a_payment() {
    killed_everywhere(Deed::Payment);
}

#[test]
fn a_cancellation() {
    killed_everywhere(Deed::Cancel);
}

#[test]
fn the_posting_of_a_stocktake() {
    killed_everywhere(Deed::Post);
}

#[test]
fn an_import() {
    killed_everywhere(Deed::Import);
}

#[test]
fn a_restore() {
    killed_everywhere(Deed::Restore);
}

#[test]
fn a_migration() {
    killed_everywhere(Deed::Migration);
}

#[test]
fn the_first_start() {
    if !can_inject() {
        return skipped("crash_writes", "strace cannot put faults into a process here");
    }
    let empty = || tempfile::tempdir().unwrap();
    let all: Vec<_> = CALLS.iter().map(|(calls, _)| *calls).collect();
    let run_through = run(empty().path(), Deed::First, Then::Close, &all.join(","), None);
    assert_eq!((run_through.first.as_deref(), run_through.ended), (Some("done"), true), "{run_through:?}");
    for (calls, few) in CALLS {
        let count = run_through.calls(calls);
        for place in places(count, few) {
            let folder = empty();
            let killed = run(folder.path(), Deed::First, Then::Close, calls, Some(&format!("signal=KILL:when={place}")));
            let what = format!("the first start killed at {calls} {place} of {count}");
            assert!(!killed.ended, "{what}: it went on");
            let path = Deed::First.file(folder.path());
            let desk =
                at_now(|setup| Desk::open_or_create(&path, Wait::Job, setup)).unwrap_or_else(|error| panic!("{what}: the next start: {error:?}"));
            assert!(killed.first.is_none() || !auth::is_first_run(&desk).unwrap(), "{what}: told and not there");
            assert_sound(&path, &what);
        }
    }
}

#[test]
fn a_restore_where_no_file_is() {
    if !can_inject() {
        return skipped("crash_writes", "strace cannot put faults into a process here");
    }
    let prepared = prepared();
    let all: Vec<_> = CALLS.iter().map(|(calls, _)| *calls).collect();
    let run_through = run(copy_of(prepared.path()).path(), Deed::Missing, Then::Close, &all.join(","), None);
    assert_eq!((run_through.first.as_deref(), run_through.ended), (Some("done"), true), "{run_through:?}");
    for (calls, few) in CALLS {
        let count = run_through.calls(calls);
        for place in places(count, few) {
            let folder = copy_of(prepared.path());
            let killed = run(folder.path(), Deed::Missing, Then::Close, calls, Some(&format!("signal=KILL:when={place}")));
            let what = format!("a restore where no file is, killed at {calls} {place} of {count}");
            assert!(!killed.ended, "{what}: it went on");
            let file = Deed::Missing.file(folder.path());
            assert!(file.exists() || killed.first.is_none(), "{what}: told and not there");
            if !file.exists() {
                restore_anew(&file, &backup_in(folder.path())).unwrap_or_else(|error| panic!("{what}: again: {error:?}"));
            }
            assert_sound(&file, &what);
        }
    }
}

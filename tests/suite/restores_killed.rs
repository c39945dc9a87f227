//! Restores that are killed: whatever the moment, the old data stand or the new ones, never a mixture.

#![expect(clippy::print_stdout, reason = "the worker speaks over its standard output, and the test says what it saw")]

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use zhanggui::models::backup::WithoutManifest;
use zhanggui::services::check::{Depth, run_unattended};
use zhanggui::services::{Setup, auth, backup, restore};

use crate::backups::{entries, folder};
use crate::fixture::{Fixture, PASSWORD};
use crate::scale::scaled;

/// Tells the worker which file it restores and from which backup.
const FILE: &str = "ZHANGGUI_TEST_FILE";
const FROM: &str = "ZHANGGUI_TEST_FROM";

/// Runs in a process of its own: one restore, each step told before it is taken.
#[test]
#[ignore = "a worker: started by the test of this file"]
fn worker() {
    let (Ok(path), Ok(from)) = (std::env::var(FILE), std::env::var(FROM)) else { return };
    let step = |done, _| {
        println!("step {done}");
        true
    };
    restore::run_at(path.as_ref(), &Setup::program(), from.as_ref(), ("admin", PASSWORD), WithoutManifest::Refuse, step).unwrap();
}

/// A backup whose rows all say `word`, some megabytes of them.
fn backup_of(f: &mut Fixture, word: &str) -> std::path::PathBuf {
    f.sql("DELETE FROM user_preferences").unwrap();
    f.sql(&format!(
        "INSERT INTO user_preferences (user_id, key, value) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000)
         SELECT 1, 'k' || i, replace(hex(zeroblob(1000)), '0', '{word}') FROM n"
    ))
    .unwrap();
    let to = folder(f);
    backup::create(&mut f.desk, &to, |_, _| true).unwrap().path
}

#[test]
fn a_killed_restore_leaves_the_old_data_or_the_new() {
    let mut f = Fixture::new();
    let backups = [backup_of(&mut f, "a"), backup_of(&mut f, "b")];
    let rounds = scaled(12, 200);
    let (mut old, mut new) = (0, 0);
    for round in 0..rounds {
        let before = f.text("SELECT DISTINCT substr(value, 1, 1) FROM user_preferences");
        let from = &backups[usize::from(before == "a")];
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "restores_killed::worker", "--ignored", "--nocapture"]).env(FILE, f.path()).env(FROM, from);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        // Mostly in the write itself, which begins with step 95; now and then before.
        let at = if round % 6 == 5 { format!("step {}", 25 + round % 60) } else { "step 95".to_owned() };
        while let Some(Ok(line)) = lines.next() {
            if line.split_once("step ").is_some_and(|(_, step)| step.parse::<usize>().unwrap() >= at[5..].parse().unwrap()) {
                let until = Instant::now() + Duration::from_micros(u64::try_from(round * 7919 % 97).unwrap() * 1000);
                while Instant::now() < until {
                    std::hint::spin_loop();
                }
                // SIGKILL: nothing is flushed, nothing is closed.
                child.kill().unwrap();
                break;
            }
        }
        lines.for_each(drop);
        child.wait().unwrap();
        assert_eq!(f.figure("SELECT COUNT(*) FROM user_preferences"), 2000, "round {round}");
        assert_eq!(f.figure("SELECT COUNT(DISTINCT value) FROM user_preferences"), 1, "round {round}: a mixture");
        let findings = run_unattended(&f.another_desk(), Depth::Full, |_, _| true).unwrap();
        assert!(findings.is_good(), "round {round}: {findings:?}");
        // What killed processes leave would fill the disk in a long run.
        for name in entries(f.folder.path()).into_iter().filter(|name| name.starts_with('.') || name == "backups") {
            std::fs::remove_dir_all(f.folder.path().join(name)).unwrap();
        }
        if f.text("SELECT value FROM user_preferences LIMIT 1").starts_with(&before) {
            old += 1;
        } else {
            new += 1;
        }
    }
    println!("{rounds} restores killed: {old} left the old data, {new} the new");
    auth::login(&mut f.desk, "admin", PASSWORD).unwrap();
}

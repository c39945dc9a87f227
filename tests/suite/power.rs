//! R2, a power cut: what had reached the disk at a moment, and nothing else, is what another mount of it finds. Everything told is there.
//!
//! The data file lies on a file system in an image. A process at work is stopped between two of its instructions, the image copied as it is (what
//! the system still keeps in memory is not in it), and the copy mounted as after the cut, where the file system's journal and SQLite's log recover.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use zhanggui::services::check::{Depth, run_unattended};

use crate::fixture::open;
use crate::hands::{Running, Said, shop};
use crate::scale::{scaled, skipped};
use crate::told::{Facts, facts};

/// An image with a file system, mounted until this goes.
struct Mounted {
    folder: TempDir,
}

impl Mounted {
    fn new(image: &Path) -> Option<Mounted> {
        let folder = tempfile::tempdir().unwrap();
        let made = run("mount", &["-o".as_ref(), "loop".as_ref(), image, folder.path()]);
        made.then_some(Mounted { folder })
    }

    fn file(&self) -> PathBuf {
        self.folder.path().join("crm_erp.db")
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        run("umount", &["-l".as_ref(), self.folder.path()]);
    }
}

fn run(program: &str, words: &[&Path]) -> bool {
    Command::new(program).args(words).output().is_ok_and(|out| out.status.success())
}

/// Stops a process where it is: what it asked the system for is done, and it asks for nothing more.
fn stop(id: u32) {
    assert!(run("kill", &["-STOP".as_ref(), id.to_string().as_ref()]));
    let state = |task: &Path| std::fs::read_to_string(task.join("stat")).unwrap().rsplit_once(") ").unwrap().1.starts_with('T');
    loop {
        let tasks = std::fs::read_dir(format!("/proc/{id}/task")).unwrap();
        if tasks.map(|task| task.unwrap().path()).all(|task| state(&task)) {
            return;
        }
        std::thread::yield_now();
    }
}

#[test]
fn what_was_told_survives_a_power_cut() {
    let test = "a power cut";
    let folder = tempfile::tempdir().unwrap();
    let (image, copy) = (folder.path().join("disk"), folder.path().join("after"));
    std::fs::File::create(&image).unwrap().set_len(48 << 20).unwrap();
    if !run("mkfs.ext4", &["-q".as_ref(), "-F".as_ref(), &image]) {
        return skipped(test, "needs mkfs.ext4");
    }
    let Some(disk) = Mounted::new(&image) else { return skipped(test, "needs root, to mount an image") };
    std::fs::copy(shop().close().path().join("crm_erp.db"), disk.file()).unwrap();
    assert!(run("sync", &["-f".as_ref(), &disk.file()]));
    let mut known = facts(&disk.file());
    let mut random = fastrand::Rng::with_seed(20_260_131);
    for round in 0..scaled(4, 60) {
        let mut worker = Running::start(&disk.file(), 1_000 + round, None);
        let mut told = Facts::new();
        let mut take = |said| {
            if let Said::Told(fact) = said {
                told.insert(fact);
            }
        };
        worker.by_ref().take(random.usize(4..=20)).for_each(&mut take);
        stop(worker.child.id());
        std::fs::copy(&image, &copy).unwrap();
        worker.child.kill().unwrap();
        worker.by_ref().for_each(take);
        worker.child.wait().unwrap();
        let after = Mounted::new(&copy).unwrap();
        // Opening it recovers it.
        let desk = open(&after.file());
        let found = facts(&after.file());
        let missing: Vec<_> = told.union(&known).filter(|fact| !found.contains(*fact)).collect();
        assert!(missing.is_empty(), "round {round}: lost {missing:?}");
        assert!(!told.is_empty());
        let findings = run_unattended(&desk, Depth::Full, |_, _| true).unwrap();
        assert!(findings.is_good(), "round {round}: {findings:?}");
        known = facts(&disk.file());
    }
}

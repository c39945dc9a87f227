//! 「检查数据」: whether everything that must always hold does (rulings §16, reliability R6).

use super::backup;
use super::desk::Desk;
use crate::models::Result;
use crate::models::rights::Command;
use crate::repositories::invariants;

pub use crate::repositories::invariants::Broken;

/// Quick: invariants, rollups, search rows, foreign keys, log chain. Full: and SQLite's own integrity check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    Quick,
    Full,
}

/// What a check found; good where both lists are empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    pub broken: Vec<Broken>,
    /// What `integrity_check` says.
    pub integrity: Vec<String>,
}

impl Findings {
    pub fn is_good(&self) -> bool {
        self.broken.is_empty() && self.integrity.is_empty()
    }
}

/// Checks for a signed-in person; `step` (done, of) is told before each rule and stops the check by saying false.
pub fn run(desk: &Desk, depth: Depth, step: impl FnMut(usize, usize) -> bool) -> Result<Findings> {
    desk.read(Command::CheckData, |_, _| Ok(()))?;
    run_unattended(desk, depth, step)
}

/// As [`run`], for the headless command and the tests: nobody is signed in.
pub fn run_unattended(desk: &Desk, depth: Depth, step: impl FnMut(usize, usize) -> bool) -> Result<Findings> {
    let integrity = match depth {
        Depth::Quick => Vec::new(),
        Depth::Full => desk.database().integrity_problems()?,
    };
    let mut broken = desk.database().read(|c| invariants::broken(c, step))?;
    if let Some(backup) = backup::contradicting(desk)? {
        broken.push(Broken { name: "log_is_that_of_the_last_backup", count: 1, examples: vec![backup] });
    }
    Ok(Findings { broken, integrity })
}

/// How many rules a check looks at.
pub fn rules() -> usize {
    // And that the log goes on from the last backup's.
    invariants::names().count() + 1
}

//! The table that a benchmark prints: each line beside its goal, and beside what it was when the figures were last kept in `figures.tsv`
//! (`-- --keep` keeps them, `-- --only WORD` measures the lines with that word). Shared by the benchmarks.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write;
use std::path::Path;

pub type Outcome<T> = Result<T, Box<dyn Error>>;

/// What a figure is to be.
#[derive(Clone, Copy)]
pub enum Goal {
    AtMost(f64),
    AtLeast(f64),
}

pub struct Table {
    /// What the figures depend on: a size of the file, say.
    of: String,
    kept: BTreeMap<(String, String), f64>,
    keep: bool,
    only: Option<String>,
    met: bool,
}

/// A word of the command line behind another one.
pub fn argument(name: &str) -> Option<String> {
    let words: Vec<String> = std::env::args().collect();
    words.iter().position(|word| word == name).and_then(|at| words.get(at + 1)).cloned()
}

/// A benchmark's output is its table.
pub fn say(line: &str) -> Outcome<()> {
    Ok(writeln!(std::io::stdout(), "{line}")?)
}

/// A figure of this process in MB, where the system tells it.
pub fn memory(name: &str) -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    line.split_whitespace().nth(1)?.parse::<f64>().ok().map(|kilobytes| kilobytes / 1024.0)
}

fn file() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/figures.tsv")
}

impl Table {
    pub fn new(of: &str) -> Table {
        let kept = std::fs::read_to_string(file()).unwrap_or_default();
        let figures = kept.lines().filter_map(|line| {
            let mut parts = line.split('\t');
            Some(((parts.next()?.to_owned(), parts.next()?.to_owned()), parts.next()?.parse().ok()?))
        });
        let keep = std::env::args().any(|word| word == "--keep");
        Table { of: of.to_owned(), kept: figures.collect(), keep, only: argument("--only"), met: true }
    }

    /// Whether a line is asked for.
    pub fn wants(&self, name: &str) -> bool {
        self.only.as_ref().is_none_or(|only| name.contains(only.as_str()))
    }

    /// Prints a line.
    pub fn line(&mut self, name: &str, value: f64, unit: &str, goal: Goal, note: &str) -> Outcome<()> {
        let (met, sign, bound) = match goal {
            Goal::AtMost(most) => (value <= most, '≤', most),
            Goal::AtLeast(least) => (value >= least, '≥', least),
        };
        self.met &= met;
        let key = (self.of.clone(), name.to_owned());
        let before = match self.kept.get(&key) {
            Some(before) if *before > 0.0 => format!("{:+4.0} %", (value / before - 1.0) * 100.0),
            _ => "  new ".to_owned(),
        };
        if self.keep {
            self.kept.insert(key, (value * 100.0).round() / 100.0);
        }
        let verdict = if met { "met" } else { "MISSED" };
        say(&format!("{name:<44} {value:9.2} {unit:<4} {before}  {sign} {bound:6.1}  {verdict:<6}  {note}"))
    }

    /// Keeps the figures where that was asked for; an error where a goal was missed.
    pub fn end(self) -> Outcome<()> {
        if self.keep {
            let lines: Vec<String> = self.kept.iter().map(|((of, name), value)| format!("{of}\t{name}\t{value}\n")).collect();
            std::fs::write(file(), lines.concat())?;
        }
        if self.met { Ok(()) } else { Err("a goal was missed".into()) }
    }
}

//! How much of a test is run: seconds in the plain run, minutes where `ZHANGGUI_LONG` is set. And how a test says that it cannot run here.

use std::io::Write;

/// Whether this is the long run.
pub fn is_long() -> bool {
    std::env::var_os("ZHANGGUI_LONG").is_some_and(|value| !value.is_empty() && value != "0")
}

/// The count of the plain run, or of the long one.
pub fn scaled<T>(plain: T, long: T) -> T {
    if is_long() { long } else { plain }
}

/// Says that a test was left out, past the capture of a passing test's output.
pub fn skipped(test: &str, why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {test}: {why}");
}

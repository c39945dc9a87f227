//! The rules of the house, read off the sources: floors, who may name what, lengths, no stray Chinese, no shortcuts.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

struct Source {
    /// From `src/` on, with slashes.
    path: String,
    text: String,
    /// The code: no comments, no inline tests.
    code: String,
}

fn files(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") {
            out.push(path);
        }
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&root.join("src"), &mut paths);
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let path = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
        Source { code: code(&text), path, text }
    };
    let sources: Vec<Source> = paths.into_iter().map(read).collect();
    assert!(sources.len() > 50);
    sources
}

/// Without line comments, and without what stands under `#[cfg(test)]` (the house writes tests at the end of a file).
fn code(text: &str) -> String {
    let end = text.find("#[cfg(test)]\nmod ").filter(|at| text[*at..].contains("mod tests {")).unwrap_or(text.len());
    text[..end]
        .lines()
        .map(|line| line.find("//").filter(|at| !line[..*at].ends_with(':')).map_or(line, |at| &line[..at]))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The floor a file stands on and the module's name, by its place.
fn module(path: &str) -> &str {
    path.strip_prefix("src/").unwrap().split(['/', '.']).next().unwrap()
}

/// What each module may import from the crate: what stands below it.
const FLOORS: &[(&str, &[&str])] = &[
    ("models", &["models", "i18n"]),
    ("i18n", &["i18n", "models"]),
    ("database", &["database", "models"]),
    ("repositories", &["repositories", "database", "models"]),
    ("services", &["services", "repositories", "database", "models", "i18n"]),
    ("documents", &["documents", "services", "models", "i18n"]),
    ("jobs", &["jobs", "services", "database", "models", "i18n"]),
    ("ui", &["ui", "jobs", "documents", "services", "models", "i18n"]),
    ("app", &["app", "ui", "jobs", "documents", "services", "models", "i18n"]),
    ("cli", &["cli", "jobs", "documents", "services", "models", "i18n"]),
    ("main", &["app", "cli", "ui", "services", "models", "i18n"]),
    ("lib", &[]),
];

/// Names after `prefix::` in code, also inside one level of braces.
fn named_after<'a>(code: &'a str, prefix: &str) -> BTreeSet<&'a str> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        let rest = &code[at + prefix.len()..];
        let list = rest.strip_prefix('{').map_or(rest, |inner| inner.split('}').next().unwrap());
        let one = |part: &'a str| part.trim().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap();
        if rest.starts_with('{') {
            names.extend(list.split(',').map(one).filter(|name| !name.is_empty()));
        } else {
            names.insert(one(list));
        }
    }
    names
}

#[test]
fn a_module_imports_only_what_stands_below_it() {
    for source in sources() {
        let own = module(&source.path);
        let (_, allowed) = FLOORS.iter().find(|(name, _)| *name == own).unwrap_or_else(|| panic!("{}: on no floor", source.path));
        let prefix = if own == "main" { "zhanggui::" } else { "crate::" };
        for name in named_after(&source.code, prefix) {
            assert!(allowed.contains(&name), "{} names {prefix}{name}", source.path);
        }
    }
}

/// Asserts that a word stands only in files of these beginnings.
fn only_in(word: &str, allowed: &[&str]) {
    for source in sources() {
        let stands = source.code.contains(word);
        assert!(!stands || allowed.iter().any(|start| source.path.starts_with(start)), "{} names {word}", source.path);
    }
}

#[test]
fn sqlite_is_known_to_database_and_repositories_only() {
    only_in("rusqlite", &["src/database", "src/repositories"]);
}

#[test]
fn threads_are_started_by_jobs_only() {
    only_in("std::thread", &["src/jobs.rs"]);
    only_in("thread::spawn", &["src/jobs.rs"]);
}

#[test]
fn egui_is_known_to_the_window_only() {
    only_in("egui::", &["src/ui", "src/app", "src/main.rs"]);
    only_in("eframe::", &["src/ui", "src/app", "src/main.rs"]);
}

#[test]
fn repositories_neither_begin_transactions_nor_ask_for_rights() {
    for source in sources().iter().filter(|source| module(&source.path) == "repositories") {
        for word in ["transaction(", "BEGIN", "COMMIT", "Command", ".need("] {
            assert!(!source.code.contains(word), "{} names {word}", source.path);
        }
    }
}

#[test]
fn only_posting_writes_what_posting_owns() {
    let owned = ["stock_quantity =", "paid_amount =", "returned_amount =", "outstanding =", "reserved_quantity ="];
    // Demo data is written once in its final state; the same invariants hold over it.
    let others = |source: &&Source| !source.path.contains("posting") && source.path != "src/repositories/demo.rs";
    for source in sources().iter().filter(others) {
        for line in source.code.lines().filter(|line| line.contains(" SET ") || line.trim_start().starts_with("SET ")) {
            let set = line.split(" WHERE ").next().unwrap();
            assert!(!owned.iter().any(|column| set.contains(column)), "{}: {line}", source.path);
        }
    }
}

#[test]
fn colours_are_made_by_the_theme_only() {
    only_in("Color32::from_", &["src/ui/theme"]);
    for source in sources().iter().filter(|source| !source.path.starts_with("src/ui/theme")) {
        for colour in
            ["Color32::WHITE", "Color32::BLACK", "Color32::RED", "Color32::GREEN", "Color32::GRAY", "Color32::YELLOW", "hex_color!", "Rgba::"]
        {
            assert!(!source.code.contains(colour), "{} names {colour}", source.path);
        }
        let hex = source.code.match_indices("\"#").any(|(at, _)| {
            let digits: Vec<char> = source.code[at + 2..].chars().take_while(char::is_ascii_hexdigit).collect();
            matches!(digits.len(), 6 | 8)
        });
        assert!(!hex, "{} has a colour in hex", source.path);
    }
}

#[test]
fn every_file_begins_with_its_sentence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    files(&root.join("src"), &mut paths);
    files(&root.join("tests"), &mut paths);
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        assert!(text.starts_with("//! "), "{}", path.display());
        let most = if path.starts_with(root.join("tests")) { 400 } else { 600 };
        assert!(text.lines().count() <= most, "{} is longer than {most} lines", path.display());
    }
}

/// Files that may hold Chinese beside the texts, each with its reason.
const CHINESE: &[(&str, &str)] = &[
    ("src/i18n", "the texts themselves"),
    ("src/models/money.rs", "amounts in capitals"),
    ("src/models/search.rs", "pinyin readings"),
    ("src/models/product.rs", "the unit 件 of spec §2.3"),
    ("src/models/config.rs", "the payment methods a new file has"),
    ("src/services/demo", "names of the demo company"),
    ("src/services/imports", "headings and values of foreign tables"),
    ("src/ui/widgets/tests.rs", "tests"),
];

#[test]
fn chinese_stands_in_the_texts_only() {
    for source in sources() {
        if CHINESE.iter().any(|(start, _)| source.path.starts_with(start)) {
            continue;
        }
        for line in source.code.lines() {
            assert!(!line.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}')), "{}: {line}", source.path);
        }
    }
}

#[test]
fn no_exemption_is_out_of_date() {
    for (start, reason) in CHINESE {
        let needed =
            sources().iter().any(|source| source.path.starts_with(start) && source.text.chars().any(|c| matches!(c, '\u{3400}'..='\u{9fff}')));
        assert!(needed, "{start} ({reason}) has no Chinese any more");
    }
}

#[test]
fn no_shortcut_stands_outside_tests() {
    let words = ["todo!(", "unimplemented!(", "dbg!(", ".unwrap()", ".expect(", "panic!(", "unsafe ", "FIXME", "XXX", "#[allow("];
    for source in sources().iter().filter(|source| !source.path.ends_with("/tests.rs")) {
        for (at, line) in source.code.lines().enumerate() {
            let found = words.iter().find(|word| line.contains(**word));
            assert!(found.is_none(), "{}:{}: {line}", source.path, at + 1);
        }
    }
}

#[test]
fn pages_do_not_import_each_other() {
    for source in sources().iter().filter(|source| source.path.starts_with("src/ui/pages/")) {
        let own = source.path["src/ui/pages/".len()..].split(['/', '.']).next().unwrap().to_owned();
        for name in named_after(&source.code, "crate::ui::pages::") {
            assert!(name == own || name.starts_with(char::is_uppercase), "{} names page {name}", source.path);
        }
    }
}

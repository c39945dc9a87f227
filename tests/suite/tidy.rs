//! The house's floors, as they stand in the README: who imports whom, and what belongs in one place only.

use std::fs;
use std::path::{Path, PathBuf};

/// The floors from the ground up. A module may name those at or below its own height.
const FLOORS: &[(&str, u8)] = &[
    ("models", 1),
    ("i18n", 1),
    ("database", 2),
    ("repositories", 3),
    ("services", 4),
    ("jobs", 5),
    ("documents", 5),
    ("ui", 6),
    ("app", 7),
    ("cli", 7),
    ("main", 8),
    ("lib", 9),
];

/// Every source file with its path below `src` and its text without test modules.
fn sources() -> Vec<(String, String)> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(Path::new("src"), &mut found);
    let name = |path: &Path| path.strip_prefix("src").unwrap().display().to_string().replace('\\', "/");
    found.iter().map(|path| (name(path), without_tests(&fs::read_to_string(path).unwrap()))).filter(|(name, _)| !name.ends_with("tests.rs")).collect()
}

/// The text up to its `#[cfg(test)]` module, which stands last in every file.
fn without_tests(text: &str) -> String {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned()
}

/// Lines of code, without comments.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn floor_of(file: &str) -> (&str, u8) {
    let top = file.split('/').next().unwrap().trim_end_matches(".rs");
    *FLOORS.iter().find(|(name, _)| *name == top).unwrap_or_else(|| panic!("{file} stands on no floor"))
}

fn refuse(what: &str, wrong: Vec<String>) {
    assert!(wrong.is_empty(), "{what}:\n  {}", wrong.join("\n  "));
}

/// Lines with one of these words in files that `may` does not let.
fn lines_with(words: &[&str], may: impl Fn(&str) -> bool) -> Vec<String> {
    let mut wrong = Vec::new();
    for (file, text) in sources().iter().filter(|(file, _)| !may(file)) {
        let found = code(text).filter(|(_, line)| words.iter().any(|word| line.contains(word)));
        wrong.extend(found.map(|(at, line)| format!("{file}:{at}: {}", line.trim())));
    }
    wrong
}

#[test]
fn modules_import_only_what_stands_below() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        let (own, height) = floor_of(&file);
        for (at, line) in code(&text) {
            for (start, _) in line.match_indices("crate::").chain(line.match_indices("zhanggui::")) {
                let rest = line[start..].split_once("::").unwrap().1;
                let named: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                let above = FLOORS.iter().find(|(name, _)| *name == named).is_some_and(|(_, floor)| *floor > height);
                let beside = named == "app" && own == "cli" || named == "cli" && own == "app";
                if above || beside {
                    wrong.push(format!("{file}:{at} names {named}"));
                }
            }
        }
    }
    refuse("imports from above", wrong);
}

#[test]
fn pages_never_name_the_database_nor_each_other() {
    let wrong = lines_with(&["rusqlite", "crate::database", "crate::repositories"], |file| !file.starts_with("ui"));
    refuse("ui reaches below services", wrong);
    let pages: Vec<(String, String, String)> = sources()
        .into_iter()
        .filter_map(|(file, text)| {
            let below = file.strip_prefix("ui/pages/")?.trim_end_matches(".rs").to_owned();
            Some((file, below, text))
        })
        .collect();
    let names: Vec<&str> = pages.iter().map(|(_, below, _)| below.as_str()).filter(|below| !below.contains('/')).collect();
    let mut wrong = Vec::new();
    for (file, below, text) in &pages {
        let page = below.split('/').next().unwrap();
        // From a page's own file or from further below: the way up to all pages.
        let up = "super::".repeat(below.split('/').count());
        for (at, line) in code(text) {
            let named = ["ui::pages::", &up].iter().find_map(|way| line.split_once(way)).map_or("", |(_, rest)| rest);
            if named.split(|c: char| !c.is_alphanumeric() && c != '_').any(|name| name != page && names.contains(&name)) {
                wrong.push(format!("{file}:{at}: {}", line.trim()));
            }
        }
    }
    refuse("a page imports another", wrong);
}

#[test]
fn sqlite_is_named_only_where_sql_is() {
    let allowed = |file: &str| file.starts_with("database") || file.starts_with("repositories");
    refuse("rusqlite outside database and repositories", lines_with(&["rusqlite"], allowed));
    let statements = ["\"SELECT ", "\"INSERT ", "\"UPDATE ", "\"DELETE ", "\"PRAGMA "];
    refuse("SQL outside database and repositories", lines_with(&statements, allowed));
}

#[test]
fn services_know_no_window() {
    let below = |file: &str| floor_of(file).1 > 5;
    refuse("egui below ui", lines_with(&["egui", "eframe"], below));
}

#[test]
fn threads_are_made_in_jobs_only() {
    refuse("threads outside jobs", lines_with(&["std::thread", "thread::spawn"], |file| file == "jobs.rs"));
}

#[test]
fn colours_stand_in_the_theme_only() {
    let words = ["from_rgb", "from_hex", "from_gray", "rgb(0x", "Color32::RED", "Color32::BLACK", "Color32::WHITE", "Color32::GRAY", "hex_color!"];
    // A decoded picture brings its own colours.
    refuse(
        "colours outside the theme",
        lines_with(&words, |file| file.starts_with("ui/theme") || ["ui/pictures.rs", "documents/pdf.rs"].contains(&file)),
    );
}

#[test]
fn what_people_read_stands_in_i18n() {
    // Words of the data itself: units, capitals, pinyin, headings of foreign files, demo companies, default payment methods.
    let data = |file: &str| {
        file.starts_with("i18n")
            || ["models/money.rs", "models/product.rs", "models/config.rs", "models/search.rs"].contains(&file)
            || file.starts_with("services/demo")
            || file.starts_with("services/imports")
    };
    let mut wrong = Vec::new();
    for (file, text) in sources().iter().filter(|(file, _)| !data(file)) {
        for (at, line) in code(text) {
            let comment = line.find("//").unwrap_or(line.len());
            let literal = line[..comment].split('"').skip(1).step_by(2).any(|text| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)));
            if literal {
                wrong.push(format!("{file}:{at}: {}", line.trim()));
            }
        }
    }
    refuse("Chinese literals outside i18n", wrong);
}

#[test]
fn every_file_says_what_lives_there_and_stays_readable() {
    let mut wrong = Vec::new();
    for (file, text) in sources() {
        if !text.starts_with("//!") {
            wrong.push(format!("{file} does not begin with //!"));
        }
        let lines = fs::read_to_string(Path::new("src").join(&file)).unwrap().lines().count();
        if lines > 600 {
            wrong.push(format!("{file} has {lines} lines"));
        }
        for name in ["utils", "helpers", "common.rs", "manager"] {
            if file.contains(name) && file != "i18n/common.rs" {
                wrong.push(format!("{file} is called {name}"));
            }
        }
    }
    refuse("files", wrong);
}

#[test]
fn nothing_panics_on_purpose() {
    let words = [".unwrap()", ".expect(", "panic!(", "todo!(", "unimplemented!(", "unreachable!("];
    refuse("panics in the product", lines_with(&words, |_| false));
}

#[test]
fn lints_are_not_silenced_in_passing() {
    refuse("silenced lints", lines_with(&["#[allow(", "#![allow(", "unsafe "], |_| false));
}

#[test]
fn repositories_neither_begin_transactions_nor_ask_for_rights() {
    let words = ["transaction(", "\"BEGIN", "\"COMMIT", "Command::", ".need("];
    refuse("repositories that do more than SQL", lines_with(&words, |file| !file.starts_with("repositories")));
}

#[test]
fn only_posting_writes_what_posting_owns() {
    // Demo data is written once in its final state; the same invariants hold over it.
    let others = lines_with(&["SET "], |file| file.contains("posting") || file == "repositories/demo.rs");
    let owned = ["stock_quantity =", "reserved_quantity =", "paid_amount =", "returned_amount =", "outstanding ="];
    let writes = |line: &String| {
        line.split_once("SET ").is_some_and(|(_, set)| owned.iter().any(|column| set.split(" WHERE ").next().unwrap().contains(column)))
    };
    refuse("rollups written outside posting", others.into_iter().filter(writes).collect());
}

//! Every text in both languages: never empty, the same blanks, each in its own script and punctuation.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::Path;

use zhanggui::i18n::{Lang, Texts, fill};
use zhanggui::models::error::{BackupProblem, FileReason};
use zhanggui::models::{Error, Field, Problem};
use zhanggui::ui::shortcuts::Shortcut;

/// Texts that are the same word in both languages: names of formats, of the program, of a language in itself.
const ENGLISH_WITH_CHINESE: &[&str] = &[];

/// What stands between braces: numbers of values, and forms chosen by one (`0:day|days`).
fn braces(text: &str) -> impl Iterator<Item = &str> {
    text.split('{').skip(1).filter_map(|part| part.split_once('}')).map(|(blank, _)| blank)
}

fn blanks(text: &str) -> BTreeSet<&str> {
    braces(text).filter(|blank| !blank.contains(':')).collect()
}

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ffef}')
}

#[test]
fn no_text_is_empty() {
    assert!(Texts::all().count() > 100);
    for (area, key, zh, en) in Texts::all() {
        assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{area}.{key}");
    }
}

#[test]
fn both_languages_have_the_same_blanks() {
    for (area, key, zh, en) in Texts::all() {
        assert_eq!(blanks(zh), blanks(en), "{area}.{key}");
        assert!(blanks(zh).iter().enumerate().all(|(at, blank)| *blank == at.to_string()), "{area}.{key}: blanks count from 0");
    }
}

#[test]
fn english_chooses_forms_by_values_that_are_given() {
    for (area, key, zh, en) in Texts::all() {
        assert!(braces(zh).all(|blank| !blank.contains(':')), "{area}.{key}: Chinese has one form");
        for (number, forms) in braces(en).filter_map(|blank| blank.split_once(':')) {
            let (one, many) = forms.split_once('|').unwrap();
            assert!(!one.is_empty() && !many.is_empty() && !many.contains('|'), "{area}.{key}: {en}");
            // A unit beside its figure has no blank, and is given the figure.
            assert!(number.parse::<usize>().unwrap() < blanks(en).len().max(1), "{area}.{key}: {en}");
        }
    }
}

#[test]
fn chinese_has_its_own_punctuation() {
    for (area, key, zh, _) in Texts::all() {
        let letters: Vec<char> = zh.chars().collect();
        for at in 0..letters.len() {
            let beside = at > 0 && is_chinese(letters[at - 1]) || letters.get(at + 1).copied().is_some_and(is_chinese);
            assert!(!(matches!(letters[at], ',' | '.' | ';' | ':' | '?' | '!') && beside), "{area}.{key}: {zh}");
        }
    }
}

#[test]
fn english_has_no_chinese() {
    for (area, key, _, en) in Texts::all() {
        let exempt = ENGLISH_WITH_CHINESE.contains(&format!("{area}.{key}").as_str());
        assert_eq!(en.chars().any(is_chinese), exempt, "{area}.{key}: {en}");
    }
}

#[test]
fn blanks_are_filled_by_number() {
    assert_eq!(fill("{1} of {0}", &[&"all", &3]), "3 of all");
    assert_eq!(fill("{2} and { open", &[&1]), "{2} and { open");
    let shown = "{0}–{1} of {1} {1:row is|rows are} seen";
    assert_eq!(fill(shown, &[&1, &1]), "1–1 of 1 row is seen");
    assert_eq!(fill(shown, &[&1, &"1,001"]), "1–1,001 of 1,001 rows are seen");
    assert_eq!(fill("{0} {0:day|days}", &[&0]), "0 days");
    for lang in Lang::ALL {
        assert_eq!(Lang::from_code(lang.code()), Some(lang));
        assert!(Shortcut::ALL.iter().all(|shortcut| !shortcut.meaning(lang.texts()).is_empty()));
    }
}

#[test]
fn the_systems_words_are_the_readers() {
    let said = |lang: Lang, kind: ErrorKind| lang.sentence(&Error::file(Path::new("/账/a.csv"), &kind.into()));
    assert_eq!(said(Lang::ZhCn, ErrorKind::StorageFull), "没能读写文件 /账/a.csv(5002)：磁盘空间不足。请腾出空间，或换一个位置。");
    assert_eq!(said(Lang::ZhCn, ErrorKind::NotFound), "没能读写文件 /账/a.csv(5002)：文件或文件夹不存在。请检查路径。");
    assert!(said(Lang::En, ErrorKind::PermissionDenied).contains("permission denied. Check the permissions"));
    assert!(said(Lang::ZhCn, ErrorKind::ReadOnlyFilesystem).contains("磁盘或文件是只读的"));
    assert!(Lang::ZhCn.sentence(&Error::file(Path::new("a.xlsx"), FileReason::Unknown)).contains("系统没有说明原因"));
    // What is not known is said in the system's words rather than not at all.
    assert!(said(Lang::ZhCn, ErrorKind::TimedOut).contains(&ErrorKind::TimedOut.to_string()));
}

#[test]
fn rules_and_fields_are_named_inside_sentences() {
    let unsound = Error::Backup { path: "b.db".into(), problem: BackupProblem::Unsound("stock_is_sum_of_movements") };
    assert!(Lang::ZhCn.sentence(&unsound).contains("（库存等于出入库之和）"), "{}", Lang::ZhCn.sentence(&unsound));
    assert!(Lang::En.sentence(&unsound).contains("(Stock is the sum of its movements)"));
    assert_eq!(Lang::En.problem(Field::ValidUntil, Problem::Required), "Please enter the last valid day");
    assert_eq!(Lang::En.problem_of("Company name", Problem::Required), "Please enter the company name");
    assert_eq!(Lang::En.problem(Field::Sku, Problem::Required), "Please enter the SKU");
}

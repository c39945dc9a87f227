//! Both languages are complete and speak alike.

use zhanggui::i18n::{Lang, Texts, fill};
use zhanggui::ui::shortcuts::Shortcut;

/// The `{n}` of a text, in order.
fn blanks(text: &str) -> Vec<String> {
    let mut found: Vec<String> =
        text.match_indices('{').filter_map(|(at, _)| text[at..].split_once('}').map(|(blank, _)| blank.to_owned())).collect();
    found.sort();
    found.dedup();
    found
}

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[test]
fn every_text_has_the_same_blanks_in_both_languages() {
    for (area, key, zh, en) in Texts::all() {
        assert!(!zh.is_empty() && !en.is_empty(), "{area}.{key} is empty");
        assert_eq!(blanks(zh), blanks(en), "{area}.{key}");
    }
}

#[test]
fn english_has_no_chinese_left_and_chinese_no_half_width_marks() {
    for (area, key, zh, en) in Texts::all() {
        assert!(!en.chars().any(is_chinese), "{area}.{key}: {en}");
        let letters: Vec<char> = zh.chars().collect();
        for three in letters.windows(3) {
            let mark = matches!(three[1], ',' | ';' | '?' | '!' | '.');
            assert!(!(mark && is_chinese(three[0]) && is_chinese(three[2])), "{area}.{key}: {zh}");
        }
    }
}

#[test]
fn blanks_are_filled_by_number() {
    assert_eq!(fill("{1} of {0}", &[&"all", &3]), "3 of all");
    assert_eq!(fill("{2} and { open", &[&1]), "{2} and { open");
    for lang in Lang::ALL {
        assert_eq!(Lang::from_code(lang.code()), Some(lang));
        assert!(Shortcut::ALL.iter().all(|shortcut| !shortcut.meaning(lang.texts()).is_empty()));
    }
}

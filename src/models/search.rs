//! What "found" means (rulings §12): substring, pinyin initials, full pinyin from a syllable's start.
//! The search index in `repositories::search` answers the same question for whole tables.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use pinyin::ToPinyin;

/// The most words of one search, and the most characters of a word.
const MOST_WORDS: usize = 8;
const LONGEST_WORD: usize = 64;

/// Readings that names use beside the commonest one: 重庆, 银行, 长兴, 单县, 曾, 盛, 厦门 …
const SECOND_READINGS: &[(char, &str)] = &[
    ('重', "chong"),
    ('重', "zhong"),
    ('行', "hang"),
    ('行', "xing"),
    ('长', "chang"),
    ('长', "zhang"),
    ('乐', "le"),
    ('乐', "yue"),
    ('单', "shan"),
    ('单', "dan"),
    ('曾', "zeng"),
    ('曾', "ceng"),
    ('盛', "sheng"),
    ('盛', "cheng"),
    ('厦', "xia"),
    ('厦', "sha"),
    ('解', "jie"),
    ('解', "xie"),
    ('仇', "qiu"),
    ('仇', "chou"),
    ('区', "qu"),
    ('区', "ou"),
    ('查', "cha"),
    ('查', "zha"),
    ('朝', "chao"),
    ('朝', "zhao"),
    ('调', "diao"),
    ('调', "tiao"),
    ('都', "du"),
    ('都', "dou"),
    ('还', "huan"),
    ('还', "hai"),
    ('会', "hui"),
    ('会', "kuai"),
    ('降', "jiang"),
    ('降', "xiang"),
    ('角', "jiao"),
    ('角', "jue"),
    ('传', "chuan"),
    ('传', "zhuan"),
    ('藏', "zang"),
    ('藏', "cang"),
    ('石', "shi"),
    ('石', "dan"),
    ('尉', "wei"),
    ('尉', "yu"),
    ('万', "wan"),
    ('万', "mo"),
    ('折', "zhe"),
    ('折', "she"),
    ('朴', "piao"),
    ('朴', "pu"),
    ('宿', "su"),
    ('宿', "xiu"),
    ('弹', "dan"),
    ('弹', "tan"),
    ('数', "shu"),
    ('数', "shuo"),
    ('参', "can"),
    ('参', "shen"),
    ('蚌', "bang"),
    ('蚌', "beng"),
    ('泊', "bo"),
    ('泊', "po"),
    ('率', "lv"),
    ('率', "shuai"),
    ('车', "che"),
    ('车', "ju"),
    ('便', "bian"),
    ('便', "pian"),
    ('缝', "feng"),
    ('切', "qie"),
];

/// The words of a search, in lower case.
pub fn words(search: &str) -> Vec<String> {
    search.split_whitespace().take(MOST_WORDS).map(|word| lower(word).chars().take(LONGEST_WORD).collect()).collect()
}

/// Whether one word finds a record with these texts.
pub fn matches(texts: &[&str], word: &str) -> bool {
    texts.iter().any(|text| find(text, word).is_some())
}

/// Where a (lower-case) word is found in a text, in characters: what lists highlight.
pub fn find(text: &str, word: &str) -> Option<Range<usize>> {
    let wanted: Vec<char> = word.chars().collect();
    if wanted.is_empty() {
        return None;
    }
    let plain: Vec<char> = text.chars().map(lower_char).collect();
    if let Some(at) = plain.windows(wanted.len()).position(|window| window == wanted) {
        return Some(at..at + wanted.len());
    }
    readings(text).iter().find_map(|reading| reading.find_initials(&wanted).or_else(|| reading.find_pinyin(word)))
}

/// One way to read a text aloud: each character with its syllable, where it is a Chinese one.
#[derive(Debug)]
pub struct Reading(Vec<(char, Option<&'static str>)>);

impl Reading {
    /// The initials as one word: first letters of syllables, letters and digits as they are, nothing else.
    pub fn initials(&self) -> String {
        self.initial_chars().map(|(_, c)| c).collect()
    }

    fn initial_chars(&self) -> impl Iterator<Item = (usize, char)> {
        self.0.iter().enumerate().filter_map(|(at, (c, syllable))| match syllable {
            Some(syllable) => syllable.chars().next().map(|first| (at, first)),
            None => c.is_alphanumeric().then_some((at, *c)),
        })
    }

    fn find_initials(&self, wanted: &[char]) -> Option<Range<usize>> {
        let initials: Vec<(usize, char)> = self.initial_chars().collect();
        let at = initials.windows(wanted.len()).position(|window| window.iter().map(|(_, c)| c).eq(wanted))?;
        Some(initials[at].0..initials[at + wanted.len() - 1].0 + 1)
    }

    /// The unbroken runs of Chinese characters, as syllables.
    pub fn runs(&self) -> impl Iterator<Item = Vec<&'static str>> {
        self.0
            .split(|(_, syllable)| syllable.is_none())
            .filter(|run| !run.is_empty())
            .map(|run| run.iter().filter_map(|(_, syllable)| *syllable).collect())
    }

    fn find_pinyin(&self, word: &str) -> Option<Range<usize>> {
        (0..self.0.len()).find_map(|start| {
            let mut rest = word;
            for (at, (_, syllable)) in self.0.iter().enumerate().skip(start) {
                let syllable = (*syllable)?;
                if let Some(shorter) = rest.strip_prefix(syllable)
                    && !shorter.is_empty()
                {
                    rest = shorter;
                } else {
                    return syllable.starts_with(rest).then_some(start..at + 1);
                }
            }
            None
        })
    }
}

/// The most readings kept of one text.
const MOST_READINGS: usize = 8;

/// The readings of a text: the common one first, then those with characters that names read differently. None without Chinese characters.
pub fn readings(text: &str) -> Vec<Reading> {
    let common: Vec<(char, Option<&'static str>)> = text.chars().map(|c| (lower_char(c), syllable(c))).collect();
    if common.iter().all(|(_, syllable)| syllable.is_none()) {
        return Vec::new();
    }
    let mut readings = vec![common];
    for at in 0..readings[0].len() {
        let (c, first) = readings[0][at];
        for &(_, second) in SECOND_READINGS.iter().filter(|(other, second)| *other == c && Some(*second) != first) {
            let room = MOST_READINGS.saturating_sub(readings.len());
            let mut variants: Vec<_> = readings.iter().take(room).cloned().collect();
            variants.iter_mut().for_each(|variant| variant[at].1 = Some(second));
            readings.extend(variants);
        }
    }
    readings.into_iter().map(Reading).collect()
}

/// All ways to split typed letters into complete syllables and a beginning of one; at most a few dozen.
pub fn segmentations(word: &str) -> Vec<Vec<&str>> {
    const MOST: usize = 48;
    let mut found = Vec::new();
    if word.bytes().all(|b| b.is_ascii_lowercase()) {
        split(word, &mut Vec::new(), &mut found, MOST);
    }
    found
}

fn split<'w>(rest: &'w str, before: &mut Vec<&'w str>, found: &mut Vec<Vec<&'w str>>, most: usize) {
    if found.len() >= most {
        return;
    }
    if SYLLABLES.range(rest..).next().is_some_and(|syllable| syllable.starts_with(rest)) {
        found.push(before.iter().copied().chain([rest]).collect());
    }
    for length in 1..rest.len().min(7) {
        let (head, tail) = rest.split_at(length);
        if SYLLABLES.contains(head) {
            before.push(head);
            split(tail, before, found, most);
            before.pop();
        }
    }
}

/// Every syllable a character can be read with.
static SYLLABLES: LazyLock<BTreeSet<&'static str>> = LazyLock::new(|| {
    let common = ('\u{4e00}'..='\u{9fff}').filter_map(syllable);
    common.chain(SECOND_READINGS.iter().map(|(_, syllable)| *syllable)).collect()
});

fn syllable(c: char) -> Option<&'static str> {
    let plain = c.to_pinyin()?.plain();
    // ü is typed as v.
    Some(match plain {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        other => other,
    })
}

/// Lower case, one character for one.
pub fn lower(text: &str) -> String {
    text.chars().map(lower_char).collect()
}

fn lower_char(c: char) -> char {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(one), None) => one,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_by_text_initials_and_pinyin() {
        let text = "北京启明科技A4";
        for word in ["启明", "bjqm", "qmkj", "beijing", "jingqi", "beij", "beijingqimingkeji", "a4", "kja4", "b", "k"] {
            assert!(find(text, word).is_some(), "{word}");
        }
        for word in ["eijing", "京北", "bq", "beijingkeji", "%"] {
            assert!(find(text, word).is_none(), "{word}");
        }
        assert_eq!(find("外六角螺栓", "ls"), Some(3..5));
        assert!(find("重庆长城", "cqcc").is_some());
        assert!(find("重庆长城", "zhongqing").is_some());
        assert!(find("绿地", "lvdi").is_some());
        assert!(find("西安", "xian").is_some());
        assert!(find("Müller GmbH", "MÜLLER".to_lowercase().as_str()).is_some());
    }

    #[test]
    fn typed_letters_split_into_syllables() {
        assert!(segmentations("xian").contains(&vec!["xi", "an"]));
        assert!(segmentations("xian").contains(&vec!["xian"]));
        assert!(segmentations("beij").contains(&vec!["bei", "j"]));
        assert!(segmentations("eijing").iter().all(|s| s[0] != "ei" || s.len() > 1));
    }
}

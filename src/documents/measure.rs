//! How wide a text is in the embedded fonts, and where it breaks. Points throughout.

use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use super::fonts;
use crate::models::{Error, Result};

/// The two weights there are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Weight {
    #[default]
    Regular,
    Medium,
}

/// The fonts, ready to measure.
pub struct Ruler {
    regular: FontRef<'static>,
    medium: FontRef<'static>,
}

impl Ruler {
    /// 5000 where the embedded fonts cannot be read.
    pub fn new() -> Result<Ruler> {
        let font = |data: &'static [u8]| FontRef::new(data).map_err(|error| Error::Internal(format!("font: {error}")));
        Ok(Ruler { regular: font(fonts::REGULAR)?, medium: font(fonts::MEDIUM)? })
    }

    fn font(&self, weight: Weight) -> &FontRef<'static> {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Medium => &self.medium,
        }
    }

    /// The width of a text in a line.
    pub fn width(&self, text: &str, weight: Weight, points: f32) -> f32 {
        let font = self.font(weight);
        let metrics: GlyphMetrics<'_> = font.glyph_metrics(Size::new(points), LocationRef::default());
        let map = font.charmap();
        // A character the font lacks is drawn as an empty box, about as wide as high.
        text.chars().map(|c| map.map(c).and_then(|glyph| metrics.advance_width(glyph)).unwrap_or(points)).sum()
    }

    /// The text in lines that fit: broken between words, or within what has no blanks; at most so many, the last ends in … where more was left.
    pub fn lines(&self, text: &str, weight: Weight, points: f32, room: f32, most: usize) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for paragraph in text.lines() {
            let mut line = String::new();
            for piece in pieces(paragraph) {
                let longer = format!("{line}{piece}");
                if line.is_empty() || self.width(longer.trim_end(), weight, points) <= room {
                    line = longer;
                } else {
                    lines.push(std::mem::replace(&mut line, piece.trim_start().to_owned()).trim_end().to_owned());
                }
                // One word wider than the room is broken where it must be.
                while self.width(line.trim_end(), weight, points) > room && line.chars().count() > 1 {
                    let head = self.head(&line, weight, points, room);
                    let rest = line.split_off(head.len());
                    lines.push(std::mem::replace(&mut line, rest));
                }
            }
            lines.push(line.trim_end().to_owned());
        }
        if lines.len() > most {
            lines.truncate(most);
            if let Some(last) = lines.last_mut() {
                *last = self.fitted(&format!("{last}…"), weight, points, room, true);
            }
        }
        lines
    }

    /// The text in one line, with … where it does not fit.
    pub fn one_line(&self, text: &str, weight: Weight, points: f32, room: f32) -> String {
        self.fitted(text, weight, points, room, false)
    }

    fn fitted(&self, text: &str, weight: Weight, points: f32, room: f32, ends: bool) -> String {
        if self.width(text, weight, points) <= room {
            return text.to_owned();
        }
        let whole = if ends { text.trim_end_matches('…') } else { text };
        let dots = self.width("…", weight, points);
        format!("{}…", self.head(whole, weight, points, (room - dots).max(0.0)))
    }

    /// As much of the beginning as fits, at least one character.
    fn head(&self, text: &str, weight: Weight, points: f32, room: f32) -> String {
        let mut used = 0.0;
        let mut head = String::new();
        for c in text.chars() {
            used += self.width(c.encode_utf8(&mut [0; 4]), weight, points);
            if used > room && !head.is_empty() {
                break;
            }
            head.push(c);
        }
        head
    }
}

/// A text in pieces it may break between: words with the blanks behind them; Chinese characters one by one.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut before: Option<char> = None;
    for (at, c) in text.char_indices() {
        let breaks = before.is_some_and(|before| (before == ' ' && c != ' ') || wide(before) || wide(c));
        if breaks && !closes(c) && !before.is_some_and(opens) {
            pieces.push(&text[start..at]);
            start = at;
        }
        before = Some(c);
    }
    if start < text.len() {
        pieces.push(&text[start..]);
    }
    pieces
}

fn wide(c: char) -> bool {
    ('\u{2e80}'..='\u{9fff}').contains(&c) || ('\u{ff00}'..='\u{ffef}').contains(&c)
}

/// Punctuation that never ends a line.
fn opens(c: char) -> bool {
    matches!(c, '\u{ff08}' | '\u{300a}' | '\u{3010}' | '\u{201c}' | '(')
}

/// Punctuation that never begins a line.
fn closes(c: char) -> bool {
    matches!(
        c,
        '\u{3001}'
            | '\u{3002}'
            | '\u{ff0c}'
            | '\u{ff1a}'
            | '\u{ff1b}'
            | '\u{ff09}'
            | '\u{ff01}'
            | '\u{ff1f}'
            | '\u{300b}'
            | '\u{3011}'
            | '\u{201d}'
            | ')'
            | ','
            | '.'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_break_where_they_may_and_nothing_is_wider_than_its_room() {
        let ruler = Ruler::new().unwrap();
        let width = |text: &str| ruler.width(text, Weight::Regular, 10.0);
        assert!((width("螺栓") - 20.0).abs() < 0.5, "{}", width("螺栓"));
        let text = "外六角螺栓 M10×50 镀锌，每盒 50 只，Hexagon bolt zinc plated";
        let lines = ruler.lines(text, Weight::Regular, 10.0, 80.0, 99);
        assert!(lines.iter().all(|line| width(line) <= 80.0 && !line.starts_with('，')), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), text.replace(' ', ""));
        let bracket = ruler.lines("锂电冲击钻带箱（含保修卡）", Weight::Regular, 10.0, 80.0, 9);
        assert_eq!(bracket, ["锂电冲击钻带箱", "（含保修卡）"], "an opening bracket goes with what it opens");
        let cut = ruler.lines(text, Weight::Regular, 10.0, 80.0, 2);
        assert!(cut.len() == 2 && cut[1].ends_with('…') && width(&cut[1]) <= 80.0, "{cut:?}");
        assert_eq!(ruler.one_line("螺栓", Weight::Regular, 10.0, 80.0), "螺栓");
        assert!(ruler.one_line(&"8".repeat(99), Weight::Regular, 10.0, 80.0).ends_with('…'));
        assert_eq!(ruler.lines("", Weight::Regular, 10.0, 80.0, 2), Vec::<String>::new());
    }
}

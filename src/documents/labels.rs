//! A sheet of product labels: three columns and eight rows on A4 (70 × 37 mm, without gaps), each with name, code and barcode.

use barcoders::sym::code128::Code128;
use barcoders::sym::ean13::EAN13;
use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::page::PageSettings;
use krilla::paint::Fill;
use krilla::surface::Surface;
use krilla::text::{Font, TextDirection};

use super::fonts;
use crate::models::product::ProductRow;
use crate::models::{Error, Result};

/// A millimetre in points.
const MM: f32 = 72.0 / 25.4;
const PAGE: (f32, f32) = (210.0 * MM, 297.0 * MM);
const COLUMNS: usize = 3;
const ROWS: usize = 8;
/// Labels on one page.
pub const PER_PAGE: usize = COLUMNS * ROWS;

/// White at the edges of a label, where cutters and printers are not exact.
const PADDING: f32 = 4.0 * MM;
const NAME: f32 = 10.0;
const SMALL: f32 = 8.0;
const BAR_HEIGHT: f32 = 13.0 * MM;
/// The widest bar; wider ones need no scanner to be read.
const WIDEST: f32 = 0.4 * MM;
/// Modules of white on either side of the bars.
const QUIET: f32 = 10.0;

/// What stands on one label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    pub name: String,
    pub specification: Option<String>,
    /// The barcode, or the SKU where there is none: a scan finds the product by either (rulings §15).
    pub code: String,
}

impl Label {
    /// The label of a product.
    pub fn of(product: &ProductRow) -> Label {
        let code = product.barcode.clone().unwrap_or_else(|| product.sku.clone());
        Label { name: product.name.clone(), specification: product.specification.clone(), code }
    }
}

/// The bars of a code, one entry a module, true for black: EAN-13 where it is one with its check digit, else Code 128.
/// `None` for a code that neither can say, such as one with Chinese characters.
pub fn bars(code: &str) -> Option<Vec<bool>> {
    let digits = code.len() == 13 && code.bytes().all(|byte| byte.is_ascii_digit());
    let ean = if digits { EAN13::new(code).ok().map(|ean| ean.encode()) } else { None };
    let modules = match ean {
        Some(modules) => modules,
        None => {
            if code.is_empty() || !code.bytes().all(|byte| (b' '..=b'~').contains(&byte)) {
                return None;
            }
            let pairs = code.len().is_multiple_of(2) && code.len() >= 4 && code.bytes().all(|byte| byte.is_ascii_digit());
            // Set C says two digits at once, set B everything printable.
            let set = if pairs { '\u{0106}' } else { '\u{0181}' };
            Code128::new(format!("{set}{code}")).ok()?.encode()
        }
    };
    Some(modules.into_iter().map(|module| module == 1).collect())
}

/// The sheet as PDF; each label so often as it stands in the list. 5000 where the PDF cannot be made.
pub fn sheet(labels: &[Label]) -> Result<Vec<u8>> {
    let failed = |what: &str| Error::Internal(format!("label sheet: {what}"));
    let font = |data: &'static [u8]| Font::new(data.into(), 0).ok_or_else(|| failed("font"));
    let (regular, medium) = (font(fonts::REGULAR)?, font(fonts::MEDIUM)?);
    let mut document = Document::new();
    for page_labels in labels.chunks(PER_PAGE) {
        let settings = PageSettings::from_wh(PAGE.0, PAGE.1).ok_or_else(|| failed("page"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
        let (width, height) = (PAGE.0 / COLUMNS as f32, PAGE.1 / ROWS as f32);
        for (at, label) in page_labels.iter().enumerate() {
            let corner = Point::from_xy((at % COLUMNS) as f32 * width, (at / COLUMNS) as f32 * height);
            draw(&mut surface, label, corner, width, &regular, &medium);
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| failed(&format!("{error:?}")))
}

fn draw(surface: &mut Surface<'_>, label: &Label, corner: Point, width: f32, regular: &Font, medium: &Font) {
    let room = width - 2.0 * PADDING;
    let left = corner.x + PADDING;
    let mut text = |baseline: f32, font: &Font, points: f32, shown: &str| {
        let fitting = fitted(shown, room, points);
        surface.draw_text(Point::from_xy(left, corner.y + baseline), font.clone(), points, &fitting, false, TextDirection::LeftToRight);
    };
    text(PADDING + NAME, medium, NAME, &label.name);
    if let Some(specification) = &label.specification {
        text(PADDING + NAME + SMALL + 4.0, regular, SMALL, specification);
    }
    let top = PADDING + NAME + SMALL + 9.0;
    text(top + BAR_HEIGHT + SMALL + 2.0, regular, SMALL, &label.code);
    let Some(modules) = bars(&label.code) else { return };
    let module = (room / (modules.len() as f32 + 2.0 * QUIET)).min(WIDEST);
    let mut path = PathBuilder::new();
    let mut start = None;
    for (at, black) in modules.iter().copied().chain([false]).enumerate() {
        match (black, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let x = left + (QUIET + from as f32) * module;
                let bar = Rect::from_xywh(x, corner.y + top, (at - from) as f32 * module, BAR_HEIGHT);
                if let Some(bar) = bar {
                    path.push_rect(bar);
                }
                start = None;
            }
            _ => {}
        }
    }
    if let Some(path) = path.finish() {
        surface.draw_path(&path);
    }
}

/// The text as far as it fits, with … where something is left off. Chinese characters are as wide as high, others about half of it.
fn fitted(text: &str, room: f32, points: f32) -> String {
    let width = |c: char| if c.is_ascii() { 0.6 } else { 1.0 } * points;
    if text.chars().map(width).sum::<f32>() <= room {
        return text.to_owned();
    }
    let mut used = points;
    let mut fitting: String = text
        .chars()
        .take_while(|c| {
            used += width(*c);
            used <= room
        })
        .collect();
    fitting.push('…');
    fitting
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(code: &str) -> String {
        bars(code).unwrap().into_iter().map(|black| if black { '1' } else { '0' }).collect()
    }

    /// The digits of an EAN-13, read from its bars as the standard says: guards, six digits left in two sets, six right.
    fn read_ean(pattern: &str) -> String {
        const LEFT: [&str; 10] = ["0001101", "0011001", "0010011", "0111101", "0100011", "0110001", "0101111", "0111011", "0110111", "0001011"];
        const FIRST: [&str; 10] = ["LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL"];
        let inverted = |digit: &str| digit.chars().map(|c| if c == '0' { '1' } else { '0' }).collect::<String>();
        assert_eq!((pattern.len(), &pattern[..3], &pattern[45..50], &pattern[92..]), (95, "101", "01010", "101"));
        let (mut digits, mut sets) = (String::new(), String::new());
        for at in 0..6 {
            let seen = &pattern[3 + at * 7..10 + at * 7];
            let mirrored: String = inverted(seen).chars().rev().collect();
            let (set, digit) = match LEFT.iter().position(|digit| *digit == seen) {
                Some(digit) => ('L', digit),
                None => ('G', LEFT.iter().position(|digit| *digit == mirrored).unwrap()),
            };
            sets.push(set);
            digits.push_str(&digit.to_string());
        }
        for at in 0..6 {
            let seen = inverted(&pattern[50 + at * 7..57 + at * 7]);
            digits.push_str(&LEFT.iter().position(|digit| *digit == seen).unwrap().to_string());
        }
        format!("{}{digits}", FIRST.iter().position(|first| *first == sets).unwrap())
    }

    #[test]
    fn thirteen_digits_with_their_check_digit_are_ean() {
        for code in ["4006381333931", "6901088040152", "0000000000000"] {
            assert_eq!(read_ean(&pattern(code)), code);
        }
    }

    #[test]
    fn everything_else_is_code_128() {
        // Start B, 11 modules a character, a check character, stop with 13 modules.
        let sku = pattern("WJ-LS-M10");
        assert_eq!((sku.len(), &sku[..11], &sku[sku.len() - 13..]), (11 * 11 + 13, "11010010000", "1100011101011"));
        // Start C: two digits a character.
        let digits = pattern("12345678");
        assert_eq!((digits.len(), &digits[..11]), (11 * 6 + 13, "11010011100"));
        // A wrong check digit is no EAN.
        assert_eq!(&pattern("4006381333932")[..11], "11010010000");
        assert_eq!((bars("螺栓"), bars("")), (None, None));
    }

    #[test]
    fn a_sheet_has_a_page_for_every_24_labels_and_only_the_characters_it_needs() {
        let label = Label { name: "外六角螺栓".into(), specification: Some("M10×50 镀锌 50只".into()), code: "6901088040152".into() };
        let sheet = |count: usize| sheet(&vec![label.clone(); count]).unwrap();
        let pages = |pdf: &[u8]| pdf.windows(11).filter(|window| *window == b"/Type/Page/" || window.starts_with(b"/Type /Page")).count();
        let (one, two) = (sheet(24), sheet(25));
        assert!(one.starts_with(b"%PDF-") && two.len() > one.len());
        assert!(pages(&two) >= pages(&one));
        assert!(two.len() < 100_000, "{} bytes: the whole font is in it", two.len());
    }

    #[test]
    fn long_names_end_in_dots_within_their_room() {
        assert_eq!(fitted("螺栓", 100.0, 10.0), "螺栓");
        assert_eq!(fitted(&"螺".repeat(20), 100.0, 10.0), format!("{}…", "螺".repeat(9)));
    }
}

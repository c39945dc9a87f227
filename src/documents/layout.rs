//! A paper laid out into sheets of texts, lines and the logo: one way for every kind. Knows no file format and no window.
//!
//! Every sheet has the company, the title and the facts at its top; tables go on over as many as they need, with the head repeated and the sums
//! carried; sums, words, notes and signatures stand together behind the last row.

use std::sync::Arc;

use super::measure::{Ruler, Weight};
use super::paperwork::{Logo, Paper, PaperColumn, Paperwork, Side, Table};
use crate::i18n::fill;
use crate::models::{Money, Result};

/// A millimetre in points.
pub const MM: f32 = 72.0 / 25.4;

/// One text: its left edge and baseline from the sheet's upper left corner, in points.
#[derive(Clone, Debug, PartialEq)]
pub struct TextItem {
    pub x: f32,
    pub baseline: f32,
    pub points: f32,
    pub weight: Weight,
    pub text: String,
}

/// The logo: its upper left corner and its size, in points.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureItem {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
    pub logo: Arc<Logo>,
}

/// A rule from one point to another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    pub from: (f32, f32),
    pub to: (f32, f32),
    pub width: f32,
}

/// One printed side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    /// Width and height in points.
    pub size: (f32, f32),
    pub texts: Vec<TextItem>,
    pub rules: Vec<Rule>,
    pub pictures: Vec<PictureItem>,
}

/// The measures of a paper.
struct Measures {
    size: (f32, f32),
    margin: f32,
    company: f32,
    title: f32,
    body: f32,
    small: f32,
    /// Height of a line of the table with one line of text.
    row: f32,
    gap: f32,
    /// The most of a logo.
    logo: (f32, f32),
}

impl Measures {
    fn of(paper: Paper) -> Measures {
        match paper {
            Paper::A4 => Measures {
                size: (210.0 * MM, 297.0 * MM),
                margin: 16.0 * MM,
                company: 15.0,
                title: 18.0,
                body: 9.5,
                small: 8.0,
                row: 18.0,
                gap: 8.0,
                logo: (46.0 * MM, 16.0 * MM),
            },
            Paper::ThreePart => Measures {
                size: (241.0 * MM, 140.0 * MM),
                margin: 10.0 * MM,
                company: 12.0,
                title: 14.0,
                body: 9.0,
                small: 7.5,
                row: 14.5,
                gap: 4.0,
                logo: (34.0 * MM, 11.0 * MM),
            },
        }
    }

    fn width(&self) -> f32 {
        self.size.0 - 2.0 * self.margin
    }

    /// Height of a line of the foot.
    fn foot_line(&self) -> f32 {
        self.small + 3.0
    }
}

/// The sheets of a paper; at least one. 5000 where the embedded fonts cannot be read.
pub fn sheets(paperwork: &Paperwork, paper: Paper) -> Result<Vec<Sheet>> {
    let ruler = Ruler::new()?;
    let m = Measures::of(paper);
    let footer = ruler.lines(&paperwork.letterhead.footer, Weight::Regular, m.small, m.width() - PAGE_NUMBER, FOOT_LINES);
    let mut press = Press { ruler: &ruler, m, paperwork, footer, sheets: Vec::new(), y: 0.0 };
    press.begin_sheet();
    press.table();
    press.ending();
    press.feet();
    Ok(press.sheets)
}

/// Puts one thing under another.
struct Press<'a> {
    ruler: &'a Ruler,
    m: Measures,
    paperwork: &'a Paperwork,
    /// The sentence of the house in lines.
    footer: Vec<String>,
    sheets: Vec<Sheet>,
    y: f32,
}

/// Where a cell stands.
#[derive(Clone, Copy)]
struct Cell {
    left: f32,
    width: f32,
    side: Side,
}

/// White at both sides of a cell.
const PADDING: f32 = 3.0;

/// At most so many lines of a cell or a fact: all of a long name with its specification.
const CELL_LINES: usize = 16;

/// Columns that break keep at least this part of their width.
const LEAST: f32 = 0.3;

/// At most so many lines of one fact about the company: all of a long address.
const FACT_LINES: usize = 6;

/// At most so many lines of the foot, and the room beside it for the page's number.
const FOOT_LINES: usize = 4;
const PAGE_NUMBER: f32 = 96.0;

/// So many lines of notes stand with the sums; further ones may go on over sheets.
const NOTE_LINES: usize = 6;
/// Between two lines of sums.
const SUM_GAP: f32 = 6.0;

/// Between the logo and the company's name.
const LOGO_GAP: f32 = 8.0;

impl Press<'_> {
    /// Where nothing but the foot stands below.
    fn bottom(&self) -> f32 {
        let further = self.footer.len().saturating_sub(1) as f32;
        self.m.size.1 - self.m.margin - self.m.small - self.m.gap - further * self.m.foot_line()
    }

    fn begin_sheet(&mut self) {
        self.sheets.push(Sheet { size: self.m.size, ..Sheet::default() });
        self.y = self.m.margin;
        let (left, width) = (self.m.margin, self.m.width());
        let head = &self.paperwork.letterhead;
        let whole = Cell { left, width, side: Side::Centre };
        let logo = head.logo.as_ref().map(|logo| self.logo(logo));
        // Between the logo and as much white at the right: the middle is the title's.
        let beside = logo.map_or(whole, |(taken, _)| {
            let taken = taken + LOGO_GAP;
            Cell { left: left + taken, width: width - 2.0 * taken, side: Side::Centre }
        });
        for (at, line) in self.ruler.lines(&head.name, Weight::Medium, self.m.company, beside.width - 2.0 * PADDING, FACT_LINES).iter().enumerate() {
            self.y += self.m.company + if at == 0 { 0.0 } else { 3.0 };
            self.put(beside, line, Weight::Medium, self.m.company);
        }
        for (at, line) in self.contact(beside.width - 2.0 * PADDING).iter().enumerate() {
            self.y += self.m.small + if at == 0 { 5.0 } else { 3.0 };
            self.put(beside, line, Weight::Regular, self.m.small);
        }
        self.y += self.m.title + self.m.gap;
        self.put(whole, &self.paperwork.title, Weight::Medium, self.m.title);
        let below = logo.map_or(0.0, |(_, bottom)| bottom);
        self.y = self.y.max(below) + self.m.gap;
        self.facts();
        self.y += self.m.gap;
    }

    /// What is known of the company in lines: broken between its facts where that does.
    fn contact(&self, room: f32) -> Vec<String> {
        let (head, points) = (&self.paperwork.letterhead, self.m.small);
        let mut lines: Vec<String> = Vec::new();
        for fact in [&head.address, &head.phone, &head.tax_number, &head.bank].into_iter().filter(|fact| !fact.is_empty()) {
            let longer = lines.last().map(|line| format!("{line}  ·  {fact}"));
            match (longer.filter(|longer| self.ruler.width(longer, Weight::Regular, points) <= room), lines.last_mut()) {
                (Some(longer), Some(line)) => *line = longer,
                _ => lines.extend(self.ruler.lines(fact, Weight::Regular, points, room, FACT_LINES)),
            }
        }
        lines
    }

    /// Puts the logo at the upper left corner, whole and in proportion; its width and where it ends.
    fn logo(&mut self, logo: &Arc<Logo>) -> (f32, f32) {
        let (width, height) = (logo.picture.width.max(1) as f32, logo.picture.height.max(1) as f32);
        // A small one is not blown up beyond a point a pixel.
        let scale = (self.m.logo.0 / width).min(self.m.logo.1 / height).min(1.0);
        let item = PictureItem { x: self.m.margin, y: self.y, width: width * scale, height: height * scale, logo: Arc::clone(logo) };
        let ends = (item.width, item.y + item.height);
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.pictures.push(item);
        }
        ends
    }

    fn facts(&mut self) {
        let half = self.m.width() / 2.0;
        let points = self.m.body;
        for pair in self.paperwork.facts.chunks(2) {
            let mut height = points + 5.0;
            for (at, (name, value)) in pair.iter().enumerate() {
                let left = self.m.margin + at as f32 * half;
                let top = self.y + points + 2.0;
                let label = format!("{name}  ");
                let name_width = self.ruler.width(&label, Weight::Regular, points);
                self.text(left, top, &label, Weight::Regular, points);
                let lines = self.ruler.lines(value, Weight::Regular, points, half - name_width - 8.0, CELL_LINES);
                for (line, text) in lines.iter().enumerate() {
                    self.text(left + name_width, top + line as f32 * (points + 3.0), text, Weight::Regular, points);
                }
                height = height.max(lines.len() as f32 * (points + 3.0) + 2.0);
            }
            self.y += height;
        }
    }

    fn cells(&self) -> Vec<Cell> {
        let mut left = self.m.margin;
        let place = |(column, width): (&PaperColumn, f32)| {
            let cell = Cell { left, width, side: column.side };
            left += width;
            cell
        };
        self.paperwork.table.columns.iter().zip(self.widths()).map(place).collect()
    }

    /// The columns' widths by their shares; one whose texts do not break is as wide as its widest, and those that break give way.
    fn widths(&self) -> Vec<f32> {
        let Table { columns, rows, total, carry } = &self.paperwork.table;
        let all: f32 = columns.iter().map(|column| column.share).sum();
        let mut widths: Vec<f32> = columns.iter().map(|column| self.m.width() * column.share / all.max(1.0)).collect();
        let mut missing = 0.0;
        for (at, _) in columns.iter().enumerate().filter(|(_, column)| !column.wraps) {
            let regular = rows.iter().filter_map(|row| row.get(at)).map(|text| self.ruler.width(text, Weight::Regular, self.m.body));
            let medium = total.iter().filter_map(|row| row.get(at)).map(|text| self.ruler.width(text, Weight::Medium, self.m.body));
            let carried = carry.iter().filter(|carry| carry.column == at).map(|carry| {
                let sum = Money::sum_from_fen(carry.amounts.iter().map(|amount| amount.fen().abs()).sum());
                self.ruler.width(&sum.to_string(), Weight::Medium, self.m.body)
            });
            let needed = regular.chain(medium).chain(carried).fold(0.0, f32::max) + 2.0 * PADDING;
            missing += (needed - widths[at]).max(0.0);
            widths[at] = widths[at].max(needed);
        }
        let breaking: f32 = columns.iter().zip(&widths).filter(|(column, _)| column.wraps).map(|(_, width)| width).sum();
        if missing > 0.0 && breaking > 0.0 {
            let left = ((breaking - missing) / breaking).max(LEAST);
            columns.iter().zip(&mut widths).filter(|(column, _)| column.wraps).for_each(|(_, width)| *width *= left);
        }
        widths
    }

    fn table(&mut self) {
        let table = &self.paperwork.table;
        if table.columns.is_empty() {
            return;
        }
        let cells = self.cells();
        self.table_head(&cells);
        let mut running = Money::ZERO;
        let mut on_sheet = 0;
        for (at, row) in table.rows.iter().enumerate() {
            let lines = self.row_lines(&cells, row);
            let height = self.row_height(&lines);
            // Below this row must be room for what is carried on; the last row goes with the sums and the ending, which never stand alone.
            let last = at + 1 == table.rows.len() && on_sheet > 0;
            let ending = if last { self.ending_height() } else { 0.0 };
            if self.y + height + self.m.row + ending > self.bottom() {
                self.carry(&cells, running, false);
                self.begin_sheet();
                self.table_head(&cells);
                self.carry(&cells, running, true);
                on_sheet = 0;
            }
            self.row(&cells, &lines, height, Weight::Regular);
            on_sheet += 1;
            let amount = table.carry.as_ref().and_then(|carry| carry.amounts.get(at).copied()).unwrap_or_default();
            running = running.sum_plus(amount);
        }
        if let Some(total) = &table.total {
            let lines = self.row_lines(&cells, total);
            let height = self.row_height(&lines);
            self.row(&cells, &lines, height, Weight::Medium);
        }
    }

    fn table_head(&mut self, cells: &[Cell]) {
        self.rule_across(0.9);
        let lines: Vec<Vec<String>> = self.paperwork.table.columns.iter().map(|column| vec![column.title.to_owned()]).collect();
        let height = self.m.row;
        self.row(cells, &lines, height, Weight::Medium);
    }

    /// 过次页 at the end of a sheet, 承前页 at the beginning of the next.
    fn carry(&mut self, cells: &[Cell], sum: Money, brought: bool) {
        let Some(carry) = &self.paperwork.table.carry else { return };
        let mut lines: Vec<Vec<String>> = vec![Vec::new(); cells.len()];
        if let Some(first) = lines.get_mut(1) {
            first.push(if brought { carry.brought } else { carry.carried }.to_owned());
        }
        if let Some(amount) = lines.get_mut(carry.column) {
            amount.push(sum.to_string());
        }
        let height = self.m.row;
        self.row(cells, &lines, height, Weight::Regular);
    }

    fn row_lines(&self, cells: &[Cell], row: &[String]) -> Vec<Vec<String>> {
        let line = |(cell, (column, text)): (&Cell, (&PaperColumn, &String))| {
            let room = cell.width - 2.0 * PADDING;
            if column.wraps {
                self.ruler.lines(text, Weight::Regular, self.m.body, room, CELL_LINES)
            } else {
                vec![self.ruler.one_line(text, Weight::Regular, self.m.body, room)]
            }
        };
        cells.iter().zip(self.paperwork.table.columns.iter().zip(row)).map(line).collect()
    }

    fn row_height(&self, lines: &[Vec<String>]) -> f32 {
        let most = lines.iter().map(Vec::len).max().unwrap_or(1).max(1);
        self.m.row + (most - 1) as f32 * (self.m.body + 2.0)
    }

    fn row(&mut self, cells: &[Cell], lines: &[Vec<String>], height: f32, weight: Weight) {
        let points = self.m.body;
        let above = (self.m.row - points) / 2.0;
        for (cell, texts) in cells.iter().zip(lines) {
            for (line, text) in texts.iter().enumerate() {
                let baseline = self.y + above + points * 0.88 + line as f32 * (points + 2.0);
                let x = self.left_of(*cell, text, weight, points);
                self.text(x, baseline, text, weight, points);
            }
        }
        self.y += height;
        self.rule_across(0.4);
    }

    fn left_of(&self, cell: Cell, text: &str, weight: Weight, points: f32) -> f32 {
        let width = self.ruler.width(text, weight, points);
        match cell.side {
            Side::Left => cell.left + PADDING,
            Side::Right => cell.left + cell.width - PADDING - width,
            Side::Centre => cell.left + (cell.width - width) / 2.0,
        }
    }

    /// The notes and their name in lines that fit.
    fn notes(&self) -> Option<(&'static str, Vec<String>)> {
        let (name, text) = self.paperwork.notes.as_ref()?;
        let room = self.m.width() - self.ruler.width(&format!("{name}  "), Weight::Regular, self.m.body);
        Some((name, self.ruler.lines(text, Weight::Regular, self.m.body, room, usize::MAX)))
    }

    /// How high sums, words, notes and signatures are together.
    fn ending_height(&self) -> f32 {
        let (points, paperwork) = (self.m.body, self.paperwork);
        let rows = paperwork.sums.len().div_ceil(3) + usize::from(paperwork.capitals.is_some());
        let notes = self.notes().map_or(0.0, |(_, lines)| lines.len().min(NOTE_LINES) as f32 * (points + 3.0) + self.m.gap);
        let signatures = if paperwork.signatures.is_empty() { 0.0 } else { points + 2.0 * self.m.gap + 10.0 };
        rows as f32 * (points + SUM_GAP) + notes + signatures + self.m.gap
    }

    /// Sums, words, notes and signatures, together on one sheet.
    fn ending(&mut self) {
        let (points, width) = (self.m.body, self.m.width());
        let paperwork = self.paperwork;
        let notes = self.notes();
        let line = points + SUM_GAP;
        if self.y + self.ending_height() > self.bottom() {
            self.begin_sheet();
        }
        self.y += self.m.gap;
        for three in paperwork.sums.chunks(3) {
            self.y += line;
            let third = width / 3.0;
            for (at, (name, value)) in three.iter().enumerate() {
                let cell = Cell { left: self.m.margin + (at + 3 - three.len()) as f32 * third, width: third, side: Side::Right };
                let text = format!("{name}  {value}");
                let x = self.left_of(cell, &text, Weight::Medium, points);
                self.text(x, self.y, &text, Weight::Medium, points);
            }
        }
        if let Some((name, words)) = &paperwork.capitals {
            self.y += line;
            self.text(self.m.margin, self.y, &format!("{name}  {words}"), Weight::Medium, points);
        }
        if let Some((name, lines)) = notes {
            self.y += self.m.gap;
            let label = format!("{name}  ");
            let indent = self.ruler.width(&label, Weight::Regular, points);
            for (at, text) in lines.iter().enumerate() {
                if self.y + points + 3.0 > self.bottom() {
                    self.begin_sheet();
                }
                self.y += points + 3.0;
                if at == 0 {
                    self.text(self.m.margin, self.y, &label, Weight::Regular, points);
                }
                self.text(self.m.margin + indent, self.y, text, Weight::Regular, points);
            }
        }
        if !paperwork.signatures.is_empty() {
            if self.y + points + 2.0 * self.m.gap + 10.0 > self.bottom() {
                self.begin_sheet();
            }
            self.y += 2.0 * self.m.gap + 10.0;
            let share = width / paperwork.signatures.len() as f32;
            for (at, name) in paperwork.signatures.iter().enumerate() {
                let left = self.m.margin + at as f32 * share;
                let text = format!("{name}  ");
                self.text(left, self.y, &text, Weight::Regular, points);
                let from = left + self.ruler.width(&text, Weight::Regular, points);
                self.rule((from, self.y + 2.0), (left + share - 16.0, self.y + 2.0), 0.4);
            }
        }
    }

    /// The sentence of the house and the page's number at the foot of every sheet.
    fn feet(&mut self) {
        let pages = self.sheets.len();
        let (points, baseline) = (self.m.small, self.m.size.1 - self.m.margin);
        for at in 0..pages {
            let number = fill(self.paperwork.page, &[&(at + 1), &pages]);
            let whole = Cell { left: self.m.margin, width: self.m.width(), side: Side::Right };
            let x = self.left_of(whole, &number, Weight::Regular, points);
            let Some(sheet) = self.sheets.get_mut(at) else { continue };
            sheet.texts.push(TextItem { x, baseline, points, weight: Weight::Regular, text: number });
            for (line, text) in self.footer.iter().rev().enumerate() {
                let baseline = baseline - line as f32 * self.m.foot_line();
                sheet.texts.push(TextItem { x: self.m.margin, baseline, points, weight: Weight::Regular, text: text.clone() });
            }
        }
    }

    fn put(&mut self, cell: Cell, text: &str, weight: Weight, points: f32) {
        let fitting = self.ruler.one_line(text, weight, points, cell.width);
        let x = self.left_of(cell, &fitting, weight, points);
        self.text(x, self.y, &fitting, weight, points);
    }

    fn text(&mut self, x: f32, baseline: f32, text: &str, weight: Weight, points: f32) {
        if let Some(sheet) = self.sheets.last_mut().filter(|_| !text.is_empty()) {
            sheet.texts.push(TextItem { x, baseline, points, weight, text: text.to_owned() });
        }
    }

    fn rule_across(&mut self, width: f32) {
        self.rule((self.m.margin, self.y), (self.m.margin + self.m.width(), self.y), width);
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32), width: f32) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.rules.push(Rule { from, to, width });
        }
    }
}

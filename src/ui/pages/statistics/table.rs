//! The table of groups with its row of sums. Sorted once when it was read or another column was chosen.

use chrono::{Datelike, Weekday};
use egui::{Align, Color32, Layout, Rect, Ui};

use crate::i18n::{Lang, Texts, fill};
use crate::models::money::quantity;
use crate::models::statistics::{Figures, GroupKey, Grouping, SalesGroup, SalesStatistics};
use crate::models::{Money, Result};
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::{self, Tone, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::card::bare_card;
use crate::ui::widgets::empty::Empty;
use crate::ui::widgets::paint;
use crate::ui::widgets::table::{CellContext, Column, List, ListOptions, ListState, Phase, Width};

/// What the rows stand in the order of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    Name,
    Orders,
    Pieces,
    Net,
    Returned,
    Paid,
    Outstanding,
    Margin,
    Average,
}

/// One row: a group, or the sums.
struct Row {
    /// Its place as it was read.
    at: usize,
    key: Option<GroupKey>,
    name: String,
    figures: Figures,
    unit: String,
}

impl Row {
    fn is_sum(&self) -> bool {
        self.key.is_none()
    }
}

/// What happened.
#[derive(Default)]
pub struct Happened {
    pub opened: Option<GroupKey>,
    pub retry: bool,
}

/// The table's state.
pub struct Table {
    grouping: Grouping,
    lang: Option<Lang>,
    rows: Vec<Row>,
    sum: Row,
    pub list: ListState<Sort>,
}

impl Table {
    /// Empty; time runs backwards, the largest sales stand first.
    pub fn new(grouping: Grouping) -> Table {
        let sort = if matches!(grouping, Grouping::Day | Grouping::Month) { Sort::Name } else { Sort::Net };
        let sum = Row { at: 0, key: None, name: String::new(), figures: Figures::default(), unit: String::new() };
        Table { grouping, lang: None, rows: Vec::new(), sum, list: ListState::new(sort, true) }
    }

    /// Whether it holds rows in this language.
    pub fn is_of(&self, lang: Lang) -> bool {
        self.lang == Some(lang)
    }

    /// Takes over what was read.
    pub fn fill(&mut self, t: &'static Texts, read: &SalesStatistics) {
        let row = |(at, group): (usize, &SalesGroup)| Row {
            at,
            key: Some(group.key),
            name: name_of(t, group),
            figures: group.figures,
            unit: group.unit.clone().unwrap_or_default(),
        };
        self.rows = read.groups.iter().enumerate().map(row).collect();
        let count = quantity(read.groups.len() as i64);
        let count = if self.grouping == Grouping::Day { fill(t.statistics.days, &[&count]) } else { count };
        self.sum = Row { at: 0, key: None, name: format!("{}  {count}", t.statistics.sum), figures: read.total, unit: String::new() };
        self.lang = Some(t.lang);
        self.sort();
    }

    fn sort(&mut self) {
        let by = self.list.sort;
        let value = |row: &Row| -> i64 {
            let (figures, amounts) = (&row.figures, row.figures.amounts.unwrap_or_default());
            match by {
                Sort::Name => 0,
                Sort::Orders => figures.orders,
                Sort::Pieces => figures.pieces,
                Sort::Net => amounts.net.fen(),
                Sort::Returned => amounts.returned.fen(),
                Sort::Paid => amounts.paid.fen(),
                Sort::Outstanding => amounts.outstanding.fen(),
                Sort::Margin => figures.margin.unwrap_or_default().fen(),
                Sort::Average => figures.average().unwrap_or_default().fen(),
            }
        };
        if by == Sort::Name && matches!(self.grouping, Grouping::Day | Grouping::Month) {
            self.rows.sort_by_key(|row| row.at);
        } else if by == Sort::Name {
            self.rows.sort_by(|a, b| a.name.cmp(&b.name).then(a.at.cmp(&b.at)));
        } else {
            self.rows.sort_by_key(|row| (value(row), std::cmp::Reverse(row.at)));
        }
        if self.list.descending {
            self.rows.reverse();
        }
    }

    /// Draws the table into its room; `since` when it is being read, where it is.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, room: Rect, read: Option<&Result<SalesStatistics>>, since: Option<f64>) -> Happened {
        let t = &cx.t.statistics;
        let (mut title, mut body) = (String::new(), String::new());
        if let Some(Err(error)) = read {
            title = fill(t.failed, &[&(error.code() as i32)]);
            body = cx.lang.sentence(error);
        }
        let phase = if let Some(since) = since {
            Phase::Loading { since }
        } else if title.is_empty() && self.rows.is_empty() {
            Phase::Empty(Empty { icon: icons::CHART_BAR, headline: t.no_sales, sentence: t.no_sales_more, ..Default::default() })
        } else if title.is_empty() {
            Phase::Ready
        } else {
            Phase::Failed(Banner::new(Tone::Danger, &title, &body).button(cx.t.common.retry, Some(icons::ARROW_CLOCKWISE)))
        };
        let seen = cx.session.sees_amounts();
        let columns = self.columns(room.width(), seen, seen && cx.rights.sees_cost());
        let options = ListOptions { row_height: size::ROW_REPORT, padding: size::CARD_PADDING, ..ListOptions::default() };
        let list =
            List { columns: &columns, rows: &self.rows, key: |row: &Row| row.at as i64, label: |row| row.name.clone(), data: &(), phase, options };
        let out = paint::inside(ui, room, Layout::top_down(Align::Min), "sales table", |ui| {
            bare_card(ui, |ui| {
                ui.set_min_height(room.height() - 2.0);
                ui.set_max_height(room.height() - 2.0);
                list.show_with_sum(ui, cx.t, "sales groups", &mut self.list, &self.sum)
            })
        });
        let opened = out.opened.or(out.clicked).and_then(|at| self.rows.get(at)).and_then(|row| row.key);
        if out.sort_changed {
            self.sort();
            ui.request_repaint();
        }
        Happened { opened, retry: out.action }
    }

    /// The columns there is room for, the picture's first.
    fn columns(&self, width: f32, seen: bool, cost: bool) -> Vec<GroupColumn> {
        let name = Column {
            title: match self.grouping {
                Grouping::Day => |t| t.statistics.date,
                Grouping::Month => |t| t.statistics.month,
                Grouping::Person => |t| t.statistics.person,
                Grouping::Product => |t| t.statistics.product,
                Grouping::Category => |t| t.statistics.category,
                Grouping::Customer => |t| t.statistics.customer,
            },
            ..NAME
        };
        let mut columns = if self.grouping.is_by_line() {
            vec![name, PIECES, NET, RETURNED, PAID, OUTSTANDING]
        } else {
            vec![name, ORDERS, NET, PAID, OUTSTANDING, AVERAGE]
        };
        let further = if self.grouping.is_by_line() { [(5, ORDERS), (6, MARGIN)] } else { [(3, RETURNED), (6, MARGIN)] };
        if self.grouping.is_by_line() && cost {
            // What a product earns says more than what was paid of it.
            columns[4] = MARGIN;
        }
        for (place, column) in further {
            let has = columns.iter().any(|known| known.sort == column.sort);
            if !has && (cost || column.sort != Some(Sort::Margin)) && used(&columns) + used(&[column_of(&column)]) <= width {
                columns.insert(place.min(columns.len()), column);
            }
        }
        columns.retain(|column| seen || matches!(column.sort, Some(Sort::Name | Sort::Orders | Sort::Pieces)));
        columns
    }
}

/// How much of the width columns take, with the room beside them.
fn used(columns: &[GroupColumn]) -> f32 {
    let width = |column: &GroupColumn| match column.width {
        Width::Fixed(width) | Width::Fill(_, width) => width + 16.0,
    };
    columns.iter().map(width).sum::<f32>() + 16.0
}

fn column_of(column: &GroupColumn) -> GroupColumn {
    Column { title: column.title, width: column.width, align: column.align, sort: column.sort, narrow: column.narrow, cell: column.cell }
}

/// What a group is called: a day with its weekday, else its name.
pub fn name_of(t: &'static Texts, group: &SalesGroup) -> String {
    let s = &t.statistics;
    match group.key {
        GroupKey::Day(day) => {
            let weekday = match day.0.weekday() {
                Weekday::Mon => s.mon,
                Weekday::Tue => s.tue,
                Weekday::Wed => s.wed,
                Weekday::Thu => s.thu,
                Weekday::Fri => s.fri,
                Weekday::Sat => s.sat,
                Weekday::Sun => s.sun,
            };
            format!("{day}  {weekday}")
        }
        _ => group.name.clone().unwrap_or_else(|| s.uncategorised.to_owned()),
    }
}

type GroupColumn = Column<Row, Sort>;

fn money(cell: &CellContext<'_>, ui: &mut Ui, row: &Row, amount: Option<Money>, color: Color32) {
    match amount {
        Some(amount) if row.is_sum() => cell.strong(ui, &amount.yuan(), color),
        Some(amount) if !amount.is_zero() => cell.styled(ui, &amount.to_string(), theme::font(size::TEXT_BODY), color),
        _ => cell.muted(ui, "—"),
    };
}

fn count(cell: &CellContext<'_>, ui: &mut Ui, row: &Row, count: i64, unit: &str) {
    let text = if unit.is_empty() { quantity(count) } else { format!("{} {unit}", quantity(count)) };
    if row.is_sum() {
        cell.strong(ui, &text, cell.p.text);
    } else {
        cell.text(ui, &text);
    }
}

const NAME: GroupColumn = Column {
    title: |t| t.statistics.date,
    width: Width::Fill(1.0, 108.0),
    align: Align::Min,
    sort: Some(Sort::Name),
    narrow: false,
    cell: |row, ui, cell| {
        if row.is_sum() {
            cell.strong(ui, &row.name, cell.p.text);
        } else {
            cell.text(ui, &row.name);
        }
    },
};
const ORDERS: GroupColumn = Column {
    title: |t| t.statistics.orders,
    width: Width::Fixed(50.0),
    align: Align::Max,
    sort: Some(Sort::Orders),
    narrow: false,
    cell: |row, ui, cell| count(cell, ui, row, row.figures.orders, ""),
};
const PIECES: GroupColumn = Column {
    title: |t| t.statistics.pieces,
    width: Width::Fixed(72.0),
    align: Align::Max,
    sort: Some(Sort::Pieces),
    narrow: false,
    cell: |row, ui, cell| count(cell, ui, row, row.figures.pieces, &row.unit),
};
const NET: GroupColumn = Column {
    title: |t| t.statistics.sales,
    width: Width::Fixed(106.0),
    align: Align::Max,
    sort: Some(Sort::Net),
    narrow: false,
    cell: |row, ui, cell| money(cell, ui, row, row.figures.amounts.map(|amounts| amounts.net), cell.p.text),
};
const RETURNED: GroupColumn = Column {
    title: |t| t.statistics.returned,
    width: Width::Fixed(88.0),
    align: Align::Max,
    sort: Some(Sort::Returned),
    narrow: false,
    cell: |row, ui, cell| money(cell, ui, row, row.figures.amounts.map(|amounts| amounts.returned), cell.p.text_2),
};
const PAID: GroupColumn = Column {
    title: |t| t.statistics.paid,
    width: Width::Fixed(106.0),
    align: Align::Max,
    sort: Some(Sort::Paid),
    narrow: false,
    cell: |row, ui, cell| money(cell, ui, row, row.figures.amounts.map(|amounts| amounts.paid), cell.p.text),
};
const OUTSTANDING: GroupColumn = Column {
    title: |t| t.statistics.outstanding,
    width: Width::Fixed(92.0),
    align: Align::Max,
    sort: Some(Sort::Outstanding),
    narrow: false,
    cell: |row, ui, cell| money(cell, ui, row, row.figures.amounts.map(|amounts| amounts.outstanding), cell.p.warn.fg),
};
const MARGIN: GroupColumn = Column {
    title: |t| t.statistics.margin,
    width: Width::Fixed(96.0),
    align: Align::Max,
    sort: Some(Sort::Margin),
    narrow: false,
    cell: |row, ui, cell| money(cell, ui, row, row.figures.margin, cell.p.text),
};
const AVERAGE: GroupColumn = Column {
    title: |t| t.statistics.average,
    width: Width::Fixed(80.0),
    align: Align::Max,
    sort: Some(Sort::Average),
    narrow: false,
    cell: |row, ui, cell| money(cell, ui, row, row.figures.average(), cell.p.text_2),
};

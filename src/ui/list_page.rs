//! The one list page: search, filter chips, tabs, rows, ticks, pager, and what each person keeps of it. Data and functions.
//!
//! A page has a [`Kind`] that says what is listed, and a [`ListPage`] as its state. In a frame it calls, in this order:
//! [`ListPage::begin`], [`head_ui`], [`ListPage::filters_ui`], [`tabs_ui`], [`ListPage::read`], [`ListPage::rows_ui`],
//! [`ListPage::bulk_ui`], [`ListPage::pager_ui`]; bulk it leaves out where it has no use for it. Tab goes the same way. Columns, chips and what follows from a row are the page's.

use egui::{Align, Color32, Frame, Id, Key, Layout, Margin, Modifiers, Sense, Ui, vec2};
use serde_json::{Value, json};

use crate::i18n::{Texts, fill};
use crate::models::config::PAGE_SIZES;
use crate::models::list::{Page, PageRequest};
use crate::models::money::grouped;
use crate::models::{Day, Error, Result};
use crate::services::Desk;
use crate::ui::context::{Cached, Context};
use crate::ui::icons;
use crate::ui::kept::Kept;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{Tone, font, palette, size};
use crate::ui::widgets::banner::Banner;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::empty::{Empty, EmptyButton};
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::page;
use crate::ui::widgets::pager::{Pager, Turn, pager_ui};
use crate::ui::widgets::select::filter_chip;
use crate::ui::widgets::table::{Column, List, ListOptions, ListState, Phase};
use crate::ui::widgets::{paint, tabs};

/// Rows per page to choose from.
const SIZES: &[u32] = PAGE_SIZES;

/// Below this width the search box is narrower.
const ROOMY: f32 = 680.0;
/// Its width where there is little room, at least and at most where there is more, and what of it is not its text's.
const SEARCH: (f32, f32, f32) = (200.0, 256.0, 320.0);
const SEARCH_AROUND: f32 = 100.0;

/// What a list is of: filters `F`, sort keys `K`, rows `R`. A page has one as a `const`.
pub struct Kind<F: 'static, K: 'static, R> {
    /// Names its controls and what a person keeps of it.
    pub name: &'static str,
    /// The filter at first.
    pub start: fn() -> F,
    /// The search words in the filter.
    pub words: fn(&mut F) -> &mut String,
    /// The order at first, and whether it descends.
    pub sort: (K, bool),
    /// Every order and the word it is kept by.
    pub sorts: &'static [(K, &'static str)],
    /// The chips as they are kept; the search words are not.
    pub keep: fn(&F) -> Value,
    /// Sets the chips as they were kept. What is unknown or gone is passed over.
    pub restore: fn(&mut F, &Value),
    /// A row's identity.
    pub key: fn(&R) -> i64,
    /// A row's accessible name: the text of its first cell.
    pub label: fn(&R) -> String,
}

/// What rows are asked for: filter, today, page and order.
type Query<F, K> = (F, Day, PageRequest<K>);

/// An order that no column stands for, and its name.
pub type FurtherSort<K> = (K, fn(&'static Texts) -> &'static str);

/// The state of a list page; `X` is what the query brings beside the rows, such as counts for tabs.
pub struct ListPage<F: 'static, K: 'static, R: 'static, X = ()> {
    kind: &'static Kind<F, K, R>,
    pub filter: F,
    /// Selection, ticks and order.
    pub list: ListState<K>,
    /// Counts from 1.
    page: u32,
    page_size: u32,
    cached: Cached<Query<F, K>, (Page<R>, X)>,
    /// What the page number belongs to.
    paged: Option<(F, K, bool, u32)>,
    search_wanted: bool,
    kept: Kept,
    /// Orders that no column stands for, with their names.
    further_sorts: &'static [FurtherSort<K>],
}

/// What stands where there are no rows.
#[derive(Default)]
pub struct NoRows<'a> {
    pub icon: &'a str,
    /// Nothing there yet: headline and one sentence of use.
    pub none_yet: (&'a str, &'a str),
    /// There is nothing yet under any filter either.
    pub none_at_all: bool,
    /// The button that creates the first record; none where the person may not.
    pub create: Option<EmptyButton<'a>>,
    /// The button that imports the first records; none where the person may not.
    pub import: Option<EmptyButton<'a>>,
    /// Nothing under these filters.
    pub no_match: (&'a str, &'a str),
    /// The query failed; `{0}` is the code.
    pub failed: &'a str,
}

/// What happened to the rows; look an index up with [`ListPage::row`].
#[derive(Clone, Debug, Default)]
pub struct Happened {
    /// Enter or a double click.
    pub opened: Option<usize>,
    pub clicked: Option<usize>,
    /// The icon of [`ListOptions::action`].
    pub acted: Option<usize>,
    /// A tick that says done ([`ListOptions::done_ticks`]), or Space on its row.
    pub ticked: Option<usize>,
    /// Del on the selected row.
    pub wants_delete: Option<usize>,
    pub selection_changed: bool,
    /// The button that creates the first record.
    pub create: bool,
    /// The button that imports the first records.
    pub import: bool,
    /// 重试 after a failure: what the page read besides is to be read again too.
    pub retry: bool,
}

impl<F: Clone + PartialEq + Default, K: Copy + PartialEq, R, X> ListPage<F, K, R, X> {
    /// The list as it is at first.
    pub fn new(kind: &'static Kind<F, K, R>) -> Self {
        ListPage {
            kind,
            filter: (kind.start)(),
            list: ListState::new(kind.sort.0, kind.sort.1),
            page: 1,
            page_size: PageRequest::<K>::DEFAULT_SIZE,
            cached: Cached::default(),
            paged: None,
            search_wanted: false,
            kept: Kept::default(),
            further_sorts: &[],
        }
    }

    /// With a chip for orders that no column stands for.
    pub fn with_sorts(self, further_sorts: &'static [FurtherSort<K>]) -> Self {
        ListPage { further_sorts, ..self }
    }

    /// The id of the search box.
    fn search_id(&self) -> Id {
        Id::unique((self.kind.name, "search"))
    }

    /// Gives the search box the keyboard on the next frame.
    pub fn focus_search(&mut self) {
        self.search_wanted = true;
    }

    /// The filter and the order as they are at first, from the first page on.
    pub fn reset(&mut self) {
        self.filter = (self.kind.start)();
        (self.list.sort, self.list.descending) = self.kind.sort;
        self.page = 1;
    }

    /// Reads the rows again on the next frame: F5.
    pub fn forget(&mut self) {
        self.cached.forget();
    }

    /// By what the rows are sorted, and whether descending.
    pub fn sorted(&self) -> (K, bool) {
        (self.list.sort, self.list.descending)
    }

    /// The rows as last read.
    pub fn rows(&self) -> &[R] {
        self.cached.last().map(|(page, _)| page.rows.as_slice()).unwrap_or_default()
    }

    /// The row at an index of [`Happened`].
    pub fn row(&self, index: Option<usize>) -> Option<&R> {
        index.and_then(|index| self.rows().get(index))
    }

    /// The selected row, where it is among those read.
    pub fn selected(&self) -> Option<&R> {
        let selected = self.list.selected?;
        self.rows().iter().find(|row| (self.kind.key)(row) == selected)
    }

    /// The rows before and after one, as last read.
    pub fn neighbours(&self, key: i64) -> (Option<&R>, Option<&R>) {
        let rows = self.rows();
        let Some(at) = rows.iter().position(|row| (self.kind.key)(row) == key) else { return (None, None) };
        (at.checked_sub(1).and_then(|before| rows.get(before)), rows.get(at + 1))
    }

    /// What was read beside the rows.
    pub fn beside(&self) -> Option<&X> {
        self.cached.last().map(|(_, beside)| beside)
    }

    /// First in a frame: what the person kept, and the keys of the list (Ctrl F; Esc empties the search, then takes the ticks away).
    pub fn begin(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        self.keep(ui, cx);
        if Shortcut::Find.pressed(ui) {
            self.search_wanted = true;
        }
        let search = self.search_id();
        let words = (self.kind.words)(&mut self.filter);
        let searching = !words.is_empty() && ui.memory(|memory| memory.has_focus(search));
        if searching && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            words.clear();
        } else if !self.list.checked.is_empty() && page::escape(ui) {
            self.untick();
        }
    }

    /// Takes all ticks away; the keyboard stays on the list.
    pub fn untick(&mut self) {
        self.list.checked.clear();
        self.list.take_focus = true;
    }

    /// The row of search box and chips. `chips` gets the filter, and what was read beside the rows last.
    pub fn filters_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, hint: &str, chips: impl FnOnce(&mut Ui, &mut Context<'_>, &mut F, Option<&X>)) {
        let before = self.filter.clone();
        let margin = Margin::symmetric(page::padding(ui) as i8, 0);
        Frame::new().inner_margin(margin).show(ui, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, size::LABEL_GAP);
                self.search_ui(ui, hint);
                let beside = self.cached.last().map(|(_, beside)| beside);
                chips(ui, cx, &mut self.filter, beside);
                self.sorts_ui(ui, cx);
            });
            ui.add_space(size::CARD_GAP);
        });
        if before != self.filter {
            if (self.kind.keep)(&before) != (self.kind.keep)(&self.filter) {
                self.kept.changed();
            }
            ui.request_repaint();
        }
    }

    fn sorts_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        if self.further_sorts.is_empty() {
            return;
        }
        let mut further = self.further_sorts.iter().find(|(sort, _)| *sort == self.list.sort).map(|(sort, _)| *sort);
        let choices: Vec<(K, &str)> = self.further_sorts.iter().map(|(sort, name)| (*sort, name(cx.t))).collect();
        if filter_chip(ui, cx.t, (self.kind.name, "order"), cx.t.widgets.order_by, &mut further, &choices) {
            (self.list.sort, self.list.descending) = further.map_or(self.kind.sort, |sort| (sort, true));
            self.kept.changed();
            ui.request_repaint();
        }
    }

    fn search_ui(&mut self, ui: &mut Ui, hint: &str) {
        let id = self.search_id();
        // As wide as its hint, icon and key beside it, within these.
        let wanted = paint::line(ui, hint, font(size::TEXT_BODY), Color32::PLACEHOLDER, f32::INFINITY).size().x + SEARCH_AROUND;
        let width = if ui.available_width() < ROOMY { SEARCH.0 } else { wanted.clamp(SEARCH.1, SEARCH.2) };
        let words = (self.kind.words)(&mut self.filter);
        let options = InputOptions {
            hint,
            icon: Some(icons::MAGNIFYING_GLASS),
            keys: Some(Shortcut::Find.keys()),
            width: Some(width),
            name: hint,
            keep_arrows: true,
            keep_escape: !words.is_empty(),
            ..Default::default()
        };
        let search = text_input_with_id(ui, id, words, options);
        if std::mem::take(&mut self.search_wanted) {
            search.request_focus();
        }
        let down = search.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
        // Out of the box by Enter or Esc: the rows have the keyboard next.
        let left = search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Escape));
        if down || left {
            self.list.take_focus = true;
        }
    }

    /// Reads the page of rows where filter, order, page, day or file changed; another filter or order begins at its first page.
    pub fn read(&mut self, ui: &Ui, cx: &Context<'_>, load: impl Fn(&Desk, &F, &PageRequest<K>) -> Result<(Page<R>, X)>) {
        let ListState { sort, descending, .. } = self.list;
        let now = (self.filter.clone(), sort, descending, self.page_size);
        if let Some(paged) = self.paged.as_ref().filter(|paged| **paged != now) {
            self.page = 1;
            if paged.0 != now.0 {
                self.list.checked.clear();
            }
        }
        self.paged = Some(now);
        // Once more where the page is no more: rows were deleted meanwhile.
        for _ in 0..2 {
            let request = PageRequest { page: self.page, page_size: self.page_size, sort, descending };
            let query = (self.filter.clone(), cx.today, request);
            if !self.cached.is_current(cx, &query) {
                // Chips and tabs of this frame stand already; they show the new counts on the next.
                ui.request_repaint();
            }
            let pages = match self.cached.get(cx, &query, |desk, (filter, _, page)| load(desk, filter, page)) {
                Ok((page, _)) => page.pages(),
                Err(_) => break,
            };
            if self.page <= pages {
                break;
            }
            self.page = pages;
        }
    }

    /// How high what stands below the rows is: the bar of the ticked, the pager.
    fn below(&self) -> (f32, f32) {
        let bulk = if self.list.checked.is_empty() { 0.0 } else { size::TAB + size::LABEL_GAP };
        let pager = if self.cached.last().is_some_and(|(page, _)| page.total > 0) { size::PAGER } else { 0.0 };
        (bulk, pager)
    }

    /// The pager below the rows; `shown` is the sentence with first, last and all (第 {0}–{1} 位，共 {2} 位客户), `sums` a line of
    /// sums beside it or nothing.
    pub fn pager_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, shown: &str, sums: &str) {
        let Some((page, _)) = self.cached.last().filter(|(page, _)| page.total > 0) else { return };
        let first = u64::from(page.page.saturating_sub(1)) * u64::from(page.page_size);
        let total = format!("{}{}", grouped(page.total), if page.more { "+" } else { "" });
        let sentence = fill(shown, &[&(first + 1), &(first + page.rows.len() as u64), &total]);
        let pager = Pager {
            shown: &sentence,
            sums,
            page: u64::from(page.page.saturating_sub(1)),
            pages: u64::from(page.pages()),
            per_page: self.page_size,
            sizes: SIZES,
        };
        match ui.push_id((self.kind.name, "pager"), |ui| pager_ui(ui, cx.t, &pager)).inner {
            Some(Turn::Page(to)) => self.page = u32::try_from(to + 1).unwrap_or(1),
            Some(Turn::Size(to)) => {
                self.page_size = to;
                self.kept.changed();
            }
            None => return,
        }
        self.list.selected = None;
        self.list.take_focus = true;
        ui.request_repaint();
    }

    /// The bar between rows and pager while rows are ticked: how many, what can be done with them (drawn from left to right), 取消选择.
    pub fn bulk_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, ticked: &str, acts: impl FnOnce(&mut Ui, &mut Context<'_>)) {
        if self.list.checked.is_empty() {
            return;
        }
        let p = palette(ui);
        let padding = page::padding(ui) as i8;
        let frame = Frame::new().fill(p.selected).inner_margin(Margin::symmetric(padding, 0));
        let leave = frame.show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            paint::row_ui(ui, self.below().0, |ui| {
                ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
                ui.label(crate::ui::theme::body_medium(fill(ticked, &[&self.list.checked.len()])).color(p.accent_text));
                ui.add_space(size::LABEL_GAP);
                acts(ui, cx);
                Button::ghost(cx.t.widgets.untick).small().keys("Esc").show(ui).clicked()
            })
        });
        if leave.inner {
            self.untick();
        }
    }

    /// The rows, or what stands where there are none, in the room that is left above bulk and pager.
    pub fn rows_ui<C>(
        &mut self,
        ui: &mut Ui,
        cx: &Context<'_>,
        columns: &[Column<R, K, C>],
        data: &C,
        options: ListOptions,
        no_rows: &NoRows<'_>,
    ) -> Happened {
        let t = cx.t;
        let below = self.below().0 + self.below().1;
        let nothing_set = no_rows.none_at_all || self.filter == (self.kind.start)() || self.filter == F::default();
        let busy = Err(Error::Busy);
        let result = self.cached.result().unwrap_or(&busy);
        let rows = result.as_ref().map(|(page, _)| page.rows.as_slice()).unwrap_or_default();
        let (mut title, mut body) = (String::new(), String::new());
        if let Err(error) = result {
            title = fill(no_rows.failed, &[&(error.code() as i32)]);
            body = cx.lang.sentence(error);
        }
        let failed = result.is_err();
        let phase = if failed {
            Phase::Failed(Banner::new(Tone::Danger, &title, &body).button(t.common.retry, Some(icons::ARROW_CLOCKWISE)))
        } else if rows.is_empty() {
            Phase::Empty(empty(t, no_rows, nothing_set))
        } else {
            Phase::Ready
        };
        let options = ListOptions { padding: page::padding(ui), ..options };
        let list = List { columns, rows, key: self.kind.key, label: self.kind.label, data, phase, options };
        ui.spacing_mut().item_spacing.y = 0.0;
        let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), (ui.available_height() - below).max(0.0)), Sense::hover());
        let state = &mut self.list;
        let out = paint::inside(ui, room, Layout::top_down(Align::Min), "rows", |ui| list.show(ui, t, self.kind.name, state));
        if below != self.below().0 + self.below().1 {
            // The first tick and the last: the bar takes its room before anything is seen.
            ui.request_discard("rows make room");
        }
        let mut happened = Happened {
            opened: out.opened,
            clicked: out.clicked,
            acted: out.acted,
            ticked: out.ticked,
            wants_delete: out.wants_delete,
            selection_changed: out.selection_changed,
            ..Happened::default()
        };
        if out.sort_changed {
            self.kept.changed();
        }
        happened.import = out.second;
        if out.action && failed {
            self.forget();
            happened.retry = true;
        } else if out.action && nothing_set {
            happened.create = true;
        } else if out.action {
            self.filter = (self.kind.start)();
            self.kept.changed();
        }
        if out.action || out.second || out.sort_changed || out.selection_changed || out.checks_changed {
            ui.request_repaint();
        }
        happened
    }

    /// Takes over what the person kept when the page is first shown; writes it where it changed.
    fn keep(&mut self, ui: &Ui, cx: &mut Context<'_>) {
        let mut kept = self.kept;
        if let Some(read) = kept.frame(ui, cx, &format!("list.{}", self.kind.name), || self.to_keep()) {
            self.page_size = cx.config.page_size;
            if let Some(read) = read {
                self.restore(&read);
            }
        }
        self.kept = kept;
    }

    fn to_keep(&self) -> Value {
        let sort = self.kind.sorts.iter().find(|(sort, _)| *sort == self.list.sort).map(|(_, word)| *word);
        json!({ "sort": sort, "descending": self.list.descending, "size": self.page_size, "chips": (self.kind.keep)(&self.filter) })
    }

    fn restore(&mut self, kept: &Value) {
        let word = kept["sort"].as_str().unwrap_or_default();
        if let Some((sort, _)) = self.kind.sorts.iter().find(|(_, known)| *known == word) {
            self.list.sort = *sort;
            self.list.descending = kept["descending"].as_bool().unwrap_or_default();
        }
        if let Some(size) = SIZES.iter().find(|size| kept["size"].as_u64() == Some(u64::from(**size))) {
            self.page_size = *size;
        }
        // Whoever sent the person here with a filter of its own is heard.
        if self.filter == (self.kind.start)() && kept["chips"].is_object() {
            (self.kind.restore)(&mut self.filter, &kept["chips"]);
        }
    }
}

/// The button that creates the first record, where the person may.
pub fn create_button(text: &str, may: bool) -> Option<EmptyButton<'_>> {
    may.then_some(EmptyButton { text, icon: Some(icons::PLUS), keys: Some(Shortcut::New.keys()), primary: true })
}

/// The page's title and its buttons, drawn from right to left, with the page's padding.
pub fn head_ui(ui: &mut Ui, title: &str, buttons: impl FnOnce(&mut Ui)) {
    let margin = Margin::symmetric(page::padding(ui) as i8, 0);
    Frame::new().inner_margin(margin).show(ui, |ui| page::head_ui(ui, title, buttons));
}

/// Tabs with counts over a part of the filter; true where another was chosen.
pub fn tabs_ui<T: Copy + PartialEq>(ui: &mut Ui, salt: &str, value: &mut T, choices: &[(T, &str, Option<u64>)]) -> bool {
    let margin = Margin { left: page::padding(ui) as i8, ..Margin::ZERO };
    let changed = Frame::new().inner_margin(margin).show(ui, |ui| tabs::tabs(ui, salt, value, choices).changed()).inner;
    if changed {
        ui.request_repaint();
    }
    changed
}

fn empty<'a>(t: &'static Texts, no_rows: &NoRows<'a>, nothing_set: bool) -> Empty<'a> {
    if nothing_set {
        let (headline, sentence) = no_rows.none_yet;
        return Empty { icon: no_rows.icon, headline, sentence, button: no_rows.create, second: no_rows.import };
    }
    let (headline, sentence) = no_rows.no_match;
    let button = EmptyButton { text: t.common.clear_filters, ..Default::default() };
    Empty { icon: icons::FUNNEL_SIMPLE, headline, sentence, button: Some(button), second: None }
}

//! One stocktake: its count sheet, what it comes to, posting and discarding.

mod grid;
mod sheet;
mod unsaved;

use egui::{Align, Frame, Id, Key, Layout, Margin, Modifiers, Ui, vec2};

use super::Hint;
use crate::i18n::{Texts, fill};
use crate::models::choice::Module;
use crate::models::error::Refusal;
use crate::models::export::{Export, ExportKind};
use crate::models::money::{quantity, signed};
use crate::models::rights::Verb;
use crate::models::stocktake::{LineView, Stocktake, StocktakeStatus, StocktakeSums};
use crate::models::{Error, StocktakeId};
use crate::services::stocktakes;
use crate::ui::chips::stocktake_chip;
use crate::ui::context::{Cached, Context};
use crate::ui::dense::Dense;
use crate::ui::documents;
use crate::ui::export_dialog::{ExportDialog, export_button};
use crate::ui::form::Act;
use crate::ui::icons;
use crate::ui::route::Route;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, link};
use crate::ui::widgets::chip::plain_chip;
use crate::ui::widgets::dialog::{Choice, Confirm};
use crate::ui::widgets::empty::{Empty, empty_ui};
use crate::ui::widgets::input::{InputOptions, text_input_with_id};
use crate::ui::widgets::progress::progress_bar;
use crate::ui::widgets::toast::Toast;
use crate::ui::widgets::{page, paint, tabs};
use grid::Shown;
use sheet::{Sheet, of_code};

/// An act that asks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Deed {
    /// The sheet as it was at this version.
    Post(i64),
    Discard,
}

/// The page's state.
#[derive(Default)]
pub struct StocktakePage {
    detail: Cached<StocktakeId, (Stocktake, StocktakeSums)>,
    sheet: Sheet,
    asking: Option<(Confirm, Deed)>,
    act: Act,
    /// To be asked once the last counts are saved.
    wants_post: bool,
    search_wanted: bool,
    export: ExportDialog,
}

fn search_id() -> Id {
    Id::unique("stocktake search")
}

impl StocktakePage {
    /// Another sheet: nothing typed, nothing asked.
    pub fn enter(&mut self) {
        *self = StocktakePage::default();
        self.sheet.enter();
    }

    /// What is typed and not saved, in words.
    pub fn unsaved(&self, t: &'static Texts) -> Option<&'static str> {
        (!self.sheet.unsaved.is_empty() || self.sheet.is_dirty()).then_some(t.stocktakes.unsaved_counts)
    }

    /// Whether a save waits for its turn.
    pub fn is_saving(&self) -> bool {
        !self.sheet.unsaved.is_empty() && self.sheet.unsaved.failure.is_none()
    }

    /// Takes what is typed; it is saved on the next frame.
    pub fn save(&mut self, ctx: &egui::Context) {
        self.sheet.commit();
        ctx.request_repaint();
    }

    /// Throws away what is typed and not saved.
    pub fn discard(&mut self) {
        self.sheet.enter();
    }

    /// Draws the page; `neighbours` are the stocktakes before and after this one in the list.
    pub fn ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, id: StocktakeId, neighbours: (Option<StocktakeId>, Option<StocktakeId>)) {
        if Shortcut::Refresh.pressed(ui) {
            self.detail.forget();
            self.sheet.forget();
        }
        let (stocktake, sums) = match self.detail.get(cx, &id, |desk, id| stocktakes::get(desk, *id)) {
            Ok(detail) => detail.clone(),
            Err(error) => {
                let sentence = cx.lang.sentence(error);
                if documents::failed_ui(ui, cx, &sentence) {
                    self.detail.forget();
                }
                if page::escape(ui) {
                    cx.go = Some(Route::Stocktakes);
                }
                return;
            }
        };
        let open = stocktake.status == StocktakeStatus::Open;
        let right = cx.why_not(Module::Inventory, Verb::Update);
        let closed = (!open).then(|| cx.t.stocktakes.why_closed.to_owned());
        let why_not = right.or(closed);
        self.sheet.settle(ui, cx, id);
        self.head_ui(ui, cx, &stocktake, &sums, why_not.as_deref());
        let margin = Margin::symmetric(page::padding(ui) as i8, 0);
        Frame::new().inner_margin(margin).show(ui, |ui| self.above_ui(ui, cx, &stocktake, &sums));
        self.tabs_ui(ui, cx, &stocktake, &sums);
        let shown = Shown { editable: why_not.is_none(), figures: !stocktake.hides_figures(), value: cx.rights.sees_cost(), open };
        if !self.instead_ui(ui, cx) {
            self.sheet.lines_ui(ui, cx, id, shown);
        }
        self.keys(ui, cx, why_not, neighbours);
        self.sheet.unsaved.save(ui, cx, id);
        self.post_when_saved(ui, cx, &stocktake, &sums);
        self.asking_ui(ui, cx, &stocktake);
        self.export.ui(ui, cx);
    }

    fn head_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, stocktake: &Stocktake, sums: &StocktakeSums, why_not: Option<&str>) {
        let t = &cx.t.stocktakes;
        let mut export = false;
        ui.allocate_ui_with_layout(vec2(ui.available_width(), size::PAGE_HEAD), Layout::left_to_right(Align::Center), |ui| {
            ui.set_min_height(size::PAGE_HEAD);
            ui.add_space(page::padding(ui));
            ui.spacing_mut().item_spacing.x = 8.0;
            if link(ui, t.title).clicked() {
                cx.go = Some(Route::Stocktakes);
            }
            ui.label(theme::icon(icons::CARET_RIGHT, size::ICON_SMALL).color(palette(ui).text_3));
            ui.label(theme::title(&stocktake.stocktake_no));
            stocktake_chip(ui, cx.lang, stocktake.status);
            if stocktake.blind {
                plain_chip(ui, t.blind, Tone::Violet);
            }
            let scope = stocktake.category.as_deref().unwrap_or(if stocktake.is_list { t.scope_list } else { t.scope_all });
            ui.label(theme::label(palette(ui), scope));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(page::padding(ui));
                ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
                if stocktake.status != StocktakeStatus::Open {
                    export = export_button(ui, cx, ExportKind::StocktakeLines);
                    return;
                }
                let nothing = (sums.counted == 0 && !self.sheet.is_dirty() && self.sheet.unsaved.is_empty()).then_some(t.why_nothing);
                let why = why_not.or(nothing);
                if Button::primary(t.post).icon(icons::CHECK).keys(Shortcut::Main.keys()).reason(why).show(ui).clicked() && why.is_none() {
                    self.want_post(ui);
                }
                if Button::secondary(t.discard).icon(icons::PROHIBIT).danger_text().reason(why_not).show(ui).clicked() && why_not.is_none() {
                    self.ask_discard(cx, stocktake);
                }
                export = export_button(ui, cx, ExportKind::StocktakeLines);
            });
        });
        // What is typed would be missing in the file.
        if export && self.sheet.commit() {
            let Sheet { filter, sort, descending, .. } = &self.sheet;
            self.export.open(cx, Export::StocktakeLines(stocktake.id, filter.clone(), (*sort, *descending)));
        }
    }

    /// Search, progress, what waits, who began and closed it, and what hinders posting.
    fn above_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, stocktake: &Stocktake, sums: &StocktakeSums) {
        let t = &cx.t.stocktakes;
        let p = palette(ui);
        if stocktake.status == StocktakeStatus::Open && sums.moved > 0 {
            let title = fill(t.moved_title, &[&quantity(sums.moved)]);
            if banner_ui(ui, &Banner::new(Tone::Warn, &title, t.moved_body).button(t.show_moved, None)).action && self.sheet.commit() {
                self.sheet.show_moved();
                ui.request_repaint();
            }
            ui.add_space(size::CARD_GAP);
        } else if stocktake.status == StocktakeStatus::Posted {
            banner_ui(ui, &Banner::new(Tone::Info, t.posted_more, ""));
            ui.add_space(size::CARD_GAP);
        }
        if let Some(error) = self.sheet.unsaved.failure.clone() {
            let title = cx.lang.sentence(&error);
            banner_ui(ui, &Banner::new(Tone::Danger, &title, &fill(t.waiting, &[&self.sheet.unsaved.len()])));
            ui.add_space(size::CARD_GAP);
        }
        paint::row_ui(ui, size::CONTROL, |ui| {
            ui.spacing_mut().item_spacing.x = size::CARD_GAP;
            self.search_ui(ui, cx);
            let share = if sums.lines == 0 { 0.0 } else { sums.counted as f32 / sums.lines as f32 };
            progress_bar(ui, share, 112.0);
            ui.label(theme::body_medium(fill(t.of_lines, &[&quantity(sums.counted), &quantity(sums.lines)])));
            if !self.sheet.unsaved.is_empty() {
                ui.label(theme::secondary(p, fill(t.waiting, &[&self.sheet.unsaved.len()])).color(p.warn.fg));
            }
            if let Some((more, less)) = sums.pieces.filter(|_| sums.differing > 0) {
                let parts = format!("{} {}  {} {}", t.fact_more, signed(more), t.fact_less, signed(-less));
                ui.label(theme::secondary(p, parts));
                if let Some(value) = sums.value {
                    ui.label(theme::secondary(p, value.yuan()));
                }
            }
            let dense = Dense { today: cx.today, zone: cx.zone(), t: cx.t };
            let mut who = fill(t.begun_by, &[&stocktake.created_by_name, &dense.moment(stocktake.created_at)]);
            if let Some((name, at)) = stocktake.closed_by_name.as_deref().zip(stocktake.closed_at) {
                let text = if stocktake.status == StocktakeStatus::Posted { t.posted_by } else { t.discarded_by };
                who = fill(text, &[&name, &dense.moment(at)]);
            }
            if let Some(notes) = &stocktake.notes {
                who = format!("{who}  ·  {notes}");
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add(egui::Label::new(theme::label(p, who)).truncate());
            });
        });
        ui.add_space(size::LABEL_GAP);
    }

    /// Searches the sheet; a scanned code goes to its line.
    fn search_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) {
        let t = &cx.t.stocktakes;
        let words = &mut self.sheet.filter.search;
        let focused = ui.memory(|memory| memory.has_focus(search_id()));
        if focused && !words.is_empty() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
            words.clear();
            self.sheet.restart();
        }
        let words = &mut self.sheet.filter.search;
        let options = InputOptions {
            hint: t.find_line,
            icon: Some(icons::MAGNIFYING_GLASS),
            keys: Some(Shortcut::Find.keys()),
            width: Some(if ui.available_width() < 900.0 { 200.0 } else { 272.0 }),
            name: t.find_line,
            keep_arrows: true,
            keep_escape: !words.is_empty(),
            ..Default::default()
        };
        let search = text_input_with_id(ui, search_id(), words, options);
        if search.changed() {
            self.sheet.restart();
            ui.request_repaint();
        }
        if std::mem::take(&mut self.search_wanted) {
            search.request_focus();
        }
        let entered = search.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let down = search.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::ArrowDown));
        if !entered && !down {
            return;
        }
        self.sheet.focus = true;
        let code = self.sheet.filter.search.trim().to_owned();
        if entered
            && !code.is_empty()
            && let Ok(Some(product)) = of_code(cx.desk, &code)
        {
            self.sheet.jump_to(&product);
        }
        ui.request_repaint();
    }

    fn tabs_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, stocktake: &Stocktake, sums: &StocktakeSums) {
        let t = &cx.t.stocktakes;
        let count = |n: i64| Some(n.unsigned_abs());
        let mut views = vec![(LineView::All, t.all, count(sums.lines)), (LineView::Uncounted, t.uncounted, count(sums.lines - sums.counted))];
        if !stocktake.hides_figures() {
            views.push((LineView::Differing, t.fact_differing, count(sums.differing)));
        }
        if stocktake.status == StocktakeStatus::Open {
            views.push((LineView::Moved, t.moved, count(sums.moved)));
        }
        let before = self.sheet.filter.view;
        let mut view = before;
        let margin = Margin { left: page::padding(ui) as i8, ..Margin::ZERO };
        Frame::new().inner_margin(margin).show(ui, |ui| tabs::tabs(ui, "stocktake views", &mut view, &views));
        if view != before && self.sheet.commit() {
            self.sheet.filter.view = view;
            self.sheet.restart();
            ui.request_repaint();
        }
    }

    /// What stands where there are no lines; true where something does.
    fn instead_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> bool {
        let t = &cx.t.stocktakes;
        if let Some(error) = self.sheet.failure.clone() {
            let sentence = cx.lang.sentence(&error);
            if documents::failed_ui(ui, cx, &sentence) {
                self.sheet.forget();
            }
            return true;
        }
        if self.sheet.total > 0 {
            return false;
        }
        let all_counted = self.sheet.filter.view == LineView::Uncounted && self.sheet.filter.search.is_empty();
        let (headline, sentence) = if all_counted { (t.all_counted, t.all_counted_more) } else { (t.no_lines, t.no_lines_more) };
        empty_ui(ui, &Empty { icon: icons::CLIPBOARD_TEXT, headline, sentence, ..Default::default() });
        true
    }

    fn keys(&mut self, ui: &Ui, cx: &mut Context<'_>, why_not: Option<String>, neighbours: (Option<StocktakeId>, Option<StocktakeId>)) {
        if self.asking.is_some() {
            return;
        }
        if Shortcut::Main.pressed(ui) || Shortcut::Save.pressed(ui) {
            match why_not {
                None => self.want_post(ui),
                Some(why) => cx.toasts.push(Toast::new(Tone::Warn, why)),
            }
        }
        if Shortcut::Find.pressed(ui) {
            self.search_wanted = true;
            ui.request_repaint();
        }
        if Shortcut::Previous.pressed(ui) {
            cx.go = neighbours.0.map(Route::Stocktake).or(cx.go.take());
        }
        if Shortcut::Next.pressed(ui) {
            cx.go = neighbours.1.map(Route::Stocktake).or(cx.go.take());
        }
        if page::escape(ui) {
            cx.go = Some(Route::Stocktakes);
        }
    }

    fn want_post(&mut self, ui: &Ui) {
        self.wants_post = self.sheet.commit();
        ui.request_repaint();
    }

    /// Asks to post once nothing waits to be saved and the sums are those of the file as it is now.
    fn post_when_saved(&mut self, ui: &Ui, cx: &mut Context<'_>, stocktake: &Stocktake, sums: &StocktakeSums) {
        if !self.wants_post || !self.sheet.unsaved.is_empty() || cx.desk.revision() != cx.revision {
            return;
        }
        self.wants_post = false;
        let t = &cx.t.stocktakes;
        if sums.counted == 0 {
            cx.toasts.push(Toast::new(Tone::Warn, t.why_nothing));
            return;
        }
        if sums.moved > 0 {
            cx.toasts.push(Toast::new(Tone::Warn, fill(t.moved_title, &[&quantity(sums.moved)])).body(t.moved_body));
            self.sheet.show_moved();
            ui.request_repaint();
            return;
        }
        let lines = |n: i64| fill(t.lines, &[&quantity(n)]);
        let mut facts = vec![(t.fact_counted.to_owned(), lines(sums.counted)), (t.fact_uncounted.to_owned(), lines(sums.lines - sums.counted))];
        let mut body = t.post_body.to_owned();
        match sums.pieces {
            Some((more, less)) => {
                facts.push((t.fact_differing.to_owned(), lines(sums.differing)));
                facts.push((t.fact_more.to_owned(), fill(t.pieces, &[&signed(more)])));
                facts.push((t.fact_less.to_owned(), fill(t.pieces, &[&signed(-less)])));
            }
            None => body = format!("{body} {}", t.post_blind),
        }
        if let Some(value) = sums.value {
            facts.push((t.fact_value.to_owned(), value.yuan()));
        }
        let confirm = Confirm {
            icon: icons::CLIPBOARD_TEXT,
            tone: Tone::Info,
            title: fill(t.post_title, &[&stocktake.stocktake_no]),
            body,
            facts,
            way_out: cx.t.common.back.to_owned(),
            act: t.post_act.to_owned(),
            other: None,
            danger: false,
            careful: true,
        };
        self.asking = Some((confirm, Deed::Post(stocktake.version)));
        self.act = Act::default();
        ui.request_repaint();
    }

    fn ask_discard(&mut self, cx: &Context<'_>, stocktake: &Stocktake) {
        let t = &cx.t.stocktakes;
        let body = fill(t.discard_body, &[&quantity(stocktake.counted)]);
        let confirm = Confirm::delete(cx.t, fill(t.discard_title, &[&stocktake.stocktake_no]), &body, t.discard_act);
        self.asking = Some((Confirm { icon: icons::PROHIBIT, ..confirm }, Deed::Discard));
        self.act = Act::default();
    }

    fn asking_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>, stocktake: &Stocktake) {
        let Some((confirm, deed)) = &self.asking else { return };
        let (id, deed) = (stocktake.id, *deed);
        match confirm.show(ui, "stocktake deed") {
            Some(Choice::Act) => self.act.start(ui),
            Some(_) if !self.act.is_running() => {
                self.asking = None;
                self.sheet.focus = true;
                ui.request_repaint();
                return;
            }
            _ => {}
        }
        let t = &cx.t.stocktakes;
        let outcome = self.act.attempt(ui, cx, |desk| match deed {
            Deed::Post(version) => stocktakes::post(desk, id, version).map(Some),
            Deed::Discard => stocktakes::discard(desk, id).map(|()| None),
        });
        let Some(outcome) = outcome else { return };
        self.asking = None;
        match outcome {
            Ok(Some(posted)) => {
                cx.done(fill(t.posted_toast, &[&stocktake.stocktake_no, &quantity(posted.adjusted)]), None);
                cx.warn_of_crossings(&posted.crossings);
                self.sheet.enter();
            }
            Ok(None) => {
                cx.done(fill(t.discarded_toast, &[&stocktake.stocktake_no]), None);
                self.sheet.enter();
            }
            Err(error) => {
                if matches!(error, Error::Refused(Refusal::StockMoved { .. })) {
                    self.sheet.show_moved();
                }
                self.sheet.focus = true;
                cx.report(&error);
            }
        }
        ui.request_repaint();
    }
}

/// The key hints of the page.
pub fn hints(t: &'static Texts) -> Vec<Hint> {
    let s = &t.stocktakes;
    vec![(&["Enter"], s.key_next_line), (&["↑", "↓"], t.shell.key_choose), (&["Ctrl F"], t.shell.key_find), (&["F4"], s.post), (&["Esc"], s.key_list)]
}

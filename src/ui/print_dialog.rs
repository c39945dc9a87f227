//! 打印: which paper of a record, on what, in which language; the pages as they will be; the file, a printer of the system, or its PDF viewer.

mod printer;
mod span;

use std::path::PathBuf;

use egui::{Align, Align2, Id, Key, Layout, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use serde_json::json;

use self::printer::PrinterField;
use self::span::Span;
use crate::documents::layout::Sheet;
use crate::documents::measure::Weight;
use crate::documents::paperwork::Paper;
use crate::documents::{self, pdf, request};
use crate::i18n::{Lang, Texts, fill};
use crate::jobs::{self, Job, printing};
use crate::models::paper::{PaperKind, Wanted};
use crate::models::{CustomerId, Error};
use crate::services::{papers, preferences};
use crate::ui::context::{Context, Follow};
use crate::ui::fetched::Fetched;
use crate::ui::icons;
use crate::ui::pictures::Album;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, mini_icon_button};
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, checkbox, text_input_with_id};
use crate::ui::widgets::paint;
use crate::ui::widgets::segment::form_segments;
use crate::ui::widgets::select::{SelectOptions, select, select_index};
use crate::ui::widgets::toast::Toast;

/// What a person keeps of his last choice.
const PREFERENCE: &str = "print";

/// Width of the controls; height of the preview where there is room, at least, and of what is around it.
const CONTROLS: f32 = 296.0;
const PREVIEW: f32 = 480.0;
const PREVIEW_LEAST: f32 = 240.0;
const AROUND: f32 = 176.0;
/// Width of the languages beside the paper.
const LANGUAGES: f32 = 120.0;

/// One paper that can be made of the record: its name in the select, and what it is.
pub type Choice = (String, Wanted);

/// What is to be done with the pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Save,
    Print,
}

/// What was done with them.
enum Done {
    /// The file stands there; it is opened where it is to be printed by the system's viewer.
    Saved {
        path: PathBuf,
        open: bool,
    },
    Sent {
        name: String,
        printer: String,
    },
}

/// The dialog's state.
pub struct PrintDialog {
    /// The record's number or the customer's name, for the log and the file's name.
    number: String,
    choices: Vec<Choice>,
    chosen: usize,
    span: Span,
    paper: Paper,
    lang: Lang,
    prices: bool,
    page: usize,
    /// A long statement takes its time: its pages are laid out beside the window.
    pages: Fetched<(Wanted, Lang, Paper), Vec<Sheet>>,
    printer: PrinterField,
    path: String,
    proposed: String,
    choosing: Option<Job<Option<PathBuf>>>,
    writing: Option<Job<Done>>,
    /// 打印 was pressed before the printers were known.
    print_wanted: bool,
    failure: Option<Error>,
}

impl PrintDialog {
    /// For these papers of a record; nothing where there is none.
    pub fn new(cx: &Context<'_>, number: &str, choices: Vec<Choice>) -> Option<PrintDialog> {
        if choices.is_empty() {
            return None;
        }
        let kept = preferences::get(cx.desk, PREFERENCE).ok().flatten();
        let word = |key: &str| kept.as_ref().and_then(|kept| kept.get(key)?.as_str());
        let kind = word("kind").and_then(PaperKind::parse);
        let mut dialog = PrintDialog {
            number: number.to_owned(),
            chosen: choices.iter().position(|(_, wanted)| Some(wanted.kind()) == kind).unwrap_or(0),
            span: Span::default(),
            paper: word("paper").and_then(Paper::parse).unwrap_or(Paper::A4),
            lang: word("lang").and_then(Lang::from_code).unwrap_or(cx.lang),
            prices: kept.as_ref().and_then(|kept| kept.get("prices")?.as_bool()).unwrap_or(true),
            page: 0,
            pages: Fetched::default(),
            printer: PrinterField::new(cx, word("printer")),
            path: String::new(),
            proposed: String::new(),
            choosing: None,
            writing: None,
            print_wanted: false,
            failure: None,
            choices,
        };
        dialog.propose(cx);
        Some(dialog)
    }

    /// For the statement of a customer.
    pub fn statement(cx: &Context<'_>, customer: CustomerId, name: &str) -> Option<PrintDialog> {
        let today = cx.today;
        PrintDialog::new(cx, name, vec![(cx.lang.paper_kind(PaperKind::Statement).to_owned(), Wanted::Statement(customer, today, today))])
    }

    /// The paper as chosen; nothing while its period is not.
    fn wanted(&self, cx: &Context<'_>) -> Option<Wanted> {
        let (_, wanted) = self.choices.get(self.chosen)?;
        Some(match *wanted {
            Wanted::Delivery(order, may) => Wanted::Delivery(order, may && self.prices),
            Wanted::Statement(customer, ..) => {
                let (from, to) = self.span.days(cx.today)?;
                Wanted::Statement(customer, from, to)
            }
            other => other,
        })
    }

    /// The name of a file by paper, number and period.
    fn file_name(&self, cx: &Context<'_>) -> Option<String> {
        let wanted = self.wanted(cx)?;
        let mut name = format!("{}_{}", cx.lang.paper_kind(wanted.kind()), self.number);
        if let Wanted::Statement(_, from, to) = wanted {
            name.push_str(&format!("_{}_{}", from.compact(), to.compact()));
        }
        // What no file system takes in a name.
        Some(name.chars().map(|c| if c.is_control() || r#"/\:*?"<>|"#.contains(c) { '_' } else { c }).collect())
    }

    /// A file name that is free, unless the person typed one.
    fn propose(&mut self, cx: &Context<'_>) {
        if self.path == self.proposed
            && let Some(name) = self.file_name(cx)
        {
            self.proposed = jobs::free_name(&jobs::document_folder(), &name, "pdf").display().to_string();
            self.path.clone_from(&self.proposed);
        }
    }

    /// Draws the dialog; true once it is done with.
    pub fn ui(&mut self, ui: &Ui, cx: &mut Context<'_>) -> bool {
        self.take_results(cx);
        let shown = dialog_ui(ui, "print", size::WIZARD_WIDTH, |ui| self.body_ui(ui, cx));
        (shown.inner || shown.closed) && self.writing.is_none()
    }

    fn take_results(&mut self, cx: &mut Context<'_>) {
        match self.choosing.as_ref().and_then(Job::poll) {
            Some(Ok(chosen)) => {
                self.choosing = None;
                if let Some(path) = chosen {
                    self.path = path.display().to_string();
                }
            }
            Some(Err(error)) => {
                self.choosing = None;
                self.failure = Some(error);
            }
            None => {}
        }
        self.printer.take_results();
        if self.print_wanted && self.printer.is_known() {
            self.print_wanted = false;
            self.write(cx, Act::Print);
        }
        let Some(outcome) = self.writing.as_ref().and_then(Job::poll) else { return };
        self.writing = None;
        match outcome {
            Ok(done) => self.tell(cx, done),
            Err(error) => self.failure = Some(error),
        }
    }

    /// The paper is made: the notice, and what the person keeps.
    fn tell(&mut self, cx: &mut Context<'_>, done: Done) {
        let t = &cx.t.papers;
        match done {
            Done::Saved { path, open } => {
                let toast = Toast::success(fill(t.saved, &[&path.display()]));
                cx.toasts.push(toast.action(cx.t.jobs.open_file, Follow::OpenFile(path.clone())));
                if open {
                    cx.follow(Follow::OpenFile(path));
                }
            }
            Done::Sent { name, printer } => cx.done(fill(t.sent, &[&name, &printer]), None),
        }
        let kind = self.choices.get(self.chosen).map(|(_, wanted)| wanted.kind().as_str());
        let (paper, lang, printer) = (self.paper.as_str(), self.lang.code(), self.printer.to_keep());
        let kept = json!({ "kind": kind, "paper": paper, "lang": lang, "prices": self.prices, "printer": printer });
        // A choice that cannot be kept is not worth a message: the paper is there.
        let _ = preferences::set(cx.desk, PREFERENCE, &kept);
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.papers;
        let mut closed = title_row(ui, t.title, &self.number, cx.t.common.close);
        if let Some(error) = &self.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let mut act = None;
        let height = (ui.content_rect().height() - AROUND).clamp(PREVIEW_LEAST, PREVIEW);
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(CONTROLS, height), Layout::top_down(Align::Min), |ui| {
                ui.set_min_size(vec2(CONTROLS, height));
                ui.spacing_mut().scroll.bar_outer_margin = -size::FIELD_GAP;
                let scroll = egui::ScrollArea::vertical().max_height(height).min_scrolled_height(height);
                if scroll.show(ui, |ui| self.controls_ui(ui, cx)).inner {
                    act = Some(Act::Save);
                }
            });
            ui.add_space(size::CARD_PADDING);
            self.preview_ui(ui, cx, height);
        });
        let busy = self.writing.is_some() || self.print_wanted;
        button_row(ui, |ui| {
            let waits = if self.print_wanted { t.looking } else { t.making };
            let why = self.wanted(cx).is_none().then_some(t.span_wrong);
            let print = Button::primary(t.print_now).icon(icons::PRINTER).keys(Shortcut::Print.keys()).reason(why);
            let print = print.busy(busy, waits).show(ui).clicked();
            if (print || Shortcut::Print.pressed_in_dialog(ui)) && why.is_none() {
                act = Some(Act::Print);
            }
            let save = Button::secondary(t.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys()).reason(why).show(ui).clicked();
            if (save || Shortcut::Save.pressed_in_dialog(ui)) && why.is_none() {
                act = Some(Act::Save);
            }
            if Button::secondary(t.browse).icon(icons::FOLDER_OPEN).show(ui).clicked() && self.choosing.is_none() {
                self.choosing = Some(jobs::choose_target(cx.wake.clone(), t.file, PathBuf::from(&self.path), "PDF", &["pdf"]));
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        match act.filter(|_| !busy) {
            Some(Act::Print) if !self.printer.is_known() => self.print_wanted = true,
            Some(act) => self.write(cx, act),
            None => {}
        }
        closed
    }

    /// True where Enter in the file's name asks for it.
    fn controls_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> bool {
        let t = &cx.t.papers;
        let opened = just_opened(ui, "print fields");
        let before = (self.chosen, self.span.clone(), self.paper);
        let names: Vec<&str> = self.choices.iter().map(|(name, _)| name.as_str()).collect();
        FieldUi::new(t.what).show(ui, |ui| {
            let mut at = Some(self.chosen);
            let response = select_index(ui, "print what", &mut at, &names, "", SelectOptions::default());
            self.chosen = at.unwrap_or(self.chosen);
            if opened {
                response.request_focus();
            }
        });
        let of = self.choices.get(self.chosen).map(|(_, wanted)| *wanted);
        if let Some(Wanted::Statement(..)) = of {
            self.span.ui(ui, cx);
        }
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::BUTTON_GAP, 0.0);
            let languages: Vec<(Lang, &str)> = Lang::ALL.iter().map(|lang| (*lang, lang.own_name())).collect();
            FieldUi::new(t.paper).width(CONTROLS - LANGUAGES - size::BUTTON_GAP).show(ui, |ui| {
                let papers = [(Paper::A4, t.a4), (Paper::ThreePart, t.three_part)];
                select(ui, "print paper", &mut self.paper, &papers, SelectOptions::default())
            });
            FieldUi::new(t.language).width(LANGUAGES).show(ui, |ui| form_segments(ui, "print language", &mut self.lang, &languages));
        });
        if let Some(Wanted::Delivery(_, may)) = of {
            if may {
                checkbox(ui, &mut self.prices, t.prices);
            } else {
                ui.add(egui::Label::new(theme::label(palette(ui), t.no_amounts)).wrap());
            }
            ui.add_space(size::FIELD_GAP);
        }
        if before != (self.chosen, self.span.clone(), self.paper) {
            self.page = 0;
            self.propose(cx);
        }
        self.printer.ui(ui, cx);
        let mut entered = false;
        FieldUi::new(t.file).show(ui, |ui| {
            let input = text_input_with_id(ui, Id::unique("print file"), &mut self.path, InputOptions::default());
            entered = input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
        });
        entered
    }

    fn preview_ui(&mut self, ui: &mut Ui, cx: &Context<'_>, height: f32) {
        let Some(wanted) = self.wanted(cx) else {
            ui.vertical(|ui| banner_ui(ui, &Banner::new(Tone::Warn, cx.t.papers.span_wrong, "")));
            return;
        };
        let asked = (wanted, self.lang, self.paper);
        self.pages.ask(ui, cx, &asked, |desk, (wanted, lang, paper)| request::pages(desk, *wanted, *lang, *paper));
        let pages = self.pages.result(&asked);
        let room = ui.available_width();
        ui.vertical(|ui| match pages {
            None => _ = ui.label(theme::secondary(palette(ui), cx.t.papers.making)),
            Some(Ok(sheets)) => {
                self.page = self.page.min(sheets.len().saturating_sub(1));
                let Some(sheet) = sheets.get(self.page) else { return };
                sheet_ui(ui, &cx.album(), sheet, vec2(room, height - size::CONTROL));
                self.page = turned_ui(ui, cx.t, self.page, sheets.len());
            }
            Some(Err(error)) => {
                banner_ui(ui, &Banner::new(Tone::Warn, &cx.lang.sentence(error), ""));
            }
        });
    }

    fn write(&mut self, cx: &Context<'_>, act: Act) {
        let (Some(wanted), Some(name)) = (self.wanted(cx), self.file_name(cx)) else { return };
        let target = match self.printer.chosen().filter(|_| act == Act::Print) {
            Some(printer) => {
                let Ok(copies) = self.printer.copies() else { return };
                Some((printer, copies))
            }
            None => None,
        };
        self.failure = None;
        let (lang, paper, key, path) = (self.lang, self.paper, cx.desk.key(), PathBuf::from(self.path.trim()));
        let (spooler, number) = (cx.jobs.spooler.clone(), self.number.clone());
        let work = move || {
            let mut desk = key.open()?;
            let pdf = pdf::write(&request::pages(&desk, wanted, lang, paper)?)?;
            let done = match target {
                Some((printer, copies)) => {
                    printing::send(&spooler, &printer, copies, &format!("{name}.pdf"), &pdf)?;
                    Done::Sent { name, printer }
                }
                None => {
                    documents::write(&path, &pdf)?;
                    Done::Saved { path, open: act == Act::Print }
                }
            };
            papers::printed(&mut desk, wanted, &number)?;
            Ok(done)
        };
        self.writing = Some(Job::start("paper", cx.wake.clone(), work));
    }
}

/// 第 1 / 3 页 between its two buttons, under the middle of the sheet; the page after it.
fn turned_ui(ui: &mut Ui, t: &'static Texts, page: usize, pages: usize) -> usize {
    let words = fill(t.papers.page, &[&(page + 1), &pages]);
    let taken = paint::line(ui, &words, theme::font(size::TEXT_SMALL), palette(ui).text_2, f32::INFINITY).size().x;
    let buttons = 2.0 * (size::CONTROL_MINI + ui.spacing().item_spacing.x);
    let mut turned = page;
    paint::row_ui(ui, size::CONTROL, |ui| {
        ui.add_space(((ui.available_width() - taken - buttons) / 2.0).max(0.0));
        ui.add_enabled_ui(page > 0, |ui| {
            if mini_icon_button(ui, icons::CARET_LEFT, t.papers.previous_page).clicked() {
                turned = page - 1;
            }
        });
        ui.label(theme::label(palette(ui), words));
        ui.add_enabled_ui(page + 1 < pages, |ui| {
            if mini_icon_button(ui, icons::CARET_RIGHT, t.papers.next_page).clicked() {
                turned = page + 1;
            }
        });
    });
    turned
}

/// A sheet as it will be printed, as large as there is room.
fn sheet_ui(ui: &mut Ui, album: &Album, sheet: &Sheet, room: egui::Vec2) {
    let scale = (room.x / sheet.size.0).min(room.y / sheet.size.1);
    let shown = vec2(sheet.size.0, sheet.size.1) * scale;
    let (place, response) = ui.allocate_exact_size(vec2(room.x, shown.y), Sense::hover());
    let rect = Rect::from_min_size(pos2(place.center().x - shown.x / 2.0, place.top()), shown);
    let painter = ui.painter_at(rect.expand(1.0));
    painter.rect(rect, 0, theme::PAPER, Stroke::new(1.0, palette(ui).border_strong), StrokeKind::Outside);
    for item in &sheet.pictures {
        let place = Rect::from_min_size(rect.min + vec2(item.x, item.y) * scale, vec2(item.width, item.height) * scale);
        album.paint_over(ui, &painter, place, &item.logo.name);
    }
    for rule in &sheet.rules {
        let at = |(x, y): (f32, f32)| rect.min + vec2(x, y) * scale;
        painter.line_segment([at(rule.from), at(rule.to)], Stroke::new((rule.width * scale).max(0.5), theme::INK));
    }
    for item in &sheet.texts {
        let points = item.points * scale;
        let font = match item.weight {
            Weight::Regular => theme::font(points),
            Weight::Medium => theme::medium_font(points),
        };
        // The window places a line by its middle, paper by its baseline.
        let at = rect.min + vec2(item.x, item.baseline - item.points * 0.35) * scale;
        painter.text(at, Align2::LEFT_CENTER, &item.text, font, theme::INK);
    }
    let words: Vec<&str> = sheet.texts.iter().map(|item| item.text.as_str()).collect();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, words.join(" ")));
}

//! 打印 on the pages of quotes and orders: which paper, on what, in which language; the pages as they will be; PDF and the system's viewer.

use std::path::PathBuf;

use egui::{Align, Align2, Id, Key, Layout, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};
use serde_json::json;

use crate::documents::layout::Sheet;
use crate::documents::measure::Weight;
use crate::documents::paperwork::Paper;
use crate::documents::{self, pdf, request};
use crate::i18n::{Lang, fill};
use crate::jobs::{self, Job};
use crate::models::paper::Wanted;
use crate::models::{Error, Result};
use crate::services::{papers, preferences};
use crate::ui::context::{Cached, Context, Follow};
use crate::ui::icons;
use crate::ui::shortcuts::Shortcut;
use crate::ui::theme::{self, Tone, palette, size};
use crate::ui::widgets::banner::{Banner, banner_ui};
use crate::ui::widgets::button::{Button, mini_icon_button};
use crate::ui::widgets::dialog::{button_row, dialog_ui, just_opened, title_row};
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, checkbox, text_input_with_id};
use crate::ui::widgets::paint;
use crate::ui::widgets::segment::form_segments;
use crate::ui::widgets::select::{SelectOptions, select_index};
use crate::ui::widgets::toast::Toast;

/// What a person keeps of his last choice.
const PREFERENCE: &str = "print";

/// Width of the controls, and height of the preview.
const CONTROLS: f32 = 264.0;
const PREVIEW: f32 = 420.0;

/// One paper that can be made of the record: its name in the select, and what it is.
pub type Choice = (String, Wanted);

/// The dialog's state.
pub struct PrintDialog {
    /// The record's number, for the log and the file's name.
    number: String,
    choices: Vec<Choice>,
    chosen: usize,
    paper: Paper,
    lang: Lang,
    prices: bool,
    page: usize,
    pages: Cached<(Wanted, Lang, Paper), Vec<Sheet>>,
    path: String,
    proposed: String,
    choosing: Option<Job<Option<PathBuf>>>,
    /// The PDF is written; afterwards it is opened where it is to be printed.
    writing: Option<(bool, Job<PathBuf>)>,
    failure: Option<Error>,
}

impl PrintDialog {
    /// For these papers of a record; nothing where there is none.
    pub fn new(cx: &Context<'_>, number: &str, choices: Vec<Choice>) -> Option<PrintDialog> {
        let kept = preferences::get(cx.desk, PREFERENCE).ok().flatten();
        let word = |key: &str| kept.as_ref().and_then(|kept| kept.get(key)?.as_str().map(str::to_owned));
        let mut dialog = PrintDialog {
            number: number.to_owned(),
            chosen: 0,
            paper: word("paper").and_then(|name| Paper::parse(&name)).unwrap_or(Paper::A4),
            lang: word("lang").and_then(|code| Lang::from_code(&code)).unwrap_or(cx.lang),
            prices: kept.as_ref().and_then(|kept| kept.get("prices")?.as_bool()).unwrap_or(true),
            page: 0,
            pages: Cached::default(),
            path: String::new(),
            proposed: String::new(),
            choosing: None,
            writing: None,
            failure: None,
            choices,
        };
        if dialog.choices.is_empty() {
            return None;
        }
        dialog.propose(cx);
        Some(dialog)
    }

    /// The paper as chosen.
    fn wanted(&self) -> Option<Wanted> {
        let (_, wanted) = self.choices.get(self.chosen)?;
        Some(match *wanted {
            Wanted::Delivery(order, may) => Wanted::Delivery(order, may && self.prices),
            other => other,
        })
    }

    /// A file name by paper and number, unless the person typed one.
    fn propose(&mut self, cx: &Context<'_>) {
        if self.path == self.proposed
            && let Some(wanted) = self.wanted()
        {
            let name = format!("{}_{}.pdf", cx.lang.paper_kind(wanted.kind()), self.number);
            self.proposed = jobs::document_folder().join(name).display().to_string();
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
        let Some((open, outcome)) = self.writing.as_ref().and_then(|(open, job)| job.poll().map(|outcome| (*open, outcome))) else { return };
        self.writing = None;
        match outcome.and_then(|path| self.tell(cx, path, open)) {
            Ok(()) => {}
            Err(error) => self.failure = Some(error),
        }
    }

    /// The paper is there: the log, what the person keeps, the notice; the system's viewer prints it.
    fn tell(&mut self, cx: &mut Context<'_>, path: PathBuf, open: bool) -> Result<()> {
        let toast = Toast::success(fill(cx.t.papers.saved, &[&path.display()]));
        cx.toasts.push(toast.action(cx.t.jobs.open_file, Follow::OpenFile(path.clone())));
        if open {
            cx.follow(Follow::OpenFile(path));
        }
        let kept = json!({ "paper": self.paper.as_str(), "lang": self.lang.code(), "prices": self.prices });
        preferences::set(cx.desk, PREFERENCE, &kept)?;
        match self.wanted() {
            Some(wanted) => papers::printed(cx.desk, wanted, &self.number),
            None => Ok(()),
        }
    }

    /// True where ✕ or 取消 was pressed.
    fn body_ui(&mut self, ui: &mut Ui, cx: &mut Context<'_>) -> bool {
        let t = &cx.t.papers;
        let mut closed = title_row(ui, t.title, &self.number, cx.t.common.close);
        if let Some(error) = &self.failure {
            banner_ui(ui, &Banner::new(Tone::Danger, &cx.lang.sentence(error), ""));
            ui.add_space(size::FIELD_GAP);
        }
        let mut wants_file = None;
        ui.horizontal_top(|ui| {
            ui.allocate_ui_with_layout(vec2(CONTROLS, PREVIEW), Layout::top_down(Align::Min), |ui| {
                ui.set_min_size(vec2(CONTROLS, PREVIEW));
                if self.controls_ui(ui, cx) {
                    wants_file = Some(false);
                }
            });
            ui.add_space(size::CARD_PADDING);
            self.preview_ui(ui, cx);
        });
        let busy = self.writing.is_some();
        button_row(ui, |ui| {
            let print = Button::primary(t.print_now).icon(icons::PRINTER).keys(Shortcut::Print.keys()).busy(busy, t.making).show(ui).clicked();
            if print || Shortcut::Print.pressed_in_dialog(ui) {
                wants_file = Some(true);
            }
            let save = Button::secondary(t.save).icon(icons::FLOPPY_DISK).keys(Shortcut::Save.keys()).show(ui).clicked();
            if save || Shortcut::Save.pressed_in_dialog(ui) {
                wants_file = Some(false);
            }
            if Button::secondary(t.browse).icon(icons::FOLDER_OPEN).show(ui).clicked() && self.choosing.is_none() {
                self.choosing = Some(jobs::choose_target(cx.wake.clone(), t.file, PathBuf::from(&self.path), "PDF", &["pdf"]));
            }
            closed |= Button::secondary(cx.t.common.cancel).keys("Esc").show(ui).clicked();
        });
        if let Some(open) = wants_file.filter(|_| !busy) {
            self.write(cx, open);
        }
        closed
    }

    /// True where Enter in the file's name asks for it.
    fn controls_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) -> bool {
        let t = &cx.t.papers;
        let opened = just_opened(ui, "print fields");
        let names: Vec<&str> = self.choices.iter().map(|(name, _)| name.as_str()).collect();
        let mut at = Some(self.chosen);
        FieldUi::new(t.what).show(ui, |ui| {
            let response = select_index(ui, "print what", &mut at, &names, "", SelectOptions::default());
            if opened {
                response.request_focus();
            }
        });
        if let Some(at) = at.filter(|at| *at != self.chosen) {
            (self.chosen, self.page) = (at, 0);
            self.propose(cx);
        }
        let mut paper = usize::from(self.paper == Paper::ThreePart);
        FieldUi::new(t.paper).show(ui, |ui| {
            let mut at = Some(paper);
            select_index(ui, "print paper", &mut at, &[t.a4, t.three_part], "", SelectOptions::default());
            paper = at.unwrap_or(paper);
        });
        let chosen = if paper == 1 { Paper::ThreePart } else { Paper::A4 };
        if chosen != self.paper {
            (self.paper, self.page) = (chosen, 0);
        }
        FieldUi::new(t.language).show(ui, |ui| {
            let choices: Vec<(Lang, &str)> = Lang::ALL.iter().map(|lang| (*lang, lang.own_name())).collect();
            form_segments(ui, "print language", &mut self.lang, &choices);
        });
        if let Some((_, Wanted::Delivery(_, may))) = self.choices.get(self.chosen) {
            if *may {
                checkbox(ui, &mut self.prices, t.prices);
            } else {
                ui.add(egui::Label::new(theme::label(palette(ui), t.no_amounts)).wrap());
            }
            ui.add_space(size::FIELD_GAP);
        }
        let mut entered = false;
        FieldUi::new(t.file).show(ui, |ui| {
            let input = text_input_with_id(ui, Id::unique("print file"), &mut self.path, InputOptions::default());
            entered = input.lost_focus() && ui.input(|state| state.key_pressed(Key::Enter));
        });
        entered
    }

    fn preview_ui(&mut self, ui: &mut Ui, cx: &Context<'_>) {
        let Some(wanted) = self.wanted() else { return };
        let (lang, paper) = (self.lang, self.paper);
        let pages = self.pages.get(cx, &(wanted, lang, paper), |desk, (wanted, lang, paper)| request::pages(desk, *wanted, *lang, *paper));
        let room = ui.available_width();
        ui.vertical(|ui| match pages {
            Ok(sheets) => {
                self.page = self.page.min(sheets.len().saturating_sub(1));
                let Some(sheet) = sheets.get(self.page) else { return };
                sheet_ui(ui, sheet, vec2(room, PREVIEW - size::CONTROL));
                paint::row_ui(ui, size::CONTROL, |ui| {
                    if mini_icon_button(ui, icons::CARET_LEFT, cx.t.papers.previous_page).clicked() {
                        self.page = self.page.saturating_sub(1);
                    }
                    ui.label(theme::label(palette(ui), fill(cx.t.papers.page, &[&(self.page + 1), &sheets.len()])));
                    if mini_icon_button(ui, icons::CARET_RIGHT, cx.t.papers.next_page).clicked() {
                        self.page = (self.page + 1).min(sheets.len() - 1);
                    }
                });
            }
            Err(error) => {
                banner_ui(ui, &Banner::new(Tone::Warn, &cx.lang.sentence(error), ""));
            }
        });
    }

    fn write(&mut self, cx: &Context<'_>, open: bool) {
        let Some(wanted) = self.wanted() else { return };
        self.failure = None;
        let (lang, paper, key, path) = (self.lang, self.paper, cx.desk.key(), PathBuf::from(self.path.trim()));
        let work = move || {
            let sheets = request::pages(&key.open()?, wanted, lang, paper)?;
            documents::write(&path, &pdf::write(&sheets)?)?;
            Ok(path)
        };
        self.writing = Some((open, Job::start("paper", cx.wake.clone(), work)));
    }
}

/// A sheet as it will be printed, as large as there is room.
fn sheet_ui(ui: &mut Ui, sheet: &Sheet, room: egui::Vec2) {
    let scale = (room.x / sheet.size.0).min(room.y / sheet.size.1);
    let (place, response) = ui.allocate_exact_size(room, Sense::hover());
    let shown = vec2(sheet.size.0, sheet.size.1) * scale;
    let rect = Rect::from_min_size(pos2(place.center().x - shown.x / 2.0, place.top()), shown);
    let painter = ui.painter_at(rect.expand(1.0));
    painter.rect(rect, 0, theme::PAPER, Stroke::new(1.0, palette(ui).border_strong), StrokeKind::Outside);
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

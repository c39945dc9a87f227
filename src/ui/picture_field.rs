//! Choosing a picture: the system's dialog, a typed path, or a file dropped on the window. It is checked and copied beside the window.

use std::path::{Path, PathBuf};

use egui::{Ui, vec2};

use crate::jobs::{self, Job};
use crate::models::Error;
use crate::models::picture::PictureName;
use crate::services::pictures;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::size;
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input};
use crate::ui::widgets::paint;

/// The side of the picture shown.
const SIDE: f32 = 96.0;

/// The field's state; the chosen picture itself is the draft's.
#[derive(Default)]
pub struct PictureField {
    path: String,
    choosing: Option<Job<Option<PathBuf>>>,
    copying: Option<Job<PictureName>>,
    failure: Option<Error>,
    /// A save waits until what is typed is taken.
    saving: bool,
    /// The path takes the keyboard on the next frame.
    focus: bool,
    /// It is a logo, which is kept as large as papers show it.
    logo: bool,
}

impl PictureField {
    /// The path takes the keyboard: where the field is all there is.
    pub fn focused() -> PictureField {
        PictureField { focus: true, ..Default::default() }
    }

    /// For the logo of papers.
    pub fn of_logo() -> PictureField {
        PictureField { logo: true, ..Default::default() }
    }

    /// Draws picture, buttons and path; `picture` changes once a chosen file is checked and copied.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, label: &str, placeholder: &str, picture: &mut Option<PictureName>) {
        self.poll(picture);
        let t = &cx.t.pictures;
        let sentence = self.failure.as_ref().map(|error| cx.lang.sentence(error));
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::CARD_PADDING, size::LABEL_GAP);
            let square = cx.album().square_ui(ui, picture.as_ref(), SIDE, placeholder, label);
            if ui.is_enabled() && ui.input(|input| !input.raw.hovered_files.is_empty()) {
                paint::focus_ring(ui, square.rect, size::RADIUS_LARGE);
            }
            ui.vertical(|ui| {
                let busy = self.copying.is_some() || self.choosing.is_some();
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = size::BUTTON_GAP;
                    if Button::secondary(t.choose).icon(icons::FOLDER_OPEN).small().busy(busy, t.checking).show(ui).clicked() {
                        self.choosing = Some(jobs::choose_file(cx.wake.clone(), t.choose, t.kinds, &PictureName::KINDS_TO_CHOOSE));
                    }
                    if picture.is_some() && Button::ghost(t.remove).icon(icons::TRASH).small().show(ui).clicked() {
                        *picture = None;
                    }
                });
                FieldUi::new(t.path).error(sentence.as_deref()).hint(t.drop_hint).show(ui, |ui| {
                    let input = text_input(ui, "picture path", &mut self.path, InputOptions { hint: t.path_hint, ..Default::default() });
                    if input.changed() {
                        self.failure = None;
                    }
                    if input.lost_focus() && !ui.input(|state| state.key_pressed(egui::Key::Escape)) {
                        self.take_typed(cx);
                    }
                    if std::mem::take(&mut self.focus) {
                        input.request_focus();
                    }
                });
            });
        });
        let dropped = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped.filter(|_| ui.is_enabled()) {
            self.take(cx, &path);
        }
        if let Some(Ok(Some(path))) = self.choosing.as_ref().and_then(Job::poll).inspect(|_| self.choosing = None) {
            self.take(cx, &path);
        }
    }

    /// Whether a file is named that the draft does not have yet.
    pub fn is_dirty(&self) -> bool {
        self.has_typed() || self.copying.is_some()
    }

    /// Whether a save waits for a file to be checked.
    pub fn is_saving(&self) -> bool {
        self.saving
    }

    /// Begins to take what is typed, for a save; [`PictureField::lets_save`] says when it may go on.
    pub fn before_save(&mut self) {
        self.failure = None;
        self.saving = true;
    }

    /// True once, when a save that waited may go on. A file that is refused ends the save and takes the keyboard.
    pub fn lets_save(&mut self, cx: &Context<'_>, picture: &mut Option<PictureName>) -> bool {
        if !self.saving {
            return false;
        }
        self.poll(picture);
        if self.copying.is_none() && self.failure.is_none() && self.has_typed() {
            self.take_typed(cx);
        }
        if self.copying.is_some() {
            return false;
        }
        self.saving = false;
        self.focus = self.failure.is_some();
        self.failure.is_none()
    }

    fn has_typed(&self) -> bool {
        !self.path.trim().is_empty()
    }

    fn take_typed(&mut self, cx: &Context<'_>) {
        // File managers copy a path in quotes.
        let path = self.path.trim().trim_matches('"').to_owned();
        if !path.is_empty() {
            self.take(cx, Path::new(&path));
        }
    }

    fn take(&mut self, cx: &Context<'_>, path: &Path) {
        if self.copying.is_some() {
            return;
        }
        self.failure = None;
        let (key, path) = (cx.desk.key(), path.to_owned());
        let keep = if self.logo { pictures::keep_logo } else { pictures::keep };
        self.copying = Some(Job::start("picture", cx.wake.clone(), move || keep(&key.open()?, &path)));
    }

    fn poll(&mut self, picture: &mut Option<PictureName>) {
        let Some(copied) = self.copying.as_ref().and_then(Job::poll) else { return };
        self.copying = None;
        match copied {
            Ok(name) => {
                *picture = Some(name);
                self.path.clear();
            }
            Err(error) => self.failure = Some(error),
        }
    }
}

//! Choosing a picture: the system's dialog, a typed path, or a file dropped on the window. It is checked and copied beside the window.

use std::path::{Path, PathBuf};

use egui::{Ui, vec2};

use crate::jobs::{self, Job};
use crate::models::picture::PictureName;
use crate::models::{Error, Result};
use crate::services::pictures;
use crate::ui::context::Context;
use crate::ui::icons;
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::button::Button;
use crate::ui::widgets::field::Field as FieldUi;
use crate::ui::widgets::input::{InputOptions, text_input};

/// The side of the picture shown.
const SIDE: f32 = 96.0;

/// The field's state; the chosen picture itself is the draft's.
#[derive(Default)]
pub struct PictureField {
    path: String,
    choosing: Option<Job<Option<PathBuf>>>,
    copying: Option<Job<PictureName>>,
    failure: Option<Error>,
}

impl PictureField {
    /// Draws picture, buttons and path; `picture` changes once a chosen file is checked and copied. Returns whether it changed.
    pub fn ui(&mut self, ui: &mut Ui, cx: &Context<'_>, label: &str, placeholder: &str, picture: &mut Option<PictureName>) -> bool {
        let before = picture.clone();
        self.poll(picture);
        let t = &cx.t.pictures;
        let key = cx.desk.key();
        let sentence = self.failure.as_ref().map(|error| cx.lang.sentence(error));
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing = vec2(size::CARD_PADDING, size::LABEL_GAP);
            cx.album(&key).square_ui(ui, picture.as_ref(), SIDE, placeholder, label);
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
                FieldUi::new(t.path).error(sentence.as_deref()).show(ui, |ui| {
                    let input = text_input(ui, "picture path", &mut self.path, InputOptions { hint: t.path_hint, ..Default::default() });
                    if input.lost_focus() && !self.path.trim().is_empty() {
                        self.take(cx, &PathBuf::from(self.path.trim()));
                    }
                });
                ui.label(theme::caption(palette(ui), t.drop_hint));
            });
        });
        let dropped = ui.input(|input| input.raw.dropped_files.first().map(|file| file.path().to_owned()));
        if let Some(path) = dropped {
            self.take(cx, &path);
        }
        if let Some(Ok(Some(path))) = self.choosing.as_ref().and_then(Job::poll).inspect(|_| self.choosing = None) {
            self.take(cx, &path);
        }
        *picture != before
    }

    /// Whether a chosen file is still being checked: a save waits for it.
    pub fn is_busy(&self) -> bool {
        self.copying.is_some()
    }

    fn take(&mut self, cx: &Context<'_>, path: &Path) {
        if self.copying.is_some() {
            return;
        }
        self.failure = None;
        let (key, path) = (cx.desk.key(), path.to_owned());
        self.copying = Some(Job::start("picture", cx.wake.clone(), move || pictures::keep(&key.open()?, &path)));
    }

    fn poll(&mut self, picture: &mut Option<PictureName>) {
        let Some(copied) = self.copying.as_ref().and_then(Job::poll) else { return };
        self.copying = None;
        self.settle(copied, picture);
    }

    fn settle(&mut self, copied: Result<PictureName>, picture: &mut Option<PictureName>) {
        match copied {
            Ok(name) => {
                *picture = Some(name);
                self.path.clear();
            }
            Err(error) => self.failure = Some(error),
        }
    }
}

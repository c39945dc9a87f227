//! Pictures on the screen: decoded and scaled down beside the window, kept as textures, a placeholder until then or where there is none.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use egui::{ColorImage, Painter, Rect, Sense, Stroke, StrokeKind, TextureHandle, TextureOptions, Ui, vec2};

use crate::jobs::{Job, Wake};
use crate::models::picture::{PictureName, Thumbnail};
use crate::services::{DeskKey, pictures};
use crate::ui::theme::{self, palette, size};
use crate::ui::widgets::paint;

/// So many textures are kept; the ones not shown for longest go first.
const MOST: usize = 200;
/// So many are decoded at once.
const AT_ONCE: usize = 2;
/// The side of a picture under the pointer.
const LARGE: f32 = 256.0;

enum State {
    Waiting,
    Decoding(Job<Thumbnail>),
    Ready(TextureHandle),
    /// Missing or damaged.
    Gone,
}

struct Entry {
    state: State,
    /// The frame it was asked for last.
    seen: u64,
}

/// The pictures that are or were on the screen. A clone is the same collection.
#[derive(Clone, Default)]
pub struct Pictures {
    known: Rc<RefCell<HashMap<(PictureName, u32), Entry>>>,
}

impl Pictures {
    /// What pictures of this desk are drawn from.
    pub fn album(&self, key: DeskKey, wake: &Wake) -> Album {
        Album { pictures: self.clone(), key, wake: wake.clone() }
    }
}

/// Draws pictures of one desk; a list's cells may own it.
pub struct Album {
    pictures: Pictures,
    key: DeskKey,
    wake: Wake,
}

impl Album {
    /// The texture of a picture of at most `points` a side, once it is there.
    fn texture(&self, ui: &Ui, name: &PictureName, points: f32) -> Option<TextureHandle> {
        let side = (points * ui.pixels_per_point()).ceil() as u32;
        let frame = ui.cumulative_frame_nr();
        let mut known = self.pictures.known.borrow_mut();
        let decoding = take_in(ui, &mut known);
        let entry = known.entry((name.clone(), side)).or_insert(Entry { state: State::Waiting, seen: frame });
        entry.seen = frame;
        if matches!(entry.state, State::Waiting) && decoding < AT_ONCE {
            let (key, name) = (self.key.clone(), name.clone());
            entry.state = State::Decoding(Job::start("picture", self.wake.clone(), move || pictures::thumbnail(&key, &name, side)));
        }
        let texture = if let State::Ready(texture) = &entry.state { Some(texture.clone()) } else { None };
        if known.len() > MOST {
            let oldest = known.iter().min_by_key(|(_, entry)| entry.seen).map(|(key, _)| key.clone());
            known.retain(|key, _| Some(key) != oldest.as_ref());
        }
        texture
    }

    /// A square picture with rounded corners, large under the pointer; `placeholder` is an icon.
    pub fn square_ui(&self, ui: &mut Ui, name: Option<&PictureName>, side: f32, placeholder: &str, label: &str) -> egui::Response {
        let (rect, response) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        self.paint(ui, rect, name, placeholder);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::accesskit::Role::Image, true, label));
        if name.is_none() {
            return response;
        }
        response.on_hover_ui(|ui| self.plain_ui(ui, name, LARGE, placeholder))
    }

    /// A square picture without a name of its own: in a row that has one.
    pub fn plain_ui(&self, ui: &mut Ui, name: Option<&PictureName>, side: f32, placeholder: &str) {
        let (rect, _) = ui.allocate_exact_size(vec2(side, side), Sense::hover());
        self.paint(ui, rect, name, placeholder);
    }

    fn paint(&self, ui: &Ui, rect: Rect, name: Option<&PictureName>, placeholder: &str) {
        let p = palette(ui);
        let radius = if rect.width() > 40.0 { size::RADIUS_LARGE } else { size::RADIUS_SMALL };
        let texture = name.and_then(|name| self.texture(ui, name, rect.width()));
        ui.painter().rect(rect, radius, p.sunken, Stroke::new(1.0, p.border), StrokeKind::Inside);
        match texture {
            Some(texture) => {
                let scale = (rect.width() / texture.size_vec2().x).min(rect.height() / texture.size_vec2().y);
                let shown = Rect::from_center_size(rect.center(), texture.size_vec2() * scale);
                egui::Image::new(&texture).corner_radius(radius).paint_at(ui, shown);
            }
            None => paint::icon(ui.painter(), rect.center(), placeholder, (rect.width() * 0.45).clamp(12.0, 44.0), p.text_3),
        }
    }

    /// A picture over the whole of a rectangle; nothing where it is not there (yet).
    pub fn paint_over(&self, ui: &Ui, painter: &Painter, rect: Rect, name: &PictureName) {
        if let Some(texture) = self.texture(ui, name, rect.size().max_elem()) {
            painter.image(texture.id(), rect, Rect::from_min_max(egui::pos2(0.0, 0.0), egui::pos2(1.0, 1.0)), theme::UNTINTED);
        }
    }

    /// The middle of a picture in a circle; false where it is not there (yet).
    pub fn paint_round(&self, ui: &Ui, rect: Rect, name: &PictureName) -> bool {
        let Some(texture) = self.texture(ui, name, rect.width() * 2.0) else { return false };
        let shown = texture.size_vec2();
        let side = shown.min_elem();
        let uv = Rect::from_center_size(egui::pos2(0.5, 0.5), vec2(side / shown.x, side / shown.y));
        egui::Image::new(&texture).uv(uv).corner_radius((rect.width() / 2.0) as u8).paint_at(ui, rect);
        true
    }
}

/// Makes textures of what is decoded, asked for in this frame or not; how many are still decoding.
fn take_in(ui: &Ui, known: &mut HashMap<(PictureName, u32), Entry>) -> usize {
    let mut decoding = 0;
    for ((name, _), entry) in known.iter_mut() {
        let State::Decoding(job) = &entry.state else { continue };
        match job.poll() {
            None => decoding += 1,
            Some(Err(_)) => entry.state = State::Gone,
            Some(Ok(thumbnail)) => {
                let picture = ColorImage::from_rgba_unmultiplied([thumbnail.width, thumbnail.height], &thumbnail.rgba);
                entry.state = State::Ready(ui.load_texture(name.as_str(), picture, TextureOptions::LINEAR));
            }
        }
        if !matches!(entry.state, State::Decoding(_)) {
            // Those that waited for their turn.
            ui.request_repaint();
        }
    }
    decoding
}

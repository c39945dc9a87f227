//! Sheets as PDF, with the characters of the fonts that they use and no more.

use std::collections::HashMap;

use krilla::Document;
use krilla::color::luma;
use krilla::geom::{PathBuilder, Point, Size, Transform};
use krilla::image::Image;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::text::{Font, TextDirection};

use super::fonts;
use super::layout::Sheet;
use super::measure::Weight;
use super::paperwork::Logo;
use crate::models::picture::{PictureName, Thumbnail};
use crate::models::{Error, Result};

/// The PDF of these sheets. 5000 where it cannot be made.
pub fn write(sheets: &[Sheet]) -> Result<Vec<u8>> {
    let failed = |what: &str| Error::Internal(format!("pdf: {what}"));
    let font = |data: &'static [u8]| Font::new(data.into(), 0).ok_or_else(|| failed("font"));
    let (regular, medium) = (font(fonts::REGULAR)?, font(fonts::MEDIUM)?);
    let mut document = Document::new();
    let mut images: HashMap<PictureName, Image> = HashMap::new();
    for sheet in sheets {
        let settings = PageSettings::from_wh(sheet.size.0, sheet.size.1).ok_or_else(|| failed("page"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        for item in &sheet.pictures {
            let Some(size) = Size::from_wh(item.width, item.height) else { continue };
            let Logo { name, picture } = &*item.logo;
            // One picture in the file, however many pages show it.
            let image = images.entry(name.clone()).or_insert_with(|| image(picture));
            surface.push_transform(&Transform::from_translate(item.x, item.y));
            surface.draw_image(image.clone(), size);
            surface.pop();
        }
        surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
        for item in &sheet.texts {
            let font = match item.weight {
                Weight::Regular => &regular,
                Weight::Medium => &medium,
            };
            let place = Point::from_xy(item.x, item.baseline);
            surface.draw_text(place, font.clone(), item.points, &item.text, false, TextDirection::LeftToRight);
        }
        surface.set_fill(None);
        for rule in &sheet.rules {
            surface.set_stroke(Some(Stroke { paint: luma::Color::black().into(), width: rule.width, ..Stroke::default() }));
            let mut path = PathBuilder::new();
            path.move_to(rule.from.0, rule.from.1);
            path.line_to(rule.to.0, rule.to.1);
            if let Some(path) = path.finish() {
                surface.draw_path(&path);
            }
        }
        surface.finish();
        page.finish();
    }
    document.finish().map_err(|error| failed(&format!("{error:?}")))
}

fn image(picture: &Thumbnail) -> Image {
    let side = |pixels: usize| u32::try_from(pixels).unwrap_or_default();
    Image::from_rgba8(picture.rgba.clone(), side(picture.width), side(picture.height))
}

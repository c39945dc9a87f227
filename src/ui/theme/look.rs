//! How a person wants the window: theme, accent, density, zoom, language. What is kept of it, and when, is the app's.

use egui::{Context, Id};
use serde_json::{Map, Value, json};

use super::{Accent, ThemeChoice};
use crate::i18n::Lang;
use crate::ui::fonts;

/// How large what one aims at is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Density {
    /// Mouse and keyboard.
    #[default]
    Office,
    /// Fingers: rows, buttons and inputs are higher.
    Touch,
}

impl Density {
    pub const ALL: [Density; 2] = [Density::Office, Density::Touch];

    /// The word it is kept by.
    pub fn code(self) -> &'static str {
        match self {
            Density::Office => "office",
            Density::Touch => "touch",
        }
    }

    /// The density of a word; `None` for any other text.
    pub fn from_code(code: &str) -> Option<Density> {
        Density::ALL.into_iter().find(|density| density.code() == code)
    }
}

/// How much higher a control is for fingers.
const TOUCH: f32 = 1.25;

/// The height of a row or a control in this window's density.
pub fn reach(ctx: &Context, height: f32) -> f32 {
    match ctx.data(|data| data.get_temp::<Density>(Id::NULL)).unwrap_or_default() {
        Density::Office => height,
        Density::Touch => (height * TOUCH).round(),
    }
}

/// Everything about the window that is the person's own choice.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub theme: ThemeChoice,
    pub lang: Lang,
    pub accent: Accent,
    pub density: Density,
    pub zoom: Zoom,
}

/// In percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zoom(pub u16);

impl Zoom {
    /// The steps to choose from.
    pub const ALL: [Zoom; 8] = [Zoom(80), Zoom(90), Zoom(100), Zoom(110), Zoom(125), Zoom(150), Zoom(175), Zoom(200)];
}

impl Default for Zoom {
    fn default() -> Self {
        Zoom(100)
    }
}

impl Look {
    /// Switches the window to this look; of the language only the fonts, its texts are the frame's.
    pub fn apply(self, ctx: &Context) {
        fonts::follow(ctx, self.lang);
        self.accent.apply(ctx);
        self.theme.apply(ctx);
        ctx.data_mut(|data| data.insert_temp(Id::NULL, self.density));
        ctx.set_zoom_factor(f32::from(self.zoom.0) / 100.0);
        ctx.request_repaint();
    }

    /// As it was kept. Theme and language stay where nothing is kept; what is unknown is passed over.
    pub fn restored(self, kept: &Map<String, Value>) -> Look {
        let word = |name: &str| kept.get(name).and_then(Value::as_str);
        let zoom = kept.get("zoom").and_then(Value::as_u64);
        Look {
            theme: word("theme").and_then(ThemeChoice::from_code).unwrap_or(self.theme),
            lang: word("lang").and_then(Lang::from_code).unwrap_or(self.lang),
            accent: word("accent").and_then(Accent::from_code).unwrap_or_default(),
            density: word("density").and_then(Density::from_code).unwrap_or_default(),
            zoom: Zoom::ALL.into_iter().find(|step| zoom == Some(u64::from(step.0))).unwrap_or_default(),
        }
    }

    /// Puts what differs from an earlier look to what is kept.
    pub fn keep(self, earlier: Look, kept: &mut Map<String, Value>) {
        let mut put = |differs: bool, name: &str, value: Value| {
            if differs {
                kept.insert(name.to_owned(), value);
            }
        };
        put(self.theme != earlier.theme, "theme", json!(self.theme.code()));
        put(self.lang != earlier.lang, "lang", json!(self.lang.code()));
        put(self.accent != earlier.accent, "accent", json!(self.accent.code()));
        put(self.density != earlier.density, "density", json!(self.density.code()));
        put(self.zoom != earlier.zoom, "zoom", json!(self.zoom.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_comes_back_as_it_was_kept_and_the_unknown_is_passed_over() {
        let look = Look { theme: ThemeChoice::Dark, lang: Lang::En, accent: Accent::Violet, density: Density::Touch, zoom: Zoom(125) };
        let mut kept = Map::new();
        look.keep(Look::default(), &mut kept);
        assert_eq!(Look::default().restored(&kept), look);
        for (name, value) in [("accent", json!("pink")), ("density", json!(1)), ("zoom", json!(1000)), ("theme", json!(null))] {
            kept.insert(name.to_owned(), value);
        }
        assert_eq!(Look::default().restored(&kept), Look { lang: Lang::En, ..Look::default() });
    }
}

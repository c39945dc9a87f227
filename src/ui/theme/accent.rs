//! The accents a person may choose, each for both themes. Every pair of text and ground keeps WCAG AA; a test holds that.

use egui::{Color32, Context, Id, Theme};

use super::palette::{DARK, LIGHT, Palette, rgb, tone};
use super::style;

/// The colour of what can be pressed and what is chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Accent {
    /// The product's own.
    #[default]
    Teal,
    Blue,
    Violet,
    Green,
    Graphite,
}

/// What an accent changes of a palette.
struct Tint {
    accent: u32,
    hover: u32,
    pressed: u32,
    text: u32,
    line: u32,
    focus: u32,
    selected: u32,
    chart: u32,
    bar: u32,
    area: u32,
}

const fn tinted(base: Palette, tint: Tint) -> Palette {
    Palette {
        selected: rgb(tint.selected),
        accent: rgb(tint.accent),
        accent_hover: rgb(tint.hover),
        accent_pressed: rgb(tint.pressed),
        accent_text: rgb(tint.text),
        accent_line: rgb(tint.line),
        focus: rgb(tint.focus),
        chart: rgb(tint.chart),
        chart_bar: rgb(tint.bar),
        chart_area: rgb(tint.area),
        accent_soft: tone(tint.text, tint.selected, tint.line),
        ..base
    }
}

/// In the order of [`Tint`]'s fields.
const fn tint(colors: [u32; 10]) -> Tint {
    let [accent, hover, pressed, text, line, focus, selected, chart, bar, area] = colors;
    Tint { accent, hover, pressed, text, line, focus, selected, chart, bar, area }
}

/// Light and dark of every accent, in the order of [`Accent::ALL`].
static PALETTES: [[Palette; 2]; Accent::ALL.len()] = [
    [LIGHT, DARK],
    [
        tinted(LIGHT, tint([0x1D5FA8, 0x174E8C, 0x123E70, 0x1A5799, 0xB3CCE8, 0x2F7FD0, 0xE7F0FA, 0x1D5FA8, 0x6E9FD2, 0xDDE9F6])),
        tinted(DARK, tint([0x2B6CB8, 0x2F72C0, 0x245C9E, 0x85B8F0, 0x2A4A6E, 0x5AA5F0, 0x1A3049, 0x5B9BE0, 0x3F79B8, 0x1A3049])),
    ],
    [
        tinted(LIGHT, tint([0x5B45A8, 0x4C398F, 0x3D2D75, 0x533E9E, 0xC5BCE6, 0x7A64CF, 0xEEEBF9, 0x5B45A8, 0x9C8DD2, 0xE6E1F5])),
        tinted(DARK, tint([0x6B56BE, 0x7560C8, 0x5A47A6, 0xB9ABF2, 0x4A3F7A, 0x9D8CF0, 0x2D2748, 0x9D8CF0, 0x7563C4, 0x2D2748])),
    ],
    [
        tinted(LIGHT, tint([0x1E7440, 0x186036, 0x124B2A, 0x1B6A3A, 0xB4DCC2, 0x2B9A58, 0xE5F4EA, 0x1E7440, 0x6DB288, 0xDDF0E4])),
        tinted(DARK, tint([0x237A48, 0x25804B, 0x1C6339, 0x74CC92, 0x2A5636, 0x4CC07A, 0x18341F, 0x4DB577, 0x33915A, 0x18341F])),
    ],
    [
        tinted(LIGHT, tint([0x4D5A63, 0x3F4A52, 0x313A41, 0x3F4A52, 0xB9C2C8, 0x5F7A8C, 0xE6EBEE, 0x4D5A63, 0x93A0A8, 0xE4E8EB])),
        tinted(DARK, tint([0x5B6870, 0x66747D, 0x4E5A61, 0xC3CED5, 0x46525A, 0x8FA9B8, 0x2A343A, 0xA5B3BC, 0x74828B, 0x2A343A])),
    ],
];

impl Accent {
    pub const ALL: [Accent; 5] = [Accent::Teal, Accent::Blue, Accent::Violet, Accent::Green, Accent::Graphite];

    /// The word it is kept by.
    pub fn code(self) -> &'static str {
        match self {
            Accent::Teal => "teal",
            Accent::Blue => "blue",
            Accent::Violet => "violet",
            Accent::Green => "green",
            Accent::Graphite => "graphite",
        }
    }

    /// The accent of a word; `None` for any other text.
    pub fn from_code(code: &str) -> Option<Accent> {
        Accent::ALL.into_iter().find(|accent| accent.code() == code)
    }

    /// All colours with this accent.
    pub fn palette(self, dark: bool) -> &'static Palette {
        &PALETTES[self as usize][usize::from(dark)]
    }

    /// The colour itself, for a sample.
    pub fn sample(self, dark: bool) -> Color32 {
        self.palette(dark).accent
    }

    /// Switches the window to this accent.
    pub fn apply(self, ctx: &Context) {
        ctx.data_mut(|data| data.insert_temp(Id::NULL, self));
        ctx.set_style_of(Theme::Light, style(self.palette(false)));
        ctx.set_style_of(Theme::Dark, style(self.palette(true)));
    }
}

//! Sizes, text styles and egui's two styles, all from the tokens. Colours stand in [`palette`]; nothing here draws.

mod accent;
mod look;
mod palette;

use egui::style::{ScrollStyle, Selection, TextCursorStyle, WidgetVisuals, Widgets};
use egui::{
    Color32, Context, CornerRadius, FontFamily, FontId, Margin, RichText, Shadow, Stroke, Style, TextStyle, Theme, ThemePreference, Visuals, vec2,
};

pub use accent::Accent;
pub use look::{Density, Look, Zoom, reach};
pub use palette::{DARK, LIGHT, Palette, Tone, ToneColors, mark, palette, strip};

use crate::ui::fonts;

/// Sizes in points (`tokens.md` §2).
pub mod size {
    pub const CONTROL: f32 = 32.0;
    pub const CONTROL_SMALL: f32 = 28.0;
    pub const CONTROL_MINI: f32 = 24.0;
    pub const CONTROL_LARGE: f32 = 40.0;
    pub const TERMINAL_TARGET: f32 = 56.0;
    pub const TOP_BAR: f32 = 48.0;
    pub const PAGE_HEAD: f32 = 56.0;
    pub const STATUS_BAR: f32 = 28.0;
    pub const NAV_ITEM: f32 = 32.0;
    pub const TABLE_HEAD: f32 = 32.0;
    pub const ROW: f32 = 36.0;
    pub const ROW_SECONDARY: f32 = 32.0;
    pub const ROW_REPORT: f32 = 30.0;
    pub const CHIP: f32 = 22.0;
    pub const TAB: f32 = 36.0;
    pub const SAVE_BAR: f32 = 56.0;
    pub const PAGER: f32 = 40.0;
    pub const NAV_WIDTH: f32 = 200.0;
    pub const RAIL_WIDTH: f32 = 56.0;
    pub const DRAWER_WIDTH: f32 = 376.0;
    pub const DRAWER_WIDE: f32 = 480.0;
    pub const DIALOG_WIDTH: f32 = 400.0;
    pub const FORM_WIDTH: f32 = 480.0;
    pub const WIZARD_WIDTH: f32 = 720.0;
    pub const TOAST_WIDTH: f32 = 376.0;
    /// Text never stretches past this.
    pub const READING_WIDTH: f32 = 720.0;
    /// Below this width lists drop their narrow columns and the drawer lies over the table.
    pub const NARROW: f32 = 1280.0;
    /// From this width on the drawer is wide.
    pub const WIDE: f32 = 1600.0;

    pub const PAGE_PADDING: f32 = 24.0;
    pub const PAGE_PADDING_NARROW: f32 = 16.0;
    pub const CARD_PADDING: f32 = 16.0;
    pub const CARD_GAP: f32 = 12.0;
    pub const BUTTON_GAP: f32 = 8.0;
    pub const LABEL_GAP: f32 = 4.0;
    pub const FIELD_GAP: f32 = 12.0;
    pub const CONTROL_PADDING: f32 = 12.0;
    pub const CHECKBOX: f32 = 16.0;

    pub const RADIUS_SMALL: u8 = 4;
    pub const RADIUS: u8 = 6;
    pub const RADIUS_LARGE: u8 = 8;

    pub const TEXT_BRAND: f32 = 32.0;
    pub const TEXT_KPI: f32 = 22.0;
    pub const TEXT_TITLE: f32 = 20.0;
    pub const TEXT_SECTION: f32 = 15.0;
    pub const TEXT_BODY: f32 = 14.0;
    pub const TEXT_SMALL: f32 = 12.0;
    /// A number that would not fit otherwise.
    pub const TEXT_LEAST: f32 = 8.0;
    pub const TEXT_BADGE: f32 = 11.0;

    pub const ICON_NAV: f32 = 18.0;
    pub const ICON: f32 = 16.0;
    pub const ICON_SMALL: f32 = 14.0;
    pub const ICON_TINY: f32 = 12.0;
    pub const ICON_EMPTY: f32 = 22.0;
    /// In the narrow edge of a row, between the focus ring and the first cell.
    pub const ICON_EDGE: f32 = 10.0;
}

/// Sizes of the warehouse terminal, for fingers (`tokens.md` §8).
pub mod terminal {
    pub const HEADER: f32 = 72.0;
    pub const PADDING: f32 = 16.0;
    pub const GAP: f32 = 10.0;
    pub const TARGET: f32 = 56.0;
    pub const SCAN: f32 = 72.0;
    pub const STRIP: f32 = 56.0;
    pub const CARD: f32 = 182.0;
    pub const ROW: f32 = 56.0;
    pub const ROW_PICK: f32 = 80.0;
    pub const BOTTOM: f32 = 88.0;
    pub const ICON: f32 = 40.0;
    pub const TEXT_SMALL: f32 = 16.0;
    pub const TEXT: f32 = 18.0;
    pub const TEXT_TITLE: f32 = 22.0;
    pub const TEXT_LARGE: f32 = 26.0;
    pub const TEXT_FIGURE: f32 = 32.0;
    pub const TEXT_QUANTITY: f32 = 48.0;
}

/// The person's choice of theme.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeChoice {
    /// As the desktop has it; light where it says nothing.
    #[default]
    System,
    Light,
    Dark,
}

impl ThemeChoice {
    pub const ALL: [ThemeChoice; 3] = [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark];

    /// The code used in the configuration.
    pub fn code(self) -> &'static str {
        match self {
            ThemeChoice::System => "system",
            ThemeChoice::Light => "light",
            ThemeChoice::Dark => "dark",
        }
    }

    /// The choice of a code; `None` for any other text.
    pub fn from_code(code: &str) -> Option<ThemeChoice> {
        ThemeChoice::ALL.into_iter().find(|choice| choice.code() == code)
    }

    /// Switches the window to this choice.
    pub fn apply(self, ctx: &Context) {
        ctx.set_theme(match self {
            ThemeChoice::System => ThemePreference::System,
            ThemeChoice::Light => ThemePreference::Light,
            ThemeChoice::Dark => ThemePreference::Dark,
        });
    }
}

/// Sets fonts and both styles. Once, when the window is made.
pub fn install(ctx: &Context) {
    fonts::install(ctx);
    ctx.options_mut(|options| {
        options.fallback_theme = Theme::Light;
        options.zoom_with_keyboard = false;
        options.quit_shortcuts.clear();
    });
    ctx.set_style_of(Theme::Light, style(&LIGHT));
    ctx.set_style_of(Theme::Dark, style(&DARK));
}

/// A font of the 400 weight.
pub fn font(size: f32) -> FontId {
    FontId::proportional(size)
}

/// A font of the 500 weight.
pub fn medium_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(fonts::MEDIUM.into()))
}

/// The icon font; its line is exactly as high as its size.
pub fn icon_font(size: f32) -> FontId {
    FontId::new(size, FontFamily::Name(fonts::ICONS.into()))
}

/// Page title, grand total: 20, medium.
pub fn title(text: impl Into<String>) -> RichText {
    RichText::new(text).font(medium_font(size::TEXT_TITLE))
}

/// Section and dialog title: 15, medium.
pub fn section(text: impl Into<String>) -> RichText {
    RichText::new(text).font(medium_font(size::TEXT_SECTION))
}

/// Body in the 500 weight: totals, names.
pub fn body_medium(text: impl Into<String>) -> RichText {
    RichText::new(text).font(medium_font(size::TEXT_BODY))
}

/// Body in the second text colour.
pub fn secondary(p: &Palette, text: impl Into<String>) -> RichText {
    RichText::new(text).font(font(size::TEXT_BODY)).color(p.text_2)
}

/// Label of a field or a column: 12, second text colour.
pub fn label(p: &Palette, text: impl Into<String>) -> RichText {
    RichText::new(text).font(font(size::TEXT_SMALL)).color(p.text_2)
}

/// Caption, hint: 12, third text colour.
pub fn caption(p: &Palette, text: impl Into<String>) -> RichText {
    RichText::new(text).font(font(size::TEXT_SMALL)).color(p.text_3)
}

/// An icon at a size; its colour is the caller's.
pub fn icon(icon: &str, size: f32) -> RichText {
    RichText::new(icon).font(icon_font(size))
}

/// The soft shadow of popups, dialogs and toasts.
pub fn shadow(p: &Palette) -> Shadow {
    Shadow { offset: [0, 6], blur: 20, spread: 0, color: p.shadow }
}

/// The frame of a popup: fill, edge, radius 8, shadow, no margin.
pub fn popup_frame(p: &Palette) -> egui::Frame {
    egui::Frame::new().fill(p.popup).stroke(Stroke::new(1.0, p.border)).corner_radius(size::RADIUS_LARGE).shadow(shadow(p))
}

fn style(p: &Palette) -> Style {
    let mut style = if p.dark { Theme::Dark.default_style() } else { Theme::Light.default_style() };
    style.text_styles = [
        (TextStyle::Heading, medium_font(size::TEXT_TITLE)),
        (TextStyle::Body, font(size::TEXT_BODY)),
        (TextStyle::Button, font(size::TEXT_BODY)),
        (TextStyle::Monospace, FontId::monospace(size::TEXT_BODY)),
        (TextStyle::Small, font(size::TEXT_SMALL)),
    ]
    .into();
    // Nothing moves by itself: an idle window is not painted.
    style.animation_time = 0.0;
    style.scroll_animation = egui::style::ScrollAnimation::none();
    style.explanation_tooltips = false;
    style.interaction.selectable_labels = false;
    style.interaction.tooltip_delay = 0.4;

    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(8.0, 4.0);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(4);
    spacing.button_padding = vec2(size::CONTROL_PADDING, 4.0);
    spacing.interact_size = vec2(32.0, size::CONTROL);
    spacing.icon_width = size::CHECKBOX;
    spacing.icon_width_inner = size::ICON_TINY;
    spacing.icon_spacing = 8.0;
    spacing.text_edit_width = 240.0;
    spacing.combo_width = 120.0;
    spacing.tooltip_width = 320.0;
    spacing.scroll = ScrollStyle {
        bar_width: 6.0,
        floating_width: 6.0,
        floating_allocated_width: 0.0,
        bar_inner_margin: 2.0,
        bar_outer_margin: 2.0,
        handle_min_length: 32.0,
        foreground_color: false,
        dormant_background_opacity: 0.0,
        active_background_opacity: 0.0,
        interact_background_opacity: 0.0,
        dormant_handle_opacity: 1.0,
        active_handle_opacity: 1.0,
        interact_handle_opacity: 1.0,
        ..ScrollStyle::floating()
    };
    spacing.scroll.fade.strength = 0.0;
    style.visuals = visuals(p);
    style
}

fn visuals(p: &Palette) -> Visuals {
    let radius = CornerRadius::same(size::RADIUS);
    let state = |fill: Color32, edge: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, edge),
        corner_radius: radius,
        fg_stroke: Stroke::new(1.0, text),
        expansion: 0.0,
    };
    // The scroll handle takes the `inactive` fill, so that one is never the surface itself.
    let inactive = WidgetVisuals { bg_fill: p.border_strong, ..state(p.surface, p.border_strong, p.text) };
    let hovered = WidgetVisuals { bg_fill: p.border_ctl, ..state(p.hover, p.border_strong, p.text) };
    let active = WidgetVisuals { bg_fill: p.border_ctl, ..state(p.pressed, p.border_strong, p.text) };
    let base = if p.dark { Visuals::dark() } else { Visuals::light() };
    Visuals {
        dark_mode: p.dark,
        override_text_color: None,
        weak_text_color: Some(p.placeholder),
        widgets: Widgets {
            noninteractive: state(p.surface, p.border, p.text),
            inactive,
            hovered,
            active,
            open: state(p.selected, p.accent_line, p.text),
        },
        // The stroke is the colour of selected text.
        selection: Selection { bg_fill: p.accent_line, stroke: Stroke::new(2.0, p.text) },
        hyperlink_color: p.accent_text,
        faint_bg_color: p.sunken,
        extreme_bg_color: p.surface,
        text_edit_bg_color: Some(p.surface),
        code_bg_color: p.sunken,
        warn_fg_color: p.warn.fg,
        error_fg_color: p.danger.fg,
        window_corner_radius: CornerRadius::same(size::RADIUS_LARGE),
        window_shadow: shadow(p),
        window_fill: p.popup,
        window_stroke: Stroke::new(1.0, p.border),
        window_highlight_topmost: false,
        menu_corner_radius: CornerRadius::same(size::RADIUS_LARGE),
        panel_fill: p.bg,
        popup_shadow: shadow(p),
        text_cursor: TextCursorStyle { stroke: Stroke::new(1.5, p.text), blink: false, ..base.text_cursor.clone() },
        striped: false,
        // Disabled controls are drawn in their own colours, never faded.
        disabled_alpha: 1.0,
        ..base
    }
}

/// Paper and what is printed on it, the same in both themes.
pub const PAPER: Color32 = Color32::WHITE;
pub const INK: Color32 = Color32::BLACK;
/// A picture in its own colours.
pub const UNTINTED: Color32 = Color32::WHITE;

/// Headings on the brand's ground, in both themes.
pub const ON_BRAND_TITLE: Color32 = Color32::WHITE;

/// Secondary text on the deep brand ground.
pub fn on_brand(ctx: &Context) -> Color32 {
    palette(ctx).brand_deep.lerp_to_gamma(Color32::WHITE, 0.72)
}

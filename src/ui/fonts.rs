//! Puts the fonts into egui: Noto Sans SC, Latin Extended-A, Phosphor, in the order of the language. Sizes and text styles stand in the theme.

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily};
use egui_system_font_provider::SystemFontProvider;

use crate::i18n::Lang;

/// The family of the 500 weight: titles, KPI, totals, selected navigation.
pub const MEDIUM: &str = "medium";
/// The family that asks the icon font first; its line is exactly as high as its size.
pub const ICONS: &str = "icons";

/// Installs the embedded fonts; what they lack comes from the system.
pub fn install(ctx: &Context) {
    follow(ctx, Lang::default());
    // A C-locale terminal would otherwise get Japanese forms of Chinese characters.
    ctx.set_font_providers(vec![Arc::new(SystemFontProvider::new().with_locale(Some("zh-Hans")))]);
}

/// Puts them in the order of a language: … stands at mid-height in Chinese and on the baseline in English.
pub fn follow(ctx: &Context, lang: Lang) {
    ctx.set_fonts(definitions(lang));
}

fn definitions(lang: Lang) -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    let embedded: [(&str, &'static [u8]); 5] = [
        ("noto", crate::documents::fonts::REGULAR),
        ("noto-medium", crate::documents::fonts::MEDIUM),
        ("latin", include_bytes!("../../assets/fonts/LatinExt-Regular.ttf")),
        ("latin-medium", include_bytes!("../../assets/fonts/LatinExt-Medium.ttf")),
        ("phosphor", include_bytes!("../../assets/fonts/Phosphor.ttf")),
    ];
    for (name, bytes) in embedded {
        fonts.font_data.insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    let rest = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |first: &[&str]| first.iter().map(|name| (*name).to_owned()).chain(rest.iter().cloned()).collect();
    let (regular, medium) = match lang {
        Lang::ZhCn => (["noto", "latin", "phosphor"], ["noto-medium", "latin-medium", "phosphor"]),
        Lang::En => (["latin", "noto", "phosphor"], ["latin-medium", "noto-medium", "phosphor"]),
    };
    fonts.families.insert(FontFamily::Proportional, family(&regular));
    fonts.families.insert(FontFamily::Monospace, family(&regular));
    fonts.families.insert(FontFamily::Name(MEDIUM.into()), family(&medium));
    fonts.families.insert(FontFamily::Name(ICONS.into()), family(&["phosphor", "noto"]));
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where the ink of … is, from the top of its line in parts of its height.
    fn dots(lang: Lang, family: FontFamily) -> f32 {
        let ctx = Context::default();
        follow(&ctx, lang);
        let mut middle = 0.0;
        let mut output = ctx.run_ui(egui::RawInput::default(), |ui| {
            let font = egui::FontId::new(40.0, family.clone());
            let galley = ui.fonts_mut(|fonts| fonts.layout_no_wrap("…".to_owned(), font, egui::Color32::PLACEHOLDER));
            middle = galley.mesh_bounds.center().y / galley.size().y;
        });
        // Nothing is painted here.
        output.textures_delta.clear();
        middle
    }

    #[test]
    fn an_ellipsis_stands_at_mid_height_in_chinese_and_on_the_baseline_in_english() {
        for family in [FontFamily::Proportional, FontFamily::Name(MEDIUM.into())] {
            let (chinese, english) = (dots(Lang::ZhCn, family.clone()), dots(Lang::En, family));
            assert!((0.4..0.6).contains(&chinese) && english > 0.7, "{chinese} {english}");
        }
    }
}

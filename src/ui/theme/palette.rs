//! Every colour of the product, light and dark (`tokens.md` §1 in code). The only file that names a colour.

use egui::{Color32, Context, Id, Theme};

use super::accent::Accent;

pub(super) const fn rgb(hex: u32) -> Color32 {
    Color32::from_rgb((hex >> 16) as u8, (hex >> 8) as u8, hex as u8)
}

/// A semantic pair: text, ground and edge that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ToneColors {
    pub fg: Color32,
    pub bg: Color32,
    pub line: Color32,
}

pub(super) const fn tone(fg: u32, bg: u32, line: u32) -> ToneColors {
    ToneColors { fg: rgb(fg), bg: rgb(bg), line: rgb(line) }
}

/// What a coloured mark means; the palette knows how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// 待付款, unsaved, warnings.
    Warn,
    /// 已付款, 已发送, 出库.
    Info,
    /// 已发货, 盘点.
    Violet,
    /// 已完成, 已接受, 入库, success.
    Ok,
    /// 已取消, 草稿, 已拒绝, 已过期, 停用, 普通.
    Mute,
    /// 低库存.
    Orange,
    /// 缺货, errors, 逾期.
    Danger,
    /// VIP.
    Gold,
    /// 重要.
    AccentSoft,
}

/// The colours of one theme, one field per token.
#[derive(Clone, Copy, Debug)]
pub struct Palette {
    /// Window, navigation, status bar.
    pub bg: Color32,
    /// Page, card, table, input.
    pub surface: Color32,
    /// Table head, footers, read-only block.
    pub sunken: Color32,
    /// Menu, dialog, toast, tooltip.
    pub popup: Color32,
    /// Hovered row, hovered secondary button.
    pub hover: Color32,
    /// Pressed row or secondary button.
    pub pressed: Color32,
    /// Selected row, nav item, segment, active filter.
    pub selected: Color32,
    /// Card edge, divider.
    pub border: Color32,
    /// Line between table rows.
    pub border_weak: Color32,
    /// Edge of inputs and buttons.
    pub border_strong: Color32,
    /// Edge of checkboxes, and every edge in terminal mode.
    pub border_ctl: Color32,
    /// Body.
    pub text: Color32,
    /// Labels, secondary.
    pub text_2: Color32,
    /// Captions, hints.
    pub text_3: Color32,
    /// Placeholder in inputs.
    pub placeholder: Color32,
    /// Text of a disabled control.
    pub disabled_fg: Color32,
    /// Fill of a disabled control.
    pub disabled_bg: Color32,
    /// Primary button, checked box.
    pub accent: Color32,
    /// Hovered primary.
    pub accent_hover: Color32,
    /// Pressed primary.
    pub accent_pressed: Color32,
    /// Text on accent, danger fill and brand.
    pub on_accent: Color32,
    /// Link, active tab, nav text.
    pub accent_text: Color32,
    /// Edge of active filter.
    pub accent_line: Color32,
    /// Focus ring.
    pub focus: Color32,
    /// Destructive button, count badge.
    pub danger_fill: Color32,
    /// Hovered destructive button.
    pub danger_hover: Color32,
    /// Pressed destructive button.
    pub danger_pressed: Color32,
    /// Line of a chart.
    pub chart: Color32,
    /// Bars.
    pub chart_bar: Color32,
    /// Fill under the line.
    pub chart_area: Color32,
    /// Earlier period (dashed).
    pub chart_prev: Color32,
    /// Unpaid part.
    pub chart_warn: Color32,
    /// Grid lines.
    pub grid: Color32,
    /// Bar track.
    pub track: Color32,
    /// Login panel and terminal header.
    pub brand_deep: Color32,
    /// Behind dialogs.
    pub scrim: Color32,
    /// The one soft shadow, of popups.
    pub shadow: Color32,
    pub warn: ToneColors,
    pub info: ToneColors,
    pub violet: ToneColors,
    pub ok: ToneColors,
    pub mute: ToneColors,
    pub orange: ToneColors,
    pub danger: ToneColors,
    pub gold: ToneColors,
    pub accent_soft: ToneColors,
    pub dark: bool,
}

/// The light theme.
pub const LIGHT: Palette = Palette {
    bg: rgb(0xF4F6F7),
    surface: rgb(0xFFFFFF),
    sunken: rgb(0xF8FAFA),
    popup: rgb(0xFFFFFF),
    hover: rgb(0xF1F4F5),
    pressed: rgb(0xE1E6E9),
    selected: rgb(0xE5F1F1),
    border: rgb(0xE1E6E9),
    border_weak: rgb(0xEDF0F2),
    border_strong: rgb(0xB9C2C8),
    border_ctl: rgb(0x8C979F),
    text: rgb(0x182126),
    text_2: rgb(0x4D5A63),
    text_3: rgb(0x5F6C76),
    placeholder: rgb(0x727E88),
    disabled_fg: rgb(0x9AA5AD),
    disabled_bg: rgb(0xEFF2F3),
    accent: rgb(0x0E6A70),
    accent_hover: rgb(0x0A585D),
    accent_pressed: rgb(0x074549),
    on_accent: rgb(0xFFFFFF),
    accent_text: rgb(0x0B6268),
    accent_line: rgb(0xA9CFD1),
    focus: rgb(0x1393A0),
    danger_fill: rgb(0xB3261E),
    danger_hover: rgb(0x962019),
    danger_pressed: rgb(0x7C1A14),
    chart: rgb(0x0E6A70),
    chart_bar: rgb(0x5FA5A9),
    chart_area: rgb(0xDCECEC),
    chart_prev: rgb(0xB3BDC4),
    chart_warn: rgb(0xE9B65C),
    grid: rgb(0xEBEFF1),
    track: rgb(0xE6EBED),
    brand_deep: rgb(0x0B4A4F),
    scrim: Color32::from_rgba_unmultiplied_const(0x10, 0x1C, 0x21, 102),
    shadow: Color32::from_rgba_unmultiplied_const(0x10, 0x20, 0x26, 41),
    warn: tone(0x8A5300, 0xFDF1DC, 0xEDCF9B),
    info: tone(0x1D5FA8, 0xE7F0FA, 0xB9D3EE),
    violet: tone(0x5B45A8, 0xEEEBF9, 0xCBC2EE),
    ok: tone(0x1E7440, 0xE5F4EA, 0xB4DCC2),
    mute: tone(0x5B6770, 0xECEFF1, 0xD3DADE),
    orange: tone(0xAD4708, 0xFDEBDF, 0xF2C5A6),
    danger: tone(0xB3261E, 0xFCEAE8, 0xF0B9B4),
    gold: tone(0x775700, 0xFAF0CC, 0xE3CF86),
    accent_soft: tone(0x0B6268, 0xE5F1F1, 0xA9CFD1),
    dark: false,
};

/// The dark theme.
pub const DARK: Palette = Palette {
    bg: rgb(0x101517),
    surface: rgb(0x171D20),
    sunken: rgb(0x1B2226),
    popup: rgb(0x20282C),
    hover: rgb(0x20282C),
    pressed: rgb(0x2A3338),
    selected: rgb(0x17363A),
    border: rgb(0x2A3338),
    border_weak: rgb(0x222A2E),
    border_strong: rgb(0x46525A),
    border_ctl: rgb(0x6B7780),
    text: rgb(0xE6EBEE),
    text_2: rgb(0xB3BEC5),
    text_3: rgb(0x8E9BA3),
    placeholder: rgb(0x7C8991),
    disabled_fg: rgb(0x69767E),
    disabled_bg: rgb(0x1F272B),
    accent: rgb(0x17797F),
    accent_hover: rgb(0x1D8A91),
    accent_pressed: rgb(0x12666B),
    on_accent: rgb(0xFFFFFF),
    accent_text: rgb(0x5CC5C9),
    accent_line: rgb(0x2B5F64),
    focus: rgb(0x43C1C9),
    danger_fill: rgb(0xB8352C),
    danger_hover: rgb(0xA52D25),
    danger_pressed: rgb(0x8F261F),
    chart: rgb(0x43AEB3),
    chart_bar: rgb(0x2F8B90),
    chart_area: rgb(0x17363A),
    chart_prev: rgb(0x5B6870),
    chart_warn: rgb(0xE9B65C),
    grid: rgb(0x242D31),
    track: rgb(0x2A3338),
    brand_deep: rgb(0x0B4A4F),
    scrim: Color32::from_black_alpha(140),
    shadow: Color32::from_black_alpha(128),
    warn: tone(0xE9B65C, 0x3A2E17, 0x5E4A22),
    info: tone(0x85B8F0, 0x1A3049, 0x2A4A6E),
    violet: tone(0xB9ABF2, 0x2D2748, 0x4A3F7A),
    ok: tone(0x74CC92, 0x18341F, 0x2A5636),
    mute: tone(0xA5B0B8, 0x2A3338, 0x3C474D),
    orange: tone(0xF2A56E, 0x40291B, 0x6B4429),
    danger: tone(0xF2958D, 0x42211F, 0x6B3430),
    gold: tone(0xE8C95A, 0x383019, 0x5C4F24),
    accent_soft: tone(0x5CC5C9, 0x17363A, 0x2B5F64),
    dark: true,
};

impl Palette {
    /// The colours of a tone.
    pub fn tone(&self, tone: Tone) -> ToneColors {
        match tone {
            Tone::Warn => self.warn,
            Tone::Info => self.info,
            Tone::Violet => self.violet,
            Tone::Ok => self.ok,
            Tone::Mute => self.mute,
            Tone::Orange => self.orange,
            Tone::Danger => self.danger,
            Tone::Gold => self.gold,
            Tone::AccentSoft => self.accent_soft,
        }
    }
}

/// The product mark and the login abacus look the same in both themes.
pub mod mark {
    use super::{Color32, rgb};

    pub const GROUND: Color32 = rgb(0x0E6A70);
    pub const BEAM: Color32 = rgb(0x8FC3C5);
    pub const IDLE: Color32 = rgb(0x4E9A9E);
    pub const COUNTED: Color32 = rgb(0xFFFFFF);
    pub const FIVE: Color32 = rgb(0xF3D58A);
    /// The large abacus on the login panel: frame and beam, rods, idle beads.
    pub const FRAME: Color32 = rgb(0x2A7378);
    pub const ROD: Color32 = rgb(0x1C6267);
    pub const BEAD: Color32 = rgb(0x176268);
}

/// The result strip of the terminal: white text on these, in both themes.
pub mod strip {
    use super::{Color32, rgb};

    pub const OK: Color32 = rgb(0x1E7440);
    pub const FAILED: Color32 = rgb(0xB3261E);
    /// Text and icons on these grounds.
    pub const ON: Color32 = rgb(0xFFFFFF);
    /// The ground of 盘点.
    pub const COUNT: Color32 = rgb(0x5B43A6);
}

/// The palette of the current theme and the person's accent. A `&Ui` will do: it derefs to the context.
pub fn palette(ctx: &Context) -> &'static Palette {
    let accent = ctx.data(|data| data.get_temp::<Accent>(Id::NULL)).unwrap_or_default();
    accent.palette(ctx.theme() == Theme::Dark)
}

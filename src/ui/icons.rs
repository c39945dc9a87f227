//! The icons in use: Phosphor regular, subset to this list. What an icon means stands in the pages.
//!
//! `assets/fonts/make.sh` reads the code points from this file: add a line here, run it, and the glyph is in the font.

// Modules.
pub const SQUARES_FOUR: &str = "\u{e464}";
pub const USERS: &str = "\u{e4d6}";
pub const CALENDAR_CHECK: &str = "\u{e712}";
pub const FILE_TEXT: &str = "\u{e23a}";
pub const RECEIPT: &str = "\u{e3ec}";
pub const HAND_COINS: &str = "\u{ea8c}";
pub const PACKAGE: &str = "\u{e390}";
pub const ARROWS_DOWN_UP: &str = "\u{e098}";
pub const WARNING_CIRCLE: &str = "\u{e4e2}";
pub const CHART_BAR: &str = "\u{e150}";
pub const FILE_XLS: &str = "\u{eb22}";
pub const GEAR_SIX: &str = "\u{e272}";
pub const BARCODE: &str = "\u{e0b8}";
pub const USERS_THREE: &str = "\u{e68e}";
pub const SHIELD_CHECK: &str = "\u{e40c}";
pub const SLIDERS_HORIZONTAL: &str = "\u{e434}";
pub const PALETTE: &str = "\u{e6c8}";
pub const SCROLL: &str = "\u{eb7a}";
pub const HARD_DRIVES: &str = "\u{e2a0}";

// Actions.
pub const PLUS: &str = "\u{e3d4}";
pub const PENCIL_SIMPLE: &str = "\u{e3b4}";
pub const NOTE_PENCIL: &str = "\u{e34c}";
pub const USER_PLUS: &str = "\u{e4d0}";
pub const TRASH: &str = "\u{e4a6}";
pub const MAGNIFYING_GLASS: &str = "\u{e30c}";
pub const FUNNEL_SIMPLE: &str = "\u{e268}";
pub const UPLOAD_SIMPLE: &str = "\u{e4c0}";
pub const DOWNLOAD_SIMPLE: &str = "\u{e20c}";
pub const PRINTER: &str = "\u{e3dc}";
pub const FLOPPY_DISK: &str = "\u{e248}";
pub const COPY: &str = "\u{e1ca}";
pub const ARROW_CLOCKWISE: &str = "\u{e036}";
pub const ARROW_COUNTER_CLOCKWISE: &str = "\u{e038}";
pub const ARROW_U_UP_LEFT: &str = "\u{e08a}";
pub const TRUCK: &str = "\u{e4b4}";
pub const X_CIRCLE: &str = "\u{e4f8}";
pub const TRAY_ARROW_DOWN: &str = "\u{e010}";
pub const TRAY_ARROW_UP: &str = "\u{ee52}";
pub const CLIPBOARD_TEXT: &str = "\u{e198}";
pub const LOCK: &str = "\u{e2fa}";
pub const USER_SWITCH: &str = "\u{e756}";
pub const BACKSPACE: &str = "\u{e0ae}";
pub const NUMPAD: &str = "\u{e3c8}";
pub const PAUSE_CIRCLE: &str = "\u{e3a0}";
pub const DOTS_THREE: &str = "\u{e1fe}";
pub const X: &str = "\u{e4f6}";

// Facts.
pub const USER: &str = "\u{e4c2}";
pub const PHONE: &str = "\u{e3b8}";
pub const ENVELOPE: &str = "\u{e214}";
pub const MAP_PIN: &str = "\u{e316}";
pub const BUILDINGS: &str = "\u{e102}";
pub const TAG: &str = "\u{e478}";
pub const CALENDAR_BLANK: &str = "\u{e10a}";
pub const CROWN: &str = "\u{e614}";
pub const LOCK_KEY: &str = "\u{e2fe}";
pub const COINS: &str = "\u{e78e}";
pub const CHART_LINE_UP: &str = "\u{e156}";

// Feedback.
pub const CHECK: &str = "\u{e182}";
pub const CHECK_CIRCLE: &str = "\u{e184}";
pub const INFO: &str = "\u{e2ce}";
pub const WARNING: &str = "\u{e4e0}";
pub const PROHIBIT: &str = "\u{e3de}";
pub const LOCK_SIMPLE: &str = "\u{e308}";
pub const CIRCLE_NOTCH: &str = "\u{eb44}";
pub const TREND_UP: &str = "\u{e4ae}";
pub const TREND_DOWN: &str = "\u{e4ac}";

// Shell.
pub const BELL: &str = "\u{e0ce}";
pub const QUESTION: &str = "\u{e3e8}";
pub const SIDEBAR_SIMPLE: &str = "\u{ec24}";
pub const CARET_DOWN: &str = "\u{e136}";
pub const CARET_LEFT: &str = "\u{e138}";
pub const CARET_RIGHT: &str = "\u{e13a}";
pub const CARET_UP: &str = "\u{e13c}";
pub const ARROW_UP: &str = "\u{e08e}";
pub const ARROW_DOWN: &str = "\u{e03e}";
pub const ARROW_RIGHT: &str = "\u{e06c}";
pub const SUN: &str = "\u{e472}";
pub const MOON: &str = "\u{e330}";
pub const EYE: &str = "\u{e220}";
pub const EYE_SLASH: &str = "\u{e224}";
pub const ARROW_FAT_LINE_UP: &str = "\u{e522}";
pub const DESKTOP: &str = "\u{e560}";
pub const SIGN_OUT: &str = "\u{e42a}";
pub const FOLDER_OPEN: &str = "\u{e256}";
pub const TRANSLATE: &str = "\u{e4a2}";
pub const CLOCK: &str = "\u{e19a}";

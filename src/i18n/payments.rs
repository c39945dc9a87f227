//! Texts of the payments page.

use super::texts;

texts! {
    /// The page's texts.
    Payments {
        title: "回款", "Payments";
    }
}

//! Texts of the quote pages: list, quote, editor.

use super::texts;

texts! {
    /// The page's texts.
    Quotes {
        title: "报价单", "Quotes";
    }
}

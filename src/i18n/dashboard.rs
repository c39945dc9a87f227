//! Texts of the dashboard.

use super::texts;

texts! {
    /// The page's texts.
    Dashboard {
        title: "仪表盘", "Dashboard";
    }
}

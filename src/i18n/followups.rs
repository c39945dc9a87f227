//! Texts of the follow-up page and of follow-ups elsewhere.

use super::texts;

texts! {
    /// The page's texts.
    Followups {
        title: "跟进", "Follow-ups";
    }
}

//! Pictures of products and people: the name under which one is kept, and a decoded thumbnail. Files are handled in `database::pictures`.

/// The name of a kept picture: SHA-256 of its content and its kind, so that the same picture is kept once and no name leaves the folder.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct PictureName(String);

impl PictureName {
    /// Kinds that are kept, by their endings.
    pub const KINDS: [&str; 2] = ["png", "jpg"];
    /// Endings a person may choose; the content decides.
    pub const KINDS_TO_CHOOSE: [&str; 3] = ["png", "jpg", "jpeg"];
    /// The largest file, in bytes.
    pub const MOST_BYTES: u64 = 10 * 1024 * 1024;
    /// The largest width or height, in pixels.
    pub const MOST_PIXELS: u32 = 8000;
    /// The largest width and height of a logo, in pixels: as much as a printer shows of it.
    pub const LOGO_PIXELS: (u32, u32) = (400, 150);

    /// Reads a stored name; `None` where it is no name of ours.
    pub fn parse(text: &str) -> Option<PictureName> {
        let (hash, kind) = text.split_once('.')?;
        let ours = hash.len() == 64 && hash.chars().all(|c| matches!(c, '0'..='9' | 'a'..='f')) && Self::KINDS.contains(&kind);
        ours.then(|| PictureName(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A picture decoded and scaled down for showing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thumbnail {
    pub width: usize,
    pub height: usize,
    /// Four bytes a pixel, straight alpha.
    pub rgba: Vec<u8>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashes_are_names() {
        let hash = "0a".repeat(32);
        assert!(PictureName::parse(&format!("{hash}.png")).is_some());
        for wrong in ["", "a.png", "../../etc/passwd", &format!("{hash}.exe"), &format!("{hash}.png/x"), &format!("{}.png", "0A".repeat(32))] {
            assert_eq!(PictureName::parse(wrong), None, "{wrong}");
        }
    }
}

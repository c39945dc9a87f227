//! Whether a file lies on another computer: SQLite's locks do not hold there, so such a data file is refused (rulings §2).
//!
//! Linux tells by its table of mounts, Windows by the path. Other systems have no table to read: there nothing is refused.

use std::path::{Component, Path, PathBuf, Prefix};

/// File systems of other computers, as Linux names them.
const REMOTE: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb3",
    "smbfs",
    "afs",
    "ceph",
    "lustre",
    "davfs",
    "fuse.sshfs",
    "fuse.rclone",
    "fuse.davfs",
    "fuse.gvfsd-fuse",
    "fuse.smbnetfs",
    "fuse.glusterfs",
];

/// Whether this file, or the folder it is to be created in, is another computer's.
pub fn is_remote(path: &Path) -> bool {
    let whole = whole(path);
    let by_path =
        matches!(whole.components().next(), Some(Component::Prefix(prefix)) if matches!(prefix.kind(), Prefix::UNC(..) | Prefix::VerbatimUNC(..)));
    by_path || std::fs::read_to_string("/proc/self/mountinfo").is_ok_and(|mounts| is_remote_by(&mounts, &whole))
}

/// Whether a path lies on a remote file system by Linux' table of mounts, whose last fitting line counts.
pub fn is_remote_by(mounts: &str, path: &Path) -> bool {
    let mounted = |line: &str| {
        let (place, kind) = line.split_once(" - ")?;
        let place = PathBuf::from(unescaped(place.split(' ').nth(4)?));
        path.starts_with(&place).then(|| (place.components().count(), kind.split(' ').next().unwrap_or_default().to_owned()))
    };
    let nearest = mounts.lines().filter_map(mounted).max_by_key(|(depth, _)| *depth);
    nearest.is_some_and(|(_, kind)| REMOTE.contains(&kind.as_str()))
}

/// Blanks and the like stand there as `\040`.
fn unescaped(text: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")].into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}

/// Without links and drive letters; of a file that is yet to be created, as much as exists.
fn whole(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    absolute.ancestors().find_map(|part| std::fs::canonicalize(part).ok()).unwrap_or(absolute)
}

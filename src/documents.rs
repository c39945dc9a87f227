//! Pages for paper: data in, pages out. Knows no window; only `request` asks a desk, for the records. The fonts are those of the window.
//!
//! A business paper is data (`paperwork`: title, parties, table, totals, notes), laid out once for every kind (`layout`) into sheets of texts and
//! lines, which `pdf` writes and the window draws. `kinds` says what stands on a quote, an order, a delivery note, a receipt and a statement.

pub mod fonts;
pub mod kinds;
pub mod labels;
pub mod layout;
pub mod measure;
pub mod paperwork;
pub mod pdf;
pub mod request;

use std::io::Write;
use std::path::Path;

use crate::models::{Error, Result};

/// Writes a document beside its place first, so that what stood there stays whole until the new one is. 5002 where it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error: std::io::Error| Error::file(path, &error);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

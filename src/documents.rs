//! Pages for paper as PDF: data in, bytes out. Knows neither window nor data file; the fonts are those of the window.

pub mod fonts;
pub mod labels;

use std::io::Write;
use std::path::Path;

use crate::models::{Error, Result};

/// Writes a document beside its place first, so that what stood there stays whole until the new one is. 5002 where it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    let failed = |error: std::io::Error| Error::File { path: path.display().to_string(), reason: error.to_string() };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(())
}

//! Files for the imports: what the bytes of a run become, and the import that takes them.

use std::io::{Cursor, Read, Write};
use std::sync::LazyLock;

use zhanggui::i18n::Lang;
use zhanggui::models::Error;
use zhanggui::models::import::{Existing, ImportKind, ImportOptions};
use zhanggui::services::{Desk, imports};

/// A whole import that keeps nothing. A file is taken, or refused by row and column; the workbook of its errors can be read again.
pub fn import(desk: &mut Desk, choice: u8, file: &[u8], with_workbook: bool) {
    let kind = ImportKind::ALL[usize::from(choice) % ImportKind::ALL.len()];
    let existing = Existing::ALL[usize::from(choice / 8) % Existing::ALL.len()];
    let options = ImportOptions { dry_run: true, existing, ..ImportOptions::new("fuzz") };
    match imports::import(desk, kind, file, &options, |_, _| true) {
        Ok(_) => {}
        Err(Error::Rows(errors)) if with_workbook => {
            let back = imports::error_workbook(desk, kind, file, None, &errors, Lang::ZhCn).expect("a workbook of errors");
            imports::preview(desk, kind, &back, None).expect("a workbook of errors that can be read");
        }
        Err(Error::Rows(_)) => {}
        Err(other) => panic!("{kind:?}: {other:?}"),
    }
}

/// A small workbook: shared and inline texts, days, a formula, an error cell, merged cells, a hidden sheet.
const BOOK: &[u8] = include_bytes!("../book.xlsx");

/// The parts of [`BOOK`] by name, in the file's order.
static PARTS: LazyLock<Vec<(String, Vec<u8>)>> = LazyLock::new(|| {
    let mut book = zip::ZipArchive::new(Cursor::new(BOOK)).expect("a workbook");
    let part = |at| {
        let mut entry = book.by_index(at).expect("a part");
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).expect("its bytes");
        (entry.name().to_owned(), bytes)
    };
    (0..BOOK_PARTS).map(part).collect()
});
const BOOK_PARTS: usize = 8;

/// The workbook with one part replaced by these bytes, sizes and CRC right; the bytes alone as a file where `which` names no part.
pub fn workbook(which: u8, bytes: &[u8]) -> Vec<u8> {
    let which = usize::from(which);
    if which >= BOOK_PARTS {
        return bytes.to_vec();
    }
    let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut book = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (at, (name, own)) in PARTS.iter().enumerate() {
        book.start_file(name.as_str(), options).expect("a part");
        book.write_all(if at == which { bytes } else { own }).expect("its bytes");
    }
    book.finish().expect("a workbook").into_inner()
}

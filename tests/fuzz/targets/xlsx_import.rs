//! A workbook on its way in: one part of a good one replaced (then the archive is whole and its XML is what is tried), or the bytes as the file,
//! an old xls among them. The first byte chooses the kind of import, and by bit 6 the workbook of errors; the second the part.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhanggui_fuzz::{at_desk, files, let_other_crates_panic};

fuzz_target!(init: let_other_crates_panic(), |bytes: &[u8]| {
    let [choice, part, rest @ ..] = bytes else { return };
    at_desk(|desk| files::import(desk, *choice, &files::workbook(*part, rest), choice & 64 != 0));
});

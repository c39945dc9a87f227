//! A text file on its way in: encoding, separator, columns, cells, and the import that they end in. The first byte chooses its kind.
#![no_main]

use libfuzzer_sys::fuzz_target;
use zhanggui_fuzz::{at_desk, files};

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, file)) = bytes.split_first() else { return };
    at_desk(|desk| files::import(desk, *choice, file, false));
});

//! Word files: Markdown, or a reason why not.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Err(reason) = briefpress::import::docx(bytes) {
        assert!(!reason.is_empty());
    }
});

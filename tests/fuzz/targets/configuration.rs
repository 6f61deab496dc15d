//! `briefpress.yaml`: a configuration, or findings that say why not.

#![no_main]

use briefpress::diagnostic::Findings;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let mut findings = Findings::default();
    let config = briefpress::config::read(text, None, &mut findings);
    assert!(config.is_some() || findings.has_errors(), "refused without a reason");
});

//! What readers are given: codes that they typed, keyrings, shards, sealed files and pages. Nothing panics, what is read is written as it
//! was, and what opens was sealed.

#![no_main]

use briefpress::access::reader::{Index, Reader};
use briefpress::sealed::{Code, Keyring, MasterKey, find};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let master = MasterKey::from_bytes([7; 32]);
    let content = master.content_root("a", 1).report("MX-1", 1);
    assert!(content.body().open(&[], bytes).is_err(), "nobody makes a sealed file by chance");
    let sealed = content.body().seal(&[], bytes).expect("not too large");
    assert_eq!(content.body().open(&[], &sealed).expect("opened"), bytes);
    if let Ok(keyring) = Keyring::from_bytes(bytes) {
        assert_eq!(&keyring.to_bytes().expect("not too large")[..], bytes);
    }
    let code = master.codes_root("a", 1).code("s", 1);
    if let Ok(Some(entry)) = find(bytes, &code.lookup()) {
        assert!(code.keyring(entry).is_err());
    }
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(code) = Code::parse("a", text) {
        assert_eq!(Code::parse("a", &code.text()).expect("a code").lookup(), code.lookup());
    }
    let _ = MasterKey::parse(text);
    let index: Index = serde_json::from_str("{\"site\":\"a\",\"bits\":4,\"horizon\":1}").expect("an index");
    if let Ok(reader) = Reader::new(&code.text(), &index, |_| Some(bytes.to_vec())) {
        let _ = reader.open(text);
    }
});

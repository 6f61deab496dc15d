use super::Random;
use crate::sealed::object::header;
use crate::sealed::{
    ContentKey, FORMAT, Grant, Keyring, MasterKey, Member, ObjectKey, Refused, Secret, Shards, find, shards,
};

/// A sealed file of each kind, with its key.
fn files() -> [(&'static str, ObjectKey, Vec<u8>); 4] {
    let master = MasterKey::from_bytes([3; 32]);
    let report = master.content_root("briefing", 1).report("MX-1", 1);
    let code = master.codes_root("briefing", 1).code("s-17", 1);
    let keys = [
        ("a body", report.body()),
        ("a picture", report.file("a.png")),
        ("a file of the search", ObjectKey::search("briefing", &Secret::new([9; 16]), "v")),
        ("a keyring", code.keyring_key()),
    ];
    keys.map(|(name, key)| {
        let file = key.seal(&["1"], b"The reform stays in force.").expect("a short text");
        (name, key, file)
    })
}

#[test]
fn every_flip_of_a_bit_is_refused() {
    for (name, key, file) in files() {
        for place in 0..file.len() {
            for bit in 0..8 {
                let mut damaged = file.clone();
                damaged[place] ^= 1 << bit;
                let refused = key.open(&["1"], &damaged).expect_err(name);
                let expect: &[Refused] = match place {
                    0..3 => &[Refused::NotSealed],
                    3 if damaged[3] == 0 => &[Refused::NotSealed],
                    3 => &[Refused::Newer(damaged[3])],
                    4 => &[Refused::OtherKind],
                    _ => &[Refused::Damaged],
                };
                assert!(expect.contains(&refused), "{name}, byte {place}: {refused:?}");
            }
        }
    }
}

#[test]
fn every_truncation_and_addition_is_refused() {
    for (name, key, file) in files() {
        for length in 0..file.len() {
            let expect = if length < 5 { Refused::NotSealed } else { Refused::Damaged };
            assert_eq!(key.open(&["1"], &file[..length]), Err(expect), "{name}, {length} bytes");
        }
        for more in [&b"\0"[..], b"\n", &file] {
            assert_eq!(key.open(&["1"], &[&file, more].concat()), Err(Refused::Damaged), "{name} and more");
        }
        assert_eq!(key.open(&["1"], b"<!doctype html><title>404</title>"), Err(Refused::NotSealed));
    }
}

#[test]
fn what_is_sealed_for_one_purpose_opens_for_no_other() {
    let master = MasterKey::from_bytes([3; 32]);
    let other = MasterKey::from_bytes([4; 32]);
    let root = master.content_root("briefing", 1);
    let keys = [
        root.report("MX-1", 1).body(),
        root.report("MX-1", 2).body(),
        root.report("MX-2", 1).body(),
        root.report("MX-1", 1).file("a.png"),
        root.report("MX-1", 1).file("b.png"),
        master.content_root("briefing", 2).report("MX-1", 1).body(),
        master.content_root("another", 1).report("MX-1", 1).body(),
        other.content_root("briefing", 1).report("MX-1", 1).body(),
        ObjectKey::search("briefing", &Secret::new([9; 16]), "v"),
        ObjectKey::search("briefing", &Secret::new([9; 16]), "p"),
        master.codes_root("briefing", 1).code("s-17", 1).keyring_key(),
        master.codes_root("briefing", 1).code("s-18", 1).keyring_key(),
    ];
    let sealed = keys.clone().map(|key| key.seal(&["1"], b"text").expect("a short text"));
    for (n, key) in keys.iter().enumerate() {
        for (m, file) in sealed.iter().enumerate() {
            assert_eq!(key.open(&["1"], file).is_ok(), n == m, "{n} {m}");
        }
        assert_eq!(key.open(&["2"], &sealed[n]), Err(Refused::Damaged), "what is vouched for");
        assert_eq!(key.open(&[], &sealed[n]), Err(Refused::Damaged), "what is vouched for");
    }
}

/// A header that says another kind or version does not make a file one of these.
#[test]
fn the_header_is_vouched_for() {
    let [(_, body, sealed), (_, picture, _), ..] = files();
    let mut dressed = sealed.clone();
    dressed[4] = b'f';
    assert_eq!(picture.open(&["1"], &dressed), Err(Refused::Damaged));
    assert_eq!(header(&sealed).expect("a header").0, b'b');
    let mut later = sealed;
    later[3] = FORMAT + 1;
    assert_eq!(body.open(&["1"], &later), Err(Refused::Newer(2)));
    assert!(Refused::Newer(2).to_string().contains("version 2"));
}

#[test]
fn every_flip_and_truncation_of_a_wrap_is_refused() {
    let master = MasterKey::from_bytes([3; 32]);
    let root = master.content_root("briefing", 1);
    let content = root.report("MX-1", 1);
    let day = root.tree("all").day(20_000).expect("a day");
    let gift = master.codes_root("briefing", 1).gift("MX-1", 1, 20_000, "");
    let page = content.opening();
    type Open<'a> = &'a dyn Fn(&[u8]) -> Result<ContentKey, Refused>;
    let ways: [(Vec<u8>, Open<'_>); 2] = [
        (content.wrap(&day).to_vec(), &|wrapped| ContentKey::unwrap(&page, &day, wrapped)),
        (gift.wrap(&content).to_vec(), &|wrapped| gift.unwrap(&page, wrapped)),
    ];
    for (wrapped, open) in ways {
        assert!(open(&wrapped).is_ok());
        for place in 0..wrapped.len() * 8 {
            let mut damaged = wrapped.clone();
            damaged[place / 8] ^= 1 << (place % 8);
            assert_eq!(open(&damaged).err(), Some(Refused::Damaged));
            assert_eq!(open(&wrapped[..place / 8]).err(), Some(Refused::Damaged));
        }
    }
}

#[test]
fn every_flip_and_truncation_of_a_shard_is_refused() {
    let master = MasterKey::from_bytes([3; 32]);
    let root = master.codes_root("briefing", 1);
    let code = root.code("s-17", 1);
    let tree = master.content_root("briefing", 1).tree("all");
    let grants = vec![Grant { plan: "all".into(), nodes: tree.part(&[(1, 100)]).held().to_vec() }];
    let Shards { files, .. } =
        shards(&root, 1, 100, vec![Member { code: &code, ends: 90, grants }]).expect("one shard");
    let [(_, shard)] = &files[..] else { panic!("one shard") };
    assert!(find(shard, &code.lookup()).expect("a shard").is_some());
    for place in 0..shard.len() {
        let mut damaged = shard.clone();
        damaged[place] ^= 1 << (place % 8);
        assert!(find(&damaged, &code.lookup()).is_err(), "byte {place}");
        assert!(find(&shard[..place], &code.lookup()).is_err(), "{place} bytes");
    }
}

#[test]
fn no_bytes_make_a_reader_of_keyrings_fall() {
    let random = &mut Random(11);
    let tree = MasterKey::from_bytes([3; 32]).content_root("briefing", 1).tree("all");
    let grant = |plan: &str| Grant { plan: plan.into(), nodes: tree.part(&[(1, 2000)]).held().to_vec() };
    let keyring = Keyring { generation: 1, horizon: 100, ends: 90, grants: vec![grant("all"), grant("mexico")] };
    let bytes = keyring.to_bytes().expect("a small keyring");
    for length in 0..bytes.len() {
        assert_eq!(Keyring::from_bytes(&bytes[..length]).err(), Some(Refused::Damaged));
    }
    assert_eq!(Keyring::from_bytes(&[&bytes[..], b"\0"].concat()).err(), Some(Refused::Damaged));
    for _ in 0..2000 {
        let mut other = bytes.to_vec();
        let place = random.below(other.len());
        other[place] = random.next() as u8;
        _ = Keyring::from_bytes(&other);
    }
    let mut later = bytes.to_vec();
    later[0] = 2;
    assert_eq!(Keyring::from_bytes(&later).err(), Some(Refused::Newer(2)));
}

use std::collections::{BTreeMap, BTreeSet};

use crate::sealed::{
    Code, CodesRoot, ContentRoot, Day, Grant, MasterKey, Member, Refused, Shards, Tree, find, name_of, shards,
};

const HORIZON: Day = 20_007;

/// A code, the last day, and the days that may be read.
type Subscriber = (Code, Day, Vec<(Day, Day)>);

struct Site {
    codes: CodesRoot,
    content: ContentRoot,
    subscribers: Vec<Subscriber>,
}

impl Site {
    fn new(count: usize) -> Site {
        let master = MasterKey::from_bytes([5; 32]);
        let codes = master.codes_root("briefing", 1);
        let subscribers = (0..count)
            .map(|n| (codes.code(&format!("s-{n}"), 1), HORIZON, vec![(18_000 + n as Day % 1826, HORIZON)]))
            .collect();
        Site { codes, content: master.content_root("briefing", 1), subscribers }
    }

    fn shards(&self, horizon: Day) -> Shards {
        let tree = self.content.tree("all");
        let members = self.subscribers.iter().map(|(code, ends, spans)| Member {
            code,
            ends: *ends,
            grants: vec![Grant { plan: "all".into(), nodes: tree.part(spans).held().to_vec() }],
        });
        shards(&self.codes, 1, horizon, members.collect()).expect("small keyrings")
    }
}

fn changed(before: &Shards, after: &Shards) -> usize {
    assert_eq!(before.bits, after.bits);
    before.files.iter().zip(&after.files).filter(|(a, b)| a != b).count()
}

fn open(shards: &Shards, code: &Code) -> Option<crate::sealed::Keyring> {
    let files: BTreeMap<&str, &[u8]> =
        shards.files.iter().map(|(name, file)| (name.as_str(), file.as_slice())).collect();
    let shard = files[name_of(&code.lookup(), shards.bits).as_str()];
    find(shard, &code.lookup()).expect("a whole shard").map(|sealed| code.keyring(sealed).expect("a keyring"))
}

#[test]
fn every_subscriber_finds_what_they_hold_and_nobody_else() {
    for count in [0, 1, 2, 40, 300] {
        let site = Site::new(count);
        let shards = site.shards(HORIZON);
        assert_eq!(shards.files.len(), 1 << shards.bits);
        for (code, ends, spans) in &site.subscribers {
            let keyring = open(&shards, code).expect("known");
            assert_eq!((keyring.generation, keyring.horizon, keyring.ends), (1, HORIZON, *ends));
            let held = Tree::new("briefing", keyring.grants[0].nodes.clone());
            assert_eq!(keyring.grants[0].plan, "all");
            let key = |tree: &Tree, day| tree.day(day).map(|key| *key.bytes());
            assert_eq!(key(&held, spans[0].0), key(&site.content.tree("all"), spans[0].0));
            assert_eq!(key(&held, spans[0].0 - 1), None);
            assert_eq!(key(&held, HORIZON + 1), None);
        }
        assert!(open(&shards, &site.codes.code("nobody", 1)).is_none());
        assert!(open(&shards, &site.codes.code("s-0", 2)).is_none());
    }
}

#[test]
fn a_keyring_is_not_opened_by_another_code() {
    let site = Site::new(2);
    let shards = site.shards(HORIZON);
    let [(one, ..), (other, ..)] = &site.subscribers[..] else { panic!("two") };
    let sealed = find(&shards.files[0].1, &one.lookup()).expect("a shard").expect("an entry");
    assert_eq!(other.keyring(sealed).err(), Some(Refused::Damaged));
}

#[test]
fn shards_look_alike() {
    let shards = Site::new(300).shards(HORIZON);
    let lengths: BTreeSet<usize> = shards.files.iter().map(|(_, file)| file.len()).collect();
    assert_eq!(lengths.len(), 1, "{lengths:?}");
    assert!(lengths.iter().all(|length| (4 << 10..20 << 10).contains(length)), "{lengths:?}");
    for (name, file) in &shards.files {
        let length = usize::from(u16::from_be_bytes([file[13], file[14]]));
        let entries: Vec<&[u8]> = file[15..].chunks(length).collect();
        assert!(entries.windows(2).all(|pair| pair[0] < pair[1]), "in the order of lookup ids");
        for entry in entries {
            assert_eq!(name_of(entry[..16].try_into().expect("an id"), shards.bits), *name);
            assert_eq!(&entry[16..21], b"BPS\x01k");
        }
    }
}

#[test]
fn a_subscriber_who_changes_changes_one_shard() {
    let mut site = Site::new(300);
    let before = site.shards(HORIZON);
    assert!(before.bits > 3);
    assert_eq!(changed(&before, &site.shards(HORIZON)), 0, "the same again");
    site.subscribers[17].1 = 19_000;
    site.subscribers[17].2.clear();
    let ended = site.shards(HORIZON);
    assert_eq!(changed(&before, &ended), 1, "one who ends");
    let keyring = open(&ended, &site.subscribers[17].0).expect("an entry that says so");
    assert_eq!((keyring.ends, keyring.grants[0].nodes.len()), (19_000, 0));
    site.subscribers.remove(100);
    let gone = site.shards(HORIZON);
    assert_eq!(changed(&ended, &gone), 1, "one who is deleted");
    site.subscribers.push((site.codes.code("new", 1), HORIZON, vec![(19_990, HORIZON)]));
    assert_eq!(changed(&gone, &site.shards(HORIZON)), 1, "one who joins");
    site.subscribers.reverse();
    assert_eq!(changed(&site.shards(HORIZON), &Site { ..site }.shards(HORIZON)), 0, "whatever their order");
}

/// When all keyrings change, decoys change with them: what stays would be known for one.
#[test]
fn decoys_change_when_keyrings_do() {
    let mut site = Site::new(40);
    site.subscribers[3].2.clear();
    let entries = |shards: &Shards| -> BTreeSet<Vec<u8>> {
        let length = |file: &[u8]| usize::from(u16::from_be_bytes([file[13], file[14]]));
        let entries = shards.files.iter().flat_map(|(_, file)| file[15..].chunks(length(file)));
        entries.map(|entry| entry[16..].to_vec()).collect()
    };
    let (before, after) = (site.shards(HORIZON), site.shards(HORIZON + 8));
    assert!(entries(&before).len() > 40);
    assert!(entries(&before).iter().all(|entry| !after.files.iter().any(|(_, file)| contains(file, &entry[5..]))));
}

fn contains(file: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(file, part).is_some()
}

/// Five thousand subscribers of five years: all keyrings are below 8 MB, one shard below 20 KB.
#[test]
fn five_thousand_keyrings_are_small() {
    let shards = Site::new(5000).shards(HORIZON);
    let total: usize = shards.files.iter().map(|(_, file)| file.len()).sum();
    assert!(total <= 8_000_000 && shards.files[0].1.len() < 20_000);
}

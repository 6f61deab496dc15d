//! Vectors of every derivation and every kind of file, for readers in other languages and for later versions: what they hold
//! has to open for ever. `UPDATE_VECTORS=1` writes them anew; a change of one is a new version of the format.

use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::{Value, json};

use super::Random;
use crate::sealed::object::padded;
use crate::sealed::{
    Code, ContentKey, ContentRoot, DayKey, Grant, Held, Keyring, MasterKey, Member, Node, ObjectKey, Opening, Secret,
    Tree, cover, find, info, name_of, shards, span_key,
};

const PATH: &str = "tests/vectors/sealed-1.json";
const SITE: &str = "the-briefing";
/// Typed with a combining accent, as some keyboards do.
const PLANS: [&str; 2] = ["all", "ame\u{301}rica"];
const REPORT: &str = "MX-2025-031";
const DAY: u16 = 20_339;
const HORIZON: u16 = 20_487;

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn base64(bytes: &[u8]) -> String {
    BASE64_STANDARD.encode(bytes)
}

fn master() -> MasterKey {
    MasterKey::from_bytes(*b"an example key, not to be used!!")
}

fn derived<const N: usize>(from: &Secret<32>, purpose: &[u8]) -> Secret<N> {
    from.derive(purpose)
}

fn infos() -> Value {
    let lists: [&[&str]; 6] = [
        &["node", SITE, "0"],
        &["body", SITE],
        &["file", SITE, ""],
        &["report", SITE, "Cafe\u{301}", "1"],
        &["report", SITE, "Caf\u{e9}", "1"],
        &["file", "\u{645}\u{648}\u{62c}\u{632}", "\u{1f5fa}.png"],
    ];
    lists.iter().map(|texts| json!({"texts": texts, "bytes": hex(&info(texts[0], texts[1], &texts[2..]))})).collect()
}

fn content(generation: u32) -> ContentRoot {
    master().content_root(SITE, generation)
}

fn roots() -> Value {
    let both = |generation: u32| {
        let codes = master().codes_root(SITE, generation);
        json!({"generation": generation, "content": hex(content(generation).key.bytes()), "codes": hex(codes.key.bytes())})
    };
    [1, 2].map(both).into()
}

fn tree(plan: &str) -> Value {
    let tree = content(1).tree(plan);
    let nodes = cover(&[(DAY - 100, HORIZON)]);
    let held = tree.keys(&nodes);
    let days = [0, 1, DAY - 101, DAY - 100, DAY, HORIZON, HORIZON + 1, 65_535];
    let key = |day: u16| json!({"day": day, "key": hex(tree.day(day).expect("a day").bytes())});
    json!({
        "plan": plan,
        "root": hex(tree.held()[0].key.bytes()),
        "from": DAY - 100,
        "until": HORIZON,
        "nodes": held.iter().map(|(node, key)| json!({"number": node.number(), "key": hex(key.bytes())})).collect::<Value>(),
        "days": days.iter().copied().map(key).collect::<Value>(),
    })
}

/// Keys of spans of days: of some below what a subscriber holds, and of all that they hold.
fn span(from: u16, until: u16) -> Value {
    let keys = content(1).tree(PLANS[0]).keys(&cover(&[(from, until)]));
    json!({
        "plan": PLANS[0],
        "from": from,
        "until": until,
        "nodes": keys.keys().map(|node| node.number()).collect::<Value>(),
        "key": hex(span_key(SITE, keys.values()).bytes()),
    })
}

/// What is typed, and what is read in it.
fn codes() -> (Value, Value) {
    let codes = master().codes_root(SITE, 1);
    let made = [
        (codes.code("s-17", 1), vec!["code", SITE, "s-17", "1"]),
        (codes.code("s-17", 2), vec!["code", SITE, "s-17", "2"]),
        (codes.gift(REPORT, 1, HORIZON, "the ministry"), vec!["gift", SITE, REPORT, "1", "20487", "the ministry"]),
    ];
    let told = |(code, texts): &(Code, Vec<&str>)| {
        let text = code.text();
        let bits: Secret<16> = derived(&codes.key, &info(texts[0], texts[1], &texts[2..]));
        let plain = text.replace('-', "");
        json!({
            "made_from": texts,
            "text": *text,
            "bits": hex(bits.bytes()),
            "lookup": hex(&code.lookup()),
            "gift": texts[0] == "gift",
            "typed": [
                text.to_lowercase(),
                plain.replace('0', "o").replace('1', "l"),
                format!("\u{feff} {}\u{a0}\n", text.replace('-', "\u{2011}\u{ad}\u{200b}\u{85}")),
                format!("\u{2067}\u{202a}{}\u{202c}\u{2069}", text.replace('-', " \u{2013} ")),
            ],
        })
    };
    let text = made[0].0.text();
    let gift = made[2].0.text();
    let refused = [
        String::new(),
        text[..33].to_owned(),
        format!("{}0", *text),
        format!("{}0", *gift),
        gift[..38].to_owned(),
        gift.replace("GIFT-", ""),
        format!("GIFT-{}", *text),
        text.replacen('-', "U", 1),
        text.replacen('-', "\u{131}", 1),
        text.replacen('-', "\u{ff11}", 1),
        format!("{}\u{1f5fa}", *text),
        text.chars().rev().collect(),
    ];
    let refused = refused.map(|text| {
        let error = Code::parse(SITE, &text).expect_err("no code");
        json!({"text": text, "error": error.key()})
    });
    (made.iter().map(told).collect(), refused.into())
}

/// A sealed file with all that leads to it.
fn object(kind: &str, key: &ObjectKey, parent: &[u8], fields: &[&str], vouched: &[&str], text: &[u8]) -> Value {
    let file = key.seal(vouched, text).expect("a short text");
    let half = |label: &str| {
        let purpose = info(label, SITE, fields);
        let bytes: Secret<32> = match parent.len() {
            16 => Secret::<16>::from_slice(parent).expect("16 bytes").derive(&purpose),
            _ => Secret::<32>::from_slice(parent).expect("32 bytes").derive(&purpose),
        };
        hex(bytes.bytes())
    };
    json!({
        "kind": kind,
        "parent": hex(parent),
        "fields": fields,
        "vouched": vouched,
        "cipher": half(kind),
        "nonce": half(&format!("{kind} nonce")),
        "text": base64(text),
        "file": base64(&file),
    })
}

fn body() -> String {
    let paragraph = "<p>The reform stays in force; <em>la r\u{e9}forme</em> reste en vigueur.</p>\n".repeat(40);
    json!({
        "html": format!("<article class=\"report\" data-sealed><h2 id=\"what\">What happened</h2>\n{paragraph}<p><img src=\"chart.png\" alt=\"A chart\"> <a href=\"table.csv\">The table</a></p></article>"),
        "files": {"chart.png": ["0a1b2c3d.bps", "image/png"], "table.csv": ["4e5f6071.bps", "text/csv"]},
    })
    .to_string()
}

fn report(id: &str, seal: u32) -> Value {
    let key = content(1).report(id, seal);
    let bytes: Secret<32> = derived(&content(1).key, &info("report", SITE, &[id, &seal.to_string()]));
    let wraps = PLANS.map(|plan| {
        let day = content(1).tree(plan).day(DAY).expect("a day");
        json!({"plan": plan, "day": DAY, "key": hex(day.bytes()), "wrapped": base64(&key.wrap(&day))})
    });
    let gift = master().codes_root(SITE, 1).gift(id, seal, HORIZON, "the ministry");
    json!({
        "report": id,
        "seal": seal,
        "generation": 1,
        "key": hex(bytes.bytes()),
        "wraps": wraps,
        "gifts": [{"code": *gift.text(), "lookup": hex(&gift.lookup()), "wrapped": base64(&gift.wrap(&key))}],
        "body": base64(&key.body().seal(&[], body().as_bytes()).expect("a short text")),
        "files": {
            "chart.png": base64(&key.file("chart.png").seal(&[], &picture()).expect("a short text")),
            "table.csv": base64(&key.file("table.csv").seal(&[], b"year,rate\n1994,5.3\n").expect("a short text")),
        },
    })
}

/// The smallest picture there is: one dot of PNG.
fn picture() -> Vec<u8> {
    BASE64_STANDARD
        .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYAAAAAYAAjCB0C8AAAAASUVORK5CYII=")
        .expect("base 64")
}

fn objects() -> Value {
    let report: Secret<32> = derived(&content(1).key, &info("report", SITE, &[REPORT, "1"]));
    let key = content(1).report(REPORT, 1);
    let day = content(1).tree("all").day(DAY).expect("a day");
    let code = master().codes_root(SITE, 1).code("s-17", 1);
    let bits: Secret<16> = derived(&master().codes_root(SITE, 1).key, &info("code", SITE, &["s-17", "1"]));
    let noise = Random(1).bytes(5000);
    [
        object("body", &key.body(), report.bytes(), &[], &[], b""),
        object("body", &key.body(), report.bytes(), &[], &["2", "Cafe\u{301}"], b"The reform stays in force."),
        object("file", &key.file("a b/\u{e9}.pdf"), report.bytes(), &["a b/\u{e9}.pdf"], &[], &noise),
        object("file", &key.file("zeros"), report.bytes(), &["zeros"], &[], &[0; 3000]),
        object("search", &ObjectKey::search(SITE, &day, "v/12"), day.bytes(), &["v/12"], &[], b"bpv\x01 words"),
        object(
            "keyring",
            &code.keyring_key(),
            bits.bytes(),
            &[],
            &[&hex(&code.lookup())],
            &keyring().to_bytes().expect("small"),
        ),
    ]
    .into_iter()
    .collect()
}

fn grants(until: u16) -> Vec<Grant> {
    let part = |plan: &str, from: u16| content(1).tree(plan).part(&[(from, until)]).held().to_vec();
    vec![
        Grant { plan: PLANS[0].into(), nodes: part(PLANS[0], DAY - 100) },
        Grant { plan: PLANS[1].into(), nodes: part(PLANS[1], 18_000) },
    ]
}

fn keyring() -> Keyring {
    Keyring { generation: 1, horizon: HORIZON, ends: HORIZON - 3, grants: grants(HORIZON) }
}

fn told(keyring: &Keyring) -> Value {
    let node = |held: &Held| json!({"number": held.node.number(), "key": hex(held.key.bytes())});
    let grant = |grant: &Grant| json!({"plan": grant.plan, "nodes": grant.nodes.iter().map(node).collect::<Value>()});
    json!({
        "generation": keyring.generation,
        "horizon": keyring.horizon,
        "ends": keyring.ends,
        "grants": keyring.grants.iter().map(grant).collect::<Value>(),
    })
}

/// Forty subscribers in four shards, of which one is kept: it has a subscriber with two plans, others and decoys.
fn shard() -> Value {
    let root = master().codes_root(SITE, 1);
    let codes: Vec<Code> = (1..41).map(|n| root.code(&format!("s-{n}"), 1)).collect();
    let members = codes.iter().map(|code| Member { code, ends: HORIZON - 3, grants: grants(HORIZON) });
    let made = shards(&root, 1, HORIZON, members.collect()).expect("small keyrings");
    let own = &codes[16];
    let name = name_of(&own.lookup(), made.bits);
    let (_, file) = made.files.iter().find(|(other, _)| *other == name).expect("a shard");
    let there = codes.iter().filter(|code| name_of(&code.lookup(), made.bits) == name);
    let opened = own.keyring(find(file, &own.lookup()).expect("a shard").expect("an entry")).expect("a keyring");
    let named = codes.iter().map(|code| json!([hex(&code.lookup()), name_of(&code.lookup(), made.bits)]));
    json!({
        "bits": made.bits,
        "name": name,
        "file": base64(file),
        "code": *own.text(),
        "keyring": told(&opened),
        "there": there.map(|code| hex(&code.lookup())).collect::<Value>(),
        "names": named.collect::<Value>(),
        "missing": *root.code("nobody", 1).text(),
    })
}

fn vectors() -> Value {
    let (codes, refused) = codes();
    let lengths = [0, 1, 2, 7, 8, 9, 1024, 1025, 4097, 70_000, 1_000_001, 67_108_864];
    let bytes = keyring().to_bytes().expect("a small keyring");
    json!({
        "about": "Vectors of sealed editions, version 1. Bytes are hexadecimal; texts and files of sealed objects are base 64.",
        "site": SITE,
        "master": {"text": *master().to_text(), "bytes": hex(b"an example key, not to be used!!")},
        "info": infos(),
        "roots": roots(),
        "trees": PLANS.map(tree),
        "spans": [span(DAY, DAY), span(DAY - 50, DAY + 3), span(DAY - 100, HORIZON), span(DAY - 101, HORIZON)],
        "codes": codes,
        "refused_codes": refused,
        "padded": lengths.map(|length| json!([length, padded(length)])),
        "objects": objects(),
        "reports": [report(REPORT, 1), report(REPORT, 2), report("Cafe\u{301} 7", 1)],
        "keyring": {"bytes": hex(&bytes), "told": told(&keyring())},
        "shard": shard(),
    })
}

/// Lines that can be compared: objects open to the depth of a vector, which is one line.
fn lines(vectors: &Value) -> String {
    let of = |(name, value): (&String, &Value)| match value {
        Value::Array(list) => {
            let list: Vec<String> = list.iter().map(|value| format!("    {value}")).collect();
            format!("  {name:?}: [\n{}\n  ]", list.join(",\n"))
        }
        other => format!("  {name:?}: {other}"),
    };
    let all: Vec<String> = vectors.as_object().expect("an object").iter().map(of).collect();
    format!("{{\n{}\n}}\n", all.join(",\n"))
}

/// The same without sealed files, of which it is told that they are there: how a text is pressed is the business of the library that
/// does so. That the frozen ones open is another test.
fn without_files(value: &mut Value) {
    match value {
        Value::String(text) if BASE64_STANDARD.decode(&*text).is_ok_and(|bytes| bytes.starts_with(b"BPS")) => {
            *text = "sealed".to_owned();
        }
        Value::Array(items) => items.iter_mut().for_each(without_files),
        Value::Object(entries) => entries.values_mut().for_each(without_files),
        _ => {}
    }
}

#[test]
fn vectors_are_as_they_were() {
    let mut made = vectors();
    if std::env::var_os("UPDATE_VECTORS").is_some() {
        std::fs::create_dir_all("tests/vectors").expect("a folder");
        std::fs::write(PATH, lines(&made)).expect("written");
    }
    let mut frozen: Value = serde_json::from_str(&std::fs::read_to_string(PATH).expect(PATH)).expect("JSON");
    without_files(&mut made);
    without_files(&mut frozen);
    let (made, frozen) = (lines(&made), lines(&frozen));
    for (made, frozen) in made.lines().zip(frozen.lines()) {
        assert_eq!(made, frozen, "UPDATE_VECTORS=1 writes them anew, which is a new version of the format");
    }
    assert_eq!(made.lines().count(), frozen.lines().count());
}

/// What is frozen opens: nothing but its own text goes into this.
#[test]
fn frozen_files_open() {
    let frozen: Value = serde_json::from_str(&std::fs::read_to_string(PATH).expect(PATH)).expect("JSON");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let bytes = |value: &Value| BASE64_STANDARD.decode(text(value)).expect("base 64");
    let list = |value: &Value| value.as_array().expect("a list").clone();
    let site = text(&frozen["site"]);
    for report in list(&frozen["reports"]) {
        let id = text(&report["report"]);
        let page = Opening {
            site: &site,
            report: &id,
            seal: report["seal"].as_u64().expect("a number") as u32,
            generation: 1,
        };
        let mut keys: Vec<ContentKey> = Vec::new();
        for wrap in list(&report["wraps"]) {
            let key = text(&wrap["key"]);
            let key: Vec<u8> =
                (0..16).map(|n| u8::from_str_radix(&key[2 * n..2 * n + 2], 16).expect("hexadecimal")).collect();
            let day = DayKey::from_slice(&key).expect("a day's key");
            let tree = Tree::new(&site, vec![Held { node: Node::of(DAY), key: day.clone() }]);
            assert_eq!(tree.day(DAY).expect("held").bytes(), day.bytes());
            keys.push(ContentKey::unwrap(&page, &day, &bytes(&wrap["wrapped"])).expect("a wrap"));
        }
        for gift in list(&report["gifts"]) {
            let code = Code::parse(&site, &text(&gift["code"])).expect("a code");
            assert_eq!(hex(&code.lookup()), text(&gift["lookup"]));
            keys.push(code.unwrap(&page, &bytes(&gift["wrapped"])).expect("a gift"));
        }
        for key in keys {
            let opened = key.body().open(&[], &bytes(&report["body"])).expect("a body");
            assert_eq!(String::from_utf8(opened).expect("text"), body());
            assert_eq!(
                key.file("chart.png").open(&[], &bytes(&report["files"]["chart.png"])).expect("a file"),
                picture()
            );
        }
    }
    let shard = &frozen["shard"];
    let code = Code::parse(&site, &text(&shard["code"])).expect("a code");
    let file = bytes(&shard["file"]);
    let sealed = find(&file, &code.lookup()).expect("a shard").expect("an entry");
    assert_eq!(told(&code.keyring(sealed).expect("a keyring")), shard["keyring"]);
}

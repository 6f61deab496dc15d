// The search, as src/search does it. The format of the index is in the guide on search. The first half needs no page.

const FORMAT = 1;
const FACETS = ["country", "region", "topic", "author", "kind", "series"];
const OPERATORS = [...FACETS, "year", "access", "after", "before"];
const ACCESS = ["public", "sample", "subscribers"];

// Rows and pages of the site's own; a policy may demand that this is said (Trusted Types).
const policy = globalThis.trustedTypes?.createPolicy("briefpress-search", { createHTML: (html) => html });
const trusted = (html) => (policy ? policy.createHTML(html) : html);

/** Why a search failed: `broken`, `outdated` or `old`. */
export class Failure extends Error {}

// Words.

const LETTER = "\\p{Alphabetic}\\p{N}";
const WORD = new RegExp(`[${LETTER}\\p{M}]+`, "gu");
const INITIALS = new RegExp(`(?<![${LETTER}\\p{M}])(?:\\p{Alphabetic}\\.){2,}`, "gu");
const UNSPACED = "\\u3005\\u3041-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUNS = new RegExp(`[${UNSPACED}]+|[^${UNSPACED}]+`, "gu");
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, "u");
const PLAIN = { ø: "o", ł: "l", đ: "d", ð: "d", ı: "i", ς: "σ", ß: "ss", æ: "ae", œ: "oe", þ: "th", ٱ: "ا", ى: "ي", ة: "ه", ـ: "" };
const SPECIAL = new RegExp(`[${Object.keys(PLAIN).join("")}٠-٩۰-۹]`, "gu");

function fold(word) {
  const digit = (c) => c.charCodeAt(0) & 15;
  return word.normalize("NFKD").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "")
    .replace(SPECIAL, (c) => PLAIN[c] ?? digit(c))
    .replace(/[^\p{Alphabetic}\p{N}]/gu, "").normalize("NFC");
}

function parts(word) {
  if (/^[\x00-\x7f]*$/.test(word)) return [word.toLowerCase()];
  return (fold(word).match(RUNS) ?? []).flatMap((run) => {
    const letters = [...run];
    if (!IS_UNSPACED.test(run) || letters.length === 1) return [run];
    return letters.slice(1).map((letter, index) => letters[index] + letter);
  });
}

export const forms = (text) =>
  (text.replace(INITIALS, (found) => found.replaceAll(".", "")).match(WORD) ?? []).flatMap(parts);

const withoutArticle = (word) => word.replace(/^(?:[وبكف]?ال|لل)(?=.{3})/u, "");

// Queries.

const QUOTES = '"“”«»';
const PIECE = new RegExp(`^(-(?=.))?(?:(${OPERATORS.join("|")}):(?:[${QUOTES}]([^${QUOTES}]*)(?:[${QUOTES}]+|$)|(\\S+))|[${QUOTES}]([^${QUOTES}]*)(?:[${QUOTES}]+|$)|([^\\s${QUOTES}]+))\\s*`, "isu");

export function parse(text) {
  const query = { words: [], phrases: [], without: [], filters: [], odd: [] };
  let rest = text.trimStart();
  while (rest) {
    const found = PIECE.exec(rest);
    if (!found) { rest = rest.slice(1).trimStart(); continue; }
    const [whole, not, name, quoted, bare, phrase, typed] = found;
    rest = rest.slice(whole.length);
    if (name) operator(query, name.toLowerCase(), (quoted ?? bare).trim(), !!not);
    else if (typed === undefined) {
      const words = forms(phrase);
      if (words.length) query.phrases.push([words, !!not]);
    } else chunk(query, typed, !!not, !rest && whole.endsWith(typed));
  }
  query.words.splice(24);
  return query;
}

function operator(query, name, value, not) {
  if (name !== "after" && name !== "before") return query.filters.push([name, value, not]);
  const day = dayOf(value);
  if (day === null) query.odd.push([name, value]);
  else query[name] = day;
}

function chunk(query, typed, not, last) {
  const found = forms(typed);
  if (not) return query.without.push(...found);
  const joined = found.length > 1 && /[0-9]/.test(typed) ? found.join("") : null;
  found.forEach((form, index) => query.words.push({ form, typed, joined, open: last && index + 1 === found.length }));
}

function dayOf(text) {
  const found = /^(\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/.exec(text);
  if (!found) return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 1), Number(found[3] ?? 1)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() / 864e5 : null;
}

// Figures: the same sums in the same order as in Rust.

const WEIGHTS = [0.25];
while (WEIGHTS.length < 32) WEIGHTS.push(WEIGHTS.at(-1) * 1.22);
const RECORD = WEIGHTS[20];
const saturated = (weight) => (weight * 9) / (weight + 8);

function logarithm(x) {
  let halved = 0;
  while (x >= 2) { x /= 2; halved += 1; }
  const z = (x - 1) / (x + 1);
  let [sum, power] = [0, z];
  for (let k = 1; k < 27; k += 2) { sum += power / k; power = power * z * z; }
  return 2 * sum + halved * Math.LN2;
}
const rarity = (reports, all) => logarithm(1 + (all - reports + 0.5) / (reports + 0.5));

/** Slips between two words if there are no more than `most`; `Infinity` otherwise. */
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return Infinity;
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      let best = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) best = Math.min(best, before[j - 2] + 1);
      row.push(best);
    }
    if (Math.min(...row) > most) return Infinity;
    [before, last] = [last, row];
  }
  return last[b.length] <= most ? last[b.length] : Infinity;
}

// Files.

class Bytes {
  constructor(bytes) { this.bytes = bytes; this.at = 0; }
  get done() { return this.at >= this.bytes.length; }
  number() {
    let [number, shift, byte] = [0, 0, 0];
    do {
      byte = this.bytes[this.at++];
      number += (byte & 0x7f) * 2 ** shift;
      shift += 7;
    } while (byte >= 0x80);
    return number;
  }
  signed() { const number = this.number(); return number % 2 ? -(number + 1) / 2 : number / 2; }
  many(read = () => this.number(), count = this.number()) { return Array.from({ length: count }, read); }
  text() { return utf8.decode(this.take(this.number())); }
  take(count) { this.at += count; return this.bytes.subarray(this.at - count, this.at); }
}

const utf8 = new TextDecoder();
const together = (list, ask) => Promise.all(list.map(ask));

async function inflated(bytes) {
  if (!globalThis.DecompressionStream) throw new Failure("old");
  try {
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch { throw new Failure("broken"); }
}

async function overHttp(url, cache) {
  const answer = await fetch(url, { cache }).catch(() => null);
  if (!answer?.ok) throw new Failure("broken");
  return new Uint8Array(await answer.arrayBuffer());
}

function placeIn(list, key, value) {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (key(list[middle]) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** An index. Files are asked for when they are needed, once. */
export class Index {
  static async open(url, load = overHttp, cache = "default") {
    const index = new Index();
    index.url = new URL(url);
    index.load = load;
    index.kept = new Map();
    index.text = utf8.decode(await load(url, cache));
    try { index.contents = JSON.parse(index.text); } catch { throw new Failure("broken"); }
    if (index.contents.format !== FORMAT) throw new Failure("outdated");
    index.all = index.contents.reports;
    index.parts = index.contents.parts;
    return index;
  }

  once(key, make) {
    if (!this.kept.has(key)) {
      const made = make();
      this.kept.set(key, made);
      made.catch(() => this.kept.delete(key));
    }
    return this.kept.get(key);
  }

  file(kind, name, read, unseal) {
    return this.once(kind + name, async () => {
      const file = await this.load(new URL(unseal ? `x/${name}.bps` : `${kind}/${name}.bin`, this.url), "default");
      const bytes = await inflated(unseal ? await unseal(file, name) : file);
      if (bytes[0] !== 98 || bytes[1] !== 112 || bytes[2] !== kind.charCodeAt(0)) throw new Failure("broken");
      if (bytes[3] !== FORMAT) throw new Failure("outdated");
      return read(bytes.subarray(4));
    });
  }

  /** Adds the parts that a reader holds the keys of: `opens` gives what unseals the files of a plan and a span of days, or nothing. */
  async unseal(opens) {
    const tables = await together(this.contents.sealed ?? [], async (table) => ({ ...table, unseal: await opens(table) }));
    const held = tables.filter(({ unseal }) => unseal);
    const within = (one, other) => one !== other && (one.plan === other.plan || (other.whole && !one.whole)) && other.days[0] <= one.days[0] && one.days[1] <= other.days[1];
    const wanted = held.filter((one) => !held.some((other) => within(one, other)));
    const parts = await together(wanted, ({ file, unseal }) => this.file("t", file, (bytes) => ({ ...JSON.parse(utf8.decode(bytes)), unseal }), unseal));
    this.parts = [...this.contents.parts, ...parts];
  }

  names() {
    return this.file("t", this.contents.tables.names, (bytes) => {
      const names = JSON.parse(utf8.decode(bytes));
      names.found = new Map();
      for (const facet of FACETS) {
        names[facet].forEach((record, number) => {
          record.f = forms(record.n).join(" ");
          if (facet === "kind") return;
          // Codes count as they are typed, in capitals.
          for (const spelling of [record.f, ...(record.a ?? []), ...(record.c ?? []).map((code) => `=${code}`)]) {
            names.found.set(spelling, [...(names.found.get(spelling) ?? []), [facet, number]]);
          }
        });
      }
      return names;
    });
  }

  reports() {
    return this.file("t", this.contents.tables.reports, (content) => {
      const bytes = new Bytes(content);
      const [count, days, originals] = [bytes.number(), [], []];
      for (let report = 0, day = 0; report < count; report += 1) {
        days.push((day += bytes.signed()));
        originals.push(report);
      }
      const access = bytes.take(count);
      while (!bytes.done) originals[bytes.number()] = bytes.number();
      return { days, access, originals };
    });
  }

  column(facet) {
    return this.file("t", this.contents.tables[facet], (content) => {
      const bytes = new Bytes(content);
      return bytes.many(undefined, this.all).map((count) => bytes.many(undefined, count));
    });
  }

  async values(facet) {
    if (facet === "year") {
      const { days } = await this.reports();
      return (report) => [new Date(days[report] * 864e5).getUTCFullYear()];
    }
    if (facet === "access") {
      const { access } = await this.reports();
      return (report) => [access[report]];
    }
    const [names, own, country] = await Promise.all([this.names(), this.column(facet), facet === "region" && this.column("country")]);
    const above = (found, number) => {
      if (found.has(number)) return found;
      found.add(number);
      if (facet === "topic") (names.topic[number].u ?? []).forEach((up) => above(found, up));
      return found;
    };
    return (report) => {
      const found = own[report].reduce(above, new Set());
      if (country) country[report].forEach((number) => (names.country[number].u ?? []).forEach((up) => found.add(up)));
      return [...found];
    };
  }

  async value(facet, value) {
    if (facet === "year") return /^\d+$/.test(value) ? Number(value) : null;
    const records = (await this.names())[facet];
    const text = forms(value).join(" ");
    const fits = ({ s, c, f, a }) => s === value || c?.includes(value.toUpperCase()) || (text && (f === text || a?.includes(text)));
    const place = facet === "access" ? ACCESS.indexOf(value.toLowerCase()) : records.findIndex(fits);
    return place < 0 ? null : place;
  }

  vocabulary(part, number) {
    const [, start, name] = part.vocabulary[number];
    return this.file("v", name, (content) => {
      const bytes = new Bytes(content);
      const file = { forms: [], counts: [], groups: [], own: [], elsewhere: new Map() };
      let text = new Uint8Array();
      for (let left = bytes.number(), index = 0; index < left; index += 1) {
        const shared = text.subarray(0, bytes.number());
        const suffix = bytes.take(bytes.number());
        text = new Uint8Array([...shared, ...suffix]);
        file.forms.push(utf8.decode(text));
        file.counts.push(bytes.number());
        const own = bytes.many();
        own.forEach((group) => (file.groups[group] ??= []).push(index));
        file.own.push(own);
      }
      while (!bytes.done) {
        const group = bytes.number();
        file.elsewhere.set(group, bytes.many(() => bytes.text()));
      }
      return file;
    }, part.unseal).then((file) => ({ ...file, start }));
  }

  fileOf(part, form) {
    return Math.max(0, placeIn(part.vocabulary, ([first]) => first, form));
  }

  async entry(part, form) {
    if (!part.vocabulary.length) return null;
    const file = await this.vocabulary(part, this.fileOf(part, form));
    const index = placeIn(file.forms, (known) => known, form);
    return file.forms[index] === form ? { file, index, number: file.start + index, text: form, count: file.counts[index], factor: 1 } : null;
  }

  async ofStem(part, form) {
    const own = await this.entry(part, form);
    if (!own) return [];
    const texts = own.file.own[own.index].flatMap((group) => [
      ...own.file.groups[group].map((index) => own.file.forms[index]),
      ...(own.file.elsewhere.get(group) ?? []),
    ]);
    const mates = await together([...new Set(texts)], (text) => this.entry(part, text));
    const others = mates.filter((mate) => mate && mate.number !== own.number).sort((a, b) => a.number - b.number);
    return [own, ...others.map((mate) => ({ ...mate, factor: 0.8 }))];
  }

  async look(part, from, count, fits) {
    const numbers = part.vocabulary.map((_, number) => number).slice(from, from + count);
    const files = await together(numbers, (number) => this.vocabulary(part, number));
    const found = [];
    for (const file of files) {
      file.forms.forEach((text, index) => {
        const factor = fits(text);
        if (factor) found.push({ number: file.start + index, text, count: file.counts[index], factor });
      });
    }
    return found.sort((a, b) => b.factor - a.factor || b.count - a.count || a.number - b.number).slice(0, 8);
  }

  begun(part, word, known = [], factor = 0.5, most = Infinity) {
    const taken = new Set(known.map((form) => form.text));
    const fits = (text) => text.startsWith(word) && [...text].length <= most && !taken.has(text) && factor;
    return this.look(part, this.fileOf(part, word), 3, fits);
  }

  near(part, word) {
    const letters = [...word];
    if (letters.length < 4) return [];
    const small = part.vocabulary.length <= 6;
    const from = small ? 0 : Math.max(0, this.fileOf(part, word) - 3);
    const fits = (text) => {
      const other = [...text];
      if (!small && other[0] !== letters[0]) return 0;
      return [1, 0.4, 0.2][distance(letters, other, letters.length < 8 ? 1 : 2)] ?? 0;
    };
    return this.look(part, from, 6, fits);
  }

  async standing({ form, open }) {
    const each = (ask) => together(this.parts, ask);
    let taken = await each((part) => this.ofStem(part, form));
    const none = () => taken.every((forms) => !forms.length);
    if (none()) taken = await each((part) => this.ofStem(part, withoutArticle(form)));
    const known = !none();
    const letters = [...form].length;
    if (letters >= 2 ? open || !known : !known) {
      taken = await each(async (part, index) => [...taken[index], ...(await this.begun(part, form, taken[index]))]);
    }
    if (!none()) return taken;
    taken = await each((part) => this.near(part, form));
    // All of a word but its end: its stem, as far as can be told of a word that is not there.
    for (let cut = 1; cut <= 3 && letters >= 4 + cut; cut += 1) {
      const begin = [...form].slice(0, -cut).join("");
      const found = await each((part, index) => this.begun(part, begin, taken[index], 0.4, letters + 2));
      if (found.some((forms) => forms.length)) return taken.map((forms, index) => [...forms, ...found[index]]);
    }
    return taken;
  }

  list(part, kind, files, number) {
    const place = placeIn(files, ([start]) => start, number);
    const [start, name] = files[place];
    return this.file(kind, name, (content) => {
      const bytes = new Bytes(content);
      return bytes.many().map((length) => bytes.take(length));
    }, part.unseal).then((lists) => lists[number - start]);
  }

  async postings(part, number) {
    const bytes = new Bytes(await this.list(part, "p", part.postings, number));
    const [reports, levels] = [[], []];
    for (let next = 0; !bytes.done; next += 1) {
      const posting = bytes.number();
      next += Math.floor(posting / 32);
      reports.push(next);
      levels.push(posting % 32);
    }
    return { reports, levels };
  }

  async positions(part, number) {
    const [{ reports }, content] = await Promise.all([this.postings(part, number), this.list(part, "q", part.positions, number)]);
    const bytes = new Bytes(content);
    return new Map(reports.map((report) => {
      const places = [];
      for (let at = 0, more = 1; more;) {
        const step = bytes.number();
        at += Math.floor(step / 2);
        more = step % 2;
        places.push(at);
      }
      return [report, places];
    }));
  }

  async weighed(taken) {
    const weights = new Float64Array(this.all);
    const lists = this.parts.flatMap((part, index) => taken[index].map(async ({ number, factor }) => [factor, await this.postings(part, number)]));
    for (const [factor, { reports, levels }] of await Promise.all(lists)) {
      reports.forEach((report, index) => { weights[report] += factor * WEIGHTS[levels[index]]; });
    }
    return weights;
  }

  async holdsPhrase(words) {
    const holds = new Uint8Array(this.all);
    for (const part of this.parts) {
      const entries = await together(words, (form) => this.entry(part, form));
      if (entries.includes(null)) continue;
      const counts = entries.map(({ count }) => count);
      const rarest = counts.indexOf(Math.min(...counts));
      const asked = words.map((_, index) => index).filter((index) => index === rarest || !this.many(counts[index]));
      let starts = null;
      for (const [index, places] of await together(asked, async (index) => [index, await this.positions(part, entries[index].number)])) {
        const found = new Set();
        for (const [report, list] of places) {
          for (const at of list) {
            const key = report * 2 ** 24 + at - index;
            if (at >= index && (!starts || starts.has(key))) found.add(key);
          }
        }
        starts = found;
      }
      starts.forEach((key) => { holds[Math.floor(key / 2 ** 24)] = 1; });
    }
    return holds;
  }

  async named(words) {
    const names = await this.names();
    const found = [];
    for (let at = 0; at < words.length; at += 1) {
      for (let length = Math.min(6, words.length - at); length; length -= 1) {
        const row = words.slice(at, at + length).map(({ form }) => form).join(" ");
        const records = names.found.get(row) ?? (length === 1 && names.found.get(`=${words[at].typed}`));
        if (!records) continue;
        found.push({ at, length, records });
        at += length - 1;
        break;
      }
    }
    return found;
  }

  async search(text, { sort = "", chosen = [] } = {}) {
    const query = parse(text);
    chosen.forEach(([facet, value]) => query.filters.push([facet, value, false]));
    query.words = await this.withIds(query.words);
    const state = { scores: new Float64Array(this.all), held: new Uint32Array(this.all), allowed: new Uint8Array(this.all).fill(1), marks: new Set() };
    const [{ days, originals }] = await Promise.all([this.reports(), this.countWords(query.words, state)]);
    await this.countPhrases(query.phrases, state);
    for (const form of query.without) {
      const taken = await together(this.parts, (part) => this.ofStem(part, form));
      (await this.weighed(taken)).forEach((weight, report) => { if (weight > 0) state.allowed[report] = 0; });
    }
    days.forEach((day, report) => { if (day < (query.after ?? -Infinity) || day >= (query.before ?? Infinity)) state.allowed[report] = 0; });
    const { groups, unknown } = await this.filters(query.filters, state.allowed);
    return this.finish(query, state, groups, [...query.odd, ...unknown], originals, sort);
  }

  async withIds(words) {
    const known = await together(words, async ({ joined }) => joined && (await together(this.parts, (part) => this.entry(part, joined))).some(Boolean));
    const kept = [];
    words.forEach((word, index) => {
      if (!known[index]) kept.push(word);
      else if (kept.at(-1)?.form !== word.joined) kept.push({ ...word, form: word.joined, joined: null });
    });
    return kept;
  }

  async countWords(words, state) {
    const [standing, records] = await Promise.all([together(words, (word) => this.standing(word)), this.named(words)]);
    standing.flat(2).forEach(({ text }) => state.marks.add(text));
    // A word in more than half of many reports is passed by if there are three others.
    const common = standing.map((taken) => taken.flat().some(({ count }) => this.many(count)));
    const few = common.filter((is) => !is).length < 3;
    const taken = common.map((is) => !is || few);
    const weights = await together(standing, (forms, index) => taken[index] && this.weighed(forms));
    weights.forEach((weights, index) => weights && this.count(weights, 2 ** index, state));
    for (const { at, length, records: list } of records) {
      let bit = 0;
      for (let index = at; index < at + length; index += 1) bit |= taken[index] ? 2 ** index : 0;
      const weights = new Float64Array(this.all);
      for (const [facet, record] of list) {
        const values = await this.values(facet);
        weights.forEach((_, report) => { if (values(report).includes(record)) weights[report] = RECORD; });
      }
      const names = await this.names();
      list.forEach(([facet, record]) => names[facet][record].f.split(" ").forEach((form) => state.marks.add(form)));
      this.count(weights, bit, state);
    }
  }

  many(count) { return this.all >= 500 && count * 2 > this.all; }

  count(weights, bit, { scores, held }) {
    const rare = rarity(weights.reduce((sum, weight) => sum + (weight > 0), 0), this.all);
    weights.forEach((weight, report) => {
      if (weight <= 0) return;
      scores[report] += rare * saturated(weight);
      held[report] |= bit;
    });
  }

  async countPhrases(phrases, state) {
    for (const [words, not] of phrases) {
      const holds = await this.holdsPhrase(words);
      holds.forEach((is, report) => { if (!!is === not) state.allowed[report] = 0; });
      if (not) continue;
      for (const form of words) {
        const own = await together(this.parts, async (part) => [await this.entry(part, form)].filter(Boolean));
        state.marks.add(form);
        this.count(await this.weighed(own), 0, state);
      }
    }
  }

  async filters(filters, allowed) {
    const [groups, unknown] = [new Map(), []];
    for (const [facet, value, not] of filters) {
      const [found, values] = await Promise.all([this.value(facet, value), this.values(facet)]);
      if (found === null) unknown.push([facet, value]);
      if (!not) {
        if (!groups.has(facet)) groups.set(facet, { values, wanted: new Set() });
        groups.get(facet).wanted.add(found);
      } else if (found !== null) {
        allowed.forEach((_, report) => { if (values(report).includes(found)) allowed[report] = 0; });
      }
    }
    return { groups, unknown };
  }

  finish(query, { scores, held, allowed, marks }, groups, unknown, originals, sort) {
    const fits = ([, { values, wanted }], report) => values(report).some((value) => wanted.has(value));
    const within = (report, but) => [...groups].every((group) => group[0] === but || fits(group, report));
    const bits = (number) => { let count = 0; for (; number; number &= number - 1) count += 1; return count; };
    const open = [...allowed.keys()].filter((report) => allowed[report]);
    let found = open.filter((report) => within(report));
    const most = found.reduce((most, report) => Math.max(most, bits(held[report])), 0);
    const enough = (report) => bits(held[report]) === most && (!query.words.length || most > 0);
    found = found.filter(enough);
    const asked = query.words.length || query.phrases.length;
    found.sort(asked && sort !== "date" ? (a, b) => scores[b] - scores[a] || b - a : (a, b) => b - a);
    // Each report once, in the place of the best of its languages: as itself if it is among them.
    const once = (list) => {
      const [among, seen] = [new Set(list), new Set()];
      const first = list.filter((report) => !seen.has(originals[report]) && seen.add(originals[report]));
      return first.map((report) => (among.has(originals[report]) ? originals[report] : report));
    };
    const reports = once(found);
    const count = async (facet) => {
      // Other values of a facet that is chosen from are told as if nothing were chosen.
      const list = groups.has(facet) ? once(open.filter((report) => within(report, facet) && enough(report))) : reports;
      const values = await this.values(facet);
      const counts = new Map();
      list.forEach((report) => values(report).forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1)));
      return counts;
    };
    return { reports, words: [query.words.length, most], unknown, marks, count };
  }

  async row(report) {
    const { each, files } = this.contents.rows;
    const rows = await this.file("r", files[Math.floor(report / each)], (bytes) => JSON.parse(utf8.decode(bytes)));
    return rows[report % each];
  }

  async offers(text) {
    const typed = forms(text).join(" ");
    if (!typed) return [];
    const names = await this.names();
    const folders = { country: "countries", region: "regions", topic: "topics", author: "authors", series: "series" };
    const found = [];
    Object.entries(folders).forEach(([facet, folder], order) => names[facet].forEach((record) => {
      const rank = record.f.startsWith(typed) ? 0 : record.f.includes(` ${typed}`) ? 1 : record.a?.some((other) => other.startsWith(typed)) || record.c?.includes(text.trim()) ? 2 : 3;
      if (rank < 3) found.push({ rank, order, sort: facet, text: record.n, address: `../${folder}/${record.s}/` });
    }));
    found.sort((a, b) => a.rank - b.rank || a.order - b.order || (a.text < b.text ? -1 : 1));
    return [...(/\p{L}.*\d/u.test(text) ? await this.ids(forms(text).join("")) : []), ...found].slice(0, 8);
  }

  async ids(word) {
    const begun = (await this.begun(this.parts[0], word)).filter(({ count }) => count === 1).slice(0, 5);
    return together(begun, async ({ number, text }) => {
      const { reports: [report] } = await this.postings(this.parts[0], number);
      return { sort: "report", id: text, row: await this.row(report) };
    });
  }
}

// The page.

const element = (html) => {
  const template = document.createElement("template");
  template.innerHTML = trusted(html);
  return template.content.firstElementChild;
};
const make = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

// In a sealed edition another script knows what a reader may read (sealed.js).
const withReader = async (index) => {
  await document.briefpress?.parts(index);
  return index;
};

function opener(url) {
  let opened = null;
  return {
    get: () => (opened ??= Index.open(url).then(withReader).catch((error) => { opened = null; throw error; })),
    forget: () => { opened = null; },
    // Past the browser's memory; whether it is another one.
    async again() {
      const old = await opened?.catch(() => null);
      const fresh = await withReader(await Index.open(url, overHttp, "reload"));
      opened = Promise.resolve(fresh);
      return old?.text !== fresh.text;
    },
  };
}

/** Completes what is typed into the box of a page's head. */
export function complete(form) {
  const [input, list] = [form.querySelector("input"), form.querySelector("ul")];
  const index = opener(new URL("index.json", form.action));
  let active = -1;
  let turn = 0;
  const options = () => [...list.children];
  const show = (open) => {
    list.hidden = !open;
    input.setAttribute("aria-expanded", open);
    mark(-1);
  };
  const mark = (number) => {
    active = number;
    options().forEach((option, own) => option.setAttribute("aria-selected", own === number));
    if (number < 0) input.removeAttribute("aria-activedescendant");
    else input.setAttribute("aria-activedescendant", options()[number].id);
  };
  const option = (offer, number) => {
    let { text, address } = offer;
    if (offer.row) {
      const link = element(offer.row).querySelector("h3 a");
      [text, address] = [link.textContent, link.getAttribute("href")];
    }
    const made = make("li", { id: `_offer${number}` }, make("span", { textContent: form.dataset[offer.sort] }), make("bdi", { textContent: text }));
    made.setAttribute("role", "option");
    made.dataset.href = new URL(address, form.action);
    return made;
  };
  const type = async () => {
    const own = (turn += 1);
    const offers = await index.get().then((opened) => opened.offers(input.value)).catch(() => []);
    if (own !== turn) return;
    list.replaceChildren(...offers.map(option));
    show(offers.length > 0 && document.activeElement === input);
  };
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-controls", list.id);
  show(false);
  input.addEventListener("input", type);
  input.addEventListener("blur", () => { turn += 1; show(false); });
  // A press on the list must not take the focus from the box.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("li");
    if (chosen) location.assign(chosen.dataset.href);
  });
  input.addEventListener("keydown", (event) => {
    const count = list.hidden ? 0 : options().length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && count) mark(active < 0 ? (step > 0 ? 0 : count - 1) : (active + step + count) % count);
    else if (event.key === "Escape" && count) show(false);
    else if (event.key === "Enter" && active >= 0) location.assign(options()[active].dataset.href);
    else return;
    event.preventDefault();
  });
  if (input.value) type();
}

const SHOWN = 10;

function page(root) {
  const words = root.dataset;
  const $ = (name) => root.querySelector(`[data-${name}]`);
  const form = root.querySelector("form");
  const { q: input, sort } = form.elements;
  const index = opener(new URL("index.json", form.action));
  const number = new Intl.NumberFormat(document.documentElement.lang);
  let [turn, answer, wanted, chosen, passages] = [0, null, SHOWN, [], null];

  const address = () => {
    const asked = new URLSearchParams();
    if (input.value.trim()) asked.set("q", input.value.trim());
    chosen.forEach(([facet, value]) => asked.append(facet, value));
    if (sort.value) asked.set("sort", sort.value);
    return asked.size ? `?${asked}` : location.pathname;
  };
  const read = () => {
    const asked = new URLSearchParams(location.search);
    input.value = asked.get("q") ?? "";
    sort.value = asked.get("sort") === "date" ? "date" : "";
    chosen = [...asked].filter(([name]) => OPERATORS.slice(0, 8).includes(name));
    run();
  };
  const go = (how) => {
    const to = address();
    if (how === "push" && to !== location.search) history.pushState(null, "", to);
    else history.replaceState(null, "", to);
    run();
  };
  const tell = (text, ...more) => $("status").replaceChildren(make("p", { textContent: text }), ...more);

  async function run(again = false) {
    const own = (turn += 1);
    const asked = input.value.trim() || chosen.length;
    $("lists").hidden = asked;
    $("save").hidden = !asked;
    if (!asked) { $("results").hidden = true; return $("status").replaceChildren(); }
    const late = [[words.working, 200], [words.slow, 3000]].map(([text, time]) => setTimeout(() => own === turn && tell(text), time));
    try {
      const opened = await index.get();
      const found = await opened.search(input.value, { sort: sort.value, chosen });
      if (own !== turn) return;
      [answer, wanted] = [found, SHOWN];
      await rows(opened, own, true);
      if (own === turn) facets(opened, own);
    } catch (error) {
      if (own === turn) await failed(error, again);
    } finally {
      late.forEach(clearTimeout);
    }
  }

  // A file may be gone because the site was published anew: then the table of contents is another.
  async function failed(error, again) {
    if (!(error instanceof Failure)) console.error(error);
    const reason = error instanceof Failure ? error.message : "broken";
    if (reason === "broken" && !again && (await index.again().catch(() => false))) return run(true);
    $("results").hidden = true;
    $("lists").hidden = false;
    tell(words[reason], make("button", { type: "button", textContent: words.again, onclick: () => run() }));
  }

  async function rows(opened, own, fresh) {
    const { reports, words: [asked, held], unknown } = answer;
    const list = $("rows");
    const from = fresh ? 0 : list.children.length;
    const html = await together(reports.slice(from, wanted), (report) => opened.row(report));
    if (own !== turn) return;
    const made = html.map((row) => make("div", { className: "hit" }, element(row), make("div", { className: "passage" })));
    if (fresh) {
      passages?.disconnect();
      passages = new IntersectionObserver((seen) => seen.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => {
        passages.unobserve(target);
        passage(target, answer.marks, words);
      }), { rootMargin: "100px" });
      list.replaceChildren(...made);
      const more = unknown.map(([facet, value]) => make("p", { textContent: put(words.unknown, { facet, value }) }));
      if (held && held < asked && reports.length) more.push(make("p", { textContent: put(words.some, { held, asked }) }));
      tell(reports.length ? put(words.found, { n: number.format(reports.length) }) : words.nothing, ...more);
    } else {
      list.append(...made);
      made[0]?.querySelector("h3 a")?.focus();
    }
    made.forEach((hit) => passages.observe(hit));
    $("results").hidden = false;
    $("next").hidden = wanted >= reports.length;
  }

  function facets(opened, own) {
    $("all").hidden = !chosen.length;
    const found = answer;
    const seen = new IntersectionObserver((list) => list.filter(({ isIntersecting }) => isIntersecting).forEach(async ({ target }) => {
      seen.unobserve(target);
      const facet = target.dataset.facet;
      const choices = await facetChoices(opened, facet, found).catch(() => []);
      if (own !== turn) return;
      target.replaceChildren(target.firstElementChild, ...choices);
      target.classList.toggle("none", !choices.length);
    }));
    root.querySelectorAll("[data-facet]").forEach((facet) => {
      facet.hidden = false;
      seen.observe(facet);
    });
  }

  async function facetChoices(opened, facet, found) {
    const counts = await found.count(facet);
    const names = await opened.names();
    const on = chosen.filter(([name]) => name === facet).map(([, value]) => value);
    const describe = (value) => {
      if (facet === "year") return [String(value), String(value)];
      if (facet === "access") return [ACCESS[value], root.querySelector(`[data-access="${value}"]`).textContent];
      return [names[facet][value].s, names[facet][value].n];
    };
    const all = [...counts].map(([value, count]) => [...describe(value), count, value]);
    all.sort(facet === "year" ? (a, b) => b[3] - a[3] : (a, b) => b[2] - a[2] || (a[1] < b[1] ? -1 : 1));
    return all.map(([value, text, count]) => {
      const box = make("input", { type: "checkbox", checked: on.includes(value), onchange: () => choose(facet, value, box.checked) });
      return make("label", {}, box, make("bdi", { textContent: text }), make("span", { className: "count", textContent: number.format(count) }));
    });
  }

  const choose = (facet, value, on) => {
    chosen = chosen.filter(([name, other]) => name !== facet || other !== value);
    if (on) chosen.push([facet, value]);
    go("push");
  };

  // Searches that are kept on the device.
  const kept = () => { try { return JSON.parse(localStorage.getItem("searches")) ?? []; } catch { return []; } };
  const keep = (list) => { try { localStorage.setItem("searches", JSON.stringify(list)); } catch {} saved(); };
  const saved = () => {
    const list = kept();
    $("saved").hidden = !list.length;
    $("saved").querySelector("ul").replaceChildren(...list.map(([text, to]) => make("li", {},
      make("a", { href: to, textContent: text }),
      make("button", { type: "button", textContent: "×", ariaLabel: put(words.remove, { name: text }), onclick: () => keep(kept().filter(([, other]) => other !== to)) }),
    )));
  };
  $("save").onclick = () => {
    const text = [input.value.trim(), ...chosen.map((pair) => pair.join(":"))].filter(Boolean).join(" ");
    keep([[text, address()], ...kept().filter(([, other]) => other !== address())].slice(0, 50));
  };

  $("all").onclick = () => { chosen = []; go("push"); input.focus(); };
  $("next").onclick = async () => { wanted += SHOWN; await rows(await index.get(), turn, false).catch(failed); };
  form.addEventListener("submit", (event) => { event.preventDefault(); go("push"); });
  input.addEventListener("input", () => go("replace"));
  document.addEventListener("briefpress:reader", () => { index.forget(); run(); });
  sort.addEventListener("change", () => go("push"));
  addEventListener("popstate", read);
  root.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const links = [...$("rows").querySelectorAll("h3 a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape" && event.target !== input) input.focus();
    else if (step && at + step < 0 && at >= 0) input.focus();
    else if (step && (at >= 0 || event.target === input) && links[at + step]) links[at + step].focus();
    else return;
    event.preventDefault();
  });
  root.querySelector("details").open = matchMedia("(min-width: 60rem)").matches;
  saved();
  read();
}

async function passage(hit, marks, words) {
  const link = hit.querySelector("h3 a");
  const place = hit.querySelector(".passage");
  const html = await fetch(link.href).then((answer) => (answer.ok ? answer.text() : Promise.reject())).catch(() => null);
  if (html === null) return place.append(make("p", { textContent: words.noPassage }));
  const other = new DOMParser().parseFromString(trusted(html), "text/html");
  await document.briefpress?.open(other);
  let [best, most, heading, above] = [null, 0, null, null];
  for (const block of other.querySelectorAll(".judgments li, .body :is(h2, h3, h4, p, li, td, blockquote)")) {
    if (/^H/.test(block.tagName)) heading = block.id ? block : heading;
    const found = new Set(spans(block.textContent, marks).map(([, , form]) => form));
    if (found.size > most) [best, most, above] = [block, found.size, heading];
  }
  if (!best) return;
  const { lang, dir } = best.closest("[lang]") ?? {};
  const made = make("p", { lang, dir }, ...marked(best.textContent.replace(/\s+/g, " ").trim(), marks));
  if (above) made.append(" ", make("a", { href: `${link.href}#${above.id}`, textContent: `${words.inText}: ${above.textContent.trim()}`, className: "heading" }));
  place.append(made);
}

function spans(text, marks) {
  const found = [];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const own = parts(word);
    const hit = own.find((form) => marks.has(form));
    if (hit === undefined) continue;
    if (own.length === 1) found.push([index, index + word.length, hit]);
    else [...word].forEach((_, at, letters) => {
      const pair = letters.slice(at, at + 2).join("");
      if (marks.has(pair)) found.push([index + at, index + at + pair.length, pair]);
    });
  }
  return found;
}

/** Some 240 letters of a text around the first of its marked words. */
function marked(text, marks) {
  const found = spans(text, marks);
  const from = found.length && found[0][0] > 90 ? text.lastIndexOf(" ", found[0][0] - 60) + 1 : 0;
  const to = text.length - from > 260 ? text.lastIndexOf(" ", from + 240) : text.length;
  const pieces = [from > 0 ? "… " : ""];
  let at = from;
  for (const [start, end] of found.filter(([start, end]) => start >= from && end <= to)) {
    if (start < at) continue;
    pieces.push(text.slice(at, start), make("mark", { textContent: text.slice(start, end) }));
    at = end;
  }
  return [...pieces, text.slice(at, to), to < text.length ? " …" : ""];
}

if (globalThis.document) {
  const root = document.querySelector("[data-search]");
  if (root) page(root);
}

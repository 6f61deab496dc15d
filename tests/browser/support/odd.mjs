// A small site with everything that is rare: too long, too many, missing, written from the right, escaped.

import { crc32, deflateSync } from "node:zlib";

const AUTHORS = [
  "Ana Sá",
  "Bartholomew Featherstonehaugh-Cholmondeley",
  "Ðorđe Živković",
  "Li Na",
  "محمد بن عبد الله",
  "O’Neill & Söhne",
];
const COUNTRIES = [
  "Mexico",
  "Bosnia and Herzegovina",
  "Saint Vincent and the Grenadines",
  "Côte d’Ivoire",
  "Egypt",
  "United States",
  "Papua New Guinea",
  "Democratic Republic of the Congo",
  "South Georgia and the South Sandwich Islands",
];
const LONG =
  'Politics: After the longest negotiation in the history of the federation, nine governments, six ministries & one "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft" agree to <disagree> about everything that was on the table, what was under it, and who is to pay for the table';

/**
 * The site's files by path; `body` is put in place of the long report's own text. A site in another language that is to
 * `pretend` does not say what of it is English, so that all of it stands as the language does.
 */
export function oddFiles({ language, register, theme = "broadsheet", pretend = false, body = BODY }) {
  const config = {
    title: language === "ar" ? "نشرة الدول" : "The Odd & the Long",
    url: "https://odd.example/",
    theme,
    language,
    time_zone: "Pacific/Chatham",
    pagination: 3,
    kinds: { note: { name: "Note" }, report: { name: "Report", show_headings: true } },
    register,
    navigation: [{ text: language === "ar" ? "من نحن" : "About", url: "/about/" }],
    footer: [{ text: language === "ar" ? "المنهج" : "Method", url: "/about/#how-it-is-made" }],
  };
  // On a site in another language, what is written in English says so.
  const english = (front) => (language === "en" || pretend ? front : { ...front, lang: "en" });
  return {
    "briefpress.yaml": JSON.stringify(config),
    "content/pages/about.md": page(
      english({ title: "About", aliases: ["/who-we-are/"] }),
      "Who we are.\n\n## How it is made\n\nBy hand.",
    ),
    "content/pages/register.md": page(english({ title: "Register" }), "Write to us."),
    "content/topics/politics.md": page({ name: "Politics" }, "Who governs."),
    "content/topics/coalitions.md": page({ name: "Coalitions", parent: "politics" }, ""),
    "content/countries/mexico.md": page(COUNTRY, "A word on Mexico."),
    "content/authors/li-na.md": page(AUTHOR, "Li Na writes."),
    "content/reports/2025/everything/index.md": page(english(EVERYTHING), body),
    "content/reports/2025/everything/chart.png": png(1200, 675),
    "content/reports/2025/everything/detail.png": png(640, 960),
    "content/reports/2025/bare.md": page(
      english({ title: "Nothing but a headline", date: "2025-03-01" }),
      "One sentence.",
    ),
    "content/reports/2025/gated.md": page(english(GATED), GATED_BODY),
    "content/reports/2025/arabic.md": page(ARABIC, ARABIC_BODY),
    "content/reports/2025/withdrawn.md": page(english(WITHDRAWN), "It said too much."),
    "content/reports/2025/older.md": page(english(OLDER), "Old."),
  };
}

const page = (front, body) => `---\n${JSON.stringify(front)}\n---\n\n${body}\n`;

const COUNTRY = {
  code: "MX",
  view: { text: "It will do. It has done before.", date: "2025-01-05", authors: ["Li Na"] },
  outlook: { text: "Fair, with showers", date: "2025-01-05", direction: "worsening" },
  facts: [{ label: "Population", value: "130 million", as_of: "2024", source: "A census" }],
  key_reports: ["ODD-2"],
  watch: [{ date: "2026-02-03", event: "A vote" }],
};

const AUTHOR = {
  name: "Li Na",
  role: "Analyst",
  expertise: ["Trade"],
  languages: ["zh", "en"],
  based: "Taipei",
  disclosures: ["Holds a bicycle."],
  email: "li.na@odd.example",
  url: "https://li-na.example/",
};

const EVERYTHING = {
  id: "ODD-2",
  title: LONG,
  summary:
    "A summary with <angle brackets>, “quotation marks”, an & and a very long word: Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz.",
  kind: "report",
  series: "The Long Series",
  number: 12,
  authors: AUTHORS,
  contributors: ["Somebody Else"],
  editor: "Li Na",
  countries: COUNTRIES,
  topics: ["politics", "coalitions", "A/B & C"],
  date: "2025-02-28 23:59",
  dateline: "القاهرة",
  data_as_of: "2025-02-27",
  review_by: "2025-12-31",
  updates: [
    { date: "2025-03-02", type: "correction", note: "The table was round." },
    { date: "2025-03-03", type: "minor", note: "A comma." },
  ],
  supersedes: ["ODD-1"],
  judgments: [
    {
      text: "It holds for a year.",
      likelihood: "roughly even chance",
      confidence: "low",
      horizon: "to the end of 2025",
      outcome: { result: "partly", date: "2025-12-31", note: "It held for half." },
    },
    { text: "It is forgotten.", likelihood: "almost certain" },
  ],
  outlook: "More of the same.",
  watch: [{ date: "2025-04-01", event: "A second table" }],
  sources: [
    "A source without an address",
    {
      title: "A source with a very long address",
      publisher: "Somebody",
      date: "2025",
      url: `https://source.example/${"long-".repeat(40)}end?a=1&b=2`,
    },
  ],
  method: "By asking.",
  disclosures: ["The author sat at the table."],
  image: { src: "chart.png", alt: "A grey field.", credit: "The staff", caption: "What was agreed." },
};

const BODY = `A paragraph with *emphasis*, **weight**, ~~a deletion~~, \`code\`, a [link](https://elsewhere.example/), a report by its
number ([the older one](@ODD-1)), a note[^one] and the same again[^one], H<sub>2</sub>O and <kbd>Ctrl</kbd>. Мир, 世界, עולם and <span lang="ar" dir="rtl">سلام</span>.

## A heading with \`code\` & *emphasis*

> A quotation
>
> > and one inside it.

> [!WARNING]
> An alert with a [link](/about/).

## The same words

- one
  1. nested
  2. list
- two

- [ ] not done
- [x] done

Term
: What it means.
: And what else it means.

### The same words

| Left | Centre | Right | A wide column of words | Another wide column of words | And another one of them |
|:--|:-:|--:|---|---|---|
| a | b | 1,234.5 | Donaudampfschifffahrtselektrizität | b | c |
| b | c | -2 | d | e | f |
| c | d | 3 | d | e | f |
| d | e | 4 | d | e | f |
| e | f | 5 | d | e | f |

\`\`\`rust
fn main() { println!("a line of code that is much longer than any telephone is wide, {} and {}", "so that it scrolls", 1 + 1); }
\`\`\`

    indented code

![A grey field again](detail.png "A title")

## Components

{% <note title="On the figures"> %}

They are *round*.

{% </note> %}

{% <pullquote by="Somebody, at the table"> %}

Words set apart.

{% </pullquote> %}

{{ <keyfact label="Reserves" value="$5bn" note="at the end of 2024" /> }}

<details><summary>More</summary>

Behind a summary.

</details>

<script>alert("no")</script><p style="color: red" onclick="alert('no')">Raw HTML.</p>

***

https://bare.example/${"address".repeat(20)}

[^one]: The note, with a [link](https://elsewhere.example/note).
`;

const OLDER = {
  id: "ODD-1",
  title: "An older view",
  summary: "It was replaced.",
  countries: ["MX"],
  date: "2024-01-01",
  status: "superseded",
};

const GATED = {
  id: "ODD-3",
  title: "What only subscribers read",
  summary: "The public part of it.",
  kind: "report",
  authors: ["Li Na"],
  countries: ["MX"],
  topics: ["politics"],
  date: "2025-03-05",
  access: "subscribers",
};

const GATED_BODY = `Everybody reads this paragraph before the gate.

<!-- more -->

## A heading behind the gate

Seventeen velvet kangaroos quietly negotiated the harbour tariff before breakfast on the Tuesday after the eclipse.
`;

const ARABIC = {
  id: "ODD-4",
  title: "تقرير عن مصر",
  summary: "ملخص قصير.",
  authors: ["محمد بن عبد الله", "Li Na"],
  countries: ["EG", "MX"],
  topics: ["politics"],
  date: "2025-03-06",
  lang: "ar",
};

const ARABIC_BODY = `فقرة فيها رقم 36 واسم Li Na ورابط إلى [تقرير آخر](@ODD-2).

## عنوان

- بند
- بند آخر

| أ | ب |
|--|--|
| ١ | ٢ |
`;

const WITHDRAWN = {
  id: "ODD-5",
  title: "What was withdrawn",
  summary: "Gone.",
  authors: ["Ana Sá"],
  countries: ["MX"],
  date: "2025-01-31",
  status: "withdrawn",
  updates: [{ date: "2025-02-01", type: "retraction", note: "All of it." }],
};

/** A grey picture. */
function png(width, height) {
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0x99);
  for (let row = 0; row < height; row += 1) rows[row * (width + 1)] = 0;
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(rows)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

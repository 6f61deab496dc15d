// The preview's own pages, for authors of themes and for editors: all pages by kind, what a template sees, dates to come.
(() => {
  const find = (id) => document.getElementById(id);
  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children.filter((child) => child !== null));
    return element;
  };
  const button = (text, onclick, properties) => make("button", { type: "button", onclick, ...properties }, text);
  const counted = (count, word) => `${count.toLocaleString("en-GB")} ${word}${count === 1 ? "" : "s"}`;
  const say = (text) => { find("about").textContent = text; };
  const fill = (...children) => find("content").replaceChildren(...children);
  const title = (text, name) => {
    document.querySelector("h1").textContent = text;
    document.title = name ? `${text} · ${name}` : text;
  };
  const dataOf = (path) => `/_preview/data/?path=${encodeURIComponent(path)}`;

  const ask = async (address) => {
    const answer = await fetch(address).catch(() => null);
    if (answer?.ok) return answer.json();
    say(answer ? (await answer.text()).trim() : "The preview does not answer.");
    return null;
  };

  // A box that narrows what is shown; typing is answered when it pauses for a frame.
  const filter = (label, placeholder, show) => {
    const box = make("input", { type: "search", placeholder });
    let frame;
    box.oninput = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(show);
    };
    find("tools").append(make("label", {}, label, box));
    return () => box.value.trim().toLowerCase();
  };

  // An archive may have twenty thousand of something: only so many are put on the screen at once.
  const SOME = 50;
  const inPart = (list, items, row) => {
    const add = () => {
      const first = list.children.length;
      list.append(...items.slice(first, first + SOME).map(row));
      const left = items.length - list.children.length;
      further.hidden = left === 0;
      further.textContent = `Show ${Math.min(left, SOME)} of ${left.toLocaleString("en-GB")} more`;
      return list.children[first];
    };
    const further = button("", () => add().querySelector("a, button")?.focus(), { className: "further" });
    add();
    return further;
  };

  /* Pages by kind */

  const pageRow = ([path, name]) =>
    make(
      "li", {},
      make("a", { href: path }, name),
      make("code", {}, path),
      make("a", { href: dataOf(path), ariaLabel: `Data of ${name}` }, "Data"),
    );

  const kindOf = ({ kind, template, pages }, all) => {
    const list = make("ul", { className: "pages" });
    const count = pages.length === all ? counted(all, "page") : `${pages.length} of ${counted(all, "page")}`;
    return make("section", {}, make("h2", {}, kind, make("small", {}, `${template || "no template"} · ${count}`)), list, inPart(list, pages, pageRow));
  };

  const pages = () => {
    let site = null;
    const show = () => {
      if (!site) return;
      const words = wanted();
      const fits = ([path, name]) => path.toLowerCase().includes(words) || name.toLowerCase().includes(words);
      const named = ({ kind, template }) => words && [kind, template].some((name) => name?.toLowerCase() === words);
      const kinds = site.kinds
        .map((kind) => ({ ...kind, all: kind.pages.length, pages: named(kind) ? kind.pages : kind.pages.filter(fits) }))
        .filter((kind) => kind.pages.length);
      const found = kinds.reduce((sum, kind) => sum + kind.pages.length, 0);
      say(words ? `${counted(found, "page")} of ${site.pages.toLocaleString("en-GB")}` : `${counted(site.pages, "page")} in ${counted(kinds.length, "kind")}`);
      fill(...kinds.map((kind) => kindOf(kind, kind.all)));
    };
    const wanted = filter("Find", "title, address, kind or template", show);
    return async () => {
      site = (await ask("/_preview/site.json")) ?? site;
      if (site) title("Pages", site.title);
      show();
    };
  };

  /* Data: what a template sees, as a tree; each value with the expression that a template writes for it. */

  const typeOf = (value) => (value === null ? "nothing" : Array.isArray(value) ? "list" : typeof value === "object" ? "map" : typeof value);
  const isBranch = (value) => typeof value === "object" && value !== null && Object.keys(value).length > 0;
  const step = (before, key, isList) => {
    if (isList) return `${before}[${key}]`;
    if (/^[A-Za-z_]\w*$/.test(key)) return before ? `${before}.${key}` : key;
    return `${before}[${JSON.stringify(key)}]`;
  };
  const childrenOf = (value, before) =>
    Object.keys(value)
      .sort(Array.isArray(value) ? undefined : (a, b) => (a < b ? -1 : 1))
      .map((key) => ({ key, expression: step(before, key, Array.isArray(value)), value: value[key] }));
  const inWords = (value) => {
    const type = typeOf(value);
    if (type === "list" || type === "map") return `${type}, ${Object.keys(value).length || "empty"}`;
    return type === "nothing" ? "none" : type;
  };
  const shortened = (value) => {
    const text = JSON.stringify(value);
    return text.length > 300 ? `${text.slice(0, 300)}… (${text.length.toLocaleString("en-GB")} characters)` : text;
  };

  const copier = (expression) => {
    const copy = button("Copy", async () => {
      const done = await navigator.clipboard?.writeText(expression).then(() => true, () => false);
      copy.textContent = done ? "Copied" : "Not copied";
      setTimeout(() => { copy.textContent = "Copy"; }, 1500);
    }, { className: "copy", title: expression, ariaLive: "polite" });
    // The name of the button is what it copies; what it says changes.
    copy.ariaDescription = expression;
    return copy;
  };

  const label = ({ key, value }) => [
    make("span", { className: "name" }, key),
    make("span", { className: "type" }, inWords(value)),
  ];
  const leafValue = (value) => (typeof value === "object" ? "" : make("span", { className: typeOf(value) }, shortened(value)));

  // Branches are filled when they are opened: the data of a front page has thousands of values.
  const branch = (item, opened) => {
    const inner = make("ul", {});
    const details = make("details", {}, make("summary", {}, ...label(item)), inner);
    const open = () => {
      if (!inner.children.length) inner.append(...childrenOf(item.value, item.expression).map((child) => node(child, opened)));
    };
    details.ontoggle = () => {
      if (details.open) open();
      opened[details.open ? "add" : "delete"](item.expression);
    };
    if (opened.has(item.expression)) {
      open();
      details.open = true;
    }
    return details;
  };
  const node = (item, opened) => {
    const shown = isBranch(item.value) ? branch(item, opened) : make("div", { className: "leaf" }, ...label(item), leafValue(item.value));
    return make("li", {}, shown, copier(item.expression));
  };

  const MOST_MATCHES = 200;
  const matches = (data, words) => {
    const found = [];
    const look = (item) => {
      if (found.length > MOST_MATCHES) return;
      const text = isBranch(item.value) ? "" : String(item.value);
      if (`${item.expression}\n${text}`.toLowerCase().includes(words)) found.push(item);
      if (isBranch(item.value)) childrenOf(item.value, item.expression).forEach(look);
    };
    childrenOf(data, "").forEach(look);
    return found;
  };
  const match = (item) =>
    make("li", {}, make("span", { className: "name" }, item.expression), make("span", { className: "type" }, inWords(item.value)), leafValue(item.value), copier(item.expression));

  const data = () => {
    const path = new URLSearchParams(location.search).get("path");
    const opened = new Set();
    let told = null;
    const show = () => {
      if (!told) return;
      const words = wanted();
      if (!words) return fill(make("div", { className: "tree" }, make("ul", {}, ...childrenOf(told.data, "").map((item) => node(item, opened)))));
      const found = matches(told.data, words);
      const rest = found.length > MOST_MATCHES ? ` The first ${MOST_MATCHES} are shown.` : "";
      fill(
        make("p", { className: "soft", role: "status" }, found.length ? `${counted(Math.min(found.length, MOST_MATCHES), "value")}.${rest}` : "Nothing has this in its name or value."),
        make("ul", { className: "matches" }, ...found.slice(0, MOST_MATCHES).map(match)),
      );
    };
    const wanted = filter("Find", "name or value", show);
    return async () => {
      title("Data", path);
      if (!path) return say("Choose a page in the list of pages: its data is what its template sees.");
      const answer = await ask(`/_preview/data.json?path=${encodeURIComponent(path)}`);
      if (!answer) return;
      told = answer.path ? answer : null;
      if (!told) return say(`There is no page at ${path}.`);
      find("about").replaceChildren("What ", make("code", {}, told.template || "no template"), " sees for ", make("a", { href: told.path }, told.path));
      show();
    };
  };

  /* Calendar */

  const SORTS = { embargo: "Embargo ends", review: "Review", watch: "To be watched", free: "Opens to everybody", draft: "Draft" };
  const monthOf = (date) => (date ? new Date(`${date}T00:00Z`).toLocaleDateString("en-GB", { month: "long", year: "numeric", timeZone: "UTC" }) : "Without a date");
  const dayOf = (date) => new Date(`${date}T00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

  const dateRow = (item, today) =>
    make(
      "tr", { className: item.date && item.date < today ? "past" : "" },
      make("td", {}, item.date ? make("time", { dateTime: item.date }, dayOf(item.date)) : "–"),
      make("td", {}, make("span", { className: "sort" }, SORTS[item.sort] ?? item.sort)),
      make("td", {}, item.path ? make("a", { className: "title", href: item.path }, item.title) : make("span", { className: "title" }, item.title), make("div", { className: "soft" }, item.about)),
      make("td", {}, item.editor ? make("a", { href: item.editor, ariaLabel: `Open in editor: ${item.file}` }, "Open in editor") : make("code", {}, item.file ?? "")),
    );

  const table = (name, items, today) => {
    const head = make("thead", {}, make("tr", {}, ...["Day", "What", "Report", "File"].map((one) => make("th", { scope: "col" }, one))));
    const body = make("tbody", {});
    const further = inPart(body, items, (item) => dateRow(item, today));
    return make("section", {}, make("h2", {}, name, make("small", {}, String(items.length))), make("table", { ariaLabel: name }, head, body), further);
  };

  // What is to come, by month; then what is overdue, the latest first.
  const tables = (items, today) => {
    const isPast = ({ date }) => date && date < today;
    const past = items.filter(isPast).reverse();
    const months = Map.groupBy(items.filter((item) => !isPast(item)), ({ date }) => monthOf(date));
    return [...months, ["Overdue", past]].filter(([, rows]) => rows.length).map(([name, rows]) => table(name, rows, today));
  };

  const calendar = () => {
    let told = null;
    const show = () => {
      if (!told) return;
      const words = wanted();
      const fits = ({ title: name, about, file, sort }) => !hidden.has(sort) && [name, about, file].some((text) => text?.toLowerCase().includes(words));
      const items = told.items.filter(fits);
      say(`As of ${dayOf(told.as_of)}: ${counted(items.length, "date")}${items.length === told.items.length ? "" : ` of ${told.items.length.toLocaleString("en-GB")}`}`);
      fill(...tables(items, told.as_of));
    };
    const wanted = filter("Find", "title or file", show);
    const hidden = new Set();
    for (const [sort, name] of Object.entries(SORTS)) {
      const onchange = ({ target }) => {
        hidden[target.checked ? "delete" : "add"](sort);
        show();
      };
      find("tools").append(make("label", {}, make("input", { type: "checkbox", checked: true, onchange }), name));
    }
    return async () => {
      title("Calendar");
      told = (await ask("/_preview/calendar.json")) ?? told;
      show();
    };
  };

  /* Which page it is, and what it does when something changed */

  const here = location.pathname;
  for (const link of document.querySelectorAll("nav a")) if (link.pathname === here) link.ariaCurrent = "page";
  const show = { "/_preview/": pages, "/_preview/data/": data, "/_preview/calendar/": calendar }[here]();

  // As the open pages of the site do: a tab that nobody sees gives its connection back.
  let stream = null;
  let number = null;
  const disconnect = () => {
    stream?.close();
    stream = null;
  };
  const connect = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(`/_preview/events?path=${encodeURIComponent(here)}&page=`);
    stream.addEventListener("state", ({ data: text }) => {
      const told = JSON.parse(text);
      if (told.number !== number) show();
      number = told.number;
    });
  };
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  connect();
})();

// The preview in an open page: keeps it up to date, and adds the bar and the overlay. It is never part of a build.
(() => {
  const script = document.currentScript;
  const { pathname } = location;
  const here = encodeURIComponent(pathname);

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children.filter((child) => child !== null));
    return element;
  };
  const button = (text, onclick, properties) => make("button", { type: "button", onclick, ...properties }, text);
  const counted = (count, word) => `${count.toLocaleString("en-GB")} ${word}${count === 1 ? "" : "s"}`;

  // What a tab remembers from one page to the next.
  const remember = (name, value) => {
    try {
      sessionStorage.setItem(`preview-${name}`, JSON.stringify(value));
    } catch {}
  };
  const recall = (name) => {
    try {
      return JSON.parse(sessionStorage.getItem(`preview-${name}`));
    } catch {
      return null;
    }
  };

  /* The place in the page */

  // A heading is held where it was, so that a paragraph more or less above it does not move what is being read.
  const anchors = () => [...document.querySelectorAll("main :is(h1, h2, h3, h4, h5, h6)[id]")];
  const keepPlace = () => {
    const top = (element) => element.getBoundingClientRect().top;
    const anchor = anchors().findLast((element) => element.checkVisibility() && top(element) <= 1);
    history.scrollRestoration = "manual";
    remember("place", { pathname, x: scrollX, y: scrollY, anchor: anchor?.id, offset: anchor && top(anchor) });
  };

  const placeAgain = () => {
    const place = recall("place");
    remember("place", null);
    if (place?.pathname !== pathname) return;
    const go = () => {
      const anchor = anchors().find(({ id }) => id === place.anchor);
      const top = anchor ? scrollY + anchor.getBoundingClientRect().top - place.offset : place.y;
      scrollTo({ left: place.x, top, behavior: "instant" });
      return scrollY;
    };
    const put = go();
    // What was late may have moved it; what the reader did meanwhile stays.
    addEventListener("load", () => scrollY === put && go());
  };

  const reload = () => {
    keepPlace();
    location.reload();
  };

  /* Changes: the page itself, its styles, files that it shows */

  let hash = script.dataset.page;

  // Whatever a server says, a page is not loaded for the same bytes again and again.
  const mayReload = (told) => {
    const before = recall("reloads");
    const times = before?.hash === told.hash ? before.times : 0;
    remember("reloads", { hash: told.hash, times: times + 1 });
    return times < 3;
  };

  const pathOf = (address) => new URL(address, location).pathname;
  const sheets = () => [...document.querySelectorAll("link[rel~=stylesheet][href]")];

  // Old style sheets stand until the new one is there, so that the page is never without.
  const older = new WeakMap();
  const swapSheet = (link, href) => {
    const fresh = link.cloneNode();
    const old = [link, ...(older.get(link) ?? [])];
    older.set(fresh, old);
    fresh.href = href;
    fresh.onload = () => old.forEach((one) => one.remove());
    fresh.onerror = () => fresh.remove();
    link.after(fresh);
  };

  const swapSheets = (names) => {
    const used = sheets().filter((link) => names[pathOf(link.href).split("/").pop()]);
    for (const link of used) {
      const name = pathOf(link.href).split("/").pop();
      swapSheet(link, link.getAttribute("href").replace(name, names[name]));
    }
    return used.length > 0;
  };

  // Files whose names do not tell that they changed; all such files if some news was missed. A picture beside a report is
  // told by its bare name.
  const concerns = (files) => (address) => {
    const { origin, pathname: path } = new URL(address, location);
    if (origin !== location.origin || path.startsWith("/_preview/")) return false;
    if (!files) return !/\.[0-9a-f]{8,}\.\w+$/.test(path);
    return files.some((file) => path === pathOf(file) || (!file.startsWith("/") && path.endsWith(`/${file}`)));
  };

  const refreshFiles = (files, number) => {
    const isNew = concerns(files);
    const stamped = (address) => {
      const url = new URL(address, location);
      url.searchParams.set("v", number);
      return url.href;
    };
    if ([...document.scripts].some(({ src }) => src && isNew(src))) return reload();
    sheets().filter(({ href }) => isNew(href)).forEach((link) => swapSheet(link, stamped(link.href)));
    for (const image of document.images) if (image.src && isNew(image.src)) image.src = stamped(image.src);
    for (const image of document.querySelectorAll("[srcset]"))
      image.srcset = image.srcset.replace(/[^\s,]\S*/g, (part) => (/^[\d.]+[wx],?$/.test(part) || !isNew(part) ? part : stamped(part)));
  };

  /* News from the server */

  let stream = null;
  let pause = 0;

  const take = (told) => {
    const before = recall("number");
    const isNews = before !== null && before !== told.number;
    remember("number", told.number);
    if (isNews) remember("rebuilt", { number: told.number, at: new Date().toLocaleTimeString("en-GB") });
    if (isNews && told.follow && pathOf(told.follow) !== pathname) return location.assign(told.follow);
    const isOther = told.page === "changed" || told.page === "gone";
    if (told.page === "same") remember("reloads", null);
    else if ((isOther || !swapSheets(told.styles)) && mayReload(told)) return reload();
    hash = told.hash;
    if (isNews && told.page !== "gone") refreshFiles(told.number === before + 1 ? told.files : null, told.number);
    show(told);
  };

  // Browsers allow six connections to a server: a tab that nobody sees gives its own back, and asks what happened when it
  // is seen again. The browser's own way of connecting again would compare with the page as it was at first.
  const disconnect = () => {
    stream?.close();
    stream = null;
  };
  const connect = () => {
    if (stream || document.hidden) return;
    stream = new EventSource(`/_preview/events?path=${here}&page=${hash}`);
    stream.onopen = () => { pause = 0; };
    stream.addEventListener("state", ({ data }) => {
      showConnection(true);
      take(JSON.parse(data));
    });
    stream.onerror = () => {
      disconnect();
      showConnection(false);
      pause = Math.min(pause + 250, 2000);
      setTimeout(connect, pause);
    };
  };

  /* What is looked at: a cookie, so that the server knows it too */

  const cookie = `briefpress-view-${location.port || 80}`;
  const look = (value, age = "") => {
    document.cookie = `${cookie}=${encodeURIComponent(value)}; path=/; SameSite=Strict${age}`;
    remember("focus", bar.contains(root.activeElement) ? root.activeElement.name : null);
    reload();
  };
  const lookAgain = () => {
    const wanted = { edition: edition.value, as_of: day.value, drafts: drafts.checked ? 1 : 0 };
    if (!wanted.as_of) delete wanted.as_of;
    look(new URLSearchParams(wanted));
  };

  /* The bar */

  const host = make("briefpress-preview", { lang: "en", dir: "ltr" });
  const root = host.attachShadow({ mode: "open" });
  const facts = { view: {} };

  const marks = make("span", { className: "marks" });
  const errors = button("", () => hideOverlay(overlay.hidden ? null : facts.told), { className: "errors", hidden: true });
  const about = button("This page", () => openPanel(panel.hidden), { className: "about", ariaExpanded: "false" });
  const editor = make("a", { hidden: true }, "Open in editor");
  const panel = make("section", { className: "panel", role: "region", ariaLabel: "This page in the preview", tabIndex: 0, hidden: true });
  const edition = make("select", { name: "edition", onchange: lookAgain });
  const day = make("input", { type: "date", name: "day" });
  const drafts = make("input", { type: "checkbox", name: "drafts", onchange: lookAgain });
  const usual = button("Usual view", () => look("", "; max-age=0"), { hidden: !document.cookie.includes(`${cookie}=`) });
  const problem = make("span", { className: "bad", role: "status" });
  const rebuilt = make("span", { className: "soft" });
  const connection = make("span", { className: "bad", role: "status" });
  const more = button("More", () => { more.ariaExpanded = bar.classList.toggle("all"); }, { className: "more", ariaExpanded: "false" });
  const rest = make(
    "span", { className: "rest" },
    make("label", {}, "Edition ", edition),
    make("label", {}, "As of ", day),
    make("label", {}, drafts, " Drafts"),
    usual, problem, editor,
    make("a", { href: "/_preview/" }, "Pages"),
    make("a", { href: `/_preview/data/?path=${here}` }, "Data"),
    make("a", { href: "/_preview/calendar/" }, "Calendar"),
    rebuilt,
  );
  const hide = button("Hide", () => collapse(true), { ariaLabel: "Hide the preview bar" });
  const tab = button("Preview", () => collapse(false), { className: "tab", ariaLabel: "Preview: show the bar" });
  const bar = make("aside", { className: "bar", ariaLabel: "Preview" }, marks, errors, about, panel, more, connection, rest, hide);

  const collapse = (isSmall) => {
    remember("collapsed", isSmall);
    openPanel(false);
    bar.hidden = isSmall;
    tab.hidden = !isSmall;
    if (root.activeElement === null) (isSmall ? tab : hide).focus({ preventScroll: true });
  };

  // A date that is being typed is complete when the field is left or Enter is pressed; one that was picked is at once.
  let isTyped = false;
  const lookAtDay = () => day.value !== (facts.view.as_of ?? "") && day.validity.valid && lookAgain();
  day.onpointerdown = () => { isTyped = false; };
  day.onkeydown = ({ key }) => {
    isTyped = key !== "Enter";
    if (!isTyped) lookAtDay();
  };
  day.onchange = () => isTyped || lookAtDay();
  day.onblur = () => {
    isTyped = false;
    lookAtDay();
  };

  const showView = ({ view }) => {
    const names = view.editions.map(([value]) => value).join();
    if ([...edition.options].map(({ value }) => value).join() !== names)
      edition.replaceChildren(...view.editions.map(([value, name]) => make("option", { value }, name)));
    edition.value = view.edition;
    drafts.checked = view.drafts;
    if (!isTyped) day.value = view.as_of ?? "";
    problem.textContent = view.problem ?? "";
  };

  const kilobytes = (bytes) => (bytes / 1000).toFixed(bytes < 9950 ? 1 : 0);
  const PARTS = { html: "HTML", styles: "Styles", scripts: "Scripts", pictures: "Pictures", all: "Together" };
  const overBudget = ({ budget, ...weight }) => Object.keys(PARTS).filter((part) => weight[part] > budget[part]);
  const weightInWords = (weight) => {
    const over = overBudget(weight).pop();
    const judged = over ? `, ${over === "all" ? "" : `${PARTS[over]} `}over budget` : "";
    return `${kilobytes(weight.all)} of ${kilobytes(weight.budget.all)} kB${judged}`;
  };

  const warningsHere = ({ findings }) => findings.filter(({ severity, here }) => severity === "warning" && here);
  const rebuiltAt = () => (recall("rebuilt")?.number === facts.number ? recall("rebuilt").at : null);
  const showBar = () => {
    const { words, weight, findings } = facts;
    marks.replaceChildren(...facts.marks.map(({ word, about }) => make("span", { className: "mark", title: about }, word)));
    const said = [
      words ? counted(words, "word") : null,
      weight ? weightInWords(weight) : null,
      warningsHere(facts).length ? counted(warningsHere(facts).length, "warning") : "no warnings",
    ];
    about.textContent = said.filter(Boolean).join(" · ");
    about.classList.toggle("warn", warningsHere(facts).length > 0 || (weight && overBudget(weight).length > 0));
    const wrong = findings.filter(({ severity }) => severity === "error").length;
    errors.hidden = !wrong;
    errors.textContent = counted(wrong, "error");
    tab.textContent = wrong ? `Preview, ${counted(wrong, "error")}` : "Preview";
    tab.ariaLabel = `${tab.textContent}: show the bar`;
    editor.hidden = !facts.file?.editor;
    if (facts.file?.editor) editor.href = facts.file.editor;
    rebuilt.replaceChildren(...(rebuiltAt() ? [make("span", { className: "unseen" }, `Rebuilt at ${rebuiltAt()} in `), `${facts.took} ms`] : []));
  };

  const showConnection = (isThere) => { connection.textContent = isThere ? "" : "Reconnecting…"; };

  /* The panel: all that is known of this page */

  const openPanel = (isOpen) => {
    if (!isOpen && panel.contains(root.activeElement)) about.focus();
    panel.hidden = !isOpen;
    about.ariaExpanded = isOpen;
  };

  const finding = ({ text, file, line, editor: link }) => {
    const lines = text.split("\n").map((row, index) => {
      const sort = index === 0 ? "first" : /^\s*\|\s*[\^-]+/.test(row) ? "pointer" : /= help:/.test(row) ? "help" : "";
      return make("span", { className: sort }, `${row}\n`);
    });
    const place = file ? `${file}${line ? `:${line}` : ""}` : "";
    return make(
      "li", {},
      make("pre", { tabIndex: 0, role: "group", ariaLabel: place || "Finding" }, ...lines),
      link ? make("a", { href: link }, `Open ${place} in editor`) : null,
    );
  };
  const list = (title, findings) =>
    findings.length ? [make("h2", {}, title), make("ul", { className: "findings" }, ...findings.map(finding))] : [];

  const weightTable = (weight) => {
    const row = (part) => {
      const limit = weight.budget[part];
      const judged = limit ? `of ${kilobytes(limit)} kB${weight[part] > limit ? ": over budget" : ""}` : "";
      return make("tr", {}, make("th", { scope: "row" }, PARTS[part]), make("td", {}, `${kilobytes(weight[part])} kB`), make("td", {}, judged));
    };
    return make("table", {}, make("caption", {}, "Weight as it is sent, compressed"), make("tbody", {}, ...Object.keys(PARTS).map(row)));
  };

  const showPanel = () => {
    const warnings = facts.findings.filter(({ severity }) => severity === "warning");
    const term = (name, value) => (value ? make("div", {}, make("dt", {}, name), make("dd", {}, value)) : null);
    const place = panel.scrollTop;
    panel.replaceChildren(
      make(
        "dl", {},
        term("Kind", facts.kind), term("Template", facts.template), term("File", facts.file?.path),
        term("Rebuilt", rebuiltAt() && `${rebuiltAt()}, ${facts.took} ms`),
        ...facts.marks.map(({ word, about }) => term(word, about)),
      ),
      ...(facts.weight ? [weightTable(facts.weight)] : []),
      ...list("Warnings of this page", warnings.filter((one) => one.here)),
      ...list("Warnings of other pages", warnings.filter((one) => !one.here)),
      ...(warnings.length ? [] : [make("p", {}, "There are no warnings.")]),
    );
    panel.scrollTop = place;
  };

  /* The overlay: errors, over the last good page */

  const overlay = make("section", { className: "overlay", role: "alert", hidden: true });
  const BENEATH = {
    last: "The page beneath is the last good one.",
    nothing: "There is no good page to show yet.",
    new: "The page beneath is up to date; what is wrong is elsewhere.",
    partly: "The page beneath is shown as far as it can be made.",
  };

  // Hidden errors stay hidden until there is something else to say.
  const hideOverlay = (told) => {
    remember("hidden", told);
    showOverlay();
  };
  const showOverlay = () => {
    const wrong = facts.findings.filter(({ severity }) => severity === "error");
    const isHidden = wrong.length === 0 || recall("hidden") === facts.told;
    if (isHidden && overlay.contains(root.activeElement)) errors.focus();
    overlay.hidden = isHidden;
    errors.ariaExpanded = !isHidden;
    if (isHidden) return overlay.replaceChildren();
    const isPartly = facts.shown === "new" && wrong.some((one) => one.here);
    const close = button("Hide", () => hideOverlay(facts.told), { ariaLabel: "Hide the errors", title: "Esc" });
    overlay.replaceChildren(
      make("div", { className: "head" }, make("h2", {}, counted(wrong.length, "error")), close),
      make("p", {}, BENEATH[isPartly ? "partly" : facts.shown] ?? ""),
      make("ul", { className: "findings" }, ...wrong.map(finding)),
    );
  };

  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (!panel.hidden) openPanel(false);
    else if (!overlay.hidden) hideOverlay(facts.told);
  });

  let asked = 0;
  const show = async ({ told }) => {
    const mine = (asked += 1);
    const answer = await fetch(`/_preview/page.json?path=${here}`).catch(() => null);
    // A newer state has asked meanwhile, or the server went away: the stream will tell.
    if (!answer?.ok || mine !== asked) return;
    Object.assign(facts, await answer.json(), { told });
    showView(facts);
    showBar();
    showPanel();
    showOverlay();
  };

  /* How it looks. The page's policy allows no style in it but sheets that are made by a script. */

  const STYLE = `
    :host { all: initial !important; display: block !important; position: fixed !important; inset: auto 0 0 !important; z-index: 2147483647 !important;
      direction: ltr !important; color-scheme: inherit !important; font: medium/1.4 system-ui, sans-serif !important; }
    @media print { :host { display: none !important; } }
    [hidden] { display: none !important; }
    * { box-sizing: border-box; }
    .bar, .tab, .panel, .overlay { --paper: light-dark(#f6f6f4, #1c1f22); --ink: light-dark(#17191c, #e8e7e3); --soft: light-dark(#4f545a, #b3b7bc);
      --edge: light-dark(#85898e, #767c83); --warn: light-dark(#774700, #f0c27b); --bad: light-dark(#a11a1a, #ffa39b); --link: light-dark(#12406b, #9cc6ee);
      font-size: .8125em; color: var(--ink); background: var(--paper); border: 0 solid var(--edge); text-align: start; }
    a { display: inline-block; padding-block: .25em; min-block-size: 24px; color: var(--link); }
    button, select, input { font: inherit; color: inherit; min-block-size: 24px; margin: 0; background: transparent; border: 1px solid var(--edge); border-radius: 2px; padding: 0 .5em; }
    button { cursor: pointer; white-space: nowrap; font-variant-numeric: tabular-nums; }
    button:hover { text-decoration: underline; }
    option { color: var(--ink); background: var(--paper); }
    input[type="checkbox"] { inline-size: 18px; block-size: 18px; min-block-size: 0; accent-color: var(--link); }
    label { display: inline-flex; align-items: center; gap: .35em; white-space: nowrap; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
    h2, p, ul, dl, dd, pre { margin: 0; padding: 0; }
    .soft, dt, caption { color: var(--soft); }
    .bad, .errors { color: var(--bad); font-weight: 600; }
    .warn, .mark { color: var(--warn); border-color: currentColor; }
    .bad:empty, .soft:empty { display: none; }

    .bar, .rest { display: flex; flex-wrap: wrap; align-items: center; gap: .25em .8em; }
    .bar { padding: .2em .75em; border-block-start-width: 1px; }
    .rest { flex: 1; }
    .rest > :last-child { margin-inline-start: auto; white-space: nowrap; font-variant-numeric: tabular-nums; }
    .unseen { position: absolute; clip-path: inset(50%); }
    .marks { display: contents; }
    .mark { padding: .05em .45em; border: 1px solid; border-radius: 2px; font-weight: 600; }
    .more { display: none; }
    .tab { position: absolute; inset: auto .5em 0 auto; background: var(--paper); border-width: 1px 1px 0; border-radius: 3px 3px 0 0; padding: 0 .75em; }
    @media (max-width: 73rem) {
      .more { display: block; }
      .marks:not(:empty) { display: flex; gap: .5em; flex: 0 0 100%; }
      .about { flex: 1 1 0; min-inline-size: 9em; padding-block: .2em; text-align: start; white-space: normal; }
      .rest { display: none; order: 1; flex: 0 0 100%; }
      .bar.all .rest { display: flex; }
    }

    .panel, .overlay { overflow: auto; overscroll-behavior: contain; border-width: 1px; border-radius: 3px; padding: .75em 1em; box-shadow: 0 2px 16px rgb(0 0 0 / .3); }
    .panel { font-size: 1em; position: absolute; inset: auto auto calc(100% + .5em) .75em; inline-size: min(44em, 100vw - 1.5em); max-block-size: min(36em, 100vh - 8em); }
    .overlay { position: fixed; inset: 1em 0 auto; margin-inline: auto; inline-size: min(68em, 100vw - 1.5em); max-block-size: calc(100vh - 9em); border-color: var(--bad); border-block-start-width: 4px; }
    .head { display: flex; align-items: baseline; justify-content: space-between; }
    h2 { font-size: 1em; margin-block: .75em .25em; }
    .head h2 { font-size: 1.15em; margin: 0; color: var(--bad); }
    dl { display: flex; flex-wrap: wrap; gap: .25em 1.5em; overflow-wrap: anywhere; }
    table { border-collapse: collapse; margin-block: .5em; font-variant-numeric: tabular-nums; }
    caption, th, td { padding: 0 1em 0 0; font-weight: 400; text-align: start; }
    td:nth-child(2) { text-align: end; }
    .findings { list-style: none; }
    .findings li + li { margin-block-start: .75em; border-block-start: 1px solid var(--edge); padding-block-start: .5em; }
    pre { overflow: auto; padding: .5em 0; font: 1em/1.45 ui-monospace, "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .first { font-weight: 700; white-space: pre-wrap; }
    .overlay .pointer { color: var(--bad); }
    .panel .pointer { color: var(--warn); }
    .help { color: var(--link); white-space: pre-wrap; }`;
  const sheet = (text) => {
    const made = new CSSStyleSheet();
    made.replaceSync(text);
    return made;
  };

  root.adoptedStyleSheets = [sheet(STYLE)];
  // What has the focus must not come to lie under the bar.
  document.adoptedStyleSheets.push(sheet("@media screen { :root { scroll-padding-block-end: 3rem; } }"));
  root.append(overlay, bar, tab);
  bar.hidden = recall("collapsed") === true;
  tab.hidden = !bar.hidden;
  document.body.append(host);
  bar.querySelector(`[name="${recall("focus")}"]`)?.focus({ preventScroll: true });
  remember("focus", null);

  placeAgain();
  addEventListener("load", () => setTimeout(() => { history.scrollRestoration = "auto"; }));
  addEventListener("pagehide", disconnect);
  addEventListener("pageshow", connect);
  document.addEventListener("visibilitychange", () => (document.hidden ? disconnect() : connect()));
  connect();
})();

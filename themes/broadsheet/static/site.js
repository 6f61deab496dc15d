// Conveniences for readers. Every page can be read without them.
(() => {
  const root = document.documentElement;
  const all = (selector, within = document) => within.querySelectorAll(selector);
  const make = (name, text, properties) => Object.assign(document.createElement(name), { textContent: text }, properties);

  // The colour scheme: a choice that is the system's own is not remembered.
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
  for (const button of all(".scheme")) {
    const show = () => button.setAttribute("aria-pressed", dark());
    show();
    system.addEventListener("change", show);
    button.addEventListener("click", () => {
      const scheme = dark() ? "light" : "dark";
      const own = (scheme === "dark") !== system.matches;
      if (own) root.dataset.scheme = scheme;
      else delete root.dataset.scheme;
      try {
        if (own) localStorage.setItem("scheme", scheme);
        else localStorage.removeItem("scheme");
      } catch {}
      show();
    });
  }

  // The search: a stroke leads to its box, and what completes it is fetched when the box is used.
  const find = document.querySelector("#_q, #_find");
  addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || !find || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    find.focus();
    find.select();
  });
  const finder = find?.form;
  if (finder?.dataset.module) {
    const load = () => import(new URL(finder.dataset.module, finder.action)).then(({ complete }) => complete(finder)).catch(() => {});
    find.addEventListener("focus", load, { once: true });
  }

  // Copying, with the answer on the button for a while.
  const copier = (button, text) => {
    if (!navigator.clipboard) return button.remove();
    const label = button.textContent;
    const { done, failed } = button.closest("[data-done]").dataset;
    button.setAttribute("aria-live", "polite");
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(text);
        button.textContent = done;
      } catch {
        button.textContent = failed;
      }
      setTimeout(() => { button.textContent = label; }, 2000);
    });
  };
  const copies = (within) => {
    for (const button of all("[data-copy]", within)) copier(button, button.dataset.copy);
    for (const button of all("[data-copy-of]", within)) copier(button, document.getElementById(button.dataset.copyOf).textContent);
    for (const button of all("[data-print]", within)) button.addEventListener("click", () => print());
  };

  // Citations for reference managers: copy and download. They are folded away, so that nothing visible moves.
  const types = { bib: "application/x-bibtex", ris: "application/x-research-info-systems", json: "application/vnd.citationstyles.csl+json" };
  const citations = (within) => {
    for (const form of all("[data-cite]", within)) {
      const { copyWord, downloadWord } = form.closest("[data-copy-word]").dataset;
      const bar = make("div", "", { className: "copies" });
      const copy = make("button", copyWord, { type: "button" });
      bar.append(copy);
      form.after(bar);
      copier(copy, form.textContent);
      const ending = form.dataset.cite;
      const name = location.pathname.split("/").filter(Boolean).pop() || "report";
      const link = make("a", downloadWord, { className: "download", download: `${name}.${ending}` });
      link.href = URL.createObjectURL(new Blob([form.textContent], { type: types[ending] }));
      bar.append(link);
    }
  };

  // Tables of five rows and more can be sorted; the third press restores the order.
  const number = (text) => {
    const found = text.replace(/[,\s\u00a0\u202f]/g, "").replace(/\u2212/g, "-").match(/-?\d+(\.\d+)?/);
    return found ? Number(found[0]) : NaN;
  };
  const key = (cell) => cell.querySelector("time")?.dateTime ?? cell.textContent.trim();
  const collator = new Intl.Collator(root.lang, { numeric: true });
  const tables = (within) => {
    for (const table of all(".table-scroll table:not([data-fixed])", within)) {
      const body = table.tBodies[0];
      const heads = table.tHead?.rows.length === 1 ? [...table.tHead.rows[0].cells] : [];
      if (!body || body.rows.length < 5 || table.querySelector("[colspan], [rowspan]")) continue;
      const order = [...body.rows];
      heads.forEach((head, column) => {
        if (head.tagName !== "TH" || head.querySelector("a, button")) return;
        const button = make("button", "", { type: "button" });
        button.append(...head.childNodes);
        head.append(button);
        button.addEventListener("click", () => {
          const next = { ascending: "descending", descending: "" }[head.ariaSort] ?? "ascending";
          heads.forEach((other) => other.removeAttribute("aria-sort"));
          if (next) head.setAttribute("aria-sort", next);
          const keys = new Map(order.map((row) => [row, key(row.cells[column])]));
          const numeric = [...keys.values()].every((text) => !text || /^[^\p{L}]*\d/u.test(text) && !/^\d{4}-/.test(text));
          const compare = (a, b) => (numeric ? (number(keys.get(a)) || 0) - (number(keys.get(b)) || 0) : collator.compare(keys.get(a), keys.get(b)));
          const sorted = next ? [...order].sort((a, b) => (next === "ascending" ? compare(a, b) : compare(b, a))) : order;
          body.append(...sorted);
        });
      });
    }
  };

  // A text that was sealed comes when it is opened.
  const wire = (within) => [copies, citations, tables].forEach((use) => use(within));
  wire(document);
  document.addEventListener("briefpress:opened", ({ detail }) => wire(detail));

  // On paper, addresses become numbered notes, and the day of printing is told.
  const undo = [];
  addEventListener("beforeprint", () => {
    for (const place of all("[data-printed]")) {
      const { lang } = place.closest("[lang]");
      const today = new Date().toLocaleDateString(lang === "en" ? "en-GB" : lang, { dateStyle: "long" });
      place.textContent = place.dataset.printed.replace("*", today);
    }
    const colophon = document.querySelector(".colophon");
    const links = [...all(".body a[href], .sources a[href]")].filter((link) => !link.getAttribute("href").startsWith("#"));
    if (!colophon || !links.length) return;
    root.dataset.notes = "";
    const list = make("ol", "", { className: "link-notes" });
    links.forEach((link, index) => {
      const mark = make("sup", `[${index + 1}]`);
      link.after(mark);
      undo.push(mark);
      list.append(make("li", link.href));
    });
    colophon.before(list);
    undo.push(list);
  });
  addEventListener("afterprint", () => {
    delete root.dataset.notes;
    undo.splice(0).forEach((piece) => piece.remove());
  });
})();

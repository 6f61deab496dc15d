// A browser, and pages in it that write down what goes wrong.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const OPTIONS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** The browser without its own windows, if the system has it. */
const installed = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"].find((path) => existsSync(path));

export const launch = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? installed, args: OPTIONS });

/**
 * Opens an address in a page of its own. The page's `faults` holds everything that a reader's browser would complain of:
 * errors on the console, violations of the page's policy, requests that fail or leave the site.
 */
export async function open(browser, url, { before, ...context } = {}) {
  const surroundings = await browser.newContext({
    viewport: { width: 1200, height: 900 },
    locale: "en-GB",
    ...context,
  });
  const page = await surroundings.newPage();
  page.faults = [];
  page.on("console", (message) => {
    const known = /the server responded with a status of 404/.test(message.text()) && message.location().url === url;
    if (["error", "warning"].includes(message.type()) && !known) page.faults.push(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => page.faults.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const asked = new URL(request.url());
    if (/^https?:$/.test(asked.protocol) && asked.origin !== new URL(url).origin)
      page.faults.push(`leaves the site: ${asked}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400 && response.url() !== url) page.faults.push(`${response.status()}: ${response.url()}`);
  });
  await page.addInitScript(watch);
  if (before) await page.addInitScript(before);
  await page.goto(url, { waitUntil: "load" });
  page.leave = () => surroundings.close();
  page.seen = () => page.evaluate(() => globalThis.seen);
  return page;
}

/** Runs in the page before anything else: violations of the policy, and what moved. */
function watch() {
  globalThis.seen = { violations: [], shifts: [], paints: [] };
  document.addEventListener("securitypolicyviolation", (event) =>
    seen.violations.push(`${event.violatedDirective}: ${event.blockedURI}`),
  );
  const observe = (type, note) =>
    new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe("layout-shift", (entry) => {
    const moved = entry.sources.map(({ node }) => node?.nodeName + (node?.className ? `.${node.className}` : ""));
    // A badge that is set a pixel further while the window takes its size is nothing that anybody sees.
    if (!entry.hadRecentInput && entry.value >= 0.0001) seen.shifts.push(`${entry.value.toFixed(4)} by ${moved.join(", ")}`);
  });
  observe("largest-contentful-paint", (entry) =>
    seen.paints.push({ time: entry.startTime, size: entry.size, name: entry.element?.nodeName, url: entry.url }),
  );
}

/**
 * Goes through a page by the tabulator key. Tells how many controls there are (`stops`), how many had the focus
 * (`reached`), and what kept a reader from seeing it (`faults`).
 */
export async function walk(page) {
  const stops = await page.evaluate(follow);
  // Keys are pressed without waiting for what is painted in between: they are taken one after the other all the same.
  const keyboard = await page.context().newCDPSession(page);
  const send = (type) =>
    keyboard.send("Input.dispatchKeyEvent", { type, key: "Tab", code: "Tab", windowsVirtualKeyCode: 9 });
  // Boxes that scroll are stops of their own in some browsers, so that a few presses more are needed.
  const presses = Array.from({ length: stops + 10 }, () => [send("rawKeyDown"), send("keyUp")]);
  await Promise.all(presses.flat());
  return page.evaluate(() => ({
    stops: walked.controls.length,
    reached: walked.controls.filter((control) => walked.reached.has(control)).length,
    faults: walked.faults,
  }));
}

/** Runs in the page: each press of a key looks at what had the focus before it. */
function follow() {
  const controls = document.querySelectorAll(
    "a[href], button:not([tabindex='-1']), input:not([type=hidden], :disabled), summary, [tabindex='0']",
  );
  globalThis.walked = {
    controls: [...controls].filter((control) => control.checkVisibility()),
    reached: new Set(),
    faults: [],
  };
  const covered = (element, { left, right, top, bottom }) => {
    const middle = (one, other, limit) =>
      [one, other].reduce((sum, edge) => sum + Math.min(Math.max(edge, 0), limit - 1), 0) / 2;
    const there = document.elementFromPoint(middle(left, right, innerWidth), middle(top, bottom, innerHeight));
    return there && !element.contains(there) && !there.contains(element) ? there : null;
  };
  addEventListener(
    "keydown",
    () => {
      const element = document.activeElement;
      if (!element || element === document.body || walked.reached.has(element)) return;
      walked.reached.add(element);
      const { outlineStyle, outlineWidth } = getComputedStyle(element);
      // A link of many lines may be taller than the window: it is seen if one of its lines is (WCAG 2.2, 2.4.11).
      const seen = ({ width, left, right, top, bottom }) =>
        width > 0 && bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
      const lines = [...element.getClientRects()];
      const box = lines.find(seen);
      const say = (fault) =>
        walked.faults.push(`${element.nodeName} ${element.textContent.trim().slice(0, 30)}: ${fault}`);
      if (outlineStyle === "none" || Number.parseFloat(outlineWidth) < 2) return say("no outline");
      if (!box) return say("out of sight");
      const cover = covered(element, box);
      if (cover) say(`under ${cover.nodeName}.${cover.className}`);
    },
    true,
  );
  return walked.controls.length;
}

// A browser, and pages in it that write down what goes wrong.

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

export const launch = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: OPTIONS });

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
    if (!entry.hadRecentInput) seen.shifts.push(`${entry.value.toFixed(4)} by ${moved.join(", ")}`);
  });
  observe("largest-contentful-paint", (entry) =>
    seen.paints.push({ time: entry.startTime, size: entry.size, name: entry.element?.nodeName, url: entry.url }),
  );
}

// Looks at a screen as a person and as an auditor: accessibility in light and dark, nothing cut off, nothing too heavy.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { person } from "./chromium.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const GRAVE = ["serious", "critical"];
const LEAST_TARGET = 44;
const MOST_BYTES = 100_000;

/** Everything found on the screens of one run. */
export class Eyes {
  #folder;
  #browser;
  #seen = new Set();
  #readers = new Map();
  faults = [];

  constructor(folder, browser) {
    this.#folder = folder;
    this.#browser = browser;
  }

  /** Looks at the page of `who` and calls it `name`; takes pictures in light and dark. */
  async look(who, name) {
    const label = `${name} (${who.size})`;
    this.#seen.add(name);
    if (who.scripts) await this.#pictures(who.page);
    for (const colorScheme of ["light", "dark"]) {
      await who.page.emulateMedia({ colorScheme });
      const shown = who.scripts ? who.page : await this.#reread(who, colorScheme);
      await this.#accessible(shown, `${label}, ${colorScheme}`);
      const path = join(this.#folder, `${name}-${who.size}-${colorScheme}.png`);
      await who.page.screenshot({ path, fullPage: true });
    }
    await who.page.emulateMedia({ colorScheme: "light" });
    await this.#fits(who.page, label);
    await this.#touchable(who.page, label);
    await this.#light(who.page, label);
  }

  /** Looks at pages in the language and size of `who`, without pictures: nothing that only one of them shows. */
  async walk(who, paths, manner) {
    for (const path of paths) {
      const answer = await who.page.goto(new URL(path, who.url).href);
      if (answer.status() >= 500) this.faults.push(`${path} answers ${answer.status()}`);
      const label = `${path} (${who.size}, ${manner})`;
      await this.#accessible(who.page, label);
      await this.#fits(who.page, label);
      await this.#touchable(who.page, label);
      const picture = join(this.#folder, `walk${path.replaceAll(/[/?=.]+/g, "-").slice(0, 40)}-${who.size}-${manner}.png`);
      if (manner.startsWith("large")) await who.page.screenshot({ path: picture, fullPage: true });
    }
  }

  get screens() {
    return [...this.#seen];
  }

  // axe needs timers, which a browser without scripts has not: the page as it stands there is read in one that has them.
  async #reread(who, colorScheme) {
    if (!this.#readers.has(who.size)) this.#readers.set(who.size, await person(this.#browser, who.size));
    const { page } = this.#readers.get(who.size);
    const html = (await who.page.content()).replaceAll(/<script\b[^>]*><\/script>/g, "").replaceAll(/<(\/?)noscript>/g, "<$1div>");
    await page.route(who.page.url(), (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body: html }));
    await page.emulateMedia({ colorScheme });
    await page.goto(who.page.url());
    await page.unrouteAll();
    return page;
  }

  // The policy of the page forbids scripts put into it, as it should: axe runs in the browser's own world beside the page.
  async #accessible(page, label) {
    const session = await page.context().newCDPSession(page);
    const { frameTree } = await session.send("Page.getFrameTree");
    const world = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id, worldName: "axe" });
    const run = (expression) =>
      session.send("Runtime.evaluate", { contextId: world.executionContextId, expression, awaitPromise: true, returnByValue: true });
    await run(AXE);
    const { result, exceptionDetails } = await run("axe.run().then((found) => found.violations)");
    await session.detach();
    if (exceptionDetails) throw new Error(`axe on ${label}: ${exceptionDetails.text}`);
    for (const rule of result.value.filter((rule) => GRAVE.includes(rule.impact))) {
      const where = rule.nodes.map((node) => `${node.target}: ${node.failureSummary.replaceAll("\n", " ")}`);
      this.faults.push(`${label}: ${rule.id} (${rule.impact}) at ${where.slice(0, 3).join("; ")}`);
    }
  }

  // Photos further down are fetched when a person scrolls there; here all of them have to be seen.
  async #pictures(page) {
    await page.evaluate(() => {
      for (const image of document.images) image.loading = "eager";
      return Promise.all([...document.images].map((image) => image.decode()));
    });
  }

  async #fits(page, label) {
    const needs = await page.evaluate(() => document.documentElement.scrollWidth);
    const has = page.viewportSize().width;
    if (needs > has) this.faults.push(`${label}: ${needs} px wide on a screen of ${has} px`);
  }

  // Links inside a sentence may be as high as the line; everything that stands alone has to be easy to hit.
  async #touchable(page, label) {
    const small = await page.evaluate((least) => {
      const alone = "button, .button, select, textarea, summary, header a, nav a, input:not([type=hidden], [type=radio], [type=checkbox], .sr)";
      const shown = [...document.querySelectorAll(alone)].filter((one) => one.checkVisibility() && !one.classList.contains("skip"));
      const low = shown.filter((one) => (one.closest(".cells") ?? one).getBoundingClientRect().height < least - 0.5);
      return low.map((one) => one.outerHTML.slice(0, 100));
    }, LEAST_TARGET);
    if (small.length > 0) this.faults.push(`${label}: lower than ${LEAST_TARGET} px: ${small.slice(0, 3).join(" ")}`);
  }

  async #light(page, label) {
    const bytes = await page.evaluate(() => {
      const all = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
      const text = all.filter((one) => one.initiatorType !== "fetch" && !/\/(photos?|preview)\//.test(one.name));
      return text.reduce((sum, one) => sum + one.decodedBodySize, 0);
    });
    if (bytes > MOST_BYTES) this.faults.push(`${label}: ${bytes} bytes without photos`);
  }
}

// Starts the Chromium that the machine has: no display, no word to any other host.

import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const PROGRAMS = [process.env.PLANO_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser"];

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Milliseconds until something that does not come is a failure; generous, since a machine that builds is slow. */
const PATIENCE = 60_000;

/** What the two officers hold. */
export const SIZES = {
  phone: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
  laptop: { viewport: { width: 1280, height: 800 } },
};

/** A running browser. */
export async function start() {
  const executablePath = PROGRAMS.find((program) => program && existsSync(program));
  return chromium.launch({ executablePath, args: FLAGS });
}

/** A browser of one officer: its own cookies, its own size. No page may ask anything of another host than `home`. */
export async function person(browser, size, { home = "127.0.0.1", ...options } = {}) {
  const context = await browser.newContext({ ...SIZES[size], ignoreHTTPSErrors: true, reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(PATIENCE);
  const strangers = [];
  await context.route("**/*", (route) => {
    const { hostname } = new URL(route.request().url());
    if (hostname === home) return route.continue();
    strangers.push(route.request().url());
    return route.abort();
  });
  const page = await context.newPage();
  // Listening from the beginning: a key may open the chooser sooner than the browser hears that somebody wants to answer it.
  page.on("filechooser", () => {});
  const broken = [];
  page.on("pageerror", (error) => broken.push(`script: ${error.message}`));
  page.on("console", (message) => {
    // A refused form (422) is an answer; the browser notes it as an error all the same.
    if (message.type() === "error" && !message.text().includes("Failed to load resource")) broken.push(message.text());
  });
  return { context, page, size, strangers, broken };
}

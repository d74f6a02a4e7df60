// Central's pages as a journalist and a villager see them: `node central.mjs SCENE.json`. tests/browser_central.rs prepares it.

import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { person, start } from "./lib/chromium.mjs";
import { Eyes } from "./lib/eyes.mjs";
import { go } from "./lib/hands.mjs";

const scene = JSON.parse(readFileSync(process.argv[2], "utf8"));
mkdirSync(scene.pictures, { recursive: true });
const browser = await start();
const eyes = new Eyes(scene.pictures, browser);
const people = [];

/** A reader with a browser of this size; without scripts a page has to be all there too. */
async function reader(size, options) {
  const one = await person(browser, size, options);
  Object.assign(one, { url: scene.evening, scripts: options?.javaScriptEnabled ?? true });
  people.push(one);
  return one;
}

/** Looks at every page of a list. */
async function walk(who, pages) {
  for (const [name, path, status = 200] of pages) {
    if (status === 200) await go(who, path);
    else if ((await who.page.goto(new URL(path, who.url).href)).status() !== status) throw new Error(`${path} is not ${status}`);
    await eyes.look(who, name);
  }
}

/** Follows the way that a reader takes from the front page down to a photo. */
async function drillDown(who) {
  await go(who, "/");
  const follow = async (target) => Promise.all([who.page.waitForEvent("load"), target.click()]);
  await follow(who.page.locator("article a.button").first());
  await follow(who.page.locator("tbody a", { hasText: "Mayangan" }).first());
  await follow(who.page.locator("tbody a", { hasText: "Mayangan" }).first());
  await follow(who.page.locator("tbody a", { hasText: "TPS 001" }).first());
  if (!who.page.url().endsWith(`/tps/${scene.full}`)) throw new Error(`the way down leads to ${who.page.url()}`);
  await follow(who.page.locator("header a", { hasText: "English" }));
  if (!who.page.url().endsWith(`/en/tps/${scene.full}`)) throw new Error(`the other language is at ${who.page.url()}`);
}

/** A sheet as it comes out of the printer. */
async function print(who, name, path) {
  await go(who, path);
  await who.page.pdf({ path: join(scene.pictures, `${name}.pdf`), preferCSSPageSize: true });
  await who.page.emulateMedia({ media: "print" });
  await who.page.screenshot({ path: join(scene.pictures, `${name}-print.png`), fullPage: true });
  await who.page.emulateMedia({ media: "screen" });
}

try {
  const [laptop, phone] = [await reader("laptop"), await reader("phone")];
  await drillDown(laptop);
  const pages = [
    ["front", "/"],
    ["kota", "/region/35.74/gubernur"],
    ["kecamatan", "/region/35.74.03/walikota?sort=findings"],
    ["kelurahan", "/region/35.74.03.1001/gubernur"],
    ["nobody-reported", "/region/35.74.02.1003/gubernur"],
    ["tps-everything", `/tps/${scene.full}`],
    ["tps-moved-here", `/tps/${scene.moved}`],
    ["tps-provisional", `/tps/${scene.carried}`],
    ["tps-nothing", `/tps/${scene.nothing}`],
    ["sheet", "/region/35.74.03.1001/gubernur/sheet"],
    ["not-there", "/region/35.74/presiden", 404],
  ];
  await walk(laptop, pages);
  await walk(phone, pages.map(([name, path, status]) => [`${name}-en`, `/en${path === "/" ? "" : path}`, status]));
  const plain = await reader("phone", { javaScriptEnabled: false });
  await walk(plain, [["front-without-scripts", "/"], ["tps-without-scripts", `/tps/${scene.half}`]]);
  for (const who of [laptop, phone]) {
    who.url = scene.morning;
    await walk(who, [["front-before-the-start", "/"], ["kota-before-the-start", "/en/region/35.74/walikota"]]);
    who.url = scene.evening;
  }
  await print(laptop, "sheet-kelurahan", "/region/35.74.03.1001/gubernur/sheet");
  await print(laptop, "sheet-kecamatan", "/en/region/35.74.03/walikota/sheet");
  await print(laptop, "tps", `/tps/${scene.full}`);
  const said = people.flatMap((one) => [...one.strangers.map((url) => `asked another host: ${url}`), ...one.broken]);
  const faults = [...eyes.faults, ...said];
  if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.join("\n")}`);
  console.log(`${eyes.screens.length} screens looked at: ${eyes.screens.join(" ")}`);
  console.log("every page was read");
} finally {
  await browser.close();
}

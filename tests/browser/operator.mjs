// The operators' pages: `node operator.mjs SCENE.json`. What it needs is prepared by tests/browser_operator.rs.

import { mkdirSync, readFileSync } from "node:fs";
import { person, start } from "./lib/chromium.mjs";
import { Eyes } from "./lib/eyes.mjs";
import { go, press } from "./lib/hands.mjs";

const scene = JSON.parse(readFileSync(process.argv[2], "utf8"));
mkdirSync(scene.pictures, { recursive: true });
const browser = await start();
const eyes = new Eyes(scene.pictures, browser);
const people = [];

async function operator(url, size) {
  const who = Object.assign(await person(browser, size), { url, scripts: true });
  people.push(who);
  await go(who, "/operator");
  await eyes.look(who, "operator-login");
  await who.page.locator('[name="name"]').fill("siti");
  await who.page.locator('[name="password"]').fill(scene.password);
  await press(who, who.page.locator("main button"));
  return who;
}

/** Presses the button of a form whose note is written. */
async function say(who, form, note) {
  await form.locator('[name="note"]').fill(note);
  await press(who, form.locator("button"));
}

async function zero(size) {
  const who = await operator(scene.empty, size);
  await eyes.look(who, "operator-empty");
  const button = who.page.locator('form[action="/operator/zero"] button');
  if ((await button.count()) > 0) await press(who, button);
  await eyes.look(who, "operator-zero");
  return who;
}

const PAGES = { overview: "", region: "/progress/35.74", kelurahan: `/progress/${scene.kelurahan}`, stuck: "/stuck", findings: "/findings", alarms: "/alarms", faults: "/faults" };

async function look(who, language = "") {
  for (const [name, path] of Object.entries(PAGES)) {
    await go(who, `${language}/operator${path}`);
    await eyes.look(who, `operator-${name}${language.replace("/", "-")}`);
  }
  await go(who, `${language}/operator/tps/${scene.stations[0]}`);
  for (const fold of await who.page.locator("summary").all()) await fold.click();
  await eyes.look(who, `operator-station${language.replace("/", "-")}`);
}

async function act(who) {
  await go(who, `/operator/tps/${scene.stations[0]}`);
  await who.page.locator(".kept summary").first().click();
  const form = who.page.locator(".kept form").first();
  await form.locator('[name="to_station"]').fill(scene.stations[5]);
  await form.locator('[name="to"]').selectOption({ index: 1 });
  await say(who, form, "Di fotonya tertulis TPS 006.");
  await eyes.look(who, "operator-moved-from");
  await go(who, `/operator/tps/${scene.stations[5]}`);
  await eyes.look(who, "operator-moved-to");
  await go(who, "/operator/findings");
  await say(who, who.page.locator("form.note").first(), "Sudah ditelepon: salah tekan.");
  await go(who, "/operator/alarms");
  await say(who, who.page.locator("form.note").first(), "Kedua petugas dipanggil.");
  await eyes.look(who, "operator-alarm-handled");
  await go(who, "/operator/findings?show=handled");
  await eyes.look(who, "operator-handled");
}

async function codes(who) {
  await go(who, `/operator/progress/${scene.kelurahan}`);
  await press(who, who.page.locator('form[action="/operator/codes"] button'));
  await eyes.look(who, "operator-codes");
  await who.page.emulateMedia({ media: "print" });
  await who.page.screenshot({ path: `${scene.pictures}/operator-codes-print.png`, fullPage: true });
  const sheets = await who.page.locator(".codes").count();
  const pdf = await who.page.pdf({ preferCSSPageSize: true, path: `${scene.pictures}/operator-codes.pdf` });
  const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
  if (pages !== sheets) throw new Error(`${sheets} sheets are ${pages} pages of A4`);
  await who.page.emulateMedia({ media: "screen" });
}

async function rehearse(who) {
  await go(who, "/operator/faults");
  await press(who, who.page.locator('form[action="/operator/faults/on"] button'));
  await eyes.look(who, "operator-misbehaves");
  await press(who, who.page.locator('form[action="/operator/faults/off"] button'));
  await go(who, "/operator/journal");
  await eyes.look(who, "operator-journal");
  await press(who, who.page.locator('form[action="/operator/logout"] button'));
  if (!who.page.url().endsWith("/operator/login")) throw new Error(`still at ${who.page.url()}`);
  await go(who, "/operator/findings");
  if (!who.page.url().includes("/operator/login")) throw new Error("still in after the logout");
}

try {
  await zero("phone");
  await zero("laptop");
  const [phone, laptop] = [await operator(scene.full, "phone"), await operator(scene.full, "laptop")];
  await look(phone);
  await look(laptop);
  await look(laptop, "/en");
  await act(laptop);
  await codes(phone);
  await codes(laptop);
  await rehearse(phone);
  await rehearse(laptop);
  const said = people.flatMap((one) => [...one.strangers.map((url) => `asked another host: ${url}`), ...one.broken]);
  const faults = [...eyes.faults, ...said];
  if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.join("\n")}`);
  console.log(`${eyes.screens.length} screens looked at: ${eyes.screens.join(" ")}`);
  console.log("the operator has seen everything");
} finally {
  await browser.close();
}

// Phones on the hotspot: TLS with a certificate made on the spot, whose fingerprint the laptop shows; a screen that
// nobody uses locks itself, and keeps what was typed.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:tls";
import { Server } from "../lib/server.mjs";
import { byItself, entries, go, login, press, type, write } from "../lib/hands.mjs";

const LOCK_AFTER = 5;

export async function hotspot(day) {
  await go(day.p1, "/join");
  await day.eyes.look(day.p1, "join-only-here");
  await day.desk.stop();
  const lan = await new Server(day.scene, ["station", "serve", "--lan", "--lock-after", String(LOCK_AFTER)]).start();
  try {
    await joins(day, lan);
  } finally {
    await lan.stop();
    await day.desk.start();
  }
  for (const who of [day.p1, day.p2]) await login(who);
}

async function joins(day, lan) {
  const { eyes } = day;
  const laptop = await day.person(undefined, "laptop", { url: lan.url });
  await go(laptop, "/join");
  await eyes.look(laptop, "join");
  const shown = await laptop.page.locator("main").innerText();
  const addresses = shown.match(/https:\/\/[\d.:]+/g) ?? [];
  const fingerprint = await presented(lan);
  const printed = await lan.says(/^Fingerprint of the certificate: (.+)$/);
  assert.equal(bare(printed), fingerprint, "the program prints the fingerprint of the very certificate");
  // A machine in no network has no address to show, and says so.
  if (addresses.length > 0) {
    assert.ok(bare(shown).includes(fingerprint), "and the page shows it");
    assert.equal(await laptop.page.locator("main svg").count(), addresses.length, "a QR code for each address");
  }
  await laptop.context.close();

  // By the address that the QR code holds, where there is one.
  const phone = await day.person("p2", "phone", { url: addresses[0] ?? lan.url });
  await login(phone);
  await eyes.look(phone, "home-over-tls");
  await locksItself(day, phone);
  const refused = await phone.page.goto(new URL("/enrol", phone.url).href);
  if (addresses.length > 0) assert.equal(refused.status(), 403, "nobody is enrolled from a phone");
  await eyes.look(phone, "trouble");
  await phone.context.close();
}

const bare = (fingerprint) => fingerprint.replaceAll(/[\s:]/g, "").toLowerCase();

// The fingerprint of the certificate that a phone is shown.
async function presented(lan) {
  const socket = connect({ host: "127.0.0.1", port: new URL(lan.url).port, rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const { fingerprint256 } = socket.getPeerCertificate();
  socket.destroy();
  return bare(fingerprint256);
}

// The home page says by itself that it is locked; a form that lies open loses nothing of what is typed into it.
async function locksItself(day, phone) {
  const [first, second] = entries(day.paper("walikota"));
  await go(phone, "/form/walikota/read");
  await type(phone, ...first);
  await go(phone, "/");
  await byItself(phone, 'header a[href="/login"]');
  await day.eyes.look(phone, "home-locked");
  await login(phone);
  await go(phone, "/form/walikota/read");
  await byItself({ page: await watcher(phone) }, 'header a[href="/login"]');
  await write(phone, phone.page.locator(`[name="box:${second[0]}"]`), second[1]);
  await phone.page.locator('[name="pin"]').waitFor();
  await day.eyes.look(phone, "login-carrying");
  await phone.page.locator('[name="pin"]').fill(phone.pin);
  await press(phone, phone.page.locator("main form button").first());
  for (const [id, text] of [first, second]) {
    assert.equal(await phone.page.locator(`[name="box:${id}"]`).inputValue(), text, `${id} is kept`);
  }
}

// Another tab of the same browser, which tells when the session is over without using it.
async function watcher(phone) {
  const page = await phone.context.newPage();
  await page.goto(new URL("/", phone.url).href);
  return page;
}

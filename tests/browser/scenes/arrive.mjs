// The officers arrive. Both are enrolled on the laptop with their codes; one works there in Indonesian and with the
// keyboard alone, one with a phone in English. A wrong code enrols nobody, a wrong PIN lets nobody in.

import assert from "node:assert/strict";
import { go, login, press, submit, write } from "../lib/hands.mjs";

export async function arrive(day) {
  day.p1 = await day.person("p1", "laptop");
  day.p1.keys = true;
  const { p1, eyes } = day;
  await go(p1, "/");
  await eyes.look(p1, "home-before-enrolment");
  await press(p1, p1.page.locator('section.next a[href="/enrol"]'));
  await eyes.look(p1, "enrol");
  await day.picture(p1, "daftar");
  await enrol(p1, "AAAA-AAAA-AAAA", p1.pin);
  await p1.page.locator('[role="alert"]').waitFor();
  await eyes.look(p1, "enrol-refused");
  for (const [at, code] of day.scene.codes.entries()) {
    await go(p1, "/enrol");
    assert.ok(await p1.page.locator(`[name="officer"][value="p${at + 1}"]`).isChecked(), "the one who is lacking");
    await enrol(p1, code, day.scene.pins[at]);
    assert.equal(new URL(p1.page.url()).search, ["?done=enrol", "?done=open"][at], await p1.page.locator("main").innerText());
    await eyes.look(p1, `home-enrolled-${at + 1}`);
  }
  await press(p1, p1.page.locator('form[action="/logout"] button'));
  await comeIn(day);
}

async function enrol(who, code, pin) {
  await write(who, who.page.locator("#code"), code);
  await write(who, who.page.locator("#pin"), pin);
  await write(who, who.page.locator("#again"), pin);
  await submit(who, 'form[action="/enrol"]');
}

async function comeIn(day) {
  day.p2 = await day.person("p2", "phone");
  const { p1, p2, eyes } = day;
  await go(p1, "/");
  await eyes.look(p1, "home-before-login");
  await go(p2, "/login");
  await press(p2, p2.page.locator('button[value="en"]'));
  assert.equal(await p2.page.getAttribute("html", "lang"), "en");
  await eyes.look(p2, "login");
  await login(p2, "000111");
  await p2.page.locator('[role="alert"]').waitFor();
  await eyes.look(p2, "login-wrong-pin");

  await go(p1, "/login");
  assert.equal(await p1.page.getAttribute("html", "lang"), "id");
  await day.picture(p1, "masuk");
  for (const who of [p1, p2]) {
    await login(who);
    await eyes.look(who, "home");
  }
  await day.picture(p1, "depan");
}

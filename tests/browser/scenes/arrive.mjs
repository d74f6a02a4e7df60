// The officers arrive: one at the laptop in Indonesian, one with a phone in English. A wrong PIN lets nobody in.

import assert from "node:assert/strict";
import { go, login, press } from "../lib/hands.mjs";

export async function arrive(day) {
  day.p1 = await day.person("p1", "laptop");
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

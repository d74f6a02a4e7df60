// A sealed result is corrected: with a reason, read once more by both, sealed as the next revision.

import assert from "node:assert/strict";
import { entries, explain, go, press, record, submit, together, typeForm, write } from "../lib/hands.mjs";

export async function correct(day) {
  const { p1, p2, eyes } = day;
  const all = entries(day.paper("walikota"));
  await go(p2, "/");
  await press(p2, p2.page.locator('a[href="/form/walikota/correct"]'));
  await eyes.look(p2, "correct");
  await write(p2, p2.page.locator("#reason"), "Saksi menunjukkan angka yang tertukar.");
  await submit(p2, 'form[action$="/correct"]');
  assert.equal(new URL(p2.page.url()).pathname, "/form/walikota/read");
  for (const who of [p2, p1]) {
    await go(who, "/form/walikota/read");
    await typeForm(who, all);
    await explain(who);
    await record(who);
  }
  await go(p1, "/form/walikota/seal");
  await eyes.look(p1, "seal-correction");
  await explain(p1);
  await together(p1, day.scene.pins);
  assert.deepEqual(await p1.page.locator('[role="alert"]').allInnerTexts(), [], "sealed once more");
  await eyes.look(p1, "home-corrected");
}

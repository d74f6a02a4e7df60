// The mayor's form is read without JavaScript by both officers: buttons save, nothing else is different.

import assert from "node:assert/strict";
import { agrees, choose, entries, explain, go, login, press, record, typeForm } from "../lib/hands.mjs";

const READ = "/form/walikota/read";

export async function readWithoutScripts(day) {
  const all = entries(day.paper("walikota"));
  for (const [slot, size] of [["p1", "phone"], ["p2", "laptop"]]) {
    const who = await day.person(slot, size, { javaScriptEnabled: false });
    await go(who, "/login");
    if (slot === "p2") await press(who, who.page.locator('button[value="en"]'));
    await day.eyes.look(who, "login-without-scripts");
    await login(who);
    await day.eyes.look(who, "home-without-scripts");
    await go(who, READ);
    await typeForm(who, all.slice(0, 20));
    await press(who, who.page.locator('main button[value="I"]'));
    await agrees(who, all.slice(0, 20));
    await day.eyes.look(who, "read-without-scripts");
    await besidePhoto(who, day.eyes);
    await typeForm(who, all.slice(20));
    await explain(who);
    await record(who);
    for (const [path, name] of [["/form/walikota/photos", "photos"], ["/papers", "papers"], ["/delivery", "delivery"]]) {
      await go(who, path);
      await day.eyes.look(who, `${name}-without-scripts`);
    }
    await who.context.close();
  }
}

// The photo stays beside the boxes when a section is saved.
async function besidePhoto(who, eyes) {
  await choose(who, who.page.locator("#beside"));
  await who.page.locator('.tabs label:has([name="photo"][value="3"])').click();
  await press(who, who.page.locator('main button[value="II"]'));
  assert.equal(new URL(who.page.url()).search, "?photo=3");
  assert.ok(await who.page.locator('.sight[data-page="3"]').isVisible(), "the same photo as before");
  await eyes.look(who, "read-beside-photo-without-scripts");
}

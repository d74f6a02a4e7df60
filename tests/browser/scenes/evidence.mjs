// Central cannot be reached. Photos of the pages, other papers and a kejadian khusus are recorded all the same.

import assert from "node:assert/strict";
import { go, keep, submit, upload } from "../lib/hands.mjs";

export async function photograph(day) {
  await day.central.stop();
  const { p1, p2, eyes } = day;
  await go(p1, "/form/gubernur/photos");
  await eyes.look(p1, "photos-none");
  for (const [at, photo] of day.photos("gubernur").entries()) {
    await upload(p1, `#page-${at + 1}`, photo);
    if (at === 0) await eyes.look(p1, "photos-asked");
    await keep(p1, at + 1);
  }
  await eyes.look(p1, "photos");
  await day.picture(p1, "foto");
  await p1.page.locator('figure a[href$="/zoom"]').first().click();
  await p1.page.waitForURL(/\/zoom/);
  await eyes.look(p1, "photo-zoom");

  // The other form from the phone, all pages at once.
  await go(p2, "/form/walikota/photos");
  await upload(p2, "main > section:last-of-type", day.photos("walikota"));
  await eyes.look(p2, "photos-which-page");
  for (const [at] of day.photos("walikota").entries()) await keep(p2, at + 1);
  await eyes.look(p2, "photos");
}

export async function otherPapers(day) {
  const { p1, p2, eyes } = day;
  await go(p2, "/papers");
  await p2.page.locator("#incident-text").fill("Hujan deras pukul 14.10; penghitungan dipindahkan ke teras.");
  await submit(p2, "#incident");
  await eyes.look(p2, "papers");
  await go(p1, "/papers");
  const text = await p1.page.locator("main").innerText();
  assert.ok(text.includes("Hujan deras"), "what one officer records the other sees");
}

// Central cannot be reached. Photos of the pages, other papers and a kejadian khusus are recorded all the same.

import assert from "node:assert/strict";
import { choose, go, keep, press, submit, upload, write } from "../lib/hands.mjs";

export async function photograph(day) {
  await day.central.stop();
  const { p1, p2, eyes } = day;
  await go(p1, "/form/gubernur/photos");
  await eyes.look(p1, "photos-none");
  await poorPhoto(day);
  for (const [at, photo] of day.photos("gubernur").entries()) {
    await upload(p1, `#page-${at + 1}`, photo);
    if (at === 0) await eyes.look(p1, "photos-asked");
    await keep(p1, at + 1);
  }
  await eyes.look(p1, "photos");
  await day.picture(p1, "foto");
  await press(p1, p1.page.locator('figure a[href$="/zoom"]').last());
  await eyes.look(p1, "photo-zoom");

  // The other form from the phone, all pages at once.
  await go(p2, "/form/walikota/photos");
  await upload(p2, "main > section:last-of-type", day.photos("walikota"));
  await eyes.look(p2, "photos-which-page");
  for (const [at] of day.photos("walikota").entries()) await keep(p2, at + 1);
  await eyes.look(p2, "photos");
}

// A photo with findings: said in words; taken again on the laptop, kept with a reason from the phone.
async function poorPhoto(day) {
  const { p1, p2, eyes } = day;
  await upload(p1, "#page-1", day.file("poor"));
  const said = await p1.page.locator(".waiting .finding").allInnerTexts();
  assert.ok(said.length > 0 && said.every((text) => text.length > 20), `the photo is too small: ${said}`);
  await eyes.look(p1, "photos-finding");
  await press(p1, p1.page.locator('.waiting form[action$="/drop"] button'));
  assert.equal(await p1.page.locator(".waiting article").count(), 0, "it is taken again");

  await go(p2, "/papers");
  await upload(p2, "#daftar_hadir", day.file("poor"));
  await eyes.look(p2, "papers-finding");
  await keep(p2);
  assert.ok((await p2.page.locator("#daftar_hadir figcaption").innerText()).includes("Plano sudah diangkut."), "kept because");
}

/** The plano has gone: the figures are typed with the photo of their page beside them. */
export async function besidePhoto(day) {
  const { p1, p2, eyes } = day;
  for (const who of [p1, p2]) {
    await go(who, "/form/walikota/photos");
    await press(who, who.page.locator('.actions a[href$="/read?photo=1"]'));
    const shown = who.page.locator('.sight[data-page="1"] img');
    await who.page.waitForFunction((image) => image.complete && image.naturalWidth > 1000, await shown.elementHandle());
    const [photo, box] = [await shown.boundingBox(), await who.page.locator("#box-dpt\\.L").boundingBox()];
    if (who === p1) assert.ok(photo.x > box.x + box.width, "at the side of the boxes");
    else assert.ok(photo.y < box.y, "above the boxes");
    await eyes.look(who, "read-beside-photo");
    if (who === p1) await day.picture(p1, "dari-foto");
    const small = photo.width;
    await choose(who, who.page.locator("#closer"));
    assert.ok((await shown.boundingBox()).width > 2 * small, "enlarged");
    await who.page.locator("#box-votes\\.1").focus();
    assert.ok(await who.page.locator('.sight[data-page="2"]').isVisible(), "the photo follows to page 2");
    const [sight, vote] = [await who.page.locator(".sight:visible").boundingBox(), await who.page.locator("#box-votes\\.1").boundingBox()];
    const apart = sight.y + sight.height <= vote.y || vote.x + vote.width <= sight.x;
    assert.ok(apart, "the photo covers no box that is typed into");
    const path = `${day.scene.pictures}/read-beside-photo-close-${who.size}.png`;
    await who.page.screenshot({ path });
  }
}

export async function otherPapers(day) {
  const { p1, p2, eyes } = day;
  await go(p1, "/papers");
  for (const [at, pile] of ["daftar_hadir", "kejadian_khusus"].entries()) {
    await upload(p1, `#${pile}`, day.file(`paper-${at + 1}`));
    await keep(p1);
  }
  await eyes.look(p1, "papers");
  await go(p2, "/incident");
  await write(p2, p2.page.locator("#incident-text"), "Hujan deras pukul 14.10; penghitungan dipindahkan ke teras.");
  await submit(p2, "#incident");
  await eyes.look(p2, "papers");
  await go(p1, "/papers");
  const text = await p1.page.locator("main").innerText();
  assert.ok(text.includes("Hujan deras"), "what one officer records the other sees");
}

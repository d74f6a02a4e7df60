// Seal, copies for the saksi, delivery when central is back, and the end of the day.

import assert from "node:assert/strict";
import { explain, go, press, submit, together } from "../lib/hands.mjs";

export async function seal(day) {
  const { p1, eyes } = day;
  for (const contest of ["gubernur", "walikota"]) {
    await go(p1, `/form/${contest}/seal`);
    if (contest === "gubernur") {
      await eyes.look(p1, "seal");
      await day.picture(p1, "segel");
    }
    const shown = (await p1.page.locator(".figures b.digits").allInnerTexts()).map(Number);
    assert.deepEqual(shown, Object.values(day.paper(contest).boxes), "what is sealed is what is on the paper");
    await explain(p1);
    await together(p1, day.scene.pins);
    const trouble = await p1.page.locator('[role="alert"]').allInnerTexts();
    assert.deepEqual(trouble, [], "sealed");
  }
  await eyes.look(p1, "home-sealed");
}

export async function copies(day) {
  const { p1, eyes } = day;
  await go(p1, "/form/gubernur/copy");
  await eyes.look(p1, "copy");
  await day.picture(p1, "salinan");
  const address = await p1.page.locator('a[href^="/copy/"]').getAttribute("href");
  for (const [to, refused] of [["1", ""], ["2", "Menunggu perintah partai."]]) {
    await p1.page.locator(`input[name="to"][value="${to}"]`).check();
    await p1.page.locator("#refused").fill(refused);
    await submit(p1, 'form[action$="/copy"]');
    await go(p1, "/form/gubernur/copy");
  }
  const saksi = await day.person(undefined, "phone");
  await go(saksi, address);
  const shown = (await saksi.page.locator(".figures b.digits").allInnerTexts()).map(Number);
  assert.deepEqual(shown, Object.values(day.paper("gubernur").boxes), "the saksi sees the sealed figures");
  await eyes.look(saksi, "copy-for-saksi");
  await saksi.context.close();
}

export async function deliver(day) {
  const { p1, p2, eyes } = day;
  await go(p1, "/delivery");
  assert.ok(!(await p1.page.locator("main").innerText()).match(/terkirim/i), "nothing is called sent");
  await eyes.look(p1, "delivery-offline");
  await day.picture(p1, "kirim");
  await go(p1, "/close");
  await together(p1, day.scene.pins);
  await p1.page.locator('[role="alert"]').waitFor();
  await eyes.look(p1, "close-refused");

  await day.central.start();
  await go(p2, "/delivery");
  await press(p2, p2.page.locator('form[action="/delivery/now"] button'));
  await p2.page.locator(".received.all, .count.all").first().waitFor({ timeout: 60_000 });
  await go(p2, "/delivery");
  await eyes.look(p2, "delivery-all");
}

export async function close(day) {
  const { p1, p2, eyes } = day;
  await go(p1, "/close");
  await eyes.look(p1, "close");
  await together(p1, day.scene.pins);
  await go(p1, "/close");
  await p1.page.locator(".code-big").waitFor();
  await eyes.look(p1, "closed");
  await day.picture(p1, "tutup");
  await go(p2, "/");
  await eyes.look(p2, "home-closed");
}

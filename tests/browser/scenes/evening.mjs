// Seal, copies for the saksi, delivery when central is back, and the end of the day.

import assert from "node:assert/strict";
import { agree, byItself, choose, explain, go, press, submit, together, write } from "../lib/hands.mjs";

export async function seal(day) {
  await sealOnTwoScreens(day);
  const { p1, eyes } = day;
  await toSeal(day, p1, "walikota");
  await together(p1, day.scene.pins);
  assert.deepEqual(await p1.page.locator('[role="alert"]').allInnerTexts(), [], "sealed");
  await eyes.look(p1, "home-sealed");
}

async function toSeal(day, who, contest) {
  await go(who, `/form/${contest}/seal`);
  const shown = (await who.page.locator(".figures b.digits").allInnerTexts()).map(Number);
  assert.deepEqual(shown, Object.values(day.paper(contest).boxes), "what is sealed is what is on the paper");
  await explain(who);
}

// The first officer agrees on the laptop and waits; the second agrees on the phone, and the laptop goes on by itself.
async function sealOnTwoScreens(day) {
  const { p1, p2, eyes } = day;
  await toSeal(day, p2, "gubernur");
  await toSeal(day, p1, "gubernur");
  await eyes.look(p1, "seal");
  await day.picture(p1, "segel");
  await agree(p1);
  await eyes.look(p1, "seal-waits");
  await byItself(p2, "section.together .done-note, #changed");
  await eyes.look(p2, "seal-colleague-agreed");
  await toSeal(day, p2, "gubernur");
  await agree(p2);
  await p1.page.waitForURL(/done=seal/);
}

export async function copies(day) {
  const { p1, eyes } = day;
  await go(p1, "/form/gubernur/copy");
  await eyes.look(p1, "copy");
  await day.picture(p1, "salinan");
  const address = await p1.page.locator('a[href^="/copy/"]').getAttribute("href");
  for (const [to, refused] of [["1", ""], ["2", "Menunggu perintah partai."]]) {
    await choose(p1, p1.page.locator(`input[name="to"][value="${to}"]`));
    await write(p1, p1.page.locator("#refused"), refused);
    await submit(p1, 'form[action$="/copy"]');
    await go(p1, "/form/gubernur/copy");
  }
  const taken = await p1.page.locator("main").innerText();
  assert.ok(taken.includes("Menunggu perintah partai."), "a refusal is written down with its reason");
  await eyes.look(p1, "copy-taken-and-refused");
  day.copy = address;
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
  await agree(p1);
  await eyes.look(p1, "close-waits");
  await go(p2, "/close");
  await agree(p2);
  await byItself(p1, ".code-big");
  await eyes.look(p1, "closed");
  await day.picture(p1, "tutup");
  await go(p2, "/");
  await eyes.look(p2, "home-closed");
}

// The governor's form, with mishaps: a reload and a battery pull in mid-entry, a session that ends, a slip of the second officer.

import assert from "node:assert/strict";
import { agrees, byItself, byKeyboard, entries, explain, go, login, press, record, type, typeForm } from "../lib/hands.mjs";

const READ = "/form/gubernur/read";

export async function readGubernur(day) {
  await brokenOff(day);
  await secondOfficer(day);
  await differences(day);
}

async function brokenOff(day) {
  const { p1, eyes } = day;
  const paper = day.paper("gubernur");
  const all = entries(paper);
  await go(p1, READ);
  await eyes.look(p1, "read-blank");
  await typeForm(p1, all.slice(0, 14));
  await p1.page.reload();
  await agrees(p1, all.slice(0, 14));

  // The battery is pulled: no farewell, and the same draft afterwards.
  await day.desk.stop("SIGKILL");
  await day.desk.start();
  assert.equal(await go(p1, READ), "/login");
  await login(p1);
  await go(p1, READ);
  await agrees(p1, all.slice(0, 14));

  // A sum that does not hold is said beside its box at once, and holds up nothing.
  await typeForm(p1, all.slice(14, 19));
  await type(p1, "users_total.J", "499");
  await p1.page.locator(".finding.error").first().waitFor();
  await eyes.look(p1, "read-finding");
  await day.picture(p1, "baca");
  await typeForm(p1, all.slice(19));
  await p1.page.waitForFunction(() => !document.querySelector(".finding.error"));
  await eyes.look(p1, "read-full");

  // The session ends while the form lies open: the officer logs in and goes on.
  await p1.context.clearCookies({ name: "plano" });
  await go(p1, READ);
  await login(p1);
  await go(p1, READ);
  await agrees(p1, all);
  await explain(p1);
  await record(p1);
}

// The second officer types with Enter from box to box, and reads one box wrong.
async function secondOfficer(day) {
  const { p1, p2, eyes } = day;
  const paper = day.paper("gubernur");
  await login(p2);
  await go(p2, READ);
  const values = await p2.page.locator("main input.digits").evaluateAll((boxes) => boxes.map((box) => box.value));
  assert.ok(values.every((value) => value === ""), "nothing of the first reading is shown");
  const text = await p2.page.content();
  assert.ok(!text.includes(`>${paper.boxes["votes.2"]}<`), "no figure of the first reading is in the page");
  await byKeyboard(p2, entries(paper), { "votes.1": String(paper.boxes["votes.1"] + 1), valid: String(paper.boxes.valid + 1), total: String(paper.boxes.total + 1), invalid: String(paper.boxes.invalid) });
  await eyes.look(p2, "read-phone");
  await explain(p2);
  await go(p1, "/");
  await record(p2);
  // The page that lay open says so without being touched.
  await byItself(p1, 'section.next a[href$="/differences"]');
  await eyes.look(p1, "home-differs");
}

// Each reads the differing box again; neither screen holds the other's value.
async function differences(day) {
  const { p1, p2, eyes } = day;
  const paper = day.paper("gubernur");
  for (const who of [p1, p2]) {
    await go(who, "/form/gubernur/differences");
    await eyes.look(who, "differences");
  }
  await day.picture(p1, "beda");
  for (const who of [p1, p2]) {
    await go(who, READ);
    await eyes.look(who, "read-again");
    await typeForm(who, entries(paper));
    await explain(who);
    await record(who);
    if (who === p1) await waits(day);
  }
  await byItself(p1, 'main a.go[href="/"]');
  await eyes.look(p1, "differences-none");
}

// Who has read again waits for the colleague; the page goes on by itself.
async function waits(day) {
  await go(day.p1, "/form/gubernur/differences");
  await day.p1.page.locator("main[data-live]").waitFor();
  await day.eyes.look(day.p1, "differences-waits");
}

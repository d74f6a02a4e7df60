// What an officer's hands do on the page; nothing here knows more than the screen shows and the paper says.
// An officer with `keys` has a keyboard and nothing else.

import * as keys from "./keys.mjs";

/** Opens a page that has to be there, and says where the browser ended up. */
export async function go(who, path) {
  const answer = await who.page.goto(new URL(path, who.url).href);
  if (!answer.ok()) throw new Error(`${path} answers ${answer.status()}`);
  return new URL(who.page.url()).pathname;
}

/** Presses a button or link that leads to another page, and waits until that one is there. */
export async function press(who, target) {
  const there = who.page.waitForEvent("load");
  if (who.keys) await keys.enter(who.page, target);
  else await target.click();
  await there;
}

/** Writes into an entry, in place of what stands there. */
export async function write(who, target, text) {
  if (who.keys) await keys.write(who.page, target, text);
  else await target.fill(text);
}

/** Chooses a radio button or ticks a box. */
export async function choose(who, target) {
  if (who.keys) await keys.choose(who.page, target);
  else await target.check();
}

/** Logs the officer in with a PIN. */
export async function login(who, pin = who.pin) {
  await go(who, "/login");
  await choose(who, who.page.locator(`[name="officer"][value="${who.slot}"]`));
  await write(who, who.page.locator('[name="pin"]'), pin);
  await press(who, who.page.locator('main form button').first());
}

/** The entry for a box or a time at the head of the form; none when the screen does not ask for it. */
export function entry(who, id) {
  return who.page.locator(`main input[name="box:${id}"]`).first();
}

/** Every entry of a paper in its order: times, same day, boxes. */
export function entries(paper) {
  const times = ["voting_from", "voting_to", "counting_from", "counting_to"].map((id) => [id, paper.head[id]]);
  const sameDay = ["same_day", paper.head.same_day ? "ya" : "tidak"];
  return [...times, sameDay, ...Object.entries(paper.boxes).map(([id, count]) => [id, String(count)])];
}

/** Types one entry and waits until the server has it. Without scripts nothing leaves before a button is pressed. */
export async function type(who, id, text) {
  const box = entry(who, id);
  if ((await box.getAttribute("type")) === "radio") await choose(who, who.page.locator(`main input[name="box:${id}"][value="${text}"]`));
  else await write(who, box, text);
  if (who.scripts) await stored(who, id, text);
}

/** Waits until the server has what was typed. */
export async function stored(who, id, text) {
  const has = ([name, value]) => Number.isNaN(Number(value)) ? document.getElementsByName(name)[0].value === value : Number(document.getElementsByName(name)[0].value || -1) === Number(value);
  await who.page.waitForFunction(has, [`was:${id}`, text]);
}

/** Types what the screen asks for, from the paper, with some boxes misread. */
export async function typeForm(who, all, misread = {}) {
  for (const [id, text] of all) {
    if ((await entry(who, id).count()) > 0) await type(who, id, misread[id] ?? text);
  }
}

/** The whole form with the keyboard alone: Tab once into it, then digits and Enter. */
export async function byKeyboard(who, all, misread = {}) {
  await entry(who, all[0][0]).focus();
  for (const [id, text] of all) {
    const has = await who.page.evaluate(() => document.activeElement.name);
    if (has !== `box:${id}`) throw new Error(`Enter leads to ${has}, the paper goes on with ${id}`);
    if (id === "same_day") await who.page.keyboard.press("Space");
    else await who.page.keyboard.type(misread[id] ?? text);
    await stored(who, id, misread[id] ?? text);
    await who.page.keyboard.press("Enter");
  }
}

/** Checks that the screen shows what was typed. */
export async function agrees(who, all) {
  for (const [id, text] of all) {
    const box = entry(who, id);
    const shown = (await box.getAttribute("type")) === "radio" ? await who.page.locator(`main input[name="box:${id}"]:checked`).inputValue() : await box.inputValue();
    if (shown.replace(/^0+(?=\d)/, "") !== text.replace(/^0+(?=\d)/, "")) throw new Error(`${id} shows ${shown}, typed was ${text}`);
  }
}

/** Explains every finding that wants a note. */
export async function explain(who, note = "Tertulis begitu di plano.") {
  const notes = who.page.locator('main textarea[name^="note:"]');
  for (let at = 0; at < (await notes.count()); at += 1) await write(who, notes.nth(at), note);
}

/** Records the reading; the screen afterwards is another one. */
export async function record(who) {
  await press(who, who.page.locator('main button[value="record"]'));
  if (who.page.url().endsWith("/read")) throw new Error(`not recorded: ${await who.page.locator(".trouble").allInnerTexts()}`);
}

/** Presses the one deed of a form on the page. */
export async function submit(who, within) {
  await press(who, who.page.locator(`${within} button.go`).first());
}

/** Hands over photos and waits until the page tells what became of them. */
export async function upload(who, form, files) {
  const box = who.page.locator(`${form} input[name="file"]`).first();
  if (!who.scripts) {
    await box.setInputFiles(files);
    return submit(who, form);
  }
  const there = who.page.waitForEvent("load");
  // Should the hand fail before, that is what is told.
  there.catch(() => {});
  if (who.keys) await keys.pick(who.page, box, files);
  else await box.setInputFiles(files);
  await there;
}

/** Answers what the page asks about the first photo that waits, if one does: which page it is, and why it is kept. */
export async function keep(who, page) {
  const article = who.page.locator(".waiting article").first();
  if ((await article.count()) === 0) return;
  for (const note of await article.locator('input[name^="note-"]').all()) await write(who, note, "Plano sudah diangkut.");
  const choice = article.locator(`input[name="page"][value="${page}"]`);
  if ((await choice.count()) > 0) await choose(who, choice);
  await press(who, article.locator("button.go"));
}

/** Both officers give their PIN on one screen. */
export async function together(who, pins) {
  for (const [at, pin] of pins.entries()) await write(who, who.page.locator(`[name="pin_p${at + 1}"]`), pin);
  await submit(who, "section.together");
}

/** The officer gives the own PIN on the own screen. */
export async function agree(who) {
  await write(who, who.page.locator(`[name="pin_${who.slot}"]`), who.pin);
  await submit(who, "section.together");
}

/** Waits until the page, which nobody touches, shows what `selector` names. */
export async function byItself(who, selector) {
  await who.page.locator(selector).first().waitFor({ timeout: 60_000 });
}

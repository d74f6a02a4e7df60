// What an officer's hands do on the page; nothing here knows more than the screen shows and the paper says.

/** Opens a page and says where the browser ended up. */
export async function go(who, path) {
  await who.page.goto(new URL(path, who.url).href);
  return new URL(who.page.url()).pathname;
}

/** Presses a button or link that leads to another page, and waits until that one is there. */
export async function press(who, target) {
  const there = who.page.waitForEvent("load");
  await target.click();
  await there;
}

/** Logs the officer in with a PIN. */
export async function login(who, pin = who.pin) {
  await go(who, "/login");
  await who.page.locator(`[name="officer"][value="${who.slot}"]`).check();
  await who.page.locator('[name="pin"]').fill(pin);
  await press(who, who.page.locator('main form button').first());
}

/** The entry for a box or a time at the head of the form. */
export function entry(who, id) {
  return who.page.locator(`main [name="${id}"]`).first();
}

/** Types one box and leaves it, and waits until the server has it. Without scripts nothing is sent before the whole form is. */
export async function type(who, id, text) {
  const box = entry(who, id);
  if (!who.scripts) return box.fill(text);
  const saved = who.page.waitForResponse((answer) => answer.url().endsWith("/box"));
  await box.fill(text);
  await box.press("Tab");
  return saved;
}

/** Every entry of a paper in its order: times, same day, boxes. */
export function entries(paper) {
  const times = ["voting_from", "voting_to", "counting_from", "counting_to"].map((id) => [id, paper.head[id]]);
  return [...times, ...Object.entries(paper.boxes).map(([id, count]) => [id, String(count)])];
}

/** Types what the screen asks for, from the paper, with some boxes misread. */
export async function typeForm(who, paper, misread = {}, ids = entries(paper)) {
  for (const [id, text] of ids) {
    if ((await entry(who, id).count()) > 0) await type(who, id, misread[id] ?? text);
  }
  const sameDay = who.page.locator('main [name="same_day"][value="ya"]');
  if ((await sameDay.count()) > 0) await sameDay.first().check();
}

// A person without a mouse: Tab leads to everything, the focus is always seen, Enter, Space and arrows do the rest.

const FARTHEST = 400;
const MOST_CHOICES = 20;

/** Goes on with Tab until `target` has the focus; of radio buttons, until any of its group has. */
async function reach(page, target) {
  const wanted = await target.elementHandle();
  const there = (one) => {
    const now = document.activeElement;
    return now === one || (one.type === "radio" && now?.type === "radio" && now.name === one.name && now.form === one.form);
  };
  const strokes = Array.from({ length: await wanted.evaluate(distance) }, () => page.keyboard.press("Tab"));
  await Promise.all(strokes);
  for (let at = 0; at < FARTHEST; at += 1) {
    if (await wanted.evaluate(there)) return seen(page);
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never leads to ${await wanted.evaluate((one) => one.outerHTML.slice(0, 120))}`);
}

/** How many times Tab is pressed at once on the way to `one`: a guess that only saves time, the last steps go one by one. */
function distance(one) {
  const kinds = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const groups = new Set();
  const first = (part) => part.type !== "radio" || (!groups.has(part.name) && groups.add(part.name));
  const stops = [...document.querySelectorAll(kinds)].filter((part) => !part.disabled && part.checkVisibility()).filter(first);
  const place = (part) => stops.findIndex((stop) => stop === part || (part?.type === "radio" && stop.name === part.name));
  return Math.max(place(one) - place(document.activeElement) - 2, 0);
}

/** What has the focus comes onto the screen, and a person sees that it has it. */
async function seen(page) {
  const shown = () => {
    const place = document.activeElement.getBoundingClientRect();
    return place.bottom >= 0 && place.top <= innerHeight;
  };
  await page.waitForFunction(shown);
  const fault = await page.evaluate(() => {
    const one = document.activeElement;
    const around = [one, one.parentElement, one.parentElement?.parentElement].filter(Boolean);
    const marked = around.some((part) => getComputedStyle(part).outlineStyle !== "none" || getComputedStyle(part).boxShadow !== "none");
    return marked ? "" : `nothing shows that ${one.outerHTML.slice(0, 100)} has the focus`;
  });
  if (fault) throw new Error(fault);
}

/** Presses a button or follows a link. */
export async function enter(page, target) {
  await reach(page, target);
  await page.keyboard.press("Enter");
}

/** Writes into an entry, in place of what stands there. */
export async function write(page, target, text) {
  await reach(page, target);
  await page.keyboard.press("Control+A");
  if (text === "") await page.keyboard.press("Delete");
  else await page.keyboard.type(text);
}

/** Chooses a radio button or ticks a box. */
export async function choose(page, target) {
  await reach(page, target);
  const radio = (await target.getAttribute("type")) === "radio";
  const own = () => target.evaluate((one) => one === document.activeElement);
  for (let at = 0; radio && !(await own()) && at < MOST_CHOICES; at += 1) await page.keyboard.press("ArrowDown");
  if (!(await target.isChecked())) await page.keyboard.press("Space");
  if (!(await target.isChecked())) throw new Error(`the keys do not choose ${await target.evaluate((one) => one.outerHTML)}`);
}

/** Opens the machine's file chooser and takes files from there. */
export async function pick(page, target, files) {
  await reach(page, target);
  const [chooser] = await Promise.all([page.waitForEvent("filechooser"), page.keyboard.press("Enter")]);
  await chooser.setFiles(files);
}

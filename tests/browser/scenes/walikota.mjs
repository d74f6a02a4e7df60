// The mayor's form is read without JavaScript by both officers: buttons save, nothing else is different.

import { agrees, entries, explain, go, login, press, record, typeForm } from "../lib/hands.mjs";

const READ = "/form/walikota/read";

export async function readWithoutScripts(day) {
  const all = entries(day.paper("walikota"));
  for (const [slot, size] of [["p1", "phone"], ["p2", "laptop"]]) {
    const who = await day.person(slot, size, { javaScriptEnabled: false });
    await login(who);
    await go(who, READ);
    await typeForm(who, all.slice(0, 20));
    await press(who, who.page.locator('main button[value="I"]'));
    await agrees(who, all.slice(0, 20));
    await day.eyes.look(who, "read-without-scripts");
    await typeForm(who, all.slice(20));
    await explain(who);
    await record(who);
    await who.context.close();
  }
}

// Practice without any server: one command, PINs on the screen, nothing left behind.

import assert from "node:assert/strict";
import { Server } from "../lib/server.mjs";
import { go, login } from "../lib/hands.mjs";

export async function drill(day) {
  const practice = await new Server(day.scene, ["station", "serve", "--drill"]).start();
  try {
    const who = await day.person("p1", "phone", { url: practice.url });
    await go(who, "/");
    const [, pin] = (await who.page.locator(".practice").innerText()).match(/p1 (\S+)/);
    await day.eyes.look(who, "drill");
    await login(who, pin);
    assert.equal(await go(who, "/form/gubernur/read"), "/form/gubernur/read", "practice can begin at once");
    await day.eyes.look(who, "drill-read");
    await who.context.close();
  } finally {
    await practice.stop();
  }
}

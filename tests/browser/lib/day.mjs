// One day: what all scenes share.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { person, start } from "./chromium.mjs";
import { Eyes } from "./eyes.mjs";
import { Server } from "./server.mjs";

/** Reads what was prepared and starts central, the station's page and the browser. */
export class Day {
  static async begin(path) {
    const day = new Day();
    day.scene = { ...JSON.parse(readFileSync(path, "utf8")), folder: dirname(path) };
    mkdirSync(day.scene.pictures, { recursive: true });
    if (day.scene.guide) mkdirSync(day.scene.guide, { recursive: true });
    day.central = await new Server(day.scene, ["central", "serve"]).start();
    const election = ["--election", "election.note", "--station", day.scene.station];
    day.plano("station", "init", ...election, "--central", day.central.url, "--central-key", "plano-central/central.pub");
    day.desk = await new Server(day.scene, ["station", "serve"]).start();
    day.browser = await start();
    day.eyes = new Eyes(day.scene.pictures, day.browser);
    day.people = [];
    return day;
  }

  /** What stands on the sheet of this contest. */
  paper(contest) {
    return this.scene.papers.find((paper) => paper.contest === contest);
  }

  /** Paths of the photos of this contest's pages. */
  photos(contest) {
    return this.paper(contest).photos.map((name) => join(this.scene.folder, name));
  }

  /** Path of another photo that was prepared. */
  file(name) {
    return join(this.scene.folder, `${name}.jpg`);
  }

  /** Another browser: the officer `slot`, or nobody in particular; at the page of this day, or at another `url`. */
  async person(slot, size, { url, ...options } = {}) {
    const one = await person(this.browser, size, { home: new URL(url ?? this.desk.url).hostname, ...options });
    const pin = slot && this.scene.pins[slot === "p1" ? 0 : 1];
    Object.assign(one, { slot, pin, url: url ?? this.desk.url, scripts: options.javaScriptEnabled ?? true });
    this.people.push(one);
    return one;
  }

  /** A small picture for the officer's guide, when the guide is being written. */
  async picture(who, name) {
    if (!this.scene.guide) return;
    const size = who.page.viewportSize();
    await who.page.setViewportSize({ width: 960, height: 700 });
    const height = await who.page.evaluate(() => {
      const before = scrollY;
      scrollTo(0, 0);
      return before;
    });
    await who.page.screenshot({ path: join(this.scene.guide, `${name}.jpg`), quality: 70 });
    await who.page.setViewportSize(size);
    await who.page.evaluate((top) => scrollTo(0, top), height);
  }

  /** Runs the program once, as at a prompt. */
  plano(...words) {
    const [p1, p2] = this.scene.pins;
    const env = { ...process.env, PLANO_LANG: "en", PLANO_PIN_P1: p1, PLANO_PIN_P2: p2 };
    return execFileSync(this.scene.program, words, { cwd: this.scene.folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
  }

  /** Everything that was wrong with the pages of the day. */
  faults() {
    const said = this.people.flatMap((one) => [...one.strangers.map((url) => `asked another host: ${url}`), ...one.broken]);
    return [...this.eyes.faults, ...said];
  }

  async end() {
    await this.browser?.close();
    await this.desk?.stop();
    await this.central?.stop();
  }
}

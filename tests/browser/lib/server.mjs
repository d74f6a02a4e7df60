// The two programs of a day, started and stopped as people do: the station's page, and central.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";

/** Milliseconds from one look at what a program has printed to the next. */
const LOOK = 20;

/** A program that serves until it is stopped; `url` is where, as it says itself. */
export class Server {
  #scene;
  #words;
  #child;
  #listen = "127.0.0.1:0";
  #lines = [];
  url;

  constructor(scene, words) {
    this.#scene = scene;
    this.#words = words;
  }

  /** Starts, at the same address as before when it has run before. */
  async start() {
    const [program, folder] = [this.#scene.program, this.#scene.folder];
    const words = [...this.#words, "--listen", this.#listen];
    this.#child = spawn(program, words, { cwd: folder, env: { ...process.env, PLANO_LANG: "en" }, stdio: ["ignore", "pipe", "pipe"] });
    const said = [];
    this.#child.stderr.on("data", (data) => said.push(data));
    const ended = once(this.#child, "exit").then(([code]) => {
      throw new Error(`${words.join(" ")} ended with ${code}: ${Buffer.concat(said)}`);
    });
    ended.catch(() => {});
    const told = createInterface({ input: this.#child.stdout });
    told.on("line", (line) => this.#lines.push(line));
    this.#lines = [];
    this.url = await Promise.race([this.says(/https?:\/\/[^\s/]+/), ended]);
    this.#listen = new URL(this.url).host;
    return this;
  }

  /** Waits until the program has printed something like this, and gives what fits; the last group when there is one. */
  async says(pattern) {
    for (;;) {
      const found = this.#lines.map((line) => line.match(pattern)).find(Boolean);
      if (found) return found.at(-1);
      await setTimeout(LOOK);
    }
  }

  /** Ends it, at once as a battery pull does, or as a person asks for. */
  async stop(signal = "SIGTERM") {
    if (!this.#child || this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill(signal);
    await ended;
  }
}

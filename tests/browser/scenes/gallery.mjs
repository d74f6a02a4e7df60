// Every page once more in the manners that no scene has: both languages on both sizes, and large text.

import { login } from "../lib/hands.mjs";

const MANNERS = [
  ["phone", "id", "1"],
  ["phone", "en", "1"],
  ["laptop", "en", "0"],
  ["laptop", "id", "1"],
];

/** Walks through pages in all manners. */
async function walk(day, paths) {
  for (const [size, lang, large] of MANNERS) {
    const who = await day.person("p1", size);
    const url = who.url;
    await who.context.addCookies([{ name: "plano-lang", value: lang, url }, { name: "plano-large", value: large, url }]);
    await day.eyes.walk(who, ["/login"], `${large === "1" ? "large" : "plain"}-${lang}`);
    await login(who);
    await day.eyes.walk(who, paths, `${large === "1" ? "large" : "plain"}-${lang}`);
    await who.context.close();
  }
}

/** The pages that are gone in the evening. */
export async function galleryAtNoon(day) {
  await walk(day, ["/form/gubernur/seal", "/form/gubernur/read?photo=2", "/form/gubernur/differences", "/enrol"]);
}

/** All others. */
export async function galleryAtNight(day) {
  const paths = ["/", "/join", "/papers", "/incident", "/delivery", "/close", "/no-such-page"];
  await walk(day, [...paths, ...["photos", "copy", "correct"].map((page) => `/form/gubernur/${page}`), day.copy]);
}

// A whole polling day on the station's page: `node day.mjs SCENE.json`. What it needs is prepared by tests/browser_day.rs.

import { Day } from "./lib/day.mjs";
import { arrive } from "./scenes/arrive.mjs";
import { correct } from "./scenes/correction.mjs";
import { drill } from "./scenes/drill.mjs";
import { close, copies, deliver, seal } from "./scenes/evening.mjs";
import { besidePhoto, otherPapers, photograph } from "./scenes/evidence.mjs";
import { galleryAtNight, galleryAtNoon } from "./scenes/gallery.mjs";
import { readGubernur } from "./scenes/gubernur.mjs";
import { hotspot } from "./scenes/hotspot.mjs";
import { readWithoutScripts } from "./scenes/walikota.mjs";

const SCENES = [
  arrive,
  readGubernur,
  photograph,
  besidePhoto,
  hotspot,
  readWithoutScripts,
  otherPapers,
  galleryAtNoon,
  seal,
  copies,
  correct,
  deliver,
  close,
  galleryAtNight,
  drill,
];

let day;
try {
  day = await Day.begin(process.argv[2]);
  for (const scene of SCENES) {
    const from = Date.now();
    await scene(day);
    console.log(`${scene.name}: ${Date.now() - from} ms`);
  }
  const faults = day.faults();
  if (faults.length > 0) throw new Error(`${faults.length} faults:\n${faults.join("\n")}`);
  console.log(`${day.eyes.screens.length} screens looked at: ${day.eyes.screens.join(" ")}`);
  console.log("the day is closed");
} finally {
  await day?.end();
}

import { cpSync, readFileSync } from "node:fs";
const scene = JSON.parse(readFileSync(process.argv[2], "utf8"));
cpSync(scene.folder, "/tmp/scene", { recursive: true });

// Reads GIFT from standard input with gift-pegjs, and writes the questions that it found.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { parse } = createRequire(new URL("../../frontend/package.json", import.meta.url))("gift-pegjs");
process.stdout.write(JSON.stringify(parse(readFileSync(0, "utf8"))));

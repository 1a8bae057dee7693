/** The sizes that the documents tell are those of the built package. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { dist, root } from "../support/paths.mjs";

const BUTTON = ["barge-in.wasm", "define.js"];
const PANEL = ["barge-in-panel.wasm", "panel.js"];
const SIMULATOR = ["sim.wasm", "sim.js"];

/** Where a size is told in kB, and of which files; by brotli unless said otherwise. */
const TOLD = [
  ["README.md", /About (\d+) kB \(brotli\)/, BUTTON],
  ["README.md", /(\d+) kB with panels/, PANEL],
  ["docs/faq.md", /about (\d+) kB once for all buttons/, BUTTON],
  ["docs/faq.md", /(\d+) kB with panels/, PANEL],
  ["docs/embedding.md", /\(\d+ kB; (\d+) kB by brotli\)/, ["inline.js"]],
  ["docs/embedding.md", /\((\d+) kB; \d+ kB by brotli\)/, ["inline.js"], "raw"],
  ["docs/panel.md", /\(\d+ kB; (\d+) kB by brotli\)/, ["panel-inline.js"]],
  ["docs/panel.md", /\((\d+) kB; \d+ kB by brotli\)/, ["panel-inline.js"], "raw"],
  ["docs/simulator.md", /(\d+) kB \(brotli\)/, SIMULATOR],
];

for (const [document, told, files, raw] of TOLD) {
  test(`${document} tells the size of ${files.join(" and ")}${raw ? ", uncompressed" : ""}`, () => {
    const [, kB] = told.exec(readFileSync(join(root, document), "utf8"));
    const bytes = files.map((file) => readFileSync(join(dist, file))).map((file) => (raw ? file : brotliCompressSync(file)).length);
    const real = bytes.reduce((sum, size) => sum + size) / 1000;
    assert.ok(Math.abs(kB - real) <= Math.max(1, real / 100), `it says ${kB} kB, and it is ${real.toFixed(1)}`);
  });
}

/** The samples of the documents are lines of the consoles here, so what is documented is what was seen to work. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.mjs";

const read = (...path) => readFileSync(join(root, ...path), "utf8");

/** Each marked sample: `<!-- e2e/consumers/… -->`, a blank line or none, and a block of code. */
const SAMPLE = /^<!-- (e2e\/consumers\/\S+) -->\n+```\w+\n([\s\S]*?)^```$/gm;

const SHOWN = {
  "embedding.md": [
    "angular", "angular-ssr", "astro", "bundlers", "html", "jest", "next", "nuxt", "react", "react-router", "sveltekit", "types", "vitest", "vue", "webpack", "yew",
  ],
  "panel.md": ["angular", "html", "react", "vitest", "vue", "yew"],
  "simulator.md": ["storybook", "vitest-browser"],
};

for (const [document, consumers] of Object.entries(SHOWN)) {
  test(`the samples of ${document} are lines of the consumers`, () => {
    const samples = [...read("docs", document).matchAll(SAMPLE)];
    const shown = new Set(samples.map(([, path]) => path.split("/")[2]));
    assert.deepEqual([...shown].sort(), consumers);
    for (const [, path, sample] of samples) {
      // Where the indentation differs or other lines lie between, the order still is the file's.
      const lines = plain(read(path));
      let at = 0;
      for (const line of plain(sample)) {
        at = lines.indexOf(line, at) + 1;
        assert.ok(at > 0, `docs/${document} shows what ${path} does not have there: ${line}`);
      }
    }
  });
}

function plain(text) {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line);
}

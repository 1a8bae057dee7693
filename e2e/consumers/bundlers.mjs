/** The package in the bundlers, each with its own settings, in one folder that is installed once. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { POLICY } from "../support/sim.mjs";
import { stage } from "./support/stage.mjs";

/** Builds of `bundlers`, each with the outputs that it makes: `classic` ones are no modules, `inline` ones hold the WebAssembly;
 * `page` gives the policy for a page that the bundler writes. */
const BUNDLERS = {
  rollup: { outputs: ["rollup", "rollup-iife"], classic: ["rollup-iife"], inline: true },
  esbuild: {},
  "esbuild-iife": { classic: ["esbuild-iife"], inline: true },
  parcel: { page: (pages) => allowing(readFileSync(join(pages, "index.html"), "utf8")) },
  rspack: { classic: ["rspack"] },
  "vite-library": { inline: true },
  webpack: { outputs: ["webpack-wasm", "webpack-cra"], classic: ["webpack-wasm", "webpack-cra"] },
};

const { consumer, used } = stage();

consumer("bundlers", async (context, folder, script) => {
  for (const [name, { outputs = [name], classic = [], page, inline }] of Object.entries(BUNDLERS)) {
    await context.test(`${name} builds without a warning`, async () => {
      const { stdout, stderr } = await script(name);
      assert.doesNotMatch(stdout + stderr, /warn|doesn't exist/i);
    });
    for (const output of outputs) {
      await context.test(`${output} barges in, under the promised policy`, async () => {
        const pages = join(folder, "out", output);
        const policy = page ? page(pages) : writePage(pages, classic.includes(output));
        await used("bundlers", { pages, policy }, { inline });
      });
    }
  }
});

/** The page of a bundle. */
function writePage(folder, classic) {
  const script = `<script ${classic ? "defer" : 'type="module"'} src="/main.js"></script>`;
  const body = "<barge-in-button></barge-in-button><output></output>";
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "index.html"), `<!doctype html><html lang="en"><head>${script}</head><body>${body}</body></html>`);
}

/** The promised policy with the hash of a page's one inline script, Parcel's import map. */
function allowing(html) {
  const [, script] = /<script type="?importmap"?>(.*?)<\/script>/s.exec(html);
  return POLICY.replace("'self' 'wasm", `'self' 'sha256-${createHash("sha256").update(script).digest("base64")}' 'wasm`);
}

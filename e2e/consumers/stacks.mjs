/**
 * The package in stacks that take long to install and build: consoles that a server renders, the other bundlers, and the
 * tests of consoles. Each folder is installed once.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startStatic } from "../sim/static.mjs";
import { POLICY, startSim } from "../support/sim.mjs";
import { front, freePort } from "./support/front.mjs";
import { ATTRIBUTE, EVENT, PROPERTY, refused } from "./support/mistakes.mjs";
import { QUIET, stage } from "./support/stage.mjs";
import { bargeIn, open } from "./support/supervisor.mjs";
import { serve } from "./support/workshop.mjs";

/** Servers, given a free port: of the built console, with a reverse proxy before it, and of one that is developed. */
const SERVERS = {
  next: {
    start: (port) => ["node_modules/next/dist/bin/next", "start", "-H", "127.0.0.1", "-p", port],
    dev: (port) => ["node_modules/next/dist/bin/next", "dev", "-H", "127.0.0.1", "-p", port],
    wrong: { "app/Console.tsx": [ATTRIBUTE, PROPERTY, EVENT] },
  },
  "react-router": {
    start: () => ["node_modules/@react-router/serve/bin.js", "./build/server/index.js"],
    dev: (port) => ["node_modules/@react-router/dev/bin.js", "dev", "--host", "127.0.0.1", "--port", port],
  },
  sveltekit: { start: () => ["build/index.js"], dev: (port) => ["node_modules/vite/bin/vite.js", "--host", "127.0.0.1", "--port", port] },
  nuxt: {
    start: () => [".output/server/index.mjs"],
    dev: (port) => ["node_modules/nuxt/bin/nuxt.mjs", "dev", "--host", "127.0.0.1", "--port", port],
  },
  astro: {
    start: () => ["dist/server/entry.mjs"],
    dev: (port) => ["node_modules/astro/astro.js", "dev", "--host", "127.0.0.1", "--port", port],
  },
  "angular-ssr": { start: () => ["dist/server/server.mjs"] },
};

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

const shared = stage();
const { consumer, used } = shared;

for (const [name, { start, dev, wrong }] of Object.entries(SERVERS)) {
  consumer(name, async (context, folder, script) => {
    await context.test("builds", () => script("build"));
    await context.test("shows the button before scripts, and barges in", () => rendered(name, folder, start));
    if (dev) await context.test("barges in while it is developed", () => rendered(name, folder, dev, true));
    if (wrong) await context.test("has its mistakes refused", () => refused(wrong, folder));
  });
}

consumer("react18", async (context, folder, script) => {
  await context.test("builds", () => script("build"));
  await context.test("takes over what a server rendered, under the promised policy", () =>
    used("react18", { pages: join(folder, "dist") }, { id: "prerendered", seen: oneButton }),
  );
});

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

consumer("vitest", async (context, folder, script) => {
  for (const environment of ["jsdom", "happy-dom"]) await context.test(`tests pass in ${environment}`, () => script(environment));
});

consumer("vitest-browser", (context, folder, script) => context.test("tests pass in Chromium, without a server", () => script("test")));

/** What each story shows before and after a press. */
const STORIES = {
  ready: ["ready", "You have joined."],
  refused: ["ready", "Not on a Friday"],
  joined: ["joined"],
};

consumer("storybook", async (context, folder, script) => {
  await context.test("builds", () => script("build"));
  for (const [name, [state, words]] of Object.entries(STORIES)) {
    await context.test(`the story ${name} has a server of its own, on a static host`, async () => {
      const host = await startStatic({ folder: join(folder, "dist"), policy: "" });
      try {
        const { page, button, trouble } = await open(shared.browser, `${host.url}/iframe.html?id=barge-in--${name}&viewMode=story`);
        await page.locator(`barge-in-button:state(${state})`).waitFor();
        if (words) {
          await button.click();
          await page.getByText(words).waitFor();
        }
        assert.deepEqual(trouble, []);
        assert.deepEqual(host.asked.filter((path) => /\/(api|control)\//.test(path)), []);
        await page.context().close();
      } finally {
        host.close();
      }
    });
  }
});

consumer("jest", (context, folder, script) => context.test("tests pass", () => script("test")));

/** React takes the plain button away once it has taken over. */
async function oneButton(page) {
  assert.equal(await page.locator("barge-in-button").evaluate((element) => element.children.length), 0);
}

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

/** Barges in on a page that a server renders. */
async function rendered(name, folder, command, developed) {
  const port = String(await freePort());
  const sim = await startSim([]);
  const app = await serve(folder, command(port), { ...QUIET, PORT: port, HOST: "127.0.0.1", GWS_URL: sim.url });
  const origin = developed ? undefined : await front(sim.url, app.url);
  try {
    const id = await sim.session();
    const url = `${(origin ?? app).url}/?session=${id}`;
    const place = await withoutScripts(url, id);
    const opened = await open(shared.browser, url);
    await bargeIn(opened, sim, id, name);
    assert.deepEqual(await opened.button.boundingBox(), place, "the button has moved");
    await opened.page.context().close();
  } finally {
    await origin?.close();
    await app.close();
    await sim.close();
  }
}

/** What the server sent, seen without any script; gives the button's place. */
async function withoutScripts(url, id) {
  const html = await (await fetch(url)).text();
  const [tag] = /<barge-in-button[^>]*>/.exec(html);
  assert.ok(tag.includes(` session-id="${id}"`), tag);
  assert.doesNotMatch(tag, /headers|strings/i);
  const page = await (await shared.browser.newContext({ javaScriptEnabled: false })).newPage();
  await page.goto(url);
  const button = page.getByRole("button", { name: "Barge in" });
  assert.ok(await button.isDisabled());
  const place = await button.boundingBox();
  await page.context().close();
  return place;
}

/** The package in consoles that a server renders: in the HTML before scripts, and taken over without a shift. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { startSim } from "../support/sim.mjs";
import { front, freePort } from "./support/front.mjs";
import { ATTRIBUTE, EVENT, PROPERTY, refused } from "./support/mistakes.mjs";
import { QUIET, stage, twoAtATime } from "./support/stage.mjs";
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

const shared = stage();
const { consumer, used } = shared;

twoAtATime(() => {
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
});

/** React takes the plain button away once it has taken over. */
async function oneButton(page) {
  assert.equal(await page.locator("barge-in-button").evaluate((element) => element.children.length), 0);
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

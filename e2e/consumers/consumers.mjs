/** The package in the consoles of its users: each is installed, checked, built and used as theirs would be. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { launch } from "../support/browser.mjs";
import { POLICY, startSim } from "../support/sim.mjs";
import { ATTRIBUTE, EVENT, PROPERTY, refused } from "./support/mistakes.mjs";
import { bargeIn, open } from "./support/supervisor.mjs";
import { run, serve, Workshop } from "./support/workshop.mjs";

const VITE = ["node_modules/vite/bin/vite.js", "--host", "127.0.0.1", "--port", "0"];

/**
 * `pages` is what is served, under the `policy` that the widget is promised to run under; `dev` starts the development
 * server; `wrong` makes mistakes in a file to see them refused.
 */
const CONSUMERS = {
  html: { pages: "public" },
  react: { pages: "dist", dev: VITE, wrong: { file: "src/Console.tsx", mistakes: [ATTRIBUTE, PROPERTY, EVENT] } },
  vue: {
    pages: "dist",
    // Vue itself wants this one.
    policy: POLICY.replace("trusted-types 'none'", "trusted-types vue"),
    dev: VITE,
    wrong: { file: "src/Console.vue", mistakes: [ATTRIBUTE, PROPERTY, EVENT] },
  },
  webpack: { pages: "public" },
  angular: {
    pages: "dist/browser",
    dev: ["node_modules/@angular-devkit/architect/bin/cli.js", "console:serve", "--host=127.0.0.1", "--port=0"],
    // Of a tag that is no component Angular checks the events only.
    wrong: { file: "src/console.ts", mistakes: [EVENT] },
  },
};

let browser;
const workshop = new Workshop();
before(async () => (browser = await launch()));
after(async () => {
  await browser?.close();
  await workshop.close();
});

for (const [name, { pages, policy, dev, wrong }] of Object.entries(CONSUMERS)) {
  test(name, async (consumer) => {
    const folder = workshop.copy(name);
    const missing = await workshop.install(folder);
    if (missing) return consumer.skip(missing);

    await consumer.test("builds without a warning", async () => {
      const { stdout, stderr } = await script("build", folder);
      assert.doesNotMatch(stdout + stderr, /warn|doesn't exist/i);
    });

    await consumer.test("barges in", () => used(name, { pages: join(folder, pages), policy }));

    if (dev) {
      await consumer.test("barges in while it is developed", () =>
        used(name, {}, (sim) => serve(folder, dev, { GWS_URL: sim.url })),
      );
    }

    if (wrong) {
      await consumer.test("has its mistakes refused", () => refused(wrong, folder));
    }
  });
}

test("yew", async (consumer) => {
  const pages = process.env.YEW_CONSOLE;
  if (!pages) return consumer.skip("YEW_CONSOLE names no built console; `cargo xtask test consumers` builds it");
  await used("yew", { pages });
});

/** Barges in on a consumer's page, which the simulator serves unless `server` gives another one. */
async function used(name, options, server) {
  const sim = await startSim([], options);
  const other = await server?.(sim);
  try {
    const id = await sim.session();
    const opened = await open(browser, `${(other ?? sim).url}/?session=${id}`);
    await bargeIn(opened, sim, id, name);
    await opened.page.context().close();
  } finally {
    await other?.close();
    await sim.close();
  }
}

function script(name, folder) {
  return run("npm", ["--loglevel=error", "run", name], folder);
}

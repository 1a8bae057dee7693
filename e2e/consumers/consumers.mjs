/** The package in the consoles of its users: each is installed, checked, built and used as theirs would be. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { POLICY } from "../support/sim.mjs";
import { ATTRIBUTE, EVENT, PANEL_ATTRIBUTE, PANEL_EVENT, PROPERTY, refused } from "./support/mistakes.mjs";
import { stage, twoAtATime } from "./support/stage.mjs";
import { serve } from "./support/workshop.mjs";

const VITE = ["node_modules/vite/bin/vite.js", "--host", "127.0.0.1", "--port", "0"];

/**
 * `pages` is what is served, under the `policy` that the widget is promised to run under; `dev` starts the development
 * server; `wrong` makes mistakes in files to see them refused. `seat` is the address of the page with a
 * panel, up to the session.
 */
const CONSUMERS = {
  html: { pages: "public", seat: "/panel.html?session=" },
  react: {
    pages: "dist",
    dev: VITE,
    wrong: { "src/Console.tsx": [ATTRIBUTE, PROPERTY, EVENT], "src/Seat.tsx": [PANEL_ATTRIBUTE, PANEL_EVENT] },
  },
  vue: {
    pages: "dist",
    // Vue itself wants this one.
    policy: POLICY.replace("trusted-types 'none'", "trusted-types vue"),
    dev: VITE,
    wrong: { "src/Console.vue": [ATTRIBUTE, PROPERTY, EVENT], "src/Seat.vue": [PANEL_ATTRIBUTE, PANEL_EVENT] },
  },
  webpack: { pages: "public", seat: null },
  angular: {
    pages: "dist/browser",
    dev: ["node_modules/@angular-devkit/architect/bin/cli.js", "console:serve", "--host=127.0.0.1", "--port=0"],
    // Of a tag that is no component Angular checks the events only.
    wrong: { "src/console.ts": [EVENT], "src/seat.ts": [PANEL_EVENT] },
  },
};

const { consumer, used, seated } = stage();

twoAtATime(() => {
  for (const [name, { pages, policy, dev, wrong, seat = "/?seat&session=" }] of Object.entries(CONSUMERS)) {
    consumer(name, async (context, folder, script) => {
      await context.test("builds without a warning", async () => {
        const { stdout, stderr } = await script("build");
        assert.doesNotMatch(stdout + stderr, /warn|doesn't exist/i);
      });

      await context.test("barges in", () => used(name, { pages: join(folder, pages), policy }));

      if (seat) await context.test("whispers", () => seated(name, seat, { pages: join(folder, pages), policy }));

      if (dev) {
        const server = (sim) => serve(folder, dev, { GWS_URL: sim.url });
        await context.test("barges in while it is developed", () => used(name, {}, { server }));
        await context.test("whispers while it is developed", () => seated(name, seat, {}, server));
      }

      if (wrong) {
        await context.test("has its mistakes refused", () => refused(wrong, folder));
      }
    });
  }

  test("yew", async (context) => {
    const pages = process.env.YEW_CONSOLE;
    if (!pages) return context.skip("YEW_CONSOLE names no built console; `cargo xtask test consumers` builds it");
    await used("yew", { pages });
    await seated("yew", "/?seat&session=", { pages });
  });
});

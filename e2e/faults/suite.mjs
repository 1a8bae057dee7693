/** Turns scenarios into tests of the promises. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { launch, launchWithTabs } from "../support/browser.mjs";
import { notInPage } from "../support/sim.mjs";
import { play } from "./scene.mjs";
import { checkAwake } from "./sleep.mjs";

/** Runs each scenario as a test with short times; those that need real times are left to `cargo xtask chaos`. */
export function suite(scenarios) {
  const browsers = new Map();
  after(() => Promise.all(Array.from(browsers.values(), (browser) => browser.close())));
  for (const scenario of scenarios) {
    const outside = scenario.outside && notInPage("is done to the line between page and server");
    const long = scenario.long && { skip: "takes real time: cargo xtask chaos" };
    test(scenario.name, long || outside || {}, async () => {
      const start = scenario.tabs ? launchWithTabs : launch;
      if (!browsers.has(start)) browsers.set(start, await start());
      check(scenario, await play(scenario, { browser: browsers.get(start) }));
    });
  }
}

/** Fails unless the figures of a scenario are as promised; those of time only where they are `timed`, since a test may be slow. */
export function check(scenario, figures, { timed = false } = {}) {
  assert.deepEqual(figures.false, [], "false states");
  const posts = [scenario.posts ?? figures.presses].flat();
  assert.ok(posts.includes(figures.posts), `${figures.posts} requests made by the page, not ${posts.join(" or ")}`);
  if (!scenario.repeats) assert.ok(figures.onTheWire <= figures.posts, `${figures.onTheWire} requests reached the server`);
  assert.ok(figures.joined <= 1, "told once of a join");
  if (scenario.notices ?? true) assert.notEqual(figures.noticedMs, undefined, "trouble was shown");
  if (scenario.errors) assert.deepEqual(figures.errors, scenario.errors, "errors told");
  if (scenario.sleeps) checkAwake(figures.awake, timed);
  if (scenario.shows) assert.deepEqual(figures.shown, scenario.shows);
  if (scenario.restores) assert.ok(figures.restored, "restored from the cache");
  if (scenario.brokenWithin) assert.notEqual(figures.brokenMs, undefined, "the connection was told as broken");
  if (!timed) return;
  if (scenario.brokenWithin) assert.ok(figures.brokenMs <= scenario.brokenWithin, `broken after ${figures.brokenMs} ms`);
  if (scenario.within) assert.ok(figures.trueMs <= scenario.within, `true after ${figures.trueMs} ms`);
}

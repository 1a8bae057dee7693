/** A page that stands still: the whole browser stopped, as by a machine asleep, or only its timers late. And what it does on waking. */
import assert from "node:assert/strict";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { now } from "./recorder.mjs";

/** Ms after waking that are watched. */
const WATCHED = 4_000;
/** Ms after waking until the truth must be shown; the rest is what it takes to look. */
const TRUE_WITHIN = 2_000 + 150;
/** Of timers, and of requests, in a second. */
const MOST = 10;

/** Stops every process of the browser, which this run has started. */
export async function stop(scene) {
  const session = await scene.browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  scene.pids = processInfo.map(({ id }) => id);
  for (const pid of scene.pids) process.kill(pid, "SIGSTOP");
}

/** Lets the browser go on. To be done in the end too: one that is stopped cannot be closed. */
export function wake({ pids }) {
  for (const pid of pids ?? []) process.kill(pid, "SIGCONT");
}

/** Holds all timers of the page back for `ms`; those that were due fire at the end. */
export function delayTimers({ tab }, ms) {
  return tab.evaluate((ms) => void (window.lateUntil = performance.now() + ms), ms);
}

/**
 * Watches a page that has just woken, at `woke`: how soon it shows for good what `isTrue` of its states, and how many
 * timers and requests it makes.
 */
export async function watchAwake(scene, isTrue, woke = now()) {
  const seq = (await scene.sim.log()).at(-1)?.seq ?? 0;
  await pause(WATCHED - (now() - woke));
  const requests = (await scene.sim.log((entry) => entry.seq > seq)).length;
  const { entries, timers } = await scene.tab.evaluate((woke) => {
    const timers = window.timers.filter((at) => at >= woke).length;
    return { entries: window.recorded.entries, timers };
  }, woke);
  const states = entries.filter(({ kind }) => kind === "state");
  const last = states.findLastIndex((shown) => !isTrue(shown));
  const begins = states[last + 1]?.at;
  scene.awake = {
    trueMs: begins === undefined ? null : Math.max(0, Math.round(begins - woke)),
    shown: states.at(-1),
    timers: timers / (WATCHED / 1_000),
    requests: requests / (WATCHED / 1_000),
  };
}

/** Fails unless a page that woke was true soon and quiet. */
export function checkAwake({ trueMs, shown, timers, requests }) {
  assert.notEqual(trueMs, null, `not true ${WATCHED} ms after waking: ${JSON.stringify(shown)}`);
  assert.ok(trueMs <= TRUE_WITHIN, `true ${trueMs} ms after waking`);
  assert.ok(timers < MOST, `${timers} timers a second after waking`);
  assert.ok(requests < MOST, `${requests} requests a second after waking`);
}

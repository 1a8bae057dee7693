/** A page at a standstill: the whole browser stopped, as during sleep, or only its timers late; and its behaviour after waking. */
import assert from "node:assert/strict";
import process from "node:process";
import { setTimeout as pause } from "node:timers/promises";
import { now } from "./recorder.mjs";

/** How long the page is watched after waking, at least, in ms. */
const WATCHED = 4_000;
/** The time after waking until the right state must be shown, in ms; the addend is for the measurement. */
const TRUE_WITHIN = 2_000 + 150;
/** The most timers, and the most requests, in a second. */
const MOST = 10;

/** Stops every process of the browser that this run has started. */
export async function stop(scene) {
  const session = await scene.browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  scene.pids = processInfo.map(({ id }) => id);
  for (const pid of scene.pids) process.kill(pid, "SIGSTOP");
}

/** Continues the browser. Also needed at the end: a stopped browser cannot be closed. */
export function wake({ pids }) {
  for (const pid of pids ?? []) process.kill(pid, "SIGCONT");
}

/** Delays all timers of the page for `ms`; due timers fire at the end. */
export function delayTimers({ tab }, ms) {
  return tab.evaluate((ms) => void (window.lateUntil = performance.now() + ms), ms);
}

/**
 * Watches a page that woke at `woke`: the time until its states stay right by `isTrue`, and the number of timers and
 * requests.
 */
export async function watchAwake(scene, isTrue, woke = now()) {
  const seq = (await scene.sim.log()).at(-1)?.seq ?? 0;
  await pause(WATCHED - (now() - woke));
  const { entries } = await scene.until(({ entries }) => isTrue(entries.findLast(isState)));
  const seconds = (now() - woke) / 1_000;
  const requests = await scene.sim.log((entry) => entry.seq > seq);
  const timers = await scene.tab.evaluate((woke) => window.timers.filter((at) => at >= woke).length, woke);
  const states = entries.filter(isState);
  const begins = states[states.findLastIndex((shown) => !isTrue(shown)) + 1].at;
  scene.awake = {
    trueMs: Math.max(0, Math.round(begins - woke)),
    timers: timers / seconds,
    requests: requests.length / seconds,
  };
}

const isState = ({ kind }) => kind === "state";

/** Fails unless the page was quiet, and, where time is `timed`, soon right. */
export function checkAwake({ trueMs, timers, requests }, timed) {
  if (timed) assert.ok(trueMs <= TRUE_WITHIN, `true ${trueMs} ms after waking`);
  assert.ok(timers < MOST, `${timers} timers a second after waking`);
  assert.ok(requests < MOST, `${requests} requests a second after waking`);
}

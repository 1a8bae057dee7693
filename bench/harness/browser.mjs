/** Chromium, pages with the finest clock of the browser, and the browser's own counters. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium as playwright } from "playwright-core";
import { chromium, flags } from "../../e2e/support/paths.mjs";
import { POLICY } from "../../e2e/support/sim.mjs";
import { site } from "../build.mjs";
import { probe } from "./probe.js";

// Without it a memory measurement waits for the next garbage collection, up to 20 s.
const FLAGS = [...flags(), "--enable-blink-features=ForceEagerMeasureMemory"];

/** A slow line, such as that of a branch office. */
export const SLOW = { offline: false, latency: 40, downloadThroughput: 1_250_000, uploadThroughput: 1_250_000 };

export const launch = () => playwright.launch({ executablePath: chromium(), args: FLAGS });

/** With cross-origin isolation `performance.now()` has a resolution of 5 µs, and memory can be measured. */
const HEADERS = Object.entries({
  "content-type": "text/html; charset=utf-8",
  "content-security-policy": POLICY,
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
}).map(([name, value]) => ({ name, value }));

/**
 * Opens a page in a fresh context, so with an empty cache, and returns it once it begins to load.
 *
 * The document is served here because of its headers; everything else comes from the simulator.
 */
export async function open(browser, url, { line } = {}) {
  const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
  const page = await context.newPage();
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(error));
  page.on("console", (message) => message.type() === "error" && page.errors.push(new Error(message.text())));
  const cdp = await context.newCDPSession(page);
  page.cdp = cdp;
  await cdp.send("Fetch.enable", { patterns: [{ urlPattern: "*.html" }] });
  cdp.on("Fetch.requestPaused", ({ requestId }) => {
    const body = readFileSync(join(site, new URL(url).pathname)).toString("base64");
    cdp.send("Fetch.fulfillRequest", { requestId, responseCode: 200, responseHeaders: HEADERS, body }).catch(() => {});
  });
  await cdp.send("Performance.enable");
  if (line) {
    await cdp.send("Network.enable");
    await cdp.send("Network.emulateNetworkConditions", line);
  }
  await page.addInitScript(probe);
  await page.goto(url, { waitUntil: "commit" });
  return page;
}

export async function close(page) {
  if (page.errors.length) throw page.errors[0];
  await page.context().close();
}

/** The offset from the page's `performance.now()` to ms on `CLOCK_MONOTONIC`, the clock of `now()`. */
export async function origin(page) {
  const { metrics } = await page.cdp.send("Performance.getMetrics");
  return metrics.find(({ name }) => name === "NavigationStart").value * 1000;
}

/**
 * CPU time of a page's main thread while `act` runs, in ms: `task` in total, `style` and `layout` as parts of it. It is
 * measured by the thread's own clock, so other load of the machine does not count.
 */
export async function mainThread(page, act) {
  await page.cdp.send("Performance.disable");
  await page.cdp.send("Performance.enable", { timeDomain: "threadTicks" });
  const read = async () => {
    const { metrics } = await page.cdp.send("Performance.getMetrics");
    return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]));
  };
  const before = await read();
  await act();
  const after = await read();
  const spent = (name) => after[name] - before[name];
  await page.cdp.send("Performance.disable");
  await page.cdp.send("Performance.enable");
  return { task: spent("TaskDuration"), style: spent("RecalcStyleDuration"), layout: spent("LayoutDuration") };
}

/** Ms on `CLOCK_MONOTONIC`. */
export const now = () => Number(process.hrtime.bigint()) / 1e6;

/** Bytes held by the page after a garbage collection. */
export async function memory(page) {
  await page.cdp.send("HeapProfiler.collectGarbage");
  return page.evaluate(() => bench.memory());
}

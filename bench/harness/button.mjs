/** Measures one contestant's button: each function returns raw samples by metric, in ms or bytes. */
import { sessionId } from "../build.mjs";
import { SLOW, close, mainThread, memory, now, open, origin } from "./browser.mjs";
import { burst, publish, update, wire } from "./notifications.mjs";

const READY = "ready";
const OFF = "unavailable";
const NOTIFICATIONS = 5000;
const QUIET = 300; // ms without a change after which no more changes are expected

const settled = (page, state, count, quiet) =>
  page.evaluate(([state, count, quiet]) => bench.settled(state, count, quiet), [state, count, quiet]);
const seen = (page) => page.evaluate(() => bench.seen);
const clear = (page) => page.evaluate(() => bench.clear());
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** A page with one button: a cold load, single notifications, presses, a burst. */
export async function one(browser, sim, name, { events, presses }) {
  const page = await open(browser, `${sim.url}/${name}-1.html`);
  await settled(page, READY, 1);
  const { button, ready, requests } = await seen(page);
  const downloaded = requests.filter(({ name: url }) => !url.includes("/api/"));
  const samples = {
    bytes: [downloaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)],
    button: [button],
    ready: [ready],
    ...(await latency(page, sim, events)),
    press: await press(page, sim, presses),
    ...named(await bursts(page, sim, [sessionId(0)], 1), "1"),
  };
  await close(page);
  return samples;
}

/** A page with one button on a slow line. */
export async function slow(browser, sim, name) {
  const page = await open(browser, `${sim.url}/${name}-1.html`, { line: SLOW });
  await settled(page, READY, 1);
  const { button, ready } = await seen(page);
  await close(page);
  return { slowButton: [button], slowReady: [ready] };
}

/** A page with many buttons: two bursts, and the memory before and after. */
export async function many(browser, sim, name, count) {
  const page = await open(browser, `${sim.url}/${name}-${count}.html`);
  const ids = Array.from({ length: count }, (_, n) => sessionId(n));
  await settled(page, READY, count, QUIET);
  const before = await memory(page);
  const samples = named(await bursts(page, sim, ids, 2), String(count));
  const after = await memory(page);
  await close(page);
  return { ...samples, memory: [after], growth: [after - before] };
}

/**
 * A page with `count` buttons that feeds the notifications itself by `notify()`: one at a time to the first button, and
 * a burst. Each notification grants or removes the right to barge in.
 */
export async function fed(browser, sim, name, count, singles) {
  const page = await open(browser, `${sim.url}/${name}-fed-${count}.html`);
  const sessions = await Promise.all(
    Array.from({ length: count }, async (_, n) => {
      const session = await wire(sim, sessionId(n));
      return { id: session.id, texts: [false, true].map((allowed) => JSON.stringify(update(session, allowed))) };
    }),
  );
  const prepare = (sessions, count) =>
    page.evaluate(([sessions, count]) => bench.prepare(sessions, count), [sessions, count]);
  await settled(page, READY, count, QUIET);
  const samples = {};
  if (singles) {
    // Make their number even, so that each changes the state and the last one removes the right.
    await prepare(sessions.slice(0, 1), singles + 1 - (singles % 2));
    samples.notify = await page.evaluate(() => bench.feedSingly());
    await prepare(sessions.slice(0, 1).map(({ id, texts }) => ({ id, texts: texts.toReversed() })), 1);
    await page.evaluate(() => bench.feed());
    await settled(page, READY, count, QUIET);
  }
  await prepare(sessions, NOTIFICATIONS);
  // Collect the garbage of the preparation before the measurement.
  await page.cdp.send("HeapProfiler.collectGarbage");
  const { task, style, layout } = await mainThread(page, () => page.evaluate(() => bench.feed()));
  await settled(page, OFF, count, QUIET);
  await close(page);
  return { ...samples, ...named({ fed: [task], drawn: [style + layout] }, String(count)) };
}

/** The memory of a page without any button. */
export async function blank(browser, sim) {
  const page = await open(browser, `${sim.url}/blank.html`);
  await page.waitForLoadState();
  const bytes = await memory(page);
  await close(page);
  return bytes;
}

/** Single notifications, each of which changes what the button shows. */
async function latency(page, sim, events) {
  const session = await wire(sim, sessionId(0));
  const offset = await origin(page);
  await settled(page, READY, 1, QUIET);
  await clear(page);
  const sent = [];
  for (let n = 0; n < events; n++) {
    sent.push(now() - offset);
    await publish(sim, update(session, n % 2 === 1));
    await pause(20);
    // Otherwise two could arrive together on a busy machine and change nothing.
    await page.evaluate((count) => bench.changed(count), n + 1);
    await pause(10 + 10 * Math.random()); // out of step with frames and polls
  }
  await settled(page, READY, 1, QUIET);
  const { changes, requests } = await seen(page);
  if (changes.length !== events) throw new Error(`${events} notifications, ${changes.length} changes`);
  const ends = requests.filter(({ name }) => name.includes("/notifications")).map(({ responseEnd }) => responseEnd);
  return {
    published: changes.map(([at], n) => at - sent[n]),
    received: changes.map(([at]) => at - Math.max(...ends.filter((end) => end <= at))),
  };
}

/** From a mouse click to the start of its POST. */
async function press(page, sim, presses) {
  const id = sessionId(0);
  const box = await page.locator(`#${id} [part=button]`).boundingBox();
  const samples = [];
  for (let n = 0; n < presses; n++) {
    await clear(page);
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await settled(page, "joined", 1, 50);
    const { clicks, requests } = await seen(page);
    const posts = requests.filter(({ name }) => name.endsWith(`/me/smssessions/${id}`));
    if (clicks.length !== 1 || posts.length !== 1) throw new Error(`${clicks.length} clicks, ${posts.length} POSTs`);
    samples.push(posts[0].startTime - clicks[0]);
    await sim.act(id, "switch", { operation: "SwitchToMonitor" });
    await settled(page, READY, 1, 50);
  }
  return samples;
}

/** Many notifications in one response, repeated `times` times: the time until the DOM is right, and the longest task meanwhile. */
async function bursts(page, sim, ids, times) {
  const sessions = await Promise.all(ids.map((id) => wire(sim, id)));
  const samples = { burst: [], task: [] };
  for (let n = 0; n < times; n++) {
    await settled(page, n % 2 ? OFF : READY, ids.length, QUIET);
    await clear(page);
    await burst(sim, sessions, n % 2 === 1, NOTIFICATIONS);
    await settled(page, n % 2 ? READY : OFF, ids.length, QUIET);
    const { changes, requests, tasks } = await seen(page);
    const answer = requests.reduce((a, b) => (b.decodedBodySize > a.decodedBodySize ? b : a));
    if (answer.decodedBodySize < NOTIFICATIONS * 300) throw new Error("the burst did not arrive in one response");
    samples.burst.push(changes.at(-1)[0] - answer.responseEnd);
    samples.task.push(Math.max(0, ...tasks.map(({ duration }) => duration)));
  }
  return samples;
}

const named = (samples, suffix) =>
  Object.fromEntries(Object.entries(samples).map(([name, values]) => [name + suffix, values]));

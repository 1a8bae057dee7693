/** Measures one contestant's panel: each function returns raw samples by metric, in ms or bytes. */
import { sessionId } from "../build.mjs";
import { SLOW, close, mainThread, memory, now, open, origin } from "./browser.mjs";
import { message, messages, publish, wire } from "./notifications.mjs";

const ENTRIES = 5000;
const QUIET = 300; // ms without a new line after which no more are expected
const LETTERS = 20_000;
const WORDS = "Somebody has written a long text into the box. ";

const settled = (page, state) => page.evaluate((state) => bench.settled(state, 1), state);
const reached = (page, index, quiet) => page.evaluate(([index, quiet]) => bench.reached(index, quiet), [index, quiet]);
const seen = (page) => page.evaluate(() => bench.seen);
const clear = (page) => page.evaluate(() => bench.clear());
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Begins the session of the panels: the user coaches, and the customer has written `count` lines. */
export async function begin(sim, count) {
  const id = sessionId(0);
  await sim.session({ id, mode: "coach", agent: "Ann", customer: "Mia" });
  for (let n = 1; n <= count; n++) await sim.act(id, "say", { from: "customer", text: `Line ${n}: is anybody there?` });
}

/** A cold load, and single entries. */
export async function one(browser, sim, name, { entries }) {
  const { page, last } = await loaded(browser, sim, name);
  const { line, ready, requests } = await seen(page);
  const downloaded = requests.filter(({ name: url }) => url.includes(`/${name}/`));
  const samples = {
    bytes: [downloaded.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0)],
    line: [line],
    ready: [ready],
    ...(await latency(page, sim, last, entries)),
  };
  await close(page);
  return samples;
}

/** A cold load on a slow line. */
export async function slow(browser, sim, name) {
  const { page } = await loaded(browser, sim, name, { line: SLOW });
  const { line, ready } = await seen(page);
  await close(page);
  return { slowLine: [line], slowReady: [ready] };
}

/**
 * Two bursts of entries, each in one response: the time until the newest line is there, the longest task meanwhile, and
 * the memory after both.
 */
export async function bursts(browser, sim, name) {
  const { page, session, last } = await loaded(browser, sim, name);
  const samples = { burst: [], task: [], memory: [] };
  for (let n = 0; n < 2; n++) {
    await clear(page);
    const first = last + 1 + n * ENTRIES;
    await messages(sim, session, first, ENTRIES);
    await reached(page, first + ENTRIES - 1, QUIET);
    const { lines, requests, tasks } = await seen(page);
    const answer = requests.reduce((a, b) => (b.decodedBodySize > a.decodedBodySize ? b : a));
    if (answer.decodedBodySize < ENTRIES * 300) throw new Error("the burst did not arrive in one response");
    samples.burst.push(lines.at(-1)[0] - answer.responseEnd);
    samples.task.push(Math.max(0, ...tasks.map(({ duration }) => duration)));
  }
  samples.memory.push(await memory(page));
  await close(page);
  return samples;
}

/** Keys pressed at the end of a long text. */
export async function typed(browser, sim, name, keys) {
  const { page } = await loaded(browser, sim, name);
  const box = page.locator("[part=box]");
  await box.fill(WORDS.repeat(Math.ceil(LETTERS / WORDS.length)).slice(0, LETTERS));
  await box.press("End");
  await page.evaluate(() => bench.painted(1));
  await clear(page);
  const { task } = await mainThread(page, async () => {
    for (let n = 0; n < keys; n++) {
      await page.keyboard.press("x");
      await page.evaluate((count) => bench.painted(count), n + 1);
      await pause(20 * Math.random()); // out of step with frames
    }
  });
  const { length } = await box.inputValue();
  if (length !== LETTERS + keys) throw new Error(`${length} letters after ${keys} keys`);
  const samples = { key: (await seen(page)).keys, keyTask: [task / keys] };
  await close(page);
  return samples;
}

/** A page whose panel is ready and shows the log up to its `last` index. */
async function loaded(browser, sim, name, options) {
  const session = await wire(sim, sessionId(0));
  const { sessions } = await sim.get("/state");
  const last = sessions.find(({ id }) => id === session.id).lastIndex;
  const page = await open(browser, `${sim.url}/${name}.html`, options);
  await settled(page, "ready");
  await reached(page, last);
  return { page, session, last };
}

/** Single entries: from the publication, and from the end of the response, to the line. */
async function latency(page, sim, last, count) {
  const session = await wire(sim, sessionId(0));
  const offset = await origin(page);
  await reached(page, last, QUIET);
  await clear(page);
  const sent = [];
  for (let n = 1; n <= count; n++) {
    sent.push(now() - offset);
    await publish(sim, message(session, last + n));
    await reached(page, last + n);
    await pause(20 + 10 * Math.random()); // out of step with frames and polls
  }
  const { lines, requests } = await seen(page);
  if (lines.length !== count) throw new Error(`${count} entries, ${lines.length} lines`);
  const ends = requests.filter(({ name }) => name.includes("/notifications")).map(({ responseEnd }) => responseEnd);
  return {
    published: lines.map(([at], n) => at - sent[n]),
    received: lines.map(([at]) => at - Math.max(...ends.filter((end) => end <= at))),
  };
}

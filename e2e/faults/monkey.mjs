/**
 * A monkey test: fifty elements on one page, with random actions on server and page.
 *
 *     node e2e/faults/monkey.mjs [--minutes 20] [--seed N] [--elements 50] [--every 30]
 *
 * There may be no uncaught error and no growth, and after the actions every element must show the server's state. The
 * same seed gives the same actions, but their effects still depend on timing. Exits with 1 if something was found.
 */
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { launch } from "../support/browser.mjs";
import { startSim } from "../support/sim.mjs";
import { isRight } from "./judge.mjs";
import { INSIDE } from "./monkey/inside.mjs";
import { Meter, growths } from "./monkey/meter.mjs";
import { Monkey } from "./monkey/moves.mjs";
import { factOf } from "./truth.mjs";

const { values } = parseArgs({
  options: {
    minutes: { type: "string", default: "20" },
    seed: { type: "string", default: `${Date.now() % 1_000_000}` },
    elements: { type: "string", default: "50" },
    every: { type: "string", default: "30" },
  },
});
const [minutes, seed, count, every] = ["minutes", "seed", "elements", "every"].map((name) => Number(values[name]));
if (![minutes, seed, count, every].every((number) => number >= 0 && Number.isFinite(number))) {
  throw new Error("--minutes, --seed, --elements and --every are numbers");
}

/** The time after the actions in which every element must become right, in ms; the back-off may take a minute. */
const SETTLES = 120_000;

const sim = await startSim(["--hold", "10000"]);
const browser = await launch();
const page = await (await browser.newContext({ viewport: { width: 1_200, height: 900 } })).newPage();
const found = [];
const problem = (text) => {
  found.push(text);
  console.log(`  FOUND ${text}`);
};
page.on("pageerror", (error) => problem(`uncaught: ${error.stack ?? error}`));
page.on("crash", () => problem("the page crashed"));
page.on("console", (message) => {
  // The browser's own messages about failed requests, which the faults cause on purpose.
  const ofNetwork = /^(Failed to load resource|Access to |WebSocket connection to )/.test(message.text());
  if (message.type() === "error" && !ofNetwork) problem(`console: ${message.text()}`);
});
await page.addInitScript(INSIDE);
await page.goto(`${sim.url}/blank.html`);

const monkey = new Monkey(sim, page, seed);
await monkey.begin(count);
const meter = await Meter.start(page, sim);
console.log(`seed ${seed}, ${count} elements, ${minutes} minutes, Chromium ${browser.version()}`);

const began = performance.now();
const elapsed = () => (performance.now() - began) / 1_000;
let next = every;
while (elapsed() < minutes * 60) {
  await monkey.move();
  if (elapsed() >= next) {
    next += every;
    console.log(`${Math.round(elapsed())} s, ${monkey.moves} moves: ${Meter.told(await meter.read())}`);
  }
}
await monkey.calm();
await settled().catch((error) => problem(error.message));
await meter.read();

const { errors, internal } = await page.evaluate(() => window.monkey);
for (const text of errors) problem(`uncaught: ${text}`);
if (internal) problem(`the widget was restarted ${internal} times`);
const grown = growths(meter.readings);
for (const text of grown ?? []) problem(text);
if (!grown) console.log(`${meter.readings.length} readings are too few to tell what grows`);
console.log(`moves by kind: ${JSON.stringify(monkey.counts)}`);
console.log(found.length ? `${found.length} found, seed ${seed}` : `${grown ? "nothing grows, " : ""}nothing uncaught, all true in the end`);
await browser.close();
await sim.close();
process.exitCode = found.length ? 1 : 0;

/** Waits until every element shows the server's state. */
async function settled() {
  const until = performance.now() + SETTLES;
  for (;;) {
    const shown = await page.evaluate(() =>
      [...document.querySelectorAll("barge-in-button")].map(({ id, sessionId, state, reason, mode }) => ({ id, sessionId, state, reason, mode })),
    );
    const { sessions } = await sim.get("/state");
    const wrong = shown.filter((element) => !isTrue(element, sessions));
    if (!wrong.length) return;
    if (performance.now() > until) throw new Error(`not true in the end: ${JSON.stringify(wrong)}`);
    await pause(200);
  }
}

function isTrue(shown, sessions) {
  if (!shown.sessionId) return shown.reason === "no-session";
  const session = sessions.find(({ id }) => id === shown.sessionId);
  // Whether the element ever saw it is not known here.
  if (!session && shown.reason === "not-found") return true;
  const fact = factOf(session);
  // A refusal stands until the capability is listed again.
  return isRight(shown, fact, { presses: 1, may: fact.capable ? [] : ["refused"] });
}

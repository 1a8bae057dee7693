/** One fault on a real page: server, line, tab, fault, and the result. */
import { setTimeout as pause } from "node:timers/promises";
import { eventually } from "../support/eventually.mjs";
import { startSim } from "../support/sim.mjs";
import { Tab } from "../support/tab.mjs";
import { falseStates, isRight } from "./judge.mjs";
import { Proxy } from "./proxy.mjs";
import { RECORDER } from "./recorder.mjs";
import { Truth } from "./truth.mjs";

/** The server's times for tests are short; the measurements use CometD's own. */
const QUICK = ["--hold", "1500", "--max-interval", "1000"];

/**
 * Runs a scenario and returns its figures.
 *
 * `begin` starts the fault, `press` presses after that, `notices` says whether the page must show the fault,
 * `outside` that it is done to the line, `tabs` that it needs a browser with tabs, `meanwhile` changes the session, `lasts` is the
 * fault's length in ms with real times, and `heal` ends it; `undo` always runs at the end.
 */
export async function play(scenario, { browser, real = false }) {
  const scene = await Scene.open(browser, scenario, real);
  try {
    return await scene.play();
  } finally {
    await scene.close();
  }
}

class Scene {
  presses = 0;
  /** Reasons that may be right during this fault, and that the page may show until it gets new facts. */
  may = [];

  static async open(browser, scenario, real) {
    const scene = new Scene();
    for (const name of ["press", "refresh", "until", "untilBroken", "untilLogged"]) scene[name] = scene[name].bind(scene);
    Object.assign(scene, { browser, scenario, real, may: scenario.may ?? [] });
    scene.sim = await startSim([...(real ? [] : QUICK), ...(scenario.flags ?? [])]);
    scene.proxy = await Proxy.start(scene.sim.url);
    scene.tab = await Tab.open(browser, `${scene.proxy.url}/blank.html`, (scene.sim.script ?? "") + RECORDER);
    await scene.sim.opened?.(scene.tab);
    await scene.tab.until(() => document.readyState === "complete" && customElements.get("barge-in-button"));
    scene.id = await scene.sim.session();
    scene.truth = new Truth(scene.sim, scene.id);
    const patience = real ? {} : { requestTimeout: 2_000, confirmTimeout: 1_000 };
    await scene.tab.evaluate((properties) => window.addRecorded(properties), { sessionId: scene.id, ...patience, ...scenario.element });
    await scene.untilWell();
    scene.opened = Date.now();
    return scene;
  }

  async play() {
    const { begin, press, notices = true, meanwhile, lasts = 0, heal } = this.scenario;
    let from = Date.now();
    await begin?.(this);
    if (press) {
      from = Date.now();
      await this.press();
    }
    if (notices) await this.until(({ entries }) => entries.some((entry) => entry.at >= from && isTrouble(entry)));
    await meanwhile?.(this);
    if (this.real) await pause(Math.max(0, from + lasts - Date.now()));
    const healed = Date.now();
    await heal?.(this);
    await this.truth.renewed();
    const record = await this.untilWell();
    const ended = Date.now();
    await this.truth.stop();
    return this.#figures(record, { from, healed, ended });
  }

  #figures({ entries, posts }, { from, healed, ended }) {
    const { presses, truth, may } = this;
    const states = entries.filter(({ kind }) => kind === "state");
    const right = states.slice(states.findLastIndex((shown) => !isRight(shown, truth.fact, this)) + 1)[0];
    const connected = entries.findLast(({ kind }) => kind === "connection");
    const regained = Math.max(right?.at ?? ended, connected?.at ?? ended);
    const noticed = entries.find((entry) => entry.at >= from && isTrouble(entry));
    const broken = entries.find(({ at, kind, status }) => at >= from && kind === "connection" && status === "broken");
    return {
      name: this.scenario.name,
      shown: entries.filter(({ at, kind }) => at >= from && kind === "state").map(({ state, reason }) => reason ?? state),
      noticedMs: noticed && Math.round(noticed.at - from),
      brokenMs: broken && Math.round(broken.at - from),
      trueMs: Math.max(0, Math.round(regained - healed)),
      presses,
      posts,
      onTheWire: this.reached,
      awake: this.awake,
      restored: entries.some(({ kind }) => kind === "restored"),
      joined: entries.filter(({ kind }) => kind === "joined").length,
      errors: entries.filter(({ kind }) => kind === "error").map(({ error }) => error),
      false: falseStates({ entries, truth, opened: this.opened, trouble: { from, to: regained }, presses, may, ended }),
    };
  }

  /** Presses the button, as the page's user would. */
  async press() {
    this.presses += 1;
    await this.tab.evaluate(() => document.querySelector("#one").shadowRoot.querySelector("[part~=button]").click());
  }

  refresh() {
    return this.tab.evaluate(() => document.querySelector("#one").refresh());
  }

  /** Waits until `test` finds something in the record; returns it. */
  async until(test) {
    let record;
    const passes = async () => {
      record = await this.tab.evaluate(() => window.recorded);
      return test(record);
    };
    await eventually(passes, () => `${this.scenario.name}: ${JSON.stringify({ awake: this.awake, ...record })}`);
    return record;
  }

  /** Waits until the connection is reported as broken. */
  untilBroken() {
    return this.until(({ entries }) => entries.findLast(({ kind }) => kind === "connection")?.status === "broken");
  }

  /** Waits until the server's log has a matching request. */
  untilLogged(match) {
    return eventually(async () => (await this.sim.log(match)).length, `${this.scenario.name}: no such request came`);
  }

  /** Waits until the page shows the right state and the server holds its poll. */
  untilWell() {
    return this.until(async ({ entries }) => {
      const shown = entries.findLast(({ kind }) => kind === "state");
      const status = entries.findLast(({ kind }) => kind === "connection")?.status;
      if (!shown || status !== "connected") return false;
      const server = await this.sim.get("/state").catch(() => undefined);
      if (!server || server.polls + server.sockets !== 1) return false;
      this.reached = (await this.sim.operations(this.id)).length;
      return isRight(shown, this.truth.fact, this);
    });
  }

  async close() {
    await this.scenario.undo?.(this);
    await this.truth.stop();
    await this.tab.close();
    await this.proxy.close();
    await this.sim.close();
  }
}

/** Whether an entry shows the user that something is wrong. */
function isTrouble({ kind, status, state, reason }) {
  if (kind === "connection") return status === "broken";
  return kind === "state" && (state === "failed" || ["disconnected", "unauthenticated", "refused"].includes(reason));
}

/** The server's facts about one session over time, polled directly and not through the faults. */
import { setTimeout as pause } from "node:timers/promises";

/** Ms between two polls: the resolution of the recorded changes. */
const EVERY = 10;
const BARGE_IN = ["SwitchToBargeIn", "SwitchBargeIn"];

export class Truth {
  /** Facts in order, each with the bounds of its beginning and end. */
  #facts = [];
  #stopped = false;
  #last = Date.now();
  #running;
  #waiting = [];

  constructor(sim, id) {
    this.#running = this.#follow(sim, id);
  }

  async #follow(sim, id) {
    while (!this.#stopped) {
      const asked = Date.now();
      // While the server is down its facts do not change.
      const state = await sim.get("/state").catch(() => undefined);
      if (state) this.#saw(factOf(state.sessions.find((session) => session.id === id)), asked);
      await pause(EVERY);
    }
  }

  #saw(fact, asked) {
    const newest = this.#facts.at(-1);
    const same = newest && Object.keys(fact).every((key) => fact[key] === newest.fact[key]);
    if (newest) newest.to = Date.now();
    if (!same) this.#facts.push({ fact, from: newest ? this.#last : 0, to: Date.now() });
    this.#last = asked;
    const renewed = this.#waiting.filter((waiting) => waiting.since <= asked);
    this.#waiting = this.#waiting.filter((waiting) => waiting.since > asked);
    renewed.forEach(({ resolve }) => resolve());
  }

  /** Resolves after the next poll of the server. */
  renewed() {
    const since = Date.now();
    return new Promise((resolve) => this.#waiting.push({ since, resolve }));
  }

  /** The newest fact. */
  get fact() {
    return this.#facts.at(-1)?.fact;
  }

  /** All facts that may have been true at some moment between two times. */
  between(from, to) {
    return this.#facts
      .filter((fact, at) => fact.from <= to && (fact.to >= from || at === this.#facts.length - 1))
      .map(({ fact }) => fact);
  }

  async stop() {
    this.#stopped = true;
    await this.#running;
  }
}

/** The facts of a session in `/control/state`; without a session, that it is over. */
export function factOf(session) {
  const over = !session || ["Completed", "Revoked"].includes(session.state);
  const capable = !over && BARGE_IN.some((name) => session.capabilities.includes(name));
  return { over, capable, mode: over ? null : session.mode };
}

/** The monkey: seeded random actions on the server's control interface and on the page. */
import { setTimeout as pause } from "node:timers/promises";

/** The number of sessions at a time. */
const SESSIONS = 12;
const OPERATIONS = ["SwitchToBargeIn", "SwitchToCoach", "SwitchToMonitor"];

/** Faults that happen a few times, or always until the faults are cleared. */
const FAULTS = [
  ["refuse", { httpStatus: 500, body: "Internal Server Error" }],
  ["refuse", { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" }],
  ["refuse", { httpStatus: 503, body: "", headers: { "Retry-After": "2" } }],
  ["refuse", { httpStatus: 400, statusCode: 2, statusMessage: "Not now" }],
  ["html", {}],
  ["html", { httpStatus: 200 }],
  ["empty", {}],
  ["redirect", { location: "/blank.html" }],
  ["truncate", {}],
  ["hang", {}],
  ["delay", { ms: 700 }],
  ["reset-before", {}],
  ["reset-after", {}],
  ["headers", { headers: { "Cache-Control": "max-age=60" } }],
];
const FAULTS_OF_PRESSES = [
  ["accept-silently", {}],
  ["act-late", { ms: 900 }],
  ["notify-first", { ms: 400 }],
];
const MATCHES = [
  { path: "/api" },
  { path: "/me/smssessions?" },
  { path: "/notifications" },
  { channel: "/meta/connect" },
  { channel: "/meta/handshake" },
  { method: "POST", path: "/smssessions/" },
];

/** Invalid notifications. */
const GARBAGE = ["null", "[]", "7", '"x"', "{", '{"smssession":null}', '{"messageType":"SMSsessionStateChangeMessage","smssession":{"id":[]}}'];

export class Monkey {
  moves = 0;
  /** How often each move was made. */
  counts = {};
  #sim;
  #page;
  #random;
  #sessions = [];
  #made = 0;

  constructor(sim, page, seed) {
    this.#sim = sim;
    this.#page = page;
    this.#random = mulberry32(seed);
  }

  /** Creates the sessions and `count` elements on them. */
  async begin(count) {
    for (let number = 0; number < SESSIONS; number += 1) await this.#newSession();
    await this.#page.evaluate(
      ([count, sessions]) => {
        for (let number = 0; number < count; number += 1) {
          const element = document.createElement("barge-in-button");
          Object.assign(element, { id: `e${number}`, sessionId: sessions[number % sessions.length] });
          document.body.append(element);
        }
        window.away = [];
      },
      [count, this.#sessions],
    );
  }

  /** Makes one move, then waits a moment. */
  async move() {
    const [, name, move] = this.#choose();
    this.moves += 1;
    this.counts[name] = (this.counts[name] ?? 0) + 1;
    try {
      await move();
    } catch (error) {
      // The server may be down because of an earlier move.
      if (!/fetch failed|no such session|nobody|no agent/.test(error.message)) throw error;
    }
    await pause(20 + this.#random() * 180);
  }

  /** Ends all faults and restores everything. */
  async calm() {
    // A restart may still be under way.
    for (;;) {
      try {
        await this.#sim.clearFaults();
        await this.#sim.post("/sign-in");
        break;
      } catch {
        await pause(100);
      }
    }
    await this.#sim.post("/csrf", { enabled: true });
    await this.#page.evaluate(() => {
      for (const element of window.away.splice(0)) document.body.append(element);
      window.dispatchEvent(new Event("online"));
      document.querySelector("barge-in-button").refresh();
    });
    console.log("the monkey is gone");
  }

  /** Chooses a move at random by weight. */
  #choose() {
    const session = () => this.#pick(this.#sessions);
    const act = (action, body) => this.#sim.act(session(), action, body);
    const moves = [
      [14, "switch", () => act("switch", { operation: this.#pick(OPERATIONS) })],
      [6, "say", () => act("say", { from: this.#pick(["customer", "agent"]), text: "Hello?" })],
      [4, "rename", () => act("rename", { nickname: this.#pick(["Casey", "Robin", "A & B", "\u202eX"]) })],
      [3, "capabilities", () => act("capabilities", { list: this.#pick([["Leave"], ["Leave", "SwitchBargeIn"], null]) })],
      [2, "transfer", () => act("transfer", { agent: `Agent ${++this.#made}` })],
      [1, "second", () => act("second-supervisor", { nickname: `Other ${++this.#made}` })],
      [4, "end", () => this.#end(this.#pick(["complete", "revoke", "remove"]))],
      [2, "garbage", () => this.#sim.post("/publish", { channel: "/v2/me/smssessions", raw: this.#pick(GARBAGE) })],
      [3, "fault", () => this.#fault(this.#pick(FAULTS), this.#pick(MATCHES))],
      [2, "fault of a press", () => this.#fault(this.#pick(FAULTS_OF_PRESSES), { method: "POST", path: "/smssessions/" })],
      [4, "clear", () => this.#sim.clearFaults()],
      [1, "forget", () => this.#sim.post("/forget-clients", { polls: this.#pick(["answer", "hold"]) })],
      [1, "drop", () => this.#sim.post("/drop-connections")],
      [0.4, "restart", () => this.#sim.post("/restart", { downMs: Math.floor(this.#random() * 2_000), keepSignIn: this.#random() < 0.5 })],
      [1, "csrf", () => this.#sim.post("/csrf", { rotate: true })],
      [0.5, "sign-out", () => this.#signOut()],
      [0.5, "user", () => this.#sim.post("/user", { user: this.#pick(["dana", "sam"]), mode: this.#pick(["monitor", "coach"]), clients: this.#pick(["keep", "forget"]) })],
      [20, "click", () => this.#click()],
      [8, "attribute", () => this.#attribute(session())],
      [8, "remove", () => this.#remove()],
      [8, "return", () => this.#return()],
      [2, "move", () => this.#moveAbout()],
      [2, "refresh", () => this.#on((element) => element.refresh())],
      [1, "online", () => this.#page.evaluate(() => void window.dispatchEvent(new Event("online")))],
    ];
    let at = this.#random() * moves.reduce((sum, [weight]) => sum + weight, 0);
    return moves.find(([weight]) => (at -= weight) < 0) ?? moves[0];
  }

  #pick(list) {
    return list[Math.floor(this.#random() * list.length)];
  }

  async #newSession() {
    const id = `monkey-${++this.#made}`;
    await this.#sim.session({ id, mode: this.#pick(["monitor", "monitor", "coach", "barge-in"]) });
    this.#sessions.push(id);
  }

  /** A session ends, and another one begins. */
  async #end(action) {
    const id = this.#pick(this.#sessions);
    await this.#sim.act(id, action);
    this.#sessions = this.#sessions.filter((other) => other !== id);
    await this.#newSession();
  }

  #fault([action, details], match) {
    const times = this.#random() < 0.2 ? "always" : 1 + Math.floor(this.#random() * 3);
    return this.#sim.fault(action, match, { times, ...details });
  }

  async #signOut() {
    await this.#sim.post("/sign-out");
    await pause(300);
    await this.#sim.post("/sign-in");
    await this.#on((element) => element.refresh());
  }

  /** Runs a function on an element of the page. */
  #on(run, argument = null) {
    const at = this.#random();
    // As text, since a closure cannot be passed to the page.
    return this.#page.evaluate(`{
      const all = document.querySelectorAll("barge-in-button");
      const element = all[Math.floor(${at} * all.length)];
      if (element) (${run})(element, ${JSON.stringify(argument)});
      undefined;
    }`);
  }

  #click() {
    const part = this.#pick(["button", "button", "button", "monitor", "coach", "confirm", "cancel"]);
    return this.#on((element, part) => element.shadowRoot?.querySelector(`[part~="${part}"]`)?.click(), part);
  }

  #attribute(session) {
    const [name, value] = this.#pick([
      ["session-id", session],
      ["session-id", session],
      ["session-id", this.#pick([null, "unheard-of", ".."])],
      ["modes", this.#pick([null, ""])],
      ["confirm", this.#pick([null, "none", "inline", "dialog"])],
      ["lang", this.#pick([null, "de", "fr", "ar"])],
      ["confirm-timeout", this.#pick([null, "500", "x"])],
      ["request-timeout", this.#pick([null, "1500"])],
    ]);
    return this.#on(
      (element, [name, value]) => (value === null ? element.removeAttribute(name) : element.setAttribute(name, value)),
      [name, value],
    );
  }

  /** Removes an element, for long or for no time. */
  #remove() {
    return this.#on((element, forNoTime) => {
      const next = element.nextSibling;
      element.remove();
      if (forNoTime) document.body.insertBefore(element, next);
      else window.away.push(element);
    }, this.#random() < 0.3);
  }

  #return() {
    return this.#page.evaluate(() => void (window.away.length && document.body.append(window.away.shift())));
  }

  #moveAbout() {
    return this.#on((element) => document.body.prepend(element));
  }
}

/** A small seeded generator of numbers from 0 to 1. */
function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

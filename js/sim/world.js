/**
 * One simulated server: the state machine in WebAssembly, its timer, its cookies, and the waiting requests.
 *
 * The machine answers synchronously, but a network never does, so each answer is delivered in a task of its own.
 */

const { setTimeout, clearTimeout } = globalThis;
const now = performance.now.bind(performance);

/** Runs a task that is not throttled in a hidden tab, as timers are. */
const tasks = [];
let channel; // created on demand: outside a page, for example on a server, it would keep the process alive
function later(task) {
  if (!channel) {
    channel = new MessageChannel();
    channel.port1.onmessage = () => tasks.shift()();
  }
  tasks.push(task);
  channel.port2.postMessage(null);
}

/** The longest delay of a timer (a 32-bit int). A longer one fires too early, which is harmless. */
const LONGEST = 2 ** 31 - 1;

/** Settings that are filled in here, and are no options. */
const OWN = ["base", "epochMs"];

export class World {
  #machine;
  #begun = now();
  #timer;
  #waiting = new Map(); // by number: the callback for the answer, called without one if the line is cut
  #cookies = new Map();

  /** `Machine` is the class that WebAssembly exports. Throws an Error for invalid settings. */
  constructor(Machine, base, settings) {
    this.base = base;
    const wrong = OWN.find((name) => name in settings);
    if (wrong) throw new Error(`barge-in/sim: there is no option ${wrong}`);
    try {
      this.#machine = new Machine(JSON.stringify({ ...settings, base, epochMs: Date.now() }));
    } catch (words) {
      throw typeof words === "string" ? new Error(`barge-in/sim: ${words}`) : words;
    }
    this.#pump();
  }

  /** Sends a request as a page does: `answered` is called in a task of its own; cookies are sent unless `credentials` is `omit`. */
  send({ credentials, headers, ...request }, answered) {
    const jar = credentials !== "omit";
    const cookies = [...this.#cookies].map((pair) => pair.join("=")).join("; ");
    const lines = jar && cookies ? [...headers, ["cookie", cookies]] : headers;
    return this.#handle({ ...request, headers: lines }, (answer) => {
      if (jar) this.#keep(answer);
      later(() => answered(answer));
    });
  }

  /** A control call; returns its answer as an object. Throws the server's error, if any. */
  control(method, path, body) {
    let reply;
    const text = body === undefined ? "" : JSON.stringify(body);
    this.#handle({ method, target: `/control${path}`, headers: [], body: text }, (answer) => (reply = answer));
    const value = JSON.parse(reply.body);
    if (reply.status !== 200) throw new Error(`barge-in/sim: ${value.error}`);
    return value;
  }

  /** The page has aborted a request. */
  cancel(number) {
    if (!this.#waiting.delete(number)) return;
    this.#machine.cancel(number, this.#now());
    this.#pump();
  }

  /** Stops the server; waiting requests are cut. */
  stop() {
    if (!this.#machine) return;
    clearTimeout(this.#timer);
    this.#machine.free();
    this.#machine = undefined;
    for (const answered of this.#waiting.values()) answered();
    this.#waiting.clear();
  }

  #handle({ body, ...request }, answered) {
    if (!this.#machine) throw new Error("barge-in/sim: this simulation is stopped");
    const number = this.#machine.handle(JSON.stringify(request), body, this.#now());
    this.#waiting.set(number, answered);
    this.#pump();
    return number;
  }

  #pump() {
    for (let outcome; (outcome = this.#machine.outcome(this.#now())); ) {
      const { number, answer } = JSON.parse(outcome);
      const answered = this.#waiting.get(number);
      this.#waiting.delete(number);
      answered?.(answer ?? undefined);
    }
    clearTimeout(this.#timer);
    const due = this.#machine.timeout();
    if (due === undefined) return;
    this.#timer = setTimeout(() => this.#wake(), Math.min(Math.max(0, due - this.#now()), LONGEST));
  }

  #wake() {
    this.#machine.wake(this.#now());
    this.#pump();
  }

  #keep(answer) {
    for (const [name, line] of answer?.headers ?? []) {
      const [, cookie, value] = (name === "set-cookie" && /^([^=;]+)=([^;]*)/.exec(line)) || [];
      if (cookie) this.#cookies.set(cookie, value);
    }
  }

  #now() {
    return now() - this.#begun;
  }
}

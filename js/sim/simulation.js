/** What a page may do to its simulated server: the control interface, as methods. Each acts at once, and throws what the server says against it. */
import { remove } from "./worlds.js";

const path = (id, action) => `/sessions/${encodeURIComponent(id)}/${action}`;

export class Simulation {
  #world;

  constructor(world) {
    this.#world = world;
  }

  /** Where it answers. */
  get baseUrl() {
    return this.#world.base;
  }

  /** Any call of the control interface: `control("POST", "/latency", { ms: 500 })`. */
  control(method, call, body) {
    return this.#world.control(method, call, body);
  }

  /** What the server knows. */
  state() {
    return this.control("GET", "/state");
  }

  /** The requests seen, oldest first. */
  log() {
    return this.control("GET", "/log").requests;
  }

  clearLog() {
    this.control("DELETE", "/log");
  }

  /** Begins a session; gives its id. */
  addSession(options = {}) {
    return this.#post("/sessions", options).id;
  }

  /** Does something to a session: `act(id, "transfer", { agent: "Robin Hale" })`. */
  act(id, action, details) {
    this.#post(path(id, action), details);
  }

  /** The customer or the agent says something. */
  say(id, from, text) {
    this.act(id, "say", { from, text });
  }

  /** The supervisor's mode is changed, as from another desk. */
  switchElsewhere(id, operation = "SwitchToBargeIn") {
    this.act(id, "switch", { operation });
  }

  /** The messages as the customer or the agent sees them. */
  view(id, as) {
    return this.control("GET", `${path(id, "view")}?as=${encodeURIComponent(as)}`).messages;
  }

  /** Lets the next matching request go wrong: `fault("hang", { operation: "SwitchToBargeIn" })`. */
  fault(action, match = {}, details = {}) {
    this.#post("/fault", { ...details, match, action });
  }

  /** The next press is refused; `details` are `statusCode`, `statusMessage`, `httpStatus`. */
  refuseNext(operation = "SwitchToBargeIn", details = { statusCode: 2, statusMessage: "Not now" }) {
    this.fault("refuse", { operation }, details);
  }

  clearFaults() {
    this.control("DELETE", "/fault");
  }

  /** Cuts whatever is under way. */
  cutLine() {
    this.#post("/drop-connections");
  }

  /** Goes down for a time and forgets its clients, and who was signed in unless `keepSignIn`. */
  restart({ downMs = 0, keepSignIn = false } = {}) {
    this.#post("/restart", { downMs, keepSignIn });
  }

  signOut() {
    this.#post("/sign-out");
  }

  signIn() {
    this.#post("/sign-in");
  }

  /** Ends it: what waits is cut, and requests to its address go to the network again. */
  stop() {
    remove(this.#world);
    this.#world.stop();
  }

  #post(call, body = {}) {
    return this.control("POST", call, body);
  }
}

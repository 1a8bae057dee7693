/** The control interface of a simulated server, as methods. Each acts at once, and throws the server's error, if any. */
import { remove } from "./worlds.js";

const path = (id, action) => `/sessions/${encodeURIComponent(id)}/${action}`;

export class Simulation {
  #world;

  constructor(world) {
    this.#world = world;
  }

  /** Its base URL. */
  get baseUrl() {
    return this.#world.base;
  }

  /** Any call of the control interface: `control("POST", "/latency", { ms: 500 })`. */
  control(method, call, body) {
    return this.#world.control(method, call, body);
  }

  /** The server's state. */
  state() {
    return this.control("GET", "/state");
  }

  /** The received requests, oldest first. */
  log() {
    return this.control("GET", "/log").requests;
  }

  clearLog() {
    this.control("DELETE", "/log");
  }

  /** Begins a session; returns its id. */
  addSession(options = {}) {
    return this.#post("/sessions", options).id;
  }

  /** Does something to a session: `act(id, "transfer", { agent: "Robin Hale" })`. */
  act(id, action, details) {
    this.#post(path(id, action), details);
  }

  /** The customer or the agent writes a message. */
  say(id, from, text) {
    this.act(id, "say", { from, text });
  }

  /** Changes the supervisor's mode, as from another desktop. */
  switchElsewhere(id, operation = "SwitchToBargeIn") {
    this.act(id, "switch", { operation });
  }

  /** The messages as the customer or the agent sees them. */
  view(id, as) {
    return this.control("GET", `${path(id, "view")}?as=${encodeURIComponent(as)}`).messages;
  }

  /** Makes the next matching request fail: `fault("hang", { operation: "SwitchToBargeIn" })`. */
  fault(action, match = {}, details = {}) {
    this.#post("/fault", { ...details, match, action });
  }

  /** Refuses the next press; `details` are `statusCode`, `statusMessage`, `httpStatus`. */
  refuseNext(operation = "SwitchToBargeIn", details = { statusCode: 2, statusMessage: "Not now" }) {
    this.fault("refuse", { operation }, details);
  }

  clearFaults() {
    this.control("DELETE", "/fault");
  }

  /** Cuts all open requests. */
  cutLine() {
    this.#post("/drop-connections");
  }

  /** Stops for a time and forgets its clients and, unless `keepSignIn`, the sign-in. */
  restart({ downMs = 0, keepSignIn = false } = {}) {
    this.#post("/restart", { downMs, keepSignIn });
  }

  signOut() {
    this.#post("/sign-out");
  }

  signIn() {
    this.#post("/sign-in");
  }

  /** Ends the simulation: waiting requests are cut, and requests to its address go to the network again. */
  stop() {
    remove(this.#world);
    this.#world.stop();
  }

  #post(call, body = {}) {
    return this.control("POST", call, body);
  }
}

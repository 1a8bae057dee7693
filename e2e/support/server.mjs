/** A simulated server under test, driven by its control interface. */
import { once } from "node:events";

export class Server {
  #child;
  #ids = 0;

  constructor(child, url) {
    this.#child = child;
    this.url = url;
  }

  /** One call of the control interface. */
  async ask(method, path, body) {
    const response = await fetch(`${this.url}/control${path}`, {
      method,
      headers: { "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /control${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  get(path) {
    return this.ask("GET", path);
  }

  post(path, body = {}) {
    return this.ask("POST", path, body);
  }

  /** Starts a session and gives its id. */
  async session(options = {}) {
    const id = options.id ?? `test-${process.pid}-${++this.#ids}`;
    await this.post("/sessions", { mode: "monitor", ...options, id });
    return id;
  }

  /** Does something to a session: `revoke`, `complete`, `switch`, `capabilities`… */
  act(id, action, body) {
    return this.post(`/sessions/${encodeURIComponent(id)}/${action}`, body);
  }

  /** Lets the next matching request go wrong: `fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 403 })`. */
  fault(action, match = {}, details = {}) {
    return this.post("/fault", { match, action, ...details });
  }

  clearFaults() {
    return this.ask("DELETE", "/fault");
  }

  /** The requests seen, oldest first; with `match`, those whose method, path or body hold it. */
  async log(match = () => true) {
    const log = await this.get("/log");
    return (log.requests ?? log.log ?? log).filter(match);
  }

  clearLog() {
    return this.ask("DELETE", "/log");
  }

  /** The operations that were asked for on a session. */
  operations(id) {
    return this.log((entry) => entry.method === "POST" && entry.path.endsWith(`/${encodeURIComponent(id)}`));
  }

  async close() {
    if (this.#child.exitCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill();
    await ended;
  }
}

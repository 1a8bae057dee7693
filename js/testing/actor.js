/** Replaces WebAssembly: the same exports, and a control per element whose state the test sets. */
import { draw, TEXTS } from "./drawing.js";
import { event, link, situation } from "./situation.js";

const OPERATIONS = { monitor: "SwitchToMonitor", coach: "SwitchToCoach", button: "SwitchToBargeIn", confirm: "SwitchToBargeIn" };

const controls = new Map(); // by id
const expected = new WeakMap(); // by element: resolves when its control is mounted
let ids = 0;

/** The control of an element, once it is mounted. */
export function controlOf(element) {
  if (!element?.isConnected || !element.shadowRoot) {
    throw new Error("barge-in/testing: this is no <barge-in-button> of the page");
  }
  const known = [...controls.values()].find((control) => control.element === element);
  if (known) return known;
  if (!expected.has(element)) {
    let come;
    const promise = new Promise((resolve) => (come = resolve));
    expected.set(element, { promise, come });
  }
  return expected.get(element).promise;
}

class Control {
  #emit;
  #seen = {};
  #link;
  #operation = null; // of the last press

  constructor(root, config, emit) {
    this.element = root.getRootNode().host;
    this.root = root;
    this.config = config;
    this.#emit = emit;
    root.addEventListener("click", ({ target }) => this.#pressed(target.closest("button")));
    this.begin();
  }

  /** The state before any answer of the server. */
  begin() {
    this.be(situation({ state: "unavailable", reason: this.#session ? "connecting" : "no-session" }));
  }

  get #session() {
    return this.config.sessionId || null;
  }

  be(next) {
    const { state, mode, reason, capabilities } = next;
    this.#seen = next;
    this.draw();
    this.#emit("barge-in-change", { sessionId: this.#session, state, mode, reason, capabilities });
    const told = event(next, this.#session, this.#operation);
    if (told) this.#emit(...told);
    if (!["confirming", "pending"].includes(state)) this.#operation = null;
    if (this.#session) this.#tell(link(next));
  }

  draw() {
    draw(this.root, this.element, this.#seen, this.config, this.#operation);
  }

  #tell(status) {
    if (status === this.#link) return;
    this.#link = status;
    const cause = status === "broken" ? "network" : null;
    const transport = this.config.transport ?? "long-polling";
    this.#emit("barge-in-connection", { status, transport, multipleClients: false, cause, httpStatus: null });
  }

  #pressed(button) {
    const part = button?.getAttribute("part");
    if (!part || button.getAttribute("aria-disabled")) return;
    const rest = { mode: this.#seen.mode, capabilities: this.#seen.capabilities };
    if (part === "cancel") return this.be(situation({ ...rest, state: "ready" }));
    if (part === "button" && (this.config.confirm ?? "none") !== "none") return this.be(situation({ ...rest, state: "confirming" }));
    const operation = OPERATIONS[part];
    const allowed = this.#emit("barge-in-request", { sessionId: this.#session, operation });
    if (allowed) this.#operation = operation;
    if (allowed) this.be(situation({ ...rest, state: "pending" }));
    else if (part === "confirm") this.be(situation({ ...rest, state: "ready" }));
  }

  get session() {
    if (!this.#session) return;
    const { capabilities } = this.#seen;
    return { id: this.#session, state: "Chatting", receivedDate: null, capabilities, participants: [] };
  }
}

/** The functions that the element calls. */
export const exports = {
  mount(root, config, emit) {
    const control = new Control(root, config, emit);
    controls.set(++ids, control);
    expected.get(control.element)?.come(control);
    expected.delete(control.element);
    return ids;
  },
  update(id, config) {
    const control = controls.get(id);
    const before = control.config.sessionId;
    control.config = config;
    if (before === config.sessionId) control.draw();
    else control.begin();
  },
  unmount(id) {
    controls.delete(id);
  },
  session: (id) => controls.get(id).session,
  user_id() {},
  is_text: (key) => key in TEXTS,
  notify() {},
  refresh() {},
  link() {},
  onTrap() {},
  abandon() {},
};

/** One control of an element: what WebAssembly would draw and tell, in the state that the test sets. */
import { draw } from "./drawing.js";
import { event, link, situation } from "./situation.js";

const OPERATIONS = { monitor: "SwitchToMonitor", coach: "SwitchToCoach", button: "SwitchToBargeIn", confirm: "SwitchToBargeIn", leave: "Leave" };

/** A control whose state the test sets. */
export class Control {
  seen = {};
  operation = null; // of the last press
  #link;

  constructor(root, config, emit) {
    this.element = root.getRootNode().host;
    this.root = root;
    this.config = config;
    this.emit = emit;
    root.addEventListener("click", ({ target }) => this.pressed(target.closest("button")));
  }

  /** What it is given, from what the element says of itself. */
  configured(config) {
    return config;
  }

  /** The element has left the page. */
  gone() {}

  /** The state before any answer of the server. */
  begin() {
    this.be(this.situation({ state: "unavailable", reason: this.sessionId ? "connecting" : "no-session" }));
  }

  get sessionId() {
    return this.config.sessionId || null;
  }

  /** What a test wants, checked and completed. */
  situation(wanted) {
    return situation(wanted);
  }

  be(next) {
    const { state } = next;
    this.seen = next;
    this.draw();
    this.emit("barge-in-change", this.changed(next));
    const told = event(next, this.sessionId, this.operation);
    if (told) this.emit(...told);
    if (!["confirming", "pending"].includes(state)) this.operation = null;
    if (this.sessionId) this.#tell(link(next));
  }

  /** The detail of `barge-in-change`. */
  changed({ state, mode, reason, capabilities }) {
    return { sessionId: this.sessionId, state, mode, reason, capabilities };
  }

  draw() {
    draw(this.root, this.element, this.seen, this.config, this.operation);
  }

  #tell(status) {
    if (status === this.#link) return;
    this.#link = status;
    const cause = status === "broken" ? "network" : null;
    const transport = this.config.transport ?? "long-polling";
    this.emit("barge-in-connection", { status, transport, multipleClients: false, cause, httpStatus: null });
  }

  pressed(button) {
    const part = button?.getAttribute("part");
    if (!part || button.getAttribute("aria-disabled")) return;
    const rest = { mode: this.seen.mode, capabilities: this.seen.capabilities };
    if (part === "cancel") return this.be(this.situation({ ...rest, state: "ready" }));
    if (part === "button" && (this.config.confirm ?? "none") !== "none") return this.be(this.situation({ ...rest, state: "confirming" }));
    const operation = OPERATIONS[part];
    const allowed = this.emit("barge-in-request", { sessionId: this.sessionId, operation });
    if (allowed) this.operation = operation;
    if (allowed) this.be(this.situation({ ...rest, state: "pending" }));
    else if (part === "confirm") this.be(this.situation({ ...rest, state: "ready" }));
  }

  get session() {
    if (!this.sessionId) return;
    const { capabilities } = this.seen;
    return { id: this.sessionId, state: "Chatting", receivedDate: null, capabilities, participants: [] };
  }
}

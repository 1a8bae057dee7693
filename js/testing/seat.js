/** The control of a panel: what that of a button is, and the conversation, the message box and what is unsent. */
import { Control } from "./control.js";
import { drawSeat } from "./drawing.js";
import { seat } from "./situation.js";

const OPERATIONS = { agents: "SendToAgents", everyone: "SendMessage" };

/** Rows that ended badly, with the kind of their error. */
const BAD = { refused: "api", failed: "network", unconfirmed: "unconfirmed", "not-allowed": "not-allowed" };

export class Seat extends Control {
  #messages = 0;

  constructor(root, config, emit) {
    const { host } = root.getRootNode();
    super(root, host.configured(config), (name, detail) => host.told(this.config, emit, name, detail));
    host.mounted((name, ...args) => this.#answers[name](...args));
  }

  configured(config) {
    return this.element.configured(config);
  }

  gone() {
    this.element.mounted();
  }

  begin() {
    this.seen = {};
    super.begin();
  }

  situation(wanted) {
    return seat(super.situation(wanted), wanted, this.seen, OPERATIONS);
  }

  changed(seen) {
    return { ...super.changed(seen), audience: seen.audience, stale: seen.reason !== null };
  }

  be(next) {
    const before = this.seen;
    super.be(next);
    this.#follow(before);
  }

  draw() {
    drawSeat(this.root, this.element, this.seen, this.config, this.operation);
  }

  pressed(button) {
    if (button?.getAttribute("part") !== "send") return super.pressed(button);
    const { audience } = this.seen;
    const text = this.#box.value;
    if (button.getAttribute("aria-disabled") || !text.trim()) return;
    const id = ++this.#messages;
    const { sessionId } = this;
    if (!this.emit("barge-in-send", { sessionId, id, operation: OPERATIONS[audience], audience, text })) return;
    this.#box.value = "";
    for (const state of ["waiting", "sending"]) this.#row({ id, audience, state });
  }

  get #box() {
    return this.root.querySelector('[part="box"]');
  }

  #row(row) {
    const before = this.seen;
    const others = before.outbox.filter(({ id }) => id !== row.id);
    this.seen = { ...before, detail: {}, outbox: [...others, row] };
    this.draw();
    this.#follow(before);
  }

  /** Tells what has changed beside the button's part. A row that is sent is told once more, and is gone. */
  #follow({ outbox = [], unread = 0, fromCustomer = 0, state }) {
    const { sessionId, seen } = this;
    const { detail, outbox: rows } = seen;
    seen.outbox = rows.filter((row) => row.state !== "sent");
    for (const row of rows) {
      if (outbox.find(({ id }) => id === row.id)?.state !== row.state) this.#tellRow(row, detail);
    }
    if (unread !== seen.unread || fromCustomer !== seen.fromCustomer) {
      this.emit("barge-in-unread", { sessionId, unread: seen.unread, fromCustomer: seen.fromCustomer });
    }
    if (seen.state === "left" && state !== "left") this.emit("barge-in-left", { sessionId, endedForCustomer: null, ...detail });
  }

  #tellRow({ id, audience, state }, detail) {
    const about = { sessionId: this.sessionId, id, audience };
    this.emit("barge-in-message-state", { ...about, state });
    if (state === "sent") {
      const visibility = audience === "agents" ? "Agents" : "All";
      this.emit("barge-in-sent", { ...about, visibility, index: null, requestMs: null, confirmMs: 0, ...detail });
    }
    const kind = detail.kind ?? BAD[state];
    if (!BAD[state]) return;
    const { audience: _, ...message } = about;
    const nothing = { httpStatus: null, statusCode: null, message: `${kind} (barge-in/testing)` };
    this.emit("barge-in-error", { ...message, operation: OPERATIONS[audience], kind, ...nothing, ...detail });
  }

  /** What the panel asks. */
  #answers = {
    panel: () => {
      const { participants, audience, audiences, outbox, dirty } = this.seen;
      return { participants, audience, audiences, outbox, dirty: dirty ?? (outbox.length > 0 || Boolean(this.#box?.value)) };
    },
    transcript: () => this.seen.transcript,
    copy_transcript: () => this.seen.transcript.map(({ from, text }) => `${from?.nickname ?? ""}: ${text ?? ""}`).join("\n"),
    insert_text: (text, audience) => {
      const inserts = this.#box !== null && audience === this.seen.audience;
      if (inserts) this.#box.setRangeText(text);
      return inserts;
    },
    scroll_to_newest() {},
  };
}

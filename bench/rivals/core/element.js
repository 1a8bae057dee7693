/**
 * The custom element around a rendered button: attributes in, events and states out, framework-neutral.
 *
 * A framework provides `draw(root)`, which returns `{ render(props), unmount() }`.
 */
import { join } from "./connection.js";

/** Defines the element of this name and style, drawn by a framework. */
export function define(name, css, draw) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);

  class BargeIn extends HTMLElement {
    static observedAttributes = ["base-url", "session-id", "media", "channel", "request-timeout", "confirm-timeout"];

    #internals;
    #connection;
    #key;
    #drawn;
    #headers;
    #seen = { state: "unavailable", mode: null, reason: "no-session", capabilities: [] };
    #scheduled = false;
    #joined = false; // whether the current join has been reported
    #told = {
      request: () => this.#emit("request", { operation: "SwitchToBargeIn" }, true),
      view: (view) => this.#publish(view),
      joined: (detail) => this.#join(detail),
      failed: ({ kind, httpStatus, statusCode, message }) =>
        this.#emit("error", { operation: "SwitchToBargeIn", kind, httpStatus, statusCode, message }),
    };

    constructor() {
      super();
      this.attachShadow({ mode: "open" }).adoptedStyleSheets = [sheet];
      this.#internals = this.attachInternals();
    }

    connectedCallback() {
      this.#schedule();
    }

    disconnectedCallback() {
      this.#schedule(); // a moved element is connected again by then
    }

    attributeChangedCallback(_name, before, after) {
      if (before !== after) this.#schedule();
    }

    get sessionId() {
      return this.getAttribute("session-id");
    }
    set sessionId(id) {
      if (id === null || id === undefined) this.removeAttribute("session-id");
      else this.setAttribute("session-id", id);
    }
    get state() {
      return this.#seen.state;
    }
    get mode() {
      return this.#seen.mode;
    }
    get reason() {
      return this.#seen.reason;
    }
    get capabilities() {
      return [...this.#seen.capabilities];
    }
    get session() {
      return this.#connection?.store.entry(this.#media, this.sessionId ?? "").session ?? undefined;
    }
    get requestHeaders() {
      return this.#headers;
    }
    set requestHeaders(headers) {
      this.#headers = headers;
      this.#connection?.setRequestHeaders(headers);
    }

    notify(data) {
      this.#connection?.store.notify(typeof data === "string" ? JSON.parse(data) : data);
    }

    refresh() {
      return this.#connection?.refresh();
    }

    get #media() {
      return this.getAttribute("media") === "chat" ? "chat" : "smssession";
    }

    #schedule() {
      if (this.#scheduled) return;
      this.#scheduled = true;
      queueMicrotask(() => {
        this.#scheduled = false;
        if (this.isConnected) this.#sync();
        else this.#leave();
      });
    }

    #sync() {
      const baseUrl = this.getAttribute("base-url") ?? "";
      const channel = this.getAttribute("channel") || "/v2/me/*";
      if (this.#key !== `${baseUrl} ${channel}`) {
        const before = this.#connection;
        this.#connection = join(baseUrl, channel);
        this.#key = `${baseUrl} ${channel}`;
        before?.leave();
        if (this.#headers) this.#connection.setRequestHeaders(this.#headers);
      }
      this.#connection.want(this.#media);
      if (!this.#drawn) this.#drawn = draw(this.shadowRoot.appendChild(document.createElement("div")));
      this.#drawn.render({
        connection: this.#connection,
        media: this.#media,
        sessionId: this.sessionId ?? "",
        requestTimeout: Number(this.getAttribute("request-timeout")) || 10_000,
        confirmTimeout: Number(this.getAttribute("confirm-timeout")) || 5_000,
        tell: this.#told,
      });
    }

    #leave() {
      this.#drawn?.unmount();
      this.#drawn = undefined;
      this.shadowRoot.replaceChildren();
      this.#connection?.leave();
      this.#connection = this.#key = undefined;
    }

    #publish({ state, mode, reason, capabilities }) {
      const { states } = this.#internals;
      states.delete(this.#seen.state);
      states.add(state);
      this.#seen = { state, mode, reason, capabilities };
      this.#emit("change", { state, mode, reason, capabilities });
      // A join that came from elsewhere has no durations.
      if (state === "joined") this.#join({ requestMs: null, confirmMs: null });
      else this.#joined = false;
    }

    #join(detail) {
      if (!this.#joined) this.#emit("joined", detail);
      this.#joined = true;
    }

    #emit(name, detail, cancelable = false) {
      detail = { sessionId: this.sessionId, ...detail };
      return this.dispatchEvent(new CustomEvent(`barge-in-${name}`, { detail, bubbles: true, composed: true, cancelable }));
    }
  }

  if (!customElements.get(name)) customElements.define(name, BargeIn);
}

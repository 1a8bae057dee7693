/**
 * The custom element: HTML on one side, the shared WebAssembly instance on the other.
 *
 * An element owns no truth. It keeps what the page asked for (attributes, properties, queued calls) and brings
 * the WebAssembly side in line with it, once per microtask and in one place: `#sync`. Mounting, updating,
 * unmounting, changing language and falling back are all the same step, so no order of events can disagree.
 */
import { advise, adviseOn, check, withoutPath } from "./advice.js";
import { asText, textsOf } from "./given.js";
import { catalogue, labels, resolve, watch } from "./language.js";
import { configure } from "./loader.js";
import { placeholder } from "./placeholder.js";
import { call, join, leave, retry, running } from "./runtime.js";
import { adopt } from "./styles.js";
import { words } from "./words.js";

/**
 * Attributes that hold text, with what the property gives where the attribute is absent. What is said of each here and in
 * `TIMES` is the public documentation, as is what is said at the class: `build/manifest.mjs` reads it.
 */
const TEXTS = {
  /** Root under which `/api/v2` lives; empty for the page's own origin. */
  "base-url": "",
  /**
   * The session's id. Without one the button is `unavailable`, reason `no-session`.
   * @type {string | null}
   */
  "session-id": null,
  /**
   * Kind of session.
   * @type {"smssession" | "chat"}
   */
  media: "smssession",
  /**
   * The supervisor's own user id. Without it `GET /api/v2/me` is asked, and the property then gives what it said.
   * @type {string | null}
   */
  "user-id": null,
  /** Bayeux channel to subscribe to. */
  channel: "/v2/me/*",
  /**
   * How notifications come. `websocket` falls back to long-polling; with `host` the page feeds them by `notify()` and no
   * notification connection is opened.
   * @type {"long-polling" | "websocket" | "host"}
   */
  transport: "long-polling",
  /**
   * Whether a barge-in is asked about first: not at all, in two steps in place, or in an alert dialog. What is none of the
   * three asks in two steps.
   * @type {"none" | "inline" | "dialog"}
   */
  confirm: "none",
  /**
   * Where the WebAssembly file is, if it does not lie beside the module; relative to the page. All
   * elements of the page share one file: the `wasm-url` that was set last before loading wins.
   * @type {string | null}
   */
  "wasm-url": null,
};

/** Attributes that hold milliseconds. */
const TIMES = {
  /** Ms until an unanswered request counts as failed. */
  "request-timeout": 10000,
  /** Ms from the server's acceptance until the session is read again. */
  "confirm-timeout": 5000,
};

const ATTRIBUTES = [...Object.keys(TEXTS), ...Object.keys(TIMES), "modes"];

/** How the page's own connection may be. */
const LINKS = ["connecting", "connected", "broken", "closed"];

/** What a framework that writes names in small letters makes of a name. */
const small = (name) => name.replaceAll("-", "");

const camel = (name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());

/** How many turns of the queue of microtasks an element may be out of the page and not have left it. */
const TURNS = 100;

/** `barge-in/sim` looks for this: it must come first, since `fetch` is captured now. */
globalThis[Symbol.for("barge-in.element")] = true;

/**
 * Operable when, and only when, the server lists the capability; says *joined* when, and only when, the server confirms it.
 *
 * @summary A supervisor's barge-in button for one SMS or chat session of Genesys Web Services.
 * @tagname barge-in-button
 *
 * @fires {CustomEvent<BargeInRequestDetail>} barge-in-request - Before the request is sent. Cancelable:
 *   `preventDefault()` stops it.
 * @fires {CustomEvent<BargeInChangeDetail>} barge-in-change - `state`, `mode`, `reason` or `capabilities` changed.
 *   Changes that come more than eight times within 32 ms are told together.
 * @fires {CustomEvent<BargeInJoinedDetail>} barge-in-joined - Once per join, when the server has confirmed it.
 * @fires {CustomEvent<BargeInErrorDetail>} barge-in-error - Once per failed or refused attempt, and when the button
 *   itself failed or could not start, nobody is signed in, or `requestHeaders` failed.
 * @fires {CustomEvent<BargeInConnectionDetail>} barge-in-connection - The notification connection changed.
 *
 * @cssstate unavailable - Barge-in cannot be asked for now.
 * @cssstate ready - The server lists the capability.
 * @cssstate confirming - The first press was made and the question is open.
 * @cssstate pending - The request is out, or accepted and not yet confirmed.
 * @cssstate joined - Confirmed: agent and customer see what the supervisor writes.
 * @cssstate failed - An attempt ended without the server's decision.
 * @cssstate left - The supervisor has left, by a panel of the page.
 * @cssstate ended - The session is over.
 *
 * @csspart base - Around everything.
 * @csspart button - The barge-in button.
 * @csspart monitor - The Monitor button, with `modes`.
 * @csspart coach - The Coach button, with `modes`.
 * @csspart ask - Around the inline question, with `confirm="inline"`. It has no box of its own.
 * @csspart ask-text - The words of the inline question.
 * @csspart cancel - The safe choice of the question.
 * @csspart confirm - The choice that barges in.
 * @csspart dialog - The alert dialog, with `confirm="dialog"`.
 * @csspart dialog-title - The dialog's heading.
 * @csspart dialog-text - The dialog's words.
 * @csspart reason - Why the button is off.
 * @csspart status - Outcomes, announced politely.
 * @csspart alert - Failures and refusals, announced at once.
 *
 * @cssprop [--barge-in-accent=light-dark(#1d5bd0, #8db4ff)] - Lamp, border and focus of the ready button.
 * @cssprop [--barge-in-live=light-dark(#b8400a, #ff9d5c)] - The joined button, its words, and the choice that barges in.
 * @cssprop [--barge-in-on-live=light-dark(#fff, #241000)] - Text on `--barge-in-live`.
 * @cssprop [--barge-in-danger=light-dark(#b3201a, #ff9c92)] - Failures and refusals.
 * @cssprop [--barge-in-text=inherit] - Text.
 * @cssprop --barge-in-muted - Text of a button that is off, and words beside it; without it the text colour at 72 %.
 * @cssprop [--barge-in-line=light-dark(#767676, #909090)] - Borders.
 * @cssprop [--barge-in-tint=rgb(128 128 128 / 14%)] - Ground of the current mode, and of a button under the pointer.
 * @cssprop [--barge-in-surface=Canvas] - Ground of the dialog.
 * @cssprop [--barge-in-focus=var(--barge-in-accent)] - Focus ring.
 * @cssprop [--barge-in-radius=0.5em] - Corners.
 * @cssprop [--barge-in-size=2.25em] - Height of the buttons; never less than 24px.
 * @cssprop [--barge-in-padding=0.875em] - Room before and after a button's label.
 * @cssprop [--barge-in-gap=0.75em] - Room between the button and its words.
 * @cssprop [--barge-in-words-size=26em] - Greatest width of the words beside the button.
 * @cssprop [--barge-in-font=inherit] - The whole font.
 * @cssprop [--barge-in-font-size=max(0.875em, 0.75rem)] - Font size; other lengths follow it.
 * @cssprop [--barge-in-font-weight=600] - Weight of labels.
 */
export class BargeInButton extends (HTMLElement ?? Object) { // also where there are no elements, on a server say
  /**
   * The package's version.
   * @type {string}
   * @readonly
   */
  static version = VERSION;
  static observedAttributes = [...ATTRIBUTES, ...ATTRIBUTES.map(small), "lang"];

  #root; // the newest mount node, in the shadow root
  #id; // the slab id of the mounted component, while it is mounted
  #scheduled = false;
  #queue = []; // [method, argument] waiting for the component
  #deaf = false; // whether no component is to be expected, and calls are for nobody
  #problem; // why WebAssembly could not start, once that is known
  #operation = null; // what is being asked for, to name it if the widget fails meanwhile
  #headers;
  #handed; // the connection that was handed the headers
  #link; // how the page said last that its own connection is
  #strings;
  #own = {}; // the texts among them
  #rejoins; // the session that was joined when the widget failed
  #spoken; // the language in use and its texts
  #internals;
  #seen; // the last change event's detail
  #forget; // stops watching `lang`
  #told; // what the last change event said, as a text
  #leaving = false; // whether it is out of the page, for a moment or for good
  #client = {
    sync: () => this.#schedule(),
    lost: () => {
      this.#id = undefined;
      this.#schedule();
    },
    restarted: (message) => this.#restarted(message),
    failed: (problem, told) => this.#failed(problem, told),
    // Only where another file may take the place of the running one.
    ...(REPLACEABLE && {
      busy: () => this.state === "pending",
      moves: () => {
        if (this.#id !== undefined) call("unmount", this.#id);
        this.#client.lost();
      },
    }),
  };

  constructor() {
    super();
    adopt(this.attachShadow({ mode: "open" }));
    this.#internals = this.attachInternals?.();
    this.#note({ state: "unavailable", mode: null, reason: "no-session", capabilities: [] });
    this.#mirror("unavailable");
  }

  connectedCallback() {
    for (const name of [...ATTRIBUTES, ...ATTRIBUTES.map(small), "request-headers", "requestheaders", "strings"].map(camel)) {
      // A framework may have set a property before the class was there; it now hides the accessor.
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    if (this.#here) {
      this.#forget?.();
      this.#forget = watch(this, () => this.#schedule());
      this.#deaf = false;
      join(this.#client);
    }
    this.#schedule();
  }

  disconnectedCallback() {
    this.#schedule();
  }

  adoptedCallback() {
    adopt(this.shadowRoot);
  }

  attributeChangedCallback(name, before, after) {
    if (small(name) === "wasmurl" && after) configure({ wasmUrl: after });
    if (before !== after) this.#schedule();
  }

  /**
   * What the button is in: `unavailable`, `ready`, `confirming`, `pending`, `joined`, `failed`, `left` or `ended`.
   * @type {State}
   */
  get state() {
    return this.#seen.state;
  }
  /**
   * The supervisor's mode as last confirmed by the server; `null` where it cannot be told.
   * @type {Mode | null}
   */
  get mode() {
    return this.#seen.mode;
  }
  /**
   * Why the button is `unavailable`; `null` in every other state.
   * @type {Reason | null}
   */
  get reason() {
    return this.#seen.reason;
  }
  /**
   * The newest capabilities list of the session.
   * @type {string[]}
   */
  get capabilities() {
    return [...this.#seen.capabilities];
  }
  /**
   * What is known of the session; what the server did not say is `null` or empty.
   * @type {Session | undefined}
   */
  get session() {
    return this.#id === undefined ? undefined : call("session", this.#id);
  }
  get userId() {
    return read(this, "user-id") || (this.#id === undefined ? null : (call("user_id", this.#id) ?? null));
  }
  set userId(value) {
    write(this, "user-id", value);
  }
  /**
   * Also offer Monitor and Coach.
   * @type {boolean}
   * @attr modes
   * @default false
   */
  get modes() {
    return this.hasAttribute("modes");
  }
  set modes(value) {
    this.toggleAttribute("modes", Boolean(value));
  }
  /**
   * Headers of every request: an object, or a function that gives one or a promise of one, asked before each request.
   * Never stored, logged or reflected. Elements that share a connection use
   * those that were set last.
   * @type {RequestHeaders | undefined}
   */
  get requestHeaders() {
    return this.#headers ?? undefined;
  }
  set requestHeaders(value) {
    if (value && !/^[of]/.test(typeof value)) advise("requestHeaders is neither an object nor a function.");
    this.#headers = value ?? null;
    this.#handed = undefined;
    this.#schedule();
  }
  /**
   * Texts in place of the catalogue's, by key. Read when it is set; what is no text, or cannot be read, counts as not
   * given.
   * @type {Strings | undefined}
   */
  get strings() {
    return this.#strings;
  }
  set strings(value) {
    this.#strings = value ?? undefined;
    this.#own = textsOf(this.#strings);
    this.#schedule();
  }

  /**
   * Takes one notification's `data`, as an object or as its JSON text, in which a Java long such as `1399313371000L`
   * is accepted. Waits for WebAssembly if need be. Feeds all elements that share the connection.
   * @param {object | string} data
   */
  notify(data) {
    const text = asText(data);
    if (text !== undefined) this.#ask("notify", text);
  }

  /**
   * With `transport="host"`: how the page's own connection is. While it is broken or closed the reason is `disconnected`; once
   * it is connected again, the sessions are read. Without a call it counts as connected.
   * @param {"connecting" | "connected" | "broken" | "closed"} status
   */
  link(status) {
    if (this.transport !== "host") return advise('link() is for transport="host".');
    if (!LINKS.includes(status)) return advise(`link("${status}") is none of ${LINKS.join(", ")}.`);
    this.#link = status;
    this.#ask("link", status);
  }

  /**
   * Reads the user and the sessions again; also the way out of `unauthenticated`, and a new attempt to start where the
   * reason is `unsupported`.
   */
  refresh() {
    if (this.#problem && this.#here) {
      this.#deaf = false;
      retry(this.#client);
    }
    this.#ask("refresh");
  }

  /**
   * Focuses the barge-in button, or the safe choice while the question is being asked.
   * @param {FocusOptions} [options]
   */
  focus(options) {
    const part = this.state === "confirming" ? "cancel" : "button";
    this.#root?.querySelector(`[part=${part}]`)?.focus(options);
  }

  #ask(method, argument) {
    if (!this.#deaf) this.#queue.push([method, argument]);
    if (this.#id !== undefined && !this.#scheduled) this.#flush();
  }

  #flush() {
    // A call that panics leaves those after it to the next instance.
    while (this.#queue.length && running()) {
      const [method, argument] = this.#queue.shift();
      call(method, this.#id, argument);
    }
  }

  #schedule() {
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      this.#sync();
    });
  }

  /** Whether it is in a page. A document without a window, a template's say, is none. */
  get #here() {
    return this.isConnected && Boolean(this.ownerDocument.defaultView);
  }

  #sync() {
    if (!this.#here) return this.#wait();
    check(this, (name) => read(this, name));
    const language = resolve(this);
    const texts = catalogue(language, () => this.#schedule());
    // Until the words of another language are there, a button goes on in the one that it speaks.
    if (texts) this.#spoken = { language, texts };
    if (this.#id !== undefined) {
      this.#root.lang = this.#spoken.language;
      call("update", this.#id, this.#config());
    } else if (running() && texts) this.#mount();
    else this.#stand(language, texts);
    if (this.#id !== undefined) this.#flush();
  }

  /**
   * Frameworks that move an element or swap pages take it out and put it back, some of them only after a few awaits. What is
   * still out by then has left. It is no timer that counts: nothing of a removed element is to be left for the next task.
   */
  async #wait() {
    if (this.#leaving) return;
    this.#leaving = true;
    for (let turn = 0; turn < TURNS && !this.#here; turn++) await null;
    this.#leaving = false;
    if (!this.#here) this.#leave();
  }

  #leave() {
    this.#deaf = true;
    this.#queue = [];
    if (this.#id !== undefined) call("unmount", this.#id);
    this.#id = undefined;
    this.#forget?.();
    this.#forget = undefined;
    leave(this.#client);
  }

  #mount() {
    this.#problem = undefined;
    this.#deaf = false;
    this.#handed = undefined;
    this.#off(this.sessionId ? "connecting" : "no-session");
    const emit = (name, detail) => this.#emit(name, detail);
    const root = this.#place(document.createElement("div"), this.#spoken.language);
    this.#id = call("mount", root, this.#config(), emit);
  }

  /**
   * Shows the plain button that stands in while WebAssembly is loading, or instead of it. It has its language's labels, and so
   * its size, before the other texts are there.
   */
  #stand(language, texts) {
    const reason = this.#problem ? "unsupported" : this.sessionId ? "connecting" : "no-session";
    const text = { ...(texts ? words : {}), ...labels(language), ...texts, ...this.#own };
    this.#place(placeholder(this, reason, text, this.#problem), language);
    this.#off(reason);
  }

  #off(reason) {
    this.#publish({ sessionId: this.sessionId || null, state: "unavailable", mode: null, reason, capabilities: [] });
  }

  /** Puts a fresh mount node in the old one's place; a focused control hands its focus to its successor. */
  #place(root, language) {
    const part = this.shadowRoot.activeElement?.getAttribute("part");
    root.lang = language;
    this.#root = root;
    this.shadowRoot.append(root);
    const swap = () => {
      // A node that a panic kept from drawing was replaced before its turn, so there may be more than one to go.
      if (this.#root !== root) return;
      for (const other of [...this.shadowRoot.children]) if (other !== root) other.remove();
      if (part) (root.querySelector(`[part=${part}]`) ?? root.querySelector("[part=button]"))?.focus();
    };
    if (root.hasChildNodes()) swap();
    else {
      // Yew may draw a moment later; the old button stays until the new one is there, so nothing jumps.
      const drawn = new MutationObserver(() => {
        drawn.disconnect();
        swap();
      });
      drawn.observe(root, { childList: true });
    }
    return root;
  }

  #config() {
    const config = { modes: this.modes, strings: { ...this.#spoken.texts, ...this.#own } };
    for (const name of Object.keys(TEXTS)) config[camel(name)] = read(this, name) ?? TEXTS[name];
    config.baseUrl = withoutPath(this.baseUrl);
    for (const key in this.#own) if (!(key in words) && !call("is_text", key)) advise(`strings has no text "${key}".`);
    for (const name of Object.keys(TIMES)) config[camel(name)] = this[camel(name)];
    // The headers set last serve a shared connection: those of an element that only changes its size must not win anew.
    const connection = `${this.baseUrl} ${this.transport} ${this.channel}`;
    if (this.#handed !== connection) {
      config.requestHeaders = this.#headers;
      // A new connection, after a restart say, has not been told yet.
      if (this.#link) this.#queue.unshift(["link", this.#link]);
    }
    this.#handed = connection;
    return config;
  }

  #emit(name, detail) {
    if (name === "barge-in-change") return this.#publish(detail);
    // A component that was mounted again finds joined what the page has been told of already.
    if (name === "barge-in-joined" && this.#rejoins === detail.sessionId) return (this.#rejoins = undefined);
    if (name === "barge-in-connection") adviseOn(detail);
    if (name !== "barge-in-request") return this.#dispatch(name, detail);
    this.#operation = detail.operation;
    const allowed = this.#dispatch(name, detail);
    if (!allowed) this.#operation = null;
    return allowed;
  }

  #publish(detail) {
    const { state, mode, reason, capabilities } = detail;
    if (state !== "joined" && reason !== "connecting") this.#rejoins = undefined;
    if (state !== "pending") this.#operation = null;
    const before = this.#seen;
    // A component that was mounted again reports what the page has been told already.
    if (!this.#note({ state, mode, reason, capabilities: [...capabilities] })) return true;
    this.#mirror(state, before.state);
    return this.#dispatch("barge-in-change", detail);
  }

  /** Keeps what is to be told, and says whether that is news. */
  #note(seen) {
    const before = this.#told;
    this.#seen = seen;
    this.#told = [seen.state, seen.mode, seen.reason, ...seen.capabilities].join("\n");
    return this.#told !== before;
  }

  #mirror(state, before) {
    try {
      this.#internals.states.delete(before);
      this.#internals.states.add(state);
    } catch {
      // A browser without custom states: `el.state` and the parts still tell.
    }
  }

  #dispatch(name, detail) {
    const cancelable = name === "barge-in-request";
    return this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  }

  #error(kind, operation, key, problem) {
    const message = this.#say(key, problem.detail);
    const detail = { sessionId: this.sessionId || null, operation, kind, httpStatus: null, statusCode: null, message };
    if (kind === "unsupported") detail.cause = causeOf(key);
    this.#dispatch("barge-in-error", detail);
  }

  #restarted(message) {
    this.#rejoins = this.state === "joined" ? this.sessionId : undefined;
    const operation = this.#operation;
    this.#id = undefined;
    this.#sync();
    this.#error("internal", operation, "restarted", { detail: message });
  }

  #failed(problem, told) {
    const before = this.#problem;
    this.#id = undefined;
    this.#problem = problem;
    this.#deaf = !problem.hopeful;
    if (this.#deaf) this.#queue = [];
    if (before?.key !== problem.key) this.#sync();
    if (told) this.#error("unsupported", null, problem.key, problem);
  }

  /** What went wrong, in English, with what only a technician can read, for the page's log; no longer than a log takes. */
  #say(key, detail) {
    return (detail ? `${words[key]} (${detail})` : words[key]).slice(0, 300);
  }
}

for (const name of Object.keys(TEXTS)) {
  // The getter of `userId` also gives the resolved id.
  if (name !== "user-id") reflect(name, (element) => read(element, name) ?? TEXTS[name]);
}

for (const name of Object.keys(TIMES)) reflect(name, (element) => time(element, name) ?? TIMES[name]);

/** Gives the class an attribute's property. */
function reflect(name, read) {
  Object.defineProperty(BargeInButton.prototype, camel(name), {
    get() {
      return read(this);
    },
    set(value) {
      write(this, name, value);
    },
    enumerable: true,
    configurable: true,
  });
}

// A framework may set properties in small letters too.
for (const name of [...ATTRIBUTES, "request-headers"]) {
  if (!name.includes("-")) continue;
  Object.defineProperty(BargeInButton.prototype, small(name), {
    get() {
      return this[camel(name)];
    },
    set(value) {
      this[camel(name)] = value;
    },
    configurable: true,
  });
}

/** An attribute, also by its name in small letters. */
function read(element, name) {
  return element.getAttribute(name) ?? element.getAttribute(small(name));
}

function write(element, name, value) {
  if (small(name) !== name) element.removeAttribute(small(name));
  if (value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value);
}

function time(element, name) {
  const text = read(element, name);
  const value = Number(text ?? NaN);
  if (value > 0 && value < 2 ** 31) return value; // setTimeout's own limit
  if (text !== null) advise(`${name}="${text}" is no number of ms above 0: it counts as ${TIMES[name]}.`);
}

/** Why it could not start, as `barge-in-error` names it. */
function causeOf(key) {
  if (key === "unsupported-url") return "missing";
  return /missing|hash|policy|type|network/.exec(key)?.[0] ?? "engine";
}

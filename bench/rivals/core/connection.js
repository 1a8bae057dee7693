/**
 * One connection for all buttons of a page that name the same server: `/me`, the official CometD client with one
 * subscription, a read of the sessions after every subscription, and the POST of a press.
 */
import { AckExtension, CometD } from "cometd";
import { Failure, Rest } from "./rest.js";
import { Store, collection } from "./store.js";

const connections = new Map();
const READ_TIMEOUT = 10_000;

/** Joins the page's connection with these settings; `leave()` when done. */
export function join(baseUrl, channel) {
  const key = `${baseUrl} ${channel}`;
  let connection = connections.get(key);
  if (!connection) connections.set(key, (connection = new Connection(key, baseUrl, channel)));
  connection.users++;
  return connection;
}

class Connection {
  users = 0;
  followers = new Set(); // of `{ notify(data), subscribed() }`
  store = new Store();
  rest;
  #key;
  #cometd = new CometD();
  #channel;
  #media = new Set();
  #again; // the timer of the next attempt
  #failures = 0;
  #closed = false;

  constructor(key, baseUrl, channel) {
    this.#key = key;
    this.#channel = channel;
    this.rest = new Rest(baseUrl);
    // The elements of a page join in one task; their settings are known at its end.
    queueMicrotask(() => this.#start());
  }

  leave() {
    if (--this.users) return;
    this.#closed = true;
    connections.delete(this.#key);
    clearTimeout(this.#again);
    this.#cometd.disconnect();
  }

  /** Sets the page's headers for every request. */
  setRequestHeaders(headers) {
    this.rest.requestHeaders = headers;
  }

  /** Starts reading sessions of this kind. */
  want(media) {
    if (this.#media.has(media)) return;
    this.#media.add(media);
    if (this.store.link === "up") this.#read(media);
  }

  /** Reads `/me` and the sessions again. */
  async refresh() {
    await this.#start();
  }

  /**
   * Requests barge-in, at most once per session at a time. Calls `tell.joined(detail)` or `tell.failed(failure)`.
   */
  async press(media, id, { requestTimeout, confirmTimeout }, tell) {
    const { store } = this;
    const entry = store.entry(media, id);
    if (entry.pending || (entry.view.state !== "ready" && entry.view.state !== "failed")) return;
    const began = performance.now();
    let requestMs = null;
    let timer;
    const pending = {
      settled(state) {
        clearTimeout(timer);
        if (state === "joined") tell.joined({ requestMs, confirmMs: performance.now() - began });
      },
    };
    const over = () => entry.pending !== pending;
    const fail = (failure) => {
      if (over()) return;
      store.change(entry, { pending: null, failure });
      if (failure.kind === "unauthenticated") store.set({ link: "unauthenticated" });
      tell.failed(failure);
    };
    store.change(entry, { pending, failure: null });
    try {
      const path = `/me/${collection(media)}/${encodeURIComponent(id)}`;
      await this.rest.post(path, { operationName: "SwitchToBargeIn" }, requestTimeout);
    } catch (failure) {
      // The browser may have repeated a successful request, so read the session before reporting "wrong state".
      if (failure.statusCode === 2) await this.#read(media);
      return fail(failure);
    }
    requestMs = performance.now() - began;
    if (over()) return;
    timer = setTimeout(async () => {
      await this.#read(media);
      fail(new Failure("unconfirmed"));
    }, confirmTimeout);
  }

  async #start() {
    clearTimeout(this.#again);
    if (this.#closed) return;
    try {
      const { user } = await this.rest.get("/me", READ_TIMEOUT);
      this.store.set({ own: typeof user?.id === "string" ? user.id : null });
    } catch (failure) {
      if (failure.kind === "unauthenticated") return this.store.set({ link: "unauthenticated" });
      return this.#retry(() => this.#start());
    }
    this.#failures = 0;
    if (this.#cometd.isDisconnected()) this.#handshake();
    else this.#readAll();
  }

  #handshake() {
    if (this.#closed) return;
    const cometd = this.#cometd;
    cometd.unregisterTransport("websocket");
    cometd.unregisterTransport("callback-polling");
    cometd.configure({
      url: this.rest.url("/notifications"),
      requestHeaders: this.rest.headers,
      logLevel: "warn",
      useWorkerScheduler: false, // its worker comes from a blob: URL, which a strict policy forbids
    });
    cometd.registerExtension("ack", new AckExtension());
    cometd.clearListeners();
    cometd.addListener("/meta/handshake", (reply) => {
      if (!reply.successful) return this.#broken(reply);
      // The server has forgotten earlier subscriptions, and notifications may have been missed.
      cometd.batch(() => {
        cometd.subscribe(
          this.#channel,
          ({ data }) => this.#notify(data),
          ({ successful }) => successful && this.#readAll(),
        );
      });
    });
    cometd.addListener("/meta/connect", (reply) => {
      if (!reply.successful) this.#broken(reply);
      else if (this.store.link !== "up") this.store.set({ link: "up" });
    });
    cometd.handshake();
  }

  #notify(data) {
    this.store.notify(data);
    for (const follower of this.followers) follower.notify(data);
  }

  #broken({ failure }) {
    if (this.#closed) return;
    const refused = failure?.httpCode === 401 || failure?.httpCode === 403;
    // `/me` says whether the user is signed out, and has a new token.
    if (refused) this.rest.get("/me", READ_TIMEOUT).catch(({ kind }) => this.#signedOut(kind));
    if (this.store.link !== "unauthenticated") this.store.set({ link: "broken" });
  }

  #signedOut(kind) {
    if (kind !== "unauthenticated") return;
    this.#cometd.disconnect();
    this.store.set({ link: "unauthenticated" });
  }

  #readAll() {
    for (const media of this.#media) this.#read(media);
    for (const follower of this.followers) follower.subscribed();
  }

  async #read(media) {
    const begun = this.store.begin();
    try {
      const answer = await this.rest.get(`/me/${collection(media)}?fields=*`, READ_TIMEOUT);
      const sessions = answer[collection(media)];
      this.#failures = 0;
      if (!this.store.finish(begun, media, Array.isArray(sessions) ? sessions : [])) this.#read(media);
    } catch (failure) {
      if (failure.kind === "unauthenticated") return this.store.set({ link: "unauthenticated" });
      this.#retry(() => this.#read(media));
    }
  }

  /** The first retry is at once, later ones after growing, random waits. */
  #retry(act) {
    const wait = this.#failures && Math.random() * Math.min(60_000, 1000 * 2 ** this.#failures);
    if (this.#failures++) this.store.set({ link: "broken" });
    clearTimeout(this.#again);
    this.#again = setTimeout(act, wait);
  }
}

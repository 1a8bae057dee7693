/**
 * The sessions of one connection and their watchers.
 *
 * A view keeps its identity until something in it changes, so that a component may compare by `===` and a notification
 * that changes nothing renders nothing.
 */
import { afterEntry, canBargeIn, capabilities, decide, isEnd, same } from "./rules.js";

const MEDIA = { smssession: "smssessions", chat: "chats" };

export const collection = (media) => MEDIA[media] ?? MEDIA.smssession;
const keyOf = (media, id) => `${collection(media)}/${id}`;

export class Store {
  own; // the user id: undefined while it is being read, null if it is not available
  #link = "connecting";
  #read = false;
  #entries = new Map();
  #arrivals = 0;

  /** The record of a session, created on first use. */
  entry(media, id) {
    const key = keyOf(media, id);
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { media, id, session: null, gone: false, arrived: 0, pending: null, failure: null, listeners: new Set() };
      entry.view = this.#decide(entry);
      this.#entries.set(key, entry);
    }
    return entry;
  }

  view(media, id) {
    return this.entry(media, id).view;
  }

  subscribe(media, id, listener) {
    const { listeners } = this.entry(media, id);
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  /** Changes a record and notifies its watchers if their view changes. */
  change(entry, changes) {
    Object.assign(entry, changes);
    const view = this.#decide(entry);
    if (same(view, entry.view)) return;
    entry.view = view;
    for (const listener of entry.listeners) listener(view);
  }

  get link() {
    return this.#link;
  }

  /** Sets the connection's state, the own user id or both, which every view depends on. */
  set({ link = this.#link, own = this.own, read = this.#read }) {
    this.#link = link;
    this.own = own;
    this.#read = read;
    for (const entry of this.#entries.values()) this.change(entry, {});
  }

  /** Handles one notification's `data`. */
  notify(data) {
    if (!data || typeof data !== "object") return;
    for (const media in MEDIA) {
      const session = data[media];
      if (typeof session?.id === "string") {
        const entry = this.entry(media, session.id);
        entry.arrived = ++this.#arrivals;
        this.#take(entry, session);
      }
      const place = data[`${media}Uri`] ?? data[`${media}Path`];
      if (typeof place === "string" && Array.isArray(data.messages)) this.#log(media, place, data.messages);
    }
  }

  /** Marks the beginning of a read; `finish` uses the mark to keep facts that arrived meanwhile. */
  begin() {
    return this.#arrivals;
  }

  /** Applies a read of all sessions; false if a notification has overtaken it and it must be repeated. */
  finish(begun, media, sessions) {
    let whole = true;
    const listed = new Set();
    for (const session of sessions) {
      if (typeof session?.id !== "string") continue;
      const entry = this.entry(media, session.id);
      listed.add(entry);
      if (entry.arrived > begun) whole = false;
      else this.#take(entry, session);
    }
    for (const entry of this.#entries.values()) {
      if (entry.media !== media || listed.has(entry) || !entry.session || entry.arrived > begun) continue;
      this.change(entry, { gone: true, pending: null });
    }
    this.set({ read: true });
    return whole;
  }

  #take(entry, session) {
    const { failure } = entry;
    // A refusal stands until the server lists the capability again.
    const cleared = failure?.refused && canBargeIn(capabilities(session));
    this.change(entry, { session, gone: isEnd(session.state), failure: cleared ? null : failure });
    this.#settle(entry);
  }

  #log(media, place, messages) {
    const entry = this.entry(media, decodeURIComponent(place.split("/").pop()));
    if (!entry.session || !this.own) return;
    const session = messages.reduce((session, message) => afterEntry(session, message, this.own), entry.session);
    if (session === entry.session) return;
    entry.arrived = ++this.#arrivals;
    this.change(entry, { session });
    this.#settle(entry);
  }

  /** Ends a pending intent if the facts confirm it or make it obsolete. */
  #settle(entry) {
    if (!entry.pending) return;
    const { state } = this.#decide({ ...entry, pending: null });
    if (state !== "joined" && state !== "ended") return;
    const { pending } = entry;
    this.change(entry, { pending: null, failure: null });
    pending.settled(state);
  }

  #decide(entry) {
    const { id, session, gone, pending, failure } = entry;
    return decide({ id, session, gone, pending, failure, own: this.own, link: this.#link, read: this.#read });
  }
}

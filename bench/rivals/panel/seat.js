/**
 * What a panel knows of its session beside the facts of the button: the log, and the messages that are not in it yet.
 */
import { collection } from "../core/store.js";

const READ_TIMEOUT = 10_000;
const OPERATIONS = { agents: "SendToAgents", everyone: "SendMessage" };

export class Seat {
  #connection;
  #media;
  #id;
  #path;
  #entries = []; // by index
  #rows = []; // `{ id, audience, text, state }`
  #ids = 0;
  #queue = Promise.resolve();
  #snapshot = null;
  #scheduled = false;
  #listeners = new Set();

  constructor(connection, media, id) {
    this.#connection = connection;
    this.#media = media;
    this.#id = id;
    this.#path = `/me/${collection(media)}/${encodeURIComponent(id)}`;
  }

  /** Follows the session until the returned function is called. */
  open() {
    const { followers, store } = this.#connection;
    followers.add(this);
    if (store.link === "up") this.subscribed();
    return () => followers.delete(this);
  }

  subscribe = (listener) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** `{ entries, rows }`, the same object until something has changed, participants included. */
  snapshot = () => (this.#snapshot ??= { entries: [...this.#entries], rows: [...this.#rows] });

  get participants() {
    return this.#connection.store.entry(this.#media, this.#id).session?.participants ?? [];
  }

  /** Whether a person of the session or of the log is the user. */
  isOwn = (person) => !!person?.uri && person.uri.split("/").pop() === this.#connection.store.own;

  /** Entries may have been missed: reads those after the newest one. */
  async subscribed() {
    const next = (this.#entries.at(-1)?.index ?? 0) + 1;
    try {
      const { messages } = await this.#connection.rest.get(`${this.#path}/messages?startIndex=${next}`, READ_TIMEOUT);
      this.#take(messages);
    } catch {
      // Read again after the next subscription; the connection says what is wrong.
    }
  }

  notify(data) {
    const kind = this.#media;
    if (data?.[kind]?.id === this.#id) this.#changed();
    const place = data?.[`${kind}Uri`] ?? data?.[`${kind}Path`];
    if (place && Array.isArray(data.messages) && decodeURIComponent(place.split("/").pop()) === this.#id) {
      this.#take(data.messages);
    }
  }

  /** Asks for a switch or for Leave. */
  async operate(operationName, timeout) {
    await this.#connection.rest.post(this.#path, { operationName }, timeout);
  }

  /** Queues a message. They are sent one at a time, in order. */
  send(audience, text, timeout) {
    const row = { id: ++this.#ids, audience, text, state: "waiting" };
    this.#rows.push(row);
    this.#post(row, timeout);
  }

  resend(id, timeout) {
    const row = this.#rows.find((row) => row.id === id);
    if (row?.state === "failed") this.#post(row, timeout);
  }

  discard(id) {
    this.#rows = this.#rows.filter((row) => row.id !== id);
    this.#changed();
  }

  #post(row, timeout) {
    this.#set(row.id, "waiting");
    this.#queue = this.#queue.then(async () => {
      this.#set(row.id, "sending");
      try {
        const body = { operationName: OPERATIONS[row.audience], text: row.text };
        await this.#connection.rest.post(this.#path, body, timeout);
        this.#set(row.id, "accepted");
      } catch {
        this.#set(row.id, "failed");
      }
    });
  }

  #set(id, state) {
    this.#rows = this.#rows.map((row) => (row.id === id ? { ...row, state } : row));
    this.#changed();
  }

  #take(messages) {
    for (const entry of messages) {
      if (!Number.isInteger(entry?.index) || /Typing/.test(entry.type)) continue;
      // Entries nearly always arrive in order.
      const at = this.#entries.findLastIndex(({ index }) => index <= entry.index);
      const known = this.#entries[at]?.index === entry.index;
      this.#entries.splice(known ? at : at + 1, known ? 1 : 0, entry);
      if (!known && entry.type === "Text" && this.isOwn(entry.from)) this.#echo(entry);
    }
    this.#changed();
  }

  /** A message is sent once it is seen in the log. */
  #echo({ text }) {
    const at = this.#rows.findIndex((row) => row.state !== "waiting" && row.text === text);
    if (at >= 0) this.#rows.splice(at, 1);
  }

  /** Notifications of one response are told together. */
  #changed() {
    this.#snapshot = null;
    if (this.#scheduled) return;
    this.#scheduled = true;
    queueMicrotask(() => {
      this.#scheduled = false;
      for (const listener of this.#listeners) listener();
    });
  }
}

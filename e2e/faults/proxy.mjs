/** A TCP proxy between page and server that can cut, silence or refuse connections at a chosen moment. */
import { once } from "node:events";
import { connect, createServer } from "node:net";

export class Proxy {
  #target;
  #port = 0;
  #server;
  /** The open pairs of sockets: `near` is the browser's, `far` the server's. */
  #pairs = new Set();
  /** The directions that are swallowed on new and open connections: `up` to the server, `down` to the page. */
  #swallowed = { up: false, down: false };
  #strike;

  /** Starts a line to the server at an address. */
  static async start(url) {
    const proxy = new Proxy();
    proxy.#target = Number(new URL(url).port);
    await proxy.#listen();
    return proxy;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  async #listen() {
    this.#server = createServer((near) => this.#accept(near));
    this.#server.listen(this.#port, "127.0.0.1");
    await once(this.#server, "listening");
    this.#port = this.#server.address().port;
  }

  #accept(near) {
    const far = connect(this.#target, "127.0.0.1");
    const pair = { near, far, dead: false, answering: false };
    this.#pairs.add(pair);
    for (const socket of [near, far]) {
      socket.setNoDelay(true);
      socket.on("error", () => {});
    }
    near.on("data", (bytes) => {
      if (this.#struck("request", pair, bytes)) return;
      if (!pair.dead && !this.#swallowed.up) far.write(bytes);
    });
    far.on("data", (bytes) => {
      if (this.#struck("answer", pair, bytes)) return;
      if (!pair.dead && !this.#swallowed.down) near.write(bytes);
    });
    // A silent line does not pass on the end of a connection either.
    near.on("close", () => this.#ended(pair, far));
    far.on("close", () => this.#ended(pair, near));
  }

  #ended(pair, other) {
    if (pair.dead || this.#swallowed.up || this.#swallowed.down) pair.dead = true;
    else {
      other.resetAndDestroy();
      this.#pairs.delete(pair);
    }
  }

  /** Whether the strike waits for these bytes; if so, it runs instead of passing them on. */
  #struck(what, pair, bytes) {
    const strike = this.#strike;
    if (!strike) return false;
    if (what === "request" && bytes.includes(strike.text)) pair.answering = true;
    if (!pair.answering || strike.what !== what) return false;
    this.#strike = undefined;
    strike.act();
    return true;
  }

  /** Calls `act` instead of passing on the first `request` that contains this text, or the `answer` to it. */
  strike(what, text, act) {
    this.#strike = { what, text, act };
  }

  /** Breaks every connection; new ones are served. */
  reset() {
    for (const { near, far } of this.#pairs) {
      near.resetAndDestroy();
      far.resetAndDestroy();
    }
    this.#pairs.clear();
  }

  /** Breaks every connection and refuses new ones. */
  refuse() {
    this.#server.close();
    this.reset();
  }

  /** Serves again after {@link refuse}. */
  allow() {
    return this.#listen();
  }

  /** From now on bytes vanish, in both directions or only in answers. Neither end is notified. */
  swallow({ up = true, down = true } = {}) {
    this.#swallowed = { up, down };
  }

  /** New connections work again; open ones stay silent, as after a router has dropped them. */
  forward() {
    for (const pair of this.#pairs) pair.dead = true;
    this.#swallowed = { up: false, down: false };
  }


  async close() {
    this.reset();
    if (this.#server.listening) await new Promise((done) => this.#server.close(done));
  }
}

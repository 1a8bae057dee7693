/** A real Bayeux server for a test, which can be killed and restarted on the same port. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { site } from "../support/paths.mjs";
import { Backend } from "./backend.mjs";

const PROGRAM = fileURLToPath(new URL("server.mjs", import.meta.url));

export class Peer {
  backend = new Backend();
  #library;
  #hold;
  #port = 0;
  #child;
  #forgotten = [];

  /** A poll is held for `hold` ms, and a client that is silent for about as long is dropped: long, as a slow page is not gone. */
  constructor(library, hold = 20_000) {
    this.#library = library;
    this.#hold = hold;
  }

  get url() {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Starts the server; resolves once it listens. */
  async start() {
    const child = fork(PROGRAM, [this.#library, String(this.#port), site(), String(this.#hold)], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    this.#child = child;
    this.backend.publish = (publish) => child.connected && child.send({ publish, channels: this.backend.channels });
    this.#port = await new Promise((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`the ${this.#library} server ended with ${code}`)));
      child.on("message", (message) => (message.port ? resolve(message.port) : this.#heard(child, message)));
    });
    return this;
  }

  async #heard(child, { id, ask, operation, forgotten }) {
    if (forgotten) return this.#forgotten.splice(0).forEach((resolve) => resolve());
    const answer = ask === "sessions" ? [this.backend.session()] : await this.backend.operation(operation);
    if (child.connected) child.send({ id, answer });
  }

  /** Resolves when the server next drops a silent client. */
  forgets() {
    return new Promise((resolve) => this.#forgotten.push(resolve));
  }

  /** Kills the server, like a crash: every connection breaks, and its memory is lost. */
  async kill() {
    if (!this.#child || this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, "exit");
    this.#child.kill("SIGKILL");
    await ended;
  }
}

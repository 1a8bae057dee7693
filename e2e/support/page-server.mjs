/**
 * The simulated server in the page, with the same face as the one behind a port, which here is nothing but the static host.
 *
 * Each page has its own; what a test asks for goes to the newest one that is open. What is asked before there is a page is done
 * when one opens.
 */
import assert from "node:assert/strict";
import { Server } from "./server.mjs";

/** What is known of a server that no page has. */
const NOTHING = { "/state": { clients: [], sessions: [], polls: 0 }, "/log": { requests: [] } };

export class PageServer extends Server {
  #settings;
  #pages = [];
  #before = [];

  constructor(child, url, flags) {
    super(child, url);
    this.#settings = settings(flags);
  }

  /** Runs in each page before its own scripts. */
  get script() {
    return `window.simSettings = ${JSON.stringify(this.#settings)};`;
  }

  /** A page is about to load. */
  async opens(page) {
    await page.addInitScript(this.script);
    this.#pages.push(page);
  }

  /** A page has loaded, or a tab. */
  async opened(page) {
    if (!this.#pages.includes(page)) this.#pages.push(page);
    for (const call of this.#before.splice(0)) await ask(page, call);
    await until(page, () => !document.querySelector("script[src^='/npm/']") || window.simDefined);
  }

  async ask(...call) {
    const page = this.#pages.findLast((page) => !page.isClosed?.());
    if (page) return ask(page, call);
    const [method, path] = call;
    if (method === "POST") this.#before.push(call);
    return NOTHING[path] ?? {};
  }

  /** Nothing may have reached the host that is for the server. */
  async close() {
    const { requests } = await super.ask("GET", "/log");
    await super.close();
    assert.deepEqual(requests.map(({ path }) => path), []);
  }
}

/** Waits for something in a page or a tab. */
const until = (page, test) => (page.until ? page.until(test) : page.waitForFunction(test));

/** Asks the page's server; what changes something waits in the page for a server that is not there yet. */
async function ask(page, call) {
  const [method] = call;
  if (method === "GET") await until(page, () => window.gws !== undefined);
  return page.evaluate((call) => (window.gws ? window.gws.control(...call) : void (window.simCalls ??= []).push(call)), call);
}

/** Flags of the command line as options of `simulate`; what a page cannot have is left out. */
function settings(flags) {
  const words = flags.flatMap((flag) => flag.split("="));
  const named = { scenario: "still" };
  words.forEach((word, at) => {
    const name = word.replace(/^--/, "").replace(/-(.)/g, (_, letter) => letter.toUpperCase());
    if (["hold", "maxInterval", "latency", "maxSessionsPerBrowser", "multiSessionInterval", "seed"].includes(name)) named[name] = Number(words[at + 1]);
    if (name === "login") named.login = true;
    if (name === "noAck") named.ack = false;
    if (name === "order") named.order = words[at + 1];
  });
  return named;
}

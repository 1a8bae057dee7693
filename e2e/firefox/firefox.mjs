/**
 * Firefox and one page of it, driven over WebDriver BiDi.
 *
 * Playwright drives a patched Firefox; Puppeteer drives the regular one. Only what the smoke run needs is here, under
 * the names that the tests in Chromium use.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { firefox, root } from "../support/paths.mjs";
import { watch } from "../support/watch.mjs";

/** The longest wait, in ms; far more than any wait should take. */
const PATIENCE = 20_000;

/** Starts Firefox with a profile of its own, which `close()` removes. */
export async function launch() {
  // Not in the system's temporary folder: a sandboxed Firefox sees another one.
  const profile = join(root, "target/e2e", `firefox-${process.pid}`);
  mkdirSync(profile, { recursive: true });
  process.once("exit", () => rmSync(profile, { recursive: true, force: true }));
  return puppeteer.launch({
    browser: "firefox",
    executablePath: firefox(),
    userDataDir: profile,
    // The browser itself requests an icon, which the policy forbids.
    extraPrefsFirefox: { "browser.chrome.site_icons": false },
  });
}

/**
 * Opens a page of the simulator in a fresh context; `page.errors` collects the errors of its console. `instead` has
 * other contents for some paths.
 */
export async function open(browser, sim, path = "/blank.html", instead) {
  const page = await (await browser.createBrowserContext()).newPage();
  page.setDefaultTimeout(PATIENCE);
  page.errors = [];
  page.on("pageerror", (error) => page.errors.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) page.errors.push(message.text());
  });
  await page.evaluateOnNewDocument(watch);
  if (instead) {
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const body = instead[new URL(request.url()).pathname];
      if (body) request.respond({ status: 200, contentType: "application/wasm", body });
      else request.continue();
    });
  }
  page.policy = (await page.goto(sim.url + path)).headers()["content-security-policy"];
  return page;
}

/** Adds an element with these properties to the page. */
export async function add(page, properties) {
  await page.evaluate((properties) => {
    const element = document.createElement("barge-in-button");
    element.id = "one";
    Object.assign(element, properties);
    document.querySelector("main").append(element);
  }, properties);
  return new Button(page);
}

class Button {
  constructor(page) {
    this.page = page;
  }

  /** Evaluates a function on the element in the page. */
  ask(question, ...given) {
    return this.page.$eval("#one", question, ...given);
  }

  part(name) {
    return this.page.$(`#one >>> [part~="${name}"]`);
  }

  async text(name) {
    return (await this.part(name)).evaluate((part) => part.textContent);
  }

  /** The visible texts beside the button. */
  async words() {
    return (await Promise.all(["reason", "status", "alert"].map((part) => this.text(part)))).join("").trim();
  }

  /** Clicks a part with the mouse at its position. */
  async click(name, options) {
    await (await this.part(name)).click(options);
  }

  /** Waits until the element is in a state, by its property and its custom state. */
  async until(state) {
    const reached = (state) => {
      const element = document.getElementById("one");
      return element.state === state && element.matches(`:state(${state})`);
    };
    await this.page.waitForFunction(reached, {}, state).catch(async (error) => {
      const is = await this.ask((element) => `${element.state} ${element.reason}`);
      throw new Error(`waited for ${state}, is ${is}; ${this.page.errors}`, { cause: error });
    });
  }

  /** Waits until a part has focus. */
  async untilFocused(name) {
    const focused = (name) => document.getElementById("one").shadowRoot.activeElement?.part.contains(name);
    await this.page.waitForFunction(focused, {}, name).catch((error) => {
      throw new Error(`waited for focus on ${name}`, { cause: error });
    });
  }

  /** The details of the events of a type so far. */
  events(type) {
    const details = (type) => window.seen.events.filter((event) => event.type === type).map((event) => event.detail);
    return this.page.evaluate(details, type);
  }

  /** Waits until any effects of a press would have happened. */
  settle() {
    return this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  }
}

/**
 * Firefox and one page of it, driven over WebDriver BiDi.
 *
 * Playwright drives a Firefox of its own making, not the one that people have; Puppeteer drives that one. Only what the
 * smoke run needs is here, by the names that the tests in Chromium use.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { firefox, root } from "../support/paths.mjs";
import { watch } from "../support/watch.mjs";

/** Ms that any wait may take; far more than anything should. */
const PATIENCE = 20_000;

/** Starts Firefox with a profile of its own, which `close()` takes away again. */
export async function launch() {
  // Not in the system's folder for temporary files: a Firefox in a sandbox sees another one there.
  const profile = join(root, "target/e2e", `firefox-${process.pid}`);
  mkdirSync(profile, { recursive: true });
  process.once("exit", () => rmSync(profile, { recursive: true, force: true }));
  return puppeteer.launch({
    browser: "firefox",
    executablePath: firefox(),
    userDataDir: profile,
    // The browser itself asks for an icon, which the policy forbids; that is no fault of the page.
    extraPrefsFirefox: { "browser.chrome.site_icons": false },
  });
}

/**
 * Opens a page of the simulator in a fresh context; `page.errors` fills with what its console complains of. `instead` holds
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

  /** Asks the element in the page. */
  ask(question, ...given) {
    return this.page.$eval("#one", question, ...given);
  }

  part(name) {
    return this.page.$(`#one >>> [part~="${name}"]`);
  }

  async text(name) {
    return (await this.part(name)).evaluate((part) => part.textContent);
  }

  /** What is visible beside the button. */
  async words() {
    return (await Promise.all(["reason", "status", "alert"].map((part) => this.text(part)))).join("").trim();
  }

  /** Clicks a part with the mouse, where it is. */
  async click(name, options) {
    await (await this.part(name)).click(options);
  }

  /** Waits until the element is in a state, by its property and by its custom state. */
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

  /** The details of the events of a type that have come. */
  events(type) {
    const details = (type) => window.seen.events.filter((event) => event.type === type).map((event) => event.detail);
    return this.page.evaluate(details, type);
  }

  /** Until the page has done what a press set off, had it set off anything. */
  settle() {
    return this.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
  }
}

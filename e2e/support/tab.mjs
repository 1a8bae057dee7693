/**
 * A regular browser tab: it can be hidden, frozen and put into the back/forward cache.
 *
 * Playwright's pages always count as visible, so Chromium never freezes them. These tabs are opened in a browser
 * context outside Playwright and driven by Chromium's own protocol.
 */
import { eventually } from "./eventually.mjs";

export class Tab {
  #browser;
  #context;
  #target;
  #session;
  #waiting = new Map();
  #ids = 0;

  /** Opens a tab of its own context at an address; `script` runs in each document before its own. */
  static async open(browser, url, script = "") {
    const tab = new Tab();
    tab.#browser = await browser.newBrowserCDPSession();
    tab.#browser.on("Target.receivedMessageFromTarget", ({ sessionId, message }) => {
      if (sessionId === tab.#session) tab.#answered(JSON.parse(message));
    });
    tab.#context = (await tab.#browser.send("Target.createBrowserContext")).browserContextId;
    tab.#target = await tab.#create("about:blank");
    tab.#session = (await tab.#browser.send("Target.attachToTarget", { targetId: tab.#target, flatten: false })).sessionId;
    await tab.send("Page.enable");
    await tab.send("Page.addScriptToEvaluateOnNewDocument", { source: script });
    await tab.send("Page.navigate", { url });
    return tab;
  }

  async #create(url) {
    return (await this.#browser.send("Target.createTarget", { url, browserContextId: this.#context })).targetId;
  }

  #answered({ id, result, error }) {
    const waiting = this.#waiting.get(id);
    if (!waiting) return;
    this.#waiting.delete(id);
    if (error) waiting.reject(new Error(error.message));
    else waiting.resolve(result);
  }

  /** Sends one command of Chromium's protocol to the tab. */
  send(method, params = {}) {
    const id = ++this.#ids;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const message = JSON.stringify({ id, method, params });
      this.#browser.send("Target.sendMessageToTarget", { sessionId: this.#session, message }).catch(reject);
    });
  }

  /** Calls a function in the tab with one JSON argument; returns its result, awaited if it is a promise. */
  async evaluate(run, argument) {
    const expression = `(${run})(${JSON.stringify(argument) ?? ""})`;
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** Waits until the function returns true in the tab, which may be hidden but not frozen. */
  until(test, argument) {
    return eventually(() => this.evaluate(test, argument), `in the tab, ${test}`);
  }

  /** Brings another tab to the front. */
  async hide() {
    await this.#create("about:blank");
    await this.until(() => document.visibilityState === "hidden");
  }

  /** Brings it to the front. */
  show() {
    return this.#browser.send("Target.activateTarget", { targetId: this.#target });
  }

  /** Freezes it, as Chromium does with tabs that have been hidden for long; it must be hidden. */
  freeze() {
    return this.send("Page.setWebLifecycleState", { state: "frozen" });
  }

  /** Unfreezes it, still hidden. */
  thaw() {
    return this.send("Page.setWebLifecycleState", { state: "active" });
  }

  /** Goes to an empty page of the same origin. */
  async leave() {
    await this.evaluate(() => void (location.href = "/bare.html"));
    await this.until(() => location.pathname === "/bare.html" && document.readyState === "complete");
  }

  /** Goes back in the history. */
  async back() {
    await this.evaluate(() => history.back());
    await this.until(() => location.pathname !== "/bare.html" && document.readyState === "complete");
  }

  async close() {
    await this.#browser.send("Target.disposeBrowserContext", { browserContextId: this.#context });
    await this.#browser.detach();
  }
}

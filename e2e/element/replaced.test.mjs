/** Globals that old libraries replace before the package is loaded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();

const NAMES = [
  "Window",
  "Element",
  "Node",
  "ShadowRoot",
  "HTMLElement",
  "HTMLDialogElement",
  "Document",
  "Event",
  "MouseEvent",
  "KeyboardEvent",
  "PageTransitionEvent",
  "Text",
  "Range",
  "XMLHttpRequest",
  "Response",
  "Error",
];
const replacements = {
  "Array.from of Prototype": "Array.from = (given) => (given ? [].slice.call(given) : [])",
  "Array.from that throws": "Array.from = () => { throw new Error('no') }",
  "Object.is, and a variable of the name origin": "Object.is = undefined; var origin = { lat: 1 }",
  "Window, a function": "window.Window = function () {}",
  "Element, a function": "window.Element = function () {}",
  "all that is asked what it is, functions": `const own = HTMLElement; for (const name of ${JSON.stringify(NAMES)}) window[name] = function () {}; window.HTMLElement = own`,
  "all that is asked what it is, objects": `const own = HTMLElement; for (const name of ${JSON.stringify(NAMES)}) window[name] = {}; window.HTMLElement = own`,
};

/** The page's script: brings a new element to joined, and records the result in an attribute. */
const drive = async () => {
  const errors = [];
  window.onerror = (message) => errors.push(message);
  let asked = {};
  const { fetch } = window;
  window.fetch = (url, init) => {
    if (/connect$/.test(url)) init.headers.forEach((value, name) => (asked[name] = value));
    return fetch(url, init);
  };
  await import("/npm/define.js");
  const element = document.createElement("barge-in-button");
  element.sessionId = document.documentElement.dataset.session;
  element.confirm = "inline";
  element.requestHeaders = { "X-Own": "1" };
  document.body.append(element);
  const until = async (state) => {
    const end = Date.now() + 6000;
    while (element.state !== state && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
    return element.state;
  };
  const part = (name) => element.shadowRoot.querySelector(`[part=${name}]`);
  const states = [await until("ready")];
  part("button")?.click();
  states.push(await until("confirming"));
  part("confirm")?.click();
  states.push(await until("joined"));
  document.documentElement.dataset.seen = JSON.stringify({ states, errors, asked });
};

for (const [what, replace] of Object.entries(replacements)) {
  test(`${what}: the button works`, async () => {
    const page = await shared.page({ path: "/bare.html" });
    const id = await shared.sim.session({ agent: "Alice" });
    const serve = (path, body, contentType) => page.route(`**${path}`, (route) => route.fulfill({ body, contentType }));
    await serve("/replace.js", replace, "text/javascript");
    await serve("/drive.js", `(${drive})()`, "text/javascript");
    const html = `<!doctype html><html data-session="${id}"><script src="/replace.js"></script><body><script type="module" src="/drive.js"></script>`;
    await serve("/replaced.html", html, "text/html");
    await page.goto(`${shared.sim.url}/replaced.html`);
    // Playwright runs in an isolated world, where nothing is replaced.
    await page.waitForSelector("html[data-seen]", { state: "attached", timeout: 20_000 });
    const seen = JSON.parse(await page.locator("html").getAttribute("data-seen"));
    assert.deepEqual(seen.errors, []);
    assert.deepEqual(seen.states, ["ready", "confirming", "joined"]);
    assert.equal(seen.asked["x-own"], "1");
    assert.equal(seen.asked["content-type"], "application/json");
    assert.ok("x-csrf-token" in seen.asked, "a poll takes the token along");
  });
}

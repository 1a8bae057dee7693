/** Changes of the page to its globals, before or after the widget is loaded, do not affect the widget. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist } from "../support/paths.mjs";

const shared = fixture();

/** The globals that the bundle captures in the line at its top. */
function taken(file) {
  const [, list] = /const \w+=globalThis,\{([^}]+)\}=/.exec(readFileSync(join(dist, file), "utf8"));
  return list.split(",").map((pair) => pair.split(":")[0]);
}

/**
 * Runs first in the page: `window.spoil()` replaces globals and their methods by ones that always throw, and adds the
 * element. It reports through attributes of the body, since more script of the test would run into the replaced
 * globals.
 */
function prepare({ names, statics, ...properties }) {
  const { defineProperty } = Object;
  const touched = [];
  const refuse = (what) => () => {
    touched.push(what);
    throw new Error(`${what} of the page`);
  };
  const trap = (name) => {
    const handler = {};
    for (const way of ["apply", "construct", "get", "has", "set", "getPrototypeOf"]) handler[way] = refuse(`${name} (${way})`);
    return new Proxy(function () {}, handler);
  };
  window.spoil = () => {
    const { body } = document;
    const element = document.createElement("barge-in-button");
    element.addEventListener("barge-in-change", () => (body.dataset.touched = touched.join()));
    element.addEventListener("barge-in-error", ({ detail }) => (body.dataset.error = detail.message));
    const replaced = [];
    for (const [owner, ...members] of statics) for (const name of members) window[owner][name] = refuse(`${owner}.${name}`);
    for (const name of names) {
      try {
        defineProperty(window, name, { value: trap(name), configurable: true, writable: true });
        replaced.push(name);
      } catch {
        // The browser does not allow replacing it.
      }
    }
    body.dataset.replaced = replaced.join();
    for (const name in properties) element[name] = properties[name];
    element.requestHeaders = () => ({ "X-Console": "own" });
    body.append(element);
  };
}

const STATICS = [
  ["Array", "from", "isArray"],
  ["Date", "now"],
  ["JSON", "parse", "stringify"],
  ["Math", "min", "random"],
  ["Object", "entries", "fromEntries", "hasOwn", "is", "keys"],
  ["Promise", "race", "resolve"],
  ["Reflect", "get", "has", "set"],
  ["WebAssembly", "compile", "compileStreaming", "Instance"],
  ["AbortSignal", "timeout"],
];

for (const lang of ["en", "de"]) {
  test(`globals that are replaced once the module has run are not used: lang="${lang}"`, async () => {
    const names = taken("define.js");
    assert.ok(names.length > 30, names);
    const id = await shared.sim.session();
    const properties = { id: "one", lang, sessionId: id, modes: true, confirm: "inline", strings: { monitor: "Watch" } };
    const page = await shared.page({ before: (page) => page.addInitScript(prepare, { names, statics: STATICS, ...properties }) });
    await page.waitForFunction(() => customElements.get("barge-in-button"));
    await page.evaluate(() => void setTimeout(window.spoil));
    const replaced = await page.locator("body[data-replaced]").getAttribute("data-replaced");
    for (const name of ["fetch", "setTimeout", "Promise", "Headers", "performance", "Date", "Object"]) {
      assert.ok(replaced.split(",").includes(name), name);
    }
    const state = (state) => page.locator(`#one [data-state="${state}"]`).waitFor();
    await state("ready");
    assert.equal(await page.locator("#one [part=monitor]").textContent(), "Watch");
    assert.equal(await page.locator("#one [part=button]").textContent(), lang === "de" ? "Aufschalten" : "Barge in");
    await page.locator("#one [part=button]").click();
    await state("confirming");
    await page.locator("#one [part=confirm]").click();
    await state("joined");
    await page.locator("#one [part=coach]").click();
    await page.locator("#one [part=coach][aria-current=true]").waitFor();
    assert.deepEqual((await shared.sim.operations(id)).map(({ operation }) => operation), ["SwitchToBargeIn", "SwitchToCoach"]);
    assert.equal(await page.locator("body").getAttribute("data-touched"), "");
    assert.equal(await page.locator("body").getAttribute("data-error"), null);
    assert.deepEqual(page.errors, []);
  });
}

test("our own JavaScript does not use instanceof or functions that libraries replace", () => {
  for (const file of ["element", "define", "given", "integrity", "language", "loader", "placeholder", "runtime", "styles"]) {
    const text = readFileSync(new URL(`../../js/${file}.js`, import.meta.url), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");
    assert.doesNotMatch(text, /\binstanceof\b|\bArray\.from\b|\bwindow\./, file);
  }
});

test("the glue does not use instanceof either", () => {
  for (const file of ["define.js", "index.js"]) assert.doesNotMatch(readFileSync(join(dist, file), "utf8"), /\binstanceof\b/, file);
});

/** Changes by old libraries, made before, that affect our own JavaScript. */
for (const [what, before] of Object.entries({
  "Prototype's toJSON of arrays": () => {
    Object.defineProperty(Array.prototype, "toJSON", { value() { return `[${this.map((one) => JSON.stringify(one))}]`; }, configurable: true });
  },
  "a wrapped Response": () => {
    window.Response = class extends Response {};
    const { fetch } = window;
    window.fetch = async (...args) => new Proxy(await fetch(...args), { get: (to, name) => (typeof to[name] === "function" ? to[name].bind(to) : to[name]) });
  },
})) {
  test(`the page has had ${what} before`, async () => {
    const page = await shared.page({ before: (page) => page.addInitScript(before) });
    const id = await shared.sim.session();
    const button = await add(page, { transport: "host", sessionId: id, userId: "me" });
    await button.until("ready");
    const data = (capabilities) => ({
      messageType: "SMSsessionStateChangeMessage",
      smssession: { id, state: "Chatting", capabilities, participants: [] },
    });
    await button.host.evaluate((element, data) => element.notify(data), data(["Leave"]));
    await button.until("unavailable", "not-supervising");
    assert.deepEqual(await button.get("capabilities"), ["Leave"]);
    await button.host.evaluate((element, data) => element.notify(data), data(["SwitchToBargeIn", "Leave"]));
    await button.until("ready");
    assert.deepEqual(page.errors, []);
  });
}

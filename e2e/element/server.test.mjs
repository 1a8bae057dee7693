/** On a server: every entry can be imported without a DOM, and server-rendered markup becomes the element without a layout shift. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { Button } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist, root } from "../support/paths.mjs";
import { POLICY } from "../support/sim.mjs";

const shared = fixture();
const { placeholder } = await import(join(dist, "server.js"));

const home = join(root, "target/e2e", `server-${process.pid}`);
before(() => {
  mkdirSync(join(home, "node_modules"), { recursive: true });
  cpSync(dist, join(home, "node_modules/barge-in"), { recursive: true });
  for (const name of ["react", "react-dom"]) symlinkSync(join(root, "e2e/node_modules", name), join(home, "node_modules", name));
});
after(() => rmSync(home, { recursive: true }));

/** Runs a module in a new Node process beside the installed package; returns its output. */
async function node(script) {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", script], { cwd: home });
  assert.equal(stderr, "");
  return stdout;
}

const { exports } = JSON.parse(readFileSync(join(dist, "package.json"), "utf8"));
const entries = Object.keys(exports).filter((entry) => exports[entry].default?.endsWith("js"));
assert.ok(entries.includes("./define") && entries.includes("./react"), entries);

for (const entry of entries) {
  const name = join("barge-in", entry);
  test(`${name} can be imported where there is no DOM`, async () => {
    const script = `
      const before = Object.getOwnPropertyNames(globalThis);
      const { define } = await import("${name}");
      if (define && typeof define() !== "function") throw new Error("define() gives no class");
      console.log(Object.getOwnPropertyNames(globalThis).filter((one) => !before.includes(one)).join());
    `;
    assert.equal(await node(script), "\n", "it puts something in global scope");
  });
}

test("the class can be imported in a worker, where define() does nothing", async () => {
  const body = 'import { define } from "/npm/index.js"; postMessage(typeof define());';
  const before = async (page) => {
    // The promised policy does not allow a worker from a plain URL.
    await page.route("**/free.html", (route) => route.fulfill({ contentType: "text/html", body: "<!doctype html>" }));
    await page.route("**/worker.js", (route) => route.fulfill({ contentType: "text/javascript", body }));
  };
  const page = await shared.page({ path: "/free.html", before });
  const told = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const worker = new Worker("/worker.js", { type: "module" });
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve(message);
      }),
  );
  assert.equal(told, "function");
});

test("React renders attributes and a plain button, and no function values", async () => {
  const html = await node(`
    import { createElement } from "react";
    import { renderToString } from "react-dom/server";
    import { BargeInButton } from "barge-in/react";
    const props = { sessionId: "one", requestTimeout: 5000, modes: false, className: "wide", confirm: "inline" };
    const own = { requestHeaders: () => ({ Authorization: "secret" }), strings: { joined: "In." }, onBargeInJoined() {} };
    console.log(renderToString(createElement(BargeInButton, { ...props, ...own })));
  `);
  const tag = '<barge-in-button session-id="one" request-timeout="5000" class="wide" confirm="inline">';
  assert.equal(html.replaceAll('=""', "").trim(), `${tag}${placeholder({ confirm: "inline" })}</barge-in-button>`);
});

test("React renders the panel's attributes and what stands in its slots, and no function values", async () => {
  const html = await node(`
    import { createElement } from "react";
    import { renderToString } from "react-dom/server";
    import { BargeInPanel } from "barge-in/panel/react";
    const props = { sessionId: "one", maxLength: 160, links: "none", className: "wide", inert: false };
    const own = { requestHeaders: () => ({}), strings: {}, cannedReplies: [{ title: "Hi", text: "Hello" }], onBargeInSent() {} };
    const end = createElement("a", { slot: "header-end", href: "/case" }, "Case");
    console.log(renderToString(createElement(BargeInPanel, { ...props, ...own }, end)));
    console.log(renderToString(createElement(BargeInPanel, { sessionId: "one" })));
  `);
  const tag = '<barge-in-panel session-id="one" max-length="160" links="none" class="wide">';
  assert.deepEqual(html.trim().split("\n"), [
    `${tag}<a slot="header-end" href="/case">Case</a></barge-in-panel>`,
    '<barge-in-panel session-id="one"></barge-in-panel>',
  ]);
});

/** Opens a server-rendered page; the element is not defined before `define(page)`. */
function rendered(markup, lang = "en") {
  const before = async (page) => {
    const head = '<title>Rendered</title><link rel="stylesheet" href="/npm/placeholder.css">';
    const body = `<!doctype html><html lang="${lang}"><head>${head}</head><body><p>${markup}</p><p>after</p></body></html>`;
    const headers = { "content-security-policy": POLICY };
    await page.route("**/rendered.html", (route) => route.fulfill({ contentType: "text/html; charset=utf-8", headers, body }));
  };
  return shared.page({ path: "/rendered.html", before });
}

const define = (page) => page.evaluate(() => void import("/npm/define.js"));

/** The positions of the button and of the content below it. */
const boxes = (page) =>
  page.evaluate(() => {
    const host = document.querySelector("barge-in-button");
    const button = (host.shadowRoot ?? host).querySelector("[part=button]");
    return [button, document.querySelector("p + p")].map((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return [x, y, width, height];
    });
  });

/** The button's computed style. */
const look = (page) =>
  page.evaluate(() => {
    const host = document.querySelector("barge-in-button");
    const { opacity, borderBlockStart, color, font } = getComputedStyle((host.shadowRoot ?? host).querySelector("[part=button]"));
    return [opacity, borderBlockStart, color, font];
  });

for (const [attributes, options] of [
  ["", {}],
  ["modes", { modes: true }],
  ['confirm="inline"', { confirm: "inline" }],
  ['modes confirm="inline"', { modes: true, confirm: "inline", lang: "de" }],
]) {
  test(`the plain button that a server renders has the final place: ${attributes || "no attribute"}`, async () => {
    const id = await shared.sim.session();
    const markup = `<barge-in-button id="one" session-id="${id}" ${attributes}>${placeholder(options)}</barge-in-button>`;
    const page = await rendered(markup, options.lang);
    const label = options.lang === "de" ? "Aufschalten" : "Barge in";
    const plain = page.getByRole("button", { name: label });
    assert.equal(await plain.count(), 1);
    assert.ok(await plain.isDisabled());
    const before = await boxes(page);
    const looked = await look(page);
    await page.evaluate(() => {
      window.shifts = [];
      new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map(({ value }) => value))).observe({ type: "layout-shift" });
    });
    let load;
    const held = new Promise((resolve) => (load = resolve));
    await page.route("**/barge-in.wasm", (route) => held.then(() => route.continue()));
    await define(page);
    await page.locator("barge-in-button:defined").waitFor();
    assert.deepEqual(await look(page), looked);
    load();
    await new Button(page).until("ready");
    assert.deepEqual(await boxes(page), before);
    assert.equal(await page.getByRole("button", { name: label }).count(), 1, "the plain one is gone");
    assert.deepEqual(await page.evaluate(() => window.shifts), []);
    assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
    assert.deepEqual(page.errors, []);
  });
}

test("a declarative shadow root is taken over", async () => {
  const id = await shared.sim.session();
  const template = '<template shadowrootmode="open"><button type="button" disabled>Soon</button></template>';
  const page = await rendered(`<barge-in-button id="one" session-id="${id}">${template}</barge-in-button>`);
  await page.getByRole("button", { name: "Soon" }).waitFor();
  await define(page);
  await new Button(page).until("ready");
  assert.deepEqual(await page.getByRole("button").allTextContents(), ["Barge in"]);
  assert.deepEqual(page.errors, []);
});

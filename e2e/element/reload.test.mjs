/** Loading recovers from each temporary failure, and names the true cause of a permanent one. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { join } from "node:path";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist, root } from "../support/paths.mjs";

// Without a policy: the file comes from elsewhere.
const shared = fixture([], { policy: "" });
const WASM = "**/barge-in.wasm";
const good = readFileSync(join(dist, "barge-in.wasm"));
const OTHER = Buffer.from("\0asm\x01\0\0\0");

/** A server of only the WebAssembly file. It answers each request by the next of `answers`; the last one is repeated. */
async function files(...answers) {
  const asked = [];
  const server = createServer((request, response) => {
    asked.push(request.headers["cache-control"] ?? "");
    response.setHeader("access-control-allow-origin", "*");
    answers[Math.min(asked.length, answers.length) - 1](response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const close = () => (server.closeAllConnections(), server.close());
  return { url: `http://127.0.0.1:${server.address().port}/barge-in.wasm`, asked, close };
}

const type = { "content-type": "application/wasm" };
const ANSWERS = {
  good: (response) => response.writeHead(200, { ...type, "cache-control": "no-store" }).end(good),
  "a 503": (response) => response.writeHead(503).end("later"),
  "a 429": (response) => response.writeHead(429).end("later"),
  "a 404 that is cached": (response) => response.writeHead(404, { "cache-control": "max-age=600" }).end(),
  "a reset line": (response) => response.destroy(),
  "a body that is cut": (response) => {
    response.writeHead(200, { ...type, "content-length": good.length });
    response.write(good.subarray(0, 5000), () => response.destroy());
  },
  "an old file": (response) => response.writeHead(200, { ...type, "cache-control": "max-age=600, immutable" }).end(OTHER),
  "a page": (response) => response.writeHead(200, { "content-type": "text/html", "cache-control": "max-age=600" }).end("<!doctype html>"),
};

/** A page with an element that fetches the file from this server. */
async function opened(server, properties = {}) {
  // The waits between attempts have their maximum length, so that the texts meanwhile can be read.
  const page = await shared.page({ before: (page) => page.addInitScript(() => (Math.random = () => 0.999)) });
  const button = await add(page, { sessionId: await shared.sim.session(), wasmUrl: server.url, ...properties });
  return { page, button };
}

for (const [what, answer] of Object.entries(ANSWERS)) {
  if (what === "good") continue;
  test(`${what}, once and then the file: it starts without an error`, async () => {
    const server = await files(answer, ANSWERS.good);
    try {
      const { page, button } = await opened(server);
      await button.until("ready");
      assert.deepEqual(await button.events("barge-in-error"), []);
      assert.equal(server.asked.length, 2);
      assert.equal(server.asked[1], "no-cache", "past the browser's cache");
      assert.deepEqual(page.errors, []);
    } finally {
      server.close();
    }
  });
}

for (const what of ["a 503", "a reset line", "a body that is cut"]) {
  test(`${what}, several times: reported once, retried automatically until it succeeds`, async () => {
    const server = await files(...Array(4).fill(ANSWERS[what]), ANSWERS.good);
    try {
      const { button } = await opened(server);
      await button.until("unavailable", "unsupported");
      assert.equal(await button.words(), "A file of this button could not be fetched.");
      await button.until("ready");
      const [error, ...more] = await button.events("barge-in-error");
      assert.deepEqual(more, []);
      assert.deepEqual([error.detail.kind, error.detail.operation, error.detail.cause], ["unsupported", null, "network"]);
    } finally {
      server.close();
    }
  });
}

test("while automatic retries go on, refresh() retries at once", async () => {
  let mended = false;
  const server = await files((response) => ANSWERS[mended ? "good" : "a 503"](response));
  try {
    const page = await shared.page({ before: (page) => page.addInitScript(() => (Math.random = () => 100)) });
    const button = await add(page, { sessionId: await shared.sim.session(), wasmUrl: server.url });
    await button.until("unavailable", "unsupported");
    mended = true;
    await button.host.evaluate((element) => element.refresh());
    await button.until("ready");
    assert.equal((await button.events("barge-in-error")).length, 1);
  } finally {
    server.close();
  }
});

test("removed during automatic retries, it stops them", async () => {
  const server = await files(ANSWERS["a 503"]);
  const page = await shared.page({
    before: (page) =>
      page.addInitScript(() => {
        const { setTimeout, clearTimeout } = window;
        const alive = new Set();
        window.timers = () => alive.size;
        window.setTimeout = (run, delay) => {
          const id = setTimeout(() => (alive.delete(id), run()), delay);
          return alive.add(id), id;
        };
        window.clearTimeout = (id) => (alive.delete(id), clearTimeout(id));
        // The next attempt must not come before all checks are done.
        Math.random = () => 100;
      }),
  });
  try {
    const button = await add(page, { sessionId: "any", wasmUrl: server.url });
    await button.until("unavailable", "unsupported");
    assert.equal(await page.evaluate(() => window.timers()), 1);
    await page.evaluate(() => document.querySelector("#one").remove());
    assert.equal(await page.evaluate(() => window.timers()), 0);
  } finally {
    server.close();
  }
});

for (const [what, cause, words] of [
  ["an old file", "hash", "A file of this button is not the expected one (wrong integrity hash)."],
  ["a 404 that is cached", "missing", "A file of this button is missing on the server."],
  ["a page", "type", "The server sends something else in place of this button's WebAssembly file."],
]) {
  test(`a permanent fault (${what}) is named, and refresh() retries`, async () => {
    let mended = false;
    const server = await files((response) => ANSWERS[mended ? "good" : what](response));
    try {
      const { button } = await opened(server);
      await button.until("unavailable", "unsupported");
      assert.equal(await button.words(), words);
      const [error] = await button.untilEvents("barge-in-error");
      assert.deepEqual([error.detail.kind, error.detail.cause], ["unsupported", cause]);
      assert.equal(server.asked.length, 2);
      mended = true;
      await button.host.evaluate((element) => element.refresh());
      await button.until("ready");
    } finally {
      server.close();
    }
  });
}

for (const header of ["application/wasm; charset=utf-8", "Application/WASM", "application/octet-stream", ""]) {
  test(`the type ${JSON.stringify(header)} is as good as any, and the file is fetched once`, async () => {
    let fetched = 0;
    const page = await shared.page({
      before: (page) =>
        page.route(WASM, async (route) => {
          fetched += 1;
          await route.fulfill({ status: 200, headers: header ? { "content-type": header } : {}, body: good });
        }),
    });
    const button = await add(page, { sessionId: await shared.sim.session() });
    await button.until("ready");
    assert.equal(fetched, 1);
    assert.deepEqual(page.errors, []);
  });
}

for (const [what, integrity, starts] of [
  ["another kind of hash", `sha512-${createHash("sha512").update(good).digest("base64")}`, true],
  ["several", `sha384-${createHash("sha384").update(good).digest("base64")}?x sha384-AAAA`, true],
  ["a weaker one that is right, a stronger one that is not", `sha256-${createHash("sha256").update(good).digest("base64")} sha512-AAAA`, false],
  ["none", "", true],
  ["a wrong one", "sha384-AAAA", false],
]) {
  test(`configure() takes ${what}`, async () => {
    const page = await shared.page({ path: "/bare.html" });
    await page.evaluate(async (integrity) => (await import("/npm/define.js")).configure({ integrity }), integrity);
    const button = await add(page, { sessionId: await shared.sim.session() });
    if (starts) return void (await button.until("ready"));
    await button.until("unavailable", "unsupported");
    assert.equal((await button.untilEvents("barge-in-error"))[0].detail.cause, "hash");
  });
}

test("outside a secure context the hash is checked by the browser, and each other fault is told by its name", async () => {
  const insecure = (page) => page.addInitScript(() => Object.defineProperty(crypto, "subtle", { value: undefined }));
  for (const [answer, cause] of [
    [{ status: 200, contentType: "application/wasm", body: OTHER }, "hash"],
    [null, "network"],
    [{ status: 404, body: "" }, "missing"],
    [{ status: 200, contentType: "text/html", body: "<!doctype html>" }, "type"],
  ]) {
    const before = async (page) => {
      await insecure(page);
      await page.route(WASM, (route) => (answer ? route.fulfill(answer) : route.abort()));
    };
    const page = await shared.page({ before });
    const button = await add(page, { sessionId: await shared.sim.session() });
    await button.until("unavailable", "unsupported");
    assert.equal((await button.untilEvents("barge-in-error"))[0].detail.cause, cause);
    await page.unroute(WASM);
    await button.host.evaluate((element) => element.refresh());
    await button.until("ready");
  }
});

/** Makes the browser look like an older one to the widget. */
for (const [what, before] of Object.entries({
  "without light-dark()": () => {
    const { supports } = CSS;
    CSS.supports = (...args) => !args.join().includes("light-dark") && supports.apply(CSS, args);
  },
  "without constructed style sheets": () => {
    delete Document.prototype.adoptedStyleSheets;
    delete ShadowRoot.prototype.adoptedStyleSheets;
    window.CSSStyleSheet = class {
      constructor() {
        throw new TypeError("Illegal constructor");
      }
    };
  },
})) {
  test(`a browser ${what} is told to be too old, in words that can be read`, async () => {
    const page = await shared.page({ before: (page) => page.addInitScript(before) });
    const button = await add(page, { sessionId: "any", modes: true });
    await button.until("unavailable", "unsupported");
    const words = "This browser is too old for this button: it needs Chrome or Edge 123, Firefox 128 or Safari 17.5.";
    assert.equal(await button.words(), words);
    assert.equal((await button.part("reason").boundingBox()).height > 0, true);
    const [error, ...more] = await button.untilEvents("barge-in-error");
    assert.deepEqual(more, []);
    assert.deepEqual([error.detail.kind, error.detail.cause], ["unsupported", "engine"]);
    assert.ok(error.detail.message.startsWith(words));
    assert.deepEqual(page.errors, []);
  });
}

test("a bundle without import.meta.url says how to configure the address, and can be configured", async () => {
  const { build } = await import(join(root, "build/node_modules/esbuild/lib/main.js"));
  const { outputFiles } = await build({
    entryPoints: [join(dist, "define.js")],
    bundle: true,
    write: false,
    format: "iife",
    logLevel: "silent",
  });
  const serve = (page) =>
    page.route("**/classic.js", (route) => route.fulfill({ contentType: "text/javascript", body: outputFiles[0].text }));
  const page = await shared.page({ path: "/bare.html", before: serve });
  await page.addScriptTag({ url: "/classic.js" });
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("unavailable", "unsupported");
  const words = "The place of this button's WebAssembly file is not known. Set wasm-url.";
  assert.equal(await button.words(), words);
  const [error] = await button.untilEvents("barge-in-error");
  assert.deepEqual([error.detail.message, error.detail.cause], [words, "missing"]);
  await button.set({ wasmUrl: "/npm/barge-in.wasm" });
  await button.host.evaluate((element) => element.refresh());
  await button.until("ready");
  assert.deepEqual(page.errors, []);
});

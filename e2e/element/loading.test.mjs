/** Before WebAssembly runs, if it never does, and if it starts late. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { add, Button } from "../support/button.mjs";
import { launch, open } from "../support/browser.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist } from "../support/paths.mjs";
import { POLICY, startSim } from "../support/sim.mjs";

const shared = fixture();
const WASM = "**/barge-in.wasm";

/** Holds the WebAssembly file back until the returned function is called. */
async function holdBack(page) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(WASM, async (route) => {
    await held;
    await route.continue();
  });
  return release;
}

const box = (button) =>
  button.main.evaluate((element) => {
    const { x, y, width, height } = element.getBoundingClientRect();
    return [x, y, width, height];
  });

for (const properties of [{}, { modes: true }, { confirm: "inline" }, { modes: true, confirm: "inline", lang: "de" }]) {
  test(`a placeholder of the final size is shown meanwhile: ${JSON.stringify(properties)}`, async () => {
    let release;
    const page = await shared.page({ before: async (page) => (release = await holdBack(page)) });
    const button = await add(page, { ...properties, sessionId: await shared.sim.session() });
    const label = properties.lang === "de" ? "Aufschalten" : "Barge in";
    await page.getByRole("button", { name: label }).waitFor();
    assert.equal(await button.main.getAttribute("aria-disabled"), "true");
    assert.equal(await button.get("state"), "unavailable");
    assert.equal(await button.get("reason"), "connecting");
    const before = await box(button);
    release();
    await button.until("ready");
    assert.deepEqual(await box(button), before);
  });
}

test("without a session the placeholder says so", async () => {
  const page = await shared.page({ before: holdBack });
  const button = await add(page);
  await page.getByText("No session is selected.").waitFor();
  assert.equal(await button.get("reason"), "no-session");
});

test("focus on the placeholder passes to the rendered button", async () => {
  let release;
  const page = await shared.page({ before: async (page) => (release = await holdBack(page)) });
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.main.focus();
  release();
  await button.until("ready");
  assert.equal(await button.focused(), "button");
});

test("calls made before WebAssembly runs are not lost", async () => {
  let release;
  const page = await shared.page({ before: async (page) => (release = await holdBack(page)) });
  const button = await add(page, { sessionId: "early", transport: "host", userId: "me" });
  await button.host.evaluate((element) =>
    element.notify({
      messageType: "SMSsessionStateChangeMessage",
      notificationType: "StatusChange",
      smssession: { id: "early", state: "Chatting", capabilities: ["SwitchToBargeIn"], participants: [] },
    }),
  );
  release();
  await button.until("ready");
  assert.deepEqual(await button.get("capabilities"), ["SwitchToBargeIn"]);
});

test("calls made before a load that fails are kept, and take effect once refresh() has loaded it", async () => {
  let answer;
  const held = new Promise((resolve) => (answer = resolve));
  const page = await shared.page({
    before: (page) => page.route(WASM, (route) => held.then(() => route.fulfill({ status: 503 }))),
  });
  const id = await shared.sim.session({ capabilities: ["Leave"] });
  // The sessions are not read meanwhile, so facts about them come only from the calls.
  await shared.sim.fault("hang", { path: "/me/smssessions" }, { times: "always" });
  const button = await add(page, { sessionId: id, transport: "host", userId: "me" });
  const notify = (capabilities) =>
    button.host.evaluate((element, smssession) => element.notify({ messageType: "SMSsessionStateChangeMessage", smssession }), {
      id,
      state: "Chatting",
      capabilities,
      participants: [],
    });
  await button.until("unavailable", "connecting");
  await notify(["SwitchToBargeIn", "before"]);
  answer();
  await button.until("unavailable", "unsupported");
  assert.deepEqual(await button.get("capabilities"), []);
  await page.unroute(WASM);
  await button.host.evaluate((element) => element.refresh());
  await button.until("ready");
  assert.deepEqual(await button.get("capabilities"), ["SwitchToBargeIn", "before"]);
});

test("calls made after a load that failed are kept as well, in their order", async () => {
  const page = await shared.page({ before: (page) => page.route(WASM, (route) => route.fulfill({ status: 503 })) });
  const id = await shared.sim.session();
  await shared.sim.fault("hang", { path: "/me/smssessions" }, { times: "always" });
  const button = await add(page, { sessionId: id, transport: "host", userId: "me" });
  await button.until("unavailable", "unsupported");
  await button.host.evaluate((element, id) => {
    for (const capabilities of [["SwitchToBargeIn"], ["Leave", "SwitchToBargeIn"], ["Leave"]]) {
      const smssession = { id, state: "Chatting", capabilities, participants: [] };
      element.notify({ messageType: "SMSsessionStateChangeMessage", smssession });
    }
  }, id);
  await page.unroute(WASM);
  await button.host.evaluate((element) => element.refresh());
  await button.until("unavailable", "not-supervising");
  assert.deepEqual(await button.get("capabilities"), ["Leave"]);
});

test("WebAssembly is fetched once for all elements", async () => {
  const page = await shared.page();
  const session = await shared.sim.session();
  const buttons = [];
  for (let i = 0; i < 5; i++) buttons.push(await add(page, { sessionId: session }, { id: `n${i}` }));
  for (const button of buttons) await button.until("ready");
  const fetched = await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.name.endsWith(".wasm")).length);
  assert.equal(fetched, 1);
});

for (const [name, answer, words] of [
  ["is missing", { status: 404, body: "" }, "A file of this button is missing on the server."],
  ["is a page", { status: 200, contentType: "text/html", body: "<!doctype html><title>Console</title>" }, "The server sends something else in place of this button's WebAssembly file."],
  ["has another hash", { status: 200, contentType: "application/wasm", body: Buffer.from("\0asm\x01\0\0\0") }, "A file of this button is not the expected one (wrong integrity hash)."],
  ["cannot be had", null, "A file of this button could not be fetched."],
]) {
  test(`a WebAssembly file that ${name} is reported in plain words, and loaded again by refresh()`, async () => {
    const page = await shared.page({
      before: (page) => page.route(WASM, (route) => (answer ? route.fulfill(answer) : route.abort())),
    });
    const button = await add(page, { sessionId: await shared.sim.session() });
    await button.until("unavailable", "unsupported");
    assert.equal(await button.words(), words);
    const errors = await button.untilEvents("barge-in-error");
    assert.equal(errors.length, 1);
    assert.equal(errors[0].detail.kind, "unsupported");
    assert.equal(errors[0].detail.operation, null);
    assert.ok(errors[0].detail.message.startsWith(words), errors[0].detail.message);
    assert.ok(await button.host.evaluate((element) => element.matches(":state(unavailable)")));
    assert.deepEqual(page.errors, []);

    await page.unroute(WASM);
    await button.host.evaluate((element) => element.refresh());
    await button.until("ready");
    assert.equal((await button.events("barge-in-error")).length, 1);
  });
}

test("an element that comes later tries again, and the first one profits", async () => {
  const page = await shared.page({ before: (page) => page.route(WASM, (route) => route.fulfill({ status: 503 })) });
  const session = await shared.sim.session();
  const first = await add(page, { sessionId: session });
  await first.until("unavailable", "unsupported");
  await page.unroute(WASM);
  const second = await add(page, { sessionId: session }, { id: "two" });
  await second.until("ready");
  await first.until("ready");
});

test("a WebAssembly file with another type also starts", async () => {
  const page = await shared.page({
    before: (page) =>
      page.route(WASM, async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
      }),
  });
  const warned = page.waitForEvent("console", (message) => message.text().includes("application/wasm"));
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  await warned;
});

test("a browser without WebAssembly is reported", async () => {
  const page = await shared.page({ before: (page) => page.addInitScript(() => delete window.WebAssembly) });
  const button = await add(page, { sessionId: "any" });
  await button.until("unavailable", "unsupported");
  assert.equal(await button.words(), "This browser has no WebAssembly, or it is switched off.");
});

test("a policy that forbids WebAssembly is named", async () => {
  const policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'";
  const sim = await startSim([], { policy });
  const browser = await launch();
  try {
    const page = await open(browser, sim);
    const button = await add(page, { sessionId: "any" });
    await button.until("unavailable", "unsupported");
    assert.equal(await button.words(), "This page's security policy (CSP) does not allow WebAssembly.");
    const [error] = await button.events("barge-in-error");
    assert.match(error.detail.message, /script-src/);
  } finally {
    await browser.close();
    await sim.close();
  }
});

test("importing the class registers nothing; define() chooses the tag", async () => {
  const page = await shared.page({ path: "/bare.html" });
  const found = await page.evaluate(async () => {
    const { BargeInButton, define } = await import("/npm/index.js");
    const before = customElements.get("barge-in-button");
    const own = define("acme-barge-in");
    const other = define("acme-barge-in-two");
    const element = document.body.appendChild(document.createElement("acme-barge-in-two"));
    return {
      before: String(before),
      own: own === BargeInButton,
      sub: other.prototype instanceof BargeInButton,
      shown: element.shadowRoot !== null,
      still: String(customElements.get("barge-in-button")),
    };
  });
  assert.deepEqual(found, { before: "undefined", own: true, sub: true, shown: true, still: "undefined" });
});

test("a second definition is silent for the same version and warned about for another", async () => {
  const page = await shared.page({ path: "/bare.html" });
  const warnings = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  await page.evaluate(async () => {
    await import("/npm/define.js");
    await import("/npm/define.js?again");
  });
  assert.deepEqual(warnings, []);
  await page.evaluate(async () => {
    Object.defineProperty(customElements.get("barge-in-button"), "version", { value: "0.0.1" });
    await import("/npm/define.js?other");
  });
  assert.equal(warnings.length, 1);
  assert.match(warnings[0], /0\.0\.1/);
});

test("another version is warned about once, however often it is defined", async () => {
  const page = await shared.page({ path: "/bare.html" });
  const warnings = [];
  page.on("console", (message) => message.type() === "warning" && warnings.push(message.text()));
  const same = await page.evaluate(async () => {
    const { define: first } = await import("/npm/define.js");
    const known = customElements.get("barge-in-button");
    Object.defineProperty(known, "version", { value: "0.0.1" });
    const { define } = await import("/npm/define.js?other");
    return [define(), define(), define("barge-in-button"), first()].every((found) => found === known);
  });
  assert.ok(same, "the first definition is what all of them get");
  await page.evaluate(() => console.warn("the last"));
  assert.equal(warnings.length, 2, warnings.join("\n"));
  assert.match(warnings[0], /0\.0\.1/);
  assert.equal(warnings[1], "the last");
});

/** Serves the WebAssembly file only at `/elsewhere/barge-in.wasm`, not at its usual place. */
async function moveAway(page) {
  await page.route(WASM, async (route) => {
    const moved = new URL(route.request().url()).pathname === "/elsewhere/barge-in.wasm";
    if (moved) await route.fulfill({ response: await route.fetch({ url: `${shared.sim.url}/npm/barge-in.wasm` }) });
    else await route.fulfill({ status: 404 });
  });
}

/** Serves a page with this markup and module script, under the promised policy. */
const serve = async (page, markup, script = 'import "/npm/define.js";') => {
  const head = '<title>Own page</title><script type="module" src="/own.js"></script>';
  const body = `<!doctype html><html lang="en"><head>${head}</head><body>${markup}</body></html>`;
  const headers = { "content-security-policy": POLICY };
  await page.route("**/own.html", (route) => route.fulfill({ contentType: "text/html", headers, body }));
  await page.route("**/own.js", (route) => route.fulfill({ contentType: "text/javascript", body: script }));
};

/** The WebAssembly files that a page has requested. */
const fetched = (page) =>
  page.evaluate(() => {
    const paths = performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname);
    return paths.filter((path) => path.endsWith(".wasm"));
  });

for (const [how, url] of [
  ["by its path", "/elsewhere/barge-in.wasm"],
  ["relative to the page", "elsewhere/barge-in.wasm"],
]) {
  test(`the wasm-url attribute names the file, ${how}`, async () => {
    const id = await shared.sim.session();
    const before = async (page) => {
      await moveAway(page);
      await serve(page, `<barge-in-button id="one" session-id="${id}" wasm-url="${url}"></barge-in-button>`);
    };
    const page = await shared.page({ path: "/own.html", before });
    const button = await new Button(page).until("ready");
    assert.equal(await button.get("wasmUrl"), url);
    assert.deepEqual(await fetched(page), ["/elsewhere/barge-in.wasm"]);
    assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
  });
}

test("an invalid wasm-url is reported; a valid one and refresh() recover", async () => {
  const id = await shared.sim.session();
  const page = await shared.page({ path: "/own.html", before: async (page) => (await moveAway(page), serve(page, "")) });
  const button = await add(page, { sessionId: id, wasmUrl: "http://[" });
  await button.until("unavailable", "unsupported");
  assert.deepEqual((await button.untilEvents("barge-in-error")).map(({ detail }) => detail.kind), ["unsupported"]);
  await button.set({ wasmUrl: "/elsewhere/barge-in.wasm" });
  await button.host.evaluate((element) => element.refresh());
  await button.until("ready");
  assert.deepEqual(page.errors, []);
});

const CONFIGURE = 'configure({ wasmUrl: "/elsewhere/barge-in.wasm" });';
for (const [when, script] of [
  ["in the module that imports define.js", `import { configure } from "/npm/define.js"; ${CONFIGURE}`],
  ["between import and define()", `import { configure, define } from "/npm/index.js"; ${CONFIGURE} define();`],
  ["after define()", `import { configure, define } from "/npm/index.js"; define(); ${CONFIGURE}`],
]) {
  test(`configure() counts for elements that are in the markup already, called ${when}`, async () => {
    const id = await shared.sim.session();
    const before = async (page) => {
      await moveAway(page);
      await serve(page, `<barge-in-button id="one" session-id="${id}"></barge-in-button>`, script);
    };
    const page = await shared.page({ path: "/own.html", before });
    const button = await new Button(page).until("ready");
    assert.deepEqual(await fetched(page), ["/elsewhere/barge-in.wasm"]);
    assert.deepEqual(await button.events("barge-in-error"), []);
  });
}

test("configure() names the WebAssembly file and its hash", async () => {
  const page = await shared.page({ path: "/bare.html" });
  const session = await shared.sim.session();
  await page.route("**/elsewhere.wasm", async (route) => route.fulfill({ response: await route.fetch({ url: `${shared.sim.url}/npm/barge-in.wasm` }) }));
  await page.evaluate(async () => {
    const { configure } = await import("/npm/define.js");
    configure({ wasmUrl: "/elsewhere.wasm" });
  });
  await add(page, { sessionId: session });
  await new Button(page).until("ready");
});

test("a WebAssembly file that a bundler has put into the script is not fetched", async () => {
  const bytes = readFileSync(join(dist, "barge-in.wasm")).toString("base64");
  const script = `import { configure } from "/npm/define.js"; configure({ wasmUrl: "data:application/wasm;base64,${bytes}" });`;
  const id = await shared.sim.session();
  const before = (page) => serve(page, `<barge-in-button id="one" session-id="${id}"></barge-in-button>`, script);
  const page = await shared.page({ path: "/own.html", before });
  await new Button(page).until("ready");
  assert.deepEqual(await fetched(page), []);
  assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
});

test("inline.js is all in one file, languages too, under the promised policy", async () => {
  const id = await shared.sim.session();
  const markup = `<barge-in-button id="one" session-id="${id}" lang="de"></barge-in-button>`;
  const page = await shared.page({ path: "/own.html", before: (page) => serve(page, markup, 'import "/npm/inline.js";') });
  const button = await new Button(page).until("ready");
  await button.main.click();
  await button.until("joined");
  assert.equal(await button.main.textContent(), "Aufschalten");
  const files = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
  assert.deepEqual(files.filter((path) => path.startsWith("/npm/")), ["/npm/inline.js"]);
  assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
});

for (const [what, answer, wasmUrl] of [
  ["missing", { status: 404 }],
  ["another file", { contentType: "text/html", body: "<!doctype html>" }],
  ["missing at a long address", { status: 404 }, `/${"long".repeat(500)}/barge-in.wasm`],
]) {
  test(`the console gives the solution if the WebAssembly file is ${what}`, async () => {
    const said = [];
    const before = async (page) => {
      page.on("console", (message) => message.text().startsWith("barge-in:") && said.push([message.type(), message.text()]));
      await page.route(WASM, (route) => route.fulfill(answer));
    };
    const page = await shared.page({ before });
    const button = await add(page, { sessionId: "any", wasmUrl });
    await button.until("unavailable", "unsupported");
    assert.ok((await button.untilEvents("barge-in-error"))[0].detail.message.length <= 300);
    assert.equal(said.length, 1, said.join("\n"));
    const [[type, text]] = said;
    assert.equal(type, "error");
    assert.match(text, /optimizeDeps\.exclude.*wasm-url.*HTTP \d+/);
    assert.ok(text.length <= 310, text);
  });
}

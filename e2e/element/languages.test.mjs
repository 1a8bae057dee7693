/** The element uses the language of its place in the page. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { add } from "../support/button.mjs";
import { catalogues } from "../support/catalogues.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist } from "../support/paths.mjs";
import { SITUATIONS } from "../support/situations.mjs";

const shared = fixture();
const texts = async (name) => (await import(pathToFileURL(join(dist, "locales", `${name}.js`)))).default;

const label = (button) => button.main.textContent();
const untilLabel = (page, text) => page.waitForFunction((text) => document.querySelector("#one").shadowRoot.querySelector("[part=button]").textContent === text, text);

/** Whether a text is in one of these languages; placeholders match anything. */
async function spokenIn(...names) {
  const known = (await Promise.all(names.map(texts))).flatMap(Object.values);
  const patterns = known.map((text) => new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, ".*")}$`, "u"));
  return (text) => patterns.some((pattern) => pattern.test(text));
}

/** All visible texts and accessible names of an element, as one list. Runs in the page. */
function rendered(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [...root.querySelectorAll("[aria-label]")].map((one) => one.ariaLabel);
  while (walker.nextNode()) found.push(walker.currentNode.data);
  return found.filter((text) => text.trim());
}

/** Records every text that an element of the page shows, with its marked language. Runs in the page. */
function noteShown() {
  window.shown = [];
  const { attachShadow } = Element.prototype;
  Element.prototype.attachShadow = function (init) {
    const root = attachShadow.call(this, init);
    const look = () => {
      for (const tree of root.children) for (const text of window.rendered(tree)) window.shown.push([tree.lang, text]);
    };
    new MutationObserver(look).observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
    return root;
  };
}

/** Prepares a page that records what is shown and holds back a language's file until the returned function is called. */
function holding(name, more = () => {}) {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const before = async (page) => {
    await page.addInitScript(`window.rendered = ${rendered}`);
    await page.addInitScript(noteShown);
    await page.route(`**/locales/${name}.js`, (route) => held.then(() => route.continue()));
    await more(page);
  };
  return { before, release };
}

const shownOn = (page) => page.evaluate(() => window.shown);

/** Language tags, by the language whose texts serve them. English has no catalogue. */
const SERVED = {
  en: ["en", "en-GB", "nl", "zh-TW", "zh-Hant", "", "constructor"],
  de: ["de", "de-AT"],
  fr: ["fr"],
  es: ["es"],
  "pt-BR": ["pt", "pt-PT"],
  it: ["it"],
  ja: ["ja"],
  "zh-Hans": ["zh-CN", "zh", "zh-Hans-SG"],
  ar: ["ar", "ar_EG"],
  he: ["he", "iw"],
};

test("each language is served by its catalogue or by English, is marked as such, and is paid for once", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const paid = [];
  for (const [name, tags] of Object.entries(SERVED)) {
    if (name !== "en") paid.push(`locales/${name}.js`);
    for (const tag of tags) {
      await page.evaluate((lang) => (document.documentElement.lang = lang), tag);
      const button = await add(page, { sessionId: id });
      await button.until("ready");
      assert.equal(await label(button), name === "en" ? "Barge in" : (await texts(name))["barge-in"], tag);
      assert.equal(await button.part("base").evaluate((element) => element.closest("[lang]").lang), name, tag);
      assert.deepEqual(await catalogues(page), paid, tag);
      await button.host.evaluate((element) => element.remove());
    }
  }
});

test("the closest lang counts, across shadow roots, and a change re-renders", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  await page.evaluate((id) => {
    document.documentElement.lang = "fr";
    const outer = document.body.appendChild(document.createElement("section"));
    outer.id = "outer";
    const inner = outer.attachShadow({ mode: "open" }).appendChild(document.createElement("div"));
    const element = inner.appendChild(document.createElement("barge-in-button"));
    element.sessionId = id;
    window.one = element;
    window.inner = inner;
    window.label = () => element.shadowRoot.querySelector("[part=button]").textContent;
  }, id);
  const until = (text) => page.waitForFunction((text) => window.label() === text, text);
  await until("Intervenir");
  await page.evaluate(() => (document.querySelector("#outer").lang = "de"));
  await until("Aufschalten");
  await page.evaluate(() => (window.inner.lang = "it"));
  await until("Intervieni");
  await page.evaluate(() => window.inner.removeAttribute("lang"));
  await until("Aufschalten");
  await page.evaluate(() => (window.one.lang = "ja"));
  await until("割り込む");
  await page.evaluate(() => {
    window.one.removeAttribute("lang");
    document.body.append(window.one);
  });
  await until("Intervenir");
  await page.evaluate(() => (document.documentElement.lang = "nl"));
  await until("Barge in");
  assert.equal(await page.evaluate(() => window.one.shadowRoot.querySelector("[part=base]").closest("[lang]").lang), "en");
});

test("the page's own strings win in any language", async () => {
  const page = await shared.page();
  await page.evaluate(() => (document.documentElement.lang = "de"));
  const button = await add(page, { sessionId: await shared.sim.session(), strings: { "barge-in": "Reinspringen" } });
  await button.until("ready");
  assert.equal(await label(button), "Reinspringen");
  await button.set({ strings: undefined });
  await untilLabel(page, "Aufschalten");
});

test("a language that cannot be loaded leaves English", async () => {
  const page = await shared.page({ before: (page) => page.route("**/locales/fr.js", (route) => route.abort()) });
  await page.evaluate(() => (document.documentElement.lang = "fr"));
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  assert.equal(await label(button), "Barge in");
});

/** A forged catalogue: other texts, and a script. */
const forged = async () => `export default ${JSON.stringify({ ...(await texts("de")), "barge-in": "Hacked" })};window.hacked = 1`;

test("the script-tag file's integrity covers the languages: another catalogue does not run, nor is it shown", async () => {
  const body = await forged();
  let asked = 0;
  const page = await shared.page({
    before: (page) => page.route("**/locales/de.js", (route) => (asked++, route.fulfill({ contentType: "text/javascript", body }))),
  });
  const warned = [];
  page.on("console", (message) => message.type() === "warning" && warned.push(message.text()));
  await page.evaluate(() => (document.documentElement.lang = "de"));
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  const spoken = await button.part("base").evaluate((element) => element.closest("[lang]").lang);
  assert.deepEqual([await label(button), spoken], ["Barge in", "en"]);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.equal(warned.length, 1, warned.join("\n"));
  assert.match(warned[0], /"de"/);
  assert.equal(asked, 2, "once past the browser's cache");
  assert.deepEqual(page.errors, []);
});

test("an old catalogue in the browser's cache is not used", async () => {
  const body = await forged();
  let asked = 0;
  const before = (page) =>
    page.route("**/locales/de.js", (route) => (asked++ ? route.continue() : route.fulfill({ contentType: "text/javascript", body })));
  const page = await shared.page({ before });
  await page.evaluate(() => (document.documentElement.lang = "de"));
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  assert.equal(await label(button), "Aufschalten");
});

test("a bundler's entry imports the catalogues as modules", async () => {
  const page = await shared.page({ path: "/bare.html" });
  await page.evaluate(() => (document.documentElement.lang = "de"));
  const kinds = page.waitForRequest("**/locales/de.js").then((request) => request.resourceType());
  await page.evaluate(async () => (await import("/npm/index.js")).define());
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  assert.equal(await label(button), "Aufschalten");
  assert.equal(await kinds, "script");
});

test("a language that takes too long leaves English, and its late arrival changes nothing", async () => {
  let arrive;
  const held = new Promise((resolve) => (arrive = resolve));
  const page = await shared.page({ before: (page) => page.route("**/locales/fr.js", (route) => held.then(() => route.continue())) });
  const warned = page.waitForEvent("console", (message) => message.text().includes('"fr"'));
  await page.evaluate(() => (document.documentElement.lang = "fr"));
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.main.waitFor();
  // Until then the button is there, but no text that would have to change its language.
  assert.equal(await button.get("reason"), "connecting");
  await warned;
  await button.until("ready");
  assert.equal(await label(button), "Barge in");
  const arrived = page.waitForEvent("requestfinished", (request) => request.url().endsWith("/locales/fr.js"));
  arrive();
  await arrived;
  await button.main.click();
  await button.until("joined");
  assert.equal(await label(button), "Barge in");
  assert.deepEqual(page.errors, []);
});

for (const [what, answer] of [
  ["cannot be loaded", (route) => route.abort()],
  ["is on its way for ever", () => {}],
]) {
  test(`English shown for a language that ${what} is not marked as that language, nor the other way round`, async () => {
    // The route added last is matched first.
    const { before } = holding("fr", (page) => page.route("**/locales/fr.js", answer));
    const page = await shared.page({ before });
    await page.evaluate(() => (document.documentElement.lang = "fr"));
    const button = await add(page, { sessionId: await shared.sim.session() });
    await button.until("ready");
    const spoken = await button.part("base").evaluate((element) => element.closest("[lang]").lang);
    assert.deepEqual([await label(button), spoken], ["Barge in", "en"]);
    // The labels are available in any language; other texts are not shown until the language is known.
    const french = await spokenIn("fr");
    const shown = await shownOn(page);
    assert.ok(shown.some(([lang]) => lang === "fr") && shown.some(([lang]) => lang === "en"));
    for (const [lang, text] of shown) assert.equal(lang, french(text) ? "fr" : "en", text);
  });
}

test("the placeholder has its language's labels before the other texts, and nothing moves when they come", async () => {
  let start;
  const wasm = new Promise((resolve) => (start = resolve));
  const hold = (page) => page.route("**/barge-in.wasm", (route) => wasm.then(() => route.continue()));
  const { before, release } = holding("de", hold);
  const page = await shared.page({ before });
  await page.evaluate(() => (document.documentElement.lang = "de"));
  const button = await add(page, { sessionId: await shared.sim.session(), modes: true });
  await button.main.waitFor();
  const boxes = () => Promise.all(["monitor", "coach", "button"].map((part) => button.part(part).boundingBox()));
  const first = await boxes();
  assert.deepEqual(await shownOn(page), [["de", "Beobachten"], ["de", "Coachen"], ["de", "Aufschalten"]]);
  release();
  await page.getByText("Verbindung wird hergestellt …").waitFor({ state: "attached" });
  assert.deepEqual(await boxes(), first);
  start();
  await button.until("ready");
  assert.deepEqual(await boxes(), first);
  const german = await spokenIn("de");
  for (const [lang, text] of await shownOn(page)) assert.ok(lang === "de" && german(text), `${lang}: ${text}`);
});

for (const [what, hold] of [
  ["drawn", () => {}],
  ["standing in", (page) => page.route("**/barge-in.wasm", () => {})],
]) {
  test(`from one language to another there is no English in between, in a button that is ${what}`, async () => {
    const { before, release } = holding("fr", hold);
    const page = await shared.page({ before });
    await page.evaluate(() => {
      const box = document.body.appendChild(document.createElement("section"));
      Object.assign(box, { id: "box", lang: "de" });
    });
    const id = await shared.sim.session();
    const button = await add(page, { sessionId: id, modes: true, confirm: "inline" }, { parent: "#box" });
    if (what === "drawn") await button.until("ready");
    else await page.getByText("Verbindung wird hergestellt …").waitFor({ state: "attached" });
    const asked = page.waitForRequest("**/locales/fr.js");
    await page.evaluate(() => (document.querySelector("#box").lang = "fr"));
    await asked;
    const spoken = () => button.part("base").evaluate((element) => element.closest("[lang]").lang);
    const meanwhile = what === "drawn" ? ["Aufschalten", "de"] : ["Intervenir", "fr"];
    assert.deepEqual([await label(button), await spoken()], meanwhile);
    if (what === "drawn") {
      // The button stays usable in its former language meanwhile.
      await button.main.click();
      await button.until("confirming");
      await page.keyboard.press("Escape");
      await shared.sim.act(id, "capabilities", { list: ["Leave"] });
      await button.until("unavailable", "not-permitted");
      assert.deepEqual([await label(button), await spoken()], meanwhile);
    }
    release();
    await untilLabel(page, "Intervenir");
    await page.getByText((await texts("fr"))[what === "drawn" ? "not-permitted" : "connecting"]).waitFor({ state: "attached" });
    assert.equal(await spoken(), "fr");
    const [german, either] = [await spokenIn("de"), await spokenIn("de", "fr")];
    const shown = (await shownOn(page)).map(([, text]) => text);
    assert.ok(shown.some(german) && !shown.every(german));
    for (const text of shown) assert.ok(either(text), text);
  });
}

test("invalid strings leave the language's own texts, also in the placeholder", async () => {
  let start;
  const wasm = new Promise((resolve) => (start = resolve));
  const hold = (page) => page.route("**/barge-in.wasm", (route) => wasm.then(() => route.continue()));
  const page = await shared.page({ before: hold });
  await page.evaluate(() => (document.documentElement.lang = "de"));
  const none = { "barge-in": undefined, monitor: null, connecting: 7, joined: null, "supervisor-mode": false, monitoring: {} };
  // One of them is a text, to show that they count.
  const strings = { ...none, coach: "Flüstern" };
  const button = await add(page, { sessionId: await shared.sim.session(), modes: true, strings });
  const said = () => Promise.all(["monitor", "coach", "button", "reason", "status"].map((part) => button.part(part).textContent()));
  await page.getByText("Verbindung wird hergestellt …").waitFor({ state: "attached" });
  assert.deepEqual(await said(), ["Beobachten", "Flüstern", "Aufschalten", "Verbindung wird hergestellt …", ""]);
  await page.getByRole("group", { name: "Supervisor-Modus", exact: true }).waitFor();
  start();
  await button.until("ready");
  assert.deepEqual(await said(), ["Beobachten", "Flüstern", "Aufschalten", "", "Sie beobachten. Agent und Kunde sehen Sie nicht."]);
  await page.getByRole("group", { name: "Supervisor-Modus", exact: true }).waitFor();
  await button.main.click();
  await button.until("joined");
  assert.equal(await button.words(), "Sie sind aufgeschaltet. Agent und Kunde sehen, was Sie schreiben.");
  assert.deepEqual(page.errors, []);
});

test("no English is left in any state, in any language", async () => {
  const names = readdirSync(join(dist, "locales")).map((file) => file.replace(".js", ""));
  const page = await shared.page({ before: (page) => page.addInitScript(`window.rendered = ${rendered}`) });
  for (const [situation, reach] of Object.entries(SITUATIONS)) {
    const button = await reach({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
    for (const name of names) {
      await page.evaluate((lang) => (document.documentElement.lang = lang), name);
      // Until the texts are loaded, it is in the former language and marked as such.
      await button.untilIn(name);
      const shown = await button.host.evaluate((element) => window.rendered(element.shadowRoot));
      assert.ok(shown.length >= 4, situation);
      const spoken = await spokenIn(name);
      for (const text of shown) assert.ok(spoken(text), `${name}, ${situation}: ${text}`);
    }
    await page.keyboard.press("Escape");
    await button.host.evaluate((element) => element.remove());
  }
});

/** The element speaks the language of where it stands. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist } from "../support/paths.mjs";
import { SITUATIONS } from "../support/situations.mjs";

const shared = fixture();
const texts = async (name) => (await import(pathToFileURL(join(dist, "locales", `${name}.js`)))).default;

const label = (button) => button.main.textContent();
const untilLabel = (page, text) => page.waitForFunction((text) => document.querySelector("#one").shadowRoot.querySelector("[part=button]").textContent === text, text);

async function inLanguage(lang, properties) {
  const page = await shared.page();
  await page.evaluate((lang) => (document.documentElement.lang = lang), lang);
  const button = await add(page, { sessionId: await shared.sim.session(), ...properties });
  await button.until("ready");
  return { page, button };
}

for (const [tag, name] of Object.entries({ de: "de", "de-AT": "de", fr: "fr", es: "es", pt: "pt-BR", "pt-PT": "pt-BR", it: "it", ja: "ja", "zh-CN": "zh-Hans", zh: "zh-Hans", "zh-Hans-SG": "zh-Hans", ar: "ar", "ar_EG": "ar", he: "he", iw: "he" })) {
  test(`lang="${tag}" is served by ${name}`, async () => {
    const { page, button } = await inLanguage(tag);
    assert.equal(await label(button), (await texts(name))["barge-in"]);
    assert.equal(await button.part("base").evaluate((element) => element.closest("[lang]").lang), name);
    const loaded = await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.name.includes("/locales/")).length);
    assert.equal(loaded, 1, "one language is paid for");
  });
}

for (const tag of ["en", "en-GB", "nl", "zh-TW", "zh-Hant", "", "constructor"]) {
  test(`lang="${tag}" is served by English, which is marked as such`, async () => {
    const { page, button } = await inLanguage(tag);
    assert.equal(await label(button), "Barge in");
    assert.equal(await button.part("base").evaluate((element) => element.closest("[lang]").lang), "en");
    assert.equal(await page.evaluate(() => performance.getEntriesByType("resource").filter((one) => one.name.includes("/locales/")).length), 0);
  });
}

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
  const { page, button } = await inLanguage("de", { strings: { "barge-in": "Reinspringen" } });
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

test("a language that is on its way for ever leaves English, and its late arrival changes nothing", async () => {
  let arrive;
  const held = new Promise((resolve) => (arrive = resolve));
  const page = await shared.page({ before: (page) => page.route("**/locales/fr.js", (route) => held.then(() => route.continue())) });
  const warned = page.waitForEvent("console", (message) => message.text().includes('"fr"'));
  await page.evaluate(() => (document.documentElement.lang = "fr"));
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.main.waitFor();
  // Until then the button stands, and nothing of it is drawn that would have to change its language.
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
  ["is still on its way", () => {}],
]) {
  test(`English in the place of a language that ${what} is not claimed to be that language`, async () => {
    const page = await shared.page({ before: (page) => page.route("**/locales/fr.js", answer) });
    await page.evaluate(() => (document.documentElement.lang = "fr"));
    const button = await add(page, { sessionId: await shared.sim.session() });
    const spoken = () => button.part("base").evaluate((element) => element.closest("[lang]").lang);
    await button.main.waitFor();
    assert.deepEqual([await label(button), await spoken()], ["Barge in", "en"]);
    await button.until("ready");
    assert.deepEqual([await label(button), await spoken()], ["Barge in", "en"]);
  });
}

for (const file of readdirSync(join(dist, "locales"))) {
  const name = file.replace(".js", "");
  test(`no English is left in any state: ${name}`, async () => {
    const known = Object.values(await texts(name));
    // What is filled in stands for anything: names and the server's words are not ours to translate.
    const patterns = known.map((text) => new RegExp(`^${text.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, ".*")}$`, "u"));
    const page = await shared.page();
    await page.evaluate((lang) => (document.documentElement.lang = lang), name);
    for (const [situation, reach] of Object.entries(SITUATIONS)) {
      const button = await reach({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
      // Until the words are there, it speaks English and says that it does.
      await page.waitForFunction((name) => document.querySelector("#one").shadowRoot.querySelector(`[lang="${name}"]`), name);
      const rendered = await button.host.evaluate((element) => {
        const walker = document.createTreeWalker(element.shadowRoot, NodeFilter.SHOW_TEXT);
        const found = [...element.shadowRoot.querySelectorAll("[aria-label]")].map((one) => one.ariaLabel);
        while (walker.nextNode()) found.push(walker.currentNode.data);
        return found.filter((text) => text.trim());
      });
      assert.ok(rendered.length >= 4, situation);
      for (const text of rendered) assert.ok(patterns.some((pattern) => pattern.test(text)), `${situation}: ${text}`);
      await page.keyboard.press("Escape");
      await button.host.evaluate((element) => element.remove());
    }
  });
}

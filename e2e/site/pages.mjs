/**
 * Every page: its policy at first and after a hard reload, the rules of axe, narrow and right to left, without JavaScript, its
 * links, and the names it must have. Each page is in a private window, as Playwright's contexts are.
 */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { test } from "node:test";
import { LIVE, declarations, examples, pages, site, sites } from "./site.mjs";

const shared = sites();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const read = (path) => readFileSync(join(site, path), "utf8");

/** Several panels on one page each have a region "Messages"; a console has one panel. */
const SEVERAL = { "/docs/panel.html": { "landmark-unique": { enabled: false } } };

async function violations(page, rules = {}) {
  const { violations } = await page.evaluate((rules) => window.axe.run(document, { resultTypes: ["violations"], rules }), rules);
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.flat().join(" ")).join(", ")} ${one.nodes[0].failureSummary}`);
}

/** By how much a page is wider than its window, in px. */
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

for (const path of pages) {
  test(`${path}: no violation, also after a hard reload; axe finds nothing; 360 px suffice, also from right to left`, async () => {
    const page = await shared.page(path, { before: (page) => page.addInitScript(axe) });
    await examples(page);
    assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
    // A hard reload.
    const loaded = page.waitForEvent("load");
    await (await page.context().newCDPSession(page)).send("Page.reload", { ignoreCache: true });
    await loaded;
    await examples(page);
    await page.locator("[role=search]").waitFor();
    for (const media of [{ colorScheme: "light" }, { colorScheme: "dark" }, { forcedColors: "active" }]) {
      await page.emulateMedia(media);
      assert.deepEqual(await violations(page, SEVERAL[path]), [], JSON.stringify(media));
    }
    await page.setViewportSize({ width: 360, height: 700 });
    assert.equal(await overflow(page), 0, "left to right");
    await page.evaluate(() => (document.documentElement.dir = "rtl"));
    assert.equal(await overflow(page), 0, "right to left");
    await page.waitForLoadState("networkidle");
    const ofExamples = shared.host.asked.filter((path) => /sim\.|barge-in\.wasm|define/.test(path));
    assert.equal(ofExamples.length > 0, LIVE.includes(path), `only pages with examples load the simulator: ${ofExamples}`);
  });
}

test("without JavaScript all text, tables and code can be read, and what would not work is not there", async () => {
  const page = await shared.page("/docs/button.html", { javaScriptEnabled: false });
  const text = await page.locator("body").innerText();
  for (const words of ["One tag", '<barge-in-button session-id="0001Da9PFC93000S">', "Quick start", "The example runs with JavaScript only."]) {
    assert.ok(text.includes(words), words);
  }
  for (const words of ["Begin anew", "On the wire:"]) assert.ok(!text.includes(words), words);
  assert.equal(await page.locator("[role=search]").isVisible(), false);
});

test("links and anchors lead somewhere", () => {
  const ids = (path) => new Set([...read(path).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const dead = [];
  let count = 0;
  for (const path of pages) {
    for (const [, target] of read(path).matchAll(/ (?:href|src)="([^"]+)"/g)) {
      if (target.startsWith("https:")) continue;
      count++;
      const [file, id] = target.split("#");
      const to = file ? posix.join(posix.dirname(path), file) : path;
      if (!existsSync(join(site, to)) || (id && !ids(to).has(id))) dead.push(`${path}: ${target}`);
    }
  }
  assert.deepEqual(dead, []);
  assert.ok(count > 500, `${count} links`);
});

test("no id is twice on a page", () => {
  for (const path of pages) {
    const ids = [...read(path).matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    assert.deepEqual(ids.filter((id, at) => ids.indexOf(id) !== at), [], path);
  }
});

test("every name of the manifest has one row with an anchor in the reference or on the panel's page", () => {
  const rows = (path) => [...read(path).matchAll(/<tr id="([^"]+)">/g)].map(([, id]) => id);
  const [reference, panels] = [rows("/docs/reference.html"), rows("/docs/panel.html")];
  for (const { tagName, attributes, members, events, cssParts, cssProperties, cssStates } of declarations()) {
    const own = members.filter(({ name }) => !attributes.some(({ fieldName }) => fieldName === name));
    const [methods, properties] = ["method", "field"].map((kind) => own.filter((one) => one.kind === kind));
    const sections = { attributes, properties, methods, events, parts: cssParts, "custom-properties": cssProperties, states: cssStates };
    for (const [section, list] of Object.entries(sections)) {
      for (const { name } of list) {
        // A method's anchor has its parameters, too.
        const named = (id) => (section === "methods" ? id.split(/-|$/)[0] : id) === `${section}.${name}`;
        const [shared, ours] = [reference, panels].map((rows) => rows.filter(named).length);
        // What the panel shares with the button is in the reference; what it means by the same name is on its own page, too.
        const found = tagName === "barge-in-button" ? shared === 1 : shared + ours >= 1 && ours <= 1;
        assert.ok(found, `${tagName} ${section}.${name}: ${shared} and ${ours} rows`);
      }
    }
  }
});

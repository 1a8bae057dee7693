/** The built site on a static host at a sub-path, in Chromium. */
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, relative } from "node:path";
import { after, afterEach, before } from "node:test";
import { startStatic } from "../sim/static.mjs";
import { launch, open } from "../support/browser.mjs";
import { eventually } from "../support/eventually.mjs";
import { root } from "../support/paths.mjs";

/** The built site, `target/site` or `SITE`. */
export const site = process.env.SITE ?? join(root, "target/site");
if (!existsSync(join(site, "index.html"))) throw new Error(`${site} is missing: cargo xtask site`);

/** The addresses of all pages that are made from documents. */
export const pages = readdirSync(site, { recursive: true })
  .map((file) => `/${relative(".", file)}`)
  .filter((file) => file.endsWith(".html") && !/^\/(console|barge-in)\//.test(file))
  .sort();

/** What the package's manifest says of the two elements. */
export function declarations() {
  const { modules } = JSON.parse(readFileSync(join(site, "barge-in/custom-elements.json"), "utf8"));
  return modules.flatMap(({ declarations = [] }) => declarations).filter(({ tagName }) => tagName);
}

/** Where the pages with examples are. */
export const LIVE = pages.filter((path) => readFileSync(join(site, path), "utf8").includes('class="example"'));

/**
 * Starts host and browser before the file's tests; `shared.page(path, options)` opens a page. After each test nothing may
 * have failed, violated the policy, or been asked of the host that is for a server or is not there.
 */
export function sites() {
  const opened = [];
  const shared = {
    host: undefined,
    browser: undefined,
    async page(path, options) {
      const page = await open(shared.browser, shared.host, path, options);
      opened.push(page);
      return page;
    },
  };
  before(async () => {
    // The pages have their policy in themselves.
    shared.host = await startStatic({ folder: site, policy: "" });
    shared.browser = await launch();
  });
  afterEach(async () => {
    for (const page of opened.splice(0)) {
      assert.deepEqual(page.errors, []);
      assert.deepEqual(await page.evaluate(() => window.seen?.violations ?? []), []);
      await page.context().close();
    }
    const asked = new Set(shared.host.asked.splice(0).map((path) => path.replace("/some/sub", "")));
    assert.deepEqual([...asked].filter((path) => !existsSync(join(site, path))), []);
  });
  after(async () => {
    await shared.browser?.close();
    shared.host?.close();
  });
  return shared;
}

/** The examples of an open page, once all are at work. */
export async function examples(page) {
  const found = await page.locator(".example").all();
  const list = await Promise.all(found.map(async (node) => ({ node, scene: await node.getAttribute("data-scene") })));
  for (const { node } of list) await node.locator(".desk").waitFor();
  return list;
}

/** Waits until an example keeps its promise, which is `promise` if one is given. */
export async function kept(node, promise) {
  const told = () => Promise.all([".promised", ".seen"].map((part) => node.locator(part).textContent()));
  const fits = async () => {
    const [promised] = await told();
    return (promise ?? promised) === promised && (await node.locator(".desk").getAttribute("data-kept")) === "true";
  };
  await eventually(fits, async () => `${await node.getAttribute("id")}: promised, seen: ${await told()}; expected ${promise}`);
}

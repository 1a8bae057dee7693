/** The search finds what the widget has names for, without a network. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { declarations, sites } from "./site.mjs";

const shared = sites();

test("each public name and each reason is among the first two that are found, with the network cut", async () => {
  const page = await shared.page("/docs/faq.html");
  const field = page.getByRole("searchbox");
  const answered = page.waitForResponse(/search\.json$/);
  await field.focus();
  await (await answered).finished();
  await page.context().setOffline(true);
  const named = declarations().flatMap(({ attributes, members, events, cssParts, cssProperties, cssStates }) => {
    // A property with an attribute is in its row.
    const properties = members.filter(({ name }) => !attributes.some(({ fieldName }) => fieldName === name));
    return [attributes, properties, events, cssParts, cssProperties, cssStates].flat().map(({ name }) => name);
  });
  const reasons = ["no-session", "connecting", "disconnected", "not-found", "not-supervising", "not-permitted", "refused", "unauthenticated", "unsupported"];
  const missed = [];
  for (const name of new Set([...named, ...reasons])) {
    await field.fill(name);
    // Each entry is replaced at once, so the newest answer is waited for by its first words.
    await page.waitForFunction((name) => document.querySelector(".found").dataset.asked === name, name);
    const first = await page.locator(".found b").evaluateAll((names) => names.slice(0, 2).map((one) => one.textContent.split("(")[0]));
    if (!first.includes(name)) missed.push(`${name}: ${first}`);
  }
  assert.deepEqual(missed, []);
});

test("what is found leads to its place, by keyboard; Escape clears; nothing found is said", async () => {
  const page = await shared.page("/index.html");
  const field = page.getByRole("searchbox");
  await field.fill("csrf");
  assert.ok((await page.locator(".found a").count()) > 0 || (await page.locator(".found a").first().waitFor()) === undefined);
  await field.fill("qqqq");
  await page.locator(".found", { hasText: "Nothing is found" }).waitFor();
  await field.press("Escape");
  assert.equal(await field.inputValue(), "");
  assert.equal(await page.locator(".found").textContent(), "");
  await field.fill("not-supervising");
  await page.locator(".found a").first().waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.waitForURL(/docs\/reasons\.html#not-supervising$/);
});

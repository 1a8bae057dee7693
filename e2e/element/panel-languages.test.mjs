/** The panel speaks the language of its place in the page. */
import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { catalogues } from "../support/catalogues.mjs";
import { fixture } from "../support/fixture.mjs";
import { addPanel, PATH } from "../support/panel.mjs";
import { dist } from "../support/paths.mjs";

const shared = fixture();
const texts = async (name) => (await import(pathToFileURL(join(dist, "locales-panel", `${name}.js`)))).default;

for (const file of readdirSync(join(dist, "locales-panel"))) {
  const name = file.replace(".js", "");
  test(`the message box is in the language of the page: ${name}`, async () => {
    const words = await texts(name);
    const page = await shared.page({ path: PATH });
    await page.evaluate((lang) => (document.documentElement.lang = lang), name);
    const panel = await addPanel(page, { sessionId: await shared.sim.session({ mode: "coach" }) });
    await panel.until("ready");
    await panel.send.filter({ hasText: words["send-agents"] }).waitFor();
    assert.match(await panel.box.evaluate((box) => box.getRootNode().lastElementChild.lang), new RegExp(`^${name}$`));
    assert.equal(await panel.main.textContent(), words["barge-in"]);
    await panel.part("event").filter({ hasText: words["you-joined"] }).waitFor();
    assert.deepEqual(await catalogues(page), name === "en" ? [] : [`locales-panel/${file}`]);
    assert.deepEqual(page.errors, []);
  });
}

test("a panel that is defined once a button runs has its own texts, too", async () => {
  const { "send-agents": send, "barge-in": bargeIn } = await texts("de");
  const page = await shared.page({ path: "/bare.html" });
  const session = await shared.sim.session({ mode: "coach" });
  await page.evaluate(async (session) => {
    document.documentElement.lang = "de";
    await import("/npm/register.js");
    const button = Object.assign(document.createElement("barge-in-button"), { id: "button", sessionId: session });
    document.querySelector("main").append(button);
  }, session);
  await page.waitForFunction(() => document.getElementById("button").state === "ready");
  await page.evaluate(() => import("/npm/register-panel.js"));
  const panel = await addPanel(page, { sessionId: session });
  await panel.send.filter({ hasText: send }).waitFor();
  await page.locator("#button").getByRole("button", { name: bargeIn, exact: true }).waitFor();
  assert.deepEqual(await catalogues(page), ["locales/de.js", "locales-panel/de.js"]);
  assert.deepEqual(page.errors, []);
});

test("where one reads from right to left, a role stands left of its Latin name", async () => {
  const page = await shared.page({ path: PATH });
  await page.evaluate(() => Object.assign(document.documentElement, { lang: "ar", dir: "rtl" }));
  const { agent } = await texts("ar");
  const panel = await addPanel(page, { sessionId: await shared.sim.session({ mode: "coach", agent: "Ann" }) });
  const person = panel.part("participant").filter({ hasText: agent });
  await person.waitFor();
  const [name, role] = await person.evaluate((person, words) => {
    const { firstChild } = person.firstElementChild;
    return words.map((word) => {
      const range = document.createRange();
      const at = firstChild.data.indexOf(word);
      range.setStart(firstChild, at);
      range.setEnd(firstChild, at + word.length);
      return range.getBoundingClientRect().x;
    });
  }, ["Ann", agent]);
  assert.ok(role < name, `${role} ${name}`);
});

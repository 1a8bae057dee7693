/** The panel in a page: what it downloads, what it shares with buttons, and that everybody can use it. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { addPanel, seat } from "../support/panel.mjs";
import { dist } from "../support/paths.mjs";
import { hold, holdPosts } from "../support/requests.mjs";
import { beforeElement, notInPage } from "../support/sim.mjs";
import { CIRCUMSTANCES } from "../support/situations.mjs";

const shared = fixture();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core"), "utf8");

test("a page of buttons downloads nothing of the panel", async () => {
  const asked = [];
  const page = await shared.page({ before: (page) => page.on("request", (request) => asked.push(new URL(request.url()).pathname)) });
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  assert.deepEqual(asked.filter((path) => /panel/.test(path)), []);
  assert.ok(asked.includes("/npm/barge-in.wasm"));
});

test("a panel and a button share the connection, the reads and the pending press", async () => {
  const before = (page) => page.addInitScript(beforeElement(holdPosts));
  const { page, session, panel, posts } = await seat(shared, "coach", {}, { page: { before } });
  const button = await add(page, { sessionId: session, modes: true }, { id: "button", parent: "main" });
  await button.until("ready");
  const release = await hold(page);
  await panel.main.click();
  await button.until("pending");
  await release();
  await button.until("joined");
  assert.equal(await panel.get("mode"), await button.get("mode"));
  assert.deepEqual(posts(), [{ operationName: "SwitchToBargeIn" }]);
  const log = await shared.sim.log();
  const count = (path) => log.filter((entry) => entry.path === path).length;
  assert.deepEqual([count("/api/v2/me"), count("/api/v2/notifications/handshake")], [1, 1]);
  await eventually(async () => (await shared.sim.get("/state")).clients.length === 1, "one client");
});

test("a panel's file after the button's works, has a connection of its own, and the console says what to do", async () => {
  for (const files of [["define.js", "panel.js"], ["panel.js", "define.js"], ["panel.js", "panel.js?again"]]) {
    const said = [];
    const page = await shared.page({ path: "/bare.html", before: (page) => page.on("console", (message) => said.push(message.text())) });
    await shared.sim.post("/forget-clients");
    for (const file of files) await page.evaluate((file) => import(`/npm/${file}`).then(() => {}), file);
    const session = await shared.sim.session({ mode: "coach" });
    // One after the other: two instances that begin at once overwrite each other's cookies, and one would shake hands again.
    await (await add(page, { sessionId: session })).until("ready");
    await (await addPanel(page, { sessionId: session })).until("ready");
    const apart = files[0] === "define.js";
    assert.equal((await shared.sim.get("/state")).clients.length, apart ? 2 : 1, files.join());
    assert.deepEqual(said.filter((text) => text.includes("load panel.js alone")).length, apart ? 1 : 0, files.join());
    assert.deepEqual(page.errors, []);
    await page.context().close();
  }
});

test("a panel that was in a template, as where Svelte made it, looks and works as any other", async () => {
  const { page, panel } = await seat(shared, "coach");
  const look = () => panel.box.evaluate((box) => [getComputedStyle(box).display, box.getBoundingClientRect().height]);
  await panel.until("ready");
  const before = await look();
  await panel.host.evaluate((element) => {
    const parent = element.parentElement;
    document.createElement("template").content.append(element);
    parent.append(element);
  });
  await panel.until("ready");
  assert.deepEqual(await look(), before);
  await panel.main.click();
  await panel.until("joined");
  assert.deepEqual(page.errors, []);
});

test("a panel that is defined once a button runs takes over its instance", async () => {
  const page = await shared.page({ path: "/bare.html" });
  const session = await shared.sim.session({ mode: "coach" });
  await page.evaluate(async (session) => {
    await import("/npm/register.js");
    const button = Object.assign(document.createElement("barge-in-button"), { id: "button", sessionId: session });
    document.querySelector("main").append(button);
  }, session);
  await page.waitForFunction(() => document.getElementById("button").state === "ready");
  await page.evaluate(async (session) => {
    await import("/npm/register-panel.js");
    const panel = Object.assign(document.createElement("barge-in-panel"), { id: "panel", sessionId: session });
    document.querySelector("main").append(panel);
  }, session);
  await page.waitForFunction(() => ["button", "panel"].every((id) => document.getElementById(id).state === "ready"));
  await page.waitForFunction(() => document.getElementById("panel").shadowRoot.querySelector("[part=box]"));
  await eventually(async () => (await shared.sim.get("/state")).clients.length === 1, "one client");
  assert.deepEqual(page.errors, []);
});

test("panel-inline.js is all in one file, both elements and languages too, under the promised policy", notInPage("loads a module without the server"), async () => {
  const { default: texts } = await import(pathToFileURL(join(dist, "locales-panel/de.js")));
  const page = await shared.page({ path: "/bare.html" });
  await page.evaluate(() => {
    document.documentElement.lang = "de";
    return import("/npm/panel-inline.js");
  });
  const sessionId = await shared.sim.session({ mode: "coach" });
  const button = await add(page, { sessionId });
  const panel = await addPanel(page, { sessionId });
  await button.until("ready");
  await panel.until("ready");
  assert.equal(await panel.send.textContent(), texts["send-agents"]);
  await panel.say("see me");
  await panel.untilSaid("see me");
  const files = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name }) => new URL(name).pathname));
  assert.deepEqual(files.filter((path) => path.startsWith("/npm/")), ["/npm/panel-inline.js"]);
  assert.deepEqual(page.errors, []);
  assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
});

for (const [name, { context, root }] of Object.entries(CIRCUMSTANCES)) {
  test(`axe finds nothing, ${name}`, async () => {
    const { page, panel, session } = await seat(shared, "barge-in", {}, { page: context });
    await page.evaluate((root) => Object.entries(root).forEach(([name, value]) => document.documentElement.setAttribute(name, value)), root);
    await shared.sim.act(session, "say", { from: "customer", text: "Hello? https://a.example/x" });
    await panel.untilSaid("Hello?");
    await shared.sim.fault("refuse", { operation: "SendToAgents" }, { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" });
    await panel.say("see me");
    await panel.untilEvents("barge-in-error");
    await panel.box.fill("words");
    await panel.part("leave").click();
    // Run through the driver: the page's policy allows no inline script.
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run("barge-in-panel", { resultTypes: ["violations"] }));
    assert.deepEqual(violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(" ")}`), []);
    assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
    const small = await panel.host.evaluate((element) =>
      [...element.shadowRoot.querySelectorAll("button:not([hidden]), select, textarea")]
        .filter((one) => one.checkVisibility())
        .filter((one) => one.getBoundingClientRect().height < 24)
        .map((one) => one.outerHTML),
    );
    assert.deepEqual(small, []);
  });
}

test("nothing is left of a removed panel", async () => {
  const { page, panel } = await seat(shared, "coach");
  await panel.host.evaluate((element) => element.remove());
  await eventually(async () => (await shared.sim.get("/state")).clients.length === 0, "the disconnect");
  assert.deepEqual(page.errors, []);
});

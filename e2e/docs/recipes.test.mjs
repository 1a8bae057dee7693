/** The recipes of the docs, each run unchanged. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Button } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { root } from "../support/paths.mjs";

const shared = fixture([], { policy: "" }); // the pages have import maps
const text = readFileSync(join(root, "docs/recipes.md"), "utf8");
const RECIPES = new Map([...text.matchAll(/^<!-- recipe: (\w+) -->\n```js\n([\s\S]*?)^```$/gm)].map(([, name, code]) => [name, code]));
const tried = new Set();

const MAP = { imports: { "barge-in/define": "/npm/define.js" } };

/** Opens a page with this markup that runs a recipe; `answer` answers the page's own server by path. */
async function run(name, markup, answer = {}) {
  tried.add(name);
  const asked = [];
  const page = await shared.page({
    path: "/recipe.html",
    before: async (page) => {
      // A minute is too long for a test.
      await page.addInitScript(() => (window.setInterval = (call) => setTimeout(function again() { call(); setTimeout(again, 50); }, 50)));
      await page.route("**/recipe.html", (route) =>
        route.fulfill({
          contentType: "text/html",
          body: `<!doctype html><html lang="en"><title>Recipe</title><script type="importmap">${JSON.stringify(MAP)}</script><body>${markup}<script type="module" src="/recipe.js"></script>`,
        }),
      );
      await page.route("**/recipe.js", (route) => route.fulfill({ contentType: "text/javascript", body: RECIPES.get(name) }));
      for (const path in answer) {
        await page.route(`**${path}`, (route) => {
          asked.push({ path, body: route.request().postData() });
          return route.fulfill(answer[path](asked.length));
        });
      }
    },
  });
  return { page, asked, button: new Button(page) };
}

const element = (id) => `<barge-in-button id="one" session-id="${id}"></barge-in-button>`;
const bodies = (asked, path) => asked.filter((one) => one.path === path).map(({ body }) => JSON.parse(body));

test("list of sessions", async () => {
  const id = await shared.sim.session();
  const { page } = await run("list", "<ul></ul>");
  await page.waitForFunction((id) => document.querySelector(`barge-in-button[session-id="${id}"]`)?.state === "ready", id);
  const count = await page.locator("li").count();
  assert.equal(await page.locator("li barge-in-button").count(), count);
  assert.ok(count > 1);
});

test("audit log", async () => {
  const id = await shared.sim.session();
  const { asked, button } = await run("audit", element(id), { "/audit": () => ({ status: 204 }) });
  await button.until("ready");
  await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 500 });
  await button.main.click();
  await button.until("failed");
  await button.main.click();
  await button.until("joined");
  await eventually(() => asked.length === 2, "two entries");
  const [failed, joined] = bodies(asked, "/audit");
  assert.deepEqual([failed.session, failed.operation, joined.what, joined.session], [id, "SwitchToBargeIn", "joined", id]);
  assert.ok(joined.confirmMs >= 0 && failed.message);
});

test("token refresh", async () => {
  const id = await shared.sim.session();
  const tokens = { "/token": (count) => ({ body: `token-${count}` }) };
  const { page, asked, button } = await run("token", element(id), tokens);
  await button.until("ready");
  const sent = [];
  page.on("request", (request) => request.headers().authorization && sent.push(request.headers().authorization));
  await shared.sim.post("/sign-out");
  await shared.sim.post("/drop-connections");
  await eventually(() => asked.length > 1, "a new token");
  await shared.sim.post("/sign-in");
  await button.host.evaluate((element) => element.refresh());
  await button.until("ready");
  assert.ok(sent.includes("Bearer token-2"), sent.join());
});

test("kill switch", async () => {
  const id = await shared.sim.session();
  const off = await run("switch", element(id), { "/flags/barge-in": () => ({ status: 404 }) });
  await eventually(() => off.asked.length, "the flag is asked for");
  assert.equal(await off.page.evaluate(() => customElements.get("barge-in-button")), undefined);
  let status = 204;
  const on = await run("switch", element(id), { "/flags/barge-in": () => ({ status }) });
  await on.button.until("ready");
  status = 404;
  const asked = on.asked.length;
  await eventually(() => on.asked.length > asked + 1, "the flag is asked for again");
  await on.button.main.click();
  await on.button.untilEvents("barge-in-request");
  assert.equal(await on.button.get("state"), "ready");
  assert.deepEqual(await shared.sim.operations(id), []);
});

test("monitoring", async () => {
  const id = await shared.sim.session();
  const { asked, button } = await run("monitoring", element(id), { "/metrics": () => ({ status: 204 }) });
  await button.until("ready");
  await shared.sim.fault("refuse", { path: "/notifications" }, { times: "always", httpStatus: 503 });
  await shared.sim.post("/drop-connections");
  await eventually(() => asked.length, "a report");
  assert.deepEqual(bodies(asked, "/metrics")[0], { name: "connection", status: "broken", cause: "http", httpStatus: 503 });
});

test("one button that follows the selection", async () => {
  const [first, second] = [await shared.sim.session(), await shared.sim.session()];
  const { page, button } = await run("selection", `<select><option>${first}<option>${second}</select>${element(first)}`);
  await button.until("ready");
  await page.selectOption("select", second);
  await button.until("ready");
  await button.main.click();
  await button.until("joined");
  assert.equal((await shared.sim.operations(second)).length, 1);
  assert.equal((await shared.sim.operations(first)).length, 0);
});

test("every recipe is tried", () => assert.deepEqual([...tried].sort(), [...RECIPES.keys()].sort()));

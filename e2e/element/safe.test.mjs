/** Safe to embed: works under the promised policy, shows hostile texts as text, and leaves no traces. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add, Button } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { notInPage, onTheWire, POLICY } from "../support/sim.mjs";
import { CIRCUMSTANCES, SITUATIONS } from "../support/situations.mjs";

const shared = fixture();
const HOSTILE = `<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>{message}"'&amp;`;

test("no state violates the policy", async () => {
  for (const { context, root } of Object.values(CIRCUMSTANCES)) {
    const page = await shared.page(context);
    const response = await page.request.get(page.url());
    assert.equal(response.headers()["content-security-policy"], POLICY);
    await page.evaluate((root) => {
      for (const name in root) document.documentElement.setAttribute(name, root[name]);
    }, root);
    for (const reach of Object.values(SITUATIONS)) {
      const button = await reach({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
      await page.keyboard.press("Escape");
      await button.host.evaluate((element) => element.remove());
    }
    assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
    assert.deepEqual(page.errors, []);
  }
});

test("the policy is in force", async () => {
  const page = await shared.page();
  await page.evaluate(() => {
    try {
      document.body.innerHTML = "<b>no</b>";
    } catch {
      // Trusted Types throw here
    }
    document.body.setAttribute("style", "color: red");
  });
  await page.waitForFunction(() => window.seen.violations.length >= 2);
});

test("what others write is shown as text", async () => {
  const page = await shared.page();
  const id = await shared.sim.session({ customer: HOSTILE, agent: HOSTILE });
  const button = await add(page, { sessionId: id, confirm: "dialog", modes: true });
  await button.until("ready");
  await button.main.click();
  await button.until("confirming");
  const name = `“\u2068${HOSTILE.slice(0, 40).replaceAll('"', "'")}…\u2069”`;
  assert.equal(await button.part("dialog-text").textContent(), `${name} and ${name} will both see what you write.`);
  await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 403, statusCode: 3, statusMessage: HOSTILE });
  await button.part("confirm").click();
  await button.until("unavailable", "refused");
  assert.equal(await button.words(), `The server refused: \u2068${HOSTILE}\u2069`);
  await button.set({ strings: { refused: `${HOSTILE} {message}`, "barge-in": HOSTILE } });
  await page.waitForFunction((text) => document.querySelector("#one").shadowRoot.querySelector("[part=button]").textContent === text, HOSTILE);
  await button.set({ sessionId: HOSTILE });
  await button.until("unavailable", "not-found");
  assert.equal(await button.host.evaluate((element) => element.shadowRoot.querySelectorAll("img, script").length), 0);
  assert.equal(await page.evaluate(() => window.hacked), undefined);
  assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
});

test("a session id is one segment of the path, whatever it holds", async () => {
  const page = await shared.page();
  for (const id of ["a/b?c#d", "../me", "ä ö", "%2F"]) {
    const made = await shared.sim.session({ id });
    const button = await add(page, { sessionId: made });
    await button.until("ready");
    await shared.sim.clearLog();
    await button.main.click();
    await button.until("joined");
    const posted = (await shared.sim.log()).filter((entry) => entry.operation === "SwitchToBargeIn");
    assert.deepEqual(posted.map((entry) => entry.path), [`/api/v2/me/smssessions/${encodeURIComponent(id)}`]);
    await button.host.evaluate((element) => element.remove());
  }
  for (const id of [".", ".."]) {
    const button = await add(page, { sessionId: id });
    await button.until("unavailable", "not-found");
    await button.host.evaluate((element) => element.remove());
  }
});

test("every request goes to the base url's origin or fetches the package's own files", onTheWire, async () => {
  const page = await shared.page({ path: "/bare.html" });
  const paths = [];
  page.on("request", (request) => paths.push(request.url().replace(shared.sim.url, "")));
  const session = await shared.sim.session();
  await page.evaluate(() => (document.documentElement.lang = "de"));
  await page.evaluate(() => import("/npm/define.js"));
  const button = await add(page, { sessionId: session, baseUrl: shared.sim.url });
  await button.until("ready");
  await button.main.click();
  await button.until("joined");
  for (const path of paths) assert.match(path, /^\/(npm\/(define\.js|barge-in\.wasm|locales\/de\.js)$|api\/v2\/)/);
});

test("nothing is put in global scope, storage or cookies", notInPage("the simulator is there, too"), async () => {
  const page = await shared.page({ path: "/bare.html" });
  const before = await page.evaluate(() => Object.getOwnPropertyNames(window));
  await page.evaluate(() => import("/npm/define.js"));
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  const after = await page.evaluate(() => [Object.getOwnPropertyNames(window), { ...localStorage }, { ...sessionStorage }, document.cookie]);
  assert.deepEqual(after[0].filter((name) => !before.includes(name)), []);
  assert.deepEqual(after.slice(1, 3), [{}, {}]);
  assert.doesNotMatch(after[3], /barge/i);
  await new Button(page).until("ready");
});

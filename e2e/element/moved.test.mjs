/** Elements that are removed and put back, by frameworks, page swaps and templates. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { hold, holdPosts, requests } from "../support/requests.mjs";
import { beforeElement } from "../support/sim.mjs";

// Without a policy: Trusted Types would forbid the HTML parser.
const shared = fixture([], { policy: "" });

/** Runs in the page: removes the element, waits `turns` microtasks, and puts it back. */
const away = (button, turns) =>
  button.host.evaluate(async (element, turns) => {
    const tree = element.shadowRoot.querySelector("[part=base]");
    element.remove();
    for (let turn = 0; turn < turns; turn++) await null;
    document.body.append(element);
    await new Promise((resolve) => setTimeout(resolve));
    return tree === element.shadowRoot.querySelector("[part=base]");
  }, turns);

for (const turns of [0, 1, 3, 20]) {
  test(`out of the page for ${turns} awaits: a press stays pending and is not pressed again`, async () => {
    let asked;
    const before = async (page) => {
      asked = await requests(page);
      await page.addInitScript(beforeElement(holdPosts));
    };
    const page = await shared.page({ before });
    const id = await shared.sim.session();
    const button = await add(page, { sessionId: id });
    await button.until("ready");
    const release = await hold(page);
    await button.main.click();
    await button.until("pending");
    assert.ok(await away(button, turns), "the same nodes");
    assert.equal(await button.get("state"), "pending");
    await button.main.click({ force: true });
    await release();
    await button.until("joined");
    assert.ok(await away(button, turns), "the same nodes");
    assert.equal(await button.get("state"), "joined");
    // Later events come after any event about this.
    await shared.sim.act(id, "complete");
    await button.until("ended");
    assert.equal((await button.events("barge-in-joined")).length, 1);
    assert.deepEqual(await button.events("barge-in-error"), []);
    assert.equal((await shared.sim.operations(id)).length, 1);
    // Not by the simulator's log: the page of the previous test may disconnect late.
    assert.deepEqual(asked.filter(({ path }) => path.endsWith("/disconnect")), []);
  });
}

test("removed for longer, it closes the connection in the same task", async () => {
  let asked;
  const page = await shared.page({ before: async (page) => (asked = await requests(page)) });
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  const session = await page.evaluate(async () => {
    const element = document.querySelector("#one");
    element.remove();
    await new Promise((resolve) => setTimeout(resolve));
    return String(element.session);
  });
  assert.equal(session, "undefined");
  await eventually(() => asked.some(({ path }) => path.endsWith("/disconnect")), "no farewell");
});

/** Documents without a window, into which an element is moved and back. */
for (const [what, into] of Object.entries({
  "a template's content": () => document.createElement("template").content,
  "a document made by a parser": () => new DOMParser().parseFromString("<p>", "text/html").body,
  "a document made by script": () => document.implementation.createHTMLDocument("").body,
})) {
  test(`moved into ${what} and back, it runs and looks as before`, async () => {
    const page = await shared.page({ before: (page) => page.addInitScript(`window.into = ${into}`) });
    const button = await add(page, { sessionId: await shared.sim.session() });
    await button.until("ready");
    const look = () => button.main.evaluate((element) => [getComputedStyle(element).borderRadius, element.getBoundingClientRect().height]);
    const before = await look();
    for (const wait of [false, true]) {
      const runs = await page.evaluate(async (wait) => {
        const element = document.querySelector("#one");
        window.into().append(element);
        if (wait) await new Promise((resolve) => setTimeout(resolve));
        const runs = element.session !== undefined;
        document.body.append(element);
        return runs;
      }, wait);
      assert.equal(runs, !wait, "for long it does not run where it cannot be seen");
      await button.until("ready");
      assert.deepEqual(await look(), before);
    }
    await button.main.click();
    await button.until("joined");
    assert.deepEqual(page.errors, []);
  });
}

test("a page translator that replaces the placeholder's texts does not keep old texts there", async () => {
  const page = await shared.page({ before: (page) => page.route("**/barge-in.wasm", (route) => route.fulfill({ status: 404 })) });
  const button = await add(page);
  await button.until("unavailable", "unsupported");
  await button.host.evaluate((element) => {
    const walker = document.createTreeWalker(element.shadowRoot, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
      const font = document.createElement("font");
      font.textContent = `<${text.data}>`;
      text.replaceWith(font);
    }
    element.strings = { "barge-in": "Step in" };
  });
  await page.waitForFunction(() => document.querySelector("#one").shadowRoot.querySelector("[part=button]").textContent === "Step in");
  assert.equal(await button.words(), "A file of this button is missing on the server.");
  await page.unroute("**/barge-in.wasm");
  await button.set({ sessionId: await shared.sim.session() });
  await button.host.evaluate((element) => element.refresh());
  await button.until("ready");
  assert.equal(await button.main.textContent(), "Step in");
});

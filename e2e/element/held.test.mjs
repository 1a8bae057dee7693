/** Regression tests: outcomes of a press after the element switched sessions, headers that never come, focus in a question. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { launch, open } from "../support/browser.mjs";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { requests } from "../support/requests.mjs";
import { beforeElement, startSim } from "../support/sim.mjs";

const shared = fixture();

test("headers that never come end with the request's timeout", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session(), requestTimeout: 700 });
  await button.until("ready");
  await button.host.evaluate((element) => (element.requestHeaders = () => new Promise(() => {})));
  await button.main.click();
  await button.until("failed");
  const [error] = await button.untilEvents("barge-in-error");
  assert.equal(error.detail.kind, "timeout");
  await button.host.evaluate((element) => (element.requestHeaders = () => ({ "X-Again": 1 })));
  await button.main.click();
  await button.until("joined");
});

test("the first read uses the element's own timeout", async () => {
  const page = await shared.page();
  await shared.sim.fault("hang", { path: "/api/v2/me" }, { times: "always" });
  const before = Date.now();
  const button = await add(page, { sessionId: "s", requestTimeout: 300 });
  await button.until("unavailable", "disconnected");
  assert.ok(Date.now() - before < 9_000, "the default would take ten seconds");
});

for (const [what, properties] of [
  ["channel", { channel: "/v2/me/sms" }],
  ["transport", { transport: "host" }],
]) {
  test(`another ${what} is another connection, whose first read also uses the element's own timeout`, async () => {
    const page = await shared.page();
    const button = await add(page, { sessionId: await shared.sim.session(), requestTimeout: 300 });
    await button.until("ready");
    await shared.sim.fault("hang", { path: "/api/v2/me" }, { times: "always" });
    const before = Date.now();
    await button.set(properties);
    await button.until("unavailable", "connecting");
    await button.until("unavailable", "disconnected");
    assert.ok(Date.now() - before < 9_000, "the default would take ten seconds");
  });
}

test("numbers, Headers and foreign promises are accepted as headers", async () => {
  let asked;
  const page = await shared.page({ before: async (page) => (asked = await requests(page)) });
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  const sent = async (name, give) => {
    await button.host.evaluate(give);
    return eventually(() => asked.find(({ headers }) => headers[name] === "5")?.headers, name);
  };
  const headers = await sent("x-number", (element) => {
    element.requestHeaders = () => ({ "X-Number": 5, "X-Nothing": null });
    element.refresh();
  });
  assert.ok(!("x-nothing" in headers));
  await sent("x-headers", (element) => {
    element.requestHeaders = () => new Headers({ "X-Headers": "5" });
    element.refresh();
  });
  const thenable = await sent("x-thenable", (element) => {
    element.requestHeaders = () => ({ then: (done) => done({ "X-Thenable": "5" }) });
    element.refresh();
  });
  assert.ok(!("then" in thenable));
});

test("a press gets its outcome after the element has switched sessions", async () => {
  const page = await shared.page();
  const [first, second] = [await shared.sim.session(), await shared.sim.session()];
  const button = await add(page, { sessionId: first, requestTimeout: 1000 });
  await button.until("ready");
  await button.host.evaluate((element) => (element.requestHeaders = () => new Promise(() => {})));
  await button.main.click();
  await button.until("pending");
  await button.set({ sessionId: second });
  const [error] = await button.untilEvents("barge-in-error");
  assert.equal(error.detail.sessionId, first);
  assert.equal(error.detail.operation, "SwitchToBargeIn");
});

test("a question that a property closes gives its focus back", async () => {
  const page = await shared.page();
  const [first, second] = [await shared.sim.session(), await shared.sim.session()];
  const button = await add(page, { sessionId: first, confirm: "inline" });
  await button.until("ready");
  await button.main.click();
  await button.until("confirming");
  assert.equal(await button.focused(), "cancel");
  await button.set({ sessionId: second });
  await button.until("ready");
  await page.waitForFunction(() => document.getElementById("one").shadowRoot.activeElement?.getAttribute("part") === "button");
});

test("after a user id is removed, that of the server counts again", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session(), userId: "nobody" });
  await button.until("ready");
  assert.equal(await button.get("mode"), null);
  await button.host.evaluate((element) => element.removeAttribute("user-id"));
  await page.waitForFunction(() => document.getElementById("one").mode === "monitor");
  assert.notEqual(await button.get("userId"), "nobody");
});

test("two elements pressed in one task ask the page once", async () => {
  const page = await shared.page();
  const session = await shared.sim.session();
  const one = await add(page, { sessionId: session });
  const two = await add(page, { sessionId: session }, { id: "two" });
  await one.until("ready");
  await two.until("ready");
  await page.evaluate(() => {
    for (const id of ["one", "two"]) document.getElementById(id).shadowRoot.querySelector("[part=button]").click();
  });
  await one.until("joined");
  await two.until("joined");
  const asked = [...(await one.events("barge-in-request")), ...(await two.events("barge-in-request"))];
  assert.equal(asked.length, 1);
});

/** A session's notification as the page may feed it. */
const changed = (id, rest) => ({
  messageType: "SMSsessionStateChangeMessage",
  smssession: { id, state: "Chatting", capabilities: ["SwitchBargeIn"], participants: [], ...rest },
});

test("lone surrogates are accepted in texts", async () => {
  const page = await shared.page();
  const button = await add(page, { transport: "host", sessionId: "s", confirm: "dialog" });
  // The read under way lacks the session: if answered after the notification, it would end the session.
  await button.until("unavailable", "not-found");
  // Created in the page, as a lone surrogate would be replaced in transit.
  await button.host.evaluate((element, data) => {
    const half = String.fromCharCode(0xd83d);
    data.smssession.id = element.sessionId = `s${half}`;
    data.smssession.participants = [{ type: "Customer", nickname: `Ann ${half}`, visibility: "All" }];
    element.notify(data);
  }, changed("s"));
  await button.until("ready");
  await button.main.click();
  await button.until("confirming");
  assert.match(await button.part("dialog-text").textContent(), /Ann \ufffd/);
});

test("a body of ten megabytes is read, and the next one too", async () => {
  const page = await shared.page();
  const session = await shared.sim.session();
  const button = await add(page, { sessionId: session });
  await button.until("ready");
  await button.host.evaluate(
    (element, data) => element.notify(JSON.stringify({ ...data, filling: "x".repeat(10_000_000) })),
    changed(session, { capabilities: ["SwitchToCoach"] }),
  );
  await button.until("unavailable", "not-supervising");
  await button.host.evaluate((element, data) => element.notify(data), changed(session));
  await button.until("ready");
});

test("on a healthy line no timer of the notifications fires", async () => {
  // One that did would be late in a hidden tab, which would count as a sleep of the machine.
  const sim = await startSim(["--hold", "1000"]);
  const browser = await launch();
  try {
    const page = await open(browser, sim, "/blank.html", {
      before: (page) =>
        page.addInitScript(
          beforeElement(() => {
            window.ended = [];
            const { setTimeout } = window;
            window.setTimeout = (call, delay, ...rest) => setTimeout(() => (window.ended.push(delay), call()), delay, ...rest);
          }),
        ),
    });
    const button = await add(page, { sessionId: await sim.session() });
    await button.until("ready");
    await page.evaluate(() => (window.ended = []));
    // The first request may take ten seconds and each held one eleven, so wait for more polls than that.
    const polls = () => sim.log(({ path, outcome }) => path.endsWith("/connect") && outcome === "answered");
    const { length } = await polls();
    await eventually(async () => (await polls()).length >= length + 12, "no polls");
    assert.deepEqual((await page.evaluate(() => window.ended)).filter((delay) => delay >= 1000), []);
  } finally {
    await browser.close();
    await sim.close();
  }
});

test("a listener of the page to the abort of a poll does no harm", async () => {
  const listening = () => {
    const { fetch } = window;
    window.fetch = (url, init) => {
      // Any request may be aborted; here the poll is the only one.
      init?.signal?.addEventListener("abort", () => {
        window.aborted = true;
        document.getElementById("one")?.refresh();
      });
      return fetch(url, init);
    };
  };
  const page = await shared.page({ before: (page) => page.addInitScript(beforeElement(listening)) });
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  // The held poll is replaced by one that is answered at once.
  const held = () => shared.sim.log(({ path, outcome }) => path.endsWith("/connect") && outcome === "open");
  await eventually(async () => (await held()).length > 0, "no poll is held");
  await page.evaluate(() => window.dispatchEvent(new Event("online")));
  await page.waitForFunction(() => window.aborted);
  await button.main.click();
  await button.until("joined");
  assert.deepEqual(await button.events("barge-in-error"), []);
  assert.deepEqual(page.errors, []);
});

for (const [what, broken] of [
  ["throws", () => { throw new Error("no"); }],
  ["gives no promise", () => undefined],
]) {
  test(`a page's own fetch that ${what} is a failed attempt`, async () => {
    // The page must replace fetch before the widget is loaded.
    const page = await shared.page({
      before: (page) =>
        page.addInitScript(
          beforeElement(`
            const { fetch } = window;
            window.fetch = (...args) => (window.broken ? (${broken})() : fetch(...args));
          `),
        ),
    });
    const button = await add(page, { sessionId: await shared.sim.session() });
    await button.until("ready");
    // Not before the press, which a poll that is asked anew would forestall.
    await page.evaluate(() => document.addEventListener("pointerdown", () => (window.broken = true), { capture: true }));
    await button.main.click();
    const [error, ...more] = await button.untilEvents("barge-in-error");
    assert.deepEqual(more, []);
    assert.deepEqual([error.detail.operation, error.detail.kind], ["SwitchToBargeIn", "network"]);
    // The session cannot be read either, so the outcome is not known.
    await button.until("unavailable", "disconnected");
    assert.deepEqual(page.errors, []);
  });
}

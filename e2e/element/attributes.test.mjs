/** Attributes, properties and methods; moving and removing elements; many elements. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add, Button } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { requests } from "../support/requests.mjs";
import { beforeElement } from "../support/sim.mjs";

const shared = fixture();

/** Waits until the server has answered a request to a path with these words. */
const answered = (words) =>
  eventually(async () => (await shared.sim.log(({ path, outcome }) => path.includes(words) && outcome === "answered")).length > 0, words);

test("attributes and properties mirror each other", async () => {
  const page = await shared.page();
  const button = await add(page);
  const read = () =>
    button.host.evaluate((e) => [e.baseUrl, e.sessionId, e.media, e.channel, e.transport, e.confirm, e.modes, e.requestTimeout, e.confirmTimeout]);
  assert.deepEqual(await read(), ["", null, "smssession", "/v2/me/*", "long-polling", "none", false, 10000, 5000]);
  await button.set({
    baseUrl: "/x",
    sessionId: "s 1",
    media: "chat",
    channel: "/**",
    transport: "host",
    confirm: "dialog",
    modes: true,
    requestTimeout: 1500,
    confirmTimeout: 700,
    userId: "u",
  });
  const attributes = await button.host.evaluate((e) => Object.fromEntries([...e.attributes].map((a) => [a.name, a.value])));
  assert.deepEqual(attributes, {
    id: "one",
    "base-url": "/x",
    "session-id": "s 1",
    media: "chat",
    channel: "/**",
    transport: "host",
    confirm: "dialog",
    modes: "",
    "request-timeout": "1500",
    "confirm-timeout": "700",
    "user-id": "u",
  });
  assert.deepEqual(await read(), ["/x", "s 1", "chat", "/**", "host", "dialog", true, 1500, 700]);
  await button.set({ sessionId: null, media: undefined, modes: false, requestTimeout: null });
  assert.deepEqual(await read(), ["/x", null, "smssession", "/**", "host", "dialog", false, 10000, 700]);
  await button.host.evaluate((e) => e.setAttribute("request-timeout", "soon"));
  assert.equal(await button.get("requestTimeout"), 10000);
});

test("properties set before the definition count", async () => {
  const page = await shared.page({ path: "/bare.html" });
  const session = await shared.sim.session();
  await page.evaluate(async (session) => {
    const element = document.createElement("barge-in-button");
    Object.assign(element, { id: "one", sessionId: session, modes: true, strings: { "barge-in": "Step in" } });
    document.body.append(element);
    await import("/npm/define.js");
  }, session);
  const button = await new Button(page).until("ready");
  assert.equal(await button.host.getAttribute("session-id"), session);
  assert.equal(await button.main.textContent(), "Step in");
  assert.equal(await button.part("coach").count(), 1);
});

test("an element in the page's markup works, too", async () => {
  await shared.sim.session({ id: "from-markup" });
  const page = await shared.page({ path: "/markup.html" });
  const button = await new Button(page).until("ready");
  assert.equal(await button.get("sessionId"), "from-markup");
});

test("changing the session takes effect, and many changes at once are one", async () => {
  const page = await shared.page();
  const [first, second, chat] = [await shared.sim.session(), await shared.sim.session(), await shared.sim.session({ media: "chat" })];
  const button = await add(page, { sessionId: first });
  await button.until("ready");
  await button.host.evaluate(
    (element, [second, chat]) => {
      element.sessionId = second;
      element.media = "chat";
      element.sessionId = chat;
    },
    [second, chat],
  );
  await page.waitForFunction((chat) => document.querySelector("#one").session?.id === chat, chat);
  await button.until("ready");
  const changes = await button.events("barge-in-change");
  assert.ok(changes.every((event) => event.detail.sessionId !== second));
  await button.set({ sessionId: "nowhere" });
  await button.until("unavailable", "not-found");
  await button.set({ sessionId: null });
  await button.until("unavailable", "no-session");
});

test("setting properties never moves focus", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  await page.evaluate(() => document.body.append(document.createElement("input")));
  await page.locator("input").focus();
  await button.set({ modes: true, confirm: "inline" });
  await button.part("coach").waitFor();
  await button.set({ confirm: "dialog", sessionId: null });
  await button.until("unavailable", "no-session");
  assert.equal(await page.evaluate(() => document.activeElement.tagName), "INPUT");
});

test("the modes and the question come and go, and the button stays", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  await button.host.evaluate((element) => {
    window.errors = [];
    element.addEventListener("barge-in-error", ({ detail }) => window.errors.push(detail.kind));
    window.main = element.shadowRoot.querySelector("[part=button]");
  });
  for (const [modes, confirm, parts] of [
    [true, "inline", ["monitor", "coach", "button", "cancel", "confirm"]],
    [false, "inline", ["button", "cancel", "confirm"]],
    [false, "none", ["button"]],
    [true, "dialog", ["monitor", "coach", "button", "cancel", "confirm"]],
    [true, "none", ["monitor", "coach", "button"]],
    [false, "none", ["button"]],
  ]) {
    await button.set({ modes, confirm });
    await page.waitForFunction(
      (parts) => String([...document.querySelector("#one").shadowRoot.querySelectorAll("button")].map((one) => one.part)) === parts,
      String(parts),
    );
    const stays = await page.evaluate(() => window.main === document.querySelector("#one").shadowRoot.querySelector("[part=button]"));
    assert.ok(stays, `modes=${modes} confirm=${confirm}`);
  }
  assert.deepEqual(await page.evaluate(() => window.errors), []);
});

test("focus() puts focus on the button", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  await button.host.evaluate((element) => element.focus());
  assert.equal(await button.focused(), "button");
});

for (const confirm of ["inline", "dialog"]) {
  test(`${confirm}: focus() goes to the safe choice while the question is open, and to the button again after it`, async () => {
    const page = await shared.page();
    const button = await add(page, { sessionId: await shared.sim.session(), confirm });
    await button.until("ready");
    await button.main.click();
    await button.until("confirming");
    await button.part("confirm").focus();
    assert.equal(await button.focused(), "confirm");
    await button.host.evaluate((element) => element.focus());
    assert.equal(await button.focused(), "cancel");
    await page.keyboard.press("Escape");
    await button.until("ready");
    await button.main.evaluate((element) => element.blur());
    await button.host.evaluate((element) => element.focus());
    assert.equal(await button.focused(), "button");
  });
}

test("the user id and the session can be read", async () => {
  const page = await shared.page();
  const session = await shared.sim.session({ customer: "Nora" });
  const button = await add(page, { sessionId: session });
  await button.until("ready");
  assert.match(await button.get("userId"), /^[0-9a-f]{32}$/);
  const body = await button.get("session");
  assert.equal(body.id, session);
  assert.ok(body.participants.some((one) => one.nickname === "Nora"));
  // The returned value is a copy.
  const before = await button.get("capabilities");
  await button.host.evaluate((element) => element.capabilities.push("Mine"));
  assert.deepEqual(await button.get("capabilities"), before);
});

test("a listener that changes an event's capabilities changes no element", async () => {
  const page = await shared.page();
  const session = await shared.sim.session({ capabilities: ["Leave", "SwitchToBargeIn"] });
  await page.evaluate(() =>
    document.addEventListener("barge-in-change", ({ detail }) => detail.capabilities.splice(0, 9, "Mine")),
  );
  const [one, two] = [await add(page, { sessionId: session }), await add(page, { sessionId: session }, { id: "two" })];
  for (const button of [one, two]) {
    await button.until("ready");
    assert.deepEqual(await button.get("capabilities"), ["Leave", "SwitchToBargeIn"]);
  }
  // The listener's changes do not affect the comparison: nothing has changed, so no event is dispatched.
  const told = (await one.events("barge-in-change")).length;
  await shared.sim.clearLog();
  await one.host.evaluate((element) => element.refresh());
  await answered("/me/smssessions?");
  await shared.sim.act(session, "capabilities", { list: ["Leave"] });
  await one.until("unavailable", "not-permitted");
  const changes = (await one.events("barge-in-change")).slice(told).map(({ detail }) => detail.state);
  assert.deepEqual(changes, ["unavailable"]);
});

test("an empty user id counts as none: the property gives that of the server", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session(), userId: "" });
  await button.until("ready");
  assert.equal(await button.host.getAttribute("user-id"), "");
  assert.match(await button.get("userId"), /^[0-9a-f]{32}$/);
  assert.equal(await button.get("mode"), "monitor", "found by the id");
});

for (const none of [null, ""]) {
  test(`in events the session id is null while the element's is ${JSON.stringify(none)}`, async () => {
    const page = await shared.page();
    const button = await add(page, { sessionId: await shared.sim.session() });
    await button.until("ready");
    await button.set({ sessionId: none });
    await button.until("unavailable", "no-session");
    const { detail } = (await button.events("barge-in-change")).at(-1);
    assert.deepEqual([detail.reason, detail.sessionId], ["no-session", null]);
    try {
      await shared.sim.post("/sign-out");
      await button.host.evaluate((element) => element.refresh());
      const [error] = await button.untilEvents("barge-in-error");
      assert.deepEqual([error.detail.kind, error.detail.sessionId], ["unauthenticated", null]);
    } finally {
      await shared.sim.post("/sign-in");
    }
  });

  test(`the same before WebAssembly runs, and if it never does: ${JSON.stringify(none)}`, async () => {
    let answer;
    const held = new Promise((resolve) => (answer = resolve));
    const before = (page) => page.route("**/barge-in.wasm", (route) => held.then(() => route.fulfill({ status: 503 })));
    const page = await shared.page({ before });
    const button = await add(page, { sessionId: "any" });
    await button.until("unavailable", "connecting");
    await button.set({ sessionId: none });
    await button.until("unavailable", "no-session");
    answer();
    const [error] = await button.untilEvents("barge-in-error");
    assert.deepEqual([error.detail.kind, error.detail.sessionId], ["unsupported", null]);
    const changes = (await button.events("barge-in-change")).map(({ detail }) => [detail.reason, detail.sessionId]);
    assert.deepEqual(changes, [["connecting", "any"], ["no-session", null], ["unsupported", null]]);
  });
}

test("request headers are on every request, are requested each time and are not stored", async () => {
  let asked;
  const page = await shared.page({ before: async (page) => (asked = await requests(page)) });
  const session = await shared.sim.session();
  await page.evaluate((session) => {
    let count = 0;
    const element = document.createElement("barge-in-button");
    element.id = "one";
    element.requestHeaders = async () => ({ "X-Console": `secret-${++count}` });
    element.sessionId = session;
    document.body.append(element);
  }, session);
  const button = await new Button(page).until("ready");
  await button.main.click();
  await button.until("joined");
  assert.ok(asked.length >= 6);
  const values = asked.map(({ headers }) => headers["x-console"]);
  for (const value of values) assert.match(value ?? "none", /^secret-\d+$/, `${values}`);
  assert.equal(new Set(values).size, values.length, "each request asks anew");
  const left = await page.evaluate(() => {
    const element = document.querySelector("#one");
    return element.outerHTML + element.shadowRoot.innerHTML + JSON.stringify([window.seen, { ...localStorage }, { ...sessionStorage }, document.cookie]);
  });
  assert.doesNotMatch(left, /secret/);
});

test("another change of an element does not restore its old headers", async () => {
  let asked;
  const page = await shared.page({ before: async (page) => (asked = await requests(page)) });
  const session = await shared.sim.session();
  const first = await add(page, { sessionId: session, requestHeaders: { "X-Console": "first" } });
  await first.until("ready");
  const second = await add(page, { sessionId: session, requestHeaders: { "X-Console": "second" } }, { id: "two" });
  await second.until("ready");
  await first.set({ modes: true });
  await first.part("coach").waitFor();
  asked.length = 0;
  await first.host.evaluate((element) => element.refresh());
  const sent = await eventually(() => asked.find(({ path }) => path === "/api/v2/me"), "nothing is asked");
  assert.equal(sent.headers["x-console"], "second");
});

test("moving an element keeps it running", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  await shared.sim.clearLog();
  const kept = await button.host.evaluate(async (element) => {
    const before = element.shadowRoot.querySelector("[part=base]");
    const box = document.body.appendChild(document.createElement("section"));
    box.append(element);
    await new Promise((resolve) => setTimeout(resolve));
    return before === element.shadowRoot.querySelector("[part=base]");
  });
  assert.ok(kept, "the same nodes");
  await button.main.click();
  await button.until("joined");
  assert.deepEqual((await shared.sim.log()).filter((entry) => /handshake|disconnect/.test(entry.path)), []);
});

test("removed, nothing runs; put back, it starts again", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  await page.evaluate(() => (window.kept = document.querySelector("#one")).remove());
  await answered("/disconnect");
  await page.waitForFunction(() => window.kept.session === undefined);
  await shared.sim.clearLog();
  assert.equal(await page.evaluate(() => window.kept.shadowRoot.activeElement), null);
  await page.evaluate(() => document.body.append(window.kept));
  await button.until("ready");
  const handshakes = (await shared.sim.log()).filter((entry) => entry.path.includes("handshake"));
  assert.equal(handshakes.length, 1);
});

test("fifty elements share one WebAssembly, one connection and one read; all removed, nothing is kept", async () => {
  const page = await shared.page();
  const sessions = [];
  for (let i = 0; i < 10; i++) sessions.push(await shared.sim.session());
  await shared.sim.clearLog();
  await page.evaluate((sessions) => {
    for (let i = 0; i < 50; i++) {
      const element = document.createElement("barge-in-button");
      element.id = `n${i}`;
      element.sessionId = sessions[i % sessions.length];
      document.body.append(element);
    }
  }, sessions);
  await page.waitForFunction(() => [...document.querySelectorAll("barge-in-button")].every((element) => element.state === "ready"));
  const log = await shared.sim.log();
  const count = (pattern) => log.filter((entry) => pattern.test(`${entry.method} ${entry.path}`)).length;
  assert.equal(count(/handshake/), 1);
  assert.equal(count(/GET .*\/me\/smssessions/), 1);
  assert.equal(count(/GET .*\/api\/v2\/me$/), 1);
  await page.evaluate(() => document.querySelectorAll("barge-in-button").forEach((element) => element.remove()));
  await answered("/disconnect");
  const state = await shared.sim.get("/state");
  assert.equal(state.polls, 0);
});

/** Runs first in the page: counts the timers that have been set and have neither fired nor been cleared. */
function countTimers() {
  const alive = new Map();
  window.timers = () => [...alive.values()];
  for (const kind of ["Timeout", "Interval"]) {
    const [set, clear] = [window[`set${kind}`], window[`clear${kind}`]];
    window[`set${kind}`] = (run, delay, ...args) => {
      const fire = () => {
        if (kind === "Timeout") alive.delete(id);
        run(...args);
      };
      const id = set(fire, delay);
      alive.set(id, `${kind} of ${delay} ms`);
      return id;
    };
    window[`clear${kind}`] = (id) => {
      alive.delete(id);
      clear(id);
    };
  }
}

/** The types of events with listeners on the window and on the document. */
async function listeners(session) {
  const kinds = [];
  for (const expression of ["window", "document"]) {
    const { result } = await session.send("Runtime.evaluate", { expression });
    const { listeners } = await session.send("DOMDebugger.getEventListeners", { objectId: result.objectId });
    kinds.push(...listeners.map(({ type }) => `${type} on ${expression}`));
    await session.send("Runtime.releaseObject", { objectId: result.objectId });
  }
  return kinds.sort();
}

const untilJoined = async (button) => {
  await button.main.click();
  await button.until("joined");
};

/** Situations in which elements are removed: their properties, and what happens to the first of them before. */
const LEAVINGS = {
  "after a join": { reach: untilJoined },
  "in another language": { properties: { lang: "de" }, reach: untilJoined },
  "fed by the page": { properties: { transport: "host", confirmTimeout: 300 }, reach: untilJoined },
  "while a question is open": {
    properties: { confirm: "dialog" },
    async reach(button) {
      await button.main.click();
      await button.until("confirming");
    },
  },
  "while a press is pending": {
    async reach(button) {
      await shared.sim.fault("hang", { operation: "SwitchToBargeIn" });
      await button.main.click();
      await button.until("pending");
    },
  },
  "while the server is down": {
    async reach(button) {
      await shared.sim.fault("refuse", { path: "/api" }, { times: "always", httpStatus: 503 });
      await button.page.evaluate(() => window.dispatchEvent(new Event("online")));
      await button.host.evaluate((element) => element.refresh());
      await button.until("unavailable", "disconnected");
    },
  },
};

for (const [when, { properties, reach }] of Object.entries(LEAVINGS)) {
  test(`all removed ${when}: nothing runs, nothing listens and no element is kept`, async () => {
    const page = await shared.page({ before: (page) => page.addInitScript(beforeElement(countTimers)) });
    const session = await page.context().newCDPSession(page);
    await page.waitForFunction(() => customElements.get("barge-in-button"));
    const before = await listeners(session);
    const sessions = [await shared.sim.session(), await shared.sim.session()];
    await page.evaluate(
      ([sessions, properties]) => {
        window.refs = [];
        for (const [at, sessionId] of [...sessions, ...sessions, null].entries()) {
          const element = document.createElement("barge-in-button");
          Object.assign(element, { id: `n${at}`, sessionId, modes: at % 2 === 1, ...properties });
          document.body.append(element);
          window.refs.push(new WeakRef(element));
        }
      },
      [sessions, properties],
    );
    for (const id of ["n0", "n1", "n2", "n3"]) await new Button(page, id).until("ready");
    await new Button(page, "n4").until("unavailable", "no-session");
    await reach(new Button(page, "n0"));
    assert.ok((await listeners(session)).length > before.length, "it does listen while an element is there");

    await page.evaluate(() => document.querySelectorAll("barge-in-button").forEach((element) => element.remove()));
    assert.deepEqual(await page.evaluate(() => window.timers()), []);
    assert.deepEqual(await listeners(session), before);
    const last = (await shared.sim.log()).at(-1).seq;
    await page.evaluate(async () => {
      for (const kind of ["online", "offline", "pageshow"]) window.dispatchEvent(new Event(kind));
      for (const kind of ["visibilitychange", "resume"]) document.dispatchEvent(new Event(kind));
      // Requests that they had caused would have been sent before this one.
      await fetch("/api/v2/diagnostics/version");
    });
    const later = (await shared.sim.log(({ seq }) => seq > last)).map(({ path }) => path);
    // The disconnect may still be under way.
    assert.deepEqual(later.filter((path) => !path.endsWith("/disconnect")), ["/api/v2/diagnostics/version"]);
    const open = async () => (await shared.sim.log(({ outcome }) => outcome === "open")).map(({ path }) => path);
    await eventually(async () => (await open()).length === 0, async () => `${await open()} goes on`);

    const kept = () => page.evaluate(() => window.refs.flatMap((ref, at) => (ref.deref() ? [at] : [])));
    await eventually(
      async () => {
        // An inspected object is kept until the task ends, so each check runs in a task of its own.
        await session.send("HeapProfiler.collectGarbage");
        return (await kept()).length === 0;
      },
      async () => `elements ${await kept()} are kept`,
    );
    assert.deepEqual(page.errors, []);
  });
}

test("trailing slashes of a base URL do not matter", async () => {
  const page = await shared.page();
  const session = await shared.sim.session();
  const { url } = shared.sim;
  await shared.sim.clearLog();
  const all = [];
  for (const [at, baseUrl] of [url, `${url}/`, `${url}//`].entries()) all.push(await add(page, { sessionId: session, baseUrl }, { id: `n${at}` }));
  for (const button of all) await button.until("ready");
  await all[1].main.click();
  for (const button of all) await button.until("joined");
  const log = await shared.sim.log();
  assert.equal(log.filter(({ path }) => path.includes("handshake")).length, 1);
  assert.deepEqual(log.filter(({ path }) => path.includes("//")), []);
  assert.equal((await shared.sim.operations(session)).length, 1);
});

test("two elements on one session act as one", async () => {
  const page = await shared.page();
  const session = await shared.sim.session();
  const [first, second] = [await add(page, { sessionId: session }), await add(page, { sessionId: session }, { id: "two" })];
  await first.until("ready");
  await second.until("ready");
  await shared.sim.clearLog();
  await page.evaluate(() => {
    for (const id of ["one", "two", "one"]) document.getElementById(id).shadowRoot.querySelector("[part=button]").click();
  });
  await first.until("joined");
  await second.until("joined");
  assert.equal((await shared.sim.operations(session)).length, 1);
  const [joined] = await first.untilEvents("barge-in-joined");
  // The notification may come before the answer.
  assert.equal(typeof joined.detail.confirmMs, "number");
  const [other] = await second.untilEvents("barge-in-joined");
  assert.deepEqual([other.detail.requestMs, other.detail.confirmMs], [null, null]);
});

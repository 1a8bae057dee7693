/** Use by keyboard, by screen reader, and with other colours. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { CIRCUMSTANCES, SITUATIONS } from "../support/situations.mjs";

const shared = fixture();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function violations(page) {
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.target.flat().join(" ")).join(", ")} ${one.nodes[0].failureSummary}`);
}

/** Opens a page without accessibility faults of its own, with axe in it. */
async function sound(before = () => {}) {
  const prepare = async (page) => {
    await page.addInitScript(axe);
    await before(page);
  };
  const page = await shared.page({ before: prepare });
  await page.evaluate(() => {
    const heading = document.createElement("h1");
    heading.textContent = "Console";
    document.querySelector("main").append(heading);
  });
  return page;
}

/** What axe finds on a button's page in each of the circumstances. */
async function found(button) {
  const { page } = button;
  const all = [];
  for (const [where, { context, root }] of Object.entries(CIRCUMSTANCES)) {
    await page.emulateMedia({ colorScheme: null, forcedColors: null, ...context });
    const attributes = { lang: "en", ...root };
    await page.evaluate((attributes) => {
      const { documentElement } = document;
      for (const name of ["data-scheme", "dir"]) documentElement.removeAttribute(name);
      for (const name in attributes) documentElement.setAttribute(name, attributes[name]);
    }, attributes);
    await button.untilIn(attributes.lang);
    all.push(...(await violations(page)).map((one) => `${where}: ${one}`));
  }
  return all;
}

const WASM = "**/barge-in.wasm";

/** Reasons that do not depend on the session, and how the page and the server get there. */
const TROUBLES = {
  "standing in": { reason: "connecting", before: (page) => page.route(WASM, () => {}) },
  unsupported: { reason: "unsupported", before: (page) => page.route(WASM, (route) => route.fulfill({ status: 503 })) },
  unauthenticated: { reason: "unauthenticated", begin: (sim) => sim.post("/sign-out"), end: (sim) => sim.post("/sign-in") },
  disconnected: {
    reason: "disconnected",
    begin: (sim) => sim.fault("refuse", { path: "/api" }, { times: "always", httpStatus: 503 }),
  },
};

test("axe finds nothing in any state", async () => {
  for (const modes of [false, true]) {
    const page = await sound();
    for (const [name, reach] of Object.entries(SITUATIONS)) {
      const button = await reach({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes }, { parent: "main" }) });
      const state = await button.get("state");
      assert.deepEqual(await found(button), [], `${name}, modes=${modes}`);
      assert.equal(await button.get("state"), state);
      await page.keyboard.press("Escape");
      await button.host.evaluate((element) => element.remove());
    }
  }
});

for (const [name, { reason, before, begin, end }] of Object.entries(TROUBLES)) {
  test(`axe finds nothing in a button that is ${name}`, async () => {
    try {
      for (const modes of [false, true]) {
        await begin?.(shared.sim);
        const page = await sound(before);
        const button = await add(page, { sessionId: await shared.sim.session(), modes }, { parent: "main" });
        await button.until("unavailable", reason);
        await button.main.waitFor();
        assert.deepEqual(await found(button), [], `modes=${modes}`);
        assert.deepEqual([await button.get("state"), await button.get("reason")], ["unavailable", reason]);
        await shared.sim.clearFaults();
      }
    } finally {
      await end?.(shared.sim);
    }
  });
}

test("axe would find a fault", async () => {
  const page = await shared.page({ before: (page) => page.addInitScript(axe) });
  const button = await SITUATIONS.ready({ sim: shared.sim, add: (properties) => add(page, properties, { parent: "main" }) });
  await button.main.evaluate((element) => (element.textContent = ""));
  assert.match((await violations(page)).join(), /button-name/);
});

test("the button's name is the same in all states, and there is no aria-pressed", async () => {
  const page = await shared.page();
  for (const [name, reach] of Object.entries(SITUATIONS)) {
    if (name.startsWith("confirming")) continue;
    const button = await reach({ sim: shared.sim, add: (properties) => add(page, properties) });
    assert.equal(await page.getByRole("button", { name: "Barge in", exact: true, disabled: undefined }).count(), 1, name);
    assert.equal(await button.main.getAttribute("aria-pressed"), null);
    assert.equal(await button.main.getAttribute("disabled"), null);
    await button.host.evaluate((element) => element.remove());
  }
});

test("why it is off is the button's description", async () => {
  const page = await shared.page();
  const button = await SITUATIONS["not permitted"]({ sim: shared.sim, add: (properties) => add(page, properties) });
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const node = nodes.find((one) => one.role?.value === "button" && one.name?.value === "Barge in");
  assert.equal(node.description.value, await button.words());
  assert.equal(node.description.value, "The server does not allow barging in now.");
});

test("the inline question is read before its answers", async () => {
  // Orca takes what comes first in the place of the pressed button as read, without a word, and Cancel has the focus.
  const page = await shared.page();
  await SITUATIONS["confirming inline"]({ sim: shared.sim, add: (properties) => add(page, properties, { parent: "main" }) });
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  const read = nodes.filter((one) => !one.ignored && ["StaticText", "button"].includes(one.role?.value)).map((one) => one.name.value);
  const at = (test) => read.findIndex((words) => test.test(words));
  assert.ok(at(/will both see/) >= 0 && at(/will both see/) < at(/^Cancel$/), read.join(" | "));
});

/** The texts of the live regions of this role in the accessibility tree. */
async function regions(page, role) {
  const session = await page.context().newCDPSession(page);
  const { nodes } = await session.send("Accessibility.getFullAXTree");
  await session.detach();
  const children = (node) => (node.childIds ?? []).map((id) => nodes.find((one) => one.nodeId === id));
  const text = (node) => (node.role?.value === "StaticText" ? node.name.value : children(node).map(text).join(""));
  return nodes.filter((one) => !one.ignored && one.role?.value === role).map(text);
}

/** Records each text that is put into a live region, including the same text again; returns a function that gives them so far. */
async function listen(button) {
  await button.host.evaluate((element) => {
    window.said = [];
    for (const part of ["status", "alert"]) {
      const region = element.shadowRoot.querySelector(`[part=${part}]`);
      const note = () => window.said.push([part, region.textContent]);
      new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
      // Its position is recorded, too: a region that is removed and put back, or hidden meanwhile, would be announced
      // again.
      new MutationObserver(note).observe(region, { attributes: true });
      new MutationObserver((records) => {
        const nodes = records.flatMap(({ addedNodes, removedNodes }) => [...addedNodes, ...removedNodes]);
        if (nodes.some((node) => node.contains(region))) note();
      }).observe(element.shadowRoot, { childList: true, subtree: true });
    }
  });
  return async (part) => {
    const said = await button.page.evaluate(() => window.said);
    return said.filter(([where]) => where === part).map(([, text]) => text);
  };
}

test("the live regions are there before the first press, and each outcome is said once", async () => {
  const page = await shared.page();
  const button = await SITUATIONS.ready({ sim: shared.sim, add: (properties) => add(page, properties) });
  assert.deepEqual(await regions(page, "status"), [""]);
  assert.deepEqual(await regions(page, "alert"), [""]);
  const heard = await listen(button);
  await button.main.click();
  await button.until("joined");
  const said = (await heard("status")).filter((text) => text);
  assert.equal(said.at(-1), "You have joined. Agent and customer see what you write.");
  assert.equal(new Set(said).size, said.length, said.join());
  assert.ok(said.length <= 2, said.join());
  assert.deepEqual(await heard("alert"), []);
  assert.deepEqual(await regions(page, "status"), ["You have joined. Agent and customer see what you write."]);
});

const NETWORK = "The network failed before the server answered. You may try again.";
const HTTP = "The server answered with error 500. You may try again.";

/** Ways in which a press on a page fails, with the text for each. */
const FAILURES = [
  ["by the network", NETWORK, (page) => page.route("**/me/smssessions/*", (route) => route.abort())],
  ["with 500", HTTP, () => shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 500, body: "" })],
];

for (const confirm of ["inline", "dialog"]) {
  for (const [how, words, fail] of FAILURES) {
    test(`${confirm}: an attempt that failed ${how} is announced once, and not again when the next is cancelled`, async () => {
      const page = await shared.page();
      const button = await add(page, { sessionId: await shared.sim.session(), confirm });
      await button.until("ready");
      const heard = await listen(button);
      await fail(page);
      await button.main.click();
      await button.until("confirming");
      await button.part("confirm").click();
      await button.until("failed");
      assert.deepEqual(await heard("alert"), [words]);
      for (const leave of [() => button.part("cancel").click(), () => page.keyboard.press("Escape")]) {
        await button.main.click();
        await button.until("confirming");
        assert.equal(await button.part("alert").textContent(), words);
        // Everything behind a modal dialog is not in the tree while it is open.
        assert.deepEqual(await regions(page, "alert"), confirm === "inline" ? [words] : []);
        await leave();
        await button.until("failed");
        assert.deepEqual(await regions(page, "alert"), [words]);
      }
      assert.deepEqual(await heard("alert"), [words]);
    });
  }
}

test("a failure's text does not change while the connection breaks and recovers; the reason says that it is lost", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  const heard = await listen(button);
  await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 500, body: "" });
  await button.main.click();
  await button.until("failed");
  for (let i = 0; i < 2; i++) {
    await page.context().setOffline(true);
    await page.evaluate(() => window.dispatchEvent(new Event("online")));
    // Each attempt to connect may change the reason, so it is waited for.
    await button.part("reason").filter({ hasText: "No connection to the server. Trying again…" }).waitFor();
    assert.deepEqual(await regions(page, "alert"), [HTTP]);
    await page.context().setOffline(false);
    await button.until("failed");
    assert.equal(await button.part("reason").textContent(), "");
    assert.deepEqual(await regions(page, "alert"), [HTTP]);
  }
  assert.deepEqual(await heard("alert"), [HTTP]);
});

test("a refusal is announced once, whatever the server reports about the session meanwhile", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  const heard = await listen(button);
  const refusal = { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" };
  await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, refusal);
  await button.main.click();
  await button.until("unavailable", "refused");
  for (const list of [["Leave"], ["Leave", "SwitchToCoach"]]) {
    await shared.sim.act(id, "capabilities", { list });
    await page.waitForFunction((list) => String(document.querySelector("#one").capabilities) === String(list), list);
    assert.equal(await button.get("reason"), "refused");
  }
  assert.deepEqual(await regions(page, "alert"), ["The server refused: \u2068Not your team\u2069"]);
  assert.deepEqual(await heard("alert"), ["The server refused: \u2068Not your team\u2069"]);
});

test("two attempts that fail in the same way are both announced", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.until("ready");
  const heard = await listen(button);
  for (let i = 0; i < 2; i++) {
    await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 500, body: "" });
    await button.main.click();
    await button.untilEvents("barge-in-error", i + 1);
    await button.until("failed");
  }
  // The second is a new outcome, so its text must be removed and inserted again to be announced.
  assert.deepEqual(await heard("alert"), [HTTP, "", HTTP]);
});

test("focus stays when the button turns off and on, and keys on a button that is off send nothing", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await button.main.focus();
  for (const list of [["Leave"], ["SwitchToBargeIn"], ["Leave"]]) {
    await shared.sim.act(id, "capabilities", { list });
    await page.waitForFunction((list) => String(document.querySelector("#one").capabilities) === String(list), list);
    assert.equal(await button.focused(), "button", String(list));
  }
  await page.keyboard.press("Enter");
  await page.keyboard.press("Space");
  await button.main.click({ force: true });
  await button.host.evaluate((element) => element.refresh());
  await button.until("unavailable", "not-permitted");
  assert.deepEqual(await shared.sim.operations(id), []);
});

test("a failed attempt is tried again by keyboard, from where focus was left", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await page.keyboard.press("Tab");
  for (const key of ["Enter", "Space"]) {
    await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 500, body: "" });
    await page.keyboard.press(key);
    await button.untilEvents("barge-in-error", key === "Enter" ? 1 : 2);
    await button.until("failed");
    assert.equal(await button.focused(), "button");
  }
  await page.keyboard.press("Enter");
  await button.until("joined");
  assert.equal(await button.focused(), "button");
  assert.equal((await shared.sim.operations(id)).length, 3);
});

test("targets are at least 24 px, also at 200 %", async () => {
  const page = await shared.page({ viewport: { width: 450, height: 350 }, deviceScaleFactor: 2 });
  await page.evaluate(() => (document.body.style.fontSize = "8px"));
  for (const name of ["ready", "confirming inline", "confirming in a dialog"]) {
    const button = await SITUATIONS[name]({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
    for (const target of await button.host.locator("button:visible").all()) {
      const { width, height } = await target.boundingBox();
      assert.ok(width >= 24 && height >= 24, `${await target.getAttribute("part")}: ${width} by ${height}`);
    }
    await page.keyboard.press("Escape");
    await button.host.evaluate((element) => element.remove());
  }
});

test("with reduced motion nothing moves", async () => {
  const page = await shared.page({ reducedMotion: "reduce" });
  const button = await SITUATIONS.pending({ sim: shared.sim, add: (properties) => add(page, properties) });
  const running = () => button.host.evaluate((element) => element.shadowRoot.querySelector("[part=base]").getAnimations({ subtree: true }).length);
  assert.equal(await running(), 0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  await page.waitForFunction(() => document.querySelector("#one").shadowRoot.querySelector("[part=base]").getAnimations({ subtree: true }).length > 0);
});

test("under forced colours the states differ by more than colour", async () => {
  const page = await shared.page({ forcedColors: "active" });
  const looks = {};
  for (const name of ["not permitted", "ready", "pending", "joined", "failed", "ended"]) {
    const button = await SITUATIONS[name]({ sim: shared.sim, add: (properties) => add(page, properties) });
    looks[name] = await button.main.evaluate((element) => {
      const [own, lamp] = [getComputedStyle(element), getComputedStyle(element, "::before")];
      const filled = own.backgroundColor !== getComputedStyle(document.documentElement).backgroundColor && !/, 0\)$/.test(own.backgroundColor);
      return [own.borderStyle, filled, lamp.clipPath, lamp.borderRadius, lamp.animationName, lamp.padding].join(" ");
    });
    await button.host.evaluate((element) => element.remove());
  }
  assert.equal(new Set(Object.values(looks)).size, Object.keys(looks).length, JSON.stringify(looks, null, 1));
});

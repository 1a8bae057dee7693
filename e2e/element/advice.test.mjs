/** Probable mistakes are reported once in the console, with a suggestion; names in small letters count. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { add, Button } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist } from "../support/paths.mjs";

const shared = fixture();

/** Opens a page that records the widget's console messages. */
async function open() {
  const page = await shared.page();
  page.said = [];
  page.on("console", (message) => message.text().startsWith("barge-in:") && page.said.push(message.text()));
  return page;
}

/** Adds an element by markup. */
async function markup(page, attributes, id = "one") {
  await page.evaluate(
    ([attributes, id]) => {
      const element = document.createElement("barge-in-button");
      for (const name in attributes) element.setAttribute(name, attributes[name]);
      element.id = id;
      document.body.append(element);
    },
    [attributes, id],
  );
  return new Button(page, id);
}

const MISTAKES = [
  [{ media: "sms" }, 'media="sms" is none of smssession, chat: it counts as smssession.'],
  [{ transport: "longpolling" }, 'transport="longpolling" is none of long-polling, websocket, host: it counts as long-polling.'],
  [{ confirm: "" }, 'confirm="" is none of none, inline, dialog: it counts as inline.'],
  [{ confirm: "Dialog" }, 'confirm="Dialog" is none of none, inline, dialog: it counts as inline.'],
  [{ "request-timeout": "abc" }, 'request-timeout="abc" is no number of ms above 0: it counts as 10000.'],
  [{ "confirm-timeout": "-1" }, 'confirm-timeout="-1" is no number of ms above 0: it counts as 5000.'],
  [{ modes: "false" }, 'modes="false" is on, as with any value: leave the attribute out.'],
  [{ requestheaders: "() => ({})" }, "requestHeaders is a property, not an attribute."],
  [{ strings: "[object Object]" }, "strings is a property, not an attribute."],
];

for (const [attributes, words] of MISTAKES) {
  test(`${JSON.stringify(attributes)} is said once`, async () => {
    const page = await open();
    const session = await shared.sim.session();
    for (const id of ["one", "two"]) await (await markup(page, { "session-id": session, ...attributes }, id)).until("ready");
    assert.deepEqual(page.said, [`barge-in: ${words}`]);
  });
}

const { attributes } = JSON.parse(readFileSync(join(dist, "custom-elements.json"), "utf8")).modules[0].declarations[0];

for (const { name, type } of attributes.filter((one) => one.type.text.includes('"'))) {
  test(`the words of ${name} are those of the manifest`, async () => {
    const page = await open();
    const words = Array.from(type.text.matchAll(/"([^"]+)"/g), ([, word]) => word);
    for (const word of words) await (await markup(page, { [name]: word }, word)).until("unavailable", "no-session");
    assert.deepEqual(page.said, []);
    await (await markup(page, { [name]: "other" })).until("unavailable", "no-session");
    assert.ok(page.said[0]?.includes(`is none of ${words.join(", ")}:`), page.said[0]);
  });
}

test("a channel without its slash gives one warning", async () => {
  const page = await open();
  await markup(page, { "session-id": "s", channel: "v2/me/*" });
  await page.waitForFunction(() => window.seen.events.length);
  assert.deepEqual(page.said.slice(0, 1), ['barge-in: channel="v2/me/*" must begin with a slash.']);
});

test("a base-url with the path that the widget adds gives a warning, and the path is not added twice", async () => {
  const page = await open();
  const button = await markup(page, { "session-id": await shared.sim.session(), "base-url": `${shared.sim.url}/api/v2/` });
  await button.until("ready");
  assert.deepEqual(page.said, [`barge-in: base-url="${shared.sim.url}/api/v2/" must end before /api/v2, which the widget adds.`]);
});

test("a base-url without a scheme gives a warning", async () => {
  const page = await open();
  await markup(page, { "session-id": "s", "base-url": "localhost:8900" });
  await page.waitForFunction(() => window.seen.events.length);
  assert.deepEqual(page.said.slice(0, 1), ['barge-in: base-url="localhost:8900" has no scheme: is https://localhost:8900 meant?']);
});

test("correct values give no warning", async () => {
  const page = await open();
  const session = await shared.sim.session();
  const right = [{}, { "base-url": shared.sim.url }, { "base-url": "/" }, { "base-url": "" }, { media: "smssession", transport: "websocket", confirm: "dialog", modes: "", "request-timeout": "1e3" }];
  for (const [at, attributes] of right.entries()) await (await markup(page, { "session-id": session, ...attributes }, `e${at}`)).until("ready");
  assert.deepEqual(page.said, []);
});

test("unknown texts give a warning with their key and without their text", async () => {
  const page = await open();
  const button = await add(page, { sessionId: await shared.sim.session(), strings: { joinned: "In", "barge-in": "Step in", "unsupported-type": "No" } });
  await button.until("ready");
  assert.deepEqual(page.said, ['barge-in: strings has no text "joinned".']);
});

test("an invalid requestHeaders gives a warning without its value", async () => {
  const page = await open();
  const button = await add(page, { sessionId: await shared.sim.session(), requestHeaders: "Bearer secret" });
  await button.until("ready");
  assert.deepEqual(page.said, ["barge-in: requestHeaders is neither an object nor a function."]);
});

test("lower-case attributes count, and the right spelling takes precedence", async () => {
  const page = await open();
  const session = await shared.sim.session();
  const button = await markup(page, { sessionid: session, requesttimeout: "1234", confirmtimeout: "77", userid: "u", baseurl: shared.sim.url });
  await button.until("ready");
  assert.deepEqual(
    await button.host.evaluate((e) => [e.sessionId, e.requestTimeout, e.confirmTimeout, e.userId, e.baseUrl]),
    [session, 1234, 77, "u", shared.sim.url],
  );
  await button.host.evaluate((element) => element.setAttribute("session-id", "other"));
  assert.equal(await button.get("sessionId"), "other");
  await button.set({ sessionId: null });
  await button.until("unavailable", "no-session");
  assert.equal(await button.host.getAttribute("sessionid"), null);
  await button.host.evaluate((element, session) => element.setAttribute("sessionid", session), session);
  await button.until("ready");
  assert.deepEqual(page.said, []);
});

test("lower-case properties count, before and after the definition", async () => {
  const page = await shared.page({ path: "/bare.html" });
  const session = await shared.sim.session();
  await page.evaluate(async (session) => {
    const element = document.createElement("barge-in-button");
    Object.assign(element, { id: "one", sessionid: session, requestheaders: { "X-Console": "early" } });
    document.body.append(element);
    await import("/npm/define.js");
  }, session);
  const button = await new Button(page).until("ready");
  const seen = [];
  page.on("request", (request) => seen.push(request.headers()["x-console"]));
  await button.host.evaluate((element) => element.refresh());
  await eventually(() => seen.includes("early"), "the header set before");
  await button.set({ requestheaders: { "X-Console": "late" } });
  await button.main.click();
  await button.until("joined");
  assert.ok(seen.includes("late"));
});

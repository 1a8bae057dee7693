/** The transcript: each entry once and in order, read by keys, announced apart, and nothing moves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { PATH, addPanel, seat } from "../support/panel.mjs";

const shared = fixture();

const customer = { nickname: "Mia", type: "Customer", participantId: "P-mia", visibility: "All" };
const agent = { nickname: "Ann", type: "Agent", participantId: "P-ann", visibility: "All" };
const entry = (index, text, from = customer, more = {}) => ({ index, type: "Text", text, from, visibility: "All", timestampSeconds: 1.7e12 + index * 60_000, ...more });

/** The address of a read of the log. */
const READ = "/messages?startIndex=";

/** A panel whose log has these entries. */
async function withLog(entries, properties = {}, context = {}) {
  const page = await shared.page({ path: PATH, ...context });
  const session = await shared.sim.session({ mode: "coach", agent: "Ann", customer: "Mia" });
  // A later read has nothing new.
  for (const [start, messages] of [["1", entries], ["", []]]) {
    await shared.sim.fault("refuse", { path: READ + start }, { times: "always", httpStatus: 200, body: JSON.stringify({ statusCode: 0, messages }) });
  }
  const panel = await addPanel(page, { sessionId: session, ...properties });
  await panel.until("ready");
  const told = (...messages) =>
    shared.sim.post("/publish", { channel: "/v2/me/smssessions", data: { messageType: "MessageLogUpdated", messages, smssessionUri: `http://x/api/v2/smssessions/${session}` } });
  return { page, panel, session, told };
}

const many = (count) => Array.from({ length: count }, (_, at) => entry(at + 1, `words ${at + 1}`, at % 2 ? agent : customer));

test("a history is not announced; the next entry is, once, with author and words", async () => {
  const { panel, told } = await withLog(many(300));
  await panel.untilSaid("words 300");
  const said = panel.host.locator("[aria-live=polite]");
  assert.equal(await said.textContent(), "");
  await told(entry(301, "and now?"));
  await panel.untilSaid("and now?");
  await eventually(async () => (await said.locator("div").count()) === 1, "one announcement");
  assert.match(await said.textContent(), /Mia.*: and now\?/);
});

test("the page's own words stand in an empty log, and go with its first entry", async () => {
  const { page, panel, told } = await withLog([]);
  await panel.host.evaluate((element) => {
    window.errors = [];
    element.addEventListener("barge-in-error", ({ detail }) => window.errors.push(detail.kind));
    element.append(Object.assign(document.createElement("p"), { slot: "empty", textContent: "Nothing was said." }));
  });
  const empty = page.getByText("Nothing was said.");
  await empty.waitFor();
  await told(entry(1, "first"));
  await panel.untilSaid("first");
  await empty.waitFor({ state: "hidden" });
  assert.deepEqual(await page.evaluate(() => window.errors), []);
});

test("a burst is announced by its number", async () => {
  const { panel, told } = await withLog([entry(1, "first")]);
  await panel.untilSaid("first");
  await told(...Array.from({ length: 40 }, (_, at) => entry(at + 2, `burst ${at}`)));
  await panel.untilSaid("burst 39");
  const said = panel.host.locator("[aria-live=polite]");
  await eventually(async () => (await said.textContent()) === "40 new messages", () => said.textContent());
});

test("any order, doubled, with gaps and with another session's: each once and in order", async () => {
  const { panel, session, told } = await withLog([entry(1, "1"), entry(2, "2")]);
  await panel.untilSaid("2");
  await told(entry(7, "7"), entry(4, "4"));
  await told(entry(4, "4"));
  await shared.sim.post("/publish", { channel: "/v2/me/smssessions", data: { messageType: "MessageLogUpdated", messages: [entry(8, "elsewhere")], smssessionUri: "http://x/api/v2/smssessions/other" } });
  await told(entry(9, "9"), entry(8, "8"));
  await told(entry(6, "6"));
  await panel.untilSaid("6");
  await eventually(async () => (await panel.said()).length === 7, async () => (await panel.said()).join());
  assert.deepEqual(await panel.said(), ["1", "2", "4", "6", "7", "8", "9"]);
  const asked = (await shared.sim.log(({ path }) => path.includes(READ))).map(({ path }) => path);
  assert.equal(new Set(asked).size, asked.length, `${asked} of ${session}`);
});

test("only text: no markup, no script, no link of the customer", async () => {
  const nasty = ["<img src=x onerror=alert(1)>", "javascript:alert(1)", "\u202eevil\u202c", "x".repeat(60_000), "👩‍👩‍👧", "a\r\nb", "https://evil.example/x", "y".repeat(1_000)];
  const { page, panel } = await withLog([...nasty.map((text, at) => entry(at + 1, text)), entry(20, "https://good.example/x", agent)]);
  await panel.untilSaid("https://good.example/x");
  assert.equal(await panel.part("lines").locator("img, script").count(), 0);
  assert.deepEqual(await panel.part("link").evaluateAll((links) => links.map((link) => [link.getAttribute("href"), link.rel, link.target])), [["https://good.example/x", "noopener noreferrer", "_blank"]]);
  assert.equal((await panel.said())[5], "a\nb");
  const fits = async () => {
    const [wide, view] = await panel.host.evaluate((element) => {
      const scroller = element.shadowRoot.querySelector(".scroller");
      return [scroller.scrollWidth, scroller.clientWidth];
    });
    assert.ok(wide <= view, `${wide} ${view}`);
  };
  await fits();
  await panel.part("lines").getByRole("button", { name: "Show all" }).click();
  await fits();
  assert.deepEqual(page.errors, []);
  assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
  await panel.set({ links: "all" });
  await eventually(async () => (await panel.part("link").count()) === 2, "both");
  await panel.set({ links: "none" });
  await eventually(async () => (await panel.part("link").count()) === 0, "none");
});

test("a message without words is not an empty bubble", async () => {
  const { panel } = await withLog([entry(1, ""), entry(2, undefined), entry(3, "", agent, { type: "PushUrl" })]);
  await eventually(async () => (await panel.part("line").count()) === 3, "three lines");
  assert.deepEqual(await panel.said(), Array(3).fill("A message that is empty, or too long to show."));
});

test("dates of every kind give the viewer's time, or none", async () => {
  const at = (index, more) => entry(index, `date ${index}`, customer, { timestampSeconds: undefined, ...more });
  const entries = [
    at(1, { timestampSeconds: 1399313371000 }),
    at(2, { timestamp: "2014-05-0511:09:31.000-0700" }),
    at(3, { timestamp: "2014-05-05 18:09:31 UTC" }),
    at(4, { timestamp: "yesterday" }),
    at(5, { timestampSeconds: 1e300 }),
  ];
  for (const [locale, timezoneId, time, lang = locale] of [["en-US", "UTC", "6:09 PM"], ["en-US", "Europe/Berlin", "20:09", "de"], ["de", "Europe/Berlin", "20:09"], ["ar-EG", "Asia/Riyadh", "٩:٠٩ م"]]) {
    const { panel, page } = await withLog(entries, {}, { locale, timezoneId });
    await page.evaluate((lang) => (document.documentElement.lang = lang), lang);
    await panel.untilSaid("date 5");
    const times = () => panel.part("line").evaluateAll((lines) => lines.map((line) => line.querySelector("time")?.textContent.replace("\u202f", " ") ?? null));
    await eventually(async () => (await times())[0] === time, async () => JSON.stringify(await times()));
    const [, second, , fourth, fifth] = await times();
    assert.deepEqual([second, fourth, fifth], [time, null, null]);
    assert.doesNotMatch(await panel.host.evaluate((element) => element.shadowRoot.textContent), /Invalid/);
  }
});

test("one tab stop, entered at the newest line; arrows move, Escape goes to the box", async () => {
  const { page, panel } = await withLog(many(30));
  await panel.untilSaid("words 30");
  await panel.box.focus();
  const focusedText = () => panel.host.evaluate((element) => element.shadowRoot.activeElement?.textContent ?? "");
  for (let presses = 0; presses < 6 && !/words/.test(await focusedText()); presses++) await page.keyboard.press("Shift+Tab");
  assert.match(await focusedText(), /^\u2068?Ann.*words 30/);
  await page.keyboard.press("ArrowUp");
  assert.match(await focusedText(), /words 29/);
  await page.keyboard.press("Home");
  assert.match(await focusedText(), /words 1 /);
  await page.keyboard.press("End");
  assert.match(await focusedText(), /words 30/);
  await page.keyboard.press("Escape");
  assert.equal(await panel.focused(), "box");
});

test("scrolled up, nothing moves: neither by new entries nor by earlier ones", async () => {
  const { page, panel, told } = await withLog(many(500), { history: 100 });
  await panel.untilSaid("words 500");
  const anchor = panel.part("line").filter({ hasText: "words 450 " });
  await panel.host.evaluate((element) => {
    const scroller = element.shadowRoot.querySelector(".scroller");
    scroller.scrollTop = scroller.querySelector('[data-index="450"]').offsetTop;
  });
  const place = async () => (await anchor.boundingBox()).y;
  const before = await place();
  const own = (await panel.get("participants")).find((one) => one.own);
  const fromElsewhere = entry(551, "my own", { nickname: own.nickname, type: "Agent", participantId: own.participantId });
  await told(...Array.from({ length: 50 }, (_, at) => entry(501 + at, `new ${at}`)), fromElsewhere);
  await panel.untilSaid("my own");
  assert.ok(Math.abs((await place()) - before) <= 1, `${before} ${await place()}`);
  assert.equal(await panel.part("newest").textContent(), "50 new messages");
  await eventually(async () => (await panel.get("unread")) === 50, "unread");
  await panel.part("earlier").evaluate((button) => button.click());
  await panel.untilSaid("words 301");
  assert.ok(Math.abs((await place()) - before) <= 1, `${before} ${await place()}`);
  await panel.part("newest").click();
  await eventually(async () => (await panel.get("unread")) === 0, "seen");
  assert.equal(await panel.part("newest").isVisible(), false);
  const focused = await panel.host.evaluate((element) => element.shadowRoot.activeElement?.getAttribute("data-index"));
  assert.equal(focused, "501");
  assert.deepEqual(page.errors, []);
});

test("at the end, the view stays there when earlier messages can be shown", async () => {
  const { panel, told } = await withLog([entry(1, "words 1")], { history: 100 });
  await panel.untilSaid("words 1");
  const toEnd = () => panel.host.locator(".scroller").evaluate((scroller) => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);
  for (const first of [2, 302]) {
    await told(...Array.from({ length: 300 }, (_, at) => entry(first + at, `words ${first + at}`)));
    await panel.untilSaid(`words ${first + 299}`);
    await panel.part("earlier").filter({ visible: true }).waitFor();
    // Two frames, for all that the browser tells of a scroll and of sizes.
    await panel.page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    assert.ok((await toEnd()) <= 1, `${await toEnd()} px`);
    assert.equal(await panel.get("unread"), 0);
  }
});

test("ten thousand entries: few lines at first, and later ones cost no work on the list", async () => {
  const { panel, told } = await withLog(many(10_000));
  await panel.untilSaid("words 10000");
  assert.ok((await panel.part("lines").locator("> li").count()) <= 250);
  await panel.part("time").last().waitFor();
  await panel.part("lines").evaluate((list) => {
    window.records = 0;
    new MutationObserver((records) => (window.records += records.length)).observe(list, { childList: true, subtree: true, attributes: true });
  });
  await told(entry(10_001, "one more"));
  await panel.untilSaid("one more");
  const records = await panel.page.evaluate(() => window.records);
  assert.ok(records <= 3, `${records} records`);
  assert.equal((await panel.get("transcript")).length, 10_001);
  await panel.set({ history: 2_500 });
  await panel.part("earlier").evaluate(async (button) => {
    while (!button.hidden) {
      button.click();
      await new Promise(requestAnimationFrame);
    }
  });
  assert.equal(await panel.part("line").count(), 10_001);
  assert.match(await panel.part("line").first().textContent(), /words 1\b/);
});

test("a log that cannot be read says so, and is read again", async () => {
  const page = await shared.page({ path: PATH });
  const session = await shared.sim.session({ mode: "coach" });
  await shared.sim.fault("refuse", { path: READ }, { times: "always", httpStatus: 502, body: "" });
  const panel = await addPanel(page, { sessionId: session });
  await eventually(async () => /could not be read/.test(await panel.part("transcript").textContent()), "the trouble");
  await shared.sim.clearFaults();
  await panel.part("event").first().waitFor();
  assert.doesNotMatch(await panel.part("transcript").textContent(), /could not be read/);
});

test("who is typing is told, and no longer once they have written", async () => {
  const { panel, told } = await withLog([entry(1, "hello")]);
  await panel.untilSaid("hello");
  const mia = (await panel.get("participants")).find((one) => one.role === "customer");
  await told({ index: 2, type: "TypingStarted", from: mia, visibility: "All" });
  await eventually(async () => /Mia.*is typing/.test(await panel.part("typing").textContent()), "typing");
  await told(entry(3, "written", mia));
  await panel.untilSaid("written");
  assert.equal(await panel.part("typing").textContent(), "");
});

test("a typist goes after ten seconds without a stop, and at once when leaving; two of one name are two", async () => {
  const { session, panel, told } = await withLog([entry(1, "hello")]);
  await panel.untilSaid("hello");
  const people = await panel.get("participants");
  const [ann, mia] = ["agent", "customer"].map((role) => people.find((one) => one.role === role));
  const typing = panel.part("typing");
  const begun = Date.now();
  await told({ index: 2, type: "TypingStarted", from: mia, visibility: "All" }, { index: 3, type: "TypingStarted", from: { ...ann, nickname: mia.nickname }, visibility: "All" });
  await typing.filter({ hasText: "2 people are typing" }).waitFor();
  await shared.sim.act(session, "agent-leaves");
  await typing.filter({ hasText: "Mia" }).waitFor();
  await eventually(async () => (await typing.textContent()) === "", "nobody");
  assert.ok(Date.now() - begun >= 10_000, "the customer goes on typing");
});

test("own entries without a uri are one's own", async () => {
  const { panel, told } = await withLog([entry(1, "hello")]);
  await panel.untilSaid("hello");
  const own = (await panel.get("participants")).find((one) => one.own);
  await told(entry(2, "mine", { nickname: own.nickname, type: "Agent", participantId: own.participantId }, { visibility: "Agents" }));
  await panel.untilSaid("mine");
  assert.equal(await panel.part("line").last().locator("[part=author]").textContent(), "You");
  assert.equal(await panel.host.locator("[aria-live=polite]").textContent(), "");
  assert.equal((await panel.get("transcript")).at(-1).own, true);
});

test("participants are named with role, and whether they see one; a change shows at its notification", async () => {
  const { session, panel } = await seat(shared, "coach");
  const people = () => panel.part("participant").evaluateAll((all) => all.map((one) => [one.dataset.role, one.textContent.replaceAll(/[\u2068\u2069]/g, "").trim()]));
  assert.deepEqual(await people(), [["agent", "Ann (Agent) sees you"], ["supervisor", "You"], ["customer", "Mia (Customer) does not see you"]]);
  await shared.sim.act(session, "second-supervisor", { mode: "coach", nickname: "Bo" });
  await eventually(async () => (await people()).length === 4, "Bo");
  assert.deepEqual((await people())[3], ["supervisor", "Bo (Supervisor) sees you"]);
  await panel.part("readers").filter({ hasText: "Bo" }).waitFor();
});

test("who is there and who sees one is shown within a frame of the notification", async () => {
  const { session, panel } = await seat(shared, "coach", { transport: "host" });
  /** What is shown of somebody in the frame after a notification that tells what the server knows. */
  const told = async (name) => {
    const { sessions } = await shared.sim.get("/state");
    const data = { messageType: "SMSsessionStateChangeMessage", smssession: sessions.find(({ id }) => id === session) };
    const people = await panel.host.evaluate(async (element, data) => {
      element.notify(data);
      await new Promise(requestAnimationFrame);
      return [...element.shadowRoot.querySelectorAll("[part=participant]")].map((one) => one.textContent);
    }, data);
    return people.find((words) => words.includes(name))?.replaceAll(/[\u2068\u2069]/g, "");
  };
  await shared.sim.act(session, "second-supervisor", { mode: "coach", nickname: "Bo" });
  assert.equal(await told("Bo"), "Bo (Supervisor) sees you");
  assert.equal(await told("Mia"), "Mia (Customer) does not see you");
  await shared.sim.act(session, "switch", { operation: "SwitchToBargeIn" });
  assert.equal(await told("Mia"), "Mia (Customer) sees you");
});

test("where a visibility is missing it is not known who sees one, and that is said", async () => {
  const { session, panel } = await seat(shared, "monitor");
  const sees = () => panel.part("participant").evaluateAll((all) => Object.fromEntries(all.map((one) => [one.dataset.role, one.querySelector(".sees").textContent])));
  assert.deepEqual(await sees(), { agent: "does not see you", supervisor: "", customer: "does not see you" });
  const { sessions } = await shared.sim.get("/state");
  const known = sessions.find(({ id }) => id === session);
  const tell = async (without) => {
    const participants = known.participants.map((one) => (without(one) ? { ...one, visibility: undefined } : one));
    const data = { messageType: "SMSsessionStateChangeMessage", notificationType: "ParticipantsUpdated", smssession: { ...known, participants } };
    await shared.sim.post("/publish", { channel: "/v2/me/smssessions", data });
  };
  await tell((one) => one.nickname === "Ann");
  await panel.part("participant").filter({ hasText: "may see you" }).waitFor();
  assert.deepEqual(await sees(), { agent: "may see you", supervisor: "", customer: "does not see you" });
  await tell((one) => one.visibility === "Supervisors");
  await eventually(async () => (await sees()).customer === "may see you", async () => JSON.stringify(await sees()));
  assert.equal((await panel.get("participants")).find((one) => one.role === "customer").seesYou, null);
});

/** Reading the transcript: what a line tells, where the view and the focus stay, what is new. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { PATH, addPanel } from "../support/panel.mjs";

const shared = fixture();

/** A panel on a session with this many messages of the customer. */
async function seat({ messages = 0, properties = {}, page: options = {} } = {}) {
  const session = await shared.sim.session({ mode: "coach", agent: "Ann", customer: "Mia" });
  for (let number = 1; number <= messages; number++) await say(session, `message ${number}`);
  const page = await shared.page({ path: PATH, ...options });
  const panel = await addPanel(page, { sessionId: session, ...properties });
  await panel.until("ready");
  if (messages) await panel.untilSaid(`message ${messages}`);
  return { page, session, panel };
}

const say = (session, text, from = "customer") => shared.sim.act(session, "say", { from, text });

/** One notification with these entries of the log; each has an index, a type, a text, an author. */
function publish(session, entries) {
  const data = { messageType: "MessageLogUpdated", notificationType: "NewMessages", smssessionPath: `/smssessions/${session}`, messages: entries };
  return shared.sim.post("/publish", { channel: "/v2/me/x", data });
}

/** A message of the agent of a published log. */
const entry = (index, text, more = {}) => ({ index, type: "Text", text, visibility: "All", from: { nickname: "Ann", type: "Agent", participantId: "a" }, ...more });

/** Calls a function with the panel's scroller. */
const scroller = (panel, run, argument) =>
  panel.host.evaluate((element, [run, argument]) => Function(`return ${run}`)()(element.shadowRoot.querySelector(".scroller"), argument), [String(run), argument]);

const fromEnd = (panel) => scroller(panel, (view) => view.scrollHeight - view.scrollTop - view.clientHeight);

/** Where a line is on the screen. */
const top = async (line) => (await line.boundingBox()).y;

test("messages that come one by one within a second are announced by their number from the fourth on", async () => {
  const { panel, session } = await seat({ messages: 1 });
  for (let number = 1; number <= 9; number++) publish(session, [entry(100 + number, `burst ${number}`)]);
  const announced = () => panel.host.locator(".said > *").allTextContents();
  await eventually(async () => (await announced()).some((text) => /new messages/.test(text)), "a number");
  const texts = await announced();
  assert.ok(texts.length <= 4, texts.join());
  assert.match(texts.at(-1), /^\d new messages$/);
});

test("a line tells author, words, audience and time, in this order", async () => {
  const { panel, session } = await seat({ messages: 1 });
  const line = panel.part("line");
  await line.locator("time").waitFor();
  assert.deepEqual(await line.locator("[part]").evaluateAll((nodes) => nodes.map((node) => node.getAttribute("part"))), ["author", "text", "time"]);
  assert.match(await line.textContent(), /^\u2068?Mia.* message 1 /);
  await panel.box.fill("see me");
  await panel.box.press("Enter");
  await panel.untilSaid("see me");
  const own = line.last();
  assert.match(await own.textContent(), /^You see me agents only /);
  assert.equal(await own.getAttribute("data-visibility"), "Agents");
  assert.ok(Number(await own.getAttribute("data-index")) > Number(await line.first().getAttribute("data-index")));
  assert.equal(await panel.host.locator("[role=log]").count(), 0);
  await publish(session, [entry(900, "no date"), entry(901, "bad date", { timestamp: "2015-99-99 nonsense" })]);
  await panel.untilSaid("bad date");
  assert.equal(await line.last().locator("time").count(), 0);
});

test("links are no tab stops but in the line that is one", async () => {
  const { panel, session } = await seat();
  await say(session, "see https://a.example/1", "agent");
  await say(session, "and https://a.example/2", "agent");
  await panel.untilSaid("a.example/2");
  const links = () => panel.part("link").evaluateAll((nodes) => nodes.map((node) => node.tabIndex));
  assert.deepEqual(await links(), [-1, 0]);
  await panel.part("line").first().focus();
  assert.deepEqual(await links(), [0, -1]);
});

test("a reader at the end stays there, with no divider and nothing unread", async () => {
  const { panel, session } = await seat({ messages: 40 });
  assert.ok((await fromEnd(panel)) <= 1, "at first");
  for (let number = 41; number <= 45; number++) {
    await say(session, `message ${number}`);
    await panel.untilSaid(`message ${number}`);
  }
  await eventually(async () => (await fromEnd(panel)) <= 1, "the end");
  assert.equal(await panel.part("divider").count(), 0);
  assert.equal(await panel.get("unread"), 0);
  assert.deepEqual(await panel.events("barge-in-unread"), []);
});

test("a reader at the end stays there when the log gets less room, or is shown only later", async () => {
  const { panel, session } = await seat({ messages: 40 });
  const resize = async (style) => {
    await panel.host.evaluate((element, style) => void Object.assign(element.style, style), style);
    await eventually(async () => (await fromEnd(panel)) <= 1, `the end after ${JSON.stringify(style)}`);
    return scroller(panel, (view) => view.clientHeight);
  };
  const high = await resize({ blockSize: "800px" });
  const low = await resize({ blockSize: "560px" });
  assert.ok(low < high - 200, `${low} and ${high}: the log has what the page gives`);
  await resize({ display: "none" });
  await say(session, "meanwhile");
  await panel.untilEvents("barge-in-unread");
  assert.equal(await panel.get("unread"), 1, "nobody sees it");
  await resize({ display: "" });
  await eventually(async () => (await panel.get("unread")) === 0, "seen");
});

test("a reader at the end stays there though the room shrinks before a scroll is told", async () => {
  const { panel } = await seat({ messages: 60 });
  await eventually(async () => (await fromEnd(panel)) <= 1, "the end");
  await scroller(panel, (view) => {
    // The event of the scroll comes with the next frame, before that of the size.
    view.scrollTop -= 1;
    view.scrollTop += 1;
    view.getRootNode().host.style.blockSize = "500px";
    return new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
  });
  await eventually(async () => (await fromEnd(panel)) <= 1, "still the end");
});

test("with the line broken the transcript says as of when it is true, Send is off for both audiences, and it ends", async () => {
  const { page, panel, session } = await seat({ messages: 1 });
  await shared.sim.act(session, "switch", { operation: "SwitchToBargeIn" });
  await panel.until("joined");
  await panel.box.fill("wait");
  await panel.part("to-everyone").click();
  await panel.box.fill("wait, too");
  const time = () => page.evaluate(() => new Intl.DateTimeFormat("en", { timeStyle: "short" }).format());
  const before = await time();
  await say(session, "the last news");
  await panel.untilSaid("the last news");
  await shared.sim.fault("refuse", { path: "/notifications" }, { times: "always", httpStatus: 503 });
  await shared.sim.post("/drop-connections");
  const note = panel.host.locator(".trouble");
  await note.filter({ hasText: /^As of .+, without a connection: new messages may be missing\.$/ }).waitFor();
  const [, told] = /^As of (.+), without/.exec(await note.textContent());
  assert.ok([before, await time()].includes(told), told);
  for (const to of ["to-everyone", "to-agents"]) {
    await panel.part(to).click();
    assert.equal(await panel.send.getAttribute("aria-disabled"), "true", to);
  }
  assert.match(await panel.part("composer").innerText(), /Nothing can be sent without a connection/);
  await shared.sim.clearFaults();
  await note.waitFor({ state: "hidden" });
});

test("with the line broken before any news came, the transcript says as of when it was read", async () => {
  const { page, panel } = await seat({ messages: 1 });
  await page.waitForFunction(() => window.seen.events.some(({ type, detail }) => type === "barge-in-connection" && detail.status === "connected"));
  const time = () => page.evaluate(() => new Intl.DateTimeFormat("en", { timeStyle: "short" }).format());
  const before = await time();
  await shared.sim.fault("refuse", { path: "/notifications" }, { times: "always", httpStatus: 503 });
  await shared.sim.post("/drop-connections");
  const note = panel.host.locator(".trouble");
  await note.filter({ hasText: "without a connection" }).waitFor();
  const [, told] = /^As of (.*), without/.exec(await note.textContent());
  assert.ok([before, await time()].includes(told), `"${told}"`);
});

test("nothing moves for a reader who is not at the end; new messages are counted and divided from the rest", async () => {
  const { panel, session } = await seat({ messages: 60 });
  await scroller(panel, (view) => view.scrollTo(0, 200));
  const seen = panel.part("line").filter({ hasText: "message 10 " });
  await eventually(async () => (await fromEnd(panel)) > 100, "a view above the end");
  const before = await top(seen);
  await say(session, "from the customer");
  await say(session, "from the agent", "agent");
  await panel.part("newest").filter({ hasText: "2 new messages" }).waitFor();
  assert.ok(Math.abs((await top(seen)) - before) <= 1);
  assert.equal(await panel.part("divider").count(), 1);
  assert.deepEqual((await panel.events("barge-in-unread")).at(-1).detail, { sessionId: session, unread: 2, fromCustomer: 1 });
  await panel.say("my own");
  await panel.untilSaid("my own");
  await eventually(async () => (await fromEnd(panel)) <= 1, "the end, for who has sent something");
  assert.deepEqual((await panel.events("barge-in-unread")).at(-1).detail, { sessionId: session, unread: 0, fromCustomer: 0 });
});

test("a change of language leaves the reader, the focus and what is unread where they are", async () => {
  const { page, panel, session } = await seat({ messages: 80, properties: { history: 40 } });
  await panel.part("earlier").click();
  const line = (number) => panel.part("line").filter({ hasText: new RegExp(` message ${number} `) });
  await line(30).focus();
  await scroller(panel, (view) => void (view.scrollTop += 7));
  await say(session, "and one more");
  await panel.untilEvents("barge-in-unread");
  await panel.part("divider").waitFor({ state: "attached" });
  const before = await top(line(30));
  await page.evaluate(() => (document.documentElement.lang = "de"));
  await panel.part("divider").filter({ hasText: "Neu" }).waitFor({ state: "attached" });
  assert.equal(await top(line(30)), before);
  assert.equal(await panel.part("line").count(), 81, "those that were there");
  assert.equal(await panel.part("divider").count(), 1);
  assert.equal(await panel.get("unread"), 1);
  assert.ok(await line(30).evaluate((node) => node === node.getRootNode().activeElement));
  const days = await panel.part("day").allTextContents();
  assert.ok(days.length >= 1 && days.every((day) => /tag,|woch,/.test(day)), days.join());
  await page.evaluate(() => (document.querySelector("barge-in-panel").lang = "en"));
  await panel.part("divider").filter({ hasText: "New" }).waitFor({ state: "attached" });
  assert.equal(await top(line(30)), before);
});

test("an entry that is told anew while it is the first in view does not move the reader", async () => {
  const { panel, session } = await seat();
  const entries = Array.from({ length: 60 }, (_, at) => entry(100 + at, `words ${at}`));
  await publish(session, entries);
  await panel.untilSaid("words 59");
  const line = (number) => panel.part("line").filter({ hasText: new RegExp(` words ${number}( |$)`) });
  await scroller(panel, (view) => {
    const first = [...view.querySelectorAll("[part=line]")].find((node) => node.dataset.index === "130");
    view.scrollTop = first.offsetTop + 3;
  });
  const before = await top(line(31));
  await publish(session, [entry(130, "words 30 anew")]);
  await panel.untilSaid("words 30 anew");
  assert.equal(await top(line(31)), before);
});

test("the button with the number goes to the first unread message", async () => {
  const { panel, session } = await seat({ messages: 60 });
  await scroller(panel, (view) => view.scrollTo(0, 200));
  const seen = panel.part("line").filter({ hasText: "message 10 " });
  await eventually(async () => (await fromEnd(panel)) > 100, "a view above the end");
  const before = await top(seen);
  for (let number = 1; number <= 50; number++) await say(session, `later ${number}`);
  await panel.untilSaid("later 50");
  assert.ok(Math.abs((await top(seen)) - before) <= 1);
  const divider = () => panel.part("divider").evaluate((node) => node.nextSibling.querySelector("[part=text]").textContent);
  assert.equal(await divider(), "later 1");
  await panel.part("newest").click();
  const focused = () => panel.host.evaluate((element) => element.shadowRoot.activeElement.querySelector("[part=text]").textContent);
  assert.equal(await focused(), "later 1");
  await panel.host.evaluate((element) => element.scrollToNewest());
  await eventually(async () => (await fromEnd(panel)) <= 1, "the end");
  assert.equal(await focused(), "later 1", "a script does not move the focus");
  assert.equal(await divider(), "later 1");
});

test("earlier messages come above, and the first visible line and the focus stay", async () => {
  const { panel } = await seat({ messages: 50, properties: { history: 20 } });
  const lines = panel.part("lines").locator("> [data-index]");
  assert.equal(await lines.count(), 20);
  const earlier = panel.part("earlier");
  for (const count of [40, undefined]) {
    await earlier.focus();
    const first = await lines.first().elementHandle();
    const before = await first.evaluate((line) => line.getBoundingClientRect().top);
    await earlier.press("Enter");
    if (count) assert.equal(await eventually(async () => (await lines.count()) > 20 && lines.count(), "earlier lines"), count);
    else await panel.untilSaid(/message 1 \d/);
    const after = await first.evaluate((line) => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(() => shown(line.getBoundingClientRect().top)))));
    assert.ok(Math.abs(after - before) <= 1, `${before} became ${after}`);
    if (count) assert.equal(await panel.focused(), "earlier");
  }
  assert.ok(await earlier.isHidden());
  assert.equal(await panel.focused(), "line", "the button is gone, its line has the focus");
});

test("an entry that comes twice, late or anew is at its place once", async () => {
  const { panel, session } = await seat();
  await publish(session, [entry(103, "third"), entry(101, "first")]);
  await panel.untilSaid("third");
  await panel.part("line").last().focus();
  await publish(session, [entry(102, "second"), entry(103, "third"), entry(101, "first")]);
  await panel.untilSaid("second");
  await publish(session, [entry(103, "third, anew")]);
  await panel.untilSaid("anew");
  assert.deepEqual(await panel.said(), ["first", "second", "third, anew"]);
  assert.equal(await panel.focused(), "line", "the focus stays with the line");
  assert.equal(await panel.part("lines").locator("[tabindex='0']").count(), 1);
});

test("a long message is folded until all of it is asked for", async () => {
  const { panel, session } = await seat();
  await say(session, "line\n".repeat(40));
  const line = panel.part("line");
  const height = async () => (await line.locator("[part=text]").boundingBox()).height;
  const folded = await (await line.waitFor(), height)();
  await line.getByRole("button", { name: "Show all" }).click();
  assert.ok((await height()) > 2 * folded);
  assert.equal(await line.getByRole("button").count(), 0);
  assert.equal(await panel.focused(), "line");
});

test("the transcript is copied as text, a line for each entry", async () => {
  const { panel } = await seat({ messages: 1 });
  await panel.say("see me");
  await panel.untilSaid("see me");
  const lines = (await panel.host.evaluate((element) => element.copyTranscript())).split("\n");
  assert.match(lines.at(-1), /^\d+:\d\d\s?[AP]M You \(agents only\): see me$/);
  assert.match(lines.at(-2), /Mia.* \(everyone\): message 1$/);
});

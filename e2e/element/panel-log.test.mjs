/** When the log is read: once, beside the list of sessions, and told when the session says who is who. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { PATH, addPanel } from "../support/panel.mjs";
import { beforeElement, notInPage } from "../support/sim.mjs";

const shared = fixture();

const LIST = "/smssessions?fields=";
const LOG = "/messages?startIndex=";

/** Runs in the page before the element's module: answers from this address come once `window.release()` is called. */
function holdAnswers(part) {
  const { fetch } = window;
  const released = new Promise((resolve) => (window.release = resolve));
  window.fetch = async (url, init) => {
    const answer = await fetch(url, init);
    if (String(url).includes(part)) await released;
    return answer;
  };
}

/** A page with a panel for this session, in which the answers from an address are held. */
async function holding(part, sessionId) {
  const before = (page) => page.addInitScript(beforeElement(holdAnswers, part));
  const page = await shared.page({ path: PATH, before });
  return { page, panel: await addPanel(page, { sessionId }), release: () => page.evaluate(() => window.release()) };
}

const reads = async () => (await shared.sim.log(({ path }) => path.includes(LOG))).length;
const coached = (more) => shared.sim.session({ mode: "coach", agent: "Ann", customer: "Mia", ...more });
const authors = async (panel) => (await panel.part("line").locator("[part=author]").allTextContents()).map((name) => name.replaceAll(/[\u2068\u2069]/g, ""));

/** The log answers with a message of each, as documented: nobody's `from` has a uri. */
async function logOf(people) {
  const message = ({ nickname, participantId, role }, at) => {
    const type = role === "customer" ? "Customer" : "Agent";
    return { index: at + 1, type: "Text", text: `words ${at + 1}`, from: { nickname, type, participantId }, visibility: "All", timestampSeconds: 1.7e12 };
  };
  const body = JSON.stringify({ statusCode: 0, messages: people.map(message) });
  await shared.sim.fault("refuse", { path: LOG }, { times: "always", httpStatus: 200, body });
}

/** The participants of a session, from another page. */
async function peopleOf(sessionId) {
  const panel = await addPanel(await shared.page({ path: PATH }), { sessionId });
  await panel.until("ready");
  const people = await panel.get("participants");
  await panel.page.context().close();
  await shared.sim.clearLog();
  return people;
}

test("the log is asked for before the list has answered, once, and its lines have their true authors", notInPage("opens two pages of one server"), async () => {
  const session = await coached();
  const people = await peopleOf(session);
  await logOf(people);
  const { panel, release } = await holding(LIST, session);
  await eventually(async () => (await reads()) === 1, "the log is asked for");
  assert.equal(await panel.get("state"), "unavailable");
  assert.equal(await panel.part("line").count(), 0);
  await release();
  await panel.untilSaid("words 3");
  assert.deepEqual(await authors(panel), people.map(({ own, nickname }) => (own ? "You" : nickname)));
  await panel.until("ready");
  assert.equal(await reads(), 1);
});

test("a list that answers before the log asks for no second one", async () => {
  const session = await coached();
  await shared.sim.act(session, "say", { from: "customer", text: "hello" });
  const { panel, release } = await holding(LOG, session);
  await panel.until("ready");
  assert.equal(await panel.part("line").count(), 0);
  await release();
  await panel.untilSaid("hello");
  assert.equal(await reads(), 1);
});

test("a session that is not there yet: no trouble is told, and its log is read when it appears", async () => {
  const page = await shared.page({ path: PATH });
  const panel = await addPanel(page, { sessionId: "comes-later" });
  await panel.until("unavailable", "not-found");
  await eventually(async () => (await reads()) === 1, "the log is asked for");
  assert.doesNotMatch(await panel.part("transcript").textContent(), /could not be read/);
  await coached({ id: "comes-later" });
  await shared.sim.act("comes-later", "say", { from: "customer", text: "hello" });
  await panel.until("ready");
  await panel.untilSaid("hello");
  assert.equal(await reads(), 2);
  await panel.part("event").first().waitFor();
  assert.deepEqual(page.errors, []);
});

test("the times of the first lines and their days are added once the lines can be read", async () => {
  const session = await coached();
  await shared.sim.act(session, "say", { from: "customer", text: "hello" });
  const panel = await addPanel(await shared.page({ path: PATH }), { sessionId: session });
  await panel.untilSaid("hello");
  const dated = () => panel.host.evaluate((element) => {
    const count = (selector) => element.shadowRoot.querySelectorAll(`[part=lines] ${selector}`).length;
    return [count("[part=line], [part=event]") - count("[part=time]"), count("[part=day]")];
  });
  await eventually(async () => String(await dated()) === "0,1", async () => String(await dated()));
  await shared.sim.act(session, "say", { from: "customer", text: "and again" });
  await panel.untilSaid("and again");
  assert.deepEqual(await dated(), [0, 1]);
});

/** Each fault of the drawer, and the result that the drawer announces. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { consoles } from "./console.mjs";

const shared = consoles();

async function pressWith(fault) {
  const console = await shared.open();
  await console.until("ready");
  await console.trigger(fault);
  await console.button.click();
  return console;
}

async function assertNeverJoined(console) {
  assert.deepEqual(await console.said("joined"), []);
  const changes = await console.said("change");
  assert.ok(changes.every((change) => !change.text.startsWith("joined")), JSON.stringify(changes));
  assert.deepEqual(await console.operations(), ["SwitchToBargeIn"]);
}

test("refused: off with the server's message, until it is offered again", async () => {
  const console = await pressWith("refuse");
  await console.until("unavailable", "refused");
  assert.equal(await console.words(), "The server refused: \u2068User lacks the permission for this operation\u2069");
  assert.equal(await console.button.getAttribute("aria-disabled"), "true");
  await assertNeverJoined(console);
  await console.trigger("elsewhere-coach");
  await console.until("ready");
});

test("accepted and nothing done: never joined", async () => {
  const console = await pressWith("silent");
  await console.until("pending");
  await console.until("failed");
  assert.match(await console.words(), /accepted but did not confirm/);
  await assertNeverJoined(console);
});

test("cut before acting: a failure, and it may be tried again", async () => {
  const console = await pressWith("reset-before");
  await console.until("failed");
  assert.deepEqual(await console.said("joined"), []);
  // The drawer clears the fault once the press has an outcome.
  await console.page.waitForFunction(() => document.querySelector(".drawer-said").textContent === "");
  await console.button.click();
  await console.until("joined");
});

test("cut after acting: the session itself says joined", async () => {
  const console = await pressWith("reset-after");
  await console.until("joined");
});

test("an error page: told in words, nothing claimed", async () => {
  const console = await pressWith("error");
  await console.until("failed");
  assert.match(await console.words(), /502/);
  await assertNeverJoined(console);
});

test("a late answer: waiting is said, then the confirmation", async () => {
  const console = await pressWith("delay");
  await console.until("pending");
  assert.equal(await console.button.getAttribute("aria-busy"), "true");
  await console.until("joined");
  const [joined] = await console.said("joined");
  assert.match(joined.text, /confirmed after \d{4} ms/);
});

test("confirmed before the answer: joined at once", async () => {
  const console = await pressWith("notify-first");
  await console.until("joined");
  const [joined] = await console.said("joined");
  assert.match(joined.text, /^confirmed after \d+ ms$/, "no time of an answer that has not come");
});

test("never answered: given up after ten seconds, and said so", async () => {
  const console = await pressWith("hang");
  await console.until("failed");
  assert.match(await console.words(), /did not answer in time/);
  await assertNeverJoined(console);
});

test("switches, a second supervisor and the end, made elsewhere", async () => {
  const console = await shared.open({ session: { agent: "Alice", customer: "Bob" } });
  await console.until("ready");
  await console.trigger("elsewhere-barge-in");
  await console.until("joined");
  assert.equal((await console.said("joined"))[0].text, "by another window or device");
  await console.trigger("elsewhere-monitor");
  await console.until("ready");
  await console.trigger("second-supervisor");
  await console.part("participant").filter({ hasText: "Helena Strand" }).waitFor();
  assert.equal(await console.sees("Helena Strand"), "sees you");
  await console.trigger("revoke");
  await console.until("ended");
  assert.equal(await console.row().locator(".badge.over").textContent(), "Revoked");
  assert.equal(await console.page.locator(".conversation.ended").count(), 1);
  assert.deepEqual(await console.operations(), []);
});

test("the mode flips while a whisper is typed: it stays one, and its label never names the customer", async () => {
  const console = await shared.open({ session: { agent: "Alice", customer: "Bob", mode: "coach" } });
  await console.until("ready");
  await console.page.evaluate(() => {
    const box = document.querySelector('[part="box"]');
    window.labels = new Set();
    const readers = document.querySelector('[part="readers"]');
    const note = () => window.labels.add(`${box.ariaLabel}: ${readers.textContent}`.replace(/[\u2066-\u2069]/g, ""));
    new MutationObserver(note).observe(document.querySelector(".seat"), { subtree: true, childList: true, attributes: true, characterData: true });
    note();
  });
  await console.trigger("flip");
  await console.box.pressSequentially("He is not ");
  await console.until("joined");
  await console.say("insured");
  assert.equal(await (await console.untilLine("He is not insured")).getAttribute("data-visibility"), "Agents");
  const labels = await console.page.evaluate(() => [...window.labels]);
  assert.deepEqual(labels, ["Message to agents only: Alice (Agent) will read this; Bob (Customer) will not."]);
  assert.deepEqual(await console.operations(), ["SendToAgents"]);
  assert.ok(!(await console.customerSees()).includes("insured"));
});

test("a message whose answer is lost is one line and one request", async () => {
  const console = await shared.open({ session: { agent: "Alice", customer: "Bob", mode: "coach" } });
  await console.until("ready");
  await console.trigger("lose-answer");
  await console.say("Offer a refund");
  await console.untilLine("Offer a refund");
  await console.part("row").waitFor({ state: "detached" });
  assert.equal(await console.part("line").filter({ hasText: "Offer a refund" }).count(), 1);
  assert.deepEqual(await console.operations(), ["SendToAgents"]);
  assert.equal((await console.said("sent")).length, 1);
});

test("once the agent has left, Leave ends the conversation, and asks", async () => {
  const console = await shared.open({ session: { agent: "Alice", customer: "Bob", mode: "barge-in" } });
  await console.until("joined");
  assert.equal(await console.part("leave").textContent(), "Leave");
  await console.trigger("agent-leaves");
  await console.part("leave").filter({ hasText: "End conversation" }).waitFor();
  await console.part("leave").click();
  assert.match(await console.part("ask").filter({ visible: true }).innerText(), /Bob/);
  assert.deepEqual(await console.operations(), []);
});

test("a completed session is ended", async () => {
  const console = await shared.open();
  await console.until("ready");
  await console.trigger("complete");
  await console.until("ended");
  assert.equal(await console.row().locator(".badge.over").textContent(), "Completed");
});

test("a new security token is fetched and the press goes through", async () => {
  const console = await shared.open();
  await console.until("ready");
  await console.trigger("csrf");
  await console.button.click();
  await console.until("joined");
  assert.deepEqual(await console.said("error"), []);
});

test("waiting faults can be cleared", async () => {
  const console = await shared.open();
  await console.until("ready");
  await console.trigger("refuse");
  await console.page.locator('[data-fault="clear"]').click();
  await console.page.locator(".drawer-said", { hasText: "No fault is waiting" }).waitFor();
  await console.button.click();
  await console.until("joined");
});

/** The unchanged element against the simulated server in the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { gws, worlds } from "./world.mjs";

const shared = worlds();

async function shown(session = {}, options) {
  const page = await shared.page(options);
  const id = await gws(page, "addSession", session);
  const button = await add(page, { sessionId: id });
  return { page, id, button: await button.until("ready") };
}

const mode = async (page, id) => (await gws(page, "state")).sessions.find((session) => session.id === id).mode;

test("a press is joined once the server has told so, and the customer reads along", async () => {
  const { page, id, button } = await shown();
  await button.main.click();
  await button.until("joined");
  assert.equal(await mode(page, id), "barge-in");
  await gws(page, "say", id, "customer", "Hello?");
  assert.deepEqual((await gws(page, "view", id, "customer")).at(-1).text, "Hello?");
  const requests = await gws(page, "log");
  assert.equal(requests.filter(({ operation }) => operation === "SwitchToBargeIn").length, 1);
  assert.ok(requests.every(({ outcome }) => ["answered", "open"].includes(outcome)), JSON.stringify(requests));
});

test("a switch made elsewhere is told by the held poll", async () => {
  const { page, id, button } = await shown();
  await eventually(async () => (await gws(page, "state")).polls === 1, "no poll is held");
  await gws(page, "switchElsewhere", id);
  await button.until("joined");
  await gws(page, "switchElsewhere", id, "SwitchToMonitor");
  await button.until("ready");
});

test("a refusal is shown in the server's words", async () => {
  const { page, button } = await shown();
  await gws(page, "refuseNext", "SwitchToBargeIn", { statusCode: 5, statusMessage: "Not on a Friday" });
  await button.main.click();
  await button.until("unavailable", "refused");
  const [error] = await button.untilEvents("barge-in-error");
  assert.deepEqual([error.detail.kind, error.detail.httpStatus, error.detail.statusCode], ["api", 403, 5]);
});

for (const [fault, kind] of [
  ["reset-before", "network"],
  ["html", "http"],
  ["empty", "malformed"],
]) {
  test(`a press that meets ${fault} fails as ${kind} and has done nothing`, async () => {
    const { page, id, button } = await shown();
    await gws(page, "fault", fault, { operation: "SwitchToBargeIn" });
    await button.main.click();
    await button.until("failed");
    const [error] = await button.untilEvents("barge-in-error");
    assert.equal(error.detail.kind, kind);
    assert.equal(await mode(page, id), "monitor");
  });
}

for (const fault of ["reset-after", "truncate"]) {
  test(`a press whose answer is lost by ${fault} is joined all the same`, async () => {
    const { page, button } = await shown();
    await gws(page, "fault", fault, { operation: "SwitchToBargeIn" });
    await button.main.click();
    await button.until("joined");
  });
}

test("a press that hangs fails by time, and is aborted for the server", async () => {
  const { page, button } = await shown();
  await button.set({ requestTimeout: 300 });
  await gws(page, "fault", "hang", { operation: "SwitchToBargeIn" });
  await button.main.click();
  await button.until("failed");
  const [error] = await button.untilEvents("barge-in-error");
  assert.equal(error.detail.kind, "timeout");
  const [request] = (await gws(page, "log")).filter(({ operation }) => operation);
  assert.equal(request.outcome, "aborted");
});

test("a redirect of a press is no answer", async () => {
  const { page, button } = await shown();
  await gws(page, "fault", "redirect", { operation: "SwitchToBargeIn" }, { httpStatus: 307, location: "/api/v2/me" });
  await button.main.click();
  await button.until("failed");
  const [error] = await button.untilEvents("barge-in-error");
  assert.equal(error.detail.kind, "http");
});

test("a cut line is healed at once", async () => {
  const { page, button } = await shown();
  await eventually(async () => (await gws(page, "state")).polls === 1, "no poll is held");
  await page.evaluate(() => (window.seen.events.length = 0));
  await gws(page, "cutLine");
  await eventually(async () => (await gws(page, "log")).filter(({ channels }) => channels.includes("/meta/connect")).length > 2, "no new poll");
  await button.until("ready");
});

test("while it restarts nobody is connected; then all is as it was", async () => {
  const { page, id, button } = await shown();
  await gws(page, "restart", { downMs: 1_500 });
  await button.until("unavailable", "disconnected");
  await button.until("ready");
  await button.main.click();
  await button.until("joined");
  assert.equal(await mode(page, id), "barge-in");
});

test("a CSRF token that has changed is fetched anew", async () => {
  const { page, button } = await shown();
  await page.evaluate(() => window.gws.control("POST", "/csrf", { rotate: true }));
  await button.main.click();
  await button.until("joined");
});

test("who is signed out is told so, and is back after signing in", async () => {
  const { page, button } = await shown();
  await gws(page, "signOut");
  await button.until("unavailable", "unauthenticated");
  await gws(page, "signIn");
  await page.evaluate(() => document.querySelector("#one").refresh());
  await button.until("ready");
});

test("removed, the element says goodbye and leaves no request open", async () => {
  const { page } = await shown();
  await page.evaluate(() => document.querySelector("#one").remove());
  await eventually(async () => (await gws(page, "log")).some(({ channels }) => channels.includes("/meta/disconnect")), "no goodbye");
  await eventually(async () => (await gws(page, "log")).every(({ outcome }) => outcome !== "open"), "a request is open");
});

test("two elements, two worlds, one page", async () => {
  const { page, id, button } = await shown();
  await page.evaluate(async () => (window.other = await window.simulate({ scenario: "none", baseUrl: "/world-two" })));
  await page.evaluate((id) => window.other.addSession({ id, mode: "coach" }), id);
  const other = await add(page, { sessionId: id, baseUrl: "/world-two" }, { id: "two" });
  await other.until("ready");
  assert.equal(await other.get("mode"), "coach");
  await button.main.click();
  await button.until("joined");
  assert.equal(await other.get("state"), "ready");
  await page.evaluate(() => window.other.restart({ downMs: 60_000 }));
  await other.until("unavailable", "disconnected");
  assert.equal(await button.get("state"), "joined");
});

test("the demo plays by itself, the same for the same seed", async () => {
  const page = await shared.page({ scenario: "demo", seed: 7, speed: 200 });
  const lines = () => page.evaluate(() => window.gws.state().sessions.reduce((sum, { lastIndex }) => sum + lastIndex, 0));
  const begin = await lines();
  await eventually(async () => (await lines()) !== begin, "nothing happens");
  const ids = (page) => page.evaluate(() => window.gws.state().sessions.map(({ id }) => id));
  const again = await shared.page({ scenario: "demo", seed: 7, speed: 0 });
  const once = await shared.page({ scenario: "demo", seed: 7, speed: 0 });
  assert.deepEqual(await ids(again), await ids(once));
});

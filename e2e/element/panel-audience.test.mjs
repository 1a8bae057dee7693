/** Whom a message reaches: the audience is the draft's, whatever the mode becomes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "../support/fixture.mjs";
import { seat } from "../support/panel.mjs";

const shared = fixture();

test("a whisper that is half typed when the mode becomes barge-in stays a whisper", async () => {
  const { session, panel, posts } = await seat(shared, "coach");
  await panel.box.pressSequentially("see m");
  await shared.sim.act(session, "switch");
  await panel.until("joined");
  assert.equal(await panel.box.inputValue(), "see m");
  assert.equal(await panel.box.getAttribute("aria-label"), "Message to agents only");
  await panel.box.pressSequentially("e");
  await panel.box.press("Enter");
  await panel.untilEvents("barge-in-sent");
  assert.deepEqual(posts(), [{ operationName: "SendToAgents", text: "see me" }]);
});

test("a whisper that waits in the queue stays a whisper", async () => {
  const { session, panel, posts } = await seat(shared, "coach");
  await shared.sim.fault("delay", { operation: "SendToAgents" }, { ms: 1500 });
  await panel.say("one");
  await panel.say("two");
  await shared.sim.act(session, "switch");
  await panel.until("joined");
  await panel.untilEvents("barge-in-sent", 2);
  assert.deepEqual(posts().map((post) => post.operationName), ["SendToAgents", "SendToAgents"]);
});

test("each session and audience has a draft of its own", async () => {
  const { session, panel, posts } = await seat(shared, "barge-in");
  const other = await shared.sim.session({ mode: "coach" });
  await panel.box.fill("for agents");
  await panel.part("to-everyone").click();
  assert.equal(await panel.box.inputValue(), "");
  await panel.box.fill("for everyone");
  await panel.set({ sessionId: other });
  await panel.until("ready");
  assert.equal(await panel.box.inputValue(), "");
  await panel.box.fill("elsewhere");
  await panel.set({ sessionId: session });
  await panel.until("joined");
  assert.equal(await panel.box.inputValue(), "for everyone");
  await panel.part("to-agents").click();
  assert.equal(await panel.box.inputValue(), "for agents");
  await panel.set({ sessionId: other });
  await panel.until("ready");
  assert.equal(await panel.box.inputValue(), "elsewhere");
  await panel.set({ sessionId: session });
  await panel.until("joined");
  for (const [operation, mode] of [["SwitchToMonitor", "monitor"], ["SwitchToCoach", "coach"], ["SwitchToBargeIn", "barge-in"]]) {
    await shared.sim.act(session, "switch", { operation });
    await panel.page.waitForFunction((mode) => document.querySelector("barge-in-panel").mode === mode, mode);
    for (const [part, words] of [["to-everyone", "for everyone"], ["to-agents", "for agents"]]) {
      await panel.part(part).click();
      assert.equal(await panel.box.inputValue(), words, mode);
    }
  }
  assert.deepEqual(posts(), []);
});

test("everyone needs the visibility as well as the capability", async () => {
  const { session, panel, posts } = await seat(shared, "coach");
  await shared.sim.act(session, "capabilities", { list: ["Leave", "SendToAgents", "SendMessage", "SwitchToBargeIn", "SwitchToMonitor"] });
  await panel.page.waitForFunction(() => document.querySelector("barge-in-panel").capabilities.includes("SendMessage"));
  const everyone = panel.part("to-everyone");
  assert.equal(await everyone.getAttribute("aria-disabled"), "true");
  assert.match(await everyone.getAttribute("aria-description"), /barged in/);
  await panel.box.fill("hello");
  await everyone.click({ force: true });
  await panel.part("to-agents").press("ArrowRight");
  assert.equal(await panel.get("audience"), "agents");
  assert.deepEqual(await panel.get("audiences"), ["agents"]);
  await panel.box.press("Enter");
  await panel.untilEvents("barge-in-sent");
  assert.deepEqual(posts().map((post) => post.operationName), ["SendToAgents"]);
});

test("who chooses everyone in vain is told why, once, until it can be chosen", async () => {
  const { session, panel } = await seat(shared, "coach");
  const alert = panel.host.locator("[part=base] > [part=alert]");
  for (const choose of [() => panel.part("to-agents").press("ArrowRight"), () => panel.part("to-everyone").click({ force: true })]) {
    await choose();
    assert.equal(await alert.textContent(), "Writing to everyone is possible once you have barged in.");
    assert.equal(await panel.get("audience"), "agents");
    await panel.part("to-agents").click();
    assert.equal(await alert.textContent(), "");
  }
  await panel.part("to-agents").press("ArrowRight");
  await shared.sim.act(session, "switch", { operation: "SwitchToBargeIn" });
  await panel.until("joined");
  await panel.part("to-agents").press("ArrowRight");
  assert.equal(await panel.get("audience"), "everyone");
  assert.equal(await alert.textContent(), "");
});

test("readers are told by name, and in five ways", async () => {
  const { panel } = await seat(shared, "barge-in");
  const signs = async () => [
    await panel.box.getAttribute("aria-label"),
    await panel.send.textContent(),
    await panel.part("readers").textContent(),
    await panel.get("audience"),
    await panel.part("composer").getAttribute("data-audience"),
  ];
  const agents = await signs();
  assert.match(agents[2], /Ann.* will read this; .*Mia.* will not\./);
  await panel.part("to-everyone").click();
  const everyone = await signs();
  assert.match(everyone[2], /Ann.*Mia.* will read this\.$/);
  agents.forEach((sign, at) => assert.notEqual(sign, everyone[at]));
});

/** The box and Send as assistive technology is told of them. */
async function spoken(page) {
  const client = await page.context().newCDPSession(page);
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  await client.detach();
  const box = nodes.find((one) => one.role?.value === "textbox");
  const send = nodes.find((one) => one.role?.value === "button" && /^Send/.test(one.name?.value));
  return [box.name.value, box.description.value, send.name.value].map((text) => text.replaceAll(/[\u2066-\u2069]/g, ""));
}

test("in Coach the box's description names who reads it and who does not, and follows who is here", async () => {
  const { session, page, panel } = await seat(shared, "coach");
  await shared.sim.act(session, "second-supervisor", { mode: "coach", nickname: "Bo" });
  await panel.part("readers").filter({ hasText: "Bo" }).waitFor();
  assert.match((await spoken(page))[1], /^Ann \(Agent\), Bo \(Supervisor\) will read this; Mia \(Customer\) will not\./);
  await shared.sim.act(session, "agent-leaves");
  await panel.part("readers").filter({ hasNotText: "Ann" }).waitFor();
  assert.match((await spoken(page))[1], /^Bo \(Supervisor\) will read this; Mia \(Customer\) will not\./);
});

test("without colours and by ear the audiences differ in the box's label, its description, Send, and the look", async () => {
  const { page, panel } = await seat(shared, "barge-in", {}, { page: { forcedColors: "active" } });
  const look = () => panel.box.evaluate((box) => getComputedStyle(box).borderStyle);
  const signs = async () => [...(await spoken(page)), await look()];
  const agents = await signs();
  await panel.part("to-everyone").click();
  const everyone = await signs();
  agents.forEach((sign, at) => assert.notEqual(sign, everyone[at]));
  assert.match(agents[1], /Mia \(Customer\) will not/);
  assert.match(everyone[1], /Mia \(Customer\) will read this/);
});

test("after a barge-in pressed here with empty drafts the box is for everyone; found joined, it stays with agents", async () => {
  const { panel } = await seat(shared, "coach");
  await panel.main.click();
  await panel.until("joined");
  await panel.page.waitForFunction(() => document.querySelector("barge-in-panel").audience === "everyone");
  const found = await seat(shared, "barge-in");
  assert.equal(await found.panel.get("audience"), "agents");
});

test("words move to everyone only by a question that shows them, and are not sent", async () => {
  const { panel, posts } = await seat(shared, "barge-in");
  await panel.box.fill("my words");
  await panel.part("move").click();
  const ask = panel.part("ask").filter({ hasText: "my words" });
  assert.match(await ask.textContent(), /Mia/);
  assert.equal(await panel.focused(), "cancel");
  await ask.locator("[part=confirm]").click();
  await panel.page.waitForFunction(() => document.querySelector("barge-in-panel").audience === "everyone");
  assert.equal(await panel.box.inputValue(), "my words");
  await panel.part("move").click();
  assert.equal(await panel.get("audience"), "agents");
  assert.deepEqual(posts(), []);
});

test("while a switch is pending nothing leaves for everyone", async () => {
  const { session, panel, posts } = await seat(shared, "barge-in");
  await panel.part("to-everyone").click();
  await panel.box.fill("hello");
  await shared.sim.fault("hang", { operation: "SwitchToMonitor" });
  await panel.part("monitor").click();
  await panel.until("pending");
  assert.equal(await panel.send.getAttribute("aria-disabled"), "true");
  await panel.box.press("Enter");
  await panel.send.click({ force: true });
  assert.deepEqual(posts().map((post) => post.operationName), ["SwitchToMonitor"]);
  assert.equal(await panel.box.inputValue(), "hello");
  assert.ok(session);
});

test("the box is never told to be for everyone before the barge-in is", async () => {
  const { panel } = await seat(shared, "coach");
  await panel.part("button").click();
  await panel.until("joined");
  await panel.page.waitForFunction(() => document.querySelector("barge-in-panel").audience === "everyone");
  const told = (await panel.events("barge-in-change")).map(({ detail }) => [detail.state, detail.audience]);
  assert.ok(told.every(([state, audience]) => state === "joined" || audience !== "everyone"), JSON.stringify(told));
  assert.deepEqual(told.at(-1), ["joined", "everyone"]);
});

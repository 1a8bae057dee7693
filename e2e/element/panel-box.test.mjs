/** The message box: keys, lengths, counts, and that only a person sends. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "../support/fixture.mjs";
import { seat } from "../support/panel.mjs";

const shared = fixture();

test("Enter sends, but neither while composing nor when held; Shift+Enter breaks the line", async () => {
  const { panel, posts } = await seat(shared, "coach");
  await panel.box.fill("nihao");
  const key = (options) => panel.box.evaluate((box, options) => box.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, composed: true, cancelable: true, ...options })), options);
  await key({ isComposing: true });
  await key({ keyCode: 229 });
  await key({ repeat: true });
  assert.deepEqual(posts(), []);
  await panel.box.fill("a");
  await panel.box.press("Shift+Enter");
  await panel.box.pressSequentially("b");
  await panel.box.press("Enter");
  await panel.untilEvents("barge-in-sent");
  assert.deepEqual(posts(), [{ operationName: "SendToAgents", text: "a\nb" }]);
});

test('enter="newline" swaps the two, and Ctrl+Enter sends in both', async () => {
  const { panel, posts } = await seat(shared, "coach", { enter: "newline" });
  await panel.box.fill("a");
  await panel.box.press("Enter");
  await panel.box.pressSequentially("b");
  await panel.box.press("Shift+Enter");
  await panel.untilEvents("barge-in-sent");
  await panel.box.fill("c");
  await panel.box.press("Control+Enter");
  await panel.untilEvents("barge-in-sent", 2);
  await panel.set({ enter: "send" });
  await panel.box.fill("d");
  await panel.box.press("Control+Enter");
  await panel.untilEvents("barge-in-sent", 3);
  assert.deepEqual(posts().map((post) => post.text), ["a\nb", "c", "d"]);
});

test("a text that is too long is kept whole, and is not sent", async () => {
  const { panel, posts } = await seat(shared, "coach");
  await panel.box.fill("x".repeat(5000));
  assert.equal((await panel.box.inputValue()).length, 5000);
  assert.equal(await panel.send.getAttribute("aria-disabled"), "true");
  assert.match(await panel.part("composer").textContent(), /1000 characters too long/);
  await panel.box.press("Enter");
  assert.deepEqual(posts(), []);
  await panel.set({ maxLength: 5000 });
  await panel.box.press("Enter");
  await panel.untilEvents("barge-in-sent");
  assert.equal(posts().length, 1);
});

test("text messages are counted where they are SMS, for everyone", async () => {
  const { panel } = await seat(shared, "barge-in");
  const counter = panel.part("counter");
  assert.equal(await counter.isVisible(), false);
  await panel.part("to-everyone").click();
  const counted = async (text) => {
    await panel.box.fill(text);
    return (await counter.isVisible()) && counter.textContent();
  };
  assert.match(await counted("a".repeat(160)), /1 text message, 0 left/);
  assert.match(await counted("a".repeat(161)), /2 text messages, 145 left/);
  assert.match(await counted(`${"a".repeat(69)}😀`), /2 text messages, 63 left/);
  assert.match(await counted("]".repeat(80)), /1 text message, 0 left/);
  const chat = await seat(shared, "barge-in", { media: "chat" }, { details: { media: "chat" } });
  await chat.panel.part("to-everyone").click();
  await chat.panel.box.fill("hello");
  assert.equal(await chat.panel.part("counter").isVisible(), false);
});

test("a key does not change the box's description, which would be read again; Send tells the number of messages", async () => {
  const { page, panel } = await seat(shared, "barge-in");
  await panel.part("to-everyone").click();
  const descriptions = async () => {
    const client = await page.context().newCDPSession(page);
    const { nodes } = await client.send("Accessibility.getFullAXTree");
    await client.detach();
    const described = (role, name) => nodes.find((one) => one.role?.value === role && name.test(one.name?.value)).description?.value;
    return [described("textbox", /./), described("button", /^Send/)];
  };
  const [empty] = await descriptions();
  assert.match(empty, /will read this\.$/);
  await panel.box.pressSequentially("Hello");
  await panel.part("counter").filter({ hasText: "155 left" }).waitFor();
  assert.deepEqual(await descriptions(), [empty, "About 1 text message, 155 left"]);
});

for (const [mode, audience] of [["monitor", null], ["coach", "agents"], ["barge-in", "everyone"]]) {
  test(`only a person sends: no method and no property does, ${mode}`, async () => {
    const { panel, posts } = await seat(shared, mode);
    if (audience) await panel.part(`to-${audience}`).click();
    if (audience) await panel.box.fill("see me");
    await panel.host.evaluate((element, audience) => {
      element.cannedReplies = [{ title: "Hi", text: "Hello" }];
      if (audience) element.insertText(" more", audience);
      for (const other of ["agents", "everyone"]) if (other !== audience) element.insertText("to others", other);
      element.copyTranscript();
      element.scrollToNewest();
      element.focus();
      element.refresh();
      element.notify({ messageType: "SendMessage", text: "x" });
      element.link("connected");
      const prototypes = [];
      for (let one = Object.getPrototypeOf(element); one !== HTMLElement.prototype; one = Object.getPrototypeOf(one)) prototypes.push(one);
      const known = prototypes.flatMap((one) => Object.entries(Object.getOwnPropertyDescriptors(one)));
      for (const name of known.filter(([, one]) => one.set).map(([name]) => name)) element[name] = element[name];
      for (const name of ["send", "submit", "say", "message", "audience", "outbox", "transcript"]) {
        try {
          element[name] = "x";
        } catch {
          // Read-only.
        }
      }
    }, audience);
    assert.equal(await panel.box.inputValue(), audience ? "see me more" : "");
    if (audience) assert.equal(await panel.focused(), "box");
    assert.deepEqual(posts(), []);
    if (!audience) return;
    // Only this press sends.
    await panel.box.press("Enter");
    await panel.untilEvents("barge-in-sent");
    assert.deepEqual(posts().map((post) => post.text), ["see me more"]);
  });
}

test("text is inserted only for the audience of the box; a canned reply goes in at the caret", async () => {
  const { panel, posts } = await seat(shared, "coach", {
    cannedReplies: [
      { title: "Greeting", text: "Hello there" },
      { title: "For all", text: "Dear customer", audience: "everyone" },
    ],
  });
  const insert = (text, audience) => panel.host.evaluate((element, [text, audience]) => element.insertText(text, audience), [text, audience]);
  assert.equal(await insert("x", "everyone"), false);
  assert.equal(await insert("x", "nobody"), false);
  assert.equal(await insert("Ann: ", "agents"), true);
  await panel.part("canned").selectOption({ label: "Greeting" });
  assert.equal(await panel.box.inputValue(), "Ann: Hello there");
  assert.equal(await panel.part("canned").locator("option", { hasText: "For all" }).isDisabled(), true);
  assert.deepEqual(posts(), []);
});

test("while monitoring there is no box, but the reason; words in it stay", async () => {
  const { session, panel } = await seat(shared, "monitor");
  assert.equal(await panel.box.isVisible(), false);
  assert.match(await panel.part("composer").textContent(), /Coach to write to agents/);
  assert.equal(await panel.get("audience"), null);
  await panel.part("coach").click();
  await panel.box.waitFor();
  await panel.box.fill("kept");
  await shared.sim.act(session, "switch", { operation: "SwitchToMonitor" });
  await panel.page.waitForFunction(() => document.querySelector("barge-in-panel").mode === "monitor");
  assert.equal(await panel.box.inputValue(), "kept");
  assert.equal(await panel.box.isVisible(), true);
  assert.equal(await panel.send.getAttribute("aria-disabled"), "true");
});

test("a whisper posts typing notices to agents only, and only in a chat", async () => {
  const chat = await seat(shared, "barge-in", { media: "chat" }, { details: { media: "chat" } });
  await chat.panel.box.pressSequentially("hi");
  await chat.panel.part("to-everyone").click();
  await chat.panel.box.pressSequentially("he");
  await chat.page.waitForFunction(() => true);
  const names = () => chat.posts().map((post) => post.operationName);
  await chat.panel.page.waitForTimeout(0);
  const { eventually } = await import("../support/eventually.mjs");
  await eventually(() => names().length >= 3, () => names().join());
  assert.deepEqual(names(), ["SendStartTypingToAgentsNotification", "SendStopTypingToAgentsNotification", "SendStartTypingNotification"]);
  const sms = await seat(shared, "coach");
  await sms.panel.box.pressSequentially("hi");
  assert.deepEqual(sms.posts(), []);
});

test("words stay with what was shown, though the page changes the panel before the panel hears of them", async () => {
  const { page, panel, session, posts } = await seat(shared, "coach");
  const other = await shared.sim.session({ mode: "coach", agent: "Ann", customer: "Leo" });
  await page.evaluate(() => {
    let count = 0;
    document.addEventListener("input", ({ target }) => (target.strings = { send: `Send ${count++}` }), true);
  });
  await panel.box.pressSequentially("whisper");
  assert.equal(await panel.box.inputValue(), "whisper");
  await page.evaluate((other) => document.addEventListener("input", ({ target }) => (target.sessionId = other), { capture: true, once: true }), other);
  await panel.box.pressSequentially("!");
  await panel.until("ready");
  await panel.box.and(page.locator("[aria-label]")).waitFor();
  assert.equal(await panel.box.inputValue(), "", "the words are not the other session's");
  await panel.set({ sessionId: session });
  await panel.until("ready");
  await panel.box.press("Enter");
  await panel.untilEvents("barge-in-sent");
  assert.deepEqual(posts(), [{ operationName: "SendToAgents", text: "whisper!" }]);
});

test("replies may come, go and come again", async () => {
  const { page, panel } = await seat(shared, "coach");
  await panel.until("ready");
  const set = (replies) => panel.host.evaluate((element, replies) => (element.cannedReplies = replies), replies);
  for (let n = 0; n < 2; n++) {
    await set([{ title: "Hi", text: "Hello" }]);
    await panel.part("canned").waitFor();
    await set([]);
    await panel.part("canned").waitFor({ state: "hidden" });
  }
  assert.deepEqual(page.errors, []);
});

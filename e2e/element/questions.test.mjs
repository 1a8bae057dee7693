/** The question in pages that hide it, move it or listen to keys; and the names in its text. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();

const settle = (page) => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));

/** Elements around the control, and a button of the page beside them. */
async function asking(confirm, properties = {}) {
  const page = await shared.page();
  await page.evaluate(() => {
    const [panel, inner, beside] = ["section", "div", "button"].map((tag) => document.createElement(tag));
    Object.assign(panel, { id: "panel" });
    Object.assign(inner, { id: "inner" });
    Object.assign(beside, { id: "beside", textContent: "Beside" });
    beside.onclick = () => (window.besides = (window.besides ?? 0) + 1);
    panel.append(inner);
    document.querySelector("main").append(panel, beside);
  });
  const session = await shared.sim.session({ agent: "Alice", customer: "Bob" });
  const button = await add(page, { sessionId: session, confirm, ...properties }, { parent: "#inner" });
  await button.until("ready");
  await button.main.click();
  await button.until("confirming");
  await page.waitForFunction(() => document.getElementById("one").shadowRoot.activeElement?.getAttribute("part") === "cancel");
  return { page, button, session };
}

const hiding = {
  "hidden": () => (document.getElementById("panel").hidden = true),
  "display: none": () => (document.getElementById("panel").style.display = "none"),
  "display: none on the element": () => (document.getElementById("one").style.display = "none"),
  "content-visibility: hidden": () => (document.getElementById("panel").style.contentVisibility = "hidden"),
  "moved": () => document.querySelector("main").append(document.getElementById("one")),
  "moved within a panel": () => document.querySelector("main").prepend(document.getElementById("panel")),
  "removed and put back": () => {
    const panel = document.getElementById("panel");
    panel.remove();
    return new Promise((resolve) => setTimeout(() => resolve(document.querySelector("main").append(panel)), 50));
  },
  "removed": () => document.getElementById("panel").remove(),
};
for (const [how, hide] of Object.entries(hiding)) {
  test(`dialog: a question that the page hides closes, and the page is not inert: ${how}`, async () => {
    const { page, button, session } = await asking("dialog");
    await page.evaluate(hide);
    if (how !== "removed") await button.until("ready");
    await page.locator("#beside").click({ timeout: 2000 });
    assert.equal(await page.evaluate(() => window.besides), 1);
    assert.deepEqual(await shared.sim.operations(session), []);
    await page.evaluate(() => {
      const panel = document.getElementById("panel") ?? document.body;
      panel.hidden = false;
      panel.removeAttribute("style");
      document.getElementById("one")?.removeAttribute("style");
    });
    if (how === "removed") return;
    await button.main.click();
    await button.until("confirming");
    assert.equal(await button.part("dialog").evaluate((dialog) => dialog.matches(":modal")), true);
    await button.part("confirm").click();
    await button.until("joined");
  });
}

test("dialog: a question that begins hidden does not block the page", async () => {
  const { page, button } = await asking("dialog");
  await page.keyboard.press("Escape");
  await button.until("ready");
  await page.evaluate(() => (document.getElementById("panel").hidden = true));
  await button.main.evaluate((part) => part.click());
  await settle(page);
  await button.until("ready");
  await page.locator("#beside").click({ timeout: 2000 });
});

for (const confirm of ["inline", "dialog"]) {
  for (const around of ["a dialog", "a modal dialog", "a popover"]) {
    test(`${confirm}: Escape closes the question and not ${around} of the page's around it`, async () => {
      const page = await shared.page();
      await page.evaluate((around) => {
        const box = document.createElement(around === "a popover" ? "div" : "dialog");
        box.id = "box";
        document.querySelector("main").append(box);
        if (around === "a popover") {
          box.popover = "auto";
          box.showPopover();
        } else if (around === "a modal dialog") box.showModal();
        else box.show();
        window.escapes = [];
        for (const target of [window, document, box]) {
          for (const kind of ["keydown", "keyup"]) {
            target.addEventListener(kind, ({ key }) => key === "Escape" && window.escapes.push(`${kind} ${target.nodeName ?? "window"}`));
          }
        }
      }, around);
      const button = await add(page, { sessionId: await shared.sim.session(), confirm }, { parent: "#box" });
      await button.until("ready");
      const isOpen = () => page.evaluate(() => {
        const box = document.getElementById("box");
        return box.matches("[open], :popover-open");
      });
      await button.main.click();
      await button.until("confirming");
      await page.waitForFunction(() => document.getElementById("one").shadowRoot.activeElement?.getAttribute("part") === "cancel");
      const wasOpen = await isOpen();
      await page.keyboard.down("Escape");
      await button.until("ready");
      await page.keyboard.down("Escape"); // repeats, as a held key does
      await page.keyboard.up("Escape");
      assert.equal(await isOpen(), wasOpen);
      assert.deepEqual(await page.evaluate(() => window.escapes), []);
      if (!wasOpen) return; // A modal dialog closes popovers automatically.
      // Without an open question the page gets the key again.
      await button.main.focus();
      await page.keyboard.press("Escape");
      assert.notDeepEqual(await page.evaluate(() => window.escapes), []);
      assert.equal(await isOpen(), around === "a dialog");
    });
  }
}

test("dialog: Escape is the question's wherever the focus is", async () => {
  const { page, button } = await asking("dialog");
  await page.evaluate(() => {
    window.escapes = 0;
    document.addEventListener("keydown", ({ key }) => (window.escapes += key === "Escape"));
    document.getElementById("one").shadowRoot.activeElement.blur();
  });
  await page.keyboard.press("Escape");
  await button.until("ready");
  assert.equal(await page.evaluate(() => window.escapes), 0);
});

test("inline: Escape elsewhere on the page is the page's", async () => {
  const { page, button } = await asking("inline");
  await page.evaluate(() => {
    window.escapes = 0;
    document.addEventListener("keydown", ({ key }) => (window.escapes += key === "Escape"));
  });
  await page.locator("#beside").focus();
  await page.keyboard.press("Escape");
  await settle(page);
  await button.until("confirming");
  assert.equal(await page.evaluate(() => window.escapes), 1);
});

for (const confirm of ["", "yes", "DIALOG", "true", "nonesuch"]) {
  test(`a confirm that is not known asks in place: "${confirm}"`, async () => {
    const { button, session } = await asking(confirm);
    assert.deepEqual(await shared.sim.operations(session), []);
    await button.part("confirm").click();
    await button.until("joined");
  });
}

/** A session's notification with these two participants. */
const named = (agent, customer) => ({
  messageType: "SMSsessionStateChangeMessage",
  smssession: {
    id: "s",
    state: "Chatting",
    capabilities: ["SwitchBargeIn"],
    participants: [
      { type: "Agent", nickname: agent, visibility: "All" },
      { type: "Customer", nickname: customer, visibility: "All" },
    ],
  },
});

async function question(page, agent, customer, properties = {}) {
  const button = await add(page, { transport: "host", sessionId: "s", confirm: "dialog", ...properties });
  await button.until("unavailable", "not-found");
  await button.host.evaluate((element, data) => element.notify(data), named(agent, customer));
  await button.until("ready");
  await button.main.click();
  await button.until("confirming");
  return { button, words: await button.part("dialog-text").textContent() };
}

const ONE = "\u2068";
const END = "\u2069";
const names = {
  "a turn of direction": ["\u202eeciA", `“${ONE}eciA${END}”`],
  "the end of its own isolation": ["A\u2069\u2066B", `“${ONE}AB${END}”`],
  "a sentence in quotation marks": ["Bob” will not see you. Only “Agent", `“${ONE}Bob' will not see you. Only 'Agent${END}”`],
  "line breaks and controls": ["A\nB\u0000C\u2028D", `“${ONE}A B C D${END}”`],
  "a long name": ["x".repeat(2000), `“${ONE}${"x".repeat(40)}…${END}”`],
  "nothing that can be seen": ["\u200b\u202e \u2066", "The agent"],
  "markup and placeholders": ["<b>{customer}</b>", `“${ONE}<b>{customer}</b>${END}”`],
  "an apostrophe": ["O'Neil’s", `“${ONE}O'Neil’s${END}”`],
};
test("a name stays a name, whatever is in it", async () => {
  const page = await shared.page();
  for (const [what, [name, shown]] of Object.entries(names)) {
    const { button, words } = await question(page, name, "Bob");
    assert.equal(words, `${shown} and “${ONE}Bob${END}” will both see what you write.`, what);
    const box = await button.part("dialog").boundingBox();
    assert.ok(box.y >= 0 && box.height < 400, `${what}: ${box.height} px`);
    await button.host.evaluate((element) => element.remove());
  }
});

test("each language has quotation marks of its own", async () => {
  const marks = { en: "“”", de: "„“", fr: "«»", es: "«»", it: "«»", ja: "「」", "zh-Hans": "“”", "pt-BR": "“”", ar: "«»", he: "””" };
  const page = await shared.page();
  for (const [lang, [open, close]] of Object.entries(marks)) {
    const { button, words } = await question(page, "Alice", "Bob", { lang });
    assert.ok(new RegExp(`${open}\u00a0?${ONE}Alice${END}\u00a0?${close}`).test(words), `${lang}: ${words}`);
    await button.host.evaluate((element) => element.remove());
  }
});

/** Does what page translators do: Google Translate replaces every text by two elements. */
const translate = () => {
  const root = document.getElementById("one").shadowRoot;
  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  while (texts.nextNode()) if (texts.currentNode.data.trim()) found.push(texts.currentNode);
  for (const text of found) {
    const [outer, inner] = [document.createElement("font"), document.createElement("font")];
    inner.textContent = `[${text.data}]`;
    outer.append(inner);
    text.replaceWith(outer);
  }
};

test("texts and labels still change after a page translator has replaced them", async () => {
  const page = await shared.page();
  const id = await shared.sim.session({ agent: "Alice", customer: "Bob" });
  const button = await add(page, { sessionId: id, modes: true, confirm: "inline" });
  await button.until("ready");
  await page.evaluate(translate);
  assert.equal(await button.main.textContent(), "[Barge in]");
  await button.set({ strings: { "barge-in": "Step in" } });
  await page.waitForFunction(() => document.getElementById("one").shadowRoot.querySelector("[part=button]").textContent === "Step in");
  await button.main.click();
  await button.until("confirming");
  await page.evaluate(translate);
  await button.part("confirm").click();
  await button.until("joined");
  assert.equal(await button.part("status").textContent(), "You have joined. Agent and customer see what you write.");
  await page.evaluate(translate);
  await shared.sim.act(id, "complete");
  await button.until("ended");
  assert.equal(await button.part("status").textContent(), "This session has ended.");
  assert.deepEqual(page.errors, []);
});

test("an unchanged alert is not announced again when other texts change, translated or not", async () => {
  const page = await shared.page();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await shared.sim.fault("refuse", { path: id }, { httpStatus: 502, body: "bad gateway" });
  await button.main.click();
  await button.until("failed");
  await page.evaluate(translate);
  await page.evaluate(() => {
    const alert = document.getElementById("one").shadowRoot.querySelector("[part=alert]");
    window.changes = 0;
    new MutationObserver((records) => (window.changes += records.length)).observe(alert, { childList: true, subtree: true, characterData: true });
  });
  await shared.sim.act(id, "capabilities", { list: ["SwitchToBargeIn", "Leave", "SendToAgents"] });
  await page.waitForFunction(() => document.getElementById("one").capabilities.includes("SendToAgents"));
  await settle(page);
  assert.equal(await page.evaluate(() => window.changes), 0);
});

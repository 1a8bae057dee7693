/**
 * Walks through button and panel with Orca and prints what it says. See CONTRIBUTING.md.
 *
 * It tests nothing: a person reads it.
 */
import { execFileSync } from "node:child_process";
import { addPanel } from "../support/panel.mjs";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { startSim } from "../support/sim.mjs";
import { keys, start, type } from "./orca.mjs";

const only = process.argv[2];
const sim = await startSim();
const orca = await start();
const { page } = orca;

const step = async (words, run) => {
  console.log(`- ${words}`);
  for (const line of await orca.of(run)) console.log(`  > ${line}`);
};
const press = (...names) => step(names.join(", "), () => keys(...names));

/** Opens a page with nothing but a heading and a button of its own, where the focus is. */
async function open(path, scene) {
  if (only && !scene.includes(only)) return false;
  console.log(`\n## ${scene}\n`);
  await page.goto("about:blank");
  await page.goto(sim.url + path);
  await page.evaluate(() => {
    const before = document.createElement("button");
    before.textContent = "Before";
    document.querySelector("main").append(before);
    before.focus();
  });
  await orca.of(() => page.bringToFront());
  return true;
}

const button = async (properties) => add(page, properties, { parent: "main" });
const details = { agent: "Ann", customer: "Mia" };

/** Asks, goes back, asks again and joins. */
async function asked(confirm) {
  const session = await sim.session(details);
  const it = await button({ sessionId: session, confirm });
  await step("the element appears, ready", () => it.until("ready"));
  for (const key of ["Tab", "Return", "Tab", "Escape", "Return"]) await press(key);
  await step("Tab, Return: barge in", async () => (keys("Tab", "Return"), await it.until("joined")));
  return [session, it];
}

if (await open("/blank.html", "Button")) {
  const [one, it] = await asked("inline");
  await step("the session ends", async () => (await sim.act(one, "complete"), await it.until("ended")));
  await press("shift+Tab");
  await press("Tab");
}
if (await open("/blank.html", "Button, dialog")) await asked("dialog");
if (await open("/blank.html", "Button, refused and failed")) {
  const one = await sim.session(details);
  const it = await button({ sessionId: one });
  await it.until("ready");
  await press("Tab");
  await sim.fault("refuse", { path: one }, { httpStatus: 502, body: "bad gateway" });
  await step("Return: the server fails", async () => (keys("Return"), await it.until("failed")));
  await press("shift+Tab");
  await press("Tab");
  await sim.clearFaults();
  await sim.fault("refuse", { path: one }, { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" });
  await step("Return: refused", async () => (keys("Return"), await it.until("unavailable", "refused")));
  await press("shift+Tab");
  await press("Tab");
  await press("Return");
  await sim.clearFaults();
}
if (await open("/blank.html", "Button, pending")) {
  const one = await sim.session(details);
  const it = await button({ sessionId: one });
  await it.until("ready");
  await press("Tab");
  await sim.fault("delay", { operation: "SwitchToBargeIn" }, { ms: 5000 });
  await step("Return: the answer takes long", async () => (keys("Return"), await it.until("pending")));
  await press("shift+Tab");
  await step("Tab, and the confirmation", async () => (keys("Tab"), await it.until("joined")));
}
if (await open("/blank.html", "Button, off")) {
  const it = await button({});
  await step("the element appears, without a session", () => it.until("unavailable", "no-session"));
  await press("Tab");
  await press("Return");
  const denied = await sim.session({ ...details, capabilities: ["Leave"] });
  await step("a session that permits no barge-in", async () => (await it.set({ sessionId: denied }), await it.until("unavailable", "not-permitted")));
  await step("the capability comes", async () => (await sim.act(denied, "capabilities", { list: ["SwitchToBargeIn"] }), await it.until("ready")));
  await press("shift+Tab");
  await press("Tab");
}
if (await open("/blank.html", "Button with modes")) {
  const one = await sim.session(details);
  const it = await button({ sessionId: one, modes: true });
  await step("the element appears, monitoring", () => it.until("ready"));
  await press("Tab");
  await press("Tab");
  await step("Return: coach", async () => (keys("Return"), await eventually(async () => (await it.get("mode")) === "coach", "coach")));
  await press("Tab");
  await step("Return: barge in", async () => (keys("Return"), await it.until("joined")));
  await step("another page goes back to monitor", async () => (await sim.act(one, "switch", { operation: "SwitchToMonitor" }), await it.until("ready")));
}

/** A panel on a session with a history of so many messages. */
async function seat(mode, properties = {}, { said = 6, ...more } = {}) {
  const session = await sim.session({ mode, ...details, ...more });
  for (let at = 1; at <= said; at++) await sim.act(session, "say", { from: at % 2 ? "customer" : "agent", text: `History ${at}` });
  let panel;
  await step(`the panel appears, ${mode}, ${said} messages of history`, async () => {
    panel = await addPanel(page, { sessionId: session, ...properties });
    await panel.until(mode === "barge-in" ? "joined" : "ready");
  });
  return { session, panel, say: (from, text) => sim.act(session, "say", { from, text }) };
}

if (await open("/panel.html", "Panel, read from the top")) {
  await seat("coach");
  await step("Control+Home", () => keys("ctrl+Home"));
  for (let at = 0; at < 30; at++) await press("Down");
  await press("h");
}
if (await open("/panel.html", "Panel by Tab, coaching")) {
  const { session, say, panel } = await seat("coach");
  for (let at = 0; at < 3; at++) await press("Tab");
  await press("Tab");
  await step("Up, in browse mode", () => keys("Up"));
  await step("Insert+a: focus mode", () => keys("Insert+a"));
  await step("Up", () => keys("Up"));
  await step("Up", () => keys("Up"));
  await step("Home", () => keys("Home"));
  await step("End", () => keys("End"));
  await step("Escape: to the box", () => keys("Escape"));
  await press("shift+Tab");
  await step("Insert+a, Right: to Everyone, which is off", () => keys("Insert+a", "Right"));
  await press("Tab");
  await step("typing", () => type("Offer a refund."));
  await step("Mia writes meanwhile", () => say("customer", "Is anybody there?"));
  await step("Ann writes the same twice", async () => (await say("agent", "One moment."), await say("agent", "One moment.")));
  await step("Mia writes forty at once", async () => {
    for (let at = 1; at <= 40; at++) await say("customer", `Burst ${at}`);
  });
  await step("a long message", () => say("customer", "A very long story. ".repeat(40)));
  await step("the mode is made barge-in elsewhere", async () => (await sim.act(session, "switch", { operation: "SwitchToBargeIn" }), await panel.until("joined")));
  await press("shift+Tab");
  await press("Tab");
  await step("Return: send", () => keys("Return"));
  await press("Tab");
  await step("to the choice, Insert+a, Right: to Everyone", () => keys("shift+Tab", "shift+Tab", "Insert+a", "Right"));
  await step("Right: back to agents", () => keys("Right"));
}
if (await open("/panel.html", "Panel, to everyone")) {
  const { session, panel, say } = await seat("coach", { confirm: "inline" });
  await step("Tab to Barge in", () => keys("Tab", "Tab", "Tab"));
  await press("Return");
  await step("Tab, Return: barge in", async () => (keys("Tab", "Return"), await panel.until("joined")));
  await press("Tab");
  await press("Tab");
  await press("Tab");
  await step("typing", () => type("Hello Mia"));
  await step("Return: send", () => keys("Return"));
  await step("typing, and the server refuses", async () => {
    await sim.fault("refuse", { operation: "SendMessage" }, { httpStatus: 403, statusCode: 5, statusMessage: "Not today" });
    type("Once more");
    keys("Return");
    await panel.part("row").first().waitFor();
  });
  await step("shift+Tab twice: to the row", () => keys("shift+Tab", "shift+Tab"));
  await press("shift+Tab");
  await press("shift+Tab");
  await press("Return");
}
if (await open("/panel.html", "Panel, whisper moved to everyone")) {
  const { panel } = await seat("barge-in");
  await step("into the box", () => panel.host.evaluate((element) => element.focus()));
  await step("typing", () => type("Refund"));
  await press("Tab");
  await press("Return");
  await press("Tab");
  await press("Return");
  await step("where focus is", () => keys("shift+Tab"));
}
if (await open("/panel.html", "Panel, leaving")) {
  const { session, panel } = await seat("barge-in");
  await step("to Leave", async () => (await panel.host.evaluate((element) => element.focus()), keys("Tab", "Tab")));
  await press("Return");
  await press("Tab");
  await press("Escape");
  await step("the agent leaves", () => sim.act(session, "agent-leaves"));
  await press("shift+Tab");
  await press("Tab");
  await press("Return");
  await step("Tab, Return: end", async () => (keys("Tab", "Return"), await panel.until("left")));
  await press("shift+Tab");
}
if (await open("/panel.html", "Panel, left beside an agent")) {
  const { panel } = await seat("coach");
  await step("to Leave", async () => (await panel.host.evaluate((element) => element.focus()), keys("Tab", "Tab")));
  await step("Return: leave", async () => (keys("Return"), await panel.until("left")));
}
if (await open("/panel.html", "Panel, monitoring and the line broken")) {
  const { panel, session } = await seat("monitor");
  await press("Tab");
  await step("Tab on, to the end", () => keys("Tab", "Tab", "Tab"));
  await press("Tab");
  await step("Return on Coach", async () => {
    keys("shift+Tab", "shift+Tab", "shift+Tab", "Return");
    await eventually(async () => (await panel.get("mode")) === "coach", "coach");
  });
  await step("into the box, the line breaks", async () => {
    await panel.host.evaluate((element) => element.focus());
    await sim.post("/restart", { downMs: 4000 });
    await panel.page.locator("#panel .trouble").waitFor();
  });
  await step("Return: send without a line", () => (type("Words"), keys("Return")));
  await step("the line is back", () => page.waitForFunction(() => document.querySelector("#panel").matches(":not(:state(stale))")));
}
if (await open("/blank.html", "Plain HTML, to compare")) {
  await page.evaluate(() => {
    const main = document.querySelector("main");
    const node = (parent, tag, attributes = {}, text = "") => {
      const it = document.createElement(tag);
      for (const [name, value] of Object.entries(attributes)) it.setAttribute(name, value);
      if (text) it.textContent = text;
      parent.append(it);
      return it;
    };
    const list = node(main, "ol", { role: "list", "aria-label": "Items" });
    node(list, "li", { tabindex: "0" }, "A focusable item");
    const heard = node(main, "ol", { role: "list", "aria-label": "With a listener" });
    heard.addEventListener("click", () => {});
    node(heard, "li", { tabindex: "0" }, "Another item");
    const field = node(main, "fieldset");
    node(field, "legend", {}, "To");
    for (const name of ["Agents only", "Everyone"]) {
      const label = node(field, "label", {}, name);
      const input = node(label, "input", { type: "radio", name: "to" });
      input.checked = name === "Agents only";
    }
    node(main, "button", { "aria-current": "true" }, "Current");
    const described = node(main, "button", { id: "described", "aria-describedby": "status" }, "With a status");
    const status = node(main, "span", { role: "status", id: "status" });
    described.addEventListener("click", () => (status.textContent = `Pressed ${++presses}`));
    let presses = 0;
    const dialog = node(main, "dialog", { role: "alertdialog", "aria-labelledby": "title", "aria-describedby": "text" });
    node(dialog, "h2", { id: "title" }, "Really?");
    node(dialog, "p", { id: "text" }, "Both will see it.");
    const cancel = node(dialog, "button", {}, "Cancel");
    node(main, "button", {}, "Open a dialog").addEventListener("click", () => (dialog.showModal(), cancel.focus()));
    node(main, "button", { "aria-disabled": "true", "aria-description": "A reason" }, "With a description");
  });
  for (let at = 0; at < 4; at++) await press("Tab");
  await press("Tab");
  await press("Return");
  await press("Tab");
  await press("Return");
}

console.log(`\n${execFileSync("orca", ["--version"]).toString().trim()}, Chromium ${orca.version}`);
await orca.close();
await sim.close();
process.exit();

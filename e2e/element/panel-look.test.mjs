/** The panel in little room, with large letters and by keyboard: all of it can be seen, reached, and is where it was. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fixture } from "../support/fixture.mjs";
import { seat } from "../support/panel.mjs";

const shared = fixture();

/** WCAG 1.4.12. */
const SPACED = { lineHeight: "1.5", letterSpacing: "0.12em", wordSpacing: "0.16em" };

/** What of the panel is out of its own or of the page's sight: sideways, or cut off. */
const hidden = (panel) =>
  panel.host.evaluate((element) => {
    const own = element.getBoundingClientRect();
    const cut = [...element.shadowRoot.querySelectorAll("[part]")].filter((one) => {
      const { left, right, width } = one.getBoundingClientRect();
      const isShown = one.checkVisibility() && width > 0;
      const scrolls = one.matches("[part=lines] *, [part=row] [part=text]") || one.matches("textarea");
      const isCut = one.matches("button, [part=title], [part=readers], [part=participant]") && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 3);
      return isShown && (left < own.left - 1 || right > own.right + 1 || (!scrolls && isCut));
    });
    const sideways = document.documentElement.scrollWidth > innerWidth || element.shadowRoot.querySelector(".scroller").scrollWidth > element.shadowRoot.querySelector(".scroller").clientWidth;
    return [...cut.map((one) => one.getAttribute("part")), ...(sideways ? ["sideways"] : [])];
  });

for (const [name, width, style] of [
  ["320 px", 320, {}],
  ["letters of twice the size", 640, { fontSize: "200%" }],
  ["wide spacing", 500, SPACED],
]) {
  test(`nothing is cut off and nothing scrolls sideways: ${name}`, async () => {
    const { page, session, panel } = await seat(shared, "barge-in", {}, { page: { viewport: { width, height: 900 } } });
    await page.evaluate((style) => Object.assign(document.documentElement.style, style), style);
    await shared.sim.act(session, "say", { from: "customer", text: `${"Mississippi".repeat(20)} https://a.example/${"x".repeat(80)}` });
    await panel.untilSaid("Mississippi");
    await shared.sim.fault("refuse", { operation: "SendToAgents" }, { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" });
    await panel.say("Supercalifragilistic".repeat(5));
    await panel.untilEvents("barge-in-error");
    await panel.box.fill("words");
    assert.deepEqual(await hidden(panel), []);
    await panel.part("leave").click();
    assert.deepEqual(await hidden(panel), []);
  });
}

test("by Tab all is reached in the order of reading, with a ring, and back; a message moves no focus", async () => {
  const { page, session, panel } = await seat(shared, "coach");
  await panel.part("monitor").focus();
  const order = [];
  const focused = () =>
    panel.host.evaluate(({ shadowRoot }) => {
      const focus = shadowRoot.activeElement;
      const { outlineStyle, outlineWidth } = focus ? getComputedStyle(focus) : {};
      return focus && [focus.getAttribute("part"), outlineStyle !== "none" && outlineWidth !== "0px"];
    });
  for (let stop = await focused(); stop; stop = await focused()) {
    const said = `at ${order.push(stop)}`;
    await shared.sim.act(session, "say", { from: "customer", text: said });
    await panel.untilSaid(said);
    assert.deepEqual(await focused(), stop);
    await page.keyboard.press("Tab");
  }
  assert.deepEqual(order, ["monitor", "coach", "button", "line", "to-agents", "box", "send", "leave"].map((part) => [part, true]));
  for (const [part] of order.toReversed()) {
    await page.keyboard.press("Shift+Tab");
    assert.equal(await panel.focused(), part);
  }
});

test("under forced colours the chosen readers are filled, so their words have another colour", async () => {
  const { panel } = await seat(shared, "barge-in", {}, { page: { forcedColors: "active" } });
  const colour = (part) => panel.part(part).evaluate((one) => getComputedStyle(one).color);
  const [chosen, other] = [await colour("to-agents"), await colour("to-everyone")];
  assert.notEqual(chosen, other);
  await panel.part("to-everyone").click();
  assert.deepEqual([await colour("to-agents"), await colour("to-everyone")], [other, chosen]);
});

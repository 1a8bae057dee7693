/** The confirmation before a barge-in: inline and as a dialog, by pointer and by keyboard. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();

async function ready(confirm, properties = {}, options) {
  const page = await shared.page(options);
  const session = await shared.sim.session({ agent: "Alice", customer: "Bob" });
  const button = await add(page, { sessionId: session, confirm, ...properties });
  await button.until("ready");
  return { page, session, button };
}

for (const confirm of ["inline", "dialog"]) {
  test(`${confirm}: the first press asks, the second one acts`, async () => {
    const { session, button } = await ready(confirm);
    await button.main.click();
    await button.until("confirming");
    assert.ok(await button.host.evaluate((element) => element.matches(":state(confirming)")));
    assert.equal(await button.focused(), "cancel");
    assert.deepEqual(await shared.sim.operations(session), []);
    await button.part("confirm").click();
    await button.until("joined");
    assert.equal((await shared.sim.operations(session)).length, 1);
  });

  test(`${confirm}: Cancel and Escape send nothing and give focus back`, async () => {
    const { page, session, button } = await ready(confirm);
    for (const leave of [() => button.part("cancel").click(), () => page.keyboard.press("Escape")]) {
      await button.main.focus();
      await page.keyboard.press("Enter");
      await button.until("confirming");
      await page.waitForFunction(() => document.querySelector("#one").shadowRoot.activeElement?.getAttribute("part") === "cancel");
      await leave();
      await button.until("ready");
      assert.equal(await button.focused(), "button");
    }
    assert.deepEqual(await shared.sim.operations(session), []);
  });

  test(`${confirm}: by keyboard alone`, async () => {
    const { page, session, button } = await ready(confirm);
    await page.keyboard.press("Tab");
    assert.equal(await button.focused(), "button");
    await page.keyboard.press("Space");
    await button.until("confirming");
    await page.waitForFunction(() => document.querySelector("#one").shadowRoot.activeElement?.getAttribute("part") === "cancel");
    await page.keyboard.press("Tab");
    assert.equal(await button.focused(), "confirm");
    await page.keyboard.press("Enter");
    await button.until("joined");
    assert.equal(await button.focused(), "button");
    assert.equal((await shared.sim.operations(session)).length, 1);
  });

  test(`${confirm}: a double click on the first press sends nothing`, async () => {
    const { page, session, button } = await ready(confirm);
    await button.main.dblclick();
    await button.main.click({ clickCount: 3, force: true, timeout: 500 }).catch(() => {});
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve))));
    assert.deepEqual(await shared.sim.operations(session), []);
  });

  test(`${confirm}: a held key does not run through the question`, async () => {
    const { page, session, button } = await ready(confirm);
    await button.main.focus();
    for (let i = 0; i < 10; i++) await page.keyboard.down("Enter"); // repeats, as a held key does
    await page.keyboard.up("Enter");
    assert.deepEqual(await shared.sim.operations(session), []);
  });

  test(`${confirm}: if the capability goes, the question closes`, async () => {
    const { session, button } = await ready(confirm);
    await button.main.click();
    await button.until("confirming");
    await shared.sim.act(session, "capabilities", { list: ["Leave"] });
    await button.until("unavailable", "not-permitted");
    assert.equal(await button.part("confirm").isVisible(), false);
    assert.equal(await button.focused(), "button");
  });

  test(`${confirm}: who will see the messages is named`, async () => {
    const { page, button } = await ready(confirm);
    await button.main.click();
    await button.until("confirming");
    const described = await button.part("cancel").evaluate((element) => {
      const root = element.getRootNode();
      return element.getAttribute("aria-describedby").split(" ").map((id) => root.getElementById(id).textContent).join(" ");
    });
    const words = "“\u2068Alice\u2069” and “\u2068Bob\u2069” will both see what you write.";
    assert.equal(described, words);
    await page.getByText(words).waitFor();
  });
}

test("dialog: an alertdialog with a name and a description, in the top layer", async () => {
  const { page, button } = await ready("dialog");
  await button.main.click();
  await button.until("confirming");
  const dialog = page.getByRole("alertdialog", { name: "Barge in to this conversation?" });
  await dialog.waitFor();
  assert.equal(await dialog.evaluate((element) => element.matches(":modal")), true);
  assert.equal(await dialog.getByRole("button").count(), 2);
  const tree = await page.locator("body").ariaSnapshot();
  assert.match(tree, /alertdialog "Barge in to this conversation\?"/);
});

test("none: the first press acts", async () => {
  const { session, button } = await ready("none");
  await button.main.click();
  await button.until("joined");
  assert.equal((await shared.sim.operations(session)).length, 1);
});

// Wherever the page puts the control, Cancel appears where the press was.
const places = {
  "at the start": "",
  "at the end": "text-align: end",
  centred: "text-align: center",
  "in a flex row at the end": "display: flex; justify-content: flex-end; align-items: center",
  "in a grid, centred": "display: grid; place-items: center; block-size: 12em",
  "in a narrow box": "inline-size: 15em",
  "in a table cell": "display: table-cell; vertical-align: middle; inline-size: 40em; block-size: 8em; text-align: right",
};
for (const [where, style] of Object.entries(places)) {
  test(`inline: the second step is never under the pointer, ${where}`, async () => {
    const page = await shared.page();
    for (const modes of [false, true]) {
      await page.evaluate((style) => {
        const box = document.createElement("div");
        box.id = "box";
        box.style.cssText = style;
        document.querySelector("main").replaceChildren(box);
      }, style);
      const button = await add(page, { sessionId: await shared.sim.session(), confirm: "inline", modes }, { parent: "#box" });
      for (const dir of ["ltr", "rtl"]) {
        for (const lang of ["en", "de", "ja"]) {
          await button.until("ready");
          await page.evaluate((place) => Object.assign(document.documentElement, place), { dir, lang });
          await button.untilIn(lang);
          const pressed = await button.main.boundingBox();
          await button.main.click();
          await button.until("confirming");
          const { hit, gap } = await button.host.evaluate(asked, pressed);
          const here = `${dir} ${lang} modes=${modes}`;
          assert.ok(!hit.includes("confirm"), `${here}: ${hit}`);
          assert.ok(hit.includes("cancel"), `${here}: ${hit}`);
          assert.ok(gap >= 20, `${here}: ${gap} px between the two`);
          await page.keyboard.press("Escape");
        }
      }
    }
  });
}

/** Runs in the page: which parts are where the button was pressed, and the gap between Cancel and the second step. */
function asked(element, { x, y, width, height }) {
  const found = new Set();
  for (const dx of [0.02, 0.25, 0.5, 0.75, 0.98]) {
    for (const dy of [0.05, 0.5, 0.95]) {
      const at = element.shadowRoot.elementFromPoint(x + dx * width, y + dy * height);
      found.add(at?.closest("[part]")?.getAttribute("part") ?? "outside");
    }
  }
  const [cancel, confirm] = ["cancel", "confirm"].map((part) => element.shadowRoot.querySelector(`[part=${part}]`).getBoundingClientRect());
  const gap = document.documentElement.dir === "ltr" ? confirm.left - cancel.right : cancel.left - confirm.right;
  return { hit: [...found], gap };
}

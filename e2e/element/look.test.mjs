/** The style: no layout shifts, and everything documented can be themed. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist } from "../support/paths.mjs";
import { CIRCUMSTANCES, SITUATIONS } from "../support/situations.mjs";
import { style } from "../support/style.mjs";

const shared = fixture();
const manifest = JSON.parse(readFileSync(join(dist, "custom-elements.json"), "utf8")).modules[0].declarations[0];

test("errors are placed below the other texts, and cover neither these nor the button", async () => {
  const page = await shared.page();
  const button = await add(page, { sessionId: await shared.sim.session({ mode: "barge-in" }), modes: true });
  await button.until("joined");
  await shared.sim.fault("refuse", { operation: "SwitchToMonitor" }, { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" });
  await button.part("monitor").click();
  await button.untilEvents("barge-in-error");
  for (const width of [900, 340]) {
    await page.setViewportSize({ width, height: 600 });
    const [main, status, alert] = await Promise.all(["button", "status", "alert"].map((part) => button.part(part).boundingBox()));
    assert.ok(status.height > 0 && alert.height > 0, `${width}`);
    assert.ok(alert.y >= status.y + status.height && alert.y >= main.y + main.height, `${width}: ${JSON.stringify([main, status, alert])}`);
  }
});

test("nothing around it moves, from the placeholder to joined", async () => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  const page = await shared.page({
    before: (page) =>
      page.route("**/barge-in.wasm", async (route) => {
        await held;
        await route.continue();
      }),
  });
  await page.evaluate(() => {
    const line = document.createElement("p");
    line.append("before ", Object.assign(document.createElement("span"), { id: "slot" }));
    const after = Object.assign(document.createElement("p"), { id: "after", textContent: "after" });
    document.querySelector("main").append(line, after);
  });
  const button = await add(page, { sessionId: await shared.sim.session() }, { parent: "#slot" });
  await button.main.waitFor();
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        window.shifts = 0;
        // Start two frames later, so that the insertion of the element itself does not count.
        requestAnimationFrame(() =>
          requestAnimationFrame(() => {
            new PerformanceObserver((list) => list.getEntries().forEach((entry) => (window.shifts += entry.value))).observe({ type: "layout-shift" });
            resolve();
          }),
        );
      }),
  );
  const place = async () => [await page.locator("#after").boundingBox(), await button.main.boundingBox()];
  const before = await place();
  release();
  await button.until("ready");
  assert.deepEqual(await place(), before);
  await button.main.press("Enter");
  await button.until("joined");
  assert.deepEqual(await place(), before);
  // A text that grows from one line to two stays centred beside the button, so it begins half a line higher.
  const shifts = await page.evaluate(() => window.shifts);
  assert.ok(shifts < 0.001, String(shifts));
});

const SAMPLES = {
  "--barge-in-accent": ["rgb(1, 2, 3)", "ready", "button", "backgroundColor", "::before"],
  "--barge-in-live": ["rgb(1, 2, 3)", "joined", "button", "backgroundColor"],
  "--barge-in-on-live": ["rgb(1, 2, 3)", "joined", "button", "color"],
  "--barge-in-danger": ["rgb(1, 2, 3)", "failed", "alert", "color"],
  "--barge-in-text": ["rgb(1, 2, 3)", "ready", "base", "color"],
  "--barge-in-muted": ["rgb(1, 2, 3)", "not permitted", "reason", "color"],
  "--barge-in-line": ["rgb(1, 2, 3)", "ready", "coach", "borderBlockStartColor"],
  "--barge-in-tint": ["rgb(1, 2, 3)", "ready", "monitor", "backgroundColor"],
  "--barge-in-surface": ["rgb(1, 2, 3)", "confirming in a dialog", "dialog", "backgroundColor"],
  "--barge-in-focus": ["rgb(1, 2, 3)", "confirming in a dialog", "cancel", "outlineColor"],
  "--barge-in-radius": ["3px", "joined", "button", "borderStartEndRadius"],
  "--barge-in-size": ["50px", "ready", "button", "blockSize"],
  "--barge-in-padding": ["33px", "ready", "button", "paddingInlineStart"],
  "--barge-in-gap": ["44px", "joined", "status", "marginInlineStart"],
  "--barge-in-words-size": ["77px", "joined", "status", "maxInlineSize"],
  "--barge-in-font": ["italic 20px monospace", "ready", "button", "fontStyle", undefined, "italic"],
  "--barge-in-font-size": ["19px", "ready", "button", "fontSize"],
  "--barge-in-font-weight": ["300", "ready", "button", "fontWeight"],
};

test("each custom property of the manifest sets what it says", async () => {
  assert.deepEqual(Object.keys(SAMPLES).sort(), manifest.cssProperties.map((one) => one.name).sort());
  const page = await shared.page({ reducedMotion: "reduce" });
  await style(page, ".themed { }");
  for (const situation of new Set(Object.values(SAMPLES).map((sample) => sample[1]))) {
    const button = await SITUATIONS[situation]({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
    await page.mouse.move(0, 0);
    for (const [name, [value, reached, part, property, pseudo, expected]] of Object.entries(SAMPLES)) {
      if (reached !== situation) continue;
      const read = () => button.part(part).evaluate((element, [pseudo, property]) => getComputedStyle(element, pseudo)[property], [pseudo, property]);
      const before = await read();
      await button.host.evaluate((element, [name, value]) => element.style.setProperty(name, value), [name, value]);
      assert.equal(await read(), expected ?? value, name);
      assert.notEqual(before, expected ?? value, name);
      await button.host.evaluate((element) => element.removeAttribute("style"));
    }
    await page.keyboard.press("Escape");
    await button.host.evaluate((element) => element.remove());
  }
});

test("the style sheet reads no custom property that the manifest does not name", async () => {
  const page = await shared.page();
  const button = await add(page);
  const sheets = await button.host.evaluate((element) =>
    element.shadowRoot.adoptedStyleSheets.flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join("\n"),
  );
  const read = new Set(Array.from(sheets.matchAll(/var\((--barge-in-[a-z-]+)/g), ([, name]) => name));
  assert.ok(read.size > 10);
  for (const name of read) assert.ok(manifest.cssProperties.some((one) => one.name === name), name);
});

/** What of the parts is computed differently once these custom properties are set: a line for each property of each part. */
const changedBy = (button, properties) =>
  button.host.evaluate((element, properties) => {
    const computed = () => {
      const all = [];
      for (const one of element.shadowRoot.querySelectorAll("*")) {
        for (const pseudo of ["", "::before", "::after"]) {
          const style = getComputedStyle(one, pseudo);
          for (const name of style) if (!name.startsWith("--")) all.push(`${one.part}${pseudo} ${name}: ${style.getPropertyValue(name)}`);
        }
      }
      return all;
    };
    const before = computed();
    for (const [name, value] of properties) element.style.setProperty(name, value);
    return computed().filter((line, at) => line !== before[at]);
  }, properties);

for (const colorScheme of ["light", "dark"]) {
  test(`the defaults of the custom properties are those of the manifest, ${colorScheme}`, async () => {
    const page = await shared.page({ colorScheme, reducedMotion: "reduce" });
    await page.evaluate((scheme) => document.documentElement.style.setProperty("color-scheme", scheme), colorScheme);
    for (const reach of Object.values(SITUATIONS)) {
      const button = await reach({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
      // A situation is reached by clicks: what then lies under the pointer would take its hover colours a moment later.
      await page.mouse.move(0, 0);
      const defaults = manifest.cssProperties.filter((one) => one.default).map((one) => [one.name, one.default]);
      assert.deepEqual(await changedBy(button, defaults), []);
      await page.keyboard.press("Escape");
      await button.host.evaluate((element) => element.remove());
    }
  });
}

test("the parts of the manifest are the rendered ones; each can be styled and each state selected", async () => {
  const page = await shared.page();
  await style(page, manifest.cssParts.map(({ name }) => `barge-in-button::part(${name}) { --seen: ${name}; }`).join("\n"));
  await style(page, manifest.cssStates.map(({ name }) => `barge-in-button:state(${name}) { --state: ${name}; }`).join("\n"));
  const [drawn, styled, states] = [new Set(), new Set(), new Set()];
  for (const reach of Object.values(SITUATIONS)) {
    const button = await reach({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
    const seen = await button.host.evaluate((element) => {
      const style = (one, name) => getComputedStyle(one).getPropertyValue(name);
      const parts = [...element.shadowRoot.querySelectorAll("[part]")].map((one) => [one.part.value, style(one, "--seen")]);
      return { state: style(element, "--state"), parts };
    });
    states.add(seen.state);
    for (const [part, name] of seen.parts) {
      drawn.add(part);
      styled.add(name);
    }
    await page.keyboard.press("Escape");
    await button.host.evaluate((element) => element.remove());
  }
  const parts = manifest.cssParts.map((one) => one.name).sort();
  assert.deepEqual([...drawn].sort(), parts);
  assert.deepEqual([...styled].sort(), parts);
  // Only a panel lets one leave; its own tests reach that state.
  const reached = manifest.cssStates.map((one) => one.name).filter((name) => name !== "left");
  assert.deepEqual([...states].sort(), reached.sort());
});

test("the placeholder has only parts of the manifest", async () => {
  const page = await shared.page({ before: (page) => page.route("**/barge-in.wasm", (route) => route.abort()) });
  const button = await add(page, { sessionId: "s", modes: true, confirm: "inline" });
  await button.until("unavailable", "unsupported");
  const drawn = await button.host.evaluate((element) => [...element.shadowRoot.querySelectorAll("[part]")].map((one) => one.part.value));
  assert.ok(drawn.includes("button"));
  for (const part of drawn) assert.ok(manifest.cssParts.some(({ name }) => name === part), part);
});

test("right to left is the mirror of left to right", async () => {
  const page = await shared.page();
  const button = await SITUATIONS["confirming inline"]({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true, lang: "en" }) });
  const order = () =>
    button.host.evaluate((element) =>
      [...element.shadowRoot.querySelectorAll("button")]
        .filter((one) => one.checkVisibility({ visibilityProperty: true }))
        .sort((a, b) => a.getBoundingClientRect().x - b.getBoundingClientRect().x)
        .map((one) => one.part.value),
    );
  const before = await order();
  assert.deepEqual(before, ["monitor", "coach", "cancel", "confirm"]);
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  assert.deepEqual(await order(), before.reverse());
});

test("long words wrap and stay within a narrow page", async () => {
  const page = await shared.page({ viewport: { width: 320, height: 600 } });
  const button = await SITUATIONS.failed({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
  await button.set({ strings: { "failed-http": "Unabridged".repeat(30), "barge-in": "Donaudampfschifffahrtsgesellschaft" } });
  await page.waitForFunction(() => document.querySelector("#one").shadowRoot.querySelector("[part=alert]").textContent.startsWith("Unabridged"));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});

/** Computed values with a `color(…)` function in an element's shadow root, each as `part property: value`. */
const colorFunctions = (button) =>
  button.host.evaluate((element) => {
    const found = [];
    const colours = [...getComputedStyle(element)].filter((name) => /color|image|shadow|fill|stroke|filter/.test(name));
    for (const one of [element, ...element.shadowRoot.querySelectorAll("*")]) {
      for (const pseudo of [null, "::before", "::after", "::backdrop"]) {
        const style = getComputedStyle(one, pseudo);
        for (const property of colours) {
          const value = style.getPropertyValue(property);
          if (/\bcolor\(/.test(value)) found.push(`${one.part}${pseudo ?? ""} ${property}: ${value}`);
        }
      }
    }
    return found;
  });

// Screenshot libraries such as html2canvas do not support this function and fail for the whole page.
for (const [name, { context, root }] of Object.entries(CIRCUMSTANCES)) {
  test(`no part in any state has a color() function computed, ${name}`, async () => {
    const page = await shared.page(context);
    await page.evaluate((root) => {
      for (const name in root) document.documentElement.setAttribute(name, root[name]);
    }, root);
    for (const [situation, reach] of Object.entries(SITUATIONS)) {
      const button = await reach({ sim: shared.sim, add: (properties) => add(page, { ...properties, modes: true }) });
      assert.deepEqual(await colorFunctions(button), [], situation);
      for (const part of ["button", "monitor", "cancel", "confirm"]) {
        const one = button.part(part);
        if (!(await one.count()) || !(await one.isVisible())) continue;
        // Elements behind a dialog cannot be hovered.
        await one.hover({ force: true });
        assert.deepEqual(await colorFunctions(button), [], `${situation}, pointer over ${part}`);
        await page.mouse.down();
        assert.deepEqual(await colorFunctions(button), [], `${situation}, ${part} pressed`);
        await page.mouse.move(899, 1);
        await page.mouse.up();
      }
      await page.keyboard.press("Escape");
      await button.host.evaluate((element) => element.remove());
    }
  });
}

test("a change of state starts no transition, a pointer does", async () => {
  const page = await shared.page({ reducedMotion: "no-preference" });
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await button.host.evaluate((element) => {
    window.transitions = [];
    element.shadowRoot.addEventListener("transitionrun", ({ target, propertyName }) => window.transitions.push(`${target.part} ${propertyName}`));
  });
  // Two frames later all transitions of a change have begun.
  const begun = () =>
    page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(window.transitions)))));
  for (const [list, state] of [[["Leave"], "unavailable"], [["SwitchToBargeIn"], "ready"]]) {
    await shared.sim.act(id, "capabilities", { list });
    await button.until(state);
    assert.deepEqual(await begun(), [], state);
  }
  await button.main.press("Enter");
  await button.until("joined");
  assert.deepEqual(await begun(), []);
  await shared.sim.act(id, "switch", { operation: "SwitchToMonitor" });
  await button.until("ready");
  assert.deepEqual(await begun(), []);
  await button.main.hover();
  assert.ok((await begun()).includes("button background-color"));
});

/**
 * Draws the button in every state, circumstance and theme into one picture, `target/contact-sheet.png`.
 *
 * `cargo xtask sheet` builds what it needs and runs it.
 */
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { launch, open } from "./support/browser.mjs";
import { add } from "./support/button.mjs";
import { root } from "./support/paths.mjs";
import { startSim } from "./support/sim.mjs";
import { CIRCUMSTANCES, SITUATIONS } from "./support/situations.mjs";
import { style } from "./support/style.mjs";

const sim = await startSim();
const browser = await launch();
try {
  await draw();
} finally {
  await browser.close();
  await sim.close();
}

/** The CSS rules under a heading of the theming guide. */
function theme(heading) {
  const guide = readFileSync(join(root, "docs/theming.md"), "utf8");
  const found = new RegExp(`^## ${heading}\\n[\\s\\S]*?\`\`\`css\\n([\\s\\S]*?)\`\`\``, "m").exec(guide);
  assert.ok(found, heading);
  return found[1];
}

async function draw() {
  const looks = {
    ...CIRCUMSTANCES,
    "beside Genesys Spark": { context: {}, root: {}, css: theme("Beside Genesys Spark") },
    "beside a bare console": { context: {}, root: {}, css: theme("Beside a bare console") },
  };
  const columns = [];
  for (const [name, { context, root, css }] of Object.entries(looks)) {
    const page = await open(browser, sim, undefined, { ...context, reducedMotion: "reduce", deviceScaleFactor: 2, viewport: { width: 640, height: 400 } });
    if (css) await style(page, css);
    await style(page, "main { display: grid; gap: 12px; } section { min-block-size: 44px; } section.asks { min-block-size: 92px; }");
    await page.evaluate((root) => {
      for (const name in root) document.documentElement.setAttribute(name, root[name]);
    }, root);
    let count = 0;
    for (const [situation, reach] of Object.entries(SITUATIONS)) {
      if (situation.endsWith("dialog")) continue;
      for (const modes of ["ready", "confirming inline", "joined"].includes(situation) ? [false, true] : [false]) {
        const id = `n${count++}`;
        const row = { id: `${id}-row`, className: situation.startsWith("confirming") ? "asks" : "" };
        await page.evaluate((row) => document.querySelector("main").append(Object.assign(document.createElement("section"), row)), row);
        await reach({ sim, add: (properties) => add(page, { ...properties, modes }, { id, parent: `#${id}-row` }) });
      }
    }
    await page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.blur());
    const rows = await page.screenshot({ fullPage: true });
    const button = await SITUATIONS["confirming in a dialog"]({ sim, add: (properties) => add(page, properties, { id: "last" }) });
    const box = await button.part("dialog").boundingBox();
    const dialog = await page.screenshot({ clip: { x: 40, y: Math.max(0, box.y - 24), width: 560, height: box.height + 48 } });
    columns.push({ name, images: [rows, dialog].map((image) => `data:image/png;base64,${image.toString("base64")}`) });
    await page.context().close();
  }
  const sheet = await (await browser.newContext({ viewport: { width: 1720, height: 800 } })).newPage();
  await sheet.evaluate((columns) => {
    document.body.style.cssText = "margin: 24px; display: grid; grid-template-columns: repeat(3, 1fr); gap: 24px; background: #ddd; font: 600 20px system-ui";
    for (const { name, images } of columns) {
      const column = document.body.appendChild(document.createElement("figure"));
      column.style.margin = "0";
      column.appendChild(document.createElement("figcaption")).textContent = name;
      for (const source of images) {
        const image = column.appendChild(new Image());
        image.style.cssText = "inline-size: 100%; display: block; margin-block-start: 8px";
        image.src = source;
      }
    }
    return Promise.all([...document.images].map((image) => image.decode()));
  }, columns);
  mkdirSync(join(root, "target"), { recursive: true });
  const path = join(root, "target/contact-sheet.png");
  await sheet.screenshot({ fullPage: true, path });
  console.log(path);
}

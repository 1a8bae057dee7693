/**
 * Regenerates the tables of `docs/reference.md` and `docs/panel.md`, each between `<!-- its name -->` and `<!-- end -->`, from the built
 * package:
 *
 *     cargo xtask dist && node build/reference.mjs
 *
 * A test (`e2e/element/package.test.mjs`) fails if they are stale.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { tables } from "./tables.mjs";

const root = new URL("../", import.meta.url);

/** The up-to-date reference; `dist` is the folder of the built package. */
export async function renewed(dist, file = "reference.md") {
  const shipped = (file) => new URL(file, `${pathToFileURL(dist)}/`);
  const { modules } = JSON.parse(readFileSync(shipped("custom-elements.json"), "utf8"));
  const { default: texts } = await import(shipped("locales/en.js"));
  const types = readFileSync(shipped("types.d.ts"), "utf8");
  const button = modules[0].declarations[0];
  const all = tables(button, texts, types);
  const panel = tables(ownOf(modules.find((one) => one.path === "panel-index.js").declarations[0], button), texts, types);
  for (const name in panel) all[`panel ${name}`] = panel[name];
  const reference = readFileSync(new URL(`docs/${file}`, root), "utf8");
  return reference.replace(/^<!-- ([\w ]+) -->$[^]*?^<!-- end -->$/gm, (_, name) => {
    if (!all[name]) throw new Error(`docs/${file} asks for ${name}, which is no table`);
    return `<!-- ${name} -->\n${all[name]}\n<!-- end -->`;
  });
}

/** What the panel does not share with the button. */
function ownOf(panel, button) {
  const own = { ...panel };
  for (const list of ["attributes", "members", "events", "cssStates", "cssParts"]) {
    const shared = new Map(button[list].map((one) => [one.name, one.description]));
    own[list] = panel[list].filter((one) => shared.get(one.name) !== one.description);
  }
  return own;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const dist = fileURLToPath(new URL("target/npm", root));
  for (const file of ["reference.md", "panel.md"]) writeFileSync(new URL(`docs/${file}`, root), await renewed(dist, file));
}

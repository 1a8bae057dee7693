/**
 * Regenerates the tables of `docs/reference.md`, each between `<!-- its name -->` and `<!-- end -->`, from the built
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
export async function renewed(dist) {
  const shipped = (file) => new URL(file, `${pathToFileURL(dist)}/`);
  const { modules } = JSON.parse(readFileSync(shipped("custom-elements.json"), "utf8"));
  const { default: texts } = await import(shipped("locales/en.js"));
  const all = tables(modules[0].declarations[0], texts, readFileSync(shipped("types.d.ts"), "utf8"));
  const reference = readFileSync(new URL("docs/reference.md", root), "utf8");
  return reference.replace(/^<!-- (.+) -->$[^]*?^<!-- end -->$/gm, (_, name) => {
    if (!all[name]) throw new Error(`docs/reference.md asks for ${name}, which is no table`);
    return `<!-- ${name} -->\n${all[name]}\n<!-- end -->`;
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("docs/reference.md", root), await renewed(fileURLToPath(new URL("target/npm", root))));
}

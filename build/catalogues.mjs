/** The texts of all languages, by name and key, each language with every key of the English ones. */
import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import { words } from "../js/words.js";

const folder = new URL("../js/locales/", import.meta.url);
const panelFolder = new URL("../js/panel/locales/", import.meta.url);

/** All catalogues, the English one first; `component` holds the English texts of `src/strings.rs`. */
export async function catalogues(component) {
  for (const key in words) {
    if (words[key] !== (component[key] ?? words[key])) throw new Error(`js/words.js says ${key} otherwise than src/strings.rs`);
  }
  return compared(folder, { ...component, ...words });
}

/** The same of the panel alone; `component` holds the English texts of `src/panel/strings.rs`. */
export const panelCatalogues = (component) => compared(panelFolder, component);

async function compared(folder, en) {
  const all = { en };
  for (const file of await readdir(folder)) {
    const { default: texts } = await import(new URL(file, folder));
    for (const key in { ...all.en, ...texts }) {
      if (!(key in texts)) throw new Error(`${file} of ${folder.pathname} lacks ${key}`);
      if (!(key in all.en)) throw new Error(`${file} of ${folder.pathname} has ${key}, which is no text`);
    }
    all[basename(file, ".js")] = texts;
  }
  return all;
}

/**
 * Takes the names out of what passes between WebAssembly and its glue, in both files.
 *
 * wasm-bindgen names imports and exports by what they do and a hash, 40 letters each and up to 260, and nothing that
 * compresses; nobody but the two files reads them. An import becomes its place in an array, an export a letter. It saves 13 kB,
 * and 4.4 kB after brotli.
 */

import { EXPORTS, IMPORTS, list, rewriteSections, sections, text } from "./binary.mjs";

/** The table of imports in the glue, and its one module's name. */
const TABLE = /\{\n +__proto__: null,\n((?:        .*\n)+)    \}/;
const MODULE = '"./barge_in_bg.js"';

/** Gives `{ wasm, glue }` without names, nor functions that WebAssembly does not import. Fails where it asks for others. */
export function shorten(wasm, glue) {
  const wanted = new Set(importNames(wasm));
  const all = glue.match(TABLE)?.[1].split(/^        (?=\w)/m).slice(1) ?? [];
  const entries = all.filter((entry) => wanted.has(nameOf(entry)));
  // Functions that are alike but for a property's name lie side by side, where a compressor finds them: 0.1 kB.
  const shape = (entry) => entry.slice(entry.indexOf(":")).replaceAll(/\.\w+/g, "");
  entries.sort((a, b) => compare(shape(a), shape(b)) || compare(a, b));
  const places = new Map(entries.map((entry, index) => [nameOf(entry), `${index}`]));
  const letters = new Map();
  const rewritten = rewrite(wasm, {
    imported(module, name) {
      if (JSON.stringify(module) !== MODULE || !places.has(name)) throw new Error(`${name} of ${module} is not in the glue`);
      return ["0", places.get(name)];
    },
    exported(name) {
      letters.set(name, letter(letters.size));
      return letters.get(name);
    },
  });
  const table = entries.map((entry) => entry.slice(entry.indexOf(":") + 1));
  const short = glue
    .replace(TABLE, () => `[\n${table.join("")}]`)
    .replace(MODULE, "0")
    .replaceAll(/\bwasm\.(\w+)/g, (_, name) => {
      if (!letters.has(name)) throw new Error(`the glue calls ${name}, which WebAssembly does not export`);
      return `wasm.${letters.get(name)}`;
    });
  return { wasm: rewritten, glue: short };
}

const nameOf = (entry) => entry.slice(0, entry.indexOf(":"));
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** `a` to `z`, then `a1` and so on. */
const letter = (index) => String.fromCharCode(97 + (index % 26)) + (Math.floor(index / 26) || "");

function importNames(wasm) {
  const names = [];
  for (const { section, body } of sections(wasm)) {
    if (section === IMPORTS) list(body, () => (body.text(), names.push(body.text()), body.description(), []));
  }
  return names;
}

/** The file with the names of each import and export replaced. */
function rewrite(wasm, { imported, exported }) {
  return rewriteSections(wasm, {
    [IMPORTS]: (body) =>
      list(body, () => [...imported(body.text(), body.text()).map(text), body.since(() => body.description())]),
    [EXPORTS]: (body) => list(body, () => [text(exported(body.text())), body.since(() => (body.byte(), body.number()))]),
  });
}

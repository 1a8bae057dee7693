/**
 * Changes wasm-bindgen's glue for a page that is not ours, and gives it the short names that `wasm-opt` has chosen.
 *
 * Each change has a name, and the build fails by that name where nothing is found to change: another version of wasm-bindgen
 * cannot go unnoticed.
 */

/** Changes the glue. `names` is the map of short names that `wasm-opt` printed, if it gave any. */
export function adapt(glue, names) {
  const changed = tellingTraps(Object.entries(CHANGES).reduce(change, glue)) + BEGIN;
  return names ? shorten(changed, names) : changed;
}

function change(text, [name, [found, put]]) {
  const changed = text.replaceAll(found, put);
  if (changed === text) throw new Error(`the glue has changed: ${name}: nothing in it is like ${found}`);
  return changed;
}

/** What is asked of a value in place of `instanceof`: a page may have put something else under these names. */
const LIKE = { Window: "arg0.self === arg0", Element: "arg0?.nodeType === 1", ShadowRoot: "arg0?.nodeType === 11" };

function like(_, name) {
  if (!LIKE[name]) throw new Error(`the glue has changed: it asks whether something is an instance of ${name}`);
  return LIKE[name];
}

/** What the page may replace in its window at any time, and `capture.mjs` has taken. */
const TAKEN = ["setTimeout", "clearTimeout", "queueMicrotask", "performance"];

const CHANGES = {
  // Yew marks DOM nodes with properties of these names and counts from the same numbers in every instance. A page that is
  // itself written in Yew would take our nodes for its own and run its handlers on our clicks.
  "private names": [/__yew_/g, "__bargein_yew_"],
  // Yew can draw markup from text. Nothing here asks for it, and `snip.mjs` takes it out.
  "no markup": [/\.(inner|outer)HTML = /g, ".textContent = "],
  "no instanceof": [/\barg0 instanceof (\w+)/g, like],
  // Only objects are compared so, for which it is the same. Some pages have an Object.is that is no function.
  "no Object.is": ["Object.is(arg0, arg1)", "arg0 === arg1"],
  "no names of the window": [/typeof (\w+) === 'undefined' \? undefined : \1\b/g, "home"],
  ...Object.fromEntries(TAKEN.map((name) => [`${name} of the window`, [`arg0.${name}`, name]])),
  // Both are made when WebAssembly starts: the module may be imported where there are none, on a server say.
  "late decoder": [/= new TextDecoder\(.*\);\ncachedTextDecoder\.decode\(\);\n(.*\nlet numBytesDecoded =) 0;/g, ";\n$1 Infinity;"],
  "late encoder": [/^const cachedTextEncoder = .*\n\nif [^]*?^\}\n/gm, "let cachedTextEncoder;\n"],
  // Safari's decoder fails after 2 GiB. A restart keeps the decoder, so it must keep the count too.
  "count of decoded bytes": [/^ +if \(typeof numBytesDecoded .*\n/gm, ""],
};

/** Starts an instance in the same way as the glue does after a panic. Unlike `initSync`, it can be called again. */
const BEGIN = `
export function begin(module) {
  wasmModule = module;
  cachedTextEncoder ??= new TextEncoder();
  __wbg_reset_state();
}
`;

/**
 * An exception in a callback of the browser has no caller to catch it. So the glue tells it to the listener of `onTrap`, and
 * `runtime.js` learns of every trap, whoever called.
 */
function tellingTraps(text) {
  const call = /return f\((state\.)?a, state\.b, \.\.\.args\);/g;
  const [calls, callbacks] = [call, /function make(Mut)?Closure\(/g].map((pattern) => text.match(pattern)?.length);
  if (!calls || calls !== callbacks) throw new Error("the glue has changed: traps: it calls back in a way that is not known");
  const telling = text.replaceAll(call, "$&\n} catch (error) {\ntrapped(error);\nthrow error;");
  return `${telling}\nlet trapped;\nexport const onTrap = (listener) => (trapped = listener);\n`;
}

/** The table of imports in the glue. */
const TABLE = /\{\n +__proto__: null,\n((?:        .*\n)+)    \}/;

/** Renames imports and exports, and drops the imports that WebAssembly does not have any more. */
function shorten(glue, { imports, exports }) {
  const table = glue.match(TABLE)?.[1];
  if (!table) throw new Error("the glue has changed: its table of imports is not found");
  const entries = new Map(table.split(/^        (?=\w)/m).map((entry) => entry.split(/:(.*)/s)));
  const short = imports.map(([module, name, put]) => {
    if (!entries.has(name)) throw new Error(`the glue has no import ${name} of ${module}`);
    return `${put}:${entries.get(name)}`;
  });
  const called = new Map(exports);
  return glue
    .replace(TABLE, () => `{\n${short.join("")}}`)
    .replace('"./barge_in_bg.js"', "a")
    .replaceAll(/\bwasm\.(\w+)/g, (found, name) => {
      if (!called.has(name)) throw new Error(`the glue calls ${name}, which WebAssembly does not export`);
      return `wasm.${called.get(name)}`;
    });
}

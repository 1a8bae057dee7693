/**
 * Adapts wasm-bindgen's glue to foreign pages, and to the short names that `wasm-opt` has chosen.
 *
 * Each change has a name. If a change finds nothing to replace, the build fails with that name, so an incompatible
 * version of wasm-bindgen is noticed.
 */

/** Changes the glue. `names` is the map of short names printed by `wasm-opt`, if any. */
export function adapt(glue, names) {
  const changed = tellingTraps(Object.entries(CHANGES).reduce(change, glue)) + BEGIN;
  return names ? shorten(changed, names) : changed;
}

function change(text, [name, [found, put]]) {
  const changed = text.replaceAll(found, put);
  if (changed === text) throw new Error(`the glue has changed: ${name}: nothing in it is like ${found}`);
  return changed;
}

/** The checks that replace `instanceof`, as a page may have replaced these globals. */
const LIKE = { Window: "arg0.self === arg0", Element: "arg0?.nodeType === 1", ShadowRoot: "arg0?.nodeType === 11" };

function like(_, name) {
  if (!LIKE[name]) throw new Error(`the glue has changed: it asks whether something is an instance of ${name}`);
  return LIKE[name];
}

/** Members of `window` that the page may replace at any time; `capture.mjs` has captured them. */
const TAKEN = ["setTimeout", "clearTimeout", "queueMicrotask", "performance"];

const CHANGES = {
  // Yew marks DOM nodes with properties of these names, and every instance counts from the same numbers. A page that is
  // itself written in Yew would mistake the widget's nodes for its own and run its handlers on clicks in the widget.
  "private names": [/__yew_/g, "__bargein_yew_"],
  // Yew can render markup from text. The widget does not use it, and `snip.mjs` removes it.
  "no markup": [/\.(inner|outer)HTML = /g, ".textContent = "],
  "no instanceof": [/\barg0 instanceof (\w+)/g, like],
  // Only objects are compared here, for which `===` is equivalent. Some pages have an Object.is that is not a function.
  "no Object.is": ["Object.is(arg0, arg1)", "arg0 === arg1"],
  "no names of the window": [/typeof (\w+) === 'undefined' \? undefined : \1\b/g, "home"],
  ...Object.fromEntries(TAKEN.map((name) => [`${name} of the window`, [`arg0.${name}`, name]])),
  // Create the decoder when WebAssembly starts: the module may be imported where there is none, for example on a
  // server.
  "late decoder": [/= new TextDecoder\(.*\);\ncachedTextDecoder\.decode\(\);\n(.*\nlet numBytesDecoded =) 0;/g, ";\n$1 Infinity;"],
  "late encoder": [/^const cachedTextEncoder = .*\n\nif [^]*?^\}\n/gm, "let cachedTextEncoder;\n"],
  // Safari's decoder fails after 2 GiB. A restart keeps the decoder, so it must keep the byte count, too.
  "count of decoded bytes": [/^ +if \(typeof numBytesDecoded .*\n/gm, ""],
};

/** Starts an instance as the glue does after a panic. Unlike `initSync`, it can be called again. */
const BEGIN = `
export function begin(module) {
  wasmModule = module;
  cachedTextEncoder ??= new TextEncoder();
  __wbg_reset_state();
}
`;

/**
 * An exception in a browser callback has no caller that could catch it. So the glue passes it to the listener of
 * `onTrap`, and `runtime.js` is notified of every trap, for any caller.
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

/** Renames imports and exports, and removes imports that the WebAssembly no longer has. */
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

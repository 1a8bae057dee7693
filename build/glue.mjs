/**
 * Cuts from wasm-bindgen's glue what this widget never uses.
 *
 * The glue is written for every browser, for Node and for workers, and is quick rather than short. Ours runs in the pages of
 * browsers that all have what it guards against, and `loader.js` fetches and compiles by itself. Each cut says what it takes
 * away and fails where that is not found, so that another wasm-bindgen cannot slip past it. It saves 5 kB, and 0.6 kB after
 * brotli.
 */

/** Gives the shorter glue. It exports `initSync` and `exported`: whatever else the glue exported, by name. */
export function trim(glue) {
  const text = CUTS.reduce(cut, glue);
  // `handleError` is called otherwise than before, so no call of the old kind may be left.
  if (/, arguments\)/.test(text)) throw new Error("a function of the glue still asks for its arguments");
  if (/const ret = undefined;/.test(text)) throw new Error("the glue asks what something is an instance of");
  const names = [...text.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name);
  if (names.length === 0) throw new Error("the glue exports nothing");
  const inner = text.replaceAll(/^export (?=function|const)/gm, "");
  return `${inner}\n${OWN}\nexport const exported = { ${names.join(", ")} };\n`;
}

/** What stands in for some of the functions that were cut, under the names by which the others call them. */
const OWN = `
// As a restarted instance is begun.
export function initSync(module) {
  wasmModule = module;
  // Not before: the module may be imported where there is no such thing.
  cachedTextEncoder ??= new TextEncoder();
  __wbg_reset_state();
}

// Kept until the memory grows, or another instance has another.
let view = new DataView(new ArrayBuffer(0));
const getDataViewMemory0 = () =>
  view.buffer === wasm.memory.buffer ? view : (view = new DataView(wasm.memory.buffer));
let bytes = new Uint8Array();
const getUint8ArrayMemory0 = () =>
  bytes.buffer === wasm.memory.buffer ? bytes : (bytes = new Uint8Array(wasm.memory.buffer));

let cachedTextEncoder;

// Most texts are names of a few letters, for which the encoder takes three times as long.
function passStringToWasm0(text, malloc) {
  const plain = text.length < 200 && !/[^\0-\x7f]/.test(text);
  const source = plain ? text : cachedTextEncoder.encode(text);
  const ptr = malloc(source.length, 1) >>> 0;
  const memory = getUint8ArrayMemory0();
  if (!plain) memory.set(source, ptr);
  else for (let at = 0; at < source.length; at++) memory[ptr + at] = source.charCodeAt(at);
  WASM_VECTOR_LEN = source.length;
  return ptr;
}

// Safari's decoder fails after 2 GiB, so it is replaced before.
let decoder;
let decoded = Infinity;

function decodeText(bytes) {
  decoded += bytes.length;
  if (decoded >= 2 ** 31 - 2 ** 20) {
    decoder = new TextDecoder("utf-8", { ignoreBOM: true });
    decoded = bytes.length;
  }
  return decoder.decode(bytes);
}

const isLikeNone = (value) => value == null;
const giveOptional = (value) => (isLikeNone(value) ? 0 : addToExternrefTable0(value));

// A slice for Rust, as its place and its length.
function giveSlice(at, ptr) {
  const memory = getDataViewMemory0();
  memory.setInt32(at >>> 0, ptr, true);
  memory.setInt32((at >>> 0) + 4, WASM_VECTOR_LEN, true);
}

const handleError = (call) => (...args) => {
  try {
    return call(...args);
  } catch (error) {
    wasm.__wbindgen_exn_store(addToExternrefTable0(error));
  }
};
`;

function cut(text, [found, put = ""]) {
  const changed = text.replace(found, put);
  if (changed === text) throw new Error(`the glue has changed: nothing in it is like ${found}`);
  return changed;
}

/** What is asked of a value in place of what it is an instance of. Only what is named here may be asked. */
const LIKE = {
  Window: "arg0.self === arg0",
  Element: "arg0?.nodeType === 1",
  ShadowRoot: "arg0?.nodeType === 11",
};

/** A whole function of the outermost level. */
const whole = (name) => [new RegExp(`^(async )?function ${name}\\(.*\\) \\{\\n(.*\\n)*?\\}\\n`, "m")];

const CUTS = [
  // The other ways to start.
  [/^export \{ initSync, __wbg_init as default \};\n/m],
  [/^let __wbg_init_promise;\n/m],
  ...["__wbg_init", "__wbg_init_once", "__wbg_load", "__wbg_finalize_init", "initSync"].map(whole),

  // Views of the memory that are kept.
  [/^let cached(DataView|Uint8Array)Memory0 = null;\n/gm],
  [/^ +cached(DataView|Uint8Array)Memory0 = null;\n/gm],
  ...["getDataViewMemory0", "getUint8ArrayMemory0"].map(whole),

  // Texts: a loop for short ones, and a substitute for `encodeInto`.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n(.*\n)*?\}\n/m],
  [/^const cachedTextEncoder = .*\n/m],
  [/^let cachedTextDecoder = .*\ncachedTextDecoder.decode\(\);\nconst MAX_SAFARI_DECODE_BYTES = .*\nlet numBytesDecoded = .*\n/m],
  [/^ +if \(typeof \w+ !== 'undefined'\) \w+ = 0;\n/gm],
  ...["passStringToWasm0", "decodeText"].map(whole),
  [/, wasm\.__wbindgen_realloc\)/g, ")"],

  // What is given to Rust, written out each time.
  [
    /(?:var|const) ptr1 = (.*);\n +(?:var|const) len1 = WASM_VECTOR_LEN;\n.* \+ 4 \* 1, len1, true\);\n.* \+ 4 \* 0, ptr1, true\);/g,
    "giveSlice(arg0, $1);",
  ],
  [/const ret = (.*);\n +return isLikeNone\(ret\) \? 0 : addToExternrefTable0\(ret\);/g, "return giveOptional($1);"],
  whole("isLikeNone"),

  // Only objects are compared so.
  [/Object\.is\(arg0, arg1\)/, "arg0 === arg1"],

  // Guards for where there are no such globals.
  [/typeof (globalThis|global|self|window) === 'undefined' \? undefined : \1/g, "home"],
  // A page may have put something else under these names, so what a value is like decides.
  [
    /let result;\n +try \{\n +result = arg0 instanceof (\w+);\n.*\n.*\n +\}\n +const ret = result;/g,
    (_, name) => `const ret = ${LIKE[name]};`,
  ],
  [/\(typeof FinalizationRegistry === 'undefined'\)\n.*\n +: new/, "new"],

  // What `capture.mjs` has taken is called by itself, not as the page's window has it now.
  [/\barg0\.((?:set|clear)Timeout|performance|queueMicrotask)\b/g, "$1"],

  // Imports become arrow functions, and those that may throw are wrapped once instead of at each call.
  [/: function\(\) \{ return handleError\(function \((.*)\) \{((?:\n.*)*?)\n +\}, arguments\); \},/g, ": handleError(($1) => {$2\n        }),"],
  [/: function\((.*)\) \{/g, ": ($1) => {"],
  whole("handleError"),
];

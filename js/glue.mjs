/**
 * Cuts from wasm-bindgen's glue what this widget never uses.
 *
 * The glue is written for every browser, for Node and for workers, and for being quick with texts of megabytes. Ours runs in
 * pages, in browsers that the stylesheet already asks more of, and `loader.js` fetches and compiles by itself. Each cut
 * names what it takes away and fails where that is not found, so a new wasm-bindgen cannot slip past it.
 */

/** Gives the glue without it. Its exports are `initSync` and `exported`, the functions that WebAssembly offers, by name. */
export function trim(glue) {
  const text = CUTS.reduce(cut, glue);
  const names = [...text.matchAll(/^export (?:function|const) (\w+)/gm)].map(([, name]) => name);
  if (names.length === 0) throw new Error("the glue exports nothing");
  return `${text.replaceAll(/^export (?=function|const)/gm, "")}\nexport const exported = { ${names.join(", ")} };\n`;
}

function cut(text, [found, put]) {
  const changed = text.replace(found, put);
  if (changed === text) throw new Error(`the glue has changed, nothing in it is like ${found}`);
  return changed;
}

/** A whole function of the glue's outermost level, and what is left of it. */
const whole = (name, put) => [new RegExp(`^(async )?function ${name}\\(.*\\) \\{\\n(.*\\n)*?\\}\\n`, "m"), put];

/** A whole statement that begins so, up to the end of its last line. */
const statement = (begin) => [new RegExp(`^${begin}[^\\n]*(\\n [^\\n]*)*(\\n\\}\\);?|\\n\\})?\\n`, "m"), ""];

const CUTS = [
  // The ways to start: a fresh instance is begun as a restarted one is, from the compiled module.
  [/^export \{ initSync, __wbg_init as default \};/m, "export { initSync };"],
  whole("__wbg_init", ""),
  whole("__wbg_init_once", ""),
  whole("__wbg_load", ""),
  whole("__wbg_finalize_init", ""),
  statement("let __wbg_init_promise;"),
  whole("initSync", "function initSync(module) {\n    wasmModule = module;\n    __wbg_reset_state();\n}\n"),

  // Views of the memory are made anew each time instead of kept and checked: a small object each.
  statement("let cachedDataViewMemory0 "),
  whole("getDataViewMemory0", "const getDataViewMemory0 = () => new DataView(wasm.memory.buffer);\n"),
  statement("let cachedUint8ArrayMemory0 "),
  whole("getUint8ArrayMemory0", "const getUint8ArrayMemory0 = () => new Uint8Array(wasm.memory.buffer);\n"),
  [/^ +cached(DataView|Uint8Array)Memory0 = null;\n/gm, ""],

  // Texts: an encoder that knows `encode` alone; a decoder that is renewed before Safari's limit of 2 GiB.
  [/^if \(!\('encodeInto' in cachedTextEncoder\)\) \{\n(.*\n)*?\}\n/m, ""],
  whole("passStringToWasm0", `function passStringToWasm0(text, malloc) {
    const bytes = cachedTextEncoder.encode(text);
    const ptr = malloc(bytes.length, 1);
    getUint8ArrayMemory0().set(bytes, ptr >>> 0);
    WASM_VECTOR_LEN = bytes.length;
    return ptr;
}
`),
  [/, wasm\.__wbindgen_realloc\)/g, ")"],
  whole("decodeText", `function decodeText(bytes) {
    if ((numBytesDecoded += bytes.length) >= MAX_SAFARI_DECODE_BYTES) {
        cachedTextDecoder = new TextDecoder('utf-8', { ignoreBOM: true });
        numBytesDecoded = bytes.length;
    }
    return cachedTextDecoder.decode(bytes);
}
`),
  [/^let cachedTextDecoder = .*\ncachedTextDecoder.decode\(\);\n/m, "let cachedTextDecoder;\n"],
  ["let numBytesDecoded = 0;", "let numBytesDecoded = Infinity;"],
  [/^ +if \(typeof \w+ !== 'undefined'\) \w+ = 0;\n/gm, ""],

  // What a Rust function is given text by: a pointer and a length at `arg0`.
  [
    / (var|const) ptr1 = (.*);\n +(?:var|const) len1 = WASM_VECTOR_LEN;\n.*setInt32\(\(arg0 >>> 0\) \+ 4 \* 1, len1, true\);\n.*setInt32\(\(arg0 >>> 0\) \+ 4 \* 0, ptr1, true\);/g,
    " giveSlice(arg0, $2);",
  ],
  whole("isLikeNone", `const isLikeNone = (value) => value == null;

function giveSlice(at, ptr) {
    const memory = getDataViewMemory0();
    memory.setInt32(at >>> 0, ptr, true);
    memory.setInt32((at >>> 0) + 4, WASM_VECTOR_LEN, true);
}
`),

  [/const ret = (.*);\n +return isLikeNone\(ret\) \? 0 : addToExternrefTable0\(ret\);/g, "return giveOptional($1);"],
  ["function giveSlice(", `const giveOptional = (value) => isLikeNone(value) ? 0 : addToExternrefTable0(value);

function giveSlice(`],

  // Guards for browsers without what all of ours have.
  [/typeof (globalThis|global|self|window) === 'undefined' \? undefined : \1/g, "globalThis"],
  [/let result;\n +try \{\n +result = (arg0 instanceof \w+);\n.*\n.*\n +\}\n +const ret = result;/g, "const ret = $1;"],
  [/\(typeof FinalizationRegistry === 'undefined'\)\n.*\n +: new/, "new"],

  // Imports as arrow functions; the ones that may throw are wrapped once instead of at each call.
  [/: function\(\) \{ return handleError\(function \((.*)\) \{((?:\n.*)*?)\n +\}, arguments\); \},/g, ": handleError(($1) => {$2\n        }),"],
  [/: function\((.*)\) \{/g, ": ($1) => {"],
  whole("handleError", `const handleError = (f) => (...args) => {
    try {
        return f(...args);
    } catch (e) {
        wasm.__wbindgen_exn_store(addToExternrefTable0(e));
    }
};
`),
];

/** Registers `<barge-in-button>`; everything is in this one file, including the WebAssembly and the languages. */
import wasm from "barge-in-base64";
import { configure, define } from "./index.js";

export * from "./index.js";

configure({ wasmUrl: `data:application/wasm;base64,${wasm}` });
define();

/** Registers panel and button; everything is in this one file, including the WebAssembly and the languages, as in `../inline.js`. */
import wasm from "barge-in-base64";
import { configure } from "../loader.js";

export * from "./standalone.js";

configure({ wasmUrl: `data:application/wasm;base64,${wasm}` });

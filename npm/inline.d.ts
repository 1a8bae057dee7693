/** Importing this module registers `<barge-in-button>`. Everything is in one file, the WebAssembly and the languages too. */
export * from "./index.js";

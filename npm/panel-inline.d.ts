/** Importing this module registers `<barge-in-panel>` and `<barge-in-button>`. Everything is in one file, the WebAssembly and the languages too. */
export * from "./panel.js";

/** Importing this module registers `<barge-in-panel>`; the script-tag file registers `<barge-in-button>`, too. */
export * from "./panel.js";

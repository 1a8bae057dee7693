/** Importing this module registers `<barge-in-button>`. */
export * from "./index.js";

/** Registers `<barge-in-panel>`; for bundlers. */
import { definePanel } from "./panel-index.js";

export * from "./panel-index.js";

definePanel();

/** Registers `<barge-in-button>`; for bundlers, where `barge-in` itself is imported too. */
import { define } from "./index.js";

export * from "./index.js";

define();

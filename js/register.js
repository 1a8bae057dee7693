/** Registers `<barge-in-button>`; for bundlers, in which `barge-in` itself may be imported, too. */
import { define } from "./index.js";

export * from "./index.js";

define();

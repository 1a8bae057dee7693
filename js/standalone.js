/** For a script tag: everything in one file, so that one integrity hash covers it, registered at once. */
import { define } from "./define.js";

export * from "./index.js";

define();

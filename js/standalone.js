/** For a script tag: everything is in one file, so that one integrity hash covers it; registers the element at once. */
import { define } from "./define.js";

export * from "./index.js";

define();

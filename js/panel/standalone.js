/** Panel and button in one file, which registers both at once: for a script tag, so that one integrity hash covers it, and for `inline.js`. */
import { warn } from "../warn.js";
import { define } from "../define.js";
import { definePanel } from "./define.js";
import { BargeInButton } from "../element.js";

export { BargeInButton } from "../element.js";
export { configure } from "../loader.js";
export { define } from "../define.js";
export { definePanel } from "./define.js";
export { BargeInPanel } from "./element.js";

if (define() !== BargeInButton) warn("the panel's file has the button, too: load only that, or that first.");
definePanel();

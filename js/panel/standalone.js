/** Panel and button in one file, which registers both at once: for a script tag, so that one integrity hash covers it, and for `inline.js`. */
import { warn } from "../warn.js";
import { define } from "../define.js";
import { definePanel } from "./define.js";
import { BargeInButton } from "../element.js";
import { BargeInPanel } from "./element.js";

export { BargeInButton } from "../element.js";
export { configure } from "../loader.js";
export { define } from "../define.js";
export { definePanel } from "./define.js";
export { BargeInPanel } from "./element.js";

const button = define();
const panel = definePanel();
// Another copy of this file has both, too: then all elements are of that one.
if (button !== BargeInButton && panel === BargeInPanel) {
  warn("buttons are of another file, and share no connection with panels: load panel.js alone.");
}

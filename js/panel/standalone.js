/** For a script tag: panel and button in one file, so that one integrity hash covers it; registers both at once. */
import { warn } from "../warn.js";
import { define } from "../define.js";
import { definePanel } from "./define.js";
import { BargeInButton } from "../element.js";

export { BargeInButton } from "../element.js";
export { configure } from "../loader.js";
export { define } from "../define.js";
export { definePanel } from "./define.js";
export { BargeInPanel } from "./element.js";

if (define() !== BargeInButton) warn("panel.js has the button, too: load it in place of define.js, or before it.");
definePanel();

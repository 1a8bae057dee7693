/** The package's main entry: the class and its registration, with no side effect of their own. */
export { define } from "./define.js";
export { BargeInButton } from "./element.js";
export { configure } from "./loader.js";

/** The package's main entry: the class and its registration, without side effects. */
export { define } from "./define.js";
export { BargeInButton } from "./element.js";
export { configure } from "./loader.js";

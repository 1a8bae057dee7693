/** Registers the panel; several copies on one page share the first one's definition, as those of the button do. */
import { warn } from "../warn.js";
import { BargeInPanel } from "./element.js";

/**
 * Defines the panel under a tag name; see `define` of the button. Gives the class that is registered.
 * @param {string} [tag]
 * @returns {typeof BargeInPanel}
 */
export function definePanel(tag = "barge-in-panel") {
  if (!customElements) return BargeInPanel;
  const known = customElements.get(tag);
  if (known) {
    if (known.version !== BargeInPanel.version) {
      warn(`<${tag}> is already defined by version ${known.version}; ${BargeInPanel.version} is not used.`);
    }
    return known;
  }
  try {
    customElements.define(tag, BargeInPanel);
    return BargeInPanel;
  } catch {
    // A class can be registered once only; under a second name goes a subclass.
    const own = class extends BargeInPanel {};
    customElements.define(tag, own);
    return own;
  }
}

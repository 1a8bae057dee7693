/** Registers the element. Several copies on one page, of micro-frontends say, share the first one's definition. */
import { BargeInButton } from "./element.js";
import { warn } from "./warn.js";

/**
 * Defines the element under a tag name. Defined already by the same version: nothing happens; by another version:
 * one warning, and the first definition stays. Where there are no elements, on a server say: nothing happens either.
 * Gives the class that is registered.
 * @param {string} [tag]
 * @returns {typeof BargeInButton}
 */
export function define(tag = "barge-in-button") {
  if (!customElements) return BargeInButton;
  const known = customElements.get(tag);
  if (known) {
    if (known.version !== BargeInButton.version && !known.warned) {
      known.warned = true;
      warn(`<${tag}> is already defined by version ${known.version}; ${BargeInButton.version} is not used.`);
    }
    return known;
  }
  try {
    customElements.define(tag, BargeInButton);
    return BargeInButton;
  } catch {
    // A class can be registered once only; under a second name goes a subclass.
    const own = class extends BargeInButton {};
    customElements.define(tag, own);
    return own;
  }
}

/**
 * For tests of consoles: puts an element into any state, with the matching events. The element is the real one;
 * `testing/actor.js` replaces WebAssembly. Nothing is fetched and nothing is sent.
 *
 * Import it before the first element is in the page.
 */
import { configure, define } from "./index.js";
import { exports, controlOf } from "./testing/actor.js";
import { situation } from "./testing/situation.js";

export * from "./index.js";

configure({ exports });
define();

/** Puts an element of the page into a state; resolves once its events have been dispatched. */
export async function setState(element, wanted) {
  const checked = situation(wanted);
  (await controlOf(element)).be(checked);
}

/** Presses a part as a person does; does nothing if the button is off. */
export async function press(element, part = "button") {
  const { root } = await controlOf(element);
  const found = root.querySelector(`button[part="${part}"]`);
  if (!found) throw new Error(`barge-in/testing: there is no button "${part}" now`);
  found.click();
}

/**
 * For the tests of consoles: puts an element into any state, with the events that belong to it. The element is the real one;
 * what plays WebAssembly's part is `testing/actor.js`. Nothing is fetched and nothing is sent.
 *
 * To be imported before the first element is in the page.
 */
import { configure, define } from "./index.js";
import { exports, controlOf } from "./testing/actor.js";
import { situation } from "./testing/situation.js";

export * from "./index.js";

configure({ exports });
define();

/** Puts an element of the page into a state; resolves once its events are told. */
export async function setState(element, wanted) {
  const checked = situation(wanted);
  (await controlOf(element)).be(checked);
}

/** Presses a part as a person does: nothing comes of it where that is off. */
export async function press(element, part = "button") {
  const { root } = await controlOf(element);
  const found = root.querySelector(`button[part="${part}"]`);
  if (!found) throw new Error(`barge-in/testing: there is no button "${part}" now`);
  found.click();
}

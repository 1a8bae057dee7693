/**
 * For tests of consoles: puts an element into any state, with the matching events. The element is the real one;
 * `testing/actor.js` replaces WebAssembly. Nothing is fetched and nothing is sent.
 *
 * Import it before the first element is in the page.
 */
import { configure, define, definePanel } from "./panel/index.js";
import { exports, controlOf } from "./testing/actor.js";

export * from "./panel/index.js";

configure({ exports });
define();
definePanel();

/** Puts an element of the page into a state; resolves once its events have been dispatched. */
export async function setState(element, wanted) {
  const control = await controlOf(element);
  control.be(control.situation(wanted));
}

/** Presses a part as a person does; does nothing if the button is off. */
export async function press(element, part = "button") {
  const { root } = await controlOf(element);
  const found = root.querySelector(`button[part="${part}"]`);
  if (!found) throw new Error(`barge-in/testing: there is no button "${part}" now`);
  found.click();
}

/** Writes into a panel's message box and presses Send, as a person does; does nothing if Send is off. */
export async function send(panel, text) {
  const { root } = await controlOf(panel);
  const box = root.querySelector('[part="box"]');
  if (!box) throw new Error("barge-in/testing: there is no message box now");
  box.value = text;
  await press(panel, "send");
}

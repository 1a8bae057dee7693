/** Replaces WebAssembly: the same exports, and a control per element whose state the test sets. */
import { Control } from "./control.js";
import { TEXTS } from "./drawing.js";
import { Seat } from "./seat.js";

const controls = new Map(); // by id
const expected = new WeakMap(); // by element: resolves when its control is mounted
let ids = 0;

/** The control of an element, once it is mounted. */
export function controlOf(element) {
  if (!element?.isConnected || !element.shadowRoot) {
    throw new Error("barge-in/testing: this is no <barge-in-button> or <barge-in-panel> of the page");
  }
  const known = [...controls.values()].find((control) => control.element === element);
  if (known) return known;
  if (!expected.has(element)) {
    let come;
    const promise = new Promise((resolve) => (come = resolve));
    expected.set(element, { promise, come });
  }
  return expected.get(element).promise;
}

/** The functions that the element calls. */
export const exports = {
  mount(root, config, emit) {
    const { host } = root.getRootNode();
    const control = new (host.configured ? Seat : Control)(root, config, emit);
    controls.set(++ids, control);
    control.begin();
    expected.get(control.element)?.come(control);
    expected.delete(control.element);
    return ids;
  },
  update(id, config) {
    const control = controls.get(id);
    const before = control.config.sessionId;
    control.config = control.configured(config);
    if (before === config.sessionId) control.draw();
    else control.begin();
  },
  unmount(id) {
    controls.get(id).gone();
    controls.delete(id);
  },
  session: (id) => controls.get(id).session,
  user_id() {},
  is_text: (key) => key in TEXTS,
  notify() {},
  refresh() {},
  link() {},
  onTrap() {},
  abandon() {},
};

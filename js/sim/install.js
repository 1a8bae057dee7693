/**
 * Puts the two functions in front of the page's own when this module first runs; they stay, and pass on what no simulated
 * server is at. The widget takes `fetch` when it first runs itself, so it must come later.
 */
import * as fetch from "./fetch.js";
import * as xhr from "./xhr.js";

/** Where a page says that it has a simulator. */
const MARK = Symbol.for("barge-in.sim");

/** Why there can be no simulation here, if so. */
export const refusal = install();

function install() {
  if (!globalThis.document || !globalThis.XMLHttpRequest) return "it works in a page only";
  if (!globalThis.WebAssembly) return "this browser has no WebAssembly";
  if (globalThis[MARK]) return "another copy of it is on this page already; all of the page must import the same one";
  const late = ["barge-in-button", "barge-in-panel"].find((tag) => customElements.get(tag));
  if (late) return `<${late}> was defined before it and sends its requests past it; import barge-in/sim first`;
  globalThis[MARK] = VERSION;
  globalThis.fetch = fetch.wrapped(globalThis.fetch);
  globalThis.XMLHttpRequest = xhr.wrapped(globalThis.XMLHttpRequest);
}

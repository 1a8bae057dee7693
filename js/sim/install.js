/**
 * Replaces the page's two functions when this module first runs. They stay, and pass on requests to any other address.
 * The widget captures `fetch` when it first runs, so it must be loaded later.
 */
import * as fetch from "./fetch.js";
import * as xhr from "./xhr.js";

/** Marks a page that has a simulator. */
const MARK = Symbol.for("barge-in.sim");

/** Marks a page in which an element's module has run. */
const ELEMENT = Symbol.for("barge-in.element");

/** Why no simulation is possible here, if so. */
export const refusal = install();

function install() {
  if (!globalThis.document || !globalThis.XMLHttpRequest) return "it works in a page only";
  if (!globalThis.WebAssembly) return "this browser has no WebAssembly";
  if (globalThis[MARK]) return "another copy of it is on this page already; all of the page must import the same one";
  if (globalThis[ELEMENT]) return "barge-in was loaded before it and sends its requests past it; import barge-in/sim first";
  globalThis[MARK] = VERSION;
  globalThis.fetch = fetch.wrapped(globalThis.fetch);
  globalThis.XMLHttpRequest = xhr.wrapped(globalThis.XMLHttpRequest);
}

/**
 * The package's entry `barge-in/panel`: the panel's class and its registration, without side effects but one: from now
 * on the page's elements run in the WebAssembly file that has both.
 */
import { configure } from "../index.js";
import { abandon, begin, is_text, link, mount, notify, onTrap, refresh, session, unmount, update, user_id } from "./exports.js";
import { CATALOGUES as catalogues } from "./catalogues.js";
import { beside } from "./place.js";

export { BargeInButton, configure, define } from "../index.js";
export { definePanel } from "./define.js";
export { BargeInPanel } from "./element.js";

const exported = { abandon, is_text, link, mount, notify, onTrap, refresh, session, unmount, update, user_id };
configure({ source: { begin, exported, beside, catalogues, integrity: WASM_INTEGRITY } });

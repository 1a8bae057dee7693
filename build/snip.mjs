/**
 * Removes functions of Yew and its libraries that this widget never calls from a compiled file, as `wasm-snip` does:
 *
 *     node build/snip.mjs FILE [--panel]
 *
 * A node of Yew may hold markup, portals, suspense, components, keyed lists and listeners, so the linker keeps the code
 * for all of them. Each function named here is replaced by a trap, and `wasm-opt` removes what only it called. Without
 * the code for markup, markup cannot be injected either. If the widget ever calls one of these functions, it traps: run
 * all of `e2e/element` after a change here. `cargo xtask size` prints what this saves. `--panel` is for the file with a
 * panel, which has a text box.
 */
import { readFileSync, writeFileSync } from "node:fs";
import binaryen from "binaryen";

const [file, option] = process.argv.slice(2);
/** The panel reads and writes the text of its box itself, by the same imports. */
const fields = option === "--panel" ? "Input" : "(Input|TextArea)";

/** The removed functions: patterns of names, without the hashes of crates. Each must match. */
const UNUSED = {
  "drawing of markup, portals, suspense and nested components": /^<yew::virtual_dom::v(raw|portal|suspense|comp)::V\w+ as yew::dom_bundle::traits::Reconcilable>::/,
  "copies of portals, suspense and components": /^<alloc::rc::Rc<yew::virtual_dom::v(portal|suspense|comp)::V\w+> as yew::utils::RcExt<.*>::/,
  "removal of markup, portals and suspense": /^<yew::dom_bundle::b(raw::BRaw>::detach|(portal::BPortal|suspense::BSuspense) as )/,
  "keyed lists": /\byew::dom_bundle::blist::KeyedEntry\b/,
  "attributes compared as maps": /^<yew::virtual_dom::Attributes>::apply_diff_as_maps/,
  "attributes held in a map": /^<indexmap::map::IndexMap<implicit_clone::/,
  "attributes looked up in a map": /^<indexmap::map::iter::Iter<.*::next\b/,
  "keys of nodes": /^<yew::dom_bundle::bnode::BNode>::key$|^<core::option::Option<yew::virtual_dom::key::Key> as core::clone::Clone>/,
  "listeners of elements": /^<yew::dom_bundle::btag::listeners::\w+>::/,
  "listeners of the root": /^<yew::dom_bundle::subtree_root::SubtreeData>::add_listener\b/,
  "events of listeners": /^<yew::dom_bundle::subtree_root::EventDescriptor as core::clone::Clone>::clone/,
  "the suspense around a component": /^<yew::html::component::scope::AnyScope>::find_parent_scope::<yew::suspense/,
  "the suspending of a component": /^<*yew::html::component::lifecycle::ComponentState>::suspend::/,
  "those who wait for a suspended component": /^<alloc::rc::Rc<.*yew::callback::Callback<yew::suspense::suspension::Suspension>.*>::drop_slow/,
  "drops of portals, suspense and components": /^<alloc::rc::Rc<yew::virtual_dom::v(portal|suspense|comp)::V\w+>>::drop_slow/,
  "drops of attributes held in a map": /^<alloc::rc::Rc<indexmap::map::IndexMap<implicit_clone::.*::drop_slow/,
  "the iterator of attributes held in a map": /\byew::virtual_dom::Attributes>::iter::\{closure#2\}> as /,
  "all of an iterator of attributes but the next": /\byew::virtual_dom::Attributes>::iter::\{closure#\d\}> as .*::(nth|\w*advance_by|size_hint)$/,
  "maps of attributes": /^<hashbrown::raw::RawTable<\(&str, &yew::virtual_dom::AttributeOrProperty\)>/,
  "maps of listeners": /^<hashbrown::raw::RawTable<\(u32, .*yew::dom_bundle::subtree_root::EventDescriptor.*>>::(find|reserve)|^hashbrown::map::make_hash::<u32,/,
  "the listeners of an element": /^<hashbrown::raw::Raw(Table|Iter)<\(yew::dom_bundle::subtree_root::EventDescriptor, alloc::vec::Vec<.*/,
  "the events that are listened to": /^<hashbrown::raw::RawTable<\(yew::dom_bundle::subtree_root::EventDescriptor, \(\)\)>>::|::hash_one::<&yew::dom_bundle::subtree_root::EventDescriptor>$/,
  "elements of other namespaces": /^<web_sys::features::gen_Document::Document>::create_element_ns$/,
  "values of inputs": new RegExp(`^<web_sys::features::gen_Html${fields}Element::\\w+>::\\w+::__wbg_\\w+ externref shim$`),
  // `self` is the first that is looked for, and the glue always gives it.
  "other names of the global object": /^js_sys::global::get_global_object::(WINDOW|GLOBAL_THIS|GLOBAL)::init$/,
  // Only an export that is marked so would begin one.
  "tasks that suspend JavaScript": /^js_sys::futures::jspi::task_waker::|\bjs_sys::futures::jspi::SpawnedTask\b/,
  "nodes of text": /^<yew::virtual_dom::vtext::VText as yew::dom_bundle::traits::Reconcilable>::/,
};

const module = binaryen.readBinary(readFileSync(file));
const functions = Array.from({ length: module.getNumFunctions() }, (_, index) => module.getFunctionByIndex(index));
const names = new Map(functions.map((one) => [one, binaryen.getFunctionInfo(one).name.replaceAll(/\[[0-9a-f]+\]/g, "")]));
for (const [what, pattern] of Object.entries(UNUSED)) {
  const unused = functions.filter((one) => pattern.test(names.get(one)));
  if (!unused.length) throw new Error(`nothing to snip for "${what}": no function is called like ${pattern}`);
  for (const one of unused) binaryen.Function.setBody(one, module.unreachable());
}
writeFileSync(file, module.emitBinary());

/**
 * Takes from a compiled file what Yew can do and this widget never asks for:
 *
 *     node build/prune.mjs FILE
 *
 * A list in Yew may hold markup, portals, suspended or nested components and keyed nodes; an element may have listeners, and
 * may be drawn over another one of other attributes. The code for all of it is reached from every list, and no linker can know
 * that ours do nothing of the kind. Each function named here becomes one that traps, and `wasm-opt` takes away what only it
 * had called. It saves 7 kB after brotli; and markup that cannot be drawn cannot be injected.
 *
 * Should the widget ask for one of them one day, it restarts with `unreachable` in the console, and its tests fail.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { CODE, CUSTOM, Reader, IMPORTS, list, number, rewriteSections, sections } from "./binary.mjs";

const UNUSED = [
  /^<yew::virtual_dom::v(raw|portal|suspense|comp)::V\w+ as yew::dom_bundle::traits::Reconcilable>::/,
  /^<alloc::rc::Rc<yew::virtual_dom::v(portal|suspense|comp)::V\w+> as yew::utils::RcExt<.*>::/,
  /^<yew::dom_bundle::b(raw::BRaw>::detach|(portal::BPortal|suspense::BSuspense) as )/,
  /\byew::dom_bundle::blist::KeyedEntry\b/,
  /^<yew::html::component::lifecycle::ComponentState>::suspend\b/,
  /^<yew::suspense::component::feat_csr_ssr::BaseSuspense>::/,
  /^<yew::virtual_dom::Attributes>::apply_diff_as_maps/,
  /^<yew::dom_bundle::btag::listeners::\w+>::/,
  /^<yew::dom_bundle::subtree_root::SubtreeData>::add_listener\b/,
  /^<yew::dom_bundle::subtree_root::EventDescriptor as core::clone::Clone>::clone/,
  /^<yew::html::component::scope::AnyScope>::find_parent_scope::<yew::suspense/,
  /^<indexmap::map::IndexMap<implicit_clone::/,
];

/** A function without locals that traps. */
const TRAP = Buffer.from([0, 0x00, 0x0b]);

const [file] = process.argv.slice(2);
const wasm = readFileSync(file);
const names = functionNames(wasm);
let imported = 0;
let pruned = 0;
const output = rewriteSections(wasm, {
  [IMPORTS]: (body) => {
    const begin = body.at;
    list(body, () => {
      body.text();
      body.text();
      if (body.bytes[body.at] === 0) imported += 1;
      body.description();
      return [];
    });
    return body.bytes.subarray(begin);
  },
  [CODE]: (body) =>
    list(body, (index) => {
      const code = body.take(body.number());
      const unused = UNUSED.some((pattern) => pattern.test(names.get(imported + index)));
      if (unused) pruned += 1;
      const kept = unused ? TRAP : code;
      return [number(kept.length), kept];
    }),
});
if (pruned === 0) throw new Error("nothing to prune: has Yew, or the way in which names are written, changed?");
writeFileSync(file, output);

/** The functions' names by number, without the crates' hashes. */
function functionNames(bytes) {
  const found = new Map();
  for (const { section, body } of sections(bytes)) {
    if (section !== CUSTOM || body.text() !== "name") continue;
    while (!body.done) {
      const kind = body.byte();
      const part = new Reader(body.take(body.number()));
      if (kind !== 1) continue;
      for (let count = part.number(); count > 0; count--) {
        found.set(part.number(), part.text().replaceAll(/\[[0-9a-f]{12,16}\]/g, ""));
      }
    }
  }
  return found;
}

/**
 * The server-rendered content of `<barge-in-button>`: a plain button, shown until a script runs. `placeholder.css`
 * gives it the final size. The element's shadow root has no slot, so its own tree replaces this one.
 */
import { labels, match } from "./language.js";
import { words } from "./words.js";

/** The tree, as `[tag, attributes, ...children]`. Phrasing content only, so that it may stand in a paragraph. */
export function tree({ lang = "en", modes = false, confirm = "none" } = {}) {
  const text = { ...words, ...labels(match(lang)) };
  // `disabled`, as focus on it would be lost when it is replaced.
  const button = (part, label) => ["button", { type: "button", part, disabled: true }, text[label]];
  const controls = modes ? [button("monitor", "monitor"), button("coach", "coach")] : [];
  controls.push(button("button", "barge-in"));
  // Reserves the space of the second step from the start.
  if (!/^(none|dialog)$/.test(confirm)) controls.push(["span", { part: "ask", hidden: true }, button("confirm", "barge-in")]);
  return ["span", { class: "barge-in", "data-state": "unavailable" }, ...controls];
}

/** The same as HTML. */
export function placeholder(options) {
  return html(tree(options));
}

function html(node) {
  // None of the texts needs escaping.
  if (typeof node === "string") return node;
  const [tag, attributes, ...children] = node;
  const written = Object.entries(attributes).map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${value}"`));
  return `<${tag}${written.join("")}>${children.map(html).join("")}</${tag}>`;
}

/**
 * Protects the bundle from changes that the page makes to its globals.
 *
 * Old libraries replace `Element` or `Array.from`, consoles wrap `fetch`, and some do so after the widget has started.
 * So one line at the top of the bundle stores all globals that it needs when the module first runs; none is read later.
 * A global that is not in the lists below fails the build by name.
 */
import { minify } from "terser";

/** Globals that the bundle may use. Those that it uses are captured. */
export const GLOBALS = `
  AbortController AbortSignal Array ArrayBuffer Boolean CSS CSSStyleSheet CustomEvent DOMException DataView Date Element
  Error FinalizationRegistry Function HTMLElement Headers IntersectionObserver Intl JSON Map Math MutationObserver Node Number Object
  PageTransitionEvent Promise Reflect RegExp Request Response ResizeObserver Set String Symbol TextDecoder TextEncoder TypeError
  URLSearchParams Uint8Array WeakMap WeakRef WeakSet WebAssembly Window WebSocket XMLHttpRequest atob btoa clearInterval
  clearTimeout console crypto customElements decodeURIComponent document encodeURIComponent fetch isNaN location navigator
  performance queueMicrotask reportError setInterval setTimeout toString
`
  .trim()
  .split(/\s+/);

/**
 * Methods of globals, which libraries replace one by one. They are captured without their owner. Those of `console` are
 * not: logging tools replace them on purpose, and `warn.js` catches what they throw.
 */
const STATICS = {
  Array: ["from", "isArray", "of"],
  Date: ["now", "parse"],
  JSON: ["parse", "stringify"],
  Math: ["max", "min", "random"],
  Number: ["MAX_SAFE_INTEGER", "isFinite", "isInteger"],
  Object: ["assign", "create", "defineProperty", "entries", "fromEntries", "getPrototypeOf", "hasOwn", "is", "keys", "values"],
  Reflect: ["apply", "construct", "deleteProperty", "get", "has", "ownKeys", "set"],
  String: ["fromCharCode"],
  Symbol: ["asyncIterator", "for", "iterator"],
  WebAssembly: ["Instance", "Memory", "Module", "compile"],
};

/** Methods of globals that need their owner. */
const BOUND = { AbortSignal: ["timeout"], Promise: ["all", "race", "reject", "resolve"], performance: ["now"] };

/** Names that no page can change, and names used by the line itself. */
const FIXED = ["home", "globalThis", "URL", "NaN", "Infinity", "undefined"];

const OWNERS = [...Object.keys(STATICS), ...Object.keys(BOUND)];
const members = (lists) => Object.entries(lists).flatMap(([owner, names]) => names.map((name) => `${owner}.${name}`));

/** The name of each in the bundle; for esbuild's `define`. */
export const captured = Object.fromEntries(
  [...GLOBALS, ...members(STATICS), ...members(BOUND)].map((name) => [name, name.replace(".", "_")]),
);

/** Adds the line at the top of the code. `URL` is not captured: bundlers look for it by name, and it is used only at the first run. */
export async function capture(code) {
  const used = await globals(code);
  const names = Object.keys(captured);
  const unknown = [...used].filter((name) => !FIXED.includes(name) && !Object.values(captured).includes(name));
  unknown.push(...(code.match(new RegExp(`(?<![\\w."'$])(?:${OWNERS.join("|")})\\.(?!prototype\\b)\\w+`, "g")) ?? []));
  if (unknown.length) throw new Error(`the bundle uses ${unknown} of the page: name it in build/capture.mjs`);
  if (code.match(/\bURL\b/g)?.length > 1) throw new Error("the bundle uses URL for more than the place of its own file");

  const wanted = (owner, list) => list.filter((name) => used.has(captured[`${owner}.${name}`]));
  const owners = OWNERS.filter((owner) => wanted(owner, STATICS[owner] ?? BOUND[owner]).length);
  const pairs = names
    .filter((name) => !name.includes(".") && (used.has(captured[name]) || owners.includes(name)));
  const lines = ["const home = globalThis;", `const { ${pairs.join(", ")} } = home;`];
  for (const owner of owners) {
    const list = wanted(owner, STATICS[owner] ?? BOUND[owner]).map((name) => [name, captured[`${owner}.${name}`]]);
    if (owner in STATICS) lines.push(`const { ${list.map((pair) => pair.join(": ")).join(", ")} } = ${owner} ?? {};`);
    else for (const [name, alias] of list) lines.push(`const ${alias} = ${owner}?.${name}?.bind(${owner});`);
  }
  return `${lines.join("\n")}\n${code}`;
}

/** The globals that a finished bundle still reads from the page; any is an error of the build. */
export async function left(code) {
  return [...(await globals(code))].filter((name) => !FIXED.includes(name));
}

/** The free names of a module. */
async function globals(code) {
  const { ast } = await minify(code, { module: true, compress: false, mangle: {}, format: { ast: true, code: false } });
  ast.figure_out_scope({});
  return new Set(ast.globals.keys());
}

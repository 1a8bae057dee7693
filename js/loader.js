/**
 * Fetches and compiles the WebAssembly file, and finds out in plain words why that failed.
 *
 * Browsers report a wrong hash, a blocked request and a dead server all as the same TypeError, and leave
 * the administrator to guess. Each failure here becomes a problem `{ key, detail, passing }`, `key` naming a text of the
 * catalogue and `passing` saying that it may be over soon.
 */
import { abandon, begin, is_text, link, mount, notify, onTrap, refresh, session, unmount, update, user_id } from "barge-in-wasm";
import { beside } from "barge-in-place";
import { genuine, subtle } from "./integrity.js";
import { replaceCatalogues } from "./language.js";
import { tooOld } from "./styles.js";
import { fail, warn } from "./warn.js";

/** What the other modules may call. Where there is a panel, another file with the same exports takes this one's place. */
const exported = { abandon, is_text, link, mount, notify, onTrap, refresh, session, unmount, update, user_id };

const settings = { wasmUrl: undefined, integrity: WASM_INTEGRITY };
let source = { begin, exported, beside };
let instance; // the promise of the exports; empty again after a failure

export { beside };

/** What to do where another place was asked for the file. */
const CURE = "barge-in.wasm is not there. Vite 7 and older: optimizeDeps.exclude. Else: wasm-url.";

/** How long the file may take, in ms. */
const PATIENCE = 30_000;

/**
 * Says where the WebAssembly file is, where it does not lie beside this module, and its integrity hash
 * (`""` checks none). To be called before the first element is connected, or by the script that imports the one which
 * defines it. `exports` are there in place of the file's, for `testing.js`.
 * @param {{ wasmUrl?: string | URL | undefined, integrity?: string | undefined }} [options]
 * @returns {void}
 */
export function configure({ wasmUrl, integrity, exports, source: other } = {}) {
  if (REPLACEABLE && other) {
    source = other;
    replaceCatalogues(other.catalogues);
    settings.integrity = other.integrity;
    const running = instance;
    instance = undefined;
    if (running) replaced?.();
  }
  if (exports) instance = Promise.resolve(exports);
  if (wasmUrl !== undefined) settings.wasmUrl = wasmUrl;
  if (integrity !== undefined) settings.integrity = integrity;
}

let replaced;

/** Calls `listener` when another file takes the place of the one that was loaded. */
export const onReplaced = (listener) => (replaced = listener);

/** Gives the exports; the same promise for all callers until it fails. Rejects with a problem. */
export function load() {
  instance ??= start().catch((problem) => {
    instance = undefined;
    if (/missing|type|url/.test(problem.key)) fail(`${CURE} ${problem.detail}`.slice(0, 300));
    throw problem;
  });
  return instance;
}

async function start() {
  // The module that imports this one runs on before any microtask, and may have something to configure.
  await null;
  if (tooOld()) throw { key: "unsupported-browser" };
  if (!WebAssembly) throw { key: "unsupported-wasm" };
  const blocked = watchPolicy();
  try {
    // Whatever was wrong with what the browser's cache gave, the server is asked before it is said.
    return await attempt("default", blocked).catch((problem) => {
      if (problem.key === "unsupported-policy") throw problem;
      return attempt("reload", blocked);
    });
  } finally {
    blocked.stop();
  }
}

async function attempt(cache, blocked) {
  try {
    source.begin(await WebAssembly.compile(await request(cache, blocked)));
    return source.exported;
  } catch (error) {
    if (error?.key) throw error;
    await task();
    const text = String(error?.message ?? error);
    const policy = blocked.by ?? (/\bCSP\b|Content Security Policy|unsafe-eval/i.test(text) ? "script-src" : undefined);
    throw policy ? { key: "unsupported-policy", detail: policy } : { key: "unsupported-engine", detail: text };
  }
}

/** Gives the file's bytes. They are not compiled as they come: that refuses types, and the hash needs them all. */
async function request(cache, blocked) {
  const url = String(settings.wasmUrl ?? source.beside ?? "");
  if (!url) throw { key: "unsupported-url" };
  // Some bundlers put the file into the script. A policy would keep it from being fetched.
  const [head] = /^data:[^,]*;base64,/.exec(url) ?? [];
  if (head) return Uint8Array.from(atob(url.slice(head.length)), (letter) => letter.charCodeAt(0));
  const { integrity } = settings;
  let response;
  let bytes;
  const ask = async (integrity) => {
    response = await fetch(url, { cache, signal: AbortSignal.timeout(PATIENCE), integrity });
    bytes = await response.arrayBuffer();
  };
  let refused = false;
  try {
    // What only the browser can check, it checks. It does not say what was wrong; asking without the hash tells.
    await ask(subtle ? "" : integrity).catch((error) => {
      if (subtle || !integrity) throw error;
      refused = true;
      return ask("");
    });
  } catch (error) {
    await task();
    if (blocked.by) throw error;
    throw { key: "unsupported-network", detail: url, passing: true };
  }
  const { status } = response;
  const detail = `HTTP ${status}, ${response.headers.get("content-type")}, ${response.url}`;
  if (status >= 500 || status === 429) throw { key: "unsupported-network", detail, passing: true };
  if (!response.ok) throw { key: "unsupported-missing", detail };
  if (String(new Uint8Array(bytes.slice(0, 4))) !== "0,97,115,109") throw { key: "unsupported-type", detail };
  if (refused || !(await genuine(bytes, integrity))) throw { key: "unsupported-hash", detail };
  if (!/^application\/wasm\b/i.test(response.headers.get("content-type"))) warn(`${url} is not served as application/wasm.`);
  return bytes;
}

/** Notes which directive of the page's Content-Security-Policy stood in the way, if one did. */
function watchPolicy() {
  const note = { by: undefined, stop: () => document.removeEventListener("securitypolicyviolation", listen) };
  function listen(event) {
    if (event.blockedURI === "wasm-eval" || /\.wasm\b/.test(event.blockedURI)) note.by = event.effectiveDirective;
  }
  document.addEventListener("securitypolicyviolation", listen);
  return note;
}

/** Violations are reported in a task of their own, after the promise has rejected. */
const task = () => new Promise((resolve) => setTimeout(resolve));

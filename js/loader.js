/**
 * Fetches and compiles the WebAssembly file, and finds out in plain words why that failed.
 *
 * Browsers report a wrong hash, a blocked request and a dead server all as the same TypeError, and leave
 * the administrator to guess. Each failure here becomes a problem `{ key, detail }`, `key` naming a text of the
 * catalogue.
 */
import { exported, initSync } from "barge-in-wasm";

const settings = { wasmUrl: undefined, integrity: WASM_INTEGRITY };
let instance; // the promise of the exports; empty again after a failure

/**
 * Says where the WebAssembly file is, where it does not lie beside this module, and its integrity hash
 * (`""` checks none). To be called before the first element is connected, or by the script that imports the one which
 * defines it.
 */
export function configure({ wasmUrl, integrity } = {}) {
  if (wasmUrl !== undefined) settings.wasmUrl = wasmUrl;
  if (integrity !== undefined) settings.integrity = integrity;
}

/** Gives the exports; the same promise for all callers until it fails. Rejects with a problem. */
export function load() {
  instance ??= start().catch((problem) => {
    instance = undefined;
    throw problem;
  });
  return instance;
}

async function start() {
  // The module that imports this one runs on before any microtask, and may have something to configure.
  await null;
  if (typeof WebAssembly !== "object") throw { key: "unsupported-wasm" };
  const blocked = watchPolicy();
  try {
    initSync(await compile(await request(blocked)));
    return exported;
  } catch (error) {
    throw error.key ? error : await classify(error, blocked);
  } finally {
    blocked.stop();
  }
}

async function request(blocked) {
  // Written out in full so that bundlers see the file and carry it along.
  const url = settings.wasmUrl ?? new URL("./barge-in.wasm", import.meta.url);
  const { integrity } = settings;
  let response;
  try {
    response = await fetch(url, { integrity });
  } catch (error) {
    await task();
    if (blocked.by) throw error;
    // The browser does not say whether the hash or the network was at fault; asking without the hash tells.
    response = integrity && (await fetch(url).catch(() => undefined));
    if (!response) throw { key: "unsupported-network", detail: String(url) };
    if (response.ok) {
      await read(response);
      throw { key: "unsupported-hash", detail: response.url };
    }
  }
  if (!response.ok) throw { key: "unsupported-missing", detail: `HTTP ${response.status}, ${response.url}` };
  return response;
}

async function compile(response) {
  if (/^application\/wasm\b/i.test(response.headers.get("content-type"))) return WebAssembly.compileStreaming(response);
  const bytes = await read(response);
  console.warn(`barge-in: ${response.url} is not served as application/wasm and so starts more slowly.`);
  return WebAssembly.compile(bytes);
}

/** Gives the body of a response, if that is WebAssembly at all. */
async function read(response) {
  const bytes = await response.arrayBuffer();
  if (String(new Uint8Array(bytes.slice(0, 4))) === "0,97,115,109") return bytes;
  throw { key: "unsupported-type", detail: `${response.headers.get("content-type")}, ${response.url}` };
}

async function classify(error, blocked) {
  await task();
  const text = String(error?.message ?? error);
  const policy = blocked.by ?? (/\bCSP\b|Content Security Policy|unsafe-eval/i.test(text) ? "script-src" : undefined);
  return policy ? { key: "unsupported-policy", detail: policy } : { key: "unsupported-engine", detail: text };
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

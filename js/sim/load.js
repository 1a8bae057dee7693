/** Fetches and starts the WebAssembly file, once for all simulations of the page. */
import { World as Machine, initSync } from "barge-in-sim-wasm";

/** Written in full so that bundlers find the file and include it. */
let beside;
try {
  beside = new URL("./sim.wasm", import.meta.url).href;
} catch {
  // A classic script has no `import.meta.url`.
}

let started;

/** Resolves with the machine's class. If it rejects with an Error, it may be called again. */
export function load(url = beside) {
  started ??= start(url).catch((error) => {
    started = undefined;
    throw error;
  });
  return started;
}

async function start(url) {
  if (!url) throw new Error("barge-in/sim: say where sim.wasm is, by wasmUrl");
  const response = await fetch(url);
  if (!response.ok) throw new Error(`barge-in/sim: HTTP ${response.status} for ${response.url}`);
  initSync({ module: await WebAssembly.compile(await response.arrayBuffer()) });
  return Machine;
}

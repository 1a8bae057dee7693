/** Fetches and starts the WebAssembly file, once for all worlds of the page. */
import { World as Machine, initSync } from "barge-in-sim-wasm";

/** Written out in full so that bundlers see it and carry the file along. */
let beside;
try {
  beside = new URL("./sim.wasm", import.meta.url).href;
} catch {
  // In a classic script a module does not know where it came from.
}

let started;

/** Gives the class of a machine. Rejects with an Error, and may be called again. */
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

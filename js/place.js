/** Where the WebAssembly file is by itself. Written out in full so that bundlers see it and carry the file along. */
export let beside;
try {
  beside = new URL("./barge-in.wasm", import.meta.url).href;
} catch {
  // In a classic script a module does not know where it came from.
}

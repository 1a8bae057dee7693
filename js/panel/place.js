/** Where the WebAssembly file of pages with a panel is by itself; as `../place.js`. */
export let beside;
try {
  beside = new URL("./barge-in-panel.wasm", import.meta.url).href;
} catch {
  // In a classic script a module does not know where it came from.
}

/** Tells the page's developer something, in the console. What a logging tool throws there is its own affair. */
export function warn(...words) {
  try {
    console.warn("barge-in:", ...words);
  } catch {
    // Nobody is left to be told.
  }
}

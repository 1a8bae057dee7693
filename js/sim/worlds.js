/** The simulated servers of this page, by their addresses. */

const worlds = new Map(); // by base URL in full, without a slash at its end

/** `base-url` in full: relative to the page's origin, as the widget has it. */
export const absolute = (baseUrl) => new URL(baseUrl, `${location.origin}/`).href.replace(/\/+$/, "");

/** Puts a world at its base. */
export function add(world) {
  if (worlds.has(world.base)) throw new Error(`barge-in/sim: there is a simulation at ${world.base} already; stop() it first`);
  worlds.set(world.base, world);
}

/** Takes a world away. */
export const remove = (world) => worlds.delete(world.base);

/** The world that answers this address, and what it is asked for: `{ world, target }`, or nothing. */
export function find(address) {
  if (!worlds.size) return;
  let url;
  try {
    url = new URL(address, document.baseURI).href.replace(/#.*$/, "");
  } catch {
    return; // Whoever is really asked says what is wrong with it.
  }
  for (const world of worlds.values()) {
    const target = url.startsWith(`${world.base}/`) && url.slice(world.base.length);
    if (target && /^\/(api|control)\//.test(target)) return { world, target };
  }
}

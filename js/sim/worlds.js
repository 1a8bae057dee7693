/** The simulated servers of this page, by their addresses. */

const worlds = new Map(); // by full base URL, without a trailing slash

/** The full `base-url`: relative to the page's origin, as in the widget. Throws an Error if no server can be there. */
export function absolute(baseUrl) {
  const given = [baseUrl ?? "", `${location.origin}/`];
  const base = URL.canParse(...given) ? new URL(...given).href : "";
  if (!/^https?:[^?#]*$/.test(base)) throw new Error(`barge-in/sim: baseUrl cannot be ${JSON.stringify(baseUrl)}`);
  return base.replace(/\/+$/, "");
}

/** Adds a world at its base. */
export function add(world) {
  if (worlds.has(world.base)) throw new Error(`barge-in/sim: there is a simulation at ${world.base} already; stop() it first`);
  worlds.set(world.base, world);
}

/** Removes a world. */
export const remove = (world) => worlds.delete(world.base);

/** The world at this address and the request's target: `{ world, target }`, or `undefined`. */
export function find(address) {
  if (!worlds.size) return;
  let url;
  try {
    url = new URL(address, document.baseURI).href.replace(/#.*$/, "");
  } catch {
    return; // The real server reports what is wrong with it.
  }
  for (const world of worlds.values()) {
    const target = url.startsWith(`${world.base}/`) && url.slice(world.base.length);
    if (target && /^\/(api|control)\//.test(target)) return { world, target };
  }
}

/** `barge-in/sim`: the simulated server in the page. */
import { refusal } from "./install.js";
import { load } from "./load.js";
import { Simulation } from "./simulation.js";
import { World } from "./world.js";
import { absolute, add } from "./worlds.js";

/**
 * Starts a simulated server at `baseUrl`. From now on the page's requests to `{baseUrl}/api/` and `{baseUrl}/control/` are
 * answered by it. Rejects with an Error where there can be none.
 */
export async function simulate({ baseUrl, wasmUrl, ...settings } = {}) {
  if (refusal) throw new Error(`barge-in/sim: ${refusal}`);
  const world = new World(await load(wasmUrl), absolute(baseUrl), settings);
  try {
    add(world);
  } catch (error) {
    world.stop();
    throw error;
  }
  return new Simulation(world);
}

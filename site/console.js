/** Starts the console demo on the simulated server in the page. */
import { simulate } from "../barge-in/sim.js";

try {
  await simulate();
  const { default: start } = await import("./demo.js"); // after the simulation, whose `fetch` it takes
  await start();
} catch (error) {
  document.querySelector(".loading").textContent = `The console cannot run: ${error.message}`;
}

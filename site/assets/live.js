/** Starts the examples of a page: first their servers, then the element, whose `fetch` must be the simulator's. */
import { simulate } from "../barge-in/sim.js";
import { Example } from "./example.js";

const examples = [...document.querySelectorAll(".example")].map((node) => new Example(node, simulate));
try {
  await Promise.all(examples.map((example) => example.prepare()));
  await import(document.querySelector("barge-in-panel") ? "../barge-in/panel.js" : "../barge-in/define.js");
  for (const example of examples) example.play();
  for (const { dataset } of document.querySelectorAll(".script")) await import(new URL(`../${dataset.src}`, import.meta.url));
} catch (error) {
  for (const example of examples) example.cannot(error);
}

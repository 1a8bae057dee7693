/** The meter reports growth, and only growth. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { growths } from "./meter.mjs";

/** Readings in which one measure goes through these values. */
const readings = (name, ...values) =>
  values.map((value) => ({ heap: 1, nodes: 700, listeners: 200, wasm: 1.5, requests: 4, [name]: value }));

test("what grows on and on is told", () => {
  assert.deepEqual(growths(readings("heap", 1, 2, 3, 4, 6, 8)), ["grows: from 3.5 to 7 MB of JS heap"]);
  assert.equal(growths(readings("wasm", 1, 1, 1, 2, 3, 3)).length, 1);
  // Slow growth: a little with every reading of twenty minutes.
  const slowly = Array.from({ length: 40 }, (_, at) => 1 + at * 0.05);
  assert.equal(growths(readings("heap", ...slowly)).length, 1);
  assert.equal(growths(readings("requests", 4, 4, 4, 4, 200, 200)).length, 1);
});

test("what fills up at first, or goes up and down, does not grow", () => {
  assert.deepEqual(growths(readings("heap", 1, 5, 9, 9, 9, 9)), []);
  assert.deepEqual(growths(readings("nodes", 700, 900, 1_500, 700, 1_500, 800)), []);
  assert.deepEqual(growths(readings("heap", 1, 1, 1, 1.4, 1.6, 1.7)), []);
});

test("too few readings tell nothing", () => {
  assert.equal(growths(readings("heap", 1, 2, 3, 4, 5)), undefined);
});

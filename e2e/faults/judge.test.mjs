/** The judge detects false states. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { falseStates, isRight } from "./judge.mjs";

const MONITOR = { over: false, capable: true, mode: "monitor" };
const JOINED = { over: false, capable: false, mode: "barge-in" };
const OVER = { over: true, capable: false, mode: null };
const BARRED = { over: false, capable: false, mode: "monitor" };

/** A history of facts that changed at these times. */
function truth(...changes) {
  const begins = (at) => changes[at]?.[0] ?? Infinity;
  return {
    between: (from, to) => changes.filter((_, at) => begins(at) <= to && begins(at + 1) >= from).map(([, fact]) => fact),
  };
}

/** How many false states the judge finds among these, shown from their times on until 100 s. */
function lies(states, facts, more = {}) {
  const entries = states.map(([at, state, reason = null, mode = null]) => ({ at, kind: "state", state, reason, mode }));
  const found = falseStates({ entries, truth: truth(...facts), opened: 0, presses: 0, may: [], ended: 100_000, ...more });
  return new Set(found.map(({ at }) => at)).size;
}

test("a state ahead of the server is a lie", () => {
  assert.equal(lies([[10_000, "joined"]], [[0, MONITOR], [10_100, JOINED]]), 1);
  assert.equal(lies([[10_200, "joined"]], [[0, MONITOR], [10_100, JOINED]]), 0);
});

test("a state long behind the server is a lie, unless the line is down", () => {
  const facts = [[0, MONITOR], [10_000, OVER]];
  assert.equal(lies([[5_000, "ready"], [10_900, "ended"]], facts), 0);
  assert.equal(lies([[5_000, "ready"], [15_000, "ended"]], facts), 1);
  assert.equal(lies([[5_000, "ready"], [15_000, "ended"]], facts, { trouble: { from: 9_000, to: 15_000 } }), 0);
  assert.equal(lies([[5_000, "ready"]], facts, { trouble: { from: 9_000, to: 15_000 } }), 1, "and is not righted");
});

test("the event of a join may come as late as its state: at the end of a sleep", () => {
  const joined = [{ at: 10_000, kind: "joined" }];
  const found = (trouble) =>
    falseStates({ entries: joined, truth: truth([0, JOINED], [2_000, MONITOR]), opened: 0, presses: 1, may: [], ended: 100_000, trouble });
  assert.equal(found(undefined).length, 1);
  assert.deepEqual(found({ from: 1_000, to: 10_500 }), []);
});

test("joined after a refusal, pending and failed without a press, and a wrong mode are lies", () => {
  assert.equal(lies([[1_000, "joined"]], [[0, BARRED]], { trouble: { from: 0, to: 100_000 } }), 1);
  assert.equal(lies([[1_000, "pending"]], [[0, MONITOR]]), 1);
  assert.equal(lies([[1_000, "pending"]], [[0, MONITOR]], { presses: 1 }), 0);
  assert.equal(lies([[1_000, "failed"]], [[0, MONITOR]]), 1);
  assert.equal(lies([[1_000, "ready", null, "coach"]], [[0, MONITOR]]), 1);
});

test("a reason must have its cause", () => {
  assert.equal(lies([[1_000, "unavailable", "disconnected"]], [[0, MONITOR]]), 1);
  assert.equal(lies([[1_000, "unavailable", "unauthenticated"]], [[0, MONITOR]]), 1);
  assert.equal(lies([[1_000, "unavailable", "unauthenticated"]], [[0, MONITOR]], { may: ["unauthenticated"] }), 0);
  assert.equal(lies([[1_000, "unavailable", "not-permitted"]], [[0, MONITOR]]), 1);
  assert.equal(lies([[1_000, "unavailable", "connecting"]], [[0, MONITOR]]), 1);
});

test("what the button says must be what its state says", () => {
  const dom = (state, off, busy) =>
    falseStates({
      entries: [{ at: 1_000, kind: "dom", state, off, busy }],
      truth: truth([0, MONITOR]),
      opened: 0,
      presses: 1,
      may: [],
      ended: 2_000,
    }).length > 0;
  assert.equal(dom("ready", false, false), false);
  assert.equal(dom("ready", true, false), true);
  assert.equal(dom("pending", true, true), false);
  assert.equal(dom("pending", true, false), true);
});

test("each fact has its state", () => {
  const right = (state, fact, reason = null, presses = 0) => isRight({ state, reason }, fact, { presses, may: [] });
  assert.ok(right("ready", MONITOR));
  assert.ok(!right("failed", MONITOR));
  assert.ok(right("failed", MONITOR, null, 1));
  assert.ok(right("joined", JOINED));
  assert.ok(!isRight({ state: "ready", mode: "coach" }, MONITOR, { presses: 0, may: [] }), "as another user");
  assert.ok(right("ended", OVER));
  assert.ok(right("unavailable", BARRED, "not-permitted"));
  assert.ok(!right("unavailable", BARRED, "disconnected"));
});

/**
 * Sleep and late timers, in each situation of the page and with each change of the server meanwhile.
 *
 * A deadline that is overdue when the page wakes must take effect. It must neither be postponed for ever nor cause
 * request after request.
 */
import { setTimeout as pause } from "node:timers/promises";
import { eventually } from "../support/eventually.mjs";
import { now } from "./recorder.mjs";
import { delayTimers, stop, wake, watchAwake } from "./sleep.mjs";

const OPERATION = "SwitchToBargeIn";
const API = { path: "/api" };

const isDisconnected = ({ reason }) => reason === "disconnected";
const isBarred = ({ reason }) => reason === "not-permitted";
const accepted = ({ operation, outcome }) => operation === OPERATION && outcome === "answered";

/** Makes the page probe the connection, which sets a deadline of one second. */
const online = ({ tab }) => tab.evaluate(() => void window.dispatchEvent(new Event("online")));

const barred = ({ sim, id }) => sim.act(id, "capabilities", { list: ["Leave"] });

/** Resolves once an accepted barge-in has taken effect. */
const done = ({ truth }) => eventually(() => truth.fact.mode === "barge-in", "it is not done");

/** The situation of the page when it falls asleep. `meanwhile` changes the session during the sleep. */
const SITUATIONS = {
  ready: { begin: () => {}, meanwhile: barred },
  pending: {
    async begin(scene) {
      await scene.sim.fault("act-late", { operation: OPERATION }, { ms: 3_000 });
      await scene.press();
      await scene.untilLogged(accepted);
    },
    meanwhile: done,
  },
  broken: {
    async begin(scene) {
      scene.proxy.refuse();
      await scene.untilBroken();
    },
    restore: ({ proxy }) => proxy.allow(),
    meanwhile: barred,
  },
};

/**
 * The changes of the server meanwhile. `before` runs while the page is awake, `during` while it sleeps; `isTrue` says
 * what the page may show after waking, in each situation.
 */
const SERVERS = {
  "a server that hangs": {
    async before(scene) {
      // The held poll would still deliver the notification.
      scene.proxy.forward();
      await scene.sim.fault("hang", API, { times: "always" });
    },
    probed: true,
    isTrue: { ready: isDisconnected, broken: isDisconnected, pending: isUndecided },
  },
  "a server that answers 500": {
    async before(scene) {
      scene.proxy.forward();
      await scene.sim.fault("refuse", API, { times: "always", httpStatus: 500, body: "" });
    },
    probed: true,
    isTrue: { ready: isDisconnected, broken: isDisconnected, pending: isUndecided },
  },
  "a server that has forgotten the client": {
    during: ({ sim }) => sim.post("/forget-clients", { polls: "answer" }),
    isTrue: { ready: isBarred, broken: isBarred, pending: ({ state }) => state === "joined" },
  },
  "a server with another user": {
    // The second user coaches, so that the shown mode distinguishes the users.
    during: ({ sim }) => sim.post("/user", { user: "sam", mode: "coach", clients: "forget" }),
    isAnother: true,
    isTrue: {
      ready: ({ state, mode }) => state === "ready" && mode === "coach",
      broken: ({ state, mode }) => state === "ready" && mode === "coach",
      pending: ({ state, mode }) => state !== "joined" && mode !== "barge-in",
    },
  },
};

/** The request was accepted, and nothing else can be known about it. */
function isUndecided(shown) {
  return ["pending", "failed"].includes(shown.state) || isDisconnected(shown);
}

/** The kinds of standstill, and their lengths. */
const STILL = {
  "timers 8 s late": {
    ms: 9_000,
    begin: (scene) => delayTimers(scene, 9_000),
    wake: () => {},
    late: true,
  },
  "asleep for 9 s": { ms: 9_000, begin: stop, wake, alone: true },
  "asleep for two minutes": { ms: 120_000, begin: stop, wake, alone: true },
};

function row(how, still, situation, what, server) {
  const { begin, restore = () => {}, meanwhile } = SITUATIONS[situation];
  const isTrue = server.isTrue[situation];
  return {
    name: `${how} while ${situation}, ${what}`,
    notices: false,
    sleeps: true,
    alone: still.alone,
    // In the short run, two of them stand for the others.
    long: !(still.late && situation === "ready" && (server.isAnother || what.endsWith("hangs"))),
    async begin(scene) {
      await begin(scene);
      await server.before?.(scene);
      if (server.probed) await restore(scene);
      // With late timers the page goes on, so the timers are delayed before the deadline is set.
      const began = now();
      if (still.late) await still.begin(scene);
      if (server.probed) await online(scene);
      if (!still.late) await still.begin(scene);
      if (!server.probed) await restore(scene);
      if (!(server.isAnother && situation !== "pending")) await meanwhile(scene);
      await server.during?.(scene);
      await pause(still.ms - (now() - began));
      scene.woken = now();
      await still.wake(scene);
    },
    meanwhile: (scene) => watchAwake(scene, isTrue, scene.woken),
    heal: ({ sim }) => sim.clearFaults(),
    undo: still.wake,
  };
}

export const ASLEEP = Object.entries(STILL).flatMap(([how, still]) =>
  Object.keys(SITUATIONS).flatMap((situation) =>
    Object.entries(SERVERS).map(([what, server]) => row(how, still, situation, what, server)),
  ),
);

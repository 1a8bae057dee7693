/**
 * Asleep, or with timers that come late, in each situation and with each thing that a server may be meanwhile.
 *
 * A deadline that is overdue when the page comes to it must end what it was set for. It must neither be put off for ever
 * nor make the page ask again and again.
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

/** The connection is put to the test, so that a deadline of a second is set. */
const online = ({ tab }) => tab.evaluate(() => void window.dispatchEvent(new Event("online")));

const barred = ({ sim, id }) => sim.act(id, "capabilities", { list: ["Leave"] });

/** Resolves once a barge-in that was accepted is done. */
const done = ({ truth }) => eventually(() => truth.fact.mode === "barge-in", "it is not done");

/** What the page is at when it falls asleep. `meanwhile` is what happens to the session then. */
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
 * What the server is meanwhile. `before` is done with the page awake, `during` while it is not; `isTrue` says what the
 * page may show after waking, in each situation.
 */
const SERVERS = {
  "a server that hangs": {
    async before(scene) {
      // The poll that was held would still bring the news.
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
    // They coach, so that what is shown tells the one user from the other.
    during: ({ sim }) => sim.post("/user", { user: "sam", mode: "coach", clients: "forget" }),
    isAnother: true,
    isTrue: {
      ready: ({ state, mode }) => state === "ready" && mode === "coach",
      broken: ({ state, mode }) => state === "ready" && mode === "coach",
      pending: ({ state, mode }) => state !== "joined" && mode !== "barge-in",
    },
  },
};

/** The request was accepted, and nothing else can be known of it. */
function isUndecided(shown) {
  return ["pending", "failed"].includes(shown.state) || isDisconnected(shown);
}

/** How a page stands still, and for how long. */
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
    // Two of them stand for the others where times are short.
    long: !(still.late && situation === "ready" && (server.isAnother || what.endsWith("hangs"))),
    async begin(scene) {
      await begin(scene);
      await server.before?.(scene);
      if (server.probed) await restore(scene);
      // Late timers are those of a page that goes on, so they are late from before the deadline is set.
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

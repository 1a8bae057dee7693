/** Intermediaries between page and server: caches, redirects, a load balancer with `Retry-After`. */
import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";

const OPERATION = "SwitchToBargeIn";

/** Answers that a cache may store: by explicit headers or by its heuristics. */
const CACHEABLE = {
  "for a minute": { "Cache-Control": "max-age=60" },
  "as it thinks fit": { "Last-Modified": "Tue, 05 May 2015 18:08:45 GMT" },
};

/** From now on a cache may store reads, and has stored the former facts. */
async function cached(scene, headers) {
  await scene.sim.fault("headers", { method: "GET" }, { times: "always", headers });
  await scene.refresh();
  for (const path of ["/me", "/smssessions?"]) {
    await scene.untilLogged((entry) => entry.fault === "headers" && entry.path.includes(path) && entry.outcome === "answered");
  }
}

const CACHES = Object.entries(CACHEABLE).flatMap(([how, headers]) => [
  {
    name: `reads that a cache may keep ${how}; joined, then gone from the server, and 402`,
    async begin(scene) {
      await cached(scene, headers);
      await scene.sim.act(scene.id, "switch", { operation: OPERATION });
      await scene.until(({ entries }) => entries.some(({ kind, state }) => kind === "state" && state === "joined"));
      // What was true so shortly must have been seen.
      await scene.truth.renewed();
      await scene.sim.act(scene.id, "remove");
      await scene.sim.post("/forget-clients", { polls: "answer" });
    },
    notices: false,
    shows: ["joined", "ended"],
  },
  {
    name: `reads that a cache may keep ${how}; the CSRF token rotated before a press`,
    async begin(scene) {
      await cached(scene, headers);
      await scene.sim.post("/csrf", { rotate: true });
    },
    press: true,
    notices: false,
    posts: 2,
    shows: ["pending", "joined"],
  },
]);

/** A redirect is no answer to a POST, whatever its target. */
const REDIRECTS = [302, 307].map((httpStatus) => ({
  name: `a press answered by a redirect (${httpStatus}) to what answers well`,
  begin: ({ sim }) => sim.fault("redirect", { operation: OPERATION }, { httpStatus, location: "/api/v2/me" }),
  press: true,
  errors: ["http"],
}));

/** The `Retry-After` in seconds, and how many ms of it are watched. */
const PATIENCE = 9;
const WATCHED = 7_000;

const BUSY = {
  name: `503 with Retry-After: ${PATIENCE} for everything; barred meanwhile`,
  begin: ({ sim }) => sim.fault("refuse", { path: "/api" }, { times: "always", httpStatus: 503, body: "", headers: { "Retry-After": `${PATIENCE}` } }),
  press: true,
  long: true,
  async meanwhile(scene) {
    await scene.untilBroken();
    const { seq } = (await scene.sim.log()).at(-1);
    await pause(WATCHED);
    const tries = await scene.sim.log((entry) => entry.seq > seq);
    // The sessions are read independently, and their read may already have been due.
    assert.ok(tries.length <= 2, `${tries.length} requests in the ${WATCHED} ms after it was broken`);
    await scene.sim.act(scene.id, "capabilities", { list: ["Leave"] });
  },
  heal: ({ sim }) => sim.clearFaults(),
};

export const BETWEEN = [...CACHES, ...REDIRECTS, BUSY];

/** Faults of the line between page and server. */

const OPERATION = "SwitchToBargeIn";
const OUTAGE = 30_000;

/** With this hold, the held poll does not show the fault for a long time. */
const UNTOLD = { flags: ["--hold", "30000"] };

/** Slow 3G as defined by Chromium's developer tools. */
const SLOW_3G = { offline: false, latency: 2_000, downloadThroughput: 50_000, uploadThroughput: 50_000 };
const OFFLINE = { offline: true, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };
const SOUND = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: -1 };

/** Slow 3G takes seconds, too long for the short timeouts of the tests. */
const PATIENT = { requestTimeout: 10_000, confirmTimeout: 10_000 };

/** Makes Chromium emulate these network conditions. */
const network = async ({ tab }, conditions) => {
  await tab.send("Network.enable");
  await tab.send("Network.emulateNetworkConditions", conditions);
};

/** Slows the line down, including the held poll. */
async function slowed(scene) {
  await network(scene, SLOW_3G);
  const { seq } = (await scene.sim.log()).at(-1);
  await scene.sim.act(scene.id, "rename", { nickname: "Casey" });
  await scene.untilLogged((entry) => entry.seq > seq && entry.outcome === "open");
}

/** Makes the line fail at the moment when the press's request or its answer passes. */
const strikes = (what, fail) => ({ proxy }) => proxy.strike(what, OPERATION, () => fail(proxy));
const actedUpon = (scene) => scene.sim.act(scene.id, "switch", { operation: OPERATION });
const over = (scene) => scene.sim.act(scene.id, "complete");
const barred = (scene) => scene.sim.act(scene.id, "capabilities", { list: ["Leave"] });

export const LINE = [
  {
    name: "connections reset once",
    outside: true,
    begin: ({ proxy }) => proxy.reset(),
    notices: false,
    meanwhile: barred,
  },
  {
    name: "connection refused; the session ends meanwhile",
    outside: true,
    begin: ({ proxy }) => proxy.refuse(),
    meanwhile: over,
    lasts: 5_000,
    heal: ({ proxy }) => proxy.allow(),
  },
  {
    name: "outage from a press on, before the server acted",
    outside: true,
    begin: strikes("request", (proxy) => proxy.refuse()),
    press: true,
    lasts: OUTAGE,
    heal: ({ proxy }) => proxy.allow(),
  },
  {
    name: "outage from a press on, after the server acted",
    outside: true,
    begin: strikes("answer", (proxy) => proxy.refuse()),
    press: true,
    lasts: OUTAGE,
    heal: ({ proxy }) => proxy.allow(),
  },
  {
    name: "reset before the server acted",
    begin: ({ sim }) => sim.fault("reset-before", { operation: OPERATION }),
    press: true,
    notices: false,
    repeats: true,
  },
  {
    name: "reset before the server acted, each time that the browser repeats it",
    begin: ({ sim }) => sim.fault("reset-before", { operation: OPERATION }, { times: "always" }),
    press: true,
    repeats: true,
  },
  {
    name: "reset after the server acted",
    begin: ({ sim }) => sim.fault("reset-after", { operation: OPERATION }),
    press: true,
    notices: false,
    repeats: true,
  },
  {
    name: "half a body for the answer to a press",
    begin: ({ sim }) => sim.fault("truncate", { operation: OPERATION }),
    press: true,
    notices: false,
  },
  {
    name: "half a body for a notification",
    async begin({ sim, id, untilLogged }) {
      await sim.fault("truncate", { channel: "/meta/connect" });
      // Ends the held poll, so that the next one, which will be cut, is there for the notification.
      await sim.act(id, "rename", { nickname: "Casey" });
      await untilLogged((entry) => entry.fault === "truncate");
    },
    notices: false,
    meanwhile: barred,
  },
  {
    name: "black hole; the session ends meanwhile",
    outside: true,
    begin: ({ proxy }) => proxy.swallow(),
    meanwhile: over,
    lasts: 60_000,
    heal: ({ proxy }) => proxy.forward(),
    long: true,
  },
  {
    name: "black hole from a press on, before the server acted",
    outside: true,
    begin: ({ proxy }) => proxy.swallow(),
    press: true,
    ...UNTOLD,
    meanwhile: ({ untilBroken }) => untilBroken(),
    brokenWithin: 20_000,
    lasts: OUTAGE,
    heal: ({ proxy }) => proxy.forward(),
  },
  {
    name: "black hole for the answers from a press on, so after the server acted",
    outside: true,
    begin: ({ proxy }) => proxy.swallow({ up: false }),
    press: true,
    ...UNTOLD,
    meanwhile: ({ untilBroken }) => untilBroken(),
    brokenWithin: 20_000,
    lasts: OUTAGE,
    heal: ({ proxy }) => proxy.forward(),
  },
  {
    name: "slow 3G",
    outside: true,
    // Its round trip takes two seconds; a client that is forgotten sooner cannot be kept.
    flags: ["--max-interval", "10000"],
    begin: slowed,
    press: true,
    notices: false,
    element: PATIENT,
  },
  {
    name: "slow 3G, and the tab hidden and shown again",
    tabs: true,
    outside: true,
    // Its round trip takes two seconds; a client that is forgotten sooner cannot be kept.
    flags: ["--max-interval", "10000"],
    async begin(scene) {
      await slowed(scene);
      await scene.tab.hide();
      await scene.tab.show();
      await scene.tab.until(() => document.visibilityState === "visible");
    },
    press: true,
    notices: false,
    element: PATIENT,
  },
  {
    name: "offline, then online; barred meanwhile",
    outside: true,
    begin: (scene) => network(scene, OFFLINE),
    ...UNTOLD,
    brokenWithin: 5_000,
    meanwhile: barred,
    lasts: OUTAGE,
    heal: (scene) => network(scene, SOUND),
  },
  {
    name: "offline, then online; joined from elsewhere meanwhile",
    outside: true,
    begin: (scene) => network(scene, OFFLINE),
    meanwhile: actedUpon,
    heal: (scene) => network(scene, SOUND),
  },
];

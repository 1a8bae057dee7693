/** Faults of the page itself: frozen, asleep, in the back/forward cache, clock changed. */
import { eventually } from "../support/eventually.mjs";
import { stop, wake, watchAwake } from "./sleep.mjs";

const SLEEP = 120_000;

const barred = ({ sim, id }) => sim.act(id, "capabilities", { list: ["Leave"] });

const isBarred = ({ reason }) => reason === "not-permitted";

/** Waits until the server has forgotten the page's client, which no longer polls. */
function untilForgotten({ sim }) {
  return eventually(async () => (await sim.get("/state")).clients.length === 0, "the server does not forget");
}

/** Moves the clock that the page reads by `ms`. */
const setClock = ({ tab }, by) =>
  tab.evaluate((by) => {
    const now = Date.now;
    Date.now = () => now.call(Date) + by;
  }, by);

export const PAGE = [
  {
    name: "frozen tab, forgotten by the server meanwhile",
    tabs: true,
    async begin({ tab }) {
      await tab.hide();
      await tab.freeze();
    },
    notices: false,
    async meanwhile(scene) {
      await untilForgotten(scene);
      await barred(scene);
    },
    lasts: SLEEP,
    async heal(scene) {
      await scene.tab.thaw();
      await watchAwake(scene, isBarred);
    },
    sleeps: true,
    within: 2_000,
  },
  {
    name: "laptop asleep, forgotten by the server and by the network meanwhile",
    begin: stop,
    notices: false,
    async meanwhile(scene) {
      scene.proxy.forward();
      await untilForgotten(scene);
      await barred(scene);
    },
    lasts: SLEEP,
    async heal(scene) {
      wake(scene);
      await watchAwake(scene, isBarred);
    },
    sleeps: true,
    // A stopped browser could not be closed.
    undo: wake,
    within: 2_000,
    long: true,
    // The whole browser is stopped.
    alone: true,
  },
  {
    name: "clock set forward by an hour",
    begin: (scene) => setClock(scene, 3_600_000),
    notices: false,
    meanwhile: barred,
  },
  {
    name: "clock set back by an hour",
    begin: (scene) => setClock(scene, -3_600_000),
    notices: false,
    meanwhile: barred,
  },
  {
    name: "clock set forward by an hour at a press",
    async begin(scene) {
      await scene.sim.fault("act-late", { operation: "SwitchToBargeIn" }, { ms: 500 });
      await setClock(scene, 3_600_000);
    },
    press: true,
    notices: false,
    async meanwhile({ until, truth }) {
      await until(() => truth.fact.mode === "barge-in");
    },
  },
  {
    name: "left and come back to by the back button, forgotten meanwhile",
    tabs: true,
    begin: ({ tab }) => tab.leave(),
    notices: false,
    async meanwhile(scene) {
      await untilForgotten(scene);
      await barred(scene);
    },
    heal: ({ tab }) => tab.back(),
    restores: true,
    within: 2_000,
  },
];

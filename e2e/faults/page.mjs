/** What happens to the page itself: frozen, asleep, put away, its clock set. */
import process from "node:process";
import { eventually } from "../support/eventually.mjs";

const SLEEP = 120_000;

const barred = ({ sim, id }) => sim.act(id, "capabilities", { list: ["Leave"] });

/** Until the server has forgotten the page's client, which does not poll any more. */
function untilForgotten({ sim }) {
  return eventually(async () => (await sim.get("/state")).clients.length === 0, "the server does not forget");
}

/** Sets the clock that the page reads by so many ms. */
const setClock = ({ tab }, by) =>
  tab.evaluate((by) => {
    const now = Date.now;
    Date.now = () => now.call(Date) + by;
  }, by);

/** Every process of the browser that this run started. */
async function processes(browser) {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  await session.detach();
  return processInfo.map(({ id }) => id);
}

function wake({ pids }) {
  for (const pid of pids ?? []) process.kill(pid, "SIGCONT");
}

export const PAGE = [
  {
    name: "frozen tab, forgotten by the server meanwhile",
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
    heal: ({ tab }) => tab.thaw(),
    within: 2_000,
  },
  {
    name: "laptop asleep, forgotten by the server and by the network meanwhile",
    async begin(scene) {
      scene.pids = await processes(scene.browser);
      for (const pid of scene.pids) process.kill(pid, "SIGSTOP");
    },
    notices: false,
    async meanwhile(scene) {
      scene.proxy.forward();
      await untilForgotten(scene);
      await barred(scene);
    },
    lasts: SLEEP,
    heal: wake,
    // A sleeping browser could not be closed.
    undo: wake,
    within: 2_000,
    long: true,
    // All of the browser sleeps.
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

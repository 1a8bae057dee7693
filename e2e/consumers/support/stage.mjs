/** What the stages of the package's users share: a browser, a workshop, and how a consumer is prepared and used. */
import { after, before, describe, test } from "node:test";
import { launch } from "../../support/browser.mjs";
import { chromium } from "../../support/paths.mjs";
import { startSim } from "../../support/sim.mjs";
import { bargeIn, open, whisper } from "./supervisor.mjs";
import { run, Workshop } from "./workshop.mjs";

/** Switches off the telemetry of frameworks. */
export const QUIET = {
  NEXT_TELEMETRY_DISABLED: "1",
  ASTRO_TELEMETRY_DISABLED: "1",
  NUXT_TELEMETRY_DISABLED: "1",
  STORYBOOK_DISABLE_TELEMETRY: "1",
};

/** Runs the consumers that `define` defines two at a time: installing and building wait for disks and lines. */
export const twoAtATime = (define) => describe("two at a time", { concurrency: 2 }, define);

/** Opens both before the file's tests, and closes them after. */
export function stage() {
  const workshop = new Workshop();
  const shared = { workshop, browser: undefined, consumer, used, seated };
  before(async () => (shared.browser = await launch()));
  after(async () => {
    await shared.browser?.close();
    await workshop.close();
  });

  /** Tests a consumer in its folder, once that is installed; `script` runs a script of its `package.json`. */
  function consumer(name, tests) {
    test(name, async (context) => {
      const folder = workshop.copy(name);
      const missing = await workshop.install(folder);
      if (missing) return context.skip(missing);
      await tests(context, folder, (script) => run("npm", ["--loglevel=error", "run", script], folder, { ...QUIET, CHROMIUM: chromium() }));
    });
  }

  /**
   * Barges in on a consumer's page, which the simulator serves unless `server` gives another one. `id` names the session, `inline`
   * is as for `bargeIn`, and `seen` looks at the page afterwards.
   */
  function used(name, options, { id, inline, seen, server } = {}) {
    return visited("/?session=", { id }, options, server, async (opened, sim, session) => {
      await bargeIn(opened, sim, session, name, inline);
      await seen?.(opened.page);
    });
  }

  /** Whispers on a consumer's page with a panel, at the address `seat`. */
  function seated(name, seat, options, server) {
    return visited(seat, { mode: "coach" }, options, server, (opened, sim, session) => whisper(opened, sim, session, name));
  }

  async function visited(path, details, options, server, use) {
    const sim = await startSim([], options);
    const other = await server?.(sim);
    try {
      const session = await sim.session(details);
      const opened = await open(shared.browser, `${(other ?? sim).url}${path}${session}`);
      await use(opened, sim, session);
      await opened.page.context().close();
    } finally {
      await other?.close();
      await sim.close();
    }
  }

  return shared;
}

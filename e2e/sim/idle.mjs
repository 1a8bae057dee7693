/**
 * Ten idle minutes: the page's simulator in a visible and in a hidden tab, with CometD's own times and with a poll held for 60 s.
 * Nothing changes: one handshake, and a switch is told by the held poll. Takes ten minutes: `cargo xtask chaos --idle`.
 */
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { launchWithTabs } from "../support/browser.mjs";
import { Tab } from "../support/tab.mjs";
import { startStatic } from "./static.mjs";

const MINUTES = Number(process.env.MINUTES ?? 10);

let host, browser;
before(async () => {
  host = await startStatic();
  browser = await launchWithTabs();
});
after(async () => {
  await browser?.close();
  host?.close();
});

/** What the server has been asked for, in words. */
const asked = (tab) => tab.evaluate(() => window.gws.log().map(({ channels, method, path, outcome }) => `${channels.join() || `${method} ${path}`} ${outcome}`));

describe("an idle page", { concurrency: true }, () => {
  for (const hidden of [false, true]) {
    for (const hold of [30_000, 60_000]) {
      test(`${MINUTES} idle minutes, ${hidden ? "hidden" : "visible"}, polls held for ${hold / 1000} s`, async (t) => {
        const tab = await Tab.open(browser, `${host.url}/sim.html`);
        await tab.until(() => window.simulate !== undefined);
        await tab.evaluate(async (hold) => {
          window.gws = await window.simulate({ scenario: "none", hold });
          window.seen = [];
          for (const type of ["change", "connection"]) {
            document.addEventListener(`barge-in-${type}`, ({ detail }) => window.seen.push(detail.state ?? detail.status));
          }
          const button = document.createElement("barge-in-button");
          button.sessionId = window.gws.addSession({ mode: "monitor" });
          document.body.append(button);
        }, hold);
        await tab.until(() => document.querySelector("barge-in-button").state === "ready" && window.gws.state().polls === 1);
        const begun = await tab.evaluate(() => window.seen.splice(0).length);
        assert.ok(begun > 0);
        if (hidden) await tab.hide();
        assert.equal(await tab.evaluate(() => document.visibilityState), hidden ? "hidden" : "visible");
        await pause(MINUTES * 60_000);
        assert.deepEqual(await tab.evaluate(() => window.seen), [], "nothing has changed");
        const before = await asked(tab);
        const told = await tab.evaluate(async () => {
          const from = performance.now();
          window.gws.switchElsewhere(document.querySelector("barge-in-button").sessionId);
          while (document.querySelector("barge-in-button").state !== "joined") await new Promise((resolve) => setTimeout(resolve));
          return performance.now() - from;
        });
        const log = await asked(tab);
        t.diagnostic(`${log.length} requests, told after ${Math.round(told)} ms`);
        assert.equal(log.filter((one) => one.startsWith("/meta/handshake")).length, 1, log.join("\n"));
        assert.ok(log.slice(before.length).every((one) => one.startsWith("/meta/connect")), "told by a notification");
        assert.equal(log.filter((one) => one.endsWith("open")).length, 1);
        await tab.close();
      });
    }
  }
});

/** The tests of the element against a third-party Bayeux server. */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { add } from "../support/button.mjs";
import { launch, launchWithTabs, open } from "../support/browser.mjs";
import { eventually } from "../support/eventually.mjs";
import { notifications } from "../support/notifications.mjs";
import { Tab } from "../support/tab.mjs";
import { SESSION } from "./backend.mjs";
import { Peer } from "./peer.mjs";

const browsers = {};
before(async () => Object.assign(browsers, { plain: await launch(), withTabs: await launchWithTabs() }));
after(() => Promise.all(Object.values(browsers).map((browser) => browser.close())));

/** Timeouts long enough that none expires in these tests. */
const PATIENT = { requestTimeout: 60_000, confirmTimeout: 60_000 };

/** Runs a test on a fresh server and a page whose element is ready. */
function peerTest(name, { library, transport, channel }, run) {
  test(`${library} by ${transport}: ${name}`, async () => {
    const peer = await new Peer(library).start();
    let heard;
    const page = await open(browsers.plain, peer, "/blank.html", { before: (page) => (heard = notifications(page)) });
    try {
      const button = await add(page, { sessionId: SESSION, transport, ...(channel && { channel }), ...PATIENT });
      await button.until("ready");
      await untilConnected(button);
      const [connection] = (await button.events("barge-in-connection")).slice(-1);
      assert.equal(connection.detail.transport, transport);
      await run({ peer, page, button, heard });
      assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
      assert.deepEqual(page.errors, []);
    } finally {
      await page.context().close();
      await peer.kill();
    }
  });
}

/** Waits until the newest report on the connection, after the first `after` ones, is `connected`. */
function untilConnected(button, after = 0) {
  return button.page.waitForFunction(
    (after) => {
      const told = window.seen.events.slice(after).filter((event) => event.type === "barge-in-connection");
      return told.at(-1)?.detail.status === "connected";
    },
    after,
  );
}

const told = (page) => page.evaluate(() => window.seen.events.length);

/** Checks that none of these states was shown. */
async function neverShown(button, ...states) {
  const changes = await button.events("barge-in-change");
  const shown = changes.map((event) => event.detail.state).filter((state) => states.includes(state));
  assert.deepEqual(shown, []);
}

/** Defines the tests for a kind of server: its library, and the transport by which the element connects. */
export function peerTests(kind) {
  peerTest("a press is joined by the notification of it", kind, async ({ peer, button }) => {
    let confirm;
    peer.backend.decide = async () => {
      confirm = () => peer.backend.switch("barge-in");
      return { statusCode: 0 };
    };
    const answered = button.page.waitForResponse((response) => response.url().endsWith(SESSION));
    await button.main.click();
    await (await answered).finished();
    assert.equal(await button.get("state"), "pending");
    confirm();
    await button.until("joined");
    assert.equal(await button.get("mode"), "barge-in");
    assert.deepEqual(peer.backend.operations, ["SwitchToBargeIn"]);
    assert.equal((await button.events("barge-in-joined")).length, 1);
  });

  peerTest("later notifications arrive, poll after poll", kind, async ({ peer, button }) => {
    for (const mode of ["coach", "monitor", "coach", "barge-in"]) {
      peer.backend.switch(mode);
      await button.page.waitForFunction((mode) => document.querySelector("#one").mode === mode, mode);
    }
    peer.backend.complete();
    await button.until("ended");
    assert.deepEqual(peer.backend.operations, []);
  });

  peerTest("what comes under each of several channels counts once", { ...kind, channel: "/v2/**" }, async ({ peer, button, heard }) => {
    const channels = ["/v2/me/sms/sessions", "/v2/me/smssessions"];
    peer.backend.channels = channels;
    await button.main.click();
    await button.until("joined");
    peer.backend.complete();
    await button.until("ended");
    const changes = await button.events("barge-in-change");
    assert.deepEqual(changes.slice(-3).map((event) => event.detail.state), ["pending", "joined", "ended"]);
    assert.equal((await button.events("barge-in-joined")).length, 1);
    assert.deepEqual(peer.backend.operations, ["SwitchToBargeIn"]);
    const named = async () => (await heard()).map(({ channel }) => channel);
    await eventually(async () => (await named()).length === 4, named);
    // Either of the two may come first.
    assert.deepEqual((await named()).sort(), [...channels, ...channels].sort());
  });

  peerTest("killed after it accepted, and what was asked is done while it is down", kind, async ({ peer, page, button }) => {
    peer.backend.decide = async () => ({ statusCode: 0 });
    const answered = page.waitForResponse((response) => response.url().endsWith(SESSION));
    await button.main.click();
    await (await answered).finished();
    await peer.kill();
    peer.backend.switch("barge-in");
    assert.equal(await button.get("state"), "pending");
    await peer.start();
    await button.until("joined");
    assert.deepEqual(peer.backend.operations, ["SwitchToBargeIn"]);
  });

  for (const [what, mode, shown] of [
    ["done", "barge-in", "joined"],
    ["not done", "monitor", "failed"],
  ]) {
    peerTest(`killed before it answered, with what was asked ${what}`, kind, async ({ peer, button }) => {
      const reached = new Promise((resolve) => {
        peer.backend.decide = () => {
          resolve();
          return new Promise(() => {});
        };
      });
      const before = await told(button.page);
      await button.main.click();
      await reached;
      await peer.kill();
      peer.backend.mode = mode;
      await peer.start();
      await untilConnected(button, before);
      await button.until(shown);
      if (mode === "monitor") await neverShown(button, "joined");
      assert.deepEqual(peer.backend.operations, ["SwitchToBargeIn"]);
      const errors = await button.events("barge-in-error");
      assert.deepEqual(errors.map((event) => event.detail.kind), ["network"]);
    });
  }

  peerTest("killed and back with the session over", kind, async ({ peer, button }) => {
    await peer.kill();
    await button.until("unavailable", "disconnected");
    peer.backend.state = "Completed";
    await peer.start();
    await button.until("ended");
    assert.deepEqual(peer.backend.operations, []);
  });

  test(`${kind.library} by ${kind.transport}: forgotten while the tab was frozen, it shakes hands, subscribes and reads again`, async () => {
    const peer = await new Peer(kind.library, 1_000).start();
    const tab = await Tab.open(browsers.withTabs, `${peer.url}/blank.html`);
    const mode = (mode) => tab.until((mode) => document.querySelector("#one").mode === mode, mode);
    try {
      await tab.until(() => document.readyState === "complete");
      await tab.evaluate((properties) => {
        const element = Object.assign(document.createElement("barge-in-button"), properties, { id: "one" });
        element.addEventListener("barge-in-connection", (event) => (element.dataset.status = event.detail.status));
        document.body.append(element);
      }, { sessionId: SESSION, transport: kind.transport, ...PATIENT });
      await tab.until(() => document.querySelector("#one").dataset.status === "connected");
      await mode("monitor");
      const forgotten = peer.forgets();
      await tab.hide();
      await tab.freeze();
      await forgotten;
      peer.backend.mode = "coach";
      await tab.thaw();
      await mode("coach");
      // Received by the new subscription, not by the read.
      await tab.until(() => document.querySelector("#one").dataset.status === "connected");
      peer.backend.switch("monitor");
      await mode("monitor");
      await tab.evaluate(() => document.querySelector("#one").shadowRoot.querySelector("[part=button]").click());
      await tab.until(() => document.querySelector("#one").state === "joined");
      assert.deepEqual(peer.backend.operations, ["SwitchToBargeIn"]);
    } finally {
      await tab.close();
      await peer.kill();
    }
  });
}

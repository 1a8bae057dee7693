/** `barge-in/cometd`: an element fed by the page's own official client, in its oldest and its newest version. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Button, add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { root } from "../support/paths.mjs";

const shared = fixture();

const read = (...path) => readFileSync(join(root, "e2e", ...path), "utf8");

/** Additional files of the pages: the clients (the older one bundled as a module) and the script that uses them. */
const FILES = [
  [/\/cometd-3\/(\w+\.js)$/, (name) => asModule(read("node_modules/cometd", name))],
  [/\/cometd-9\/(\w+\.js)$/, (name) => read("node_modules/cometd-9", name)],
  [/\/(host\.js)$/, (name) => read("cometd", name)],
];

function asModule(text) {
  const imports = text.includes("require('./cometd')") ? 'import cometd from "/cometd-3/cometd.js";\nconst require = () => cometd;\n' : "";
  return `${imports}const exports = {}, module = {};\n${text}\nexport default module.exports;`;
}

/** Opens a page with a client of a version and an element of a new session. */
async function open(version, options = {}) {
  const page = await shared.page({
    before: async (page) => {
      for (const [pattern, place] of FILES) {
        await page.route(pattern, (route) => {
          const [, name] = pattern.exec(route.request().url());
          return route.fulfill({ contentType: "text/javascript", body: place(name) });
        });
      }
    },
  });
  // Clients of closed pages stay for a while.
  await shared.sim.post("/forget-clients");
  page.said = [];
  page.on("console", (message) => message.text().startsWith("barge-in:") && page.said.push(message.text()));
  const id = await shared.sim.session();
  await page.evaluate(([version, options]) => import("/host.js").then(({ start }) => start(version, options)), [version, options]);
  const button = await add(page, { sessionId: id, transport: "host" });
  const host = (method) => page.evaluate((method) => void window.host[method](), method);
  return { page, id, button, host };
}

/**
 * The same, attached, connected and ready, and read since. A busy page may have read before it was attached, and is then ready before
 * the read that follows the subscription.
 */
async function attached(version, options) {
  const scene = await open(version, options);
  await scene.host("attach");
  await scene.host("handshake");
  await scene.button.until("ready");
  await readSinceSubscribed();
  return scene;
}

/** A subscription is followed by a read. */
function readSinceSubscribed() {
  return eventually(async () => {
    const log = await shared.sim.log();
    const subscribed = log.findLastIndex(({ channels }) => channels?.includes("/meta/subscribe"));
    return log.slice(subscribed).some((request) => isRead(request) && request.outcome === "answered");
  }, "a read after the subscription");
}

const clients = async () => (await shared.sim.get("/state")).clients.length;
const isRead = ({ path }) => path.startsWith("/api/v2/me/smssessions");
const reads = () => shared.sim.log(isRead);
const statuses = async (button) => (await button.events("barge-in-connection")).map(({ detail }) => detail.status);

/** Switches made elsewhere reach the element. */
async function follows({ id, button }) {
  await shared.sim.act(id, "switch", { operation: "SwitchToBargeIn" });
  await button.until("joined");
  await shared.sim.act(id, "switch", { operation: "SwitchToMonitor" });
  await button.until("ready");
}

/** Switches made elsewhere reach the element as notifications, while no read of the sessions is answered. */
async function hears(scene) {
  await shared.sim.fault("hang", { path: "/smssessions" }, { times: "always" });
  await follows(scene);
  await shared.sim.clearFaults();
}

/** The times at which `attach` is called: what the page does before and after it. */
const ORDERS = {
  "before the handshake": [["attach"], ["handshake"]],
  "during the handshake": [["handshake"], ["attach"]],
  "after the handshake": [["handshake", "connected"], ["attach"]],
  "after the page's own subscription": [["handshake", "connected", "subscribe", "acknowledged"], ["attach"]],
  "before the page's own subscription": [["attach", "handshake", "connected"], ["subscribe"]],
};

for (const version of [3, 9]) {
  const waits = {
    connected: ({ page }) => page.waitForFunction(() => window.host.cometd.getStatus() === "connected"),
    acknowledged: ({ id }) =>
      eventually(async () => (await shared.sim.get("/state")).clients.some(({ subscriptions }) => subscriptions?.length), id),
  };

  for (const [order, steps] of Object.entries(ORDERS)) {
    for (const ack of [false, true]) {
      test(`${version}: attached ${order}${ack ? ", with acknowledgements" : ""}`, async () => {
        const scene = await open(version, { ack });
        for (const step of steps.flat()) await (waits[step] ? waits[step](scene) : scene.host(step));
        await scene.button.until("ready");
        await hears(scene);
        assert.equal(await clients(), 1, "the page's one client");
        assert.equal(await scene.button.get("transport"), "host");
        assert.deepEqual(scene.page.errors, []);
      });
    }
  }

  test(`${version}: attached in the callback of the handshake, each notification comes once`, async () => {
    const scene = await open(version);
    await scene.page.evaluate(() => {
      const element = document.querySelector("barge-in-button");
      const notify = element.notify;
      window.fed = 0;
      element.notify = function (data) {
        window.fed++;
        notify.call(this, data);
      };
      window.host.cometd.handshake(() => window.host.attach());
    });
    await scene.button.until("ready");
    await shared.sim.post("/publish", { channel: "/v2/me/sms", data: { messageType: "Nothing" } });
    await hears(scene);
    const published = (await scene.page.evaluate(() => window.fed)) - 1;
    await scene.page.evaluate(() => {
      window.fed = 0;
      window.host.subscribe();
    });
    await hears(scene);
    const own = await scene.page.evaluate(() => window.host.own.length);
    assert.equal(await scene.page.evaluate(() => window.fed), own);
    assert.ok(published > 0);
  });

  test(`${version}: a server that starts again is told at once and read once`, async () => {
    const scene = await attached(version);
    await shared.sim.clearLog();
    await shared.sim.post("/restart", { downMs: 700, keepSignIn: true });
    await scene.button.until("unavailable", "disconnected");
    await scene.button.until("ready");
    assert.equal((await reads()).length, 1);
    await hears(scene);
    assert.equal(await clients(), 1);
  });

  test(`${version}: polls that fail are told at once, and what was missed is read`, async () => {
    const scene = await attached(version);
    await shared.sim.fault("refuse", { path: "/notifications" }, { times: "always", httpStatus: 502 });
    await scene.page.evaluate(() => {
      const element = document.querySelector("barge-in-button");
      window.told = [];
      window.host.cometd.addListener("/meta/connect", ({ successful }) => successful || setTimeout(() => window.told.push(element.reason)));
    });
    await shared.sim.post("/drop-connections");
    await scene.button.until("unavailable", "disconnected");
    await scene.page.waitForFunction(() => window.told.length);
    assert.equal(await scene.page.evaluate(() => window.told[0]), "disconnected", "in the task after the client's own listeners");
    await shared.sim.act(scene.id, "switch", { operation: "SwitchToBargeIn" });
    await shared.sim.clearLog();
    await shared.sim.clearFaults();
    await scene.button.until("joined");
    assert.equal((await reads()).length, 1);
  });

  test(`${version}: a client that the server has forgotten comes back with one read`, async () => {
    const scene = await attached(version);
    await shared.sim.clearLog();
    await shared.sim.post("/forget-clients");
    await eventually(async () => (await reads()).length, "a read");
    await scene.button.until("ready");
    await hears(scene);
    assert.equal((await reads()).length, 1);
  });

  test(`${version}: a page that disconnects closes it`, async () => {
    const scene = await attached(version);
    await scene.page.evaluate(() => window.host.cometd.disconnect());
    await scene.button.until("unavailable", "disconnected");
    assert.equal((await statuses(scene.button)).at(-1), "closed");
    await scene.host("handshake");
    await scene.button.until("ready");
    await hears(scene);
  });

  test(`${version}: detached, the page's own subscription goes on and none of ours is left`, async () => {
    const scene = await open(version);
    await scene.host("handshake");
    await waits.connected(scene);
    await scene.host("subscribe");
    await scene.host("attach");
    await scene.button.until("ready");
    await readSinceSubscribed();
    await scene.host("detach");
    await scene.button.until("unavailable", "disconnected");
    await scene.page.evaluate(() => (window.host.own.length = 0));
    await shared.sim.act(scene.id, "switch", { operation: "SwitchToBargeIn" });
    await scene.page.waitForFunction(() => window.host.own.length);
    assert.equal(await scene.button.get("state"), "unavailable");
    await scene.host("attach");
    await scene.button.until("joined");
    await scene.host("detach");
    assert.equal(await clients(), 1);
  });

  test(`${version}: without anybody else, detach ends the subscription`, async () => {
    const scene = await attached(version);
    await scene.host("detach");
    await eventually(async () => (await shared.sim.log(({ channels }) => channels?.includes("/meta/unsubscribe"))).length, "an unsubscription");
  });

  test(`${version}: a subscription that is denied closes it, and says so`, async () => {
    const scene = await open(version);
    await scene.button.set({ channel: "/meta/no" });
    await scene.host("attach");
    await scene.host("handshake");
    await scene.button.until("unavailable", "disconnected");
    assert.equal((await statuses(scene.button)).at(-1), "closed");
    assert.match(scene.page.said.join("\n"), /refuses the subscription to \/meta\/no/);
  });

  test(`${version}: a subscription that is lost is made again`, async () => {
    const scene = await open(version);
    await shared.sim.fault("reset-before", { channel: "/meta/subscribe" });
    await scene.host("attach");
    await scene.host("handshake");
    await scene.button.until("ready");
    await hears(scene);
  });

  test(`${version}: without the ack extension the console says so once`, async () => {
    const scene = await attached(version);
    assert.equal(scene.page.said.filter((text) => text.includes("AckExtension")).length, 1);
    const other = await attached(version, { ack: true });
    assert.deepEqual(other.page.said, []);
  });
}

for (const version of [3, 9]) {
  test(`${version}: two elements of one connection are fed once, and on when one of them goes`, async () => {
    const scene = await attached(version);
    await add(scene.page, { sessionId: scene.id }, { id: "other" });
    await scene.page.evaluate(() => {
      window.fed = [];
      for (const element of document.querySelectorAll("barge-in-button")) {
        const { notify } = element;
        element.notify = function (data) {
          if (data.messageType === "Nothing") window.fed.push(this.id);
          notify.call(this, data);
        };
      }
      window.other = window.host.attachTo(document.getElementById("other"));
    });
    const other = new Button(scene.page, "other");
    await other.until("ready");
    const fed = async () => {
      await scene.page.evaluate(() => void (window.fed = []));
      await shared.sim.post("/publish", { channel: "/v2/me/sms", data: { messageType: "Nothing" } });
      await hears({ ...scene, button: other });
      return scene.page.evaluate(() => window.fed);
    };
    assert.equal((await fed()).length, 1);
    const told = (await statuses(other)).length;
    await scene.host("detach");
    await scene.host("detach");
    assert.deepEqual(await fed(), ["other"]);
    assert.deepEqual((await statuses(other)).slice(told), [], "the connection is not closed");
    // One that is out of the page takes nothing.
    await scene.page.evaluate(() => {
      window.host.detach = window.host.attach();
      document.querySelector("barge-in-button:not(#other)").remove();
    });
    assert.deepEqual(await fed(), ["other"]);
    await scene.page.evaluate(() => (window.host.detach(), window.other()));
    await other.until("unavailable", "disconnected");
    await eventually(async () => !(await shared.sim.get("/state")).clients.some(({ subscriptions }) => subscriptions?.length), "no subscription");
    assert.deepEqual(scene.page.errors, []);
  });
}

test("what cannot be attached is said", async () => {
  const { page } = await open(9);
  const words = await page.evaluate(async () => {
    const { attach } = await import("/npm/cometd.js");
    const tried = [[undefined, document.querySelector("barge-in-button")], [window.host.cometd, document.body], [window.host.cometd, null]];
    return tried.map(([cometd, element]) => {
      try {
        attach(cometd, element);
      } catch (error) {
        return `${error.name}: ${error.message}`;
      }
    });
  });
  assert.deepEqual(words, [
    "TypeError: attach(cometd, element): this is no CometD client.",
    "TypeError: attach(cometd, element): this element is not defined yet.",
    "TypeError: attach(cometd, element): this element is not defined yet.",
  ]);
});

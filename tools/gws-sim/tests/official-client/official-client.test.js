// The official CometD JavaScript client against the simulator: this shows that the simulator's
// Bayeux is fit for testing other clients.
//
// SIM_BIN is the path of the built `gws-sim`. Nothing here sleeps: every step waits for an answer,
// and node's time limit ends a test that would wait for ever.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { adapt } from "cometd-nodejs-client";

adapt(); // the clients look for `window` when they are loaded
const require = createRequire(import.meta.url);
const newest = { ...(await import("cometd")), ...(await import("cometd/AckExtension.js")) };
const clients = {
  "cometd 3.1.14": {
    make: () => new (require("cometd-3").CometD)(),
    ack: () => new (require("cometd-3/AckExtension"))(),
  },
  "cometd 9.0.0": {
    make: () => new newest.CometD(),
    ack: () => new newest.AckExtension(),
  },
};
const SESSION = "0001Da9PFC93000S";
const LIMIT = { timeout: 30_000 };

/** Starts a simulator; resolves to its origin and a way to end it. */
async function startSimulator(...flags) {
  const program = process.env.SIM_BIN;
  assert.ok(program, "SIM_BIN must name the simulator's binary");
  const child = spawn(program, ["--port", "0", "--scenario", "still", ...flags], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  for await (const line of createInterface({ input: child.stdout })) {
    const found = /^listening on (http:\S+)$/.exec(line);
    if (found) return { origin: found[1], stop: () => child.kill() };
  }
  throw new Error("the simulator ended before it listened");
}

/** A signed-in browser: its cookies and its CSRF token, and the operations it can POST. */
async function openBrowser(origin) {
  const jar = new Map();
  const keep = (line) => jar.set(line.split("=")[0], line.split(";")[0]);
  adapt({
    cookies: {
      storeCookie: (uri, line, done) => (keep(line), done()),
      retrieveCookies: (context, uri, done) => done(null, [...jar.values()]),
    },
  });
  const me = await fetch(`${origin}/api/v2/me`);
  me.headers.getSetCookie().forEach(keep);
  const token = { [me.headers.get("x-csrf-header")]: me.headers.get("x-csrf-token") };
  const operate = async (operationName) => {
    const response = await fetch(`${origin}/api/v2/me/smssessions/${SESSION}`, {
      method: "POST",
      headers: { ...token, "content-type": "application/json", cookie: [...jar.values()].join("; ") },
      body: JSON.stringify({ operationName }),
    });
    return response.json();
  };
  return { token, operate };
}

/** Resolves with the reply on a meta channel that `wanted` accepts. */
function reply(client, channel, wanted = () => true) {
  return new Promise((resolve) => {
    const listener = client.addListener(channel, (message) => {
      if (!wanted(message)) return;
      client.removeListener(listener);
      resolve(message);
    });
  });
}

/** Collects the notifications of a subscription; `next(n)` waits for the first n of them. */
function inbox() {
  const seen = [];
  let wake = () => {};
  return {
    seen,
    take: (message) => (seen.push(message), wake()),
    async next(count) {
      while (seen.length < count) await new Promise((resolve) => (wake = resolve));
      return seen.splice(0, count);
    },
  };
}

const subscribe = (client, channel, take) =>
  new Promise((resolve) => client.subscribe(channel, take, resolve));

const disconnect = (client) => new Promise((resolve) => client.disconnect(resolve));

function assertBargedIn([participants, log]) {
  assert.equal(participants.channel, "/v2/me/smssessions");
  assert.equal(participants.data.messageType, "SMSsessionStateChangeMessage");
  assert.equal(participants.data.notificationType, "ParticipantsUpdated");
  const { smssession } = participants.data;
  assert.equal(smssession.id, SESSION);
  const own = smssession.participants.find((p) => p.nickname === "Dana Whitfield");
  assert.equal(own.visibility, "All");
  assert.equal(own.type, "Agent");
  assert.ok(smssession.capabilities.includes("SwitchToMonitor"));
  assert.ok(!smssession.capabilities.includes("SwitchBargeIn"));

  assert.equal(log.data.messageType, "MessageLogUpdated");
  assert.equal(log.data.notificationType, "NewMessages");
  assert.match(log.data.smssessionUri, new RegExp(`/api/v2/smssessions/${SESSION}$`));
  const [entry] = log.data.messages;
  assert.equal(entry.type, "ParticipantRejoined");
  assert.equal(entry.visibility, "All");
  assert.match(entry.timestamp, /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}[+-]\d{4}$/);
}

for (const [name, { make, ack }] of Object.entries(clients)) {
  for (const acknowledged of [false, true]) {
    describe(`${name} over long-polling${acknowledged ? " with acknowledgements" : ""}`, () => {
      let simulator, browser, client;
      before(async () => {
        simulator = await startSimulator();
        browser = await openBrowser(simulator.origin);
        client = make();
        if (acknowledged) client.registerExtension("ack", ack());
        client.unregisterTransport("websocket");
        client.configure({
          url: `${simulator.origin}/api/v2/notifications`,
          requestHeaders: browser.token,
          useWorkerScheduler: false,
        });
      });
      after(async () => {
        await disconnect(client);
        simulator.stop();
      });

      test("shakes hands, subscribes and learns of a barge-in", LIMIT, async () => {
        const shaken = reply(client, "/meta/handshake");
        const connected = reply(client, "/meta/connect");
        client.handshake();
        const handshake = await shaken;
        assert.equal(handshake.successful, true);
        assert.equal(client.getTransport().getType?.() ?? client.getTransport().type, "long-polling");
        assert.equal(Boolean(handshake.ext?.ack), acknowledged);
        const mail = inbox();
        const subscribed = await subscribe(client, "/v2/me/*", mail.take);
        assert.equal(subscribed.successful, true);
        assert.equal((await connected).successful, true);

        assert.deepEqual(await browser.operate("SwitchToBargeIn"), { statusCode: 0 });
        assertBargedIn(await mail.next(2));
        // Nothing arrives twice: the next notification is about the next event.
        assert.deepEqual(await browser.operate("SwitchToMonitor"), { statusCode: 0 });
        const [back] = await mail.next(2);
        assert.equal(back.data.notificationType, "ParticipantsUpdated");
        assert.ok(back.data.smssession.capabilities.includes("SwitchBargeIn"));
        client.clearSubscriptions();
      });

      test("shakes hands again when the server has forgotten it", LIMIT, async () => {
        const refused = reply(client, "/meta/connect", (message) => !message.successful);
        const again = reply(client, "/meta/handshake");
        await fetch(`${simulator.origin}/control/forget-clients`, { method: "POST" });
        assert.match((await refused).error, /^402::/);
        assert.equal((await again).successful, true);
        const mail = inbox();
        await subscribe(client, "/v2/me/smssessions", mail.take);
        await browser.operate("SwitchToBargeIn");
        assertBargedIn(await mail.next(2));
      });
    });
  }

  describe(`${name} over WebSocket`, () => {
    test("shakes hands, subscribes and learns of a barge-in", LIMIT, async () => {
      const simulator = await startSimulator("--websocket");
      const browser = await openBrowser(simulator.origin);
      const client = make();
      try {
        client.registerExtension("ack", ack());
        client.configure({
          url: `${simulator.origin}/api/v2/notifications`,
          requestHeaders: browser.token,
          useWorkerScheduler: false,
        });
        const shaken = reply(client, "/meta/handshake");
        client.handshake();
        assert.equal((await shaken).successful, true);
        assert.equal(client.getTransport().getType?.() ?? client.getTransport().type, "websocket");
        const mail = inbox();
        await subscribe(client, "/v2/**", mail.take);
        await browser.operate("SwitchToBargeIn");
        assertBargedIn(await mail.next(2));
      } finally {
        await disconnect(client);
        simulator.stop();
      }
    });
  });
}

/**
 * The server in the page answers as the same server in a program of this machine does, byte for byte: with the same seed, clock
 * and requests. Not a `*.test.mjs`, as only the stage `page` builds the program.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { test } from "node:test";
import { replayBinary } from "../support/paths.mjs";
import { worlds } from "./world.mjs";

const shared = worlds();

const SESSION = "/api/v2/me/smssessions/0001Da9PFC93000S";
const NOTIFICATIONS = "/api/v2/notifications";
const EPOCH = 1_700_000_000_000;

/** A request at a time, in ms; `{id}` is the client's id. A poll may be answered later. */
const read = (at, path) => ({ at, method: "GET", path });
const send = (at, path, body) => ({ at, method: "POST", path, body: JSON.stringify(body) });
const raw = (at, method, path, body) => ({ at, method, path, body });
const press = (at, operationName, more) => send(at, SESSION, { operationName, ...more });
const meta = (at, ...messages) => send(at, NOTIFICATIONS, messages.map((message) => ({ clientId: "{id}", ...message })));
const poll = (at) => meta(at, { channel: "/meta/connect", connectionType: "long-polling" });

const opening = [
  read(0, "/api/v2/me"),
  send(1, NOTIFICATIONS, [{ channel: "/meta/handshake", version: "1.0", supportedConnectionTypes: ["long-polling"], ext: { ack: true } }]),
  meta(2, { channel: "/meta/subscribe", subscription: "/v2/me/*" }),
  poll(3),
  read(4, "/api/v2/me/smssessions?fields=*"),
  poll(5),
];

/** What is asked for in each scenario. */
const SEQUENCES = {
  still: [
    ...opening,
    press(1000, "SwitchToBargeIn"),
    poll(1001),
    press(1002, "SendMessage", { text: "Grüß Gott, “Zoë” 👋" }),
    poll(1003),
    read(1004, `${SESSION}/messages?startIndex=1`),
    press(1005, "Dance"),
    read(1006, `${SESSION}-not`),
    send(1007, "/control/fault", { action: "refuse", match: { operation: "Leave" }, statusCode: 5, statusMessage: "Not now" }),
    press(1008, "Leave"),
    send(1009, "/control/fault", { action: "truncate", match: { operation: "SwitchToCoach" } }),
    press(1010, "SwitchToCoach"),
    send(1011, "/control/fault", { action: "reset-after", match: { operation: "SwitchToMonitor" } }),
    press(1012, "SwitchToMonitor"),
    send(1013, "/control/csrf", { rotate: true }),
    press(1014, "SwitchToBargeIn"),
    read(1015, "/api/v2/me"),
    press(1016, "SwitchToBargeIn"),
    poll(1017),
    raw(1018, "POST", SESSION, "{"),
    raw(1019, "POST", NOTIFICATIONS, "7"),
    raw(1020, "POST", NOTIFICATIONS, "[]"),
    raw(1021, "POST", NOTIFICATIONS, "[{"),
    send(1022, "/control/dance", {}),
    send(1023, "/control/fault", []),
    send(1024, "/control/sessions/nobody/say", { from: "customer", text: "Hello" }),
    raw(1025, "DELETE", "/api/v2/me"),
    read(1026, "/api/v2/me/smssessions/%E4"),
    send(1027, "/control/sign-out", {}),
    read(1028, "/api/v2/me"),
    send(1029, "/control/sign-in", {}),
    read(1030, "/api/v2/me"),
    send(1031, "/control/restart", { downMs: 500 }),
    read(1100, "/api/v2/me"),
    read(1600, "/api/v2/me"),
    poll(1601),
    read(1602, "/control/log"),
  ],
  // Five minutes of conversations; what has happened is told by reads and polls.
  demo: [
    ...opening,
    ...Array.from({ length: 30 }, (_, at) => [poll(10_000 * (at + 1)), read(10_000 * (at + 1) + 1, "/api/v2/me/smssessions?fields=*")]).flat(),
    read(400_000, "/control/state"),
  ],
};

/** What the program answers: by number of the request, its status, header lines and body; `null` is a cut line. */
async function native(settings, steps) {
  const child = spawn(replayBinary(), { stdio: ["pipe", "pipe", "inherit"] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  child.stdin.write(`${JSON.stringify(settings)}\n`);
  const cookies = new Map();
  const answers = {};
  let [token, id] = ["", ""];
  for (const { at, method, path, body = "" } of steps) {
    const headers = [["cookie", [...cookies].map((pair) => pair.join("=")).join("; ")], ["x-csrf-token", token], ["content-type", "application/json"]];
    if (method !== "GET") headers.push(["origin", settings.base]);
    child.stdin.write(`${JSON.stringify({ now: at, method, target: path, headers, body: body.replace("{id}", id) })}\n`);
    for (const { number, answer } of JSON.parse((await lines.next()).value)) {
      answers[number] = answer && { status: answer.status, body: answer.half ? "half" : answer.body };
      for (const [name, value] of answer?.headers ?? []) {
        if (name === "set-cookie") cookies.set(...value.split(";")[0].split("="));
        if (name === "x-csrf-token") token = value;
      }
      id ||= answer?.body.match(/"clientId":"(\w+)"/)?.[1] ?? "";
    }
  }
  child.stdin.end();
  return answers;
}

/** The same of the page, whose clock is set before each request. */
function inPage(page, steps) {
  return page.evaluate(async (steps) => {
    const answers = {};
    let [token, id] = ["", ""];
    const ask = async (number, { method, path, body }) => {
      const headers = { "x-csrf-token": token, "content-type": "application/json" };
      try {
        const answer = await fetch(path, { method, headers, body: body?.replace("{id}", id) });
        token = answer.headers.get("x-csrf-token") ?? token;
        const text = await answer.text().catch(() => "half");
        id ||= text.match(/"clientId":"(\w+)"/)?.[1] ?? "";
        answers[number] = { status: answer.status, body: text };
      } catch {
        answers[number] = null;
      }
    };
    for (const [index, step] of steps.entries()) {
      window.clock = step.at;
      const waits = step.path.endsWith("/notifications") && index > 4;
      const asked = ask(index + 1, step);
      // A held poll is answered in a later step.
      await (waits ? new Promise((resolve) => setTimeout(resolve, 1)) : asked);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
    return answers;
  }, steps);
}

for (const [scenario, steps] of Object.entries(SEQUENCES)) {
  test(`${scenario}: the same answers to ${steps.length} requests, to the byte`, async (t) => {
    const before = (page) =>
      page.addInitScript((epoch) => {
        window.clock = 0;
        performance.now = () => window.clock;
        Date.now = () => epoch;
      }, EPOCH);
    const page = await shared.page({ scenario, seed: 7 }, "/sim.html", { before });
    const here = await native({ scenario, seed: 7, base: shared.host.origin, epochMs: EPOCH }, steps);
    const there = await inPage(page, steps);
    for (const number of new Set([...Object.keys(here), ...Object.keys(there)])) {
      assert.deepEqual(there[number], here[number], `${number}: ${JSON.stringify(steps[number - 1])}`);
    }
    const bytes = JSON.stringify(here).length;
    assert.ok(bytes > 10_000, `${bytes} bytes`);
    t.diagnostic(`${Object.keys(here).length} answers of ${steps.length}, ${bytes} bytes`);
  });
}

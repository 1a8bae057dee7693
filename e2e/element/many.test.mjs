/** Very many sessions in one list: a shown session is known, whether it was shown before the list arrived or after. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { add } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();

/** A session as GWS lists it, with three participants. */
const session = (at) => ({
  id: `session-${at}`,
  state: "Chatting",
  capabilities: ["Leave", "SwitchToCoach", "SwitchBargeIn"],
  participants: ["agent", "supervisor", "customer"].map((nickname, place) => ({
    nickname,
    type: place === 2 ? "Customer" : "Agent",
    participantId: `p-${at}-${place}`,
    visibility: "All",
    uri: `http://gws/api/v2/users/${nickname}-${at}`,
  })),
});

/** Opens a page whose list of sessions has `count` entries. */
async function listing(count) {
  const body = JSON.stringify({ statusCode: 0, smssessions: Array.from({ length: count }, (_, at) => session(at)) });
  await shared.sim.fault("refuse", { path: "/me/smssessions?" }, { times: "always", httpStatus: 200, body });
  return shared.page();
}

test("the first, the last and a later one of ten thousand sessions are known", async () => {
  const page = await listing(10_000);
  const first = await add(page, { sessionId: "session-0" }, { id: "first" });
  const last = await add(page, { sessionId: "session-9999" }, { id: "last" });
  await first.until("ready");
  await last.until("ready");
  // It was listed, but not shown at that time.
  const later = await add(page, { sessionId: "session-9000" }, { id: "later" });
  await later.until("ready");
  const nowhere = await add(page, { sessionId: "nowhere" }, { id: "nowhere" });
  await nowhere.until("unavailable", "not-found");
  assert.equal(page.errors.length, 0);
});

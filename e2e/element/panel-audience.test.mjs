/** Whom a message reaches: the audience is the draft's, whatever the mode becomes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";
import { PATH, addPanel, posted } from "../support/panel.mjs";

const shared = fixture();

/** A panel on a session in this mode. */
async function seat(mode, properties = {}) {
  const page = await shared.page({ path: PATH });
  const session = await shared.sim.session({ mode, agent: "Ann", customer: "Mia" });
  const panel = await addPanel(page, { sessionId: session, ...properties });
  await panel.until(mode === "barge-in" ? "joined" : "ready");
  return { page, session, panel };
}

test("a whisper that is half typed when the mode becomes barge-in stays a whisper", async () => {
  const { session, panel } = await seat("coach");
  await panel.box.pressSequentially("see m");
  await shared.sim.act(session, "switch", { mode: "barge-in" });
  await panel.until("joined");
  assert.equal(await panel.box.inputValue(), "see m");
  assert.equal(await panel.box.getAttribute("aria-label"), "Message to agents only");
  await panel.box.pressSequentially("e");
  await panel.box.press("Enter");
  await panel.untilEvents("barge-in-sent");
  assert.deepEqual(await posted(shared.sim, session), [["SendToAgents", "see me"]]);
});

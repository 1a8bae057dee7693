import { press, send, setState } from "barge-in/testing";
import { expect, test, vi } from "vitest";
import { seat, show } from "./console.js";

test("a join is written to the audit log", async () => {
  const audit = vi.fn();
  const button = show("0001", audit);
  await setState(button, { state: "ready" });
  await press(button);
  expect(button.state).toBe("pending");
  expect(audit).not.toHaveBeenCalled();
  await setState(button, { state: "joined" });
  expect(audit).toHaveBeenCalledWith("0001");
});

test("a failure is told", async () => {
  const complain = vi.fn();
  const button = show("0002", vi.fn(), complain);
  await setState(button, { state: "failed", detail: { kind: "timeout" } });
  expect(complain).toHaveBeenCalledWith("timeout");
  expect(button.shadowRoot.textContent).toContain("You may try again.");
});

test("the button stands in before anything is said", async () => {
  const button = show("0003", vi.fn(), vi.fn());
  await vi.waitFor(() => expect(button.shadowRoot.querySelector("button").textContent).toBe("Barge in"));
  expect(button.reason).toBe("connecting");
});

test("a whisper is written to the audit log once the conversation has it", async () => {
  const audit = vi.fn();
  const panel = seat("0005", audit);
  await setState(panel, { state: "ready", mode: "coach" });
  await send(panel, "Offer the refund");
  expect(panel.dirty).toBe(true);
  expect(audit).not.toHaveBeenCalled();
  const [row] = panel.outbox;
  await setState(panel, { state: "ready", mode: "coach", outbox: [{ ...row, state: "sent" }] });
  expect(audit).toHaveBeenCalledWith("Agents");
  expect(panel.dirty).toBe(false);
});

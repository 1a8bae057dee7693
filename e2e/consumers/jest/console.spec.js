const { createElement } = require("react");
const { createRoot } = require("react-dom/client");
const { act } = require("react");
const { define } = require("barge-in");
const { BargeInButton } = require("barge-in/react");
const { BargeInPanel } = require("barge-in/panel/react");
const { press, send, setState } = require("barge-in/testing");

globalThis.IS_REACT_ACT_ENVIRONMENT = true;

test("a console in React is told of a join", async () => {
  const audit = jest.fn();
  const root = document.body.appendChild(document.createElement("main"));
  await act(() => createRoot(root).render(createElement(BargeInButton, { sessionId: "0001", onBargeInJoined: audit })));
  const button = root.querySelector("barge-in-button");
  expect(button.children).toHaveLength(0); // no second button beside the one in the shadow root
  await setState(button, { state: "ready" });
  await press(button);
  expect(button.state).toBe("pending");
  await setState(button, { state: "joined" });
  expect(audit.mock.calls[0][0].detail.sessionId).toBe("0001");
});

test("a console in React may stop a whisper", async () => {
  const root = document.body.appendChild(document.createElement("main"));
  const onBargeInSend = jest.fn((event) => event.preventDefault());
  await act(() => createRoot(root).render(createElement(BargeInPanel, { sessionId: "0002", onBargeInSend })));
  const panel = root.querySelector("barge-in-panel");
  await setState(panel, { state: "ready", mode: "coach" });
  await send(panel, "Offer the refund");
  expect(onBargeInSend.mock.calls[0][0].detail.text).toBe("Offer the refund");
  expect(panel.outbox).toHaveLength(0);
  expect(panel.dirty).toBe(true);
});

test("all entries share one class", () => {
  expect(customElements.get("barge-in-button")).toBe(define());
  require("barge-in/define");
  expect(customElements.get("barge-in-button")).toBe(define());
  const { definePanel } = require("barge-in/panel/define");
  expect(customElements.get("barge-in-panel")).toBe(definePanel());
});

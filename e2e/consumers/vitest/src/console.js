import "barge-in/define";

/** Shows the button of a session; `audit` is told of each join and `complain` of each failure. */
export function show(id, audit, complain) {
  const button = document.createElement("barge-in-button");
  button.sessionId = id;
  button.addEventListener("barge-in-joined", (event) => audit(event.detail.sessionId));
  button.addEventListener("barge-in-error", (event) => complain(event.detail.kind));
  document.body.append(button);
  return button;
}

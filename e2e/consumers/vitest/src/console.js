import "barge-in/define";
import "barge-in/panel/define";

/** Shows the panel of a session; `audit` is told who saw each message. */
export function seat(id, audit) {
  const panel = document.createElement("barge-in-panel");
  panel.sessionId = id;
  panel.addEventListener("barge-in-sent", (event) => audit(event.detail.visibility));
  document.body.append(panel);
  return panel;
}

/** Shows the button of a session; `audit` is told of each join and `complain` of each failure. */
export function show(id, audit, complain) {
  const button = document.createElement("barge-in-button");
  button.sessionId = id;
  button.addEventListener("barge-in-joined", (event) => audit(event.detail.sessionId));
  button.addEventListener("barge-in-error", (event) => complain(event.detail.kind));
  document.body.append(button);
  return button;
}

import "barge-in/define";

/** Shows the button of a session; `audit` is told of each join. */
export function show(id, audit) {
  const button = document.createElement("barge-in-button");
  button.sessionId = id;
  button.addEventListener("barge-in-joined", (event) => audit(event.detail.sessionId));
  document.body.append(button);
}

import { define } from "barge-in"; // no side effect

const BargeInButton = define("acme-barge-in");

const button = new BargeInButton();
button.sessionId = new URLSearchParams(location.search).get("session");
button.requestHeaders = () => ({ "X-Console": "webpack" });
button.strings = { joined: "You are in." };
button.addEventListener("barge-in-joined", (event) => {
  document.querySelector("output").textContent = event.detail.sessionId;
});
document.body.prepend(button);

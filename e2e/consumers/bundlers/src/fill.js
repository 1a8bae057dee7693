/** What every console here does with its button. */
export function fill(button) {
  button.requestHeaders = () => ({ "X-Console": "bundlers" });
  button.strings = { joined: "You are in." };
  button.addEventListener("barge-in-joined", (event) => {
    document.querySelector("output").textContent = event.detail.sessionId;
  });
  button.sessionId = new URLSearchParams(location.search).get("session");
}

const button = document.querySelector("barge-in-button");
button.setAttribute("session-id", new URLSearchParams(location.search).get("session"));
button.requestHeaders = () => ({ "X-Console": "html" });
button.strings = { joined: "You are in." };
button.addEventListener("barge-in-joined", (event) => {
  document.querySelector("output").textContent = event.detail.sessionId;
});

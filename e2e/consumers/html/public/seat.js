const panel = document.querySelector("barge-in-panel");
panel.setAttribute("session-id", new URLSearchParams(location.search).get("session"));
panel.requestHeaders = () => ({ "X-Console": "html" });
panel.strings = { "send-agents": "Whisper" };
panel.addEventListener("barge-in-sent", ({ detail }) => {
  document.querySelector("output").textContent = `${detail.visibility}: ${detail.sessionId}`;
});

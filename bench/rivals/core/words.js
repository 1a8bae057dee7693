/** The button's texts in English; the same as the element's. */
const WORDS = {
  pending: "Barging in…",
  joined: "You have joined. Agent and customer see what you write.",
  ended: "This session has ended.",
  "no-session": "No session is selected.",
  connecting: "Connecting…",
  disconnected: "No connection to the server. Trying again…",
  "not-found": "This session is not among yours.",
  "not-supervising": "You are not monitoring or coaching this session.",
  "not-permitted": "The server does not allow barging in now.",
  unauthenticated: "You are signed out. Sign in again to go on.",
  network: "The network failed before the server answered. You may try again.",
  timeout: "The server did not answer in time. You may try again.",
  malformed: "The server's answer could not be read. You may try again.",
  unconfirmed: "The server accepted but did not confirm the change. You may try again.",
  csrf: "The server rejected the request's security token. You may try again.",
};

/** The text for a view, and the node that shows it: `reason`, `status` or `alert`. */
export function words({ state, reason, failure }) {
  if (state === "pending" || state === "joined" || state === "ended") return { place: "status", text: WORDS[state] };
  if (reason === "unauthenticated") return { place: "alert", text: WORDS[reason] };
  if (state === "failed" || reason === "refused") return { place: "alert", text: failed(failure) };
  if (state === "unavailable") return { place: "reason", text: WORDS[reason] };
  return { place: null, text: "" };
}

function failed({ kind, refused, message, statusCode, httpStatus }) {
  const code = statusCode ?? httpStatus ?? "?";
  if (refused) return message ? `The server refused: ${message}` : `The server refused, with code ${code}.`;
  if (kind === "api" && message) return `The server could not do it: ${message}`;
  return WORDS[kind] ?? `The server answered with error ${code}. You may try again.`;
}

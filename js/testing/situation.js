/** Checks the situation that a test asks for and fills in defaults. */

const STATES = ["unavailable", "ready", "confirming", "pending", "joined", "failed", "left", "ended"];
const REASONS = [
  "no-session",
  "connecting",
  "disconnected",
  "not-found",
  "not-supervising",
  "not-permitted",
  "refused",
  "unauthenticated",
  "unsupported",
];
const MODES = ["monitor", "coach", "barge-in"];

/** States in which the capabilities list barge-in by default. */
const CAPABLE = ["ready", "confirming", "pending", "failed"];

/** Returns a complete situation, or throws an error that says what is wrong. */
export function situation({ state, mode = state === "joined" ? "barge-in" : null, reason = null, capabilities, detail = {} }) {
  among("state", state, STATES);
  if (mode !== null) among("mode", mode, MODES);
  if (state === "unavailable") among("reason", reason, REASONS);
  else if (reason !== null) throw new TypeError(`barge-in/testing: "${state}" has no reason`);
  return { state, mode, reason, capabilities: [...(capabilities ?? (CAPABLE.includes(state) ? ["SwitchToBargeIn"] : []))], detail };
}

const AUDIENCES = { coach: ["agents"], "barge-in": ["agents", "everyone"] };
const MESSAGES = ["waiting", "sending", "accepted", "sent", "refused", "failed", "unconfirmed", "not-allowed"];

/**
 * Completes the situation of a panel. What the test leaves out stays as it was `before`; to whom may be sent follows the
 * mode where that has changed. `operations` are those that send, by audience.
 */
export function seat(complete, wanted, before, operations) {
  const { mode } = complete;
  const audiences = wanted.audiences ?? (mode === before.mode ? before.audiences : AUDIENCES[mode]) ?? [];
  const audience = wanted.audience ?? (audiences.includes(before.audience) ? before.audience : (audiences[0] ?? null));
  const outbox = wanted.outbox ?? before.outbox ?? [];
  for (const one of [...audiences, ...(audience ? [audience] : []), ...outbox.map((row) => row.audience)]) among("audience", one, Object.keys(operations));
  for (const { state } of outbox) among("state of a message", state, MESSAGES);
  return {
    ...complete,
    capabilities: wanted.capabilities ? complete.capabilities : [...complete.capabilities, ...audiences.map((one) => operations[one])],
    audience,
    audiences,
    outbox: [...outbox],
    participants: wanted.participants ?? before.participants ?? [],
    transcript: wanted.transcript ?? before.transcript ?? [],
    unread: wanted.unread ?? before.unread ?? 0,
    fromCustomer: wanted.fromCustomer ?? before.fromCustomer ?? 0,
    dirty: wanted.dirty,
  };
}

function among(name, value, words) {
  if (!words.includes(value)) throw new TypeError(`barge-in/testing: ${name} "${value}" is none of ${words.join(", ")}`);
}

/** The event of a situation in addition to `barge-in-change`, as `[type, detail]`; `undefined` if there is none. */
export function event({ state, reason, detail }, sessionId, operation) {
  if (state === "joined") return ["barge-in-joined", { sessionId, requestMs: null, confirmMs: null, ...detail }];
  const failure = failureOf(state, reason);
  if (!failure) return;
  const kind = detail.kind ?? failure.kind;
  const nothing = { operation, httpStatus: null, statusCode: null, message: `${kind} (barge-in/testing)` };
  return ["barge-in-error", { sessionId, ...nothing, ...failure, ...detail }];
}

function failureOf(state, reason) {
  if (state === "failed") return { kind: "network" };
  if (reason === "refused") return { kind: "api", httpStatus: 200, statusCode: 1 };
  if (reason === "unauthenticated") return { kind: "unauthenticated" };
  if (reason === "unsupported") return { kind: "unsupported", cause: "missing", operation: null };
}

/** The notification connection's status in a situation. */
export function link({ reason }) {
  if (reason === "connecting") return "connecting";
  return reason === "disconnected" ? "broken" : "connected";
}

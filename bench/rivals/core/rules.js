/**
 * The meaning of a session's facts for the button: pure functions of the server's objects.
 *
 * Any value from the server may be missing or have another type, so every read is checked.
 */

const list = (value) => (Array.isArray(value) ? value : []);
const isOwn = (person, own) => [person?.uri, person?.path].some((link) => String(link ?? "").split("/").pop() === own);
const MODES = { Supervisors: "monitor", Supervisor: "monitor", Agents: "coach", Agent: "coach", All: "barge-in" };

export const isEnd = (state) => state === "Completed" || state === "Revoked";

/** The capability list, each entry a string. */
export const capabilities = (session) => list(session?.capabilities).filter((name) => typeof name === "string");

/** Whether the list has barge-in, in either of the documentation's spellings. */
export const canBargeIn = (can) => can.includes("SwitchToBargeIn") || can.includes("SwitchBargeIn");

/** `{ absent, mode, joined }`: the user's own part in a session. `own` is the user id, `null` if it is not available. */
export function standing(session, own) {
  const can = capabilities(session);
  const missing = [
    ["monitor", !can.includes("SwitchToMonitor")],
    ["coach", !can.includes("SwitchToCoach")],
    ["barge-in", !canBargeIn(can)],
  ].filter(([, absent]) => absent);
  const likely = missing.length === 1 ? missing[0][0] : null;
  if (own === null || !Array.isArray(session.participants)) {
    return { absent: false, mode: likely, joined: own === null && likely === "barge-in" };
  }
  const mine = session.participants.filter((person) => isOwn(person, own));
  if (!mine.length) return { absent: true, mode: null, joined: false };
  const mode = mine.map((person) => MODES[person.visibility]).find(Boolean) ?? likely;
  return { absent: false, mode, joined: mode === "barge-in" };
}

/** The session after a message-log entry: a supervisor who changes mode joins again with another visibility. */
export function afterEntry(session, entry, own) {
  if (!/^Participant(Rej|J)oined$/.test(entry?.type) || !isOwn(entry.from, own)) return session;
  const visibility = entry.from.visibility;
  const participants = list(session.participants).map((person) => (isOwn(person, own) ? { ...person, visibility } : person));
  return { ...session, participants };
}

/**
 * The button's view. `facts` are `id`, `session` and `gone` (ended or no longer listed), `own`, `link` (`connecting`,
 * `up`, `broken` or `unauthenticated`), `read` (the sessions have been read), `pending` and `failure`.
 */
export function decide({ id, session, gone, own, link, read, pending, failure }) {
  const can = capabilities(session);
  const { absent, mode, joined } = session ? standing(session, own) : { absent: false, mode: null, joined: false };
  const view = (state, reason = null) => ({ state, reason, mode, capabilities: can, failure });
  if (!id) return view("unavailable", "no-session");
  if (gone || isEnd(session?.state)) return view("ended");
  if (pending) return view("pending");
  if (joined) return view("joined");
  if (link === "unauthenticated") return view("unavailable", "unauthenticated");
  if (link === "broken") return view("unavailable", "disconnected");
  if (!read) return view("unavailable", "connecting");
  if (!session) return view("unavailable", "not-found");
  if (failure?.refused) return view("unavailable", "refused");
  if (!canBargeIn(can)) return view("unavailable", absent ? "not-supervising" : "not-permitted");
  return failure ? view("failed") : view("ready");
}

/** Whether two views show and report the same. */
export function same(a, b) {
  return (
    a.state === b.state &&
    a.reason === b.reason &&
    a.mode === b.mode &&
    a.failure === b.failure &&
    a.capabilities.length === b.capabilities.length &&
    a.capabilities.every((name, at) => name === b.capabilities[at])
  );
}

/** The panel's texts in English; much the same as the element's. */
export const VISIBLE = { All: "Everyone", Agents: "Agents only", Supervisors: "Supervisors only" };

export const STATES = {
  waiting: "Waiting",
  sending: "Sending…",
  accepted: "Accepted",
  failed: "Failed",
};

export const MODES = [
  ["SwitchToMonitor", "monitor", "Monitor"],
  ["SwitchToCoach", "coach", "Coach"],
  ["SwitchToBargeIn", "barge-in", "Barge in"],
];

/** The role of a person, as it is shown. */
export function role({ type, visibility }) {
  if (type === "Customer") return "Customer";
  if (type !== "Agent") return "External";
  return visibility === "All" ? "Agent" : "Supervisor";
}

/** The sentence of an entry that is no message. */
export function event({ type, from, text }, own) {
  const name = own ? "You" : (from?.nickname ?? "Somebody");
  if (type === "ParticipantJoined") return `${name} joined.`;
  if (type === "ParticipantLeft") return `${name} left.`;
  if (type === "ParticipantRejoined") return `${name} can now be seen by: ${VISIBLE[from?.visibility] ?? "unknown"}.`;
  return text ?? type;
}

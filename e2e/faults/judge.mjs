/**
 * Whether what a page showed was true.
 *
 * A shown state claims something of the server. It is false if that was true at no moment that the page could have
 * known of: from `GRACE` before it was shown, or, in trouble, from the trouble's beginning, until then. So a state ahead
 * of the server is always false, and one behind it is false unless the line is down; how long a line may be down
 * unnoticed is measured apart.
 */

/** Ms that news may take on a sound line, on a busy machine. */
const GRACE = 1_000;

/** Whether a shown state is what this fact makes of it, once everything is well. */
export function isRight(shown, fact, { presses, may }) {
  if (fact.over) return shown.state === "ended";
  if (fact.mode === "barge-in") return shown.state === "joined";
  if (fact.capable) return (shown.state === "ready" && isMode(shown, fact)) || (shown.state === "failed" && presses > 0);
  return shown.state === "unavailable" && ["not-permitted", "not-supervising", ...may].includes(shown.reason);
}

/** A mode that is not known is not a wrong one. */
function isMode({ mode }, fact) {
  return !mode || mode === fact.mode;
}

/**
 * The false states among the entries. All was well for the first time at `opened`; `trouble` is from when to when the
 * line or the server was unsound.
 */
export function falseStates({ entries, truth, opened, trouble, presses, may, ended }) {
  const found = [];
  const known = (time) => {
    const inTrouble = trouble && time >= trouble.from && time <= trouble.to + GRACE;
    return { inTrouble, facts: truth.between((inTrouble ? trouble.from : time) - GRACE, time) };
  };
  for (const kind of ["state", "dom"]) {
    const shown = entries.filter((entry) => entry.kind === kind);
    shown.forEach((entry, at) => {
      const until = shown[at + 1]?.at ?? ended;
      for (const time of [entry.at, until]) {
        const { inTrouble, facts } = known(time);
        const possible = facts.some((fact) => claims(entry, fact, { opened, presses, may, inTrouble }));
        if (!possible) found.push({ ...entry, checked: time, facts });
      }
    });
  }
  for (const joined of entries.filter(({ kind }) => kind === "joined")) {
    if (!known(joined.at).facts.some(({ mode }) => mode === "barge-in")) found.push(joined);
  }
  return found;
}

function claims(shown, fact, { opened, presses, may, inTrouble }) {
  if (shown.kind === "dom" && !isConsistent(shown)) return false;
  if (shown.state !== "ended" && !isMode(shown, fact)) return false;
  switch (shown.state) {
    case "joined":
      return fact.mode === "barge-in";
    case "ended":
      return fact.over;
    case "pending":
      return presses > 0;
    case "failed":
      return presses > 0 && fact.capable;
    case "ready":
      return fact.capable;
    case "unavailable":
      return shown.kind === "dom" || claimsReason(shown, fact, { opened, may, inTrouble });
    default:
      return false;
  }
}

function claimsReason({ reason, at }, fact, { opened, may, inTrouble }) {
  if (["not-permitted", "not-supervising"].includes(reason)) return !fact.capable && !fact.over;
  if (reason === "disconnected") return Boolean(inTrouble);
  if (reason === "connecting") return at < opened;
  return may.includes(reason);
}

/** The button says in its attributes what its state says. */
function isConsistent({ state, off, busy }) {
  return busy === (state === "pending") && off === !["ready", "failed"].includes(state);
}

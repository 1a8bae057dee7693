/**
 * Whether what a page showed was true.
 *
 * A shown state is a claim about the server. It is false if it was not true at any moment that the page could know:
 * from `GRACE` ms before it was shown (during a fault, from the fault's beginning) until it was shown. So a state ahead
 * of the server is always false, and a state behind it is false unless the line is down. How long a line may be down
 * unnoticed is measured separately.
 */

/** How long a notification may take on a good line and a busy machine, in ms. */
const GRACE = 1_000;

/** Whether a shown state is right for this fact when everything is well. */
export function isRight(shown, fact, { presses, may }) {
  if (fact.over) return shown.state === "ended";
  if (fact.mode === "barge-in") return shown.state === "joined";
  if (fact.capable) return (shown.state === "ready" && isMode(shown, fact)) || (shown.state === "failed" && presses > 0);
  return shown.state === "unavailable" && ["not-permitted", "not-supervising", ...may].includes(shown.reason);
}

/** An unknown mode is not wrong. */
function isMode({ mode }, fact) {
  return !mode || mode === fact.mode;
}

/**
 * The false states among the entries. `opened` is when all was well for the first time; `trouble` is the period in
 * which the line or the server was faulty.
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

/** The button's attributes agree with its state. */
function isConsistent({ state, off, busy }) {
  return busy === (state === "pending") && off === !["ready", "failed"].includes(state);
}

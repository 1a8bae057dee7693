/** What a page records about itself before its first script; the same in every browser. */

/** Runs in the page: fills `window.seen` with the elements' `events` and the policy's `violations`. */
export function watch() {
  window.seen = { events: [], violations: [] };
  for (const name of ["request", "change", "joined", "error", "connection", "send", "sent", "message-state", "unread", "left"]) {
    const type = `barge-in-${name}`;
    // Copied at once, so that later changes of the detail do not count.
    document.addEventListener(type, (event) =>
      window.seen.events.push({ type, target: event.target.id, detail: structuredClone(event.detail) }),
    );
  }
  document.addEventListener("securitypolicyviolation", (event) =>
    window.seen.violations.push(`${event.effectiveDirective} ${event.blockedURI}`),
  );
}

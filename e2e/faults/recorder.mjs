import { beforeElement } from "../support/sim.mjs";

/**
 * Records what the page shows, with the time of each change: states in events, and the DOM.
 *
 * The function runs in the page before its own scripts. Times are ms since 1970 by a clock that is not adjusted.
 */
export const RECORDER = beforeElement(record);

/** The same clock outside the page. */
export const now = () => performance.timeOrigin + performance.now();

function record() {
  const began = performance.timeOrigin;
  const now = performance.now.bind(performance);
  const entries = [];
  const note = (kind, details) => entries.push({ at: began + now(), kind, ...details });
  window.recorded = { entries, posts: 0 };

  // The time of each timer that the page sets. No timer fires before `lateUntil`.
  const { setTimeout: set, clearTimeout: clear } = window;
  const late = new Map();
  window.timers = [];
  window.lateUntil = 0;
  window.setTimeout = (run, ms, ...rest) => {
    window.timers.push(began + now());
    const id = set(() => {
      const left = window.lateUntil - now();
      if (left <= 0) return run(...rest);
      late.set(id, set(() => (late.delete(id), run(...rest)), left));
    }, ms);
    return id;
  };
  window.clearTimeout = (id) => {
    clear(late.get(id));
    late.delete(id);
    clear(id);
  };

  document.addEventListener("barge-in-change", ({ detail: { state, reason, mode } }) => note("state", { state, reason, mode }));
  document.addEventListener("barge-in-connection", ({ detail: { status } }) => note("connection", { status }));
  document.addEventListener("barge-in-joined", () => note("joined"));
  document.addEventListener("barge-in-error", ({ detail: { kind: error, httpStatus, statusCode } }) =>
    note("error", { error, httpStatus, statusCode }),
  );
  for (const type of ["freeze", "resume"]) document.addEventListener(type, () => note(type));
  for (const type of ["online", "offline"]) window.addEventListener(type, () => note(type));
  window.addEventListener("pageshow", ({ persisted }) => persisted && note("restored"));

  const send = window.fetch;
  window.fetch = function (url, settings) {
    if (settings?.method === "POST" && /\/smssessions\//.test(url)) window.recorded.posts += 1;
    return send.call(this, url, settings);
  };

  /** Adds the element and records what it renders. */
  window.addRecorded = (properties) => {
    const element = Object.assign(document.createElement("barge-in-button"), properties, { id: "one" });
    document.body.append(element);
    const look = () => {
      const base = element.shadowRoot?.querySelector("[part=base]");
      const button = base?.querySelector("[part~=button]");
      if (!button) return;
      const shown = { state: base.dataset.state, off: button.ariaDisabled === "true", busy: button.ariaBusy === "true" };
      const last = entries.findLast(({ kind }) => kind === "dom");
      if (Object.keys(shown).some((key) => shown[key] !== last?.[key])) note("dom", shown);
    };
    const observer = new MutationObserver(look);
    const attributeFilter = ["data-state", "aria-disabled", "aria-busy"];
    observer.observe(element.shadowRoot, { attributes: true, childList: true, subtree: true, attributeFilter });
    look();
  };
}

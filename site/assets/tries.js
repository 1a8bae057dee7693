/**
 * What may be tried on an example, by name: the button's `label`, what goes wrong (`act(gws, id)`), whether it is met by a
 * press (`press`), and the state that is promised in the end.
 */
import { press } from "./scenes.js";

const next = (action, details) => (gws, id) => gws.fault(action, press(id), details);

export const TRIES = {
  refuse: {
    label: "Refuse the press",
    act: next("refuse", { statusCode: 5, statusMessage: "Another supervisor looks after this team" }),
    press: true,
    state: "unavailable",
    reason: "refused",
  },
  delay: { label: "Answer 3 seconds late", act: next("delay", { ms: 3000 }), press: true, state: "joined" },
  hang: { label: "Never answer the press", act: next("hang"), press: true, state: "failed" },
  silent: { label: "Say yes, do nothing", act: next("accept-silently"), press: true, state: "failed" },
  "reset-before": { label: "Cut the line before", act: next("reset-before"), press: true, state: "failed" },
  "reset-after": { label: "Cut the line after", act: next("reset-after"), press: true, state: "joined" },
  truncate: { label: "Send half an answer", act: next("truncate"), press: true, state: "joined" },
  html: { label: "Send an error page", act: next("html", { httpStatus: 502 }), press: true, state: "failed" },
  empty: { label: "Send an empty answer", act: next("empty"), press: true, state: "failed" },
  redirect: { label: "Redirect the press", act: next("redirect", { httpStatus: 307, location: "/login" }), press: true, state: "failed" },
  early: { label: "Confirm, then answer", act: next("notify-first", { ms: 2000 }), press: true, state: "joined" },
  csrf: { label: "Change the token", act: (gws) => gws.control("POST", "/csrf", { rotate: true }), press: true, state: "joined" },
  forget: { label: "Forget this page", act: (gws) => gws.control("POST", "/forget-clients", {}), press: true, state: "joined" },
  restart: { label: "Restart, 3 seconds down", act: (gws) => gws.restart({ downMs: 3000, keepSignIn: true }), state: "ready" },
  "sign-out": { label: "Sign out", act: (gws) => gws.signOut(), state: "unavailable", reason: "unauthenticated" },
  elsewhere: { label: "Barge in at another desk", act: (gws, id) => gws.switchElsewhere(id), state: "joined" },
  bar: { label: "Take the right away", act: (gws, id) => gws.act(id, "capabilities", { list: ["Leave"] }), state: "unavailable", reason: "not-permitted" },
  complete: { label: "End the session", act: (gws, id) => gws.act(id, "complete"), state: "ended" },
  revoke: { label: "Revoke the session", act: (gws, id) => gws.act(id, "revoke"), state: "ended" },
};

/** Warns the page's developer, once per mistake, about probable mistakes, with a suggestion. Nothing else depends on it. */
import { warn } from "./warn.js";

/** The allowed values of attributes; the first is the default. */
const WORDS = {
  media: ["smssession", "chat"],
  transport: ["long-polling", "websocket", "host"],
  confirm: ["none", "inline", "dialog"],
};

/** What a page can do about a connection that fails. Other causes are reported elsewhere, or are not mistakes of the page. */
const CURES = {
  network: "Is the server there? Does it allow this page's origin, credentials and own headers (CORS)? Does the page's CSP allow it (connect-src)?",
  http: "Is base-url right, and does the server allow the channel?",
  refused: "The server does not allow the channel, or the client.",
};

const told = new Set();

/** Warns, unless the same warning has been given before. */
export function advise(text) {
  if (told.has(text)) return;
  told.add(text);
  warn(text.slice(0, 300));
}

/** Checks the attributes of an element; `read` gives one by name. */
export function check(element, read) {
  const say = (name, text) => advise(`${name}="${read(name)}" ${text}`);
  for (const name in WORDS) {
    const words = WORDS[name];
    if (![null, ...words].includes(read(name))) say(name, `is none of ${words.join(", ")}: it counts as ${name === "confirm" ? "inline" : words[0]}.`);
  }
  const root = read("base-url") ?? "";
  if (withoutPath(root) !== root) say("base-url", "must end before /api/v2, which the widget adds.");
  if (/^\w[\w-]*[.:](?!\/\/)/.test(root)) say("base-url", `has no scheme: is https://${root} meant?`);
  if (/^[^/]/.test(read("channel") ?? "")) say("channel", "must begin with a slash.");
  if (read("modes") === "false") say("modes", "is on, as with any value: leave the attribute out.");
  if (element.hasAttribute("requestheaders")) advise("requestHeaders is a property, not an attribute.");
  if (element.hasAttribute("strings")) advise("strings is a property, not an attribute.");
}

/** A base URL without the path that the widget adds itself. */
export const withoutPath = (root) => root.replace(/\/api\/v2\/*$/, "");

/** Warns with advice about a connection that is broken or closed. */
export function adviseOn({ cause, httpStatus }) {
  if (CURES[cause]) advise(`No notifications: ${cause}${httpStatus ? ` ${httpStatus}` : ""}. ${CURES[cause]}`);
}

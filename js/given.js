/**
 * What the page hands over, read once and copied: getters and proxies may throw, and nothing of the page's is to run, or to
 * change, while it is used.
 */
import { warn } from "./warn.js";

/** The texts of the page's `strings`; what is none, or cannot be read, counts as not given. */
export function textsOf(strings) {
  const texts = {};
  for (const key of attempt("strings", () => Object.keys(strings ?? {})) ?? []) {
    const text = attempt(`strings.${key}`, () => strings[key]);
    if (typeof text === "string") texts[key] = text;
  }
  return texts;
}

/** A notification's text; nothing where it is none. */
export function asText(data) {
  return typeof data === "string" ? data : attempt("what notify() was given", () => quick(data) ?? JSON.stringify(data, plain));
}

/** As most are, and four times as fast; nothing for what takes `plain`. */
function quick(data) {
  if (Array.prototype.toJSON) return;
  try {
    return JSON.stringify(data);
  } catch {
    // It may be a bigint.
  }
}

/** What JSON is made of. Old versions of Prototype give arrays a `toJSON` that makes texts of them. */
function plain(key, value) {
  if (Array.isArray(this[key])) return this[key];
  return typeof value === "bigint" ? Number(value) : value;
}

function attempt(what, read) {
  try {
    return read();
  } catch (error) {
    warn(`${what} cannot be read.`, error);
  }
}

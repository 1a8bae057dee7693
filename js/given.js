/**
 * Copies values of the page. They are read once, as getters and proxies may throw, and so that no code of the page runs
 * and nothing changes while a value is used.
 */
import { warn } from "./warn.js";

/** The texts of the page's `strings`; a value that is not a text or cannot be read counts as not given. */
export function textsOf(strings) {
  const texts = {};
  for (const key of attempt("strings", () => Object.keys(strings ?? {})) ?? []) {
    const text = attempt(`strings.${key}`, () => strings[key]);
    if (typeof text === "string") texts[key] = text;
  }
  return texts;
}

/** A notification as JSON text; `undefined` if it is not one. */
export function asText(data) {
  return typeof data === "string" ? data : attempt("what notify() was given", () => quick(data) ?? JSON.stringify(data, plain));
}

/** For most notifications, and four times as fast; `undefined` if `plain` is needed. */
function quick(data) {
  if (Array.prototype.toJSON) return;
  try {
    return JSON.stringify(data);
  } catch {
    // It may contain a bigint.
  }
}

/** Replaces values for JSON. Old versions of Prototype give arrays a `toJSON` that turns them into strings. */
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

/**
 * One running WebAssembly instance for all elements of the page: started on demand, restarted after a panic,
 * given up after too many.
 *
 * A panic traps and leaves the instance in the middle of its work, in which it would freeze every widget. So it is
 * given up, and the glue creates a new one at the next call. Each element gets a new mount node in the microtask after
 * the trapped call, before any old listener can call into the new memory.
 */
import { load, onReplaced } from "./loader.js";

/** The longest wait between two attempts to load, in ms, and for how many attempts calls are queued. */
const LONGEST = 60_000;
const HOPEFUL = 10;

/** More panics than this within `WINDOW` ms, and the widget stops instead of restarting for ever. */
const PANICS = 3;
const WINDOW = 30_000;

const clients = new Set(); // the connected elements
const waiting = new Set(); // elements that have not been told the result of loading
let wasm; // the exports, while an instance is running
let loading = false;
let tries = 0; // how often loading has failed in a row
let timer; // of the next try
let panics = [];

/** Whether an instance is running. */
export const running = () => wasm !== undefined;

/** Adds a connected element: `sync`, `lost`, `restarted(message)` and `failed(problem, told)` are called on it. */
export function join(client) {
  if (clients.has(client)) return;
  clients.add(client);
  retry(client);
}

/** Removes an element. */
export function leave(client) {
  clients.delete(client);
  waiting.delete(client);
  if (!clients.size) clearTimeout(timer);
}

/** Starts WebAssembly unless it is running or starting; a failure is reported to the client once. */
export function retry(client) {
  if (wasm) return;
  waiting.add(client);
  start();
}

function start() {
  clearTimeout(timer);
  if (loading) return;
  loading = true;
  load().then(begin, stop);
}

/** Calls an export. A call that panics returns `undefined`; the restart follows automatically. */
export function call(name, ...args) {
  try {
    return wasm?.[name](...args);
  } catch (error) {
    panicked(error);
    reportError(error);
  }
}

function begin(exports) {
  loading = false;
  tries = 0;
  waiting.clear();
  wasm = exports;
  wasm.onTrap(panicked);
  for (const client of clients) client.sync();
}

/** Reports `problem` to all elements, with `true` to those for which it is news. `hopeful` says whether a start may still be expected. */
function stop(problem) {
  loading = false;
  const told = new Set(waiting);
  waiting.clear();
  if (problem.passing && clients.size) timer = setTimeout(start, Math.random() * Math.min(LONGEST, 1000 * 2 ** tries++));
  problem.hopeful = problem.passing && tries <= HOPEFUL;
  for (const client of [...clients]) client.failed(problem, told.has(client));
}

/** Called at once with an exception from the instance, and again for each call that the exception passes through. */
function panicked(error) {
  if (!wasm) return;
  const dead = wasm;
  wasm = undefined;
  queueMicrotask(() => recover(dead, error.message));
  // Last: code that waits for a request aborted here continues in a microtask, which must run after the recovery.
  dead.abandon();
}

function recover(exports, message) {
  const now = performance.now();
  panics = panics.filter((then) => now - then < WINDOW);
  panics.push(now);
  if (panics.length > PANICS) {
    panics = [];
    for (const client of clients) waiting.add(client);
    return stop({ key: "unsupported-internal", detail: message });
  }
  wasm = exports;
  for (const client of [...clients]) {
    // A panic while remounting has queued its own recovery, which covers all elements.
    if (wasm) client.restarted(message);
    else client.lost();
  }
}

/** How soon a replacement is tried again while a press is under way, in ms. */
const SOON = 250;

/**
 * Another file has taken the place of the running one: it is started once no element waits for an answer. The elements
 * leave the former instance as if they were removed, so that it disconnects.
 */
function replace() {
  if ([...clients].some((client) => client.busy())) return setTimeout(replace, SOON);
  for (const client of clients) client.moves();
  wasm = undefined;
  for (const client of clients) waiting.add(client);
  start();
}

if (REPLACEABLE) onReplaced(replace);

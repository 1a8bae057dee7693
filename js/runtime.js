/**
 * One running WebAssembly instance for all elements of the page: started on demand, restarted after a panic,
 * given up after too many.
 *
 * A panic traps: the instance is left as it was in the middle of its work, and would freeze every widget. So it is given
 * up, the glue builds a fresh one at the next call, and each element gets a fresh mount node at once, in the microtask
 * after the trapped call, before any old listener can call into the new memory.
 */
import { load } from "./loader.js";

/** The longest wait between two tries to load, in ms, and how many of them calls are kept for. */
const LONGEST = 60_000;
const HOPEFUL = 10;

/** More panics than this within `WINDOW` ms, and the widget stops instead of restarting for ever. */
const PANICS = 3;
const WINDOW = 30_000;

const clients = new Set(); // the connected elements
const waiting = new Set(); // those of them that have not been told how loading went
let wasm; // the exports, while an instance is running
let loading = false;
let tries = 0; // how often loading has failed in a row
let timer; // of the next try
let panics = [];

/** Whether an instance is there to be called. */
export const running = () => wasm !== undefined;

/** Tells of a connected element: `sync`, `lost`, `restarted(message)` and `failed(problem, told)` are called on it. */
export function join(client) {
  if (clients.has(client)) return;
  clients.add(client);
  retry(client);
}

/** Tells of a removed element. */
export function leave(client) {
  clients.delete(client);
  waiting.delete(client);
  if (!clients.size) clearTimeout(timer);
}

/** Starts WebAssembly unless it is running or starting; the client hears of a failure once. */
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

/** Calls an export. A call that panics gives `undefined`; the restart follows by itself. */
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

/** `problem` is told to all, and `told` to whom it is news; `hopeful` says whether to expect a start all the same. */
function stop(problem) {
  loading = false;
  const told = new Set(waiting);
  waiting.clear();
  if (problem.passing && clients.size) timer = setTimeout(start, Math.random() * Math.min(LONGEST, 1000 * 2 ** tries++));
  problem.hopeful = problem.passing && tries <= HOPEFUL;
  for (const client of [...clients]) client.failed(problem, told.has(client));
}

/** Called with what escaped from the instance, at once; once more for each call that it passes on its way out. */
function panicked(error) {
  if (!wasm) return;
  const dead = wasm;
  wasm = undefined;
  queueMicrotask(() => recover(dead, error.message));
  // Last: what waits for a request that ends here wakes in a microtask too, which must come after the recovery.
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
    // A panic while mounting again has queued a recovery of its own, which serves them all.
    if (wasm) client.restarted(message);
    else client.lost();
  }
}

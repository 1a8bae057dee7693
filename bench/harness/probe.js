/**
 * Runs in the page before anything else, and is the same for all contestants: records changes of the buttons' and the
 * panels' DOM, requests, long tasks, clicks and keys. All times are the page's `performance.now()`.
 *
 * The function is sent to the browser as text, so it must not use anything outside itself.
 */
export function probe() {
  // The outermost node of a button or a panel has it, so the search ends at once, however many lines there are.
  const state = (root) => root.querySelector("[data-state]")?.dataset.state;
  const seen = { button: null, line: null, ready: null };
  const RECORDS = ["changes", "lines", "requests", "tasks", "clicks", "keys"];
  const clear = () => RECORDS.forEach((name) => (seen[name] = []));
  clear();
  const states = new Map(); // element → its state in the DOM
  const newest = new Map(); // panel → the index of its newest line in the DOM
  let feed = []; // [element, data] for `notify()`

  const attachShadow = Element.prototype.attachShadow;
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options);
    new MutationObserver(() => {
      const at = performance.now();
      if (root.querySelector("button")) seen.button ??= at;
      const index = Number(root.querySelector("[part=lines]")?.lastElementChild?.dataset.index);
      if (index && newest.get(this) !== index) {
        newest.set(this, index);
        seen.line ??= at;
        seen.lines.push([at, index]);
      }
      const now = state(root);
      if (states.get(this) === now) return;
      states.set(this, now);
      seen.changes.push([at, now]);
      if (now === "ready") seen.ready ??= at;
    }).observe(root, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-state"] });
    return root;
  };

  // No browser API includes WebAssembly's memory, so its size is read from the memory object.
  const memories = new Set();
  const Instance = WebAssembly.Instance;
  WebAssembly.Instance = class extends Instance {
    constructor(module, imports) {
      super(module, imports);
      for (const one of Object.values(this.exports)) if (one instanceof WebAssembly.Memory) memories.add(one);
    }
  };

  performance.setResourceTimingBufferSize(1e6);
  new PerformanceObserver((list) => {
    for (const { name, startTime, responseStart, responseEnd, encodedBodySize, decodedBodySize } of list.getEntries()) {
      seen.requests.push({ name, startTime, responseStart, responseEnd, encodedBodySize, decodedBodySize });
    }
  }).observe({ type: "resource", buffered: true });
  new PerformanceObserver((list) => {
    for (const { startTime, duration } of list.getEntries()) seen.tasks.push({ startTime, duration });
  }).observe({ type: "longtask", buffered: true });
  addEventListener("click", () => seen.clicks.push(performance.now()), true);
  // From a key's own time to the end of the next frame: a task that a frame's callback asks for comes after its paint.
  const painted = new MessageChannel();
  let key;
  painted.port2.onmessage = () => seen.keys.push(performance.now() - key);
  const press = ({ timeStamp }) => {
    key = timeStamp;
    requestAnimationFrame(() => painted.port1.postMessage(null));
  };
  addEventListener("keydown", press, true);

  window.bench = {
    seen,
    /** Bytes held by the page: JavaScript and DOM after a garbage collection, and WebAssembly's memory. */
    async memory() {
      const { bytes } = await performance.measureUserAgentSpecificMemory();
      return [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, bytes);
    },
    /** Clears the records. */
    clear,
    /** Prepares `count` notifications, alternating between each session's two, as separate objects; the last ones are the first of the two. */
    prepare(sessions, count) {
      const made = (n) => {
        const { id, texts } = sessions[n % sessions.length];
        const left = Math.floor((count - 1 - n) / sessions.length); // how many more follow for this session
        return [document.getElementById(id), JSON.parse(texts[left % 2])];
      };
      feed = Array.from({ length: count }, (_, n) => made(n));
    },
    /** Feeds the prepared notifications, each in a task of its own, like messages of a WebSocket; resolves two frames later. */
    async feed() {
      const { port1, port2 } = new MessageChannel();
      await new Promise((resolve) => {
        let n = 0;
        port2.onmessage = () => {
          const [element, data] = feed[n++];
          element.notify(data);
          if (n < feed.length) port1.postMessage(null);
          else resolve();
        };
        port1.postMessage(null);
      });
      port1.close();
      for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);
    },
    /** Feeds them one at a time; returns for each the ms until the DOM has changed. */
    async feedSingly() {
      const samples = [];
      for (const [element, data] of feed) {
        const count = seen.changes.length;
        const begun = performance.now();
        element.notify(data);
        while (seen.changes.length === count) await new Promise((resolve) => setTimeout(resolve, 5));
        samples.push(seen.changes[count][0] - begun);
      }
      return samples;
    },
    /** Resolves once the DOM has changed `count` times. */
    async changed(count) {
      while (seen.changes.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    /** Resolves once this many keys have been painted. */
    async painted(count) {
      while (seen.keys.length < count) await new Promise((resolve) => setTimeout(resolve, 5));
    },
    /** Resolves once the panel's newest line has this index, and no other has come for `quiet` ms. */
    async reached(wanted, quiet = 0) {
      const there = () => [...newest.values()].pop() === wanted;
      const calm = () => performance.now() - (seen.lines.at(-1)?.[0] ?? 0) >= quiet;
      const deadline = performance.now() + 60_000;
      while (!(there() && calm())) {
        if (performance.now() > deadline) throw new Error(`not line ${wanted}: ${[...newest.values()]}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    /** Resolves once all elements show a state and nothing has changed for `quiet` ms. */
    async settled(wanted, count, quiet = 0) {
      const there = () => states.size === count && [...states.values()].every((state) => state === wanted);
      const calm = () => performance.now() - (seen.changes.at(-1)?.[0] ?? 0) >= quiet;
      const deadline = performance.now() + 60_000;
      while (!(there() && calm())) {
        if (performance.now() > deadline) throw new Error(`not ${wanted}: ${[...states.values()]}`);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    },
  };
}

/** Measures a page's memory and requests repeatedly, and whether any of them grows. */

const MB = 1_048_576;

/** The measures; a growth below `slack` does not count. */
const MEASURES = {
  heap: { unit: "MB of JS heap", slack: 0.5 },
  nodes: { unit: "DOM nodes", slack: 150 },
  listeners: { unit: "listeners", slack: 50 },
  wasm: { unit: "MB of WebAssembly", slack: 0.25 },
  requests: { unit: "requests a second", slack: 5 },
};

export class Meter {
  #cdp;
  #page;
  #sim;
  #readings = [];
  #seq = 0;
  #last = performance.now();

  static async start(page, sim) {
    return new Meter().#open(page, sim);
  }

  async #open(page, sim) {
    this.#page = page;
    this.#sim = sim;
    this.#cdp = await page.context().newCDPSession(page);
    await this.#cdp.send("Performance.enable");
    await this.#cdp.send("HeapProfiler.enable");
    return this;
  }

  /** One reading, after garbage collection. */
  async read() {
    // Objects released in one round are collected in the next.
    for (let round = 0; round < 3; round += 1) await this.#cdp.send("HeapProfiler.collectGarbage");
    const { metrics } = await this.#cdp.send("Performance.getMetrics");
    const metric = (wanted) => metrics.find(({ name }) => name === wanted)?.value ?? 0;
    const bytes = await this.#page.evaluate(() =>
      window.monkey.memories.reduce((sum, memory) => sum + (memory.deref()?.buffer.byteLength ?? 0), 0),
    );
    const reading = {
      heap: metric("JSHeapUsedSize") / MB,
      nodes: metric("Nodes"),
      listeners: metric("JSEventListeners"),
      wasm: bytes / MB,
      requests: await this.#requests(),
    };
    this.#readings.push(reading);
    return reading;
  }

  /** Requests per second at the server since the last reading; unknown while it is down. */
  async #requests() {
    const now = performance.now();
    const seconds = (now - this.#last) / 1_000;
    const log = await this.#sim.get(`/log?after=${this.#seq}`).catch(() => undefined);
    if (!log) return 0;
    this.#last = now;
    this.#seq = log.requests.at(-1)?.seq ?? this.#seq;
    return log.requests.length / seconds;
  }

  /** A reading as text. */
  static told(reading) {
    return Object.entries(MEASURES)
      .map(([name, { unit }]) => `${round(reading[name])} ${unit}`)
      .join(", ");
  }

  get readings() {
    return this.#readings;
  }
}

/**
 * The growing measures, as text: those that are usually larger in the last third than in the middle one, and never
 * smaller. The first third is ignored, as caches fill in it. `undefined` if there are too few readings.
 */
export function growths(readings) {
  const third = Math.floor(readings.length / 3);
  if (third < 2) return undefined;
  return Object.entries(MEASURES).flatMap(([name, { unit, slack }]) => {
    const values = readings.map((reading) => reading[name]);
    const before = median(values.slice(third, 2 * third));
    const last = values.slice(2 * third);
    const grows = median(last) > before + slack && Math.min(...last) > before;
    return grows ? [`grows: from ${round(before)} to ${round(median(last))} ${unit}`] : [];
  });
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

const round = (number) => Math.round(number * 100) / 100;

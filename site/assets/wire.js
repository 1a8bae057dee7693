/** What went over the wire of an example, as its server saw it; looked at only while it is open. */

const EVERY_MS = 300;

/** The newest requests that are shown. */
const MOST = 40;

const HEAD = ["at", "request", "what", "answer", "after"];

export class Wire {
  #node;
  #gws;
  #timer;
  #shown;

  constructor(node) {
    this.#node = node;
    node.addEventListener("toggle", () => this.#look());
  }

  /** Shows this server's log from now on. */
  show(gws) {
    this.#gws = gws;
    this.#look();
  }

  #look() {
    clearTimeout(this.#timer);
    if (!this.#node.open) return;
    const log = this.#gws.log().slice(-MOST);
    const text = JSON.stringify(log);
    if (text !== this.#shown) this.#node.querySelector("div").replaceChildren(table(log));
    this.#shown = text;
    this.#timer = setTimeout(() => this.#look(), EVERY_MS);
  }
}

function table(log) {
  const table = document.createElement("table");
  table.createTHead().insertRow().append(...HEAD.map((name) => Object.assign(document.createElement("th"), { textContent: name, scope: "col" })));
  const body = table.createTBody();
  for (const { atMs, method, path, operation, channels, fault, status, outcome, tookMs } of log) {
    const row = body.insertRow();
    const answer = [fault, status ?? outcome].filter(Boolean).join(": ");
    const cells = [`${(atMs / 1000).toFixed(2)} s`, `${method} ${path}`, operation ?? channels.join(" "), answer, tookMs === null ? "" : `${Math.round(tookMs)} ms`];
    for (const cell of cells) row.insertCell().textContent = cell;
  }
  return table;
}

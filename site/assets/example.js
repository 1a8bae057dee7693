/** One example: its markup, the server that the markup asks, and the desk below with what may be tried. */
import { SCENES, words } from "./scenes.js";
import { TRIES } from "./tries.js";
import { Wire } from "./wire.js";

const TAGS = "barge-in-button, barge-in-panel";

/** The session that the examples name. */
const ID = "0001Da9PFC93000S";

/** How often a server that is no longer needed is asked whether its last client has said goodbye. */
const GOODBYE_MS = 1000;

/** Every server of the page has an address of its own. */
let servers = 0;

export class Example {
  #view;
  #desk;
  #markup;
  #scene;
  #simulate;
  #gws;
  #wire;
  #promised;
  #seen = [];
  #turn = 0;

  constructor(node, simulate) {
    this.#simulate = simulate;
    this.#view = node.querySelector(".view");
    this.#desk = node.querySelector(".desk");
    this.#markup = [...this.#view.childNodes];
    this.#scene = SCENES[node.dataset.scene];
    this.#wire = new Wire(node.querySelector(".wire"));
    this.#view.addEventListener("barge-in-change", ({ detail }) => this.#saw(detail));
    node.querySelector(".again").addEventListener("click", () => this.#begin(this.#scene));
    for (const button of node.querySelectorAll("[data-try]")) {
      button.addEventListener("click", () => this.#try(TRIES[button.dataset.try]));
    }
  }

  /** Starts a server in the scene and puts the markup before it. */
  async prepare() {
    const baseUrl = `/example/${++servers}`;
    const { options, session, before } = this.#scene;
    const gws = await this.#simulate({ scenario: "none", baseUrl, ...options });
    if (session !== null) gws.addSession({ id: ID, customer: "Casey Morgan", agent: "Jordan Blake", ...session });
    before?.(gws, ID);
    const markup = new DocumentFragment();
    markup.append(...this.#markup.map((child) => child.cloneNode(true)));
    for (const element of markup.querySelectorAll(TAGS)) element.setAttribute("base-url", baseUrl);
    this.#view.replaceChildren(markup);
    if (this.#gws) retire(this.#gws);
    this.#gws = gws;
    this.#wire.show(gws);
  }

  /** The element is defined: the scene goes on. */
  async play() {
    const turn = this.#turn;
    this.#desk.hidden = false;
    this.#promise(this.#scene);
    this.#saw(this.#element);
    if (!this.#scene.after) return;
    await this.#until("ready");
    if (turn === this.#turn) this.#scene.after(this.#gws, ID);
  }

  /** Says in the example's place why there is none. */
  cannot(error) {
    const reason = document.createElement("p");
    reason.className = "cannot";
    reason.textContent = `The example cannot run: ${error.message}`;
    this.#view.replaceChildren(reason);
  }

  async #begin() {
    this.#turn++;
    await this.prepare();
    await this.play();
  }

  async #try(tried) {
    await this.#begin();
    const turn = this.#turn;
    await this.#until("ready");
    if (turn !== this.#turn) return;
    this.#promise(tried);
    tried.act(this.#gws, ID);
    if (tried.press) this.#element.shadowRoot.querySelector("[part~=button]").click();
  }

  get #element() {
    return this.#view.querySelector(TAGS);
  }

  /** Resolves once the element is in this state. */
  #until(state) {
    return new Promise((resolve) => {
      const looked = () => {
        if (this.#element.state !== state) return;
        this.#view.removeEventListener("barge-in-change", looked);
        resolve();
      };
      this.#view.addEventListener("barge-in-change", looked);
      looked();
    });
  }

  /** From now on this state is promised. */
  #promise(promised) {
    this.#promised = words(promised);
    this.#seen = [];
    this.#desk.querySelector(".promised").textContent = this.#promised;
    this.#tell();
  }

  #saw(facts) {
    if (this.#seen.at(-1) !== words(facts)) this.#seen.push(words(facts));
    this.#tell();
  }

  #tell() {
    this.#desk.querySelector(".seen").textContent = this.#seen.join(" → ");
    this.#desk.dataset.kept = this.#seen.at(-1) === this.#promised;
  }
}

/** Stops a server once nobody asks it any more: a late goodbye would go to the network. */
function retire(gws) {
  const timer = setInterval(() => {
    if (gws.state().clients.length) return;
    clearInterval(timer);
    gws.stop();
  }, GOODBYE_MS);
}

/** One `<barge-in-panel>` of a page, as a person or a script uses it. */
import { Button } from "./button.mjs";
import { requests } from "./requests.mjs";

/** The page that loads the panel's script-tag file. */
export const PATH = "/panel.html";

/** Adds a panel with these properties to the page and returns its handle. */
export async function addPanel(page, properties = {}, { id = "panel", parent = "main" } = {}) {
  await page.evaluate(
    ([properties, id, parent]) => {
      const element = document.createElement("barge-in-panel");
      element.id = id;
      Object.assign(element, properties);
      document.querySelector(parent).append(element);
    },
    [properties, id, parent],
  );
  return new Panel(page, id);
}

export class Panel extends Button {
  constructor(page, id = "panel") {
    super(page, id);
    this.box = this.part("box");
    this.send = this.part("send");
  }

  /** The rows of the outbox: state, audience and words of each. */
  rows() {
    return this.part("row").evaluateAll((rows) =>
      rows.map((row) => [row.dataset.state, row.dataset.audience, row.querySelector("[part=text]").textContent]),
    );
  }

  /** The words of all lines that were said. */
  said() {
    return this.part("line").locator("[part~=text]").allTextContents();
  }

  /** Waits until a line says this. */
  async untilSaid(words) {
    await this.part("line").filter({ hasText: words }).first().waitFor();
  }

  /** Writes into the box as a person does, and presses Enter. */
  async say(words) {
    await this.box.fill(words);
    await this.box.press("Enter");
  }
}

/** A panel on a new session in this mode, and all that the page posts to its address. */
export async function seat(shared, mode, properties = {}, options = {}) {
  let asked;
  const before = async (page) => {
    asked = await requests(page);
    await options.page?.before?.(page);
  };
  const page = await shared.page({ path: PATH, ...options.page, before });
  const session = options.session ?? (await shared.sim.session({ mode, agent: "Ann", customer: "Mia", ...options.details }));
  const posts = () => asked.filter(({ method, path }) => method === "POST" && path.startsWith("/api/v2/me/")).map(({ body }) => JSON.parse(body));
  const panel = await addPanel(page, { sessionId: session, ...properties });
  await panel.until(mode === "barge-in" ? "joined" : "ready");
  await panel.part("event").first().waitFor();
  return { page, session, panel, posts };
}

/** One `<barge-in-button>` of a page, as a person or a script uses it. */

/** Adds an element with these properties to the page and returns its handle. */
export async function add(page, properties = {}, { id = "one", parent = "body" } = {}) {
  await page.evaluate(
    ([properties, id, parent]) => {
      const element = document.createElement("barge-in-button");
      element.id = id;
      Object.assign(element, properties);
      document.querySelector(parent).append(element);
    },
    [properties, id, parent],
  );
  return new Button(page, id);
}

/** How often a page is asked, in ms. At each frame it would take a twentieth of a processor for each page that waits. */
const POLLING = { polling: 50 };

export class Button {
  constructor(page, id = "one") {
    this.page = page;
    this.id = id;
    this.host = page.locator(`#${id}`);
    this.main = this.part("button");
  }

  part(name) {
    return this.host.locator(`[part~="${name}"]`);
  }

  /** Reads a property of the element. */
  get(name) {
    return this.host.evaluate((element, name) => element[name], name);
  }

  set(properties) {
    return this.host.evaluate((element, properties) => void Object.assign(element, properties), properties);
  }

  /** Waits until the element is in a state, with a reason if one is given. */
  async until(state, reason) {
    try {
      await this.page.waitForFunction(
        ([id, state, reason]) => {
          const element = document.getElementById(id);
          return element.state === state && (reason === undefined || element.reason === reason);
        },
        [this.id, state, reason],
        { timeout: 10_000, ...POLLING },
      );
    } catch {
      throw new Error(`waited for ${state} ${reason ?? ""}, is ${await this.get("state")} ${await this.get("reason")}`);
    }
    return this;
  }

  /** Waits until its texts are in the language of this catalogue, and are marked as such. */
  untilIn(language) {
    return this.host.locator(`[lang="${language}"]`).first().waitFor({ state: "attached" });
  }

  /** The events of this element, of one type if given. */
  events(type) {
    return this.page.evaluate(
      ([id, type]) => window.seen.events.filter((event) => event.target === id && (!type || event.type === type)),
      [this.id, type],
    );
  }

  /** Waits until `count` events of a type have come. */
  async untilEvents(type, count = 1) {
    await this.page.waitForFunction(
      ([id, type, count]) => window.seen.events.filter((event) => event.target === id && event.type === type).length >= count,
      [this.id, type, count],
      POLLING,
    );
    return this.events(type);
  }

  /** The visible texts beside the button. */
  async words() {
    const texts = await Promise.all(["reason", "status", "alert"].map((part) => this.part(part).textContent()));
    return texts.join("").trim();
  }

  /** The part that has focus, or `null`. */
  focused() {
    return this.host.evaluate((element) => element.shadowRoot.activeElement?.getAttribute("part") ?? null);
  }
}

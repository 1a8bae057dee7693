/** The demo's console as a supervisor uses it, through the page. */
import assert from "node:assert/strict";
import { fixture } from "../support/fixture.mjs";
import { demo } from "../support/paths.mjs";

/** Where it is; the site's has its policy in itself. */
const [PATH, policy] = process.env.SIM === "page" ? ["/console/index.html", ""] : ["/", undefined];

/** One simulator that serves the demo under the promised policy, and one browser, for a test file. */
export function consoles(flags = []) {
  const shared = fixture(flags, { pages: demo(), policy });
  return {
    get sim() {
      return shared.sim;
    },
    /** Starts a session of the test's own and opens the console on it. */
    async open({ session = {}, ...options } = {}) {
      const id = await shared.sim.session(session);
      const page = await shared.page({ path: PATH, viewport: { width: 1280, height: 900 }, ...options });
      const opened = new Console(page, shared.sim, id);
      await opened.choose(id);
      return opened;
    },
  };
}

class Console {
  constructor(page, sim, id) {
    this.page = page;
    this.sim = sim;
    this.id = id;
    this.panel = page.locator(".seat .barge-in-panel");
    this.widget = this.panel.locator('[part="modes"]');
    this.button = this.widget.locator('[part="button"]');
    this.box = this.part("box");
    this.health = page.locator(".health");
    this.notice = page.locator(".notice");
  }

  row(id = this.id) {
    return this.page.locator(`[data-session="${id}"]`);
  }

  async choose(id) {
    await this.row(id).click();
    this.id = id;
    await this.page.locator(`[data-session="${id}"][aria-current="true"]`).waitFor({ state: "attached" });
  }

  /** Waits until the button is in a state, with a reason if one is given. */
  async until(state, reason) {
    const selector = `.seat .barge-in[data-state="${state}"]${reason ? `[data-reason="${reason}"]` : ""}`;
    try {
      await this.page.locator(selector).waitFor({ state: "attached", timeout: 90_000 });
    } catch {
      const is = await this.widget.evaluate((base) => ({ ...base.dataset }));
      throw new Error(`waited for ${state} ${reason ?? ""}, is ${JSON.stringify(is)}: ${await this.words()}`);
    }
    return this;
  }

  untilHealth(status) {
    return this.page.locator(`.health[data-status="${status}"]`).waitFor({ timeout: 30_000 });
  }

  /** Waits for a line of the transcript. */
  async untilLine(text) {
    const line = this.part("lines").locator("li", { hasText: text });
    await line.waitFor();
    return line;
  }

  /** A part of the panel. */
  part(name) {
    return this.panel.locator(`[part="${name}"]`);
  }

  /** Writes into the box as a person does, and presses Enter. */
  async say(words) {
    await this.box.pressSequentially(words);
    await this.page.keyboard.press("Enter");
  }

  /** The texts beside the button. */
  async words() {
    const parts = await Promise.all(
      ["reason", "status", "alert"].map((part) => this.widget.locator(`[part="${part}"]`).textContent()),
    );
    return parts.join("").trim();
  }

  /** The panel's reports, oldest first, of one kind if given. */
  async said(kind) {
    const entries = await this.page.locator(".log li").evaluateAll((lines) =>
      lines.map((line) => ({ kind: line.dataset.kind, text: line.querySelector(".log-text").textContent })),
    );
    return entries.reverse().filter((entry) => !kind || entry.kind === kind);
  }

  /** Triggers a fault in the drawer and waits until the server has received it. */
  async trigger(fault) {
    const toggle = this.page.locator(".drawer-toggle");
    if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
    const button = this.page.locator(`[data-fault="${fault}"]`);
    const name = (await button.locator("strong").textContent()) ?? "";
    await button.click();
    await this.page.locator(".drawer-said", { hasText: name }).waitFor();
  }

  /** What the panel says of somebody: whether they see the supervisor. */
  sees(name) {
    return this.part("participant").filter({ hasText: name }).locator(".sees").textContent();
  }

  /** What the customer sees of the session, as the server's JSON. */
  async customerSees() {
    return JSON.stringify(await this.sim.get(`/sessions/${encodeURIComponent(this.id)}/view?as=customer`));
  }

  /** The operations that the server received for the session. */
  async operations() {
    const asked = await this.sim.operations(this.id);
    return asked.map((entry) => entry.operation ?? JSON.parse(entry.body).operationName);
  }

  /** Checks that there were no unexpected errors. */
  async assertClean() {
    assert.deepEqual(await this.page.evaluate(() => window.seen.violations), []);
    assert.deepEqual(this.page.errors, []);
  }
}

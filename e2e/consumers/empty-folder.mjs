/** From an empty folder to a working button by what the READMEs say and nothing else. The clock runs. */
import assert from "node:assert/strict";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { before, test } from "node:test";
import { dist, root } from "../support/paths.mjs";
import { startSim } from "../support/sim.mjs";
import { stage } from "./support/stage.mjs";
import { open, untilReady } from "./support/supervisor.mjs";
import { run } from "./support/workshop.mjs";

/** The server and the session of every sample. The simulator takes the server's place; the session it has. */
const SERVER = "https://gws.example.com";
const SESSION = "0001Da9PFC93000S";

let folders = 0;
const shared = stage();
before(() => shared.workshop.tarball());

/** The HTML blocks of a README from a heading to the next. */
function html(path, heading) {
  const [, section] = readFileSync(path, "utf8").split(`\n## ${heading}\n`);
  assert.ok(section, `${path} has no section "${heading}"`);
  const blocks = [...section.split("\n## ")[0].matchAll(/^```html(?: live .*)?\n([\s\S]*?)^```$/gm)];
  return blocks.map(([, block]) => block).join("");
}

const READMES = {
  "the project's README": [join(root, "README.md"), "In your console"],
  "the package's README, with its integrity hash": [join(dist, "README.md"), "In five lines"],
};

for (const [name, [path, heading]] of Object.entries(READMES)) {
  test(`from an empty folder by ${name}`, async (readme) => {
    const lines = html(path, heading);
    assert.ok(lines.includes(SERVER) && lines.includes(SESSION), lines);
    const folder = shared.workshop.folder(`empty-${++folders}`);
    const begun = performance.now();
    await run("npm", ["init", "-y"], folder);
    assert.equal(await shared.workshop.install(folder), undefined);
    const installed = performance.now();

    // As any web server would serve it: the page, and beside it the package's folder.
    const pages = join(folder, "pages");
    cpSync(join(folder, "node_modules/barge-in"), join(pages, "barge-in"), { recursive: true });
    const web = await startSim([], { pages, policy: false });
    const sim = await startSim(["--allow-origin", web.url]);
    try {
      writeFileSync(join(pages, "index.html"), `<!doctype html>\n${lines.replaceAll(SERVER, sim.url)}`);
      const served = performance.now();
      const opened = await open(shared.browser, web.url);
      await untilReady(opened);
      const ready = performance.now();
      await opened.button.click();
      await opened.page.getByText("You have joined.").waitFor();
      assert.equal((await sim.operations(SESSION)).length, 1);
      assert.deepEqual(opened.trouble, []);
      const ms = (from, to) => `${Math.round(to - from)} ms`;
      readme.diagnostic(`from an empty folder: npm init and install ${ms(begun, installed)}, opened to ready ${ms(served, ready)}`);
    } finally {
      await web.close();
      await sim.close();
    }
  });
}

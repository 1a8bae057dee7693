/** Without a DOM, for example on a server that renders pages, importing throws nothing and registers nothing. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { pathToFileURL } from "node:url";
import { fixture } from "../support/fixture.mjs";
import { dist } from "../support/paths.mjs";

const shared = fixture();
const run = promisify(execFile);

/** The entries that give the class; `server.test.mjs` imports every other one, too. */
const ENTRIES = ["index.js", "register.js", "define.js", "inline.js", "panel-inline.js"];

/** Imports an entry after the line `before`, and tries its exports. */
const script = (entry, before = "") => `
  ${before}
  const known = Object.keys(globalThis).join();
  const module = await import(${JSON.stringify(String(pathToFileURL(join(dist, entry))))});
  if (module.define() !== module.BargeInButton) throw new Error("define() gives the class");
  module.configure({ wasmUrl: "/x.wasm" });
  if (typeof module.BargeInButton.version !== "string") throw new Error("no version");
  if (Object.keys(globalThis).join() !== known) throw new Error("globals were added");
  console.log("fine");
`;

for (const entry of ENTRIES) {
  for (const [what, before] of [
    ["in Node", ""],
    [
      "where even texts cannot be encoded",
      // Node creates its own globals on first access.
      "void [fetch, Headers, AbortController, performance, crypto]; for (const name of ['TextEncoder', 'TextDecoder', 'performance', 'crypto', 'AbortSignal']) delete globalThis[name];",
    ],
  ]) {
    test(`${entry} ${what}`, async () => {
      const { stdout, stderr } = await run(process.execPath, ["--input-type=module", "-e", script(entry, before)]);
      assert.deepEqual([stdout.trim(), stderr], ["fine", ""]);
    });
  }

  test(`${entry} in a worker`, async () => {
    const page = await shared.page({ path: "/bare.html" });
    await page.route("**/worker.js", (route) =>
      route.fulfill({
        contentType: "text/javascript",
        body: `import("/npm/${entry}").then((all) => String(all.define() === all.BargeInButton)).catch(String).then(postMessage);`,
      }),
    );
    // The page's policy requires trusted URLs for workers.
    await page.route("**/no-policy.html", (route) => route.fulfill({ contentType: "text/html", body: "<title>none</title>" }));
    await page.goto(`${shared.sim.url}/no-policy.html`);
    const said = await page.evaluate(
      () => new Promise((resolve) => (new Worker("/worker.js", { type: "module" }).onmessage = ({ data }) => resolve(data))),
    );
    assert.equal(said, "true");
  });
}

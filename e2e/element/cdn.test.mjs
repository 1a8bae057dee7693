/** The package on another origin, as from a CDN, under integrity hashes and a policy that names that origin. */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Button } from "../support/button.mjs";
import { fixture } from "../support/fixture.mjs";
import { dist } from "../support/paths.mjs";
import { POLICY } from "../support/sim.mjs";

const shared = fixture();
const CDN = "https://cdn.example/barge-in/";
const TYPES = { js: "text/javascript", wasm: "application/wasm" };
const sri = JSON.parse(readFileSync(join(dist, "sri.json"), "utf8"));
const sha256 = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

/** Opens a page with these scripts, `inline` among them; `change` alters a file of the CDN in transit. */
async function open(scripts, { inline = "", change = (file, bytes) => bytes } = {}) {
  const id = await shared.sim.session();
  const policy = POLICY.replace("'self' 'wasm", `'self' ${CDN} ${inline && sha256(inline)} 'wasm`).replace("connect-src", `connect-src ${CDN}`);
  const markup = `<barge-in-button id="one" session-id="${id}" lang="de"></barge-in-button>`;
  const body = `<!doctype html><html lang="en"><head><title>CDN</title>${scripts}</head><body>${markup}</body></html>`;
  const before = async (page) => {
    await page.route("**/cdn.html", (route) => route.fulfill({ contentType: "text/html", headers: { "content-security-policy": policy }, body }));
    await page.route("**/own.js", (route) => route.fulfill({ contentType: "text/javascript", body: 'import "barge-in/define";' }));
    await page.route(`${CDN}**`, (route) => {
      const file = route.request().url().slice(CDN.length);
      const headers = { "access-control-allow-origin": "*" };
      return route.fulfill({ contentType: TYPES[file.split(".").at(-1)], headers, body: change(file, readFileSync(join(dist, file))) });
    });
  };
  return shared.page({ path: "/cdn.html", before });
}

const tag = `<script type="module" src="${CDN}define.js" integrity="${sri["define.js"]}" crossorigin="anonymous"></script>`;

async function works(page) {
  const button = await new Button(page).until("ready");
  assert.equal(await button.main.textContent(), "Aufschalten");
  assert.deepEqual(await page.evaluate(() => window.seen.violations), []);
  assert.deepEqual(page.errors, []);
}

test("a script tag with an integrity hash", async () => works(await open(tag)));

test("an import map with an integrity hash", async () => {
  const url = `${CDN}define.js`;
  const map = JSON.stringify({ imports: { "barge-in/define": url }, integrity: { [url]: sri["define.js"] } });
  const scripts = `<script type="importmap">${map}</script><script type="module" src="/own.js"></script>`;
  await works(await open(scripts, { inline: map }));
});

test("a script with a wrong hash does not run", async () => {
  const change = (file, bytes) => (file === "define.js" ? `${bytes}\n` : bytes);
  const page = await open(tag, { change });
  assert.equal(await page.evaluate(() => customElements.get("barge-in-button") === undefined), true);
});

test("a WebAssembly file with a wrong hash is not used", async () => {
  const change = (file, bytes) => (file === "barge-in.wasm" ? Buffer.concat([bytes, Buffer.from([0, 2, 1, 65])]) : bytes);
  const button = await new Button(await open(tag, { change })).until("unavailable", "unsupported");
  const [error] = await button.untilEvents("barge-in-error");
  assert.equal(error.detail.cause, "hash");
});

/**
 * The demo served by `trunk serve`: the page and its WebAssembly. The file name keeps it out of the stage `e2e`; `cargo
 * xtask test trunk` runs it if Trunk is installed.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { root } from "../support/paths.mjs";

/** Trunk listens only after the build. */
const PATIENCE = 180_000;

test("trunk serve serves the page and its WebAssembly", async () => {
  const port = await freePort();
  const address = ["--address", "127.0.0.1", "--port", port];
  const flags = ["serve", "--offline", "--dist", "target/trunk", "--no-autoreload", "true", ...address];
  const trunk = spawn(process.env.TRUNK, flags, { cwd: root, stdio: "ignore" });
  const end = () => trunk.kill();
  process.once("exit", end);
  try {
    const page = await answered(`http://127.0.0.1:${port}/`, trunk);
    const [path] = /[^"'(=]+\.wasm/.exec(await page.text()) ?? assert.fail("no WebAssembly in the page");
    const wasm = await fetch(new URL(path, page.url));
    assert.equal(wasm.status, 200, path);
    assert.equal(wasm.headers.get("content-type"), "application/wasm", path);
  } finally {
    end();
  }
});

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The first successful answer; polls until there is one. */
async function answered(url, trunk) {
  for (const began = performance.now(); performance.now() - began < PATIENCE; await pause(100)) {
    assert.equal(trunk.exitCode, null, "trunk serve ended");
    const answer = await fetch(url, { headers: { accept: "text/html" } }).catch(() => {});
    if (answer?.ok) return answer;
  }
  assert.fail(`nothing answers at ${url}`);
}

/**
 * Writes `sim.js` and `sim.wasm` of the npm package, the simulated server in the page:
 *
 *     node build/sim.mjs WASM_DIR OUT_DIR VERSION
 *
 * `WASM_DIR` holds `sim.js` and the optimised `sim_bg.wasm`.
 */
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const [wasmDir, out, version] = process.argv.slice(2);
if (!version) throw new Error("usage: node build/sim.mjs WASM_DIR OUT_DIR VERSION");
const root = fileURLToPath(new URL("..", import.meta.url));

await build({
  entryPoints: [join(root, "js/sim/index.js")],
  outfile: join(out, "sim.js"),
  bundle: true,
  format: "esm",
  minify: true,
  charset: "utf8",
  legalComments: "none",
  banner: { js: `/*! barge-in ${version} | MIT OR Apache-2.0 */` },
  target: ["chrome123", "firefox128", "safari17.5"],
  define: { VERSION: JSON.stringify(version) },
  alias: { "barge-in-sim-wasm": join(wasmDir, "sim.js") },
  logLevel: "warning",
});
await cp(join(wasmDir, "sim_bg.wasm"), join(out, "sim.wasm"));
await cp(join(root, "npm/sim.d.ts"), join(out, "sim.d.ts"));

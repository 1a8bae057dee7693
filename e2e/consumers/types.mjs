/**
 * The package by the tools that check packages: its entries (publint, attw), its manifest (the validator of wc-toolkit), and
 * its types, under strict settings and each way in which TypeScript looks modules up.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { after, before, test } from "node:test";
import { run, Workshop } from "./support/workshop.mjs";

const workshop = new Workshop();
let folder;
let missing;
before(async () => {
  folder = workshop.copy("types");
  missing = await workshop.install(folder);
});
after(() => workshop.close());

/** A test that needs what the folder installs. */
function checked(name, check) {
  test(name, async (one) => (missing ? one.skip(missing) : check()));
}

const tool = (name, args) => run(join(folder, "node_modules/.bin", name), args, folder);

/** TypeScript 7; vue-tsc needs the TypeScript that is a library, 6. */
const tsc = (args) => run(process.execPath, [join(folder, "node_modules/typescript-7/bin/tsc"), ...args], folder);

/** Module settings and what they look up by. */
const MODULES = { node16: "node16", nodenext: "nodenext", esnext: "bundler" };

for (const [module, resolution] of Object.entries(MODULES)) {
  checked(`what is right is accepted and what is wrong refused, moduleResolution ${resolution}`, () =>
    tsc(["-p", ".", "--module", module, "--moduleResolution", resolution]),
  );
}

checked("what is right is accepted and what is wrong refused, in a template of Vue", () => tool("vue-tsc", ["-p", "vue.json"]));

checked("publint finds nothing", () => tool("publint", ["run", "--strict", "--pack", "npm", "node_modules/barge-in"]));

checked("attw finds nothing", async () => {
  // The WebAssembly files are no modules for TypeScript.
  const { exports } = JSON.parse(readFileSync(join(folder, "node_modules/barge-in/package.json"), "utf8"));
  const files = Object.keys(exports).filter((name) => name.endsWith(".wasm"));
  await tool("attw", [await workshop.tarball(), "--profile", "esm-only", "--exclude-entrypoints", ...files]);
});

checked("the manifest's validator finds nothing", async () => {
  const validator = join(folder, "node_modules/@wc-toolkit/cem-validator/dist/index.js");
  const inside = join(folder, "node_modules/barge-in");
  // It looks files up from where it runs.
  const script = `
    import { readFileSync } from "node:fs";
    import { validateCem } from ${JSON.stringify(pathToFileURL(validator).href)};
    await validateCem(JSON.parse(readFileSync("custom-elements.json", "utf8")), { debug: true });`;
  const { stdout } = await run("node", ["--input-type=module", "--eval", script], inside);
  assert.match(stdout, /All rules passed/);
});

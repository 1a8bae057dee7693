/** Every link within the documents has a target, including its heading. */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { root } from "../support/paths.mjs";

const FOLDERS = ["", "docs", "npm", "e2e/consumers"];
const documents = FOLDERS.flatMap((folder) => readdirSync(join(root, folder)).filter((file) => file.endsWith(".md")).map((file) => join(root, folder, file)));

/** The anchors of headings, as code hosts create them. */
function anchors(path) {
  const headings = readFileSync(path, "utf8").replace(/^```[\s\S]*?^```/gm, "").matchAll(/^#+ (.*)$/gm);
  return [...headings].map(([, text]) => text.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "").replaceAll(" ", "-"));
}

test("links lead somewhere", () => {
  const dead = [];
  let count = 0;
  for (const document of documents) {
    for (const [, target] of readFileSync(document, "utf8").matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^\w+:/.test(target) || target.includes("{{")) continue;
      count++;
      const [file, anchor] = target.split("#");
      const path = file ? join(dirname(document), file) : document;
      if (!existsSync(path) || (anchor && !anchors(path).includes(anchor))) dead.push(`${relative(root, document)}: ${target}`);
    }
  }
  assert.deepEqual(dead, []);
  assert.ok(count > 50, `${count} links`);
});

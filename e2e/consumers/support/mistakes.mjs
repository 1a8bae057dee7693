/** Mistakes in a console that its type check must refuse. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./workshop.mjs";

/** What is right, what is wrong, and the words with which that is refused. */
export const ATTRIBUTE = ['confirm="none"', 'confirm="maybe"', `'"maybe"' is not assignable`];
export const PROPERTY = ["requestHeaders=", "requestTimeout=", "is not assignable to type 'number"];
export const EVENT = ["detail.sessionId", "detail.id", "'id' does not exist on type 'BargeInJoinedDetail'"];

/** Makes the mistakes in a file of the folder and sees each refused by its script `check`. */
export async function refused({ file, mistakes }, folder) {
  make(mistakes, join(folder, file));
  const said = await run("npm", ["--loglevel=error", "run", "check"], folder).then(() => "", ({ message }) => message);
  for (const [, mistake, words] of mistakes) assert.ok(said.includes(words), `${mistake} is accepted: ${said}`);
}

function make(mistakes, path) {
  let text = readFileSync(path, "utf8");
  for (const [right, wrong] of mistakes) {
    assert.ok(text.includes(right), `${path} lacks ${right}`);
    text = text.replace(right, wrong);
  }
  writeFileSync(path, text);
}

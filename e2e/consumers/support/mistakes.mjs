/** Mistakes in a console that its type check must refuse. */
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "./workshop.mjs";

/** What is right, what is wrong, and the words with which that is refused. */
export const ATTRIBUTE = ['confirm="none"', 'confirm="maybe"', `'"maybe"' is not assignable`];
export const PROPERTY = ["requestHeaders=", "requestTimeout=", "is not assignable to type 'number"];
export const EVENT = ["detail.sessionId", "detail.id", "'id' does not exist on type 'BargeInJoinedDetail'"];

/** The same of a page with a panel. */
export const PANEL_ATTRIBUTE = ['links="none"', 'links="some"', `'"some"' is not assignable`];
export const PANEL_EVENT = ["detail.visibility", "detail.text", "'text' does not exist on type 'PanelSentDetail'"];

/** Makes the mistakes in files of the folder and sees each refused by its script `check`; `wrong` has them by file. */
export async function refused(wrong, folder) {
  for (const [file, mistakes] of Object.entries(wrong)) make(mistakes, join(folder, file));
  const said = await run("npm", ["--loglevel=error", "run", "check"], folder).then(() => "", ({ message }) => message);
  for (const [, mistake, words] of Object.values(wrong).flat()) assert.ok(said.includes(words), `${mistake} is accepted: ${said}`);
}

function make(mistakes, path) {
  let text = readFileSync(path, "utf8");
  for (const [right, wrong] of mistakes) {
    assert.ok(text.includes(right), `${path} lacks ${right}`);
    text = text.replace(right, wrong);
  }
  writeFileSync(path, text);
}

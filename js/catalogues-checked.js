/**
 * The languages' texts for the script-tag file: read as data and checked by the hashes that are built in, so that its own
 * integrity hash covers them as well.
 */
import CATALOGUES from "barge-in-digests";
import { beside } from "./loader.js";

export { CATALOGUES };

/** What stands before the JSON in a catalogue's file. */
const HEAD = "export default ".length;

/** Gives the texts of a language. */
export async function texts(name) {
  const url = beside.replace(/[^/]*$/, `locales/${name}.js`);
  const ask = (cache) => fetch(url, { cache, integrity: `sha256-${CATALOGUES[name]}` }).then((response) => response.text());
  // An old file in the browser's cache is passed by.
  return JSON.parse((await ask("default").catch(() => ask("reload"))).slice(HEAD));
}

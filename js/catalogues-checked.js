/**
 * The languages' texts for the script-tag file: read as data and checked against built-in hashes, so that the file's
 * own integrity hash covers them, too.
 */
import CATALOGUES from "barge-in-digests";
import { beside } from "./loader.js";

export { CATALOGUES };

/** The length of the text before the JSON in a catalogue's file. */
const HEAD = "export default ".length;

/** Loads the texts of a language. */
export async function texts(name) {
  const url = beside.replace(/[^/]*$/, `${LOCALES}/${name}.js`);
  const ask = (cache) => fetch(url, { cache, integrity: `sha256-${CATALOGUES[name]}` }).then((response) => response.text());
  // If the browser's cache has an old file, load it again.
  return JSON.parse((await ask("default").catch(() => ask("reload"))).slice(HEAD));
}

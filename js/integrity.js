/**
 * Checks a hash by itself, so that a wrong one can be told from a bad line; `fetch()` reports both alike.
 */

/** The browser's own hashing; there in secure contexts only. */
export const subtle = crypto?.subtle;

/** Whether bytes are what `integrity` says, by the rules of that attribute: of the strongest kind of hash one must be right. */
export async function genuine(bytes, integrity) {
  const hashes = [...integrity.matchAll(/\bsha(256|384|512)-([^\s?]+)/g)];
  const best = hashes.map(([, bits]) => bits).sort().at(-1);
  if (!best || !subtle) return true;
  const digest = new Uint8Array(await subtle.digest(`SHA-${best}`, bytes));
  const text = btoa(String.fromCharCode(...digest));
  return hashes.some(([, bits, hash]) => bits === best && hash === text);
}

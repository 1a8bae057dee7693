/**
 * Checks integrity hashes, so that a wrong hash can be distinguished from a network error; `fetch()` reports both in
 * the same way.
 */

/** The browser's hash functions; available only in secure contexts. */
export const subtle = crypto?.subtle;

/** Whether bytes match `integrity`, by the rules of that attribute: one hash of the strongest kind must match. */
export async function genuine(bytes, integrity) {
  const hashes = [...integrity.matchAll(/\bsha(256|384|512)-([^\s?]+)/g)];
  const best = hashes.map(([, bits]) => bits).sort().at(-1);
  if (!best || !subtle) return true;
  const digest = new Uint8Array(await subtle.digest(`SHA-${best}`, bytes));
  const text = btoa(String.fromCharCode(...digest));
  return hashes.some(([, bits, hash]) => bits === best && hash === text);
}

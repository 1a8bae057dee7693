/** What a browser makes of an answer before the page sees it, for `fetch` and `XMLHttpRequest` alike. */

const NULL_BODY = [204, 205, 304];
const REDIRECTS = [301, 302, 303, 307, 308];
const MOST_REDIRECTS = 20;

/** Whether the page sees no body. */
export const bodiless = (method, status) => method === "HEAD" || NULL_BODY.includes(status);

/**
 * The request that follows a redirect, `undefined` if the answer is none. A request is `{ method, url, headers, body, redirects }`;
 * `headers` is a `Headers`, `redirects` are those before it. Throws a TypeError if they are too many or lead nowhere.
 */
export function redirected({ method, url, headers, body, redirects }, answer) {
  const location = REDIRECTS.includes(answer.status) ? new Headers(answer.headers).get("location") : null;
  if (location === null) return;
  if (redirects === MOST_REDIRECTS) throw new TypeError("Failed to fetch");
  const next = { method, url: new URL(location, url).href, headers: new Headers(headers), body, redirects: redirects + 1 };
  if (!becomesGet(method, answer.status)) return next;
  next.headers.delete("content-type");
  return { ...next, method: "GET", body: "" };
}

const becomesGet = (method, status) => (status === 303 ? !["GET", "HEAD"].includes(method) : status < 303 && method === "POST");

/** The page's `fetch`, which sends requests to a simulated server if there is one at the address. */
import { find } from "./worlds.js";

const NULL_BODY = [204, 205, 304];
const REDIRECTS = [301, 302, 303, 307, 308];

/** The time between half of a body and the broken connection. */
const HALF_MS = 20;

/** Wraps the page's own `fetch`. */
export function wrapped(own) {
  return function fetch(input, init) {
    const found = find(input instanceof Request ? input.url : String(input));
    return found ? asked(found, input, init) : Reflect.apply(own, this ?? globalThis, arguments);
  };
}

async function asked({ world, target }, input, init) {
  const request = new Request(input, init);
  const { method, signal, credentials } = request;
  // Read synchronously if possible, so that requests are sent in the order of the calls.
  const body = typeof init?.body === "string" ? init.body : request.body === null ? "" : await request.text();
  signal.throwIfAborted();
  const headers = [...request.headers];
  if (!["GET", "HEAD"].includes(method)) headers.push(["origin", location.origin]);
  const answer = await new Promise((resolve, reject) => {
    const number = world.send({ method, target, headers, body, credentials }, resolve);
    signal.addEventListener("abort", () => {
      world.cancel(number);
      reject(signal.reason);
    });
  });
  if (!answer) throw new TypeError("Failed to fetch");
  const to = REDIRECTS.includes(answer.status) && new Map(answer.headers).get("location");
  if (to !== false && to !== undefined) return redirected(request, body, answer.status, new URL(to, request.url));
  return response(answer, request);
}

function redirected(request, body, status, to) {
  if (request.redirect === "manual") return shaped(new Response(null), { type: "opaqueredirect", status: 0, ok: false, url: request.url });
  if (request.redirect === "error") throw new TypeError("Failed to fetch");
  const again = status === 307 || status === 308;
  const { headers, credentials, signal, cache } = request;
  const kept = { headers, credentials, signal, cache };
  return globalThis.fetch(to, again ? { ...kept, method: request.method, body: body || undefined } : kept);
}

function response({ status, headers, body, half }, { method, url }) {
  if (status < 200 || status > 599) throw new TypeError("Failed to fetch");
  const nothing = method === "HEAD" || NULL_BODY.includes(status);
  const content = nothing ? null : half ? broken(body) : body;
  return shaped(new Response(content, { status, headers }), { url });
}

/** Half of a body, and then the error of a broken connection. */
function broken(body) {
  const bytes = new TextEncoder().encode(body);
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, bytes.length / 2));
      setTimeout(() => controller.error(new TypeError("network error")), HALF_MS);
    },
  });
}

/** Sets the response properties that only the browser can set. */
function shaped(response, facts) {
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(response, name, { value });
  return response;
}

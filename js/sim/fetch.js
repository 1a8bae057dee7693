/** The page's `fetch`, which sends requests to a simulated server if there is one at the address. */
import { bodiless, redirected } from "./http.js";
import { find } from "./worlds.js";

/** The time between half of a body and the broken connection. */
const HALF_MS = 20;

/** Wraps the page's own `fetch`. */
export function wrapped(own) {
  return function fetch(input, init) {
    const found = find(input instanceof Request ? input.url : String(input));
    return found ? asked(found, input, init) : Reflect.apply(own, this ?? globalThis, arguments);
  };
}

async function asked(found, input, init) {
  const request = new Request(input, init);
  const { method, url, headers, signal, credentials, cache } = request;
  // Read synchronously if possible, so that requests are sent in the order of the calls.
  const body = typeof init?.body === "string" ? init.body : request.body === null ? "" : await request.text();
  signal.throwIfAborted();
  let current = { method, url, headers, body, redirects: 0 };
  for (let place = found; place; place = find(current.url)) {
    const answer = await sent(place, current, request);
    const next = redirected(current, answer);
    if (!next) return response(answer, current);
    if (request.redirect === "manual") return shaped(new Response(null), { type: "opaqueredirect", status: 0, ok: false, url });
    if (request.redirect === "error") throw new TypeError("Failed to fetch");
    current = next;
  }
  // It was redirected to where no simulated server is.
  return globalThis.fetch(current.url, { ...current, body: current.body || undefined, credentials, signal, cache });
}

/** The answer of the simulated server. */
async function sent({ world, target }, { method, headers, body }, { signal, credentials }) {
  const lines = [...headers];
  if (!["GET", "HEAD"].includes(method)) lines.push(["origin", location.origin]);
  const answer = await new Promise((resolve, reject) => {
    const number = world.send({ method, target, headers: lines, body, credentials }, resolve);
    signal.addEventListener("abort", () => {
      world.cancel(number);
      reject(signal.reason);
    });
  });
  if (!answer) throw new TypeError("Failed to fetch");
  return answer;
}

function response({ status, headers, body, half }, { method, url, redirects }) {
  if (status < 200 || status > 599) throw new TypeError("Failed to fetch");
  const content = bodiless(method, status) ? null : half ? broken(body) : body;
  return shaped(new Response(content, { status, headers }), { url, redirected: redirects > 0 });
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

/** The page's `fetch`, which asks a simulated server where there is one at the address. */
import { find } from "./worlds.js";

const NULL_BODY = [204, 205, 304];
const REDIRECTS = [301, 302, 303, 307, 308];

/** Half of a body comes a moment before the line breaks. */
const HALF_MS = 20;

/** `fetch` around the page's own one. */
export function wrapped(own) {
  return function fetch(input, init) {
    const found = find(input instanceof Request ? input.url : String(input));
    return found ? asked(found, input, init) : Reflect.apply(own, this ?? globalThis, arguments);
  };
}

async function asked({ world, target }, input, init) {
  const request = new Request(input, init);
  const { method, signal, credentials } = request;
  // Read at once where that is possible: what is asked in order is sent in order.
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

/** Half of a body, and then the error of a line that breaks. */
function broken(body) {
  const bytes = new TextEncoder().encode(body);
  return new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, bytes.length / 2));
      setTimeout(() => controller.error(new TypeError("network error")), HALF_MS);
    },
  });
}

/** What only the browser can say of a response is said by properties of its own. */
function shaped(response, facts) {
  for (const [name, value] of Object.entries(facts)) Object.defineProperty(response, name, { value });
  return response;
}

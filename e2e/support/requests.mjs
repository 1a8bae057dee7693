/** The requests that a page makes to the server, whoever answers them. */
import { beforeElement } from "./sim.mjs";

/** Records them from now on, oldest first: `{ method, path, headers, body }`. To be called before the page loads. */
export async function requests(page) {
  const seen = [];
  const note = ({ url, ...request }) => {
    const { pathname } = new URL(url);
    if (pathname.startsWith("/api/v2/")) seen.push({ ...request, path: pathname });
  };
  if (process.env.SIM === "page") {
    await page.exposeFunction("requested", note);
    await page.addInitScript(beforeElement(tellRequests));
  } else {
    page.on("request", (request) =>
      note({ method: request.method(), url: request.url(), headers: request.headers(), body: request.postData() }),
    );
  }
  return seen;
}

/** Runs in the page. */
function tellRequests() {
  const { fetch } = window;
  window.fetch = (input, init) => {
    const { method, url, headers } = new Request(input, init);
    window.requested({ method, url, headers: Object.fromEntries(headers), body: init?.body ?? null });
    return fetch(input, init);
  };
}

/** Runs in the page before the element's module: what changes something waits for `window.posting()` before it is sent. */
export function holdPosts() {
  const { fetch } = window;
  window.posting = () => {};
  window.fetch = async (url, init) => {
    if (init?.method === "POST" && !/notifications/.test(url)) await window.posting();
    return fetch(url, init);
  };
}

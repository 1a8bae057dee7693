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

/**
 * Runs in the page before the element's module: what changes something waits for `window.posting()` before it is sent.
 * `window.mostOut` tells how many were under way at once.
 */
export function holdPosts() {
  const { fetch } = window;
  let out = 0;
  window.mostOut = 0;
  window.posting = () => {};
  window.fetch = async (url, init) => {
    if (init?.method !== "POST" || /notifications/.test(url)) return fetch(url, init);
    window.mostOut = Math.max(window.mostOut, ++out);
    try {
      await window.posting();
      return await fetch(url, init);
    } finally {
      out--;
    }
  };
}

/** Has the POSTs of a page with `holdPosts` wait for the function that is returned. */
export async function hold(page) {
  await page.evaluate(() => {
    const released = new Promise((resolve) => (window.release = resolve));
    window.posting = () => released;
  });
  return () => page.evaluate(() => window.release());
}

/** The notifications that reached a page by either transport, unprocessed. */
import { beforeElement } from "./sim.mjs";

/**
 * Listens to a page that has not opened a connection yet. The returned function resolves to the messages so far that
 * are not about the connection itself, in the order of arrival; `together` groups them by response.
 */
export function notifications(page) {
  const arrivals = [];
  if (process.env.SIM === "page") {
    page.exposeFunction("arrived", (text) => arrivals.push(text));
    page.addInitScript(beforeElement(tellArrivals));
  }
  page.on("response", (response) => {
    if (!/\/notifications(\/|$)/.test(new URL(response.url()).pathname)) return;
    // A poll that was cut off has no messages.
    arrivals.push(response.text().catch(() => "[]"));
  });
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => arrivals.push(payload)));
  const together = async () => {
    const texts = await Promise.all(arrivals);
    return texts.map(events).filter((arrival) => arrival.length);
  };
  return Object.assign(async () => (await together()).flat(), { together });
}

/** The events among the messages of a text; none if it is not JSON. */
function events(text) {
  try {
    return [JSON.parse(text)].flat().filter(({ channel }) => channel && !channel.startsWith("/meta/"));
  } catch {
    return [];
  }
}

/** Runs in the page: tells the answers of a simulator in it. */
function tellArrivals() {
  const { fetch } = window;
  window.fetch = async (input, init) => {
    const answer = await fetch(input, init);
    if (/\/notifications(\/|$)/.test(new URL(answer.url).pathname)) window.arrived(await answer.clone().text());
    return answer;
  };
}

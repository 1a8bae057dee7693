/** What reached a page as notifications, by either transport, before the widget made anything of it. */

/**
 * Listens to a page that has opened no connection yet. The function that it gives resolves to the messages so far that
 * are not about the connection itself, in the order of their arrival; `together` gives them as they came together.
 */
export function notifications(page) {
  const arrivals = [];
  page.on("response", (response) => {
    if (!/\/notifications(\/|$)/.test(new URL(response.url()).pathname)) return;
    // A poll that was cut off brought nothing.
    arrivals.push(response.text().catch(() => "[]"));
  });
  page.on("websocket", (socket) => socket.on("framereceived", ({ payload }) => arrivals.push(payload)));
  const together = async () => {
    const texts = await Promise.all(arrivals);
    return texts.map(events).filter((arrival) => arrival.length);
  };
  return Object.assign(async () => (await together()).flat(), { together });
}

/** The events among the messages of a text; none in what is no JSON. */
function events(text) {
  try {
    return [JSON.parse(text)].flat().filter(({ channel }) => channel && !channel.startsWith("/meta/"));
  } catch {
    return [];
  }
}

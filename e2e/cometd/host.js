/** A page's own CometD client, as its developers would write it. Runs in the page as `window.host`. */
import { attach } from "/npm/cometd.js";

/** Creates a client of a version, signed in and not connected yet. */
export async function start(version, { ack, base = "" } = {}) {
  const { CometD, AckExtension } = await libraries[version]();
  const me = await fetch(`${base}/api/v2/me`, { credentials: "include" });
  const token = me.headers.get("X-CSRF-HEADER");
  const cometd = new CometD();
  if (ack) cometd.registerExtension("ack", new AckExtension());
  cometd.websocketEnabled = false;
  cometd.unregisterTransport("websocket");
  cometd.configure({
    url: `${location.origin}${base}/api/v2/notifications`,
    requestHeaders: token ? { [token]: me.headers.get(token) } : {},
    maxNetworkDelay: 3000,
    backoffIncrement: 200,
    maxBackoff: 1000,
    logLevel: "warn",
    // The pages' policy does not allow workers.
    useWorkerScheduler: false,
  });
  window.host = {
    cometd,
    own: [],
    handshake: () => new Promise((resolve) => cometd.handshake(resolve)),
    /** The page's own subscription. */
    subscribe: () => (window.host.handle = cometd.subscribe("/v2/me/*", (message) => window.host.own.push(message.data))),
    attach: () => (window.host.detach = attach(cometd, document.querySelector("barge-in-button"))),
    attachTo: (element) => attach(cometd, element),
  };
}

const libraries = {
  3: async () => ({ ...(await import("/cometd-3/cometd.js")).default, AckExtension: (await import("/cometd-3/AckExtension.js")).default }),
  9: () => import("/cometd-9/cometd.js"),
};

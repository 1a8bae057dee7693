/**
 * Feeds elements from the page's own CometD client, so that the server sees only one client.
 *
 * It uses only the client's public interface. It never calls handshake or disconnect, and changes none of its settings.
 */

/** What is attached, by client and channel: its elements have one subscription, so that a notification is fed once. */
const feeds = new WeakMap();

/**
 * Feeds `element` from `cometd`, the official client of 3.1 or later, and passes it the status of that client's
 * connection. The client's handshake may be done, under way, or still to come. Returns a function that detaches the
 * element.
 *
 * Elements that share a connection (`base-url`, `channel`) are fed together: it is enough to attach one of them, and to set
 * `transport="host"` on the others. Where more are attached, they are fed as long as one of them is.
 */
export function attach(cometd, element) {
  if (typeof cometd?.addListener !== "function") throw new TypeError("attach(cometd, element): this is no CometD client.");
  if (typeof element?.link !== "function") throw new TypeError("attach(cometd, element): this element is not defined yet.");
  element.transport = "host";
  const { channel } = element;
  const all = feeds.get(cometd) ?? new Map();
  feeds.set(cometd, all);
  if (!all.has(channel)) all.set(channel, feed(cometd, channel));
  return all.get(channel).join(element, () => all.delete(channel));
}

/** One subscription of a client, and the elements that it feeds. */
function feed(cometd, channel) {
  const attached = new Set(); // objects with an element: one that is attached twice is detached twice
  let client; // the client id of the subscription
  let subscription;
  let pending = false; // whether the subscription is not acknowledged yet
  let up = false; // whether the last `/meta/connect` was answered
  let told = "connecting"; // the status last passed to the elements

  /** One element of each connection: one that is in the page, if there is any, as the others take nothing. */
  function served() {
    const elements = [...attached].map(({ element }) => element).sort((one, other) => one.isConnected - other.isConnected);
    return new Map(elements.map((element) => [element.baseUrl, element]));
  }

  function tell(status) {
    if (told === status) return;
    told = status;
    for (const { element } of attached) element.link(status);
  }

  function subscribe() {
    client = cometd.getClientId();
    subscription = cometd.subscribe(channel, ({ data }) => served().forEach((element) => element.notify(data)));
  }

  function settle() {
    if (up && !pending) tell("connected");
  }

  function lost() {
    up = false;
    tell("broken");
  }

  function greeted({ ext }) {
    // `attach` was called in the callback of this handshake.
    if (client === cometd.getClientId()) return;
    // The client has dropped the subscriptions of its former session.
    subscribe();
    up = false;
    pending = true;
    tell("connecting");
    if (!ext?.ack) console.warn("barge-in: without CometD's AckExtension, notifications are lost with each poll that is cut off.");
  }

  function connected() {
    // A held poll is answered even after a disconnect.
    if (cometd.isDisconnected()) return;
    up = true;
    if (!subscription) subscribe();
    settle();
  }

  function subscribed({ successful, failure, error }) {
    if (successful && pending) {
      pending = false;
      settle();
    } else if (successful) {
      // Notifications before the subscription took effect were missed.
      if (told === "connected") served().forEach((element) => element.refresh());
    } else {
      pending = true;
      if (failure) {
        // The request was lost and the client has dropped the subscription; subscribe again once it is connected.
        subscription = undefined;
        return lost();
      }
      console.warn(`barge-in: the server refuses the subscription to ${channel} (${error}).`);
      tell("closed");
    }
  }

  const listeners = Object.entries({
    "/meta/handshake": (message) => (message.successful ? greeted(message) : lost()),
    "/meta/connect": (message) => (message.successful ? connected() : lost()),
    "/meta/subscribe": (message) => [message.subscription].flat().includes(channel) && subscribed(message),
    "/meta/disconnect": () => tell("closed"),
  }).map(([name, listen]) => cometd.addListener(name, listen));

  if (cometd.getClientId() && !cometd.isDisconnected()) {
    subscribe();
    // A new client still waits for acknowledgement; an older one may already be subscribed.
    pending = cometd.getStatus() === "handshaking";
    up = !pending && cometd.getBackoffPeriod() === 0;
    settle();
  }

  function end() {
    for (const listener of listeners) cometd.removeListener(listener);
    if (subscription && client === cometd.getClientId() && !cometd.isDisconnected()) cometd.unsubscribe(subscription);
    subscription = undefined;
  }

  return {
    /** Feeds this element, too; gives the function that detaches it. `ended` is called with the last one. */
    join(element, ended) {
      const one = { element };
      const isNew = !served().has(element.baseUrl);
      attached.add(one);
      if (isNew) element.link("connecting");
      if (!isNew || told !== "connecting") element.link(told);
      return function detach() {
        if (!attached.delete(one)) return;
        // The others of its connection are fed on.
        if (!served().has(element.baseUrl)) element.link("closed");
        if (attached.size) return;
        ended();
        end();
      };
    },
  };
}

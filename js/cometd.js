/**
 * Feeds an element from the page's own CometD client, so that the server sees only one client.
 *
 * It uses only the client's public interface. It never calls handshake or disconnect, and changes none of its settings.
 */

/**
 * Feeds `element` from `cometd`, the official client of 3.1 or later, and passes it the status of that client's
 * connection. The client's handshake may be done, under way, or still to come. Returns a function that detaches the
 * element.
 *
 * Elements that share a connection (`base-url`, `channel`) are fed together: attach one of them, and set
 * `transport="host"` on the others.
 */
export function attach(cometd, element) {
  if (typeof cometd?.addListener !== "function") throw new TypeError("attach(cometd, element): this is no CometD client.");
  if (typeof element?.link !== "function") throw new TypeError("attach(cometd, element): this element is not defined yet.");
  element.transport = "host";
  const { channel } = element;
  let client; // the client id of the subscription
  let subscription;
  let pending = false; // whether the subscription is not acknowledged yet
  let up = false; // whether the last `/meta/connect` was answered
  let told; // the status last passed to the element

  function tell(status) {
    if (told !== status) element.link((told = status));
  }

  function subscribe() {
    client = cometd.getClientId();
    subscription = cometd.subscribe(channel, (message) => element.notify(message.data));
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
      if (told === "connected") element.refresh();
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

  tell("connecting");
  if (cometd.getClientId() && !cometd.isDisconnected()) {
    subscribe();
    // A new client still waits for acknowledgement; an older one may already be subscribed.
    pending = cometd.getStatus() === "handshaking";
    up = !pending && cometd.getBackoffPeriod() === 0;
    settle();
  }

  return function detach() {
    for (const listener of listeners) cometd.removeListener(listener);
    if (subscription && client === cometd.getClientId() && !cometd.isDisconnected()) cometd.unsubscribe(subscription);
    subscription = undefined;
    tell("closed");
  };
}

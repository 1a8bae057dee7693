/**
 * Feeds an element from the CometD client that the page has already, so that the server sees one client.
 *
 * Only what the client's public interface tells is used. It is never made to handshake or to disconnect, and none of its
 * settings is changed.
 */

/**
 * Feeds `element` from `cometd`, the official client of 3.1 or later, and tells it how that client's connection is. It does
 * not matter whether the client's handshake has been, is under way, or comes later. Gives a function that ends it.
 *
 * Elements that share a connection (`base-url`, `channel`) are fed together: attach one of them, and set
 * `transport="host"` on the others.
 */
export function attach(cometd, element) {
  if (typeof cometd?.addListener !== "function") throw new TypeError("attach(cometd, element): this is no CometD client.");
  if (typeof element?.link !== "function") throw new TypeError("attach(cometd, element): this element is not defined yet.");
  element.transport = "host";
  const { channel } = element;
  let client; // the id of the client that the subscription belongs to
  let subscription;
  let pending = false; // whether the server has yet to acknowledge the subscription
  let up = false; // whether the last `/meta/connect` was answered
  let told; // what the element was told last

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
    // Attached in the callback of this handshake.
    if (client === cometd.getClientId()) return;
    // The client has dropped the subscriptions of the former one.
    subscribe();
    up = false;
    pending = true;
    tell("connecting");
    if (!ext?.ack) console.warn("barge-in: without CometD's AckExtension, notifications are lost with each poll that is cut off.");
  }

  function connected() {
    // A poll that was held is answered after a disconnect, too.
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
      // What was notified before it took effect was missed.
      if (told === "connected") element.refresh();
    } else {
      pending = true;
      if (failure) {
        // The request was lost. The client has dropped the subscription; it is made again once the client is connected.
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
    // A client that is new has its subscriptions acknowledged; an older one may have been subscribed for long.
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

/** The two Bayeux servers on npm, each used as documented, behind one small interface. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** How long a poll is held, in ms; short, so that a test sees many of them. */
export const HOLD = 1_000;

/**
 * `handle` answers a notification request, `upgrade` handles that of a WebSocket, `publish` sends to all subscribers,
 * `forgotten` is called whenever the server drops a silent client.
 */
export const LIBRARIES = {
  cometd({ forgotten }) {
    const server = require("cometd-nodejs-server").createCometDServer({
      timeout: HOLD,
      maxInterval: 500,
      sweepPeriod: 50,
      // The default would limit the cookie to the path of the handshake.
      browserCookiePath: "/",
    });
    // Listen on each new session, as the library reports a removal only there.
    server.addExtension({
      outgoing(_server, _sender, session, message, callback) {
        if (message.channel === "/meta/handshake" && message.successful) {
          session.addListener("removed", (_session, timeout) => timeout && forgotten());
        }
        callback(null, message);
      },
    });
    return {
      handle: (request, response) => server.handle(request, response),
      upgrade: (_request, socket) => socket.destroy(),
      publish: (channel, data) => server.createServerChannel(channel).publish(null, data),
    };
  },

  faye({ path, forgotten }) {
    const { NodeAdapter } = require("faye");
    const server = new NodeAdapter({ mount: path, timeout: HOLD / 1000 });
    server.on("disconnect", forgotten);
    return {
      handle: (request, response) => server.handle(request, response),
      upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head),
      publish: (channel, data) => server.getClient().publish(channel, data),
    };
  },
};

/** The two Bayeux servers on npm, each used as documented, behind one small interface. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/**
 * `hold` is how long a poll is held, in ms; a client that is silent for about as long is dropped. `handle` answers a
 * notification request, `upgrade` handles that of a WebSocket, `publish` sends to all subscribers, `forgotten` is called
 * whenever the server drops a silent client.
 */
export const LIBRARIES = {
  cometd({ hold, forgotten }) {
    const server = require("cometd-nodejs-server").createCometDServer({
      timeout: hold,
      maxInterval: hold / 2,
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

  faye({ path, hold, forgotten }) {
    const { NodeAdapter } = require("faye");
    const server = new NodeAdapter({ mount: path, timeout: hold / 1000 });
    server.on("disconnect", forgotten);
    return {
      handle: (request, response) => server.handle(request, response),
      upgrade: (request, socket, head) => server.handleUpgrade(request, socket, head),
      publish: (channel, data) => server.getClient().publish(channel, data),
    };
  },
};

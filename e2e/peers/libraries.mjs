/** The two Bayeux servers of npm, each as its authors mean it to be used, behind one small interface. */
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);

/** Ms that a poll is held; short, so that a test sees many of them. */
export const HOLD = 1_000;

/**
 * `handle` answers a request of the notifications, `upgrade` takes a WebSocket's, `publish` sends to all subscribers,
 * `forgotten` is called whenever the server drops a client that fell silent.
 */
export const LIBRARIES = {
  cometd({ forgotten }) {
    const server = require("cometd-nodejs-server").createCometDServer({
      timeout: HOLD,
      maxInterval: 500,
      sweepPeriod: 50,
      // Its default would bind the cookie to the folder of the handshake alone.
      browserCookiePath: "/",
    });
    // The newest of each handshake; the library tells of a removal only on the session itself.
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

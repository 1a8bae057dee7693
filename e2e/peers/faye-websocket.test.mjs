/** The element against Faye by WebSocket. */
import { peerTests } from "./suite.mjs";

peerTests({ library: "faye", transport: "websocket" });

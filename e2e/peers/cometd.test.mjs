/** The element against CometD for Node. */
import { peerTests } from "./suite.mjs";

peerTests({ library: "cometd", transport: "long-polling" });

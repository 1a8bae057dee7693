/** The element against Faye. */
import { peerTests } from "./suite.mjs";

peerTests({ library: "faye", transport: "long-polling" });

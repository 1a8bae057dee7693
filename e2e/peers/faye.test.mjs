/** The element against Faye by long-polling. */
import { peerTests } from "./suite.mjs";

peerTests({ library: "faye", transport: "long-polling" });

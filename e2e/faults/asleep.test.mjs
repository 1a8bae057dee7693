/** Late timers and sleep do not make the page lie, hang or storm. */
import { suite } from "./suite.mjs";
import { ASLEEP } from "./asleep.mjs";

suite(ASLEEP);

/** The line fails; the page does not lie. */
import { suite } from "./suite.mjs";
import { LINE } from "./line.mjs";

suite(LINE);

/** The server fails; the page does not lie. */
import { suite } from "./suite.mjs";
import { ANSWERS } from "./answers.mjs";

suite(ANSWERS);

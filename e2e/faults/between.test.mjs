/** Caches, redirects and balancers stand between; the page does not lie. */
import { suite } from "./suite.mjs";
import { BETWEEN } from "./between.mjs";

suite(BETWEEN);

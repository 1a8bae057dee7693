/** The signed-in user changes; the page does not show one user the facts of another, nor a lost sign-in as a lost line. */
import { suite } from "./suite.mjs";
import { SIGN_IN } from "./sign-in.mjs";

suite(SIGN_IN);

import "barge-in/inline";
import { fill } from "./fill.js";

fill(document.querySelector("barge-in-button"));

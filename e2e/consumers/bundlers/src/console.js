import "barge-in/define";
import { fill } from "./fill.js";

fill(document.querySelector("barge-in-button"));

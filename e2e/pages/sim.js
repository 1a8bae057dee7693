import { simulate } from "./npm/sim.js";
import "./npm/define.js";

window.simulate = simulate;

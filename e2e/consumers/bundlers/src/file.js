import { configure } from "barge-in";
import wasmUrl from "barge-in/barge-in.wasm"; // esbuild --loader:.wasm=file --public-path=/
import "barge-in/define";
import { fill } from "./fill.js";

configure({ wasmUrl });
fill(document.querySelector("barge-in-button"));

import { bootstrapApplication } from "@angular/platform-browser";
import { configure } from "barge-in";
import "barge-in/define";
import { Console } from "./console";

configure({ wasmUrl: "barge-in.wasm" }); // one of the assets in angular.json
bootstrapApplication(Console).catch((error) => console.error(error));

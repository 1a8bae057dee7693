import { bootstrapApplication } from "@angular/platform-browser";
import { configure } from "barge-in";
import "barge-in/define";
import { Console } from "./console";

configure({ wasmUrl: "barge-in.wasm" }); // one of the assets in angular.json
if (new URLSearchParams(location.search).has("seat")) {
  // Only who opens a seat downloads the panel.
  import("./seat").then(({ Seat }) => bootstrapApplication(Seat)).catch((error) => console.error(error));
} else {
  bootstrapApplication(Console).catch((error) => console.error(error));
}

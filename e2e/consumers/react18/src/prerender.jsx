/** Writes the page as a server would send it. */
import { readFileSync, writeFileSync } from "node:fs";
import { renderToString } from "react-dom/server";
import { Console } from "./Console";

const page = readFileSync("dist/index.html", "utf8");
writeFileSync("dist/index.html", page.replace("<!--console-->", renderToString(<Console session={{ id: "prerendered" }} />)));

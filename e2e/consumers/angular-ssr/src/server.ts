import { AngularNodeAppEngine, createNodeRequestHandler, isMainModule, writeResponseToNodeResponse } from "@angular/ssr/node";
import express from "express";
import { join } from "node:path";

const app = express();
const angular = new AngularNodeAppEngine();
app.use(express.static(join(import.meta.dirname, "../browser"), { index: false, redirect: false }));
app.use((request, response, next) => {
  angular
    .handle(request)
    .then((answer) => (answer ? writeResponseToNodeResponse(answer, response) : next()))
    .catch(next);
});

if (isMainModule(import.meta.url)) {
  const { HOST = "127.0.0.1", PORT } = process.env;
  app.listen(Number(PORT), HOST, () => console.log(`http://${HOST}:${PORT}`));
}

export const reqHandler = createNodeRequestHandler(app);

/**
 * A server in a process of its own, so that it can be killed: hand-written REST, notifications by the named library,
 * pages from a folder. `node server.mjs LIBRARY PORT FOLDER HOLD`; the facts come from the process that started it.
 */
import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { POLICY } from "../support/sim.mjs";
import { SESSION, USER } from "./backend.mjs";
import { LIBRARIES } from "./libraries.mjs";

const NOTIFICATIONS = "/api/v2/notifications";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json" };

const [name, port, folder, hold] = process.argv.slice(2);
const library = LIBRARIES[name]({ path: NOTIFICATIONS, hold: Number(hold), forgotten: () => process.send({ forgotten: true }) });

// It is lost with this process, like an HTTP session in memory.
const token = randomUUID();
const asked = new Map();

/** Asks the backend. */
function ask(question) {
  const id = randomUUID();
  return new Promise((resolve) => {
    asked.set(id, resolve);
    process.send({ id, ...question });
  });
}

process.on("message", ({ id, answer, publish, channels }) => {
  if (publish) return channels.forEach((channel) => library.publish(channel, publish));
  asked.get(id)?.(answer);
  asked.delete(id);
});
process.on("disconnect", () => process.exit());

function json(response, status, body) {
  response.writeHead(status, {
    "content-type": "application/json;charset=UTF-8",
    "x-csrf-header": "X-CSRF-TOKEN",
    "x-csrf-token": token,
  });
  response.end(JSON.stringify(body));
}

async function body(request) {
  let text = "";
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}

async function page(path, response) {
  try {
    const file = join(folder, normalize(path));
    const bytes = await readFile(file);
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", "content-security-policy": POLICY });
    response.end(bytes);
  } catch {
    response.writeHead(404).end();
  }
}

async function answer(request, response) {
  const { pathname } = new URL(request.url, "http://localhost");
  if (request.method === "POST" && request.headers["x-csrf-token"] !== token) {
    return json(response, 403, { statusCode: 3, statusMessage: "Missing or invalid Csrf token" });
  }
  if (pathname === NOTIFICATIONS || pathname.startsWith(`${NOTIFICATIONS}/`)) return library.handle(request, response);
  if (pathname === "/api/v2/me") return json(response, 200, { statusCode: 0, user: { id: USER, userName: "sam" } });
  if (pathname === "/api/v2/me/smssessions") {
    return json(response, 200, { statusCode: 0, smssessions: await ask({ ask: "sessions" }) });
  }
  if (pathname === `/api/v2/me/smssessions/${SESSION}` && request.method === "POST") {
    const { operationName } = await body(request);
    return json(response, 200, await ask({ ask: "operation", operation: operationName }));
  }
  if (pathname.startsWith("/api/")) return json(response, 404, { statusCode: 6, statusMessage: "Resource not found" });
  return page(pathname, response);
}

const server = createServer((request, response) => {
  answer(request, response).catch(() => response.destroy());
});
server.on("upgrade", (request, socket, head) => library.upgrade(request, socket, head));
server.listen(Number(port), "127.0.0.1", () => process.send({ port: server.address().port }));

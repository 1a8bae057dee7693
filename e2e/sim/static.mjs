/** A static host at a sub-path, which notes what it is asked for. */
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { site } from "../support/paths.mjs";
import { POLICY } from "../support/sim.mjs";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".json": "application/json", ".svg": "image/svg+xml", ".png": "image/png" };
const SUB = "/some/sub";

/** Starts it, with the test pages under the promised policy if nothing else is given; `asked` are the paths of the requests. It ends with `close()`. */
export async function startStatic({ folder = site(false), policy = POLICY } = {}) {
  const asked = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    asked.push(pathname);
    const file = join(folder, normalize(pathname.slice(SUB.length)));
    if (!pathname.startsWith(`${SUB}/`) || !existsSync(file) || !statSync(file).isFile()) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "text/plain", ...(policy && { "content-security-policy": policy }) });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { asked, origin, url: origin + SUB, close: () => (server.closeAllConnections(), server.close()) };
}

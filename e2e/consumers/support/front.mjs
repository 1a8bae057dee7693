/** The reverse proxy that stands before a console in production: one origin for its pages and for GWS. */
import { createServer, request } from "node:http";

/** Sends `/api/` to the one server and all else to the other; gives its `url` and `close()`. */
export async function front(gws, pages) {
  const server = createServer((asked, answer) => {
    const target = new URL(asked.url, asked.url.startsWith("/api/") ? gws : pages);
    const { method, headers } = asked;
    const onward = request(target, { method, headers: { ...headers, host: target.host } }, (response) => {
      answer.writeHead(response.statusCode, response.headers);
      response.pipe(answer);
    });
    onward.on("error", () => answer.destroy());
    answer.on("close", () => onward.destroy());
    asked.pipe(onward);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, close };
}

/** A port that is free now. */
export async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Targets and contents of requests: caches, redirects, `<base>`, the page's headers, and leaving the page. */
import assert from "node:assert/strict";
import { createServer, request } from "node:http";
import { after, before, test } from "node:test";
import { launchWithTabs } from "../support/browser.mjs";
import { add } from "../support/button.mjs";
import { eventually } from "../support/eventually.mjs";
import { fixture } from "../support/fixture.mjs";

const shared = fixture();

/** A server in front of the simulator that changes answers by `change(request, answer)`, and another one that records requests. */
const front = { change: undefined };
const other = { asked: [] };

const serve = (handle) =>
  new Promise((resolve) => {
    const server = createServer(handle).listen(0, "127.0.0.1", () =>
      resolve({ server, url: `http://127.0.0.1:${server.address().port}` }),
    );
  });

before(async () => {
  Object.assign(
    front,
    await serve((asked, answer) => {
      const options = { method: asked.method, headers: { ...asked.headers, host: new URL(shared.sim.url).host } };
      const on = request(shared.sim.url + asked.url, options, (response) => {
        const changed = { status: response.statusCode, headers: { ...response.headers } };
        front.change?.(asked, changed);
        answer.writeHead(changed.status, changed.headers);
        response.pipe(answer);
      });
      on.on("error", () => answer.destroy());
      answer.on("close", () => on.destroy());
      asked.pipe(on);
    }),
  );
  Object.assign(
    other,
    await serve((asked, answer) => {
      other.asked.push({ method: asked.method, path: asked.url, headers: asked.headers });
      // CORS allows everything, so that only the widget itself can hold something back.
      const allow = asked.headers["access-control-request-headers"] ?? "*";
      answer.writeHead(200, {
        "access-control-allow-origin": asked.headers.origin ?? "*",
        "access-control-allow-credentials": "true",
        "access-control-allow-headers": allow,
        "access-control-allow-methods": "GET, POST",
        "content-type": "application/json",
      });
      answer.end('{"statusCode":0}');
    }),
  );
});

after(() => {
  for (const { server } of [front, other]) {
    server.closeAllConnections();
    server.close();
  }
});

async function at(path = "/blank.html", options = {}) {
  front.change = undefined;
  other.asked.length = 0;
  const page = await shared.page(options);
  await page.goto(front.url + path);
  return page;
}

/** Headers that no other server may get. */
const secret = (element) => (element.requestHeaders = { "X-Api-Key": "secret", Authorization: "Bearer secret" });

test("the browser's cache is not used", async () => {
  const page = await at();
  front.change = ({ method }, answer) => {
    if (method === "GET" && answer.headers["content-type"]?.includes("json")) {
      answer.headers["cache-control"] = "max-age=60";
      answer.headers["last-modified"] = "Mon, 01 Jan 2024 00:00:00 GMT";
    }
  };
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id, transport: "host" });
  await button.until("ready");
  await shared.sim.act(id, "complete");
  await button.host.evaluate((element) => element.refresh());
  await button.until("ended");
});

for (const where of ["the same origin", "another origin"]) {
  const location = (path) => (where === "another origin" ? other.url : "") + path;

  for (const status of [302, 307]) {
    test(`a POST that is redirected (${status}) to ${where} goes nowhere else and is no answer`, async () => {
      const page = await at();
      const id = await shared.sim.session();
      const button = await add(page, { sessionId: id });
      await button.host.evaluate(secret);
      await button.until("ready");
      // Make the simulator refuse, so that nothing is acted on.
      await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 500 });
      front.change = ({ url, method }, answer) => {
        if (method === "POST" && url.endsWith(id)) Object.assign(answer, { status, headers: { location: location("/elsewhere"), "content-length": "0" } });
      };
      await shared.sim.clearLog();
      await button.main.click();
      const [error, ...more] = await button.untilEvents("barge-in-error");
      assert.deepEqual(more, []);
      assert.deepEqual([error.detail.kind, error.detail.operation, error.detail.statusCode], ["http", "SwitchToBargeIn", null]);
      await button.until("failed");
      assert.deepEqual(other.asked, []);
      assert.deepEqual(await shared.sim.log(({ path }) => path.includes("elsewhere")), []);
    });

    for (const path of ["/me/smssessions", "/api/v2/me", "/notifications/connect"]) {
      test(`a login page in place of ${path} (${status}, ${where}) is unauthenticated`, async () => {
        const page = await at();
        const button = await add(page, { sessionId: await shared.sim.session() });
        await button.host.evaluate(secret);
        await button.until("ready");
        front.change = ({ url }, answer) => {
          const asked = path.endsWith("me") ? url.endsWith(path) : url.includes(path);
          if (asked) Object.assign(answer, { status, headers: { location: location("/bare.html"), "content-length": "0" } });
        };
        await button.host.evaluate((element) => element.refresh());
        await button.until("unavailable", "unauthenticated");
        const [error] = await button.untilEvents("barge-in-error");
        assert.equal(error.detail.kind, "unauthenticated");
        assert.deepEqual(other.asked, []);
      });
    }
  }
}

for (const baseUrl of ["", "/", "//HOST", "http://HOST"]) {
  test(`a <base> of another origin has no effect: base-url "${baseUrl}"`, async () => {
    const page = await at();
    await page.evaluate((href) => {
      const base = document.createElement("base");
      base.href = href;
      document.head.append(base);
    }, `${other.url}/deep/page`);
    const id = await shared.sim.session();
    const host = new URL(front.url).host;
    const button = await add(page, { sessionId: id, baseUrl: baseUrl.replace("HOST", host) });
    await button.host.evaluate(secret);
    await button.until("ready");
    await button.main.click();
    await button.until("joined");
    assert.deepEqual(other.asked, []);
    assert.deepEqual((await page.evaluate(() => window.seen.violations)).filter((one) => /connect/.test(one)), []);
  });
}

test("a relative base-url is under the page's own origin, whatever the page's path", async () => {
  const page = await at();
  const asked = [];
  page.on("request", (request) => request.url().includes("/api/") && asked.push(request.url()));
  await page.evaluate(() => history.pushState(null, "", "/deep/in/here"));
  await add(page, { sessionId: "s", baseUrl: "gws" });
  await eventually(() => asked.length > 0, "nothing is asked");
  assert.equal(asked[0], `${front.url}/gws/api/v2/me`);
});

test("a socket also goes to the page's own origin", async () => {
  const page = await at();
  const opened = [];
  page.on("websocket", (socket) => opened.push(socket.url()));
  await page.evaluate((href) => {
    const base = document.createElement("base");
    base.href = href;
    document.head.append(base);
  }, `${other.url}/`);
  await add(page, { sessionId: await shared.sim.session(), transport: "websocket" });
  await eventually(() => opened.length > 0, "no socket is opened");
  assert.equal(new URL(opened[0]).host, new URL(front.url).host);
});

test("a document without an address of its own asks the origin of the page that wrote it", async () => {
  const page = await at("/bare.html");
  const asked = [];
  page.on("request", (request) => asked.push(request.url()));
  await page.route("**/framed.html", (route) =>
    route.fulfill({ contentType: "text/html", body: "<!doctype html><iframe srcdoc='<body></body>'></iframe>" }),
  );
  await page.goto(`${front.url}/framed.html`);
  const frame = page.frames()[1];
  await frame.evaluate(async (url) => {
    await import(`${url}/npm/define.js`);
    const element = document.createElement("barge-in-button");
    element.sessionId = "s";
    document.body.append(element);
  }, front.url);
  await eventually(() => asked.includes(`${front.url}/api/v2/me`), () => `asked: ${asked}`);
});

const throwing = {
  "a getter that throws": () => ({
    get Authorization() {
      throw new Error("secret word");
    },
  }),
  "a proxy that throws": () =>
    new Proxy({}, {
      ownKeys() {
        throw new Error("secret word");
      },
      has() {
        throw new Error("secret word");
      },
      get() {
        throw new Error("secret word");
      },
    }),
  "a function that throws": () => () => {
    throw new Error("secret word");
  },
  "a function that throws nothing": () => () => {
    throw undefined;
  },
  "a promise that rejects": () => () => Promise.reject(new Error("secret word")),
  "a promise that throws when it is waited for": () => () => {
    const promise = Promise.resolve({});
    promise.then = () => {
      throw new Error("secret word");
    };
    return promise;
  },
  "a promise that will not say what it is": () => () =>
    Object.defineProperty(Promise.resolve({}), "constructor", {
      get() {
        throw new Error("secret word");
      },
    }),
  "a header's name that is none": () => ({ "no name": "secret word" }),
  "a header's value that is none": () => ({ Authorization: "secret word\n\n" + String.fromCharCode(0) }),
  "a value that cannot be text": () => ({ Authorization: Symbol("secret word") }),
  "a list that is none": () => [["Authorization"]],
  "a list that throws": () => ({
    [Symbol.iterator]() {
      throw new Error("secret word");
    },
  }),
};
for (const [what, give] of Object.entries(throwing)) {
  test(`requestHeaders: ${what} fails the request and nothing else`, async () => {
    const page = await at();
    const logged = [];
    await shared.sim.clearLog();
    page.on("console", (message) => message.type() === "error" && logged.push(message.text()));
    const button = await add(page, { sessionId: await shared.sim.session() });
    await button.until("ready");
    await held();
    await page.evaluate(`void (document.getElementById("one").requestHeaders = (${give})())`);
    await button.main.click();
    const [error, ...more] = await button.untilEvents("barge-in-error");
    assert.deepEqual(more, []);
    const { kind, operation, message } = error.detail;
    assert.deepEqual([kind, operation], ["headers", "SwitchToBargeIn"]);
    assert.match(message, /^requestHeaders /);
    assert.doesNotMatch(message, /secret/);
    assert.ok(logged.some((text) => /barge-in: requestHeaders/.test(text)), `${logged}`);
    assert.deepEqual(page.errors, []);
    await page.evaluate(() => (document.getElementById("one").requestHeaders = undefined));
    await button.host.evaluate((element) => element.refresh());
    await button.until("failed");
    await button.main.click();
    await button.until("joined");
    assert.deepEqual(page.errors, []);
  });
}

for (const name of ["Authorization", "X-Own", "Accept", "Content-Type"]) {
  test(`a server that names ${name} as the token's header does not get its value in place of the page's`, async () => {
    const page = await at();
    front.change = ({ method }, answer) => {
      if (method !== "GET" || !answer.headers["x-csrf-header"]) return;
      answer.headers["x-csrf-header"] = name;
      answer.headers[name.toLowerCase()] = "the server's";
    };
    await shared.sim.post("/csrf", { enabled: false });
    try {
      const id = await shared.sim.session();
      const button = await add(page, { sessionId: id });
      await button.host.evaluate((element) => (element.requestHeaders = { Authorization: "the page's", "X-Own": "the page's" }));
      await button.until("ready");
      const sent = page.waitForRequest((request) => request.method() === "POST" && request.url().endsWith(id));
      await button.main.click();
      assert.doesNotMatch((await (await sent).allHeaders())[name.toLowerCase()], /the server's/);
      await button.until("joined");
    } finally {
      await shared.sim.post("/csrf", { enabled: true });
    }
  });
}

const farewells = async () => (await shared.sim.log(({ path }) => path.endsWith("/disconnect"))).length;
const farewell = () => eventually(async () => (await farewells()) > 0, "no farewell");

/** Waits until a poll is held and the connection is idle. */
const held = () =>
  eventually(async () => (await shared.sim.log(({ path, outcome }) => path.endsWith("/connect") && outcome === "open")).length > 0, "no poll is held");

test("a closing page disconnects although its headers would have to be awaited", async () => {
  const page = await at();
  const button = await add(page, { sessionId: await shared.sim.session() });
  await button.host.evaluate((element) => {
    element.requestHeaders = () => new Promise((resolve) => setTimeout(() => resolve({ "X-Own": "1" }), 30));
  });
  await button.until("ready");
  await held();
  await shared.sim.clearLog();
  await page.goto("about:blank");
  await farewell();
});

test("a page that enters the back/forward cache disconnects, and starts again when it is shown", async () => {
  const page = await at();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  await held();
  await shared.sim.clearLog();
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true })));
  await farewell();
  await shared.sim.act(id, "capabilities", { list: ["Leave"] });
  await page.evaluate(() => window.dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true })));
  await button.until("unavailable", "not-permitted");
  await shared.sim.act(id, "capabilities", { list: ["SwitchToBargeIn", "Leave"] });
  await button.until("ready");
});

test("a page that is restored from the back/forward cache continues", async () => {
  const browser = await launchWithTabs();
  try {
    front.change = undefined;
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${shared.sim.url}/blank.html`);
    const id = await shared.sim.session();
    const button = await add(page, { sessionId: id });
    await button.until("ready");
    await held();
    await shared.sim.clearLog();
    // Playwright loses track of a restored page, so the test watches the simulator's log.
    await page.evaluate(() => window.addEventListener("pageshow", ({ persisted }) => fetch(`/api/v2/me?restored=${persisted}`)));
    await page.goto(`${shared.sim.url}/bare.html`);
    await farewell();
    await shared.sim.clearLog();
    await page.evaluate(() => void setTimeout(() => history.back()));
    const seen = (part) => shared.sim.log(({ path }) => path.includes(part));
    for (const part of ["restored=true", "/handshake", "/smssessions"]) {
      await eventually(async () => (await seen(part)).length > 0, `no ${part}`);
    }
  } finally {
    await browser.close();
  }
});

test("the server's message has at most 300 characters in the event, and is separated from the widget's text", async () => {
  const page = await at();
  const id = await shared.sim.session();
  const button = await add(page, { sessionId: id });
  await button.until("ready");
  const statusMessage = "\u202e" + "no ".repeat(400);
  await shared.sim.fault("refuse", { operation: "SwitchToBargeIn" }, { httpStatus: 403, statusCode: 5, statusMessage });
  await button.main.click();
  await button.until("unavailable", "refused");
  const [error] = await button.untilEvents("barge-in-error");
  assert.ok(error.detail.message.length <= 300);
  const words = await button.part("alert").textContent();
  assert.match(words, /^The server refused: \u2068no no [^\u202e]*…\u2069$/);
  assert.ok(words.length < 330);
});

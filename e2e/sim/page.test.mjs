/** What the page sees of the simulated server in it: `fetch`, `XMLHttpRequest`, and what is refused. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { dist } from "../support/paths.mjs";
import { gws, worlds } from "./world.mjs";

const shared = worlds();

/** What `simulate` says against these options. */
const refusal = (page, options) => page.evaluate((options) => window.simulate(options).then(() => "", (error) => error.message), options);

test("fetch: what is answered, its cookies and its token", async () => {
  const page = await shared.page();
  const told = await page.evaluate(async () => {
    const read = await fetch("/api/v2/me");
    const token = read.headers.get("x-csrf-token");
    const press = (headers) =>
      fetch(new Request("/api/v2/me/smssessions/0001Da9PFC93000S", { method: "POST", headers, body: '{"operationName":"SwitchToCoach"}' }));
    return {
      user: (await read.json()).user.userName,
      url: read.url,
      instance: read instanceof Response,
      cookie: [document.cookie, read.headers.get("set-cookie")],
      without: (await press({})).status,
      with: (await press({ "X-CSRF-TOKEN": token })).status,
      stranger: (await fetch("/api/v2/me", { credentials: "omit" })).headers.get("x-csrf-token") === token,
      nothing: (await fetch("/api/v2/nothing")).status,
      head: await (await fetch("/api/v2/me", { method: "HEAD" })).text(),
    };
  });
  assert.deepEqual(told, {
    user: "dana.whitfield@example.com",
    url: `${shared.host.origin}/api/v2/me`,
    instance: true,
    cookie: ["", null],
    without: 403,
    with: 200,
    stranger: false,
    nothing: 404,
    head: "",
  });
});

test("fetch: an answer comes in a later task, or after its delay; an abort, a cut and half a body are errors", async () => {
  const page = await shared.page();
  const told = await page.evaluate(async () => {
    const order = [];
    const answered = fetch("/api/v2/me").then(() => order.push("answer"));
    await Promise.resolve();
    order.push("microtask");
    await answered;
    const name = (promise) => promise.then(() => "no error", (error) => error.name);
    gws.fault("hang");
    const abort = new AbortController();
    const hanging = name(fetch("/api/v2/me", { signal: abort.signal }));
    abort.abort();
    const aborted = await hanging;
    const before = await name(fetch("/api/v2/me", { signal: AbortSignal.abort() }));
    gws.fault("reset-before");
    const cut = await name(fetch("/api/v2/me"));
    gws.fault("truncate");
    const half = await fetch("/api/v2/me");
    gws.fault("delay", {}, { ms: 50 });
    const late = (await fetch("/api/v2/me")).status;
    return { order, aborted, before, cut, status: half.status, half: await name(half.text()), late };
  });
  assert.deepEqual(told, {
    order: ["microtask", "answer"],
    aborted: "AbortError",
    before: "AbortError",
    cut: "TypeError",
    status: 200,
    half: "TypeError",
    late: 200,
  });
});

test("fetch: redirects are followed, or not, as asked", async () => {
  const page = await shared.page();
  const told = await page.evaluate(async () => {
    const redirected = async (redirect) => {
      gws.fault("redirect", {}, { location: "/api/v2/diagnostics/version" });
      return fetch("/api/v2/me", { redirect });
    };
    const followed = await (await redirected("follow")).json();
    const { type, status } = await redirected("manual");
    return [followed.version, type, status, await redirected("error").then(() => "", (error) => error.name)];
  });
  assert.deepEqual(told, ["8.5.202.96", "opaqueredirect", 0, "TypeError"]);
});

test("fetch and XMLHttpRequest: a redirect changes the method as HTTP says, may lead to another server, and the 21st is an error", async () => {
  const page = await shared.page();
  const told = await page.evaluate(async () => {
    const two = await simulate({ baseUrl: "/two", scenario: "still" });
    const ways = {
      fetch: (method, body) => fetch("/api/v2/sessions/start", { method, body }).then(({ status, url }) => [status, new URL(url).pathname]),
      xhr: (method, body) =>
        new Promise((resolve, reject) => {
          const request = new XMLHttpRequest();
          request.onload = () => resolve([request.status, new URL(request.responseURL).pathname]);
          request.onerror = () => reject(new TypeError("error event"));
          request.open(method, "/api/v2/sessions/start");
          request.send(body);
        }),
    };
    const told = {};
    for (const [name, ask] of Object.entries(ways)) {
      for (const [method, httpStatus, body] of [["HEAD", 302], ["POST", 302, "{}"], ["POST", 307, "{}"], ["DELETE", 301], ["DELETE", 303]]) {
        gws.fault("redirect", { path: "start" }, { httpStatus, location: "/two/api/v2/sessions/end" });
        two.clearLog();
        const seen = await ask(method, body);
        const [last] = two.log();
        (told[name] ??= []).push([method, httpStatus, last.method, last.body, ...seen]);
      }
      gws.clearLog();
      gws.fault("redirect", {}, { location: "/api/v2/sessions/start", times: "always" });
      told[name].push([await ask("GET").catch((error) => error.name), gws.log().length]);
      gws.clearFaults();
      gws.fault("redirect", {}, { location: "http://[" });
      told[name].push(await ask("GET").catch((error) => error.name));
    }
    return told;
  });
  const expected = [
    ["HEAD", 302, "HEAD", null, 404, "/two/api/v2/sessions/end"],
    ["POST", 302, "GET", null, 404, "/two/api/v2/sessions/end"],
    ["POST", 307, "POST", "{}", 403, "/two/api/v2/sessions/end"],
    ["DELETE", 301, "DELETE", null, 403, "/two/api/v2/sessions/end"],
    ["DELETE", 303, "GET", null, 404, "/two/api/v2/sessions/end"],
    ["TypeError", 21],
    "TypeError",
  ];
  assert.deepEqual(told, { fetch: expected, xhr: expected });
});

test("XMLHttpRequest: what is sent of a body, and its type; no body of HEAD and 204", async () => {
  const page = await shared.page();
  const told = await page.evaluate(async () => {
    const ask = (method, body) =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        request.onload = () => resolve([request.status, request.responseText]);
        request.open(method, "/api/v2/sessions/none");
        request.send(body);
      });
    const { buffer } = new TextEncoder().encode("Zoë");
    const bodies = ["Zoë", buffer, new Uint8Array(buffer), new DataView(buffer, 0, 2), new URLSearchParams({ a: "b c" })];
    gws.clearLog();
    for (const body of bodies) await ask("POST", body);
    const sent = gws.log().map(({ body, contentType }) => [body, contentType]);
    const refused = [new Blob(["x"]), new FormData(), document].map((body) => {
      const request = new XMLHttpRequest();
      request.open("POST", "/api/v2/sessions/none");
      try {
        return request.send(body);
      } catch (error) {
        return [error.name, error.message];
      }
    });
    const head = await ask("HEAD");
    gws.fault("refuse", {}, { httpStatus: 204, body: "something" });
    return { sent, refused, head, nothing: await ask("GET") };
  });
  const refusal = (kind) => ["NotSupportedError", `barge-in/sim takes no ${kind} by XMLHttpRequest`];
  assert.deepEqual(told, {
    sent: [
      ["Zoë", "text/plain;charset=UTF-8"],
      ["Zoë", null],
      ["Zoë", null],
      ["Zo", null],
      ["a=b+c", "application/x-www-form-urlencoded;charset=UTF-8"],
    ],
    refused: ["Blob", "FormData", "Document"].map(refusal),
    head: [404, ""],
    nothing: [204, ""],
  });
});

test("XMLHttpRequest: a redirect to where no simulated server is", async () => {
  const page = await shared.page();
  const passed = [];
  page.on("request", (request) => passed.push([request.method(), request.headers()["content-type"], request.postData()]));
  const told = await page.evaluate(async () => {
    const told = [];
    for (const body of ["x", new URLSearchParams({ a: "b" }), new TextEncoder().encode("x")]) {
      gws.fault("redirect", {}, { httpStatus: 307, location: new URL("page.css", document.baseURI).pathname });
      told.push(
        await new Promise((resolve) => {
          const request = new XMLHttpRequest();
          request.onload = () => resolve([request.status, request.responseText.length > 0, request.responseURL]);
          request.open("POST", "/api/v2/me");
          request.send(body);
        }),
      );
    }
    return told;
  });
  assert.deepEqual(told, Array(3).fill([200, true, `${shared.host.url}/page.css`]));
  assert.deepEqual(passed, [
    ["POST", "text/plain;charset=UTF-8", "x"],
    ["POST", "application/x-www-form-urlencoded;charset=UTF-8", "a=b"],
    ["POST", undefined, "x"],
  ]);
});

test("XMLHttpRequest: answers, header lines, types, time and abort", async () => {
  const page = await shared.page();
  const told = await page.evaluate(async () => {
    const ask = (prepare = () => {}, address = "/api/v2/me") =>
      new Promise((resolve) => {
        const request = new XMLHttpRequest();
        const events = [];
        for (const type of ["readystatechange", "load", "error", "abort", "timeout"]) {
          request.addEventListener(type, () => events.push(type === "readystatechange" ? request.readyState : type));
        }
        request.onloadend = () => resolve({ request, events });
        request.open("GET", address);
        prepare(request);
        request.send();
      });
    const plain = await ask();
    const json = await ask((request) => (request.responseType = "json"));
    const buffer = await ask((request) => (request.responseType = "arraybuffer"));
    gws.fault("reset-before");
    const cut = await ask();
    gws.fault("hang");
    const late = await ask((request) => (request.timeout = 50));
    gws.fault("hang");
    const given = await ask((request) => setTimeout(() => request.abort()));
    return {
      instance: plain.request instanceof EventTarget && plain.request instanceof XMLHttpRequest,
      plain: [plain.request.status, JSON.parse(plain.request.responseText).user.firstName, plain.events],
      header: [plain.request.getResponseHeader("X-CSRF-HEADER"), /set-cookie/.test(plain.request.getAllResponseHeaders())],
      json: json.request.response.user.firstName,
      buffer: buffer.request.response.byteLength > 100,
      ends: [cut.events.at(-1), late.events.at(-1), given.events.at(-1)],
      outcomes: gws.log().map(({ outcome }) => outcome),
    };
  });
  assert.deepEqual(told, {
    instance: true,
    plain: [200, "Dana", [1, 2, 3, 4, "load"]],
    header: ["X-CSRF-TOKEN", false],
    json: "Dana",
    buffer: true,
    ends: ["error", "timeout", "abort"],
    outcomes: ["answered", "answered", "answered", "reset", "aborted", "aborted"],
  });
});

test("what is not under its base passes untouched", async () => {
  shared.expected = ["/other/api/v2/me", "/api/v2/me"];
  const page = await shared.page({ scenario: "still", baseUrl: "/gws" });
  const told = await page.evaluate(async () => {
    const plain = await new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.onload = () => resolve([request.status, request.responseURL]);
      request.open("GET", "/other/api/v2/me");
      request.send();
    });
    return {
      own: (await fetch("/gws/api/v2/me")).status,
      root: (await fetch("/api/v2/me")).status,
      file: (await fetch("page.css")).status,
      wrong: await fetch("http://[").catch((error) => error.name),
      plain,
    };
  });
  const { origin } = shared.host;
  assert.deepEqual(told, { own: 200, root: 404, file: 200, wrong: "TypeError", plain: [404, `${origin}/other/api/v2/me`] });
});

test("stopped, what waits is cut and its address is the network's again; another may begin there", async () => {
  shared.expected = ["/api/v2/me"];
  const page = await shared.page();
  const told = await page.evaluate(async () => {
    gws.fault("hang");
    const hanging = fetch("/api/v2/me").catch((error) => error.name);
    gws.stop();
    gws.stop();
    const after = (await fetch("/api/v2/me")).status;
    let used;
    try {
      gws.state();
    } catch (error) {
      used = error.message;
    }
    const next = await simulate({ scenario: "none" });
    return { hanging: await hanging, after, used, sessions: next.state().sessions, next: (await fetch("/api/v2/me")).status };
  });
  assert.deepEqual(told, {
    hanging: "TypeError",
    after: 404,
    used: "barge-in/sim: this simulation is stopped",
    sessions: [],
    next: 200,
  });
});

test("wrong options and calls are told so", async () => {
  const page = await shared.page();
  assert.match(await refusal(page, { baseUrl: "/two", sede: 1 }), /no option sede; there are scenario, seed/);
  assert.match(await refusal(page, { baseUrl: "/two", scenario: "drama" }), /scenario cannot be "drama"/);
  assert.match(await refusal(page, { baseUrl: "/two", hold: -1 }), /hold cannot be -1/);
  assert.match(await refusal(page, { baseUrl: "/two", base: "/x" }), /no option base/);
  assert.match(await refusal(page, { baseUrl: "/two", epochMs: 1 }), /no option epochMs/);
  for (const baseUrl of ["/two?a=b", "/two?", "/two#a", "data:,x", "http://["]) {
    assert.ok((await refusal(page, { baseUrl })).includes(`baseUrl cannot be "${baseUrl}"`), baseUrl);
  }
  assert.match(await refusal(page, { baseUrl: null }), /a simulation at http:\S+ already/);
  assert.match(await refusal(page, {}), /a simulation at http:\S+ already; stop\(\) it first/);
  const thrown = (method, ...args) => gws(page, method, ...args).then(() => "", (error) => error.message);
  assert.match(await thrown("say", "nobody", "customer", "Hello"), /no such session/);
  assert.match(await thrown("fault", "explode"), /unknown action explode/);
  assert.match(await thrown("addSession", { mode: "hover" }), /unknown mode/);
  assert.match(await thrown("control", "POST", "/dance"), /no such control call/);
});

test("a second copy on the page is refused", async () => {
  const page = await shared.page();
  const words = await page.evaluate(async () => {
    const copy = await import("./npm/sim.js?copy");
    return copy.simulate({ baseUrl: "/two" }).catch((error) => error.message);
  });
  assert.match(words, /another copy of it is on this page already/);
});

test("after the element it comes too late, and says so", async () => {
  const page = await shared.page(null, "/bare.html");
  const words = await page.evaluate(async () => {
    await import(new URL("npm/define.js", document.baseURI).href);
    const { simulate } = await import(new URL("npm/sim.js", document.baseURI).href);
    return simulate().catch((error) => error.message);
  });
  assert.match(words, /barge-in was loaded before it .* import barge-in\/sim first/);
});

test("imported in Node it does nothing but refuse", async () => {
  const { simulate } = await import(join(dist, "sim.js"));
  await assert.rejects(simulate(), /it works in a page only/);
});

test("nothing of it is in what a page without it loads", () => {
  const files = readdirSync(dist, { recursive: true }).filter((file) => file.endsWith(".js") && file !== "sim.js");
  for (const file of ["index.js", "define.js", "panel.js", "react.js"]) assert.ok(files.includes(file), file);
  for (const file of files) {
    assert.doesNotMatch(readFileSync(join(dist, file), "utf8"), /sim\.wasm|sim\.js|barge-in\/sim/, file);
  }
});

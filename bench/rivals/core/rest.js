/** GWS over REST: cookies, the CSRF token, timeouts, and answers whose `statusCode` outranks the HTTP status. */

/** A request without the server's decision, or with a negative one. */
export class Failure extends Error {
  constructor(kind, { httpStatus = null, statusCode = null, message = "" } = {}) {
    super(message);
    // 4 is an internal error and 9 an unfinished one: neither is a decision.
    const decided = kind === "api" && statusCode !== 4 && statusCode !== 9;
    const denied = kind === "http" && httpStatus >= 400 && httpStatus < 500;
    Object.assign(this, { kind, httpStatus, statusCode, refused: decided || denied });
  }
}

export class Rest {
  /** Sent with every request; the official Bayeux client uses the same object. */
  headers = {};
  requestHeaders;
  #base;
  #csrf;

  constructor(baseUrl) {
    this.#base = `${baseUrl.replace(/\/$/, "")}/api/v2`;
  }

  url(path) {
    return new URL(this.#base + path, location.href).href;
  }

  get(path, timeout) {
    return this.#send("GET", path, undefined, timeout);
  }

  /** Posts once; again only if the first was rejected for its CSRF token, and so was not acted on. */
  async post(path, body, timeout) {
    try {
      return await this.#send("POST", path, body, timeout);
    } catch (failure) {
      if (failure.kind !== "csrf") throw failure;
      await this.get("/me", timeout);
      return this.#send("POST", path, body, timeout);
    }
  }

  /** Gets the page's headers and adds the CSRF token. */
  async refreshHeaders() {
    const { requestHeaders } = this;
    const own = typeof requestHeaders === "function" ? await requestHeaders() : requestHeaders;
    for (const name in this.headers) delete this.headers[name];
    Object.assign(this.headers, own, this.#csrf && { [this.#csrf.name]: this.#csrf.value });
    return this.headers;
  }

  async #send(method, path, body, timeout) {
    const headers = { ...(await this.refreshHeaders()) };
    if (body) headers["Content-Type"] = "application/json";
    let response, text;
    try {
      const signal = AbortSignal.timeout(timeout);
      const options = { method, headers, body: body && JSON.stringify(body), credentials: "include", signal };
      response = await fetch(this.url(path), options);
      text = await response.text();
    } catch (error) {
      throw new Failure(error?.name === "TimeoutError" ? "timeout" : "network");
    }
    const name = response.headers.get("X-CSRF-HEADER");
    const value = name && response.headers.get(name);
    if (value && value !== this.#csrf?.value) {
      this.#csrf = { name, value };
      await this.refreshHeaders();
    }
    return this.#read(response, text);
  }

  #read(response, text) {
    let answer;
    try {
      answer = JSON.parse(text);
    } catch {
      throw response.ok ? new Failure("malformed") : new Failure("http", { httpStatus: response.status });
    }
    const { statusCode, statusMessage } = answer ?? {};
    const detail = { httpStatus: response.status, statusCode, message: String(statusMessage ?? "") };
    if (statusCode === 20 || response.status === 401) throw new Failure("unauthenticated", detail);
    if (response.status === 403 && /csrf/i.test(text)) throw new Failure("csrf", detail);
    if (typeof statusCode === "number" && statusCode !== 0) throw new Failure("api", detail);
    if (!response.ok) throw new Failure("http", detail);
    if (statusCode !== 0) throw new Failure("malformed", detail);
    return answer;
  }
}

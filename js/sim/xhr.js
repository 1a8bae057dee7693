/** The page's `XMLHttpRequest`, which sends requests to a simulated server if there is one at the address. */
import { bodiless, redirected } from "./http.js";
import { find } from "./worlds.js";

/** A subclass of the page's own class, so that `instanceof` works. Other requests use the inherited methods. */
export function wrapped(Own) {
  return class XMLHttpRequest extends Own {
    #found; // the world and the target, while this request is simulated
    #request;
    #state = 0;
    #number;
    #answer;
    #timer;

    open(method, address, async = true, ...more) {
      this.#drop();
      this.#found = find(String(address));
      if (!this.#found) return super.open(method, address, async, ...more);
      if (!async) throw new DOMException("barge-in/sim answers no synchronous requests", "NotSupportedError");
      const url = new URL(address, document.baseURI).href;
      this.#request = { method: String(method).toUpperCase(), url, headers: new Headers(), body: "", redirects: 0 };
      this.#answer = undefined;
      this.#to(1);
    }

    setRequestHeader(name, value) {
      if (!this.#found) return super.setRequestHeader(name, value);
      this.#request.headers.append(name, value);
    }

    send(body) {
      if (!this.#found) return super.send(body);
      if (this.#state !== 1) throw new DOMException("The request is not opened, or sent already", "InvalidStateError");
      const { method, headers } = this.#request;
      const [text, type] = reading(method) ? [""] : content(body);
      if (type && !headers.has("content-type")) headers.set("content-type", type);
      this.#request.body = text;
      this.#ask();
      this.#event("loadstart");
      if (this.timeout) this.#timer = setTimeout(() => this.#fail("timeout"), this.timeout);
    }

    abort() {
      if (!this.#found) return super.abort();
      if (this.#number !== undefined) this.#fail("abort");
      this.#state = 0;
    }

    get readyState() {
      return this.#found ? this.#state : super.readyState;
    }

    get status() {
      return this.#found ? (this.#answer?.status ?? 0) : super.status;
    }

    get statusText() {
      return this.#found ? "" : super.statusText;
    }

    get responseURL() {
      return this.#found ? (this.#answer ? this.#request.url : "") : super.responseURL;
    }

    get responseText() {
      return this.#found ? (this.#answer?.body ?? "") : super.responseText;
    }

    get response() {
      if (!this.#found) return super.response;
      const body = this.#answer?.body ?? "";
      const bytes = () => new TextEncoder().encode(body);
      switch (this.responseType) {
        case "json":
          return parsed(body);
        case "arraybuffer":
          return bytes().buffer;
        case "blob":
          return new Blob([body], { type: this.getResponseHeader("content-type") ?? "" });
        default:
          return body;
      }
    }

    getResponseHeader(name) {
      if (!this.#found) return super.getResponseHeader(name);
      return this.#headers().get(name);
    }

    getAllResponseHeaders() {
      if (!this.#found) return super.getAllResponseHeaders();
      return [...this.#headers()].map(([name, value]) => `${name}: ${value}\r\n`).join("");
    }

    #headers() {
      return new Response(null, { headers: this.#answer?.headers }).headers; // Which keeps cookies to itself.
    }

    #ask() {
      const { method, headers, body } = this.#request;
      const lines = reading(method) ? [...headers] : [...headers, ["origin", location.origin]];
      const { world, target } = this.#found;
      this.#number = world.send({ method, target, headers: lines, body }, (answer) => this.#answered(answer));
    }

    #answered(answer) {
      if (this.#number === undefined) return;
      if (!answer) return this.#fail("error");
      const { method } = this.#request;
      let next;
      try {
        next = redirected(this.#request, answer);
      } catch {
        return this.#fail("error");
      }
      if (next) return this.#follow(next);
      const nothing = bodiless(method, answer.status);
      if (answer.half && !nothing) return this.#fail("error");
      this.#done();
      this.#answer = nothing ? { ...answer, body: "" } : answer;
      this.#to(2);
      this.#to(3);
      this.#to(4);
      this.#event("load");
      this.#event("loadend");
    }

    /** Follows a redirect; to where no simulated server is, by the inherited methods. */
    #follow(request) {
      this.#request = request;
      this.#found = find(request.url);
      if (this.#found) return this.#ask();
      this.#done();
      super.open(request.method, request.url);
      for (const [name, value] of request.headers) super.setRequestHeader(name, value);
      super.send(new TextEncoder().encode(request.body)); // Bytes, as they get no type of their own.
    }

    #fail(type) {
      const number = this.#number;
      this.#done();
      this.#found.world.cancel(number);
      this.#answer = undefined;
      this.#to(4);
      this.#event(type);
      this.#event("loadend");
    }

    /** Drops a request under way without an event. */
    #drop() {
      const number = this.#number;
      this.#done();
      if (number !== undefined) this.#found.world.cancel(number);
    }

    #done() {
      this.#number = undefined;
      clearTimeout(this.#timer);
    }

    #to(state) {
      this.#state = state;
      this.dispatchEvent(new Event("readystatechange"));
    }

    #event(type) {
      const loaded = this.#answer?.body.length ?? 0;
      this.dispatchEvent(new ProgressEvent(type, { lengthComputable: type === "load", loaded, total: loaded }));
    }
  };
}

const reading = (method) => ["GET", "HEAD"].includes(method);

/** What is sent of a body, and its type, if it has one. */
function content(body) {
  if (body == null) return [""];
  if (body instanceof ArrayBuffer || ArrayBuffer.isView(body)) return [new TextDecoder().decode(body)];
  if (body instanceof URLSearchParams) return [String(body), "application/x-www-form-urlencoded;charset=UTF-8"];
  const wrong = [Blob, FormData, Document].find((kind) => body instanceof kind);
  if (wrong) throw new DOMException(`barge-in/sim takes no ${wrong.name} by XMLHttpRequest`, "NotSupportedError");
  return [String(body), "text/plain;charset=UTF-8"];
}

function parsed(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

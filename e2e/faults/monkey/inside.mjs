/** Runs in the monkey's page before its own scripts: counts errors and finds the memory of WebAssembly. */
export const INSIDE = `(${inside})()`;

function inside() {
  const seen = { errors: [], internal: 0, memories: [] };
  window.monkey = seen;
  const note = (what) => seen.errors.length < 100 && seen.errors.push(String(what?.stack ?? what));
  addEventListener("error", ({ error, message }) => note(error ?? message));
  addEventListener("unhandledrejection", ({ reason }) => note(reason));
  document.addEventListener("barge-in-error", ({ detail }) => {
    if (detail.kind === "internal") seen.internal += 1;
  });

  // A weak reference, so that a discarded instance can be collected.
  const keep = (instance) => {
    // Its name is shortened, as all names are.
    const memory = Object.values(instance.exports).find((one) => one instanceof WebAssembly.Memory);
    if (memory) seen.memories.push(new WeakRef(memory));
    return instance;
  };
  const { instantiate, instantiateStreaming } = WebAssembly;
  WebAssembly.instantiate = async (...args) => {
    const made = await instantiate.apply(WebAssembly, args);
    keep(made.instance ?? made);
    return made;
  };
  WebAssembly.instantiateStreaming = async (...args) => {
    const made = await instantiateStreaming.apply(WebAssembly, args);
    keep(made.instance);
    return made;
  };
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, { construct: (Instance, args) => keep(new Instance(...args)) });
}

/** Ways to bring an element into each of its states, for tests and pictures of all of them. */

/** By name; each adds one element to a page by `add(properties)` and waits for its state. */
export const SITUATIONS = {
  "no session": async ({ add }) => {
    const button = await add({});
    await button.until("unavailable", "no-session");
    return button;
  },
  "not permitted": async ({ sim, add }) => {
    const button = await add({ sessionId: await sim.session({ capabilities: ["Leave"] }) });
    await button.until("unavailable", "not-permitted");
    return button;
  },
  "not found": async ({ add }) => {
    const button = await add({ sessionId: "unheard-of" });
    await button.until("unavailable", "not-found");
    return button;
  },
  ready: async ({ sim, add }) => {
    const button = await add({ sessionId: await sim.session({ agent: "Alice", customer: "Bob" }) });
    await button.until("ready");
    return button;
  },
  "confirming inline": async ({ sim, add }) => {
    const button = await add({ sessionId: await sim.session({ agent: "Alice", customer: "Bob" }), confirm: "inline" });
    await button.until("ready");
    await button.main.click();
    await button.until("confirming");
    return button;
  },
  pending: async ({ sim, add }) => {
    const sessionId = await sim.session();
    const button = await add({ sessionId, requestTimeout: 60_000 });
    await button.until("ready");
    await sim.fault("hang", { path: sessionId });
    await button.main.click();
    await button.until("pending");
    return button;
  },
  joined: async ({ sim, add }) => {
    const button = await add({ sessionId: await sim.session({ mode: "barge-in" }) });
    await button.until("joined");
    return button;
  },
  failed: async ({ sim, add }) => {
    const sessionId = await sim.session();
    const button = await add({ sessionId });
    await button.until("ready");
    await sim.fault("refuse", { path: sessionId }, { httpStatus: 502, body: "bad gateway" });
    await button.main.click();
    await button.until("failed");
    return button;
  },
  refused: async ({ sim, add }) => {
    const sessionId = await sim.session();
    const button = await add({ sessionId });
    await button.until("ready");
    await sim.fault("refuse", { path: sessionId }, { httpStatus: 403, statusCode: 5, statusMessage: "Not your team" });
    await button.main.click();
    await button.until("unavailable", "refused");
    return button;
  },
  ended: async ({ sim, add }) => {
    const sessionId = await sim.session();
    const button = await add({ sessionId });
    await button.until("ready");
    await sim.act(sessionId, "complete");
    await button.until("ended");
    return button;
  },
  "confirming in a dialog": async ({ sim, add }) => {
    const button = await add({ sessionId: await sim.session({ agent: "Alice", customer: "Bob" }), confirm: "dialog" });
    await button.until("ready");
    await button.main.click();
    await button.until("confirming");
    return button;
  },
};

/** The circumstances in which everything must be displayed well: options of the browser context and of the page. */
export const CIRCUMSTANCES = {
  light: { context: { colorScheme: "light" }, root: {} },
  dark: { context: { colorScheme: "dark" }, root: { "data-scheme": "dark" } },
  "right to left": { context: { colorScheme: "light" }, root: { dir: "rtl", lang: "ar" } },
  "forced colours": { context: { forcedColors: "active", colorScheme: "light" }, root: {} },
};

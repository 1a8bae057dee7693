/**
 * A supervisor before a consumer's page: opens it, waits until the button can be pressed, presses it with the mouse, or
 * writes to the agent, and sees what came of it, on the page and on the wire. Nothing here knows with what the page was made.
 */
import assert from "node:assert/strict";

/** Opens a page in a context of its own; `trouble` is all that a developer would see in red or yellow. */
export async function open(browser, url) {
  const page = await (await browser.newContext()).newPage();
  const trouble = [];
  const files = [];
  const requests = [];
  page.on("console", (message) => {
    // No console here has an icon.
    if (message.location().url.endsWith("/favicon.ico")) return;
    if (["error", "warning"].includes(message.type())) trouble.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => trouble.push(`uncaught: ${error.stack}`));
  page.on("requestfailed", (request) => trouble.push(`${request.url()}: ${request.failure().errorText}`));
  page.on("request", (request) => requests.push(request));
  page.on("response", (response) => {
    if (response.status() >= 400) trouble.push(`${response.url()}: ${response.status()}`);
    if (new URL(response.url()).pathname.endsWith(".wasm")) files.push(response);
  });
  await page.goto(url);
  const button = page.getByRole("button", { name: "Barge in" });
  return { page, button, trouble, files, requests };
}

/** Waits until the button can be pressed. */
export async function untilReady({ page, button, trouble }) {
  const ready = button.and(page.locator(":not(:disabled, [aria-disabled=true])"));
  await ready.waitFor().catch((error) => {
    throw new Error(`the button never was ready; ${trouble.join("\n") || "nothing was said about it"}`, { cause: error });
  });
}

/**
 * Barges in to a session of the simulator and checks all that a consumer is promised: its own words, its headers on
 * each request, its handler called, one POST, and nothing to complain of. The page shows in its `<output>` of which session
 * its handler was told.
 */
export async function bargeIn(opened, sim, id, name, inline = false) {
  const { page, button } = opened;
  await untilReady(opened);
  assert.equal(await page.locator("output").textContent(), "", "told before the press");
  assert.equal((await sim.operations(id)).length, 0, "sent before the press");
  await button.click();
  await page.locator("output", { hasText: id }).waitFor();
  await page.getByText("You are in.").waitFor();

  const operations = await sim.operations(id);
  assert.deepEqual(operations.map(({ operation, status }) => [operation, status]), [["SwitchToBargeIn", 200]]);
  const { messages } = await sim.get(`/sessions/${encodeURIComponent(id)}/view?as=customer`);
  assert.equal(messages.at(-1).type, "ParticipantRejoined", "the customer does not see the supervisor");

  promised(opened, name, inline);
}

/**
 * Whispers in a session of the simulator that is coached, and checks the same of a page with a panel. Its answer is held until
 * the message was seen waiting for it.
 */
export async function whisper(opened, sim, id, name) {
  const { page, trouble } = opened;
  const box = page.getByRole("textbox", { name: "Message to agents only" });
  await box.waitFor().catch((error) => {
    throw new Error(`there never was a message box; ${trouble.join("\n") || "nothing was said about it"}`, { cause: error });
  });
  let answer;
  const seen = new Promise((resolve) => (answer = resolve));
  await page.route(`**/api/v2/me/smssessions/${id}`, (route) => seen.then(() => route.continue()));
  await box.fill("Offer the refund");
  await page.getByRole("button", { name: "Whisper" }).click();
  const row = page.locator("[part=row]");
  await row.and(page.locator('[data-state="sending"][data-audience="agents"]')).filter({ hasText: "Offer the refund" }).waitFor();
  assert.equal(await page.locator("output").textContent(), "", "told before it is sent");
  answer();
  await page.locator("output", { hasText: `Agents: ${id}` }).waitFor();
  await page.locator('[part=line][data-visibility="Agents"]', { hasText: "Offer the refund" }).waitFor();
  assert.equal(await row.count(), 0);
  assert.equal(await box.inputValue(), "");

  const operations = await sim.operations(id);
  assert.deepEqual(operations.map(({ operation, status }) => [operation, status]), [["SendToAgents", 200]]);
  const reads = async (who) => {
    const { messages } = await sim.get(`/sessions/${encodeURIComponent(id)}/view?as=${who}`);
    return messages.some(({ text }) => text === "Offer the refund");
  };
  assert.equal(await reads("agent"), true, "the agent does not see the whisper");
  assert.equal(await reads("customer"), false, "the customer sees the whisper");
  promised(opened, name);
}

/** The page's headers on each request, one file of WebAssembly, and nothing to complain of. */
function promised({ trouble, files, requests }, name, inline) {
  const asked = requests.filter((request) => new URL(request.url()).pathname.startsWith("/api/v2/") && request.method() !== "OPTIONS");
  assert.ok(asked.length > 4);
  for (const request of asked) assert.equal(request.headers()["x-console"], name, request.url());
  // Some servers have it fetched ahead, as a hint to the browser; some bundlers put it into the script.
  const kinds = new Set(files.map((file) => `${file.headers()["content-type"]} ${file.url()}`));
  if (inline) assert.equal(kinds.size, 0, "no WebAssembly file apart from the script");
  else assert.match([...kinds].join(), /^application\/wasm [^,]+$/, "one WebAssembly file, apart from the script");
  assert.deepEqual(trouble, []);
}

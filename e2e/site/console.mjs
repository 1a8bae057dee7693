/** The console demo in the site, on the simulator in the page. */
import { test } from "node:test";
import { sites } from "./site.mjs";

const shared = sites();
const PATH = "/console/index.html";

/** Waits for a state; after a restart of the server that may take as long as the back-off, which is random. */
async function until(page, state, reason) {
  const shown = page.locator(`.seat .barge-in[data-state="${state}"]${reason ? `[data-reason="${reason}"]` : ""}`);
  try {
    await shown.waitFor({ state: "attached", timeout: 90_000 });
  } catch {
    const is = await page.locator(".seat .barge-in").evaluateAll((all) => all.map(({ dataset }) => ({ ...dataset })));
    throw new Error(`waited for ${state} ${reason ?? ""}, is ${JSON.stringify(is)}`);
  }
}

async function trigger(page, fault) {
  const toggle = page.locator(".drawer-toggle");
  if ((await toggle.getAttribute("aria-expanded")) === "false") await toggle.click();
  await page.locator(`[data-fault="${fault}"]`).click();
  await page.locator(".drawer-said").waitFor();
}

const press = (page) => page.locator('.seat [part="button"]').click();

test("sessions play, a press is joined; with the network cut, a refusal, a restart and a login are shown", async () => {
  const page = await shared.page(PATH);
  await until(page, "ready");
  await page.locator("[data-session]").nth(2).waitFor();
  await page.context().setOffline(true);
  await trigger(page, "refuse");
  await press(page);
  await until(page, "unavailable", "refused");
  await page.locator("[data-session]", { hasText: "Hanna Kowalski" }).click();
  await until(page, "ready");
  await press(page);
  await until(page, "joined");
  await trigger(page, "elsewhere-monitor");
  await until(page, "ready");
  await trigger(page, "sign-out");
  await until(page, "unavailable", "unauthenticated");
  await trigger(page, "sign-in");
  await until(page, "ready");
  await trigger(page, "restart");
  await until(page, "unavailable", "disconnected");
  await until(page, "ready");
});

test("a browser without WebAssembly says so", async () => {
  const page = await shared.page(PATH, { before: (page) => page.addInitScript(() => delete window.WebAssembly) });
  await page.locator("p", { hasText: "this browser has no WebAssembly" }).waitFor();
});

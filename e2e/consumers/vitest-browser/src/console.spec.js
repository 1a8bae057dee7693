import { simulate } from "barge-in/sim"; // before what imports barge-in
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { page } from "vitest/browser";
import { show } from "./console.js";

let gws;
beforeEach(async () => (gws = await simulate({ scenario: "none" })));
afterEach(() => {
  document.body.replaceChildren();
  gws.stop();
});

const button = page.getByRole("button", { name: "Barge in" });

test("a press is joined, and written to the audit log", async () => {
  const audit = vi.fn();
  const id = gws.addSession();
  show(id, audit);
  await button.click();
  await expect.element(page.getByText("You have joined.")).toBeVisible();
  expect(audit).toHaveBeenCalledExactlyOnceWith(id);
  expect(gws.log().filter(({ operation }) => operation === "SwitchToBargeIn")).toHaveLength(1);
});

test("a refusal is shown in the server's words", async () => {
  show(gws.addSession(), vi.fn());
  await expect.element(button).toBeEnabled();
  gws.refuseNext("SwitchToBargeIn", { statusCode: 5, statusMessage: "Not on a Friday" });
  await button.click();
  await expect.element(page.getByText("Not on a Friday")).toBeVisible();
});

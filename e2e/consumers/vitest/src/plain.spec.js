import { expect, test, vi } from "vitest";
import { show } from "./console.js";

test("without barge-in/testing the button stands in, and says why it is off", async () => {
  const complain = vi.fn();
  const button = show("0004", vi.fn(), complain);
  await vi.waitFor(() => expect(button.reason).toBe("unsupported"));
  expect(button.shadowRoot.querySelector("button").textContent).toBe("Barge in");
  expect(complain).toHaveBeenCalledWith("unsupported");
});

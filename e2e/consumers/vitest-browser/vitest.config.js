import { playwright } from "@vitest/browser-playwright";
import { defineConfig } from "vitest/config";

// The Chromium of this machine, so that Playwright fetches none.
const launchOptions = { executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] };

export default defineConfig({
  optimizeDeps: { exclude: ["barge-in"] },
  test: {
    browser: {
      enabled: true,
      headless: true,
      provider: playwright({ launchOptions }),
      instances: [{ browser: "chromium" }],
    },
  },
});

/** The package in the tests of consoles: Vitest, in Node and in Chromium, Storybook, and Jest. */
import assert from "node:assert/strict";
import { join } from "node:path";
import { startStatic } from "../sim/static.mjs";
import { stage } from "./support/stage.mjs";
import { open } from "./support/supervisor.mjs";

const shared = stage();
const { consumer } = shared;

consumer("vitest", async (context, folder, script) => {
  for (const environment of ["jsdom", "happy-dom"]) await context.test(`tests pass in ${environment}`, () => script(environment));
});

consumer("vitest-browser", (context, folder, script) => context.test("tests pass in Chromium, without a server", () => script("test")));

/** What each story shows before and after a press. */
const STORIES = {
  ready: ["ready", "You have joined."],
  refused: ["ready", "Not on a Friday"],
  joined: ["joined"],
};

consumer("storybook", async (context, folder, script) => {
  await context.test("builds", () => script("build"));
  for (const [name, [state, words]] of Object.entries(STORIES)) {
    await context.test(`the story ${name} has a server of its own, on a static host`, async () => {
      const host = await startStatic({ folder: join(folder, "dist"), policy: "" });
      try {
        const { page, button, trouble } = await open(shared.browser, `${host.url}/iframe.html?id=barge-in--${name}&viewMode=story`);
        await page.locator(`barge-in-button:state(${state})`).waitFor();
        if (words) {
          await button.click();
          await page.getByText(words).waitFor();
        }
        assert.deepEqual(trouble, []);
        assert.deepEqual(host.asked.filter((path) => /\/(api|control)\//.test(path)), []);
        await page.context().close();
      } finally {
        host.close();
      }
    });
  }
});

consumer("jest", (context, folder, script) => context.test("tests pass", () => script("test")));

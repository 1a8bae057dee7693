import { sveltekit } from "@sveltejs/kit/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [sveltekit()],
  optimizeDeps: { exclude: ["barge-in"] }, // Vite 7 and older; Vite 8 does without
  server: { proxy: { "/api": process.env.GWS_URL } },
});

import node from "@astrojs/node";
import { defineConfig } from "astro/config";

export default defineConfig({
  output: "server",
  adapter: node({ mode: "standalone" }),
  vite: {
    optimizeDeps: { exclude: ["barge-in"] }, // Astro 5 has Vite 6
    server: { proxy: { "/api": process.env.GWS_URL } },
  },
});

import { reactRouter } from "@react-router/dev/vite";
import { defineConfig } from "vite";

export default defineConfig({
  plugins: [reactRouter()],
  optimizeDeps: { exclude: ["barge-in"] }, // Vite 7 and older; Vite 8 does without
  server: { proxy: { "/api": process.env.GWS_URL } },
});

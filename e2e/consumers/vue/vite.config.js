import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

const isCustomElement = (tag) => tag.startsWith("barge-in-");

export default defineConfig({
  plugins: [vue({ template: { compilerOptions: { isCustomElement } } })],
  optimizeDeps: { exclude: ["barge-in"] }, // Vite 7 and older; Vite 8 does without
  server: { proxy: { "/api": process.env.GWS_URL } },
});

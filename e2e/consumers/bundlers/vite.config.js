import { defineConfig } from "vite";

export default defineConfig({
  build: { lib: { entry: "src/console.js", formats: ["es"], fileName: () => "main.js" }, outDir: "out/vite-library" },
});

export default defineNuxtConfig({
  app: { head: { htmlAttrs: { lang: "en" }, title: "Console in Nuxt" } },
  css: ["barge-in/placeholder.css"],
  vue: { compilerOptions: { isCustomElement: (tag) => tag === "barge-in-button" } },
  vite: { optimizeDeps: { exclude: ["barge-in"] } }, // Nuxt 4 has Vite 7
  nitro: { devProxy: { "/api": `${process.env.GWS_URL}/api` } },
  telemetry: false,
});

export default defineNuxtConfig({
  app: { head: { htmlAttrs: { lang: "en" }, title: "Console in Nuxt" } },
  css: ["barge-in/placeholder.css"],
  vue: { compilerOptions: { isCustomElement: (tag) => tag === "barge-in-button" } },
  telemetry: false,
});

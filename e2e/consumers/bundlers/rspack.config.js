export default {
  mode: "production",
  entry: "./src/console.js",
  output: { path: `${import.meta.dirname}/out/rspack`, filename: "main.js" },
};

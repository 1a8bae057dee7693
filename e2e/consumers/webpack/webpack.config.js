export default {
  mode: "production",
  entry: "./src/console.js",
  output: { path: `${import.meta.dirname}/public` },
};

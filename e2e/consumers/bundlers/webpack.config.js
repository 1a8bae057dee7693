const console = (name, rules) => ({
  name,
  mode: "production",
  entry: "./src/console.js",
  output: { path: `${import.meta.dirname}/out/${name}`, filename: "main.js" },
  experiments: { asyncWebAssembly: true },
  module: { rules },
});

export default [
  console("webpack-wasm", [
    { test: /\.wasm$/, type: "webassembly/async", dependency: { not: ["url"] } }, // not what scripts name by URL
  ]),
  // As Create React App has it: what no other rule takes is a file.
  console("webpack-cra", [
    { oneOf: [{ test: /\.css$/, type: "asset/source" }, { exclude: [/^$/, /\.(js|mjs|jsx|ts|tsx)$/, /\.html$/, /\.json$/], type: "asset/resource" }] },
  ]),
];

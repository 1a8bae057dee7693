import resolve from "@rollup/plugin-node-resolve";

export default {
  input: "src/inline.js",
  plugins: [resolve()],
  output: [
    { file: "out/rollup/main.js", format: "es" },
    { file: "out/rollup-iife/main.js", format: "iife" },
  ],
};

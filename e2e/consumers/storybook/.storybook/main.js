export default {
  framework: "@storybook/web-components-vite",
  stories: ["../src/*.stories.js"],
};

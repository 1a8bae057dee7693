/** The navigation: every page by its Markdown file, in reading order. A document that is missing here fails the build. */

export const GROUPS = [
  ["Begin", ["README.md", "docs/quick-start.md", "docs/embedding.md", "docs/stacks.md", "docs/recipes.md"]],
  ["See it", ["docs/button.md", "docs/panel.md", "docs/reasons.md", "docs/misbehaving.md"]],
  ["Look up", ["docs/cheat-sheet.md", "docs/reference.md", "docs/theming.md", "docs/server-setup.md", "docs/simulator.md", "docs/glossary.md"]],
  ["Decide", ["docs/faq.md", "docs/support.md", "docs/accessibility.md", "docs/accessibility-checklist.md", "docs/privacy.md", "SECURITY.md"]],
  ["How it is built", ["ARCHITECTURE.md", "CONTRIBUTING.md", "docs/faults.md", "docs/herd.md", "docs/benchmarks.md", "CHANGELOG.md"]],
];

/** Where the console demo is in the site. */
export const CONSOLE = "console/index.html";

/** The address of a Markdown file's page, so that relative links keep their form. */
export const address = (file) => file.replace(/(^|\/)README\.md$/, "$1index.md").replace(/\.md$/, ".html");

/** How a page is called in the navigation, by its title. */
export const called = (file, title) => (file === "README.md" ? "Start" : title);

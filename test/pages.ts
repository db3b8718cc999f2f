/** The text of each page, by its path. */
export const pages = import.meta.glob<string>(
  "/docs/content/docs/**/*.{md,mdx}",
  { query: "?raw", import: "default", eager: true },
);

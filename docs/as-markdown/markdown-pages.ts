/** An integration: each page as Markdown beside it, and lists of them. */
import { readFile, writeFile } from "node:fs/promises";
import type { AstroIntegration } from "astro";
import { type MarkdownPage, pageMarkdown } from "./page-markdown.ts";

type Item = string | { slug: string } | Group;
type Group = { label: string; items: Item[] };

const slugsOf = (item: Item): string[] =>
  typeof item === "string"
    ? [item]
    : "slug" in item
      ? [item.slug]
      : item.items.flatMap(slugsOf);

/** Of the pages that the sidebar names, in its order. */
export function markdownPages(
  title: string,
  sidebar: Item[],
): AstroIntegration {
  let origin = "";
  let base = "";
  return {
    name: "markdown-pages",
    hooks: {
      "astro:config:done": ({ config }) => {
        origin = config.site ? new URL(config.site).origin : "";
        base = config.base.replace(/\/$/, "");
      },
      "astro:build:done": async ({ dir }) => {
        const made = async (slug: string) => {
          const place = slug === "index" ? "" : `${slug}/`;
          const html = await readFile(
            new URL(`${place}index.html`, dir),
            "utf8",
          );
          const page = pageMarkdown(html, origin);
          await writeFile(new URL(`${slug}.md`, dir), page.markdown);
          return { ...page, address: `${origin}${base}/${slug}.md` };
        };
        const parts = await Promise.all(
          sidebar.map(async (item) => ({
            label: typeof item === "object" && "items" in item && item.label,
            pages: await Promise.all(slugsOf(item).map(made)),
          })),
        );
        const pages = parts.flatMap(({ pages }) => pages);
        const list = parts.map(
          ({ label, pages }) =>
            (label ? `\n## ${label}\n\n` : "") + pages.map(entry).join(""),
        );
        const head = `# ${title}\n\n> ${pages[0]?.description}\n\n`;
        await writeFile(new URL("llms.txt", dir), head + list.join(""));
        await writeFile(
          new URL("llms-full.txt", dir),
          pages.map(({ markdown }) => markdown).join("\n"),
        );
      },
    },
  };
}

const entry = (page: MarkdownPage & { address: string }) =>
  `- [${page.title}](${page.address}): ${page.description}\n`;

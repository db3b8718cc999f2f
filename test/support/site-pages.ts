import { globSync, readFileSync } from "node:fs";
import pMap from "p-map";
import type { BrowserContextOptions, Page } from "playwright-core";
import { openBrowser, serveSite } from "./site.ts";

/** The built pages, by their path below the site's home. */
const built = globSync("**/*.html", { cwd: "dist" })
  .filter((file) => /^<!doctype html/i.test(textOf(file))) // not a fragment
  .map((file) => file.replace(/index\.html$/, ""))
  .sort();

function textOf(file: string): string {
  return readFileSync(
    `dist/${file.replace(/(\/|^)$/, "$1index.html")}`,
    "utf8",
  );
}

const sources = built.filter((path) => path.startsWith("source/"));
const others = built.filter((path) => !sources.includes(path));

/**
 * Every page of the built site. Of those that show a whole file, and are all
 * made alike, two: the one of the longest name, and of the longest file.
 */
export function sitePages(): string[] {
  const most = (size: (path: string) => number) =>
    sources.reduce((a, b) => (size(a) < size(b) ? b : a));
  const longestFile = most((path) => textOf(path).length);
  return [...others, most((path) => path.length), longestFile];
}

/** The pages that have a lab. */
export const labPages = () =>
  others.filter((path) => textOf(path).includes("<crash-lab"));

/**
 * Has each of the pages visited in a context of its own, which has cached
 * nothing, and gives what is found at each.
 */
export async function visitEach<Found>(
  paths: string[],
  options: BrowserContextOptions,
  visit: (page: Page, address: string) => Promise<Found>,
): Promise<Found[]> {
  const browser = await openBrowser();
  const site = await serveSite("dist");
  try {
    return await pMap(
      paths,
      async (path) => {
        const context = await browser.newContext(options);
        const page = await context.newPage();
        const found = await visit(page, site.home + path);
        await context.close();
        return found;
      },
      { concurrency: 2 },
    );
  } finally {
    await browser.close();
    site.close();
  }
}

import axe from "axe-core";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sitePages, visitEach } from "../support/site-pages.ts";

/** What axe finds and nobody can mend from outside, with the reason. */
const exceptions = [
  {
    found: /^label-content-name-mismatch button\[data-open-modal/,
    why: "Starlight's search button is named Search, and shows its keys, too",
  },
  {
    found: /^landmark-unique .*pre\b/,
    why: "Expressive Code calls code that scrolls a region, and does not name it; a browser takes one without a name for no landmark",
  },
];

async function violations(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll("main details"))
      folded.setAttribute("open", "");
  });
  // Code that scrolls is put in the order of the Tab key a moment later.
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".expressive-code pre")].every(
      (pre) =>
        pre.scrollWidth <= pre.clientWidth || pre.hasAttribute("tabindex"),
    ),
  );
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() =>
    window.axe.run({ resultTypes: ["violations"] }),
  );
  return violations
    .flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id} ${target}`))
    .filter((line) => !exceptions.some(({ found }) => line.match(found)));
}

declare global {
  interface Window {
    axe: typeof axe;
  }
}

// A page differs by theme and by width, but not by both at once.
test.for([
  { colorScheme: "light", viewport: { width: 390, height: 844 } },
  { colorScheme: "dark", viewport: { width: 1280, height: 800 } },
] as const)(
  "axe finds nothing to mend on any page, $colorScheme and $viewport.width wide",
  async (options) => {
    const found = await visitEach(sitePages(), options, violations);
    expect(found).toEqual([]);
  },
);

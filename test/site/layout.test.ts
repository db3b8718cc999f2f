import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sitePages, visitEach } from "../support/site-pages.ts";

const widths = [320, 390, 1280];

/** At which width the page is wider than what it is looked at through. */
async function scrollsSideways(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    const [content = 0, view = 0] = await page.evaluate(() => [
      document.documentElement.scrollWidth,
      document.documentElement.clientWidth,
    ]);
    if (content > view) found.push(`is ${content} wide at ${width}`);
  }
  return found;
}

// A theme changes colours alone.
test("no page scrolls sideways, on a narrow phone, on a phone, and at a desk", async () => {
  expect(await visitEach(sitePages(), {}, scrollsSideways)).toEqual([]);
});

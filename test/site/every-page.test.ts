import type { Page } from "playwright-core";
import { beforeAll, expect, test } from "vitest";
import { foundByAxe } from "../support/found-by-axe.ts";
import { loadOf } from "../support/load.ts";
import { sitePages, visitEach } from "../support/site-pages.ts";

const widths = [320, 390, 1280];
/** For axe: a phone has the layout of a narrow one. */
const layouts = [320, 1280];

const parts = {
  text: "p, li, h1, h2, h3, td",
  code: "pre",
  drawing: "svg, img",
};

/** How much of each kind is to be seen in the page's content. */
async function contentOf(page: Page): Promise<string> {
  const found = await page.evaluate((parts) => {
    const isSeen = (each: Element) => each.checkVisibility();
    return Object.entries(parts).map(([kind, selector]) => {
      const found = document.querySelectorAll(
        `main :is(${selector}):not(crash-lab *)`,
      );
      return `${kind}: ${[...found].filter(isSeen).length}`;
    });
  }, parts);
  return found.join();
}

/** How much wider than the window the page is, if it is. */
async function sideways(page: Page): Promise<string[]> {
  const [content = 0, view = 0] = await page.evaluate(() => [
    document.documentElement.scrollWidth,
    document.documentElement.clientWidth,
  ]);
  return content > view ? [`is ${content} wide at ${view}`] : [];
}

/** All that is looked at in a page, which loads once for it. */
async function look(page: Page, address: string) {
  const load = { ...(await loadOf(page, address)) };
  load.said = [...load.said]; // and not what axe makes it say
  const content = await contentOf(page);
  const wide: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    wide.push(...(await sideways(page)));
  }
  return { load, content, wide, axe: await foundByAxe(page, layouts) };
}

const pages = sitePages();
let seen: Awaited<ReturnType<typeof look>>[];
beforeAll(async () => {
  seen = await visitEach(pages, {}, look);
});
type Seen = (typeof seen)[number];

/** The pages of which something is to be said, with that. */
const pagesWith = (say: (of: Seen) => string[]) =>
  seen.flatMap((each, nth) =>
    say(each).map((line) => `/${pages[nth]} ${line}`),
  );

/** What a page may be to download before a click, compressed. */
const budget = { bytes: 70 * 1024, scriptBytes: 12 * 1024, requests: 20 };

test.for(Object.entries(budget))(
  "before a click no page is more to load than its budget: %s",
  ([what, most]) => {
    const amount = ({ load }: Seen) => load[what as keyof typeof budget];
    const all = seen.map((each, nth) => ({ size: amount(each), nth }));
    const [largest] = all.toSorted((a, b) => b.size - a.size);
    console.log(
      `${what}: at most ${largest?.size} /${pages[largest?.nth ?? 0]}`,
    );
    expect(
      pagesWith((each) => (amount(each) > most ? [`${amount(each)}`] : [])),
    ).toEqual([]);
  },
);

test("no page asks anything of another place", () => {
  expect(pagesWith(({ load }) => load.elsewhere)).toEqual([]);
});

test("no page writes a line to the console", () => {
  expect(pagesWith(({ load }) => load.said)).toEqual([]);
});

test("axe finds nothing to mend on any page, light and dark, on a narrow phone and at a desk", () => {
  expect(seen.length).toBeGreaterThan(40);
  expect(pagesWith(({ axe }) => axe)).toEqual([]);
});

// A theme changes colours alone.
test("no page scrolls sideways, on a narrow phone, on a phone, and at a desk", () => {
  expect(pagesWith(({ wide }) => wide)).toEqual([]);
});

/** What can be pressed, and is answered by a script alone. */
const buttons = "button:not([popovertarget]), select";

test("without JavaScript every page has its text, its code and its drawings, and no button that does nothing", async () => {
  const without = await visitEach(
    pages,
    { javaScriptEnabled: false },
    async (page, address) => {
      await page.goto(address);
      const dead = await page.evaluate(
        (buttons) =>
          [...document.querySelectorAll(buttons)]
            .filter((each) => each.checkVisibility())
            .map((each) => each.outerHTML.slice(0, 80)),
        buttons,
      );
      return { content: await contentOf(page), dead };
    },
  );
  for (const [nth, { content, dead }] of without.entries()) {
    expect(dead, pages[nth]).toEqual([]);
    expect(content, pages[nth]).toBe(seen[nth]?.content);
  }
});

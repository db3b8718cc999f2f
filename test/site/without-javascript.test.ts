import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { sitePages, visitEach } from "../support/site-pages.ts";

const parts = {
  text: "p, li, h1, h2, h3, td",
  code: "pre",
  drawing: "svg, img",
};

/** How much of each kind is to be seen in the page's content. */
function contentOf(page: Page) {
  return page.evaluate((parts) => {
    const isSeen = (each: Element) => each.checkVisibility();
    return Object.entries(parts).map(([kind, selector]) => {
      const found = document.querySelectorAll(
        `main :is(${selector}):not(crash-lab *)`,
      );
      return `${kind}: ${[...found].filter(isSeen).length}`;
    });
  }, parts);
}

/** What can be pressed, and is answered by a script alone. */
const buttons = "button:not([popovertarget]), select";

/** What a page lacks, or offers in vain, when its scripts do not run. */
async function lostIn(page: Page, address: string): Promise<string[]> {
  await page.goto(address);
  const without = await contentOf(page);
  const dead = await page.evaluate(
    (buttons) =>
      [...document.querySelectorAll(buttons)]
        .filter((each) => each.checkVisibility())
        .map(
          (each) => `has ${each.outerHTML.slice(0, 80)}, which does nothing`,
        ),
    buttons,
  );
  const scripted = await page.context().browser()?.newPage();
  await scripted?.goto(address);
  const whole = scripted ? await contentOf(scripted) : [];
  await scripted?.close();
  return whole.join() === without.join()
    ? dead
    : [...dead, `has ${without}, and with scripts ${whole}`];
}

test("without JavaScript every page has its text, its code and its drawings, and no button that does nothing", async () => {
  const found = await visitEach(
    sitePages(),
    { javaScriptEnabled: false },
    lostIn,
  );
  expect(found).toEqual([]);
});

test("without JavaScript the menu of a phone opens, and a lab says what it needs", async () => {
  const viewport = { width: 390, height: 844 };
  const options = { javaScriptEnabled: false, viewport };
  await visitEach(["crash-lab/"], options, async (page, address) => {
    await page.goto(address);
    await page.getByRole("button", { name: "Menu" }).click();
    await page.getByRole("link", { name: "Glossary" }).click();
    await page.waitForURL(/glossary/);
    await page.goBack();
    expect(await page.locator("crash-lab").innerText()).toMatch(
      /needs JavaScript/,
    );
    return [];
  });
});

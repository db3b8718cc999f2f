import type { Browser, Page } from "playwright-core";
import { openPage } from "./lab-page.ts";

/** A page that is at rest, which is when Starlight sets its search up. */
export async function openAtRest(
  browser: Browser,
  address: string,
  excused?: RegExp,
) {
  const page = await openPage(browser, address, undefined, excused);
  await page.evaluate(
    () => new Promise<unknown>((then) => requestIdleCallback(then)),
  );
  await page.waitForLoadState("networkidle");
  return page;
}

/** What opens the search. */
export const button = (page: Page) =>
  page.getByRole("button", { name: "Search", exact: true });
/** Waits for the field, which has the focus as soon as it is there. */
export const field = (page: Page) =>
  page.locator("dialog input:focus").waitFor();

/** Types into the search, which is open, and hears what is found. */
export async function find(page: Page, words: string) {
  await field(page);
  await page.keyboard.type(words);
  const found = page.locator(
    ".pagefind-ui__result > * > .pagefind-ui__result-title a",
  );
  await found.first().waitFor();
  return found;
}

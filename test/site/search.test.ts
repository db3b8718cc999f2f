import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import {
  button,
  field,
  find,
  openAtRest as open,
} from "../support/search-page.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();

const openAtRest = (address: string, excused?: RegExp) =>
  open(site.browser, address, excused);

test("before anybody searches, a page has at most 12 KB of scripts, compressed, and none of the search's interface", async () => {
  for (const path of ["", "the-problem/", "failure-modes/", "crash-lab/"]) {
    const page = await openAtRest(site.home + path);
    const loaded = await page.evaluate(() =>
      performance.getEntriesByType("resource").map(({ name }) => name),
    );
    const scripts = loaded.filter((url) => url.endsWith(".js"));
    const bytes = scripts
      .map((url) => readFileSync(`dist${new URL(url).pathname}`))
      .reduce((sum, script) => sum + gzipSync(script).length, 0);
    console.log(`/${path}: ${bytes} bytes of scripts`);
    expect(scripts).not.toEqual([]);
    expect(bytes, path).toBeLessThanOrEqual(12 * 1024);
    expect(scripts.join()).not.toMatch(/ui-core|pagefind/);
  }
});

test("the search opens by a click, by the keyboard and by its keys, and gives the focus back when it is closed", async () => {
  const byKeys = (page: Page) => page.keyboard.press("Control+k");
  const ways = [
    (page: Page) => button(page).click(),
    async (page: Page) => {
      await button(page).focus();
      await page.keyboard.press("Enter");
    },
    byKeys,
  ];
  for (const way of ways) {
    const page = await openAtRest(`${site.home}the-problem/`);
    await way(page);
    await field(page);
    await page.keyboard.press("Escape");
    expect(await page.locator("dialog").isVisible()).toBe(false);
    if (way !== byKeys)
      expect(await button(page).evaluate((it) => it.matches(":focus"))).toBe(
        true,
      );
    await way(page);
    await find(page, "idempotency key");
    await page.keyboard.press("Tab"); // over the button that clears
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname !== "/the-problem/");
  }
});

/** What people type, and the page that answers it. */
const answers = {
  Never: "who-does-what/",
  "exactly once": "the-shape/run/",
  compensation: "failure-modes/",
  "how do I run it": "the-shape/run/",
  install: "",
  production: "two-banks/take/",
  deploy: "many-machines/before-you-deploy/",
  observability: "two-banks/reversal-fails/",
  "distributed transaction": "when-to-use/",
  reversal: "two-banks/reversal-fails/",
  setDependency: "primitives/dependencies-and-client/",
  lease: "crash-matrix/leases/",
  retry: "primitives/retries/",
  "INSERT OR IGNORE": "the-shape/",
  idempotency: "glossary/",
  "kill -9": "failure-modes/by-hand/",
  Python: "from-python/",
};

test("what people type leads first to the page that answers it", async () => {
  const page = await openAtRest(`${site.home}claims/`);
  await button(page).click();
  const first: Record<string, string> = {};
  for (const words of Object.keys(answers)) {
    await field(page);
    await page.locator("dialog input").fill("");
    const found = await find(page, words);
    await page.getByText(new RegExp(`results? for ${words}$`)).waitFor();
    first[words] = (await found.first().getAttribute("href")) ?? "";
  }
  expect(first).toEqual(
    Object.fromEntries(
      Object.entries(answers).map(([words, path]) => [words, `/${path}`]),
    ),
  );
});

test("a search that does not load says so, and loads when it is opened again", async () => {
  const page = await openAtRest(`${site.home}the-problem/`, /ERR_FAILED/);
  await page.route("**/ui-core*", (route) => route.abort());
  await button(page).click();
  await page.getByText("The search did not load.").waitFor();
  await page.unroute("**/ui-core*");
  await page.keyboard.press("Escape");
  await button(page).click();
  await find(page, "saga");
  expect(await page.getByText("did not load").count()).toBe(0);
});

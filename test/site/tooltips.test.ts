import type { BrowserContextOptions, Page } from "playwright-core";
import { expect, test } from "vitest";
import { openPage } from "../support/lab-page.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();

const phone = { viewport: { width: 390, height: 844 } };
const open = (
  path: string,
  options: BrowserContextOptions = {},
  excused?: RegExp,
) =>
  openPage(
    site.browser,
    site.home + path,
    { reducedMotion: "reduce", ...options },
    excused,
  );

const tooltip = (page: Page) => page.getByRole("tooltip");
const name = (page: Page, says: string) =>
  page.locator("[data-type]", { hasText: new RegExp(`^${says}$`) }).first();

/** What the tooltip says, all of it within the window. */
async function said(page: Page): Promise<string> {
  await tooltip(page).waitFor();
  const box = await tooltip(page).boundingBox();
  const window = page.viewportSize();
  if (!box || !window) throw new Error("it has no place");
  expect(box.x).toBeGreaterThanOrEqual(0);
  expect(box.x + box.width).toBeLessThanOrEqual(window.width);
  expect(box.y).toBeGreaterThanOrEqual(0);
  expect(box.y + box.height).toBeLessThanOrEqual(window.height);
  return (await tooltip(page).textContent()) ?? "";
}

const isGone = (page: Page) => tooltip(page).waitFor({ state: "hidden" });

test("a link to the glossary shows what the glossary says, to a pointer and to the keyboard, until Escape", async () => {
  const page = await open("glossary/#lease", phone);
  const meaning = await page.locator("#lease").evaluate((head) => {
    const entry = head.closest(".sl-heading-wrapper")?.nextElementSibling;
    return entry?.textContent?.replace(/\s+/g, " ");
  });
  await page.goto(`${site.home}crash-matrix/leases/`);
  const link = page.locator("main a[href$='/glossary/#lease']").first();
  for (const way of ["hover", "focus"] as const) {
    await page.mouse.move(0, 0);
    await isGone(page);
    await link[way]();
    expect(await said(page)).toBe(meaning);
    await page.keyboard.press("Escape");
    await isGone(page);
    await link.blur();
  }
});

test("a name in code shows its type to a pointer, which may go on to the tooltip, and leaves it", async () => {
  const page = await open("the-shape/");
  await name(page, "transferMoney").hover();
  expect(await said(page)).toMatch(
    /^function transferMoney\(ctx: Context, order: Order\): Generator<.*\nThe saga: /s,
  );
  await tooltip(page).hover();
  expect(await said(page)).toMatch(/^function transferMoney/);
  await page.mouse.move(0, 0);
  await isGone(page);
});

test("the keyboard comes to one name of a block, and arrows lead to the others, folded ones excepted", async () => {
  const page = await open("crash-matrix/how/", phone);
  const block = page.locator(".shown", { has: page.locator(".ec-section") });
  const names = block.first().locator("[data-type]");
  const stops = block.first().locator("[data-type][tabindex]");
  expect(await stops.count()).toBe(1);
  await stops.focus();
  const types = await block.first().getAttribute("data-types");
  const address = `${new URL(types ?? "", site.home)}`;
  const all = await (await page.request.get(address)).json();
  const visible = await names.evaluateAll(
    (found, types) =>
      (found as HTMLElement[])
        .filter((each) => each.checkVisibility())
        .map((each) => types[Number(each.dataset["type"])]),
    all,
  );
  const seen = [await said(page)];
  const focus = page.locator("[data-type]:focus");
  while (seen.length < visible.length) {
    await page.keyboard.press("ArrowRight");
    await expect
      .poll(() => focus.getAttribute("aria-describedby"))
      .toBe("tooltip");
    seen.push(await said(page));
  }
  expect(seen).toEqual(visible);
  expect(visible.length).toBeLessThan(await names.count());
  await page.keyboard.press("Home");
  expect(await said(page)).toBe(visible[0]);
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowLeft");
  expect(await said(page)).toBe(visible.at(-2));
  expect(await stops.count()).toBe(1);
  await page.keyboard.press("Escape");
  await isGone(page);
});

test("a finger on a name shows its type, and elsewhere sends it away", async () => {
  const touch = { ...phone, hasTouch: true, isMobile: true };
  const page = await open("the-shape/", touch);
  await name(page, "transferMoney").tap();
  expect(await said(page)).toMatch(/^function transferMoney/);
  await page.locator("h1").tap();
  await isGone(page);
  // Not every browser takes the focus from a name for that.
  await name(page, "transferMoney").tap();
  await tooltip(page).waitFor();
  await page.locator("h1").dispatchEvent("pointerdown");
  await isGone(page);
});

test("types are in no text that is searched, copied or read without them, and are loaded when one is asked for", async () => {
  const page = await open("the-shape/");
  const loaded: string[] = [];
  page.on("request", (request) => {
    if (request.url().includes("/types/")) loaded.push(request.url());
  });
  const text = await page.locator("main").textContent();
  const copies = await page
    .locator("[data-code]")
    .evaluateAll((all) => all.map((each) => each.getAttribute("data-code")));
  expect(loaded).toEqual([]);
  await name(page, "transferMoney").hover();
  const type = await said(page);
  await page.mouse.move(0, 0);
  await isGone(page);
  await name(page, "transferMoney").hover();
  expect(await said(page)).toBe(type);
  const [asked, ...more] = loaded;
  expect(asked).toMatch(/types\/snippets\/transfer\/transfer-money.ts.json$/);
  expect(more).toEqual([]);
  const markdown = await page.request.get(`${site.home}the-shape.md`);
  for (const without of [text, ...copies, await markdown.text()])
    expect(without?.includes(type)).toBe(false);
});

test("types that did not load are asked for again", async () => {
  const page = await open("the-shape/", {}, /Failed to load resource/);
  await page.route("**/types/**", (route) => route.abort(), { times: 1 });
  const failed = page.waitForEvent("requestfailed");
  await name(page, "transferMoney").hover();
  await failed;
  await page.mouse.move(0, 0);
  await name(page, "transferMoney").hover();
  expect(await said(page)).toMatch(/^function transferMoney/);
});

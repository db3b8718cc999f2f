import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { LabPage, openPage } from "../support/lab-page.ts";
import { labPages } from "../support/site-pages.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();

const desk = { width: 1280, height: 800 };
const phone = { width: 390, height: 844 };
const open = (path: string, viewport = desk) =>
  openPage(site.browser, site.home + path, {
    viewport,
    reducedMotion: "reduce",
  });

/** What has the focus, in words, and what is wrong with how that is seen. */
function focused(page: Page) {
  return page.evaluate(() => {
    const focus = document.activeElement;
    if (!focus || focus === document.body) return undefined;
    const { left, top, width, height } = focus.getBoundingClientRect();
    const [x, y] = [
      left + Math.min(width, 40) / 2,
      top + Math.min(height, 40) / 2,
    ];
    const drawn = document.elementFromPoint(x, y);
    // What is drawn around it, or around the label that it fills.
    const outlined = [focus, focus.parentElement].some(
      (each) => each && getComputedStyle(each).outlineStyle !== "none",
    );
    const hidden = !drawn || !(focus.contains(drawn) || drawn.contains(focus));
    return {
      name: `${focus.tagName} ${focus.getAttribute("aria-label") ?? focus.textContent?.trim().slice(0, 60)}`,
      problem: hidden ? "is hidden" : outlined ? "" : "has no outline",
      count: [...document.querySelectorAll("*")].indexOf(focus),
    };
  });
}

/** Presses Tab until `name` has the focus. */
async function tabTo(page: Page, name: RegExp) {
  const passed: string[] = [];
  while (!passed.at(-1)?.match(name)) {
    expect(passed.length, `${name} is not among ${passed}`).toBeLessThan(300);
    await page.keyboard.press("Tab");
    passed.push((await focused(page))?.name ?? "");
  }
}

test.for([desk, phone])(
  "on a page with a lab, $width wide, the Tab key leads past everything and out again, and what has the focus is seen",
  async (viewport) => {
    expect(labPages().length).toBeGreaterThan(0);
    for (const path of labPages()) {
      const page = await open(path, viewport);
      const problems: string[] = [];
      const seen = new Set<number>();
      const names: string[] = [];
      while (true) {
        await page.keyboard.press("Tab");
        const stop = await focused(page);
        if (!stop) break;
        expect(seen, `${stop.name} is come to twice`).not.toContain(stop.count);
        seen.add(stop.count);
        names.push(stop.name);
        if (stop.problem)
          problems.push(`${path}: ${stop.name} ${stop.problem}`);
      }
      expect(problems).toEqual([]);
      expect(names).toContain("BUTTON Search");
      expect(names.join()).toMatch(/BUTTON (Crash it here|Kill the worker)/);
    }
  },
);

test("with the keyboard alone a reader skips to the content, follows the navigation, and sets the theme", async () => {
  const page = await open("crash-lab/");
  await tabTo(page, /^A Skip to content/);
  await page.keyboard.press("Enter");
  expect(new URL(page.url()).hash).toBe("#_top");
  await page.reload();
  await tabTo(page, /^SELECT/);
  for (const theme of ["light", "dark"]) {
    await page.keyboard.press("ArrowUp");
    await expect
      .poll(() => page.locator("html").getAttribute("data-theme"))
      .toBe(theme);
  }
  await tabTo(page, /^A .*Glossary/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/glossary/);
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
});

test("with the keyboard alone a reader finds a page by its words, and leaves the search where it was begun", async () => {
  const page = await open("crash-lab/");
  const field = page.locator("dialog input:focus");
  await tabTo(page, /^BUTTON Search/);
  await page.keyboard.press("Enter");
  await field.waitFor();
  await page.keyboard.press("Escape");
  await page.locator("dialog").waitFor({ state: "hidden" });
  expect((await focused(page))?.name).toBe("BUTTON Search");
  await page.keyboard.press("Enter");
  await field.waitFor();
  await page.keyboard.type("idempotency");
  await page.locator("dialog .pagefind-ui__result").first().waitFor();
  await tabTo(page, /^A /);
  await page.keyboard.press("Enter");
  await page.waitForURL((url) => !url.pathname.includes("crash-lab"));
});

test("with the keyboard alone a reader on a phone opens the menu, and goes on from there", async () => {
  const page = await open("crash-lab/", phone);
  const menu = page.locator("#starlight__sidebar");
  await tabTo(page, /^BUTTON Menu/);
  await page.keyboard.press("Enter");
  await menu.waitFor();
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "hidden" });
  expect((await focused(page))?.name).toBe("BUTTON Menu");
  await page.keyboard.press("Enter");
  await tabTo(page, /^A .*Glossary/);
  await page.keyboard.press("Enter");
  await page.waitForURL(/glossary/);
});

test("with the keyboard alone a reader opens the lab", async () => {
  const page = await open("crash-lab/");
  await tabTo(page, /^BUTTON Crash it here/);
  await page.keyboard.press("Enter");
  await new LabPage(page).button("Step").waitFor();
});

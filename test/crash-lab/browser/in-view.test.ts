import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { LabPage, openPage } from "../../support/lab-page.ts";
import { useSite } from "../../support/use-site.ts";

const site = useSite();

/** Every lab there is: its page, and which of that page's labs it is. */
const labs: [path: string, nth: number][] = [
  ["", 0],
  ...[0, 1, 2, 3, 4].map((nth): [string, number] => ["failure-modes/", nth]),
  [
    "crash-lab/#amount=5000&meets=closed&fault=before:write-reversal&fault=after:write-reversal",
    0,
  ],
  ["crash-lab/#amount=5000&fault=frozen:write-credit", 0],
  ["exercises/", 0],
  ["exercises/", 1],
];
const parts = {
  steps: ".workers",
  money: ".money",
  status: ".told",
  ledger: ".entries",
  "marked line": ".ec-line:is(.now, .died)",
};
type Part = keyof typeof parts;

/** Which parts are not all in view, below what covers the page's top. */
function outOfView(lab: LabPage) {
  return lab.root.evaluate((root, parts) => {
    const covers = [
      ...document.querySelectorAll("header, mobile-starlight-toc"),
    ]
      .map((it) => it.getBoundingClientRect())
      .filter(({ height }) => height > 0);
    const top = Math.max(...covers.map(({ bottom }) => bottom));
    const isIn = (it: Element, box: { top: number; bottom: number }) => {
      const { top, bottom, left, right } = it.getBoundingClientRect();
      const { clientWidth } = document.documentElement;
      const fits = it.scrollHeight <= it.clientHeight + 1 || !it.clientHeight;
      const isWide = left < 0 || right > clientWidth;
      return fits && !isWide && top >= box.top - 1 && bottom <= box.bottom + 1;
    };
    const page = { top, bottom: innerHeight };
    const saga = root.querySelector(".saga")?.getBoundingClientRect() ?? page;
    return Object.entries(parts)
      .filter(([name, selector]) => {
        const found = [...root.querySelectorAll(selector)];
        const box = name === "marked line" ? saga : page;
        return !found.every((it) => isIn(it, box) && isIn(it, page));
      })
      .map(([name]) => name);
  }, parts);
}

/** The size of the smallest letters that the stage has, in pixels. */
function smallestText(lab: LabPage) {
  return lab.root.evaluate((root) => {
    const texts = document.createTreeWalker(
      root.querySelector(".stage") as Element,
      NodeFilter.SHOW_TEXT,
    );
    let smallest = Number.POSITIVE_INFINITY;
    while (texts.nextNode()) {
      const { textContent, parentElement } = texts.currentNode;
      if (!textContent?.trim() || !parentElement?.checkVisibility()) continue;
      const { fontSize } = getComputedStyle(parentElement);
      smallest = Math.min(smallest, Number.parseFloat(fontSize));
    }
    return smallest;
  });
}

const scrolled = (page: Page) => page.evaluate(() => scrollY);

/** Opened, with nothing begun, where it stands. */
async function openAt(page: Page, nth: number) {
  const lab = new LabPage(page, nth);
  const kill = lab.button("Kill the worker");
  if (await kill.isVisible()) {
    await kill.click();
    await lab.press("Start over");
  } else if (!page.url().includes("#")) await lab.press("Crash it here");
  await lab.root.locator(".next").filter({ hasText: /^$/ }).waitFor({
    state: "attached",
  });
  await lab.button("Step").waitFor();
  // It comes into view by itself, once it has followed its link.
  const bottom = () =>
    lab.root.locator(".stage").evaluate((it) => {
      const { bottom } = it.getBoundingClientRect();
      return bottom - innerHeight;
    });
  await expect.poll(bottom).toBeLessThanOrEqual(1);
  return lab;
}

/** One call further, or past a wait. Whether there was anything to do. */
async function goOn(lab: LabPage): Promise<boolean> {
  const told = () => lab.root.locator(".told").innerText();
  const before = (await told()).replace(/\d+ s/, "");
  const main = await lab.root.locator("button.main").innerText();
  if (main === "Ask by the same id again") return false;
  await lab.press(["Run", "Pause"].includes(main) ? "Step" : main);
  await expect
    .poll(async () => (await told()).replace(/\d+ s/, ""))
    .not.toBe(before);
  return true;
}

test.for([
  [1280, 800],
  [390, 844],
] as const)(
  "of each lab, all that matters is in view at every step, on a screen of %i × %i",
  { timeout: 300_000 },
  async ([width, height]) => {
    const table: Record<string, string> = {};
    for (const [path, nth] of labs) {
      const options = {
        reducedMotion: "reduce" as const,
        viewport: { width, height },
      };
      const refused = /Fence check failed/; // a worker tells so by itself
      const address = site.home + path;
      const page = await openPage(site.browser, address, options, refused);
      const lab = await openAt(page, nth);
      const from = await scrolled(page);
      const missing = new Map<Part, number>();
      let moments = 0;
      let marked = 0;
      do {
        moments += 1;
        marked += await lab.root.locator(parts["marked line"]).count();
        for (const part of (await outOfView(lab)) as Part[])
          missing.set(part, (missing.get(part) ?? 0) + 1);
        expect(await smallestText(lab)).toBeGreaterThanOrEqual(13);
        expect(await scrolled(page), `${path} ${nth}`).toBe(from);
      } while (await goOn(lab));
      expect(marked).toBeGreaterThan(moments); // most steps have several
      const row = Object.keys(parts).map((part) => {
        const seen = moments - (missing.get(part as Part) ?? 0);
        return `${part} ${Math.round((100 * seen) / moments)} %`;
      });
      table[`/${path} ${nth + 1}`] = row.join(", ");
      await page.context().close();
    }
    console.log(`${width} × ${height}`, table);
    const all = Object.keys(parts).map((part) => `${part} 100 %`);
    expect(new Set(Object.values(table))).toEqual(new Set([all.join(", ")]));
  },
);

import axe from "axe-core";
import type { Page } from "playwright-core";

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

/** A theme changes colours alone. */
const rules = {
  light: undefined,
  dark: ["color-contrast", "link-in-text-block"],
};

/** What axe finds in light and in dark, at each of these widths. */
export async function foundByAxe(page: Page, widths: number[]) {
  await page.evaluate(axe.source);
  await page.evaluate(() => {
    for (const folded of document.querySelectorAll("main details"))
      folded.setAttribute("open", "");
  });
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const)
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      await page.locator(`[data-theme=${colorScheme}]`).waitFor();
      for (const line of await violations(page, rules[colorScheme]))
        found.push(`${colorScheme}, ${width} wide: ${line}`);
    }
  return found;
}

async function violations(page: Page, rules?: string[]): Promise<string[]> {
  // Code that scrolls is put in the order of the Tab key a moment later.
  await page.waitForFunction(() =>
    [...document.querySelectorAll(".expressive-code pre")].every(
      (pre) =>
        pre.scrollWidth <= pre.clientWidth || pre.hasAttribute("tabindex"),
    ),
  );
  const { violations } = await page.evaluate(
    (rules) =>
      window.axe.run({
        resultTypes: ["violations"],
        ...(rules && { runOnly: { type: "rule", values: rules } }),
      }),
    rules,
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

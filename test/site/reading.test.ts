import { expect, test } from "vitest";
import { snippet } from "../../docs/notebook.ts";
import { openPage } from "../support/lab-page.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();

test("what is folded opens without JavaScript, and is on paper as a whole", async () => {
  const options = { javaScriptEnabled: false };
  const address = `${site.home}crash-matrix/how/`;
  const page = await openPage(site.browser, address, options);
  for (const [fold, within] of [
    [".proofs", ".proof"],
    [".ec-section", ".ec-line:not(summary *)"],
  ] as const) {
    const inside = page.locator(`${fold} ${within}`).last();
    expect(await inside.isVisible(), fold).toBe(false);
    await page.emulateMedia({ media: "print" });
    expect(await inside.isVisible(), fold).toBe(true);
    await page.emulateMedia({ media: "screen" });
    await page.locator(`${fold} summary`).last().click();
    expect(await inside.isVisible(), fold).toBe(true);
  }
});

test("what is copied of a file says which file it is of, and is all of what is shown, folded or not", async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  const address = `${site.home}crash-matrix/how/`;
  const page = await openPage(site.browser, address, { permissions });
  const { path, code } = snippet("", "crash/simulation.ts", "simulation");
  await page
    .locator(".shown", { hasText: path })
    .getByRole("button", { name: "Copy to clipboard" })
    .click();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe(`// ${path}\n${code}`);
});

test("on a phone, no line of a snippet is below the button that copies it", async () => {
  const options = {
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  };
  const page = await openPage(site.browser, `${site.home}the-shape/`, options);
  const shown = page.locator(".shown:has(figcaption)").first();
  const button = await shown.locator(".copy button").boundingBox();
  const first = await shown.locator(".ec-line").first().boundingBox();
  if (!button || !first) throw new Error("it is not shown");
  expect(button.y + button.height).toBeLessThanOrEqual(first.y);
});

test("SQL in a string has the colours of SQL: what is a word of it is set apart from what is a name", async () => {
  const page = await openPage(site.browser, `${site.home}the-shape/`);
  const schema = page.locator(".shown", { hasText: "transfer/schema.ts" });
  const colourOf = (text: string) =>
    schema
      .locator(".code span", { hasText: text })
      .first()
      .evaluate((token) => getComputedStyle(token).color);
  const colours = await Promise.all(
    ["CREATE", "only_row", "-- A closed"].map(colourOf),
  );
  expect(new Set(colours).size).toBe(3);
});

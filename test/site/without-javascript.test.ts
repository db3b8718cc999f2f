import { expect, test } from "vitest";
import { visitEach } from "../support/site-pages.ts";

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
  });
});

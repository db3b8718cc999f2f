import type { Page } from "playwright-core";
import { expect } from "vitest";
import { OnPage, openPage } from "./lab-page.ts";
import type { Site } from "./use-site.ts";

/** What a reader does who takes guards away, and what comes of it. */
export class FindOutPage extends OnPage {
  constructor(page: Page, nth?: number) {
    super(page, "find-out", nth);
  }

  async open() {
    await this.press("Find out here");
    await this.button("Find out").waitFor();
  }
  choose(lacks: string) {
    return this.root.locator(`input[value="${lacks}"]`).check();
  }
  /** Replaces the saga by one that is pasted. */
  async paste(code: string) {
    const text = this.root.locator(".cm-content");
    await text.press("Control+A");
    await text.evaluate((it, code) => {
      const clipboardData = new DataTransfer();
      clipboardData.setData("text/plain", code);
      const all = { clipboardData, bubbles: true, cancelable: true };
      it.dispatchEvent(new ClipboardEvent("paste", all));
    }, code);
  }
  /** Starts, and waits for what comes of it. */
  async find() {
    await this.press("Find out");
    const came = this.root.locator(".came :is(.harm, .none)");
    await came.waitFor({ timeout: 240_000 });
    const words = await this.root.locator(".came > ol li").allInnerTexts();
    const [tried = 0, seconds = 0] = (
      (await this.root.locator(".count").innerText()).match(/[\d.]+/g) ?? []
    ).map(Number);
    return { words: [...words, await came.innerText()], tried, seconds };
  }
  /** Where the lab is opened at what was found. */
  async link() {
    const [link] = await this.root.locator(".came a").all();
    return link?.getAttribute("href");
  }
}

/** Opened, on the page that takes guards away. */
export async function openFindOut(
  site: Site,
  excused = /^$/,
  path = "crash-matrix/guards/",
) {
  const address = site.home + path;
  const page = await openPage(site.browser, address, undefined, excused);
  const found = new FindOutPage(page);
  await found.open();
  await expect.poll(() => found.root.locator(".saga").count()).toBe(1);
  return found;
}

import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import type { Site } from "./use-site.ts";

/**
 * A page of the site, as a reader has it who wants no motion. Fails at the end
 * if the console had an error that is not excused, or if something was asked of
 * another origin.
 */
export async function openPage(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = { reducedMotion: "reduce" },
  excused = /^$/,
): Promise<Page> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("console", (said) => {
    if (["error", "warning"].includes(said.type())) problems.push(said.text());
  });
  page.on("pageerror", (error) => problems.push(`${error}`));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    const isOwn = protocol === "data:" || protocol === "blob:";
    if (!isOwn && origin !== new URL(address).origin)
      problems.push(`asked ${request.url()}`);
  });
  onTestFinished(async () => {
    await context.close();
    expect(problems.filter((it) => !excused.test(it))).toEqual([]);
  });
  await page.goto(address);
  return page;
}

/** An element of a page that opens by a click. */
export class OnPage {
  readonly page: Page;
  readonly root;

  constructor(page: Page, name: string, nth = 0) {
    this.page = page;
    this.root = page.locator(name).nth(nth);
  }
  button(name: string) {
    return this.root.getByRole("button", { name, exact: true });
  }
  press(name: string) {
    return this.button(name).click();
  }
}

/** What a reader does in a lab, and what there is to be seen. */
export class LabPage extends OnPage {
  constructor(page: Page, nth?: number) {
    super(page, "crash-lab", nth);
  }

  /** Loads it. Milliseconds until the reader can do something. */
  async open() {
    const from = performance.now();
    await this.press("Crash it here");
    await this.button("Step").waitFor();
    const milliseconds = performance.now() - from;
    await this.runsAtOnce();
    return milliseconds;
  }

  /** What runs by itself does not wait between two steps. */
  async runsAtOnce() {
    await this.root.locator("select.pace").selectOption("at once");
  }

  status() {
    return this.root.getByRole("status").innerText();
  }
  /** The rows of a table, cell by cell. */
  rows(title: string): Promise<string[][]> {
    return this.root
      .getByRole("group", { name: title, exact: true })
      .locator("tbody tr")
      .evaluateAll((rows) =>
        rows.map((row) => [...row.children].map((cell) => cell.textContent)),
      );
  }
  /** What each account holds, and, in the middle, neither of them. */
  money(): Promise<string[]> {
    return this.root.locator(".money li b").allInnerTexts();
  }
  /** How each step stands, with the worker that came last. */
  steps(): Promise<string[]> {
    return this.root
      .locator(".workers tbody tr:not(.room)")
      .last()
      .locator("td")
      .evaluateAll((cells) => cells.map((cell) => cell.className));
  }
  story(): Promise<string[]> {
    return this.root.locator(".story li").allTextContents();
  }
  /** Until it says what comes next in these words. */
  async waitsFor(words: string | RegExp) {
    await this.root.locator(".next", { hasText: words }).waitFor();
  }

  /** Has all waits skipped, until the transfer and what was left has ended. */
  async finish() {
    const ended = this.button("Ask by the same id again");
    const waiting = this.button("Skip the wait")
      .or(this.button("Skip to the deadline"))
      .or(this.button("Let it come"));
    while (true) {
      await ended.or(waiting).waitFor();
      if (await ended.isVisible()) return;
      const { length } = await this.story();
      await waiting.click();
      await expect
        .poll(async () => (await this.story()).length)
        .toBeGreaterThan(length);
    }
  }
}

/** A lab of this page, opened, which does not wait between two steps. */
export async function openLab(site: Site, path = "crash-lab/", nth = 0) {
  const page = await openPage(site.browser, site.home + path);
  const lab = new LabPage(page, nth);
  await lab.open();
  return lab;
}

const kinds = {
  committed: ["debit", "credit"],
  compensated: ["debit", "reversal"],
};
export type End = keyof typeof kinds;

/** The end is exact: status, entries, accounts, and their sum. */
export async function expectEnd(lab: LabPage, end: End) {
  expect(await lab.status()).toContain(`The transfer is ${end}`);
  await expectLedger(lab, end);
}

/** The ledger has the entries of this end, and the accounts all the money. */
export async function expectLedger(lab: LabPage, end: End) {
  const entries = await lab.rows("The ledger");
  expect(entries.map(([id]) => id)).toEqual(
    kinds[end].map((kind) => `t1-${kind}`),
  );
  expect(await lab.money()).toEqual(
    end === "committed"
      ? ["150.00", "0.00", "50.00"]
      : ["200.00", "0.00", "0.00"],
  );
}

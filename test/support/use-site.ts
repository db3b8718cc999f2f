import { mkdtempSync, rmSync } from "node:fs";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, onTestFinished } from "vitest";
import { buildSite, openBrowser, serveSite } from "./site.ts";

export type Site = ReturnType<typeof useSite>;

/** A browser, and the address of the built site, for all proofs of a file. */
export function useSite() {
  const site = { home: "" } as { browser: Browser; home: string };
  beforeAll(async () => {
    const { home, close } = await serveSite("dist");
    Object.assign(site, { home, browser: await openBrowser() });
    return close;
  });
  afterAll(() => site.browser.close());
  return site;
}

/** The address of the site, built as plain files below a folder of another. */
export async function siteBelow(base: string): Promise<string> {
  const folder = mkdtempSync("node_modules/.based-");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  buildSite(folder, base);
  const { home, close } = await serveSite(folder, base);
  onTestFinished(close);
  return home;
}

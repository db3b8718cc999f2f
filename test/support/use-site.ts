import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { openBrowser, serveSite } from "./site.ts";

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

import { gzipSync } from "node:zlib";
import type { Page, Response } from "playwright-core";

/** What a page is to download before a click, in bytes as compressed. */
export interface Load {
  requests: number;
  bytes: number;
  scriptBytes: number;
  /** Requests to other places. */
  elsewhere: string[];
  /** What the console or an error said. */
  said: string[];
}

/** Opens a page, and counts until it has come to rest. */
export async function loadOf(page: Page, address: string): Promise<Load> {
  const responses: Response[] = [];
  const elsewhere: string[] = [];
  const said: string[] = [];
  page.on("response", (response) => responses.push(response));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== "data:" && origin !== new URL(address).origin)
      elsewhere.push(request.url());
  });
  page.on("console", (line) => said.push(line.text()));
  page.on("pageerror", (error) => said.push(`${error}`));
  await page.goto(address, { waitUntil: "networkidle" });
  // What waits until the page has nothing to do comes after that.
  await page.evaluate(() => new Promise((then) => requestIdleCallback(then)));
  await page.waitForLoadState("networkidle");

  let [bytes, scriptBytes] = [0, 0];
  for (const response of responses) {
    const { length } = gzipSync(await response.body());
    bytes += length;
    if (/javascript/.test(response.headers()["content-type"] ?? ""))
      scriptBytes += length;
  }
  const requests = responses.length + elsewhere.length;
  return { requests, bytes, scriptBytes, elsewhere, said };
}

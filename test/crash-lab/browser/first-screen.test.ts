import type { Worker } from "playwright-core";
import { expect, test } from "vitest";
import { LabPage, openPage } from "../../support/lab-page.ts";
import { useSite } from "../../support/use-site.ts";

const site = useSite();

/** A slow line: 1.6 Mbit/s, and 150 ms there and back. */
const slow = {
  offline: false,
  latency: 150,
  downloadThroughput: 1_600_000 / 8,
  uploadThroughput: 750_000 / 8,
};

test.for([
  [1280, 800],
  [390, 844],
] as const)(
  "on the first page one click kills a worker, and within twenty seconds another has ended the transfer, on a slow line, and on a screen of %i × %i without scrolling",
  async ([width, height]) => {
    const page = await openPage(site.browser, site.home, {
      viewport: { width, height },
    });
    const session = await page.context().newCDPSession(page);
    await session.send("Network.enable");
    await session.send("Network.clearBrowserCache");
    await session.send("Network.emulateNetworkConditions", slow);
    await page.reload();
    const lab = new LabPage(page);
    const ended: Worker[] = [];
    page.on("worker", (worker) => worker.on("close", () => ended.push(worker)));
    const button = lab.button("Kill the worker");
    await button.waitFor();
    const { y = height, height: tall = 0 } = (await button.boundingBox()) ?? {};
    expect(y + tall).toBeLessThanOrEqual(height);
    expect(await lab.money()).toEqual(["150.00", "50.00", "0.00"]);

    const from = performance.now();
    await button.click();
    await lab.root.getByText("✕ dead").waitFor();
    expect(await lab.money()).toEqual(["150.00", "50.00", "0.00"]);
    await expect.poll(() => ended).toHaveLength(1);
    await lab.button("Ask by the same id again").waitFor();
    const seconds = (performance.now() - from) / 1000;
    console.log(`${seconds.toFixed(1)} s after the click`);
    expect(seconds).toBeLessThan(20);
    expect(await lab.status()).toBe(
      "The transfer is committed, with one crash.",
    );
    expect(await lab.rows("The ledger")).toEqual([
      ["t1-debit", "alice", "-50.00"],
      ["t1-credit", "bob", "50.00"],
    ]);
    expect(await lab.money()).toEqual(["150.00", "0.00", "50.00"]);
    const next = await lab.root.locator(".next").innerText();
    expect(next).toBe("All accounts hold 200.00, as before.");
    expect(await page.evaluate(() => scrollY)).toBe(0);
  },
);

test("without JavaScript the first page shows the transfer on its way, and no button", async () => {
  const page = await openPage(site.browser, site.home, {
    javaScriptEnabled: false,
  });
  const lab = new LabPage(page);
  expect(await lab.money()).toEqual(["150.00", "50.00", "0.00"]);
  expect(await lab.steps()).toEqual(["done", "now", ""]);
  expect(await lab.root.locator(".ec-line.now").count()).toBe(5);
  expect(await lab.root.getByRole("button").count()).toBe(0);
});

test("back on the first page, the drawing is there again", async () => {
  const page = await openPage(site.browser, site.home);
  const lab = new LabPage(page);
  await lab.press("Kill the worker");
  await lab.button("Ask by the same id again").waitFor();
  await page.evaluate(() => dispatchEvent(new Event("pagehide")));
  await lab.button("Kill the worker").waitFor();
  expect(await lab.money()).toEqual(["150.00", "50.00", "0.00"]);
  await expect.poll(() => page.workers()).toEqual([]);
});

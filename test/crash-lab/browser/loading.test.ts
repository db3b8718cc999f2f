import { existsSync, readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import {
  expectEnd,
  LabPage,
  openLab,
  openPage,
} from "../../support/lab-page.ts";
import { useSite } from "../../support/use-site.ts";

const site = useSite();

test("leaving the page ends its workers, and the page that comes back has none until it is asked", async () => {
  const lab = await openLab(site);
  await lab.press("Step");
  await lab.waitsFor("Worker 1 asks to take the transfer");
  expect(lab.page.workers()).toHaveLength(2);
  await lab.page.goto(`${site.home}glossary/`);
  await expect.poll(() => lab.page.workers()).toEqual([]);
  await lab.page.goBack();
  await lab.button("Crash it here").waitFor();
  expect(lab.page.workers()).toEqual([]);
  await lab.open();
  await lab.press("Step");
  await lab.waitsFor("Worker 1 asks to take the transfer");
  expect(lab.page.workers()).toHaveLength(2);
  // As it is left by a browser that keeps it, to come back at once.
  await lab.page.evaluate(() => dispatchEvent(new Event("pagehide")));
  await expect.poll(() => lab.page.workers()).toEqual([]);
  await lab.open();
  await lab.page.reload();
  await lab.button("Crash it here").waitFor();
  expect(lab.page.workers()).toEqual([]);
});

/** What a file of the site is to download, compressed. */
function gzipBytes(url: string): number {
  const path = `dist${new URL(url).pathname}`.replace(/\/$/, "/index.html");
  return gzipSync(readFileSync(path)).length;
}

test("a page whose lab nobody opens loads one script more than without, and that is small", async () => {
  const loaded = async (path: string) => {
    const scripts = new Set<string>();
    const page = await openPage(site.browser, `${site.home}glossary/`);
    page.on("request", (request) => {
      if (request.resourceType() === "script") scripts.add(request.url());
    });
    await page.goto(site.home + path, { waitUntil: "networkidle" });
    return { page, scripts };
  };
  const without = await loaded("the-problem/");
  const { page, scripts } = await loaded("failure-modes/");
  const [script = "", ...more] = [...scripts].filter(
    (url) => !without.scripts.has(url),
  );
  expect(more).toEqual([]);
  const html = await page
    .locator("crash-lab")
    .first()
    .evaluate((it) => it.outerHTML);
  const bytes = gzipBytes(script) + gzipSync(html).length;
  console.log(`${bytes} bytes for a lab that nobody opens`);
  expect(bytes).toBeLessThanOrEqual(1024);
});

test("the lab is no more to download than its budget", async () => {
  const page = await openPage(site.browser, `${site.home}crash-lab/`);
  await page.waitForLoadState("networkidle");
  const asked = new Set<string>();
  page.context().on("request", (request) => asked.add(request.url()));
  const lab = new LabPage(page);
  const milliseconds = await lab.open();
  await lab.press("Run");
  await lab.finish();
  const bytes = [...asked].reduce((sum, url) => sum + gzipBytes(url), 0);
  console.log(`${bytes} bytes, ready in ${Math.round(milliseconds)} ms`);
  expect([...asked].join()).toMatch(/\.wasm.*worker|worker.*\.wasm/);
  expect(bytes).toBeLessThanOrEqual(420_000);
});

test("a browser that has no Web Workers is told so in one sentence, and where to go instead", async () => {
  const page = await openPage(site.browser, `${site.home}glossary/`);
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "Worker");
  });
  await page.goto(`${site.home}crash-lab/`);
  const lab = new LabPage(page);
  await page.getByText("This browser has no Worker").waitFor();
  expect(await lab.root.getByRole("button").count()).toBe(0);
  const said = await lab.root.innerText();
  expect(said).toContain("This browser has no Worker.");
  const [, program = ""] = /npx tsx (\S+) '[^']+'$/.exec(said) ?? [];
  expect(existsSync(program)).toBe(true);
});

test.for(["open-lab", "sql-wasm", "worker-"])(
  "what does not load, such as %s, is said so, and can be tried again",
  async (file) => {
    const excused = /ERR_FAILED|Failed to fetch|failed to load|wasm/;
    const address = `${site.home}crash-lab/`;
    const page = await openPage(site.browser, address, undefined, excused);
    const lab = new LabPage(page);
    await page.route(`**/${file}*`, (route) => route.abort());
    await lab.press("Crash it here");
    await lab.root.getByText(/did not load|does not load/).waitFor();
    await page.unroute(`**/${file}*`);
    if (file !== "worker-") await lab.open();
    else await lab.runsAtOnce();
    await lab.press("Run");
    await lab.finish();
    await expectEnd(lab, "committed");
  },
);

import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Browser, Worker } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { asks } from "#snippets/crash-lab/progress.ts";
import matrix from "../outputs/crash-matrix.json";
import { LabPage, openPage } from "../support/lab-page.ts";
import { buildSite, openBrowser, serveSite } from "../support/site.ts";

let browser: Browser;
let site: Awaited<ReturnType<typeof serveSite>>;
beforeAll(async () => {
  browser = await openBrowser();
  site = await serveSite("dist");
});
afterAll(async () => {
  await browser.close();
  site.close();
});

async function openLab(path = "crash-lab/", nth = 0) {
  const page = await openPage(browser, site.home + path);
  const lab = new LabPage(page, nth);
  await lab.open();
  return lab;
}

const kinds = {
  committed: ["debit", "credit"],
  compensated: ["debit", "reversal"],
};
type End = keyof typeof kinds;

/** The end is exact: status, entries, accounts, and their sum. */
async function expectEnd(lab: LabPage, end: End) {
  expect(await lab.status()).toContain(`The transfer is ${end}`);
  await expectLedger(lab, end);
}

async function expectLedger(lab: LabPage, end: End) {
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

test.for(["accepts", "rejects"] as const)(
  "in the page, a worker is terminated at each point of a transfer that the target %s: it leaves what a thread of Node leaves, and another ends the transfer as if nothing had happened",
  { timeout: 300_000 },
  async (target) => {
    const lab = await openLab();
    const ended = new Set<Worker>();
    const watch = (it: Worker) => it.on("close", () => ended.add(it));
    lab.page.workers().forEach(watch);
    lab.page.on("worker", watch);
    if (target === "rejects") await lab.root.getByRole("checkbox").check();
    const deaths = matrix.deaths.filter(({ path }) => path === target);
    const select = lab.root.locator("select.deaths");
    const choices = select.locator("option");
    await expect.poll(() => choices.count()).toBe(1 + deaths.length);
    for (const [at, { end, written, steps }] of deaths.entries()) {
      const [worker, ...others] = lab.page.workers();
      expect(others).toEqual([]);
      await select.selectOption({ index: at + 1 });
      await lab.press("Run");
      const dead = lab.root.locator(".workers .dead");
      await dead.waitFor();
      await expect.poll(() => [...ended]).toContain(worker);
      const entries = await lab.rows("The ledger");
      expect(entries.map(([id]) => id)).toEqual(
        written.map((kind) => `t1-${kind}`),
      );
      const promises = await lab.rows("On record");
      const states = promises.filter(([id]) => id !== "t1");
      expect(states.map(([, state]) => state)).toEqual(steps);
      await lab.finish();
      await expectEnd(lab, end as End);
      await lab.press("Start over");
    }
  },
);

test("each crash on Failure modes, done in the page, ends as the page says", async () => {
  const told = [];
  for (const [nth, end, deaths] of [
    [0, "committed", 1],
    [1, "committed", 1],
    [2, "compensated", 0],
    [3, "compensated", 2],
    [4, "committed", 0],
  ] as const) {
    const lab = await openLab("failure-modes/", nth);
    await lab.press("Run");
    await lab.finish();
    await expectEnd(lab, end);
    expect(await lab.root.locator(".workers .dead").count()).toBe(deaths);
    expect(await lab.page.locator("crash-lab").count()).toBe(5);
    const story = await lab.story();
    told.push(story.filter((it) => /killed|on record|already/.test(it)));
  }
  expect(told).toEqual([
    [
      "Worker 1 is killed before it can write the credit.",
      "The debit is on record: worker 2 is given its result, and does not call it.",
    ],
    [
      "Worker 1 writes the debit, and is killed before it hears so.",
      "Worker 2 asks to write the debit, which is there already.",
    ],
    [],
    [
      "Worker 1 is killed before it can write the reversal.",
      "The debit is on record: worker 2 is given its result, and does not call it.",
      "The no to the credit is on record: worker 2 is given that, and does not ask.",
      "Worker 2 writes the reversal, and is killed before it hears so.",
      "The debit is on record: worker 3 is given its result, and does not call it.",
      "The no to the credit is on record: worker 3 is given that, and does not ask.",
      "Worker 3 asks to write the reversal, which is there already.",
    ],
    [],
  ]);
});

test("of a worker that goes on, the saga's own lines show what it skips and what it does", async () => {
  const lab = await openLab("failure-modes/");
  await lab.press("Run");
  await lab.finish();
  await expectEnd(lab, "committed");
  const marked = (mark: string) =>
    lab.root.locator(`.ec-line.${mark}`).allInnerTexts();
  const lines = async (mark: string) =>
    (await marked(mark)).map((line) => line.trim());
  expect(await lines("replayed")).toEqual([
    "yield* ctx.run(",
    "applyEntry,",
    "debit,",
    "ctx.options({ nonRetryableErrors: [TransferRejected] }),",
    ");",
  ]);
  expect(await lines("done")).toEqual([
    "yield* ctx.run(",
    "creditTarget,",
    "credit,",
    "ctx.options({ retryPolicy: new Never() }),",
    ");",
    "return { transferId, status, source, target, amountCents };",
  ]);
});

test("a worker that runs by itself can be crashed at any time", async () => {
  const lab = await openLab();
  await lab.root.locator("select.pace").selectOption("steadily");
  await lab.press("Run");
  await lab.waitsFor("Worker 1 asks to write the debit");
  await lab.press("Do it, then crash");
  await lab.button("Skip the wait").waitFor();
  expect(await lab.status()).toBe(
    "Worker 1 writes the debit, and is killed before it hears so.",
  );
  const seconds = async () => {
    const next = await lab.root.locator(".next").innerText();
    return Number(/^Its lease has (\d+) s left\.$/.exec(next)?.[1]);
  };
  const left = await seconds();
  expect(left).toBeGreaterThan(30);
  await expect.poll(seconds, { timeout: 10_000 }).toBeLessThan(left);
  expect(await lab.rows("The ledger")).toHaveLength(1);
  await lab.press("Skip the wait");
  await lab.waitsFor("Worker 2 asks to");
  await lab.press("Crash");
  await lab.finish();
  await expectEnd(lab, "committed");
  expect(await lab.status()).toContain("2 crashes");
});

test("asked by the same id again, no worker is asked and nothing is written", async () => {
  const lab = await openLab();
  await lab.press("Run");
  await lab.finish();
  const before = await lab.story();
  for (const times of [1, 2]) {
    await lab.press("Ask by the same id again");
    await expect
      .poll(async () => (await lab.story()).slice(before.length))
      .toHaveLength(times);
    const nth = times > 1 ? ` (${times} times)` : "";
    expect(await lab.status()).toBe(
      `You ask by the same id again${nth}. The server answers committed, and asks no worker.`,
    );
    await expectLedger(lab, "committed");
  }
});

test("a link carries what is ordered, and where the workers die", async () => {
  const lab = await openLab();
  await lab.root.getByRole("spinbutton").fill("12.34");
  await lab.root.getByRole("checkbox").check();
  await lab.press("Step");
  for (let step = 0; step < 8; step += 1) {
    const { length } = await lab.story();
    await lab.press("Step");
    await expect
      .poll(async () => (await lab.story()).length)
      .toBeGreaterThan(length);
  }
  await lab.press("Crash");
  await lab.press("Skip the wait");
  await lab.waitsFor("Worker 2 asks to take the transfer");
  await lab.press("Do it, then crash");
  await lab.press("Skip the wait");
  await lab.press("Run");
  await lab.finish();
  const link = lab.root.getByRole("link", { name: "Link to this" });
  const address = new URL((await link.getAttribute("href")) ?? "", site.home);
  expect(address.hash).toBe(
    "#amount=1234&bob=closed&dies=before:begin-reversal&dies=after:take-run",
  );
  const told = await lab.story();

  const page = await openPage(browser, `${address}`);
  const sent = new LabPage(page);
  await sent.runsAtOnce();
  await sent.press("Run");
  await sent.finish();
  expect(await sent.story()).toEqual(told);
  expect(await sent.rows("The ledger")).toEqual([
    ["t1-debit", "alice", "-12.34"],
    ["t1-reversal", "alice", "12.34"],
  ]);
});

test("a link that leads to nothing is answered in one sentence", async () => {
  for (const [link, problem] of [
    [
      "amount=1&dies=after:write-reversal",
      "a worker does not get to where it is to die",
    ],
    ["amount=1&dies=x", "there is no point x"],
    ["amount=-1", "amount must be cents, up to 20000"],
  ]) {
    const page = await openPage(browser, `${site.home}crash-lab/#${link}`);
    const lab = new LabPage(page);
    const status = lab.root.getByRole("status");
    await page.getByText("The link does not work").waitFor();
    expect(await status.innerText()).toContain(problem);
    await lab.runsAtOnce();
    await lab.press("Run");
    await lab.finish();
    await expectEnd(lab, "committed");
  }
});

test("leaving the page ends its workers, and the page that comes back has none until it is asked", async () => {
  const lab = await openLab();
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

test("with the keyboard alone a transfer is crashed and ended, and what happens is read out", async () => {
  const page = await openPage(browser, `${site.home}crash-lab/`);
  const lab = new LabPage(page);
  const focused = () =>
    page.evaluate(() => document.activeElement?.textContent?.trim());
  async function pressKey(name: string) {
    for (let tabs = 0; (await focused()) !== name; tabs += 1) {
      expect(tabs, `${name} is not reached`).toBeLessThan(40);
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
  }
  await lab.button("Crash it here").focus();
  await page.keyboard.press("Enter");
  await lab.button("Step").waitFor();
  expect(await focused()).toBe("Run");
  await pressKey("Step");
  await lab.waitsFor("Worker 1 asks to take the transfer");
  await pressKey("Step");
  await lab.waitsFor("Worker 1 asks to begin the debit");
  expect(await focused()).toBe("Step");
  await pressKey("Crash");
  await lab.button("Skip the wait").waitFor();
  expect(await focused()).toBe("Crash");
  await page.keyboard.press("Enter"); // of no use now, and does nothing
  await page.keyboard.press("Shift+Tab");
  while ((await focused()) !== "Skip the wait")
    await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await lab.waitsFor("Worker 2 asks to take the transfer");
  await pressKey("Run");
  await lab.finish();
  await expectEnd(lab, "committed");
  expect(await lab.story()).toContain(
    "Worker 1 is killed before it can begin the debit.",
  );
});

/** What a file of the site is to download, compressed. */
function gzipBytes(url: string): number {
  const path = `dist${new URL(url).pathname}`.replace(/\/$/, "/index.html");
  return gzipSync(readFileSync(path)).length;
}

test("a page whose lab nobody opens loads one script more than without, and that is small", async () => {
  const loaded = async (path: string) => {
    const scripts = new Set<string>();
    const page = await openPage(browser, `${site.home}glossary/`);
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
  const page = await openPage(browser, `${site.home}crash-lab/`);
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
  const page = await openPage(browser, `${site.home}glossary/`);
  await page.addInitScript(() => {
    Reflect.deleteProperty(globalThis, "Worker");
  });
  await page.goto(`${site.home}crash-lab/`);
  const lab = new LabPage(page);
  await page.getByText("This browser has no Worker").waitFor();
  expect(await lab.root.getByRole("button").count()).toBe(0);
  const said = await lab.root.innerText();
  expect(said).toContain("This browser has no Worker.");
  const [, program = ""] = /npx tsx (\S+)$/.exec(said) ?? [];
  expect(existsSync(program)).toBe(true);
});

test("below a folder of another site, from plain files, the lab runs the same", {
  timeout: 120_000,
}, async () => {
  const folder = mkdtempSync("node_modules/.based-");
  onTestFinished(() => rmSync(folder, { recursive: true }));
  buildSite(folder, "/notebook/");
  const based = await serveSite(folder, "/notebook/");
  onTestFinished(based.close);
  const page = await openPage(
    browser,
    `${based.home}crash-lab/#amount=5000&dies=after:write-credit`,
  );
  const lab = new LabPage(page);
  await lab.runsAtOnce();
  await lab.press("Run");
  await lab.finish();
  await expectEnd(lab, "committed");
  expect(await lab.status()).toContain("one crash");
});

test("that the target rejects is said when it does, and an amount that alice has not is refused", async () => {
  const lab = await openLab();
  const amount = lab.root.getByRole("spinbutton");
  for (const wrong of ["500", "0", ""]) {
    await amount.fill(wrong);
    await amount.blur();
    expect(await lab.status()).toBe("The amount is from 0.01 to 200.00.");
    expect(await amount.inputValue()).toBe("50.00");
  }
  await lab.root.getByRole("checkbox").check();
  await lab.press("Run");
  await lab.finish();
  await expectEnd(lab, "compensated");
  expect(await lab.steps()).toEqual(["done", "rejected", "done"]);
  expect(await lab.story()).toContain(
    "Worker 1 asks to write the credit, which bob's closed account refuses.",
  );
});

test("starting over, even halfway, is back at the order, without the deaths of before", async () => {
  const lab = await openLab();
  await lab.press("Step");
  await lab.waitsFor("Worker 1 asks to take the transfer");
  await lab.press("Crash");
  await lab.press("Skip the wait");
  await lab.waitsFor("Worker 2 asks to take the transfer");
  await lab.press("Start over");
  await lab.button("Step").waitFor();
  expect(await lab.rows("On record")).toEqual([]);
  await lab.press("Run");
  await lab.finish();
  await expectEnd(lab, "committed");
  expect(await lab.status()).toContain("with no crash");
});

test("with two labs on a page, neither takes the focus of the other", async () => {
  const page = await openPage(browser, `${site.home}failure-modes/`);
  const [one, two] = [new LabPage(page, 0), new LabPage(page, 1)];
  await one.open();
  await two.open();
  // So that the first is still running when the other is used.
  await one.root.locator("select.pace").selectOption("steadily");
  await one.press("Run");
  await two.press("Step");
  await two.waitsFor("Worker 1 asks to take the transfer");
  expect(await one.button("Skip the wait").count()).toBe(0);
  await one.button("Skip the wait").waitFor();
  expect(await two.root.locator(":focus").innerText()).toBe("Step");
});

test.for(["open-lab", "sql-wasm", "worker-"])(
  "what does not load, such as %s, is said so, and can be tried again",
  async (file) => {
    const excused = /ERR_FAILED|Failed to fetch|failed to load|wasm/;
    const address = `${site.home}crash-lab/`;
    const page = await openPage(browser, address, undefined, excused);
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

test("of a worker that died it is shown what it left, who has the lease, and where the next one may die", async () => {
  const lab = await openLab();
  const workers = () => lab.root.locator(".workers tbody th").allTextContents();
  const inWords = async () =>
    (await workers()).map((text) => text.replace(/\s+/g, " ").trim());
  await lab.press("Step");
  for (const asks of ["begin the debit", "write the debit"]) {
    await lab.press("Step");
    await lab.waitsFor(`Worker 1 asks to ${asks}`);
  }
  expect(await inWords()).toEqual(["worker 1 alive"]);
  await lab.press("Do it, then crash");
  await lab.button("Skip the wait").waitFor();
  expect(await inWords()).toEqual(["worker 1 ✕ dead"]);
  await lab.waitsFor(/^Its lease has \d+ s left\.$/);
  expect(await lab.money()).toEqual(["150.00", "50.00", "0.00"]);
  expect(await lab.steps()).toEqual(["died", "", ""]);
  expect(await lab.root.locator(".ec-line.died").count()).toBe(5);
  const select = lab.root.locator("select.deaths");
  const choices = select.locator("option");
  await expect.poll(() => choices.count()).toBe(1 + 2 * 8);
  expect(await choices.nth(5).innerText()).toContain(
    "before it can look for the debit",
  );
});

test("the list of points is that of the crash matrix, in words", async () => {
  const lab = await openLab();
  const choices = lab.root.locator("select.deaths").locator("option");
  const texts = await choices.allInnerTexts();
  const deaths = matrix.deaths.filter(({ path }) => path === "accepts");
  expect(texts.map((text) => text.trim())).toEqual([
    "only if you crash it",
    ...deaths.map(({ point }) => {
      const [death, name = ""] = point.split(":");
      const words = asks({ name });
      return death === "before"
        ? `before it can ${words}`
        : `after it ${words.replace(" ", "s ")}, before it hears so`;
    }),
  ]);
});

test("of a transfer that was compensated, the records and the saga's last lines are shown", async () => {
  const lab = await openLab();
  await lab.root.getByRole("checkbox").check();
  const select = lab.root.locator("select.deaths");
  await expect.poll(() => select.locator("option").count()).toBe(1 + 2 * 12);
  await select.selectOption({ index: 1 + 2 * 11 });
  await lab.press("Run");
  await lab.button("Skip the wait").waitFor();
  const lines = async (mark: string) => {
    const texts = lab.root.locator(`.ec-line.${mark}`).allInnerTexts();
    return (await texts).map((text) => text.trim());
  };
  const result = 'return { transferId, status: "compensated", reason };';
  expect(await lines("died")).toEqual([result]);
  await lab.finish();
  expect(await lab.rows("On record")).toEqual([
    ["t1", "resolved", "compensated"],
    ["t1:0", "resolved", "applied"],
    ["t1:1", "rejected", "account bob is closed"],
    ["t1:2", "resolved", "applied"],
  ]);
  expect(await lines("done")).toEqual([result]);
  expect(await lines("rethrown")).toContain("creditTarget,");
  expect(await lab.root.locator("td.rethrown").innerText()).toBe(
    "refused, on record",
  );
  expect((await lines("replayed")).at(-1)).toBe(
    "yield* ctx.run(applyEntry, reversal);",
  );
});

test("a link that is followed within the page starts over with it", async () => {
  const lab = await openLab();
  await lab.press("Step");
  await lab.waitsFor("Worker 1 asks to take the transfer");
  await lab.page.evaluate(() => {
    location.hash = "amount=777";
  });
  await expect.poll(() => lab.status()).toBe("Nothing has begun.");
  await lab.press("Run");
  await lab.finish();
  const [debit] = await lab.rows("The ledger");
  expect(debit).toEqual(["t1-debit", "alice", "-7.77"]);
});

test("a machine that sleeps while a worker waits for its reader takes nothing from that worker", async () => {
  const lab = await openLab();
  await lab.page.clock.install();
  await lab.press("Step");
  await lab.press("Step");
  const before = await lab.story();
  await lab.page.clock.fastForward("30:00");
  await lab.page.clock.runFor(5_000);
  expect(await lab.story()).toEqual(before);
  const worker = await lab.root.locator(".workers tbody th").innerText();
  expect(worker).toMatch(/worker 1\s+alive$/);
  await lab.press("Run");
  await lab.button("Ask by the same id again").waitFor();
  await expectEnd(lab, "committed");
  const told = (await lab.story()).join("\n");
  expect(told).not.toMatch(/worker 2|lease|already/);
});

import type { Worker } from "playwright-core";
import { expect, test } from "vitest";
import matrix from "../../outputs/crash-matrix.json";
import { type End, expectEnd, openLab } from "../../support/lab-page.ts";
import { useSite } from "../../support/use-site.ts";

const site = useSite();

test.for(["accepts", "rejects"] as const)(
  "in the page, a worker is terminated at each point of a transfer that the target %s: it leaves what a thread of Node leaves, and another ends the transfer as if nothing had happened",
  { timeout: 300_000 },
  async (target) => {
    const lab = await openLab(site);
    const ended = new Set<Worker>();
    const watch = (it: Worker) => it.on("close", () => ended.add(it));
    lab.page.workers().forEach(watch);
    lab.page.on("worker", watch);
    if (target === "rejects")
      await lab.root.locator("select.meets").selectOption("closed");
    const deaths = matrix.deaths.filter(({ path }) => path === target);
    const select = lab.root.locator("select.deaths");
    const choices = select.locator("optgroup").first().locator("option");
    await expect.poll(() => choices.count()).toBe(deaths.length);
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
    const lab = await openLab(site, "failure-modes/", nth);
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
  const lab = await openLab(site, "failure-modes/");
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

import { expect, test } from "vitest";
import { guards } from "#snippets/crash-lab/guards.ts";
import { meetings } from "#snippets/crash-lab/meetings.ts";
import { type Plan, toLink } from "#snippets/crash-lab/plan.ts";
import { find } from "#snippets/find-out/find.ts";
import { findShortest } from "#snippets/find-out/find-shortest.ts";
import { inWords } from "#snippets/find-out/in-words.ts";
import { oneLedger } from "#snippets/find-out/one-ledger.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import { openFindOut } from "../support/find-out-page.ts";
import { LabPage, openPage } from "../support/lab-page.ts";
import { openDatabase } from "../support/simulate.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();

test.for(Object.keys(guards))(
  "without a guard the page finds the schedule that the search in Node finds, and the lab that is opened at it ends with those cents: %s",
  async (without) => {
    const page = await openFindOut(site);
    await page.choose(without);
    const { words, tried, seconds } = await page.find();
    const { found } = await findShortest(
      oneLedger(without),
      openDatabase,
      () => {},
    );
    if (!found) throw new Error("nothing found in Node");
    expect(words).toEqual(inWords(found, meetings));
    const faults = found.faults === 1 ? "one fault" : `${found.faults} faults`;
    console.log(`${without}: ${faults}, ${tried} schedules in ${seconds} s`);

    const link = `${await page.link()}`;
    const plan = { amountCents: 50_00, without, ...found.schedule } as Plan;
    expect(link.split("#")[1]).toBe(toLink(plan));
    const lab = new LabPage(
      await openPage(site.browser, new URL(link, site.home).href),
    );
    await lab.runsAtOnce();
    await lab.press("Run");
    await lab.finish();
    const cents = formatCents(200_00 + found.cents);
    expect(await lab.root.locator(".next").innerText()).toBe(
      `All accounts held 200.00, and hold ${cents}.`,
    );
  },
);

test("with all guards the page tries as many schedules as the search in Node, and finds nothing, and meanwhile it answers within 100 ms, 95 times of 100", async () => {
  const page = await openFindOut(site);
  const searched = page.find();
  const gaps = await page.root.evaluate(async (root) => {
    const all: number[] = [];
    const input = root.querySelector("input") as HTMLElement;
    for (let times = 0; times < 100; times += 1) {
      const from = performance.now();
      input.dispatchEvent(new Event("input", { bubbles: true }));
      await new Promise(requestAnimationFrame);
      all.push(performance.now() - from);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    return all.sort((a, b) => a - b);
  });
  expect(gaps[94]).toBeLessThan(100);
  const { words, tried, seconds } = await searched;
  const here = await find(oneLedger(), openDatabase, () => {});
  expect(here.found).toBeUndefined();
  expect([words, tried]).toEqual([["Nothing found."], here.tried]);
  console.log(
    `${tried} schedules in ${seconds} s, longest wait ${gaps[99]} ms`,
  );
});

test("the saga beside the switches has its code line by line, as the page has", async () => {
  const page = await openFindOut(site);
  await page.choose("catch");
  const shown = page.root.locator(".saga .ec-line", {
    hasText: "withoutCatch",
  });
  await shown.waitFor();
  const [head = 0, ...others] = await shown
    .locator("span")
    .evaluateAll((all) => all.map((it) => it.getBoundingClientRect().top));
  expect(others.length).toBeGreaterThan(5);
  const wrapped = others.filter((top, nth) => top > (others[nth - 1] ?? head));
  expect(wrapped.length).toBeLessThan(3);
});

test("a search that is stopped says so, and another can begin", async () => {
  const page = await openFindOut(site);
  const workers = page.page.workers().length;
  await page.press("Find out");
  await expect
    .poll(() => page.root.locator(".count").innerText())
    .toMatch(/^[1-9]\d* of/);
  await page.press("Stop");
  await page.root.getByText("Stopped.").waitFor();
  await expect.poll(() => page.page.workers().length).toBe(workers);
  await page.choose("catch");
  expect((await page.find()).words.at(-1)).toBe("50.00 missing.");
});

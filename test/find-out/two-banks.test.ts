import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { find } from "#snippets/find-out/find.ts";
import { replay } from "#snippets/find-out/search.ts";
import { twoBanks } from "#snippets/find-out/two-banks.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import { guards } from "#snippets/two-banks/guards.ts";
import { exercises, startOf } from "../../docs/find-out/exercises.ts";
import { FindOutPage, openFindOut } from "../support/find-out-page.ts";
import { harms } from "../support/harms.ts";
import { openPage } from "../support/lab-page.ts";
import { openDatabase } from "../support/two-banks.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();
const open = () => openFindOut(site, undefined, "two-banks/guards/");

test.for(Object.keys(guards))(
  "between two banks the page finds without a guard what the search in Node finds, and stepped through it ends with those cents: %s",
  { timeout: 240_000 },
  async (guard) => {
    const page = await open();
    await page.choose(guard);
    const subject = twoBanks(guard);
    const [there, here] = await Promise.all([
      page.find(),
      find(subject, openDatabase, () => {}),
    ]);
    const { words, tried, seconds } = there;
    const { schedule } = here.found ?? {};
    if (!schedule) throw new Error("nothing found in Node");
    expect(schedule).toEqual(harms[guard]?.[2]);
    expect([words, tried]).toEqual([here.found?.words, here.tried]);
    console.log(`${guard}: ${tried} schedules in ${seconds} s`);

    const frames = await replay(subject, schedule, openDatabase);
    const { heldCents = 0, seededCents = 0 } = frames.at(-1)?.snapshot ?? {};
    const cents = formatCents(Math.abs(heldCents - seededCents));
    expect(words.at(-1)).toMatch(new RegExp(`^${cents} (too much|missing)`));
    expect(await page.link()).toBeUndefined();
    await page.root.getByText("Step through it here").click();
    await page.press("To the end");
    const end = `${frames.length} of ${frames.length}`;
    await page.root.locator(".played .next", { hasText: end }).waitFor();
    const away = page.root.locator(".played .money li.away b");
    expect(await away.innerText()).toBe(cents);
    const entries = page.root.locator(".played .entries tbody tr");
    expect(await entries.count()).toBe(frames.at(-1)?.snapshot.entries.length);
  },
);

test("between two banks nothing is found with all guards, in all schedules of up to two faults, and in those that are drawn of two workers", {
  timeout: 300_000,
}, async () => {
  const page = await open();
  const [{ words, tried, seconds }, here] = await Promise.all([
    page.find(),
    find(twoBanks(), openDatabase, () => {}),
  ]);
  expect(words).toEqual(["Nothing found."]);
  expect(here.found).toBeUndefined();
  expect(tried).toBe(here.tried);
  expect(here.tried - here.drawn).toBeGreaterThan(1_000);
  console.log(`${tried} schedules in ${seconds} s`);
});

test("a saga of two banks is mended in the page: a lost answer breaks one that asks once, and one that asks under another key, and a right one is solved", {
  timeout: 480_000,
}, async () => {
  const address = `${site.home}two-banks/rejected-is-not-unknown/`;
  const page = new FindOutPage(await openPage(site.browser, address));
  await page.press("Mend it here");
  await page.root.locator(".cm-content").waitFor();
  expect((await page.find()).words.slice(1)).toEqual([
    "Worker 1 asks to write the debit. It is done, and the answer is lost.",
    "50.00 missing.",
  ]);
  const { region } = exercises["lost-answer"] ?? {};
  expect(region).toBe("hasty");
  const file = "two-banks/flawed/other-key.ts";
  await page.paste(startOf({ file, region: "other-key" }));
  expect((await page.find()).words.slice(-2)).toEqual([
    "Worker 1 asks to write the credit. It is done, and the answer is lost.",
    "50.00 too much.",
  ]);
  const answer = readFileSync("snippets/exercises/two-banks.ts", "utf8");
  await page.paste(answer);
  expect((await page.find()).words).toEqual(["Solved: nothing found."]);
});

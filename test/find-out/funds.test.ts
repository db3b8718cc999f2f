import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { find } from "#snippets/find-out/find.ts";
import { funds } from "#snippets/find-out/funds.ts";
import { guards } from "#snippets/one-ledger/guards.ts";
import { FindOutPage, openFindOut } from "../support/find-out-page.ts";
import { openPage } from "../support/lab-page.ts";
import { openDatabase } from "../support/simulate.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();

test("on one ledger that looks for funds, the page finds without each guard what the search in Node finds", {
  timeout: 240_000,
}, async () => {
  const page = await openFindOut(site, undefined, "one-ledger/");
  for (const guard of Object.keys(guards)) {
    await page.choose(guard);
    const [there, here] = await Promise.all([
      page.find(),
      find(funds(guard), openDatabase, () => {}),
    ]);
    expect([there.words, there.tried]).toEqual([here.found?.words, here.tried]);
    expect(await page.link()).toBeUndefined();
    console.log(`${guard}: ${there.tried} schedules in ${there.seconds} s`);
  }
});

test("a reversal alone is mended in the page: a credit that comes too late breaks it, and a reversal that closes its id is solved", {
  timeout: 240_000,
}, async () => {
  const address = `${site.home}one-ledger/late-credit/`;
  const page = new FindOutPage(await openPage(site.browser, address));
  await page.press("Mend it here");
  await page.root.locator(".cm-content").waitFor();
  expect((await page.find()).words).toEqual([
    "Bob's account is closed. In the end it is open.",
    "Worker 1 asks to write the credit, and dies. The call comes last.",
    "50.00 too much.",
  ]);
  const answer = readFileSync("snippets/exercises/one-ledger.ts", "utf8");
  await page.paste(answer);
  expect((await page.find()).words).toEqual(["Solved: nothing found."]);
});

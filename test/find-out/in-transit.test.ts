import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findShortest } from "#snippets/find-out/find-shortest.ts";
import { inTransit } from "#snippets/find-out/in-transit.ts";
import { inWords } from "#snippets/find-out/in-words.ts";
import { guards } from "#snippets/in-transit/guards.ts";
import { FindOutPage, openFindOut } from "../support/find-out-page.ts";
import { openPage } from "../support/lab-page.ts";
import { openDatabase } from "../support/simulate.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();

test("with an account in transit, the page finds without each guard what the search in Node finds", {
  timeout: 120_000,
}, async () => {
  const page = await openFindOut(site, undefined, "one-ledger/in-transit/");
  for (const guard of Object.keys(guards)) {
    await page.choose(guard);
    const subject = inTransit(guard);
    const here = await findShortest(subject, openDatabase, () => {});
    const words = here.found && inWords(here.found, subject.meetings);
    expect((await page.find()).words).toEqual(words);
  }
});

test("a saga that takes a conflict for a debit is mended in the page: what is in transit breaks it, and one that lets the conflict through is solved", {
  timeout: 240_000,
}, async () => {
  const address = `${site.home}one-ledger/same-id/`;
  const page = new FindOutPage(await openPage(site.browser, address));
  await page.press("Mend it here");
  await page.root.locator(".cm-content").waitFor();
  expect((await page.find()).words).toEqual([
    "Under the same id, 20.00 were debited before.",
    "The account in-transit holds -30.00.",
  ]);
  const answer = readFileSync("snippets/exercises/in-transit.ts", "utf8");
  await page.paste(answer);
  expect((await page.find()).words).toEqual(["Solved: nothing found."]);
});

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import {
  exercises,
  type Shown,
  startOf,
} from "../../docs/find-out/exercises.ts";
import { FindOutPage } from "../support/find-out-page.ts";
import { openPage } from "../support/lab-page.ts";
import { useSite } from "../support/use-site.ts";

const site = useSite();
const answer = readFileSync("snippets/exercises/answer.ts", "utf8");

/** Where it is, and another wrong answer, with what breaks that. */
const tried = {
  "no-reversal": ["the-shape/run/", 0, "no-never", "Bob's account is closed."],
  "no-yield": ["primitives/", 0, "credit-first", "Bob's account is closed."],
  "drawn-id": [
    "failure-modes/",
    0,
    "no-look",
    "Bob's account is open. Worker 2 finds it closed.",
  ],
} as const;

test.for(Object.keys(tried) as (keyof typeof tried)[])(
  "an exercise tells the schedule that breaks a wrong answer, and that a right one is right: %s",
  async (name) => {
    const [path, nth, wrong, meets] = tried[name];
    const page = new FindOutPage(
      await openPage(site.browser, site.home + path),
      nth,
    );
    await page.press("Mend it here");
    const text = page.root.locator(".cm-content");
    await text.waitFor();
    expect(await text.innerText()).toContain("Flawed: do not copy.");
    const begun = await page.find();
    expect(begun.words.at(-1)).toMatch(/ (missing|too much)\.$/);

    await page.paste(startOf(exercises[wrong] as Shown));
    const { words } = await page.find();
    expect(words[0]).toBe(meets);
    expect(words.at(-1)).toMatch(/ (missing|too much)\.$/);

    await page.paste(answer);
    expect((await page.find()).words).toEqual(["Solved: nothing found."]);

    page.page.once("dialog", (question) => question.accept());
    await page.press("Start over");
    await expect.poll(() => text.innerText()).toContain("Flawed: do not copy.");
  },
);

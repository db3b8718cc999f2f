import { beforeAll, expect, test } from "vitest";
import { type Load, loadOf } from "../support/load.ts";
import { sitePages, visitEach } from "../support/site-pages.ts";

/** What a page may be to download before a click, compressed. */
const budget = { bytes: 70 * 1024, scriptBytes: 12 * 1024, requests: 20 };

const loads = new Map<string, Load>();
beforeAll(async () => {
  await visitEach(sitePages(), {}, async (page, address) => {
    loads.set(new URL(address).pathname, await loadOf(page, address));
    return [];
  });
});

/** The pages of which something is to be said, with that. */
const pagesWith = (say: (load: Load) => string[]) =>
  [...loads].flatMap(([path, load]) =>
    say(load).map((line) => `${path} ${line}`),
  );

test.for(Object.entries(budget))(
  "before a click no page is more to load than its budget: %s",
  ([what, most]) => {
    const amount = (load: Load) => load[what as keyof typeof budget];
    const [, largest] = [...loads]
      .map(([path, load]) => [amount(load), `${amount(load)} ${path}`] as const)
      .reduce((a, b) => (a[0] < b[0] ? b : a));
    console.log(`${what}: at most ${largest}`);
    expect(
      pagesWith((load) => (amount(load) > most ? [`${amount(load)}`] : [])),
    ).toEqual([]);
  },
);

test("no page asks anything of another place", () => {
  expect(pagesWith(({ elsewhere }) => elsewhere)).toEqual([]);
});

test("no page writes a line to the console", () => {
  expect(pagesWith(({ said }) => said)).toEqual([]);
});

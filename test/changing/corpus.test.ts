import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { History } from "#snippets/changing/history.ts";
import { brokenBy } from "#snippets/changing/record-history.ts";
import { replayHistory, type Saga } from "#snippets/changing/replay-history.ts";
import { type SagaName, sagas, waysOf } from "../histories/sagas.ts";

const histories = (name: string): Record<string, History> =>
  Object.fromEntries(
    globSync(`test/histories/${name}/*.json`).map((file) => [
      file,
      JSON.parse(readFileSync(file, "utf8")),
    ]),
  );

test.for(Object.keys(sagas) as SagaName[])(
  "each recorded run of a saga is replayed by it, and so is each beginning of one: %s",
  async (name) => {
    const { saga, scenario } = sagas[name];
    const all = histories(name);
    const files = waysOf(scenario).map(
      ({ file }) => `test/histories/${name}/${file}`,
    );
    expect(Object.keys(all).toSorted()).toEqual(files.toSorted());
    expect(await brokenBy(saga as Saga, all)).toEqual([]);
    for (const [file, history] of Object.entries(all)) {
      expect(history.steps.length, file).toBeGreaterThan(0);
      for (const cut of history.steps.keys()) {
        const begun = {
          ...history,
          state: "pending",
          steps: history.steps.map((step, nth) =>
            nth < cut ? step : { ...step, state: "pending" },
          ),
        };
        const difference = await replayHistory(saga as Saga, begun);
        expect(difference, `${file}, ${cut}`).toBeUndefined();
      }
    }
  },
);

test("every saga that has recorded runs is one that is replayed", () => {
  const folders = globSync("test/histories/*/").map(
    (path) => path.split("/").filter(Boolean).at(-1) ?? "",
  );
  expect(folders.toSorted()).toEqual(Object.keys(sagas).toSorted());
});

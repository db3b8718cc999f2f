import { readFileSync, writeFileSync } from "node:fs";

const kept = "test/outputs/breaks.json";
const LONGEST = 60;

/** The kinds of change that say something to a reader, the best first. */
const telling = [
  "ConditionalExpression",
  "EqualityOperator",
  "LogicalOperator",
  "ArithmeticOperator",
  "AssignmentOperator",
  "ObjectLiteral",
  "CallExpression",
  "MethodExpression",
];

/**
 * Keeps, of each proof that a mutant turned red, one such change of the code,
 * for the pages to show. What a run of fewer mutants did not try stays.
 */
export function keepBreaks({ files, testFiles }) {
  const titles = new Map(
    Object.values(testFiles).flatMap(({ tests }) =>
      tests.map(({ id, name }) => [id, name]),
    ),
  );
  const changes = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.flatMap(({ location, replacement = "", ...mutant }) => {
      const was = textAt(source, location);
      const place = telling.indexOf(mutant.mutatorName);
      if (!was || place < 0 || replacement.length > LONGEST) return [];
      // What nearly everything runs, turns anything red, and says little.
      const width = mutant.coveredBy?.length ?? 0;
      if (width > titles.size / 2) return [];
      const change = { file, was, becomes: replacement };
      return (mutant.killedBy ?? []).map((id) => ({
        id,
        width,
        place,
        change,
      }));
    }),
  );
  const breaks = JSON.parse(readFileSync(kept, "utf8"));
  const byProof = Map.groupBy(changes, ({ id }) => titles.get(id));
  for (const [title, found] of byProof) {
    const [best] = found.toSorted(
      (a, b) => a.width - b.width || a.place - b.place,
    );
    breaks[title] = best.change;
  }
  const sorted = Object.fromEntries(Object.entries(breaks).sort());
  writeFileSync(kept, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** What was there, if it is one line, and neither too short nor too long. */
function textAt(source, { start, end }) {
  if (start.line !== end.line) return undefined;
  const line = source.split("\n")[start.line - 1];
  const text = line.slice(start.column - 1, end.column - 1);
  return text.length >= 8 && text.length <= LONGEST ? text : undefined;
}

/** A reporter of Stryker's. */
export const strykerPlugins = [
  {
    kind: "Reporter",
    name: "breaks",
    injectableClass: class {
      onMutationTestReportReady(report) {
        keepBreaks(report);
      }
    },
  },
];

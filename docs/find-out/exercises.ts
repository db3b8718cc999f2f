import type { SubjectName } from "#snippets/find-out/subjects.ts";
import { snippet } from "../notebook.ts";

/** A saga in a file of `snippets/`, or in one region of it. */
export interface Shown {
  file: string;
  region?: string;
}

/** Where an exercise begins, and what it is about, if not one ledger. */
export interface Start extends Shown {
  of?: SubjectName;
}

/** What each exercise begins with: a saga of one flaw. */
export const exercises: Record<string, Start> = {
  "credit-first": { file: "exercises/credit-first.ts" },
  "drawn-id": { file: "exercises/drawn-id.ts" },
  "no-yield": { file: "exercises/no-yield.ts" },
  "no-reversal": { file: "who-does-what/sagas.ts", region: "no-catch" },
  "no-never": { file: "who-does-what/sagas.ts", region: "no-never" },
  "no-look": { file: "who-does-what/leaves.ts", region: "no-look" },
  "lost-answer": {
    file: "two-banks/flawed/hasty.ts",
    region: "hasty",
    of: "two-banks",
  },
  "nothing-to-reverse": {
    file: "exercises/nothing-to-reverse.ts",
    of: "funds",
  },
  "reversal-alone": {
    file: "one-ledger/within-funds.ts",
    region: "saga",
    of: "funds",
  },
  "straight-to-bob": {
    file: "exercises/straight-to-bob.ts",
    of: "in-transit",
  },
  "any-debit": { file: "exercises/any-debit.ts", of: "in-transit" },
  "step-gone": {
    file: "transfer/in-transit/saga.ts",
    region: "saga",
    of: "changed",
  },
  "undo-by-hand": { file: "exercises/undo-by-hand.ts", of: "half" },
  "one-step": { file: "who-does-what/sagas.ts", region: "one-step" },
};

/** What an editor begins with: that saga, with what it has from elsewhere. */
export function startOf({ file, region }: Shown): string {
  const { code } = snippet("an editor", file);
  if (region === undefined) return `${code}\n`;
  const saga = snippet("an editor", file, region);
  const used = new Set(saga.code.match(/\w+/g));
  const imports = (code.match(/^import [^;]*;\n/gm) ?? []).filter((each) =>
    namesIn(each).some((name) => used.has(name)),
  );
  return `${imports.join("")}\n${saga.code}\n`;
}

/** The names that an import brings. */
function namesIn(statement: string): string[] {
  const [, inBraces = ""] = /\{([^}]*)\}/.exec(statement) ?? [];
  return inBraces.split(",").map((each) => each.trim().split(" ").at(-1) ?? "");
}

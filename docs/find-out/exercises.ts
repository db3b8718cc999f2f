import { snippet } from "../notebook.ts";

/** A saga in a file of `snippets/`, or in one region of it. */
export interface Shown {
  file: string;
  region?: string;
}

/** What each exercise begins with: a saga of one flaw. */
export const exercises: Record<string, Shown> = {
  "credit-first": { file: "exercises/credit-first.ts" },
  "drawn-id": { file: "exercises/drawn-id.ts" },
  "no-yield": { file: "exercises/no-yield.ts" },
  "no-reversal": { file: "who-does-what/sagas.ts", region: "no-catch" },
  "no-never": { file: "who-does-what/sagas.ts", region: "no-never" },
  "no-look": { file: "who-does-what/leaves.ts", region: "no-look" },
  "one-step": { file: "who-does-what/sagas.ts", region: "one-step" },
};

/** What an editor begins with: that saga, with what its file imports. */
export function startOf({ file, region }: Shown): string {
  const { code } = snippet("an editor", file);
  if (region === undefined) return `${code}\n`;
  const imports = code.match(/^import [^;]*;\n/gm) ?? [];
  const saga = snippet("an editor", file, region);
  return `${imports.join("")}\n${saga.code}\n`;
}

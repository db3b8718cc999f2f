import type { Excerpt } from "./regions.ts";

type Shown = Pick<Excerpt, "path" | "code">;

/** Code of more lines than this is folded, */
const LONG = 40;
/** to an outline of at least so many, where that can be had, */
const OUTLINE = 10;
/** and fewer lines in a row than this are not worth a click. */
const WORTH = 4;

/**
 * Which lines of long code a page folds, counted from 1: what is indented more
 * than its outline. What a reader takes along is shown whole.
 */
export function folded({ path, code }: Shown): [number, number][] {
  const lines = code.split("\n");
  if (lines.length <= LONG || path.startsWith("snippets/transfer/")) return [];
  const coarse = inner(lines, 2);
  const hidden = coarse.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  return lines.length - hidden < OUTLINE ? inner(lines, 4) : coarse;
}

/** The runs of lines that are indented by `depth` or more. */
function inner(lines: string[], depth: number): [number, number][] {
  const runs: [number, number][] = [];
  let first = 0;
  for (const [index, line] of [...lines, "end"].entries()) {
    if (line === "" || line.search(/\S/) >= depth) continue;
    let last = index;
    // A blank line beside what is shown parts it from the run.
    while (lines[last - 1] === "") last -= 1;
    while (lines[first] === "") first += 1;
    if (last - first >= WORTH) runs.push([first + 1, last]);
    first = index + 1;
  }
  return runs;
}

import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sources } from "../../docs/notebook.ts";
import { equivalents } from "./equivalents.mjs";

const session = "docs/lab/session.ts";
const files = [...sources, [session, readFileSync(session, "utf8")] as const]
  .filter(([path]) => !path.startsWith("test/"))
  .map(([path, text]) => ({ path, text: text.replace(/\s+/g, " ") }));

/** Where this can be changed, in the file or function that may come first. */
function isThere(line: string): boolean {
  const [, where = "", code = line] = /^([\w/-]+): (.*)$/.exec(line) ?? [];
  const isIn = ({ path, text }: { path: string; text: string }) =>
    path.includes(where) || new RegExp(`function\\*? ${where}\\(`).test(text);
  return files.some((file) => isIn(file) && file.text.includes(code));
}

test("each change that is listed as making no difference is one that can still be made", () => {
  expect(Object.keys(equivalents).filter((line) => !isThere(line))).toEqual([]);
  expect(isThere("nothing like this is there")).toBe(false);
  expect(isThere("withoutNever: nothing like this")).toBe(false);
});

import { posix } from "node:path";
import { expect, test } from "vitest";
import { sources } from "../../docs/notebook.ts";

/** What a file of ours imports, by its path, and packages by their names. */
function importsOf(path: string): string[] {
  const code = sources.get(path) ?? "";
  return [...code.matchAll(/(?:from|import) "([^"]+)"/g)].map(
    ([, from = ""]) =>
      from.startsWith(".") ? posix.join(posix.dirname(path), from) : from,
  );
}

/** All that is loaded with it. */
function loadedWith(path: string, loaded = new Set<string>()): Set<string> {
  for (const each of importsOf(path))
    if (!loaded.has(each)) loadedWith(each, loaded.add(each));
  return loaded;
}

test("the saga and its leaves are one file each, the same for every engine and every ledger, and nothing that they load knows which it is", () => {
  const declaring = (words: string) =>
    [...sources]
      .filter(([path, code]) => /^snippets/.test(path) && code.includes(words))
      .map(([path]) => path);
  expect(declaring("function* transferMoney(")).toEqual([
    "snippets/transfer/transfer-money.ts",
  ]);
  expect(declaring("function applyEntry(")).toEqual([
    "snippets/transfer/ledger.ts",
  ]);
  expect([...loadedWith("snippets/transfer/transfer-money.ts")].sort()).toEqual(
    [
      "@resonatehq/sdk",
      "snippets/transfer/accounts.ts",
      "snippets/transfer/check-transfer.ts",
      "snippets/transfer/entries-for.ts",
      "snippets/transfer/ledger.ts",
    ],
  );
});

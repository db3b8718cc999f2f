import { expect, test } from "vitest";
import { snippet, sources } from "../docs/notebook.ts";
import { namesShown, typesIn } from "../docs/tooltips/types.ts";

/** Each name that is shown, and what is said of it. */
function said(file: string, region?: string) {
  const shown = snippet("", file, region);
  const text = sources.get(shown.path) ?? "";
  const { said } = typesIn(shown.path, text);
  const code = shown.code.split("\n");
  return namesShown(shown, text).map(({ line, from, to, type }) => ({
    name: code[line]?.slice(from, to) ?? "",
    says: said[type] ?? "",
  }));
}

test.for([
  ["transfer/transfer-money.ts", "saga"],
  ["transfer/transfer-money.ts", "try-catch"], // which is indented
  ["crash/simulation.ts", "simulation"],
  ["transfer/bank/decide.ts", undefined],
] as const)("each name that is shown of %s has its type", ([file, region]) => {
  const names = said(file, region);
  expect(names.length).toBeGreaterThan(15);
  for (const { name, says } of names) {
    expect(name).not.toBe("");
    expect(says.split(/[^\w$]+/)).toContain(name);
  }
});

test("the type of a name is the compiler's, and below it is how its doc comment begins", () => {
  const names = said("transfer/transfer-money.ts", "saga");
  const ofName = (wanted: string) =>
    names.find(({ name }) => name === wanted)?.says;
  expect(ofName("reason")).toBe("const reason: string");
  expect(ofName("transferMoney")).toBe(
    "function transferMoney(ctx: Context, order: Order): Generator<unknown, TransferResult>\nThe saga: debits the source, credits the target, and reverses the debit when the credit throws.",
  );
});

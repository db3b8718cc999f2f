import { expect, test } from "vitest";
import { sagaLines } from "../../docs/lab/saga-lines.ts";
import { snippet } from "../../docs/notebook.ts";

test("the lab finds the steps and the ends of the saga in its code", () => {
  const { code } = snippet("", "transfer/transfer-money.ts", "saga");
  const lines = code.split("\n");
  const { steps, ends } = sagaLines(code);
  const text = ([first, last]: [number, number] = [0, 0]) =>
    lines
      .slice(first, last + 1)
      .join(" ")
      .replace(/\s+/g, " ")
      .trim();
  expect(Object.values(steps).map(text)).toEqual([
    "yield* ctx.run( applyEntry, debit, ctx.options({ nonRetryableErrors: [TransferRejected] }), );",
    "yield* ctx.run( creditTarget, credit, ctx.options({ retryPolicy: new Never() }), );",
    "yield* ctx.run(applyEntry, reversal);",
  ]);
  expect(Object.keys(ends).sort()).toEqual(["committed", "compensated"]);
  expect(text(ends["compensated"])).toContain('status: "compensated"');
  expect(text(ends["committed"])).toContain("source, target, amountCents");
});

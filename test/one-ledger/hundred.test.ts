import { expect, test } from "vitest";
import { hundredFrom } from "#snippets/one-ledger/hundred-from.ts";
import { temporaryFolder } from "../support/temporary-folder.ts";

const wrong = { alice: -750_00, bob: 1_000_00 };
const right = { alice: 0, bob: 250_00 };

test("of a hundred transfers at once, in one process and from four, a debit that looks first lets through all and overdraws the account, and one that looks in the statement that writes lets through those that there is enough for", async () => {
  const folder = temporaryFolder();
  for (const processes of [1, 4]) {
    const flawed = await hundredFrom(folder, processes, "one-statement");
    expect(flawed.ends).toEqual({ committed: 100 });
    expect(flawed.held).toEqual(wrong);
    const ours = await hundredFrom(folder, processes);
    expect(ours.ends).toEqual({ committed: 25, refused: 75 });
    expect(ours.held).toEqual(right);
    for (const { seededCents, heldCents } of [flawed, ours])
      expect([seededCents, heldCents]).toEqual([250_00, 250_00]);
  }
});

import { watch } from "../crash/watch.ts";
import type { LedgerDb } from "../transfer/ledger.ts";

/** Where a worker can be told to stop: around each write. */
export const POINTS = [
  "before-debit",
  "after-debit",
  "before-credit",
  "after-credit",
  "before-reversal",
  "after-reversal",
] as const;
export type Point = (typeof POINTS)[number];

/** What a worker says of itself. */
export type Word =
  | { says: "up" }
  | { says: "wrote"; kind: string; outcome: string }
  | { says: "was refused"; kind: string }
  | { says: "holds"; point: Point };

// #region hold
/**
 * The ledger, told of. A write that writes nothing is followed by a
 * look, which says why: the entry is there, or the leaf says no. The
 * write at `point` never returns. `after-debit` is after the SQL was
 * committed, and before the engine hears of it.
 */
export function holdAt(
  db: LedgerDb,
  point: Point | undefined,
  say: (word: Word) => void,
): LedgerDb {
  const reach = async (reached: string) => {
    if (reached !== point) return;
    say({ says: "holds", point });
    await new Promise(() => {}); // until the process is killed
  };
  return watch(db, async (proceed, values, sql) => {
    const opId = String(values[0]);
    const kind = opId.slice(opId.lastIndexOf("-") + 1);
    if (!sql.startsWith("INSERT")) {
      const found = (await proceed()) as { made: number };
      const outcome = "already applied";
      if (found.made) say({ says: "wrote", kind, outcome });
      else say({ says: "was refused", kind });
      return found;
    }
    await reach(`before-${kind}`);
    const written = (await proceed()) as { changes: number };
    if (written.changes === 1)
      say({ says: "wrote", kind, outcome: "applied" });
    await reach(`after-${kind}`);
    return written;
  });
}
// #endregion hold

import { type CrashPoint, pointsOf } from "../../crash/crash-point.ts";
import { describe } from "../../crash/describe.ts";
import { watch } from "../../crash/watch.ts";
import type { LedgerDb } from "../../transfer/ledger.ts";

const steps = ["debit", "credit", "reversal"];
/** Where a worker can be told to stop: around each write. */
export const POINTS = pointsOf(
  steps.map((step) => ({ name: `write-${step}` })),
);

/** What a worker says of itself. */
export type Word =
  | { says: "up" }
  | { says: "wrote"; kind: string; outcome: string }
  | { says: "was refused"; kind: string }
  | { says: "holds"; point: CrashPoint };

// #region hold
/**
 * The ledger, told of. A write that writes nothing is followed by a
 * look, which says why: the entry is there, or the leaf says no. The
 * write at `point` never returns. `after:write-debit` is after the SQL
 * was committed, and before the engine hears of it.
 */
export function holdAt(
  db: LedgerDb,
  point: CrashPoint | undefined,
  say: (word: Word) => void,
): LedgerDb {
  const reach = async (reached: string) => {
    if (reached !== point) return;
    say({ says: "holds", point });
    await new Promise(() => {}); // until the process is killed
  };
  return watch(db, async (proceed, _, call) => {
    const name = describe(call, steps);
    const [verb, kind = ""] = name.split("-");
    if (verb === "read") {
      const found = (await proceed()) as { made: number };
      const outcome = "already applied";
      if (found.made) say({ says: "wrote", kind, outcome });
      else say({ says: "was refused", kind });
      return found;
    }
    await reach(`before:${name}`);
    const written = (await proceed()) as { changes: number };
    if (written.changes === 1)
      say({ says: "wrote", kind, outcome: "applied" });
    await reach(`after:${name}`);
    return written;
  });
}
// #endregion hold

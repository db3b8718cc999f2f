import { isFatal, type Told } from "#snippets/crash-lab/progress.ts";
import type { Snapshot } from "#snippets/crash-lab/snapshot.ts";
import type { TransferResult } from "#snippets/transfer/transfer-money.ts";

/** All that there is to see at one moment. */
export interface Frame {
  history: Told[];
  answers: TransferResult[];
  snapshot: Snapshot | undefined;
}

/** How many workers have died. */
export function deathsIn({ history }: Frame): number {
  return history.filter(isFatal).length;
}

/** What a frame waits for: the next call, the next worker, or nothing. */
export function phaseOf({ history, answers }: Frame) {
  if (answers.length) return "ended";
  const last = history.at(-1);
  return last && isFatal(last) ? "waiting" : "working";
}

/** Whether nothing has happened between them but time. */
export function isSame(one: Frame, other: Frame): boolean {
  return (
    one.history.length === other.history.length &&
    one.history.at(-1)?.fate === other.history.at(-1)?.fate &&
    one.answers.length === other.answers.length
  );
}

import type { Answer } from "#snippets/crash-lab/answer.ts";
import type { Snapshot } from "#snippets/crash-lab/snapshot.ts";
import { isBack, isStop, leftIn, type Told } from "#snippets/crash-lab/told.ts";

/** All that there is to see at one moment. */
export interface Frame {
  history: Told[];
  answers: Answer[];
  snapshot: Snapshot | undefined;
}

/** How many workers have died, or are frozen or were. */
export function stopsIn({ history }: Pick<Frame, "history">): number {
  return history.filter(isStop).length;
}

/**
 * What a frame waits for: a call, the next worker, what is left after the end,
 * or nothing.
 */
export function phaseOf({ history, answers }: Omit<Frame, "snapshot">) {
  const last = history.at(-1);
  if (answers.length) {
    const isAsking = last && !last.fate && isBack(history.slice(0, -1), last);
    if (isAsking) return "working";
    return leftIn(history) ? "left" : "ended";
  }
  if (!last || !isStop(last)) return "working";
  return "waiting";
}

/** Whether its worker was refused, and asks again, as it will without end. */
export function isStubborn({ history, answers }: Omit<Frame, "snapshot">) {
  const { name = "" } = history.at(-1) ?? {};
  return answers.length === 0 && name.includes("#");
}

/** Whether nothing has happened between them but time. */
export function isSame(one: Frame, other: Frame): boolean {
  return (
    one.history.length === other.history.length &&
    one.history.at(-1)?.fate === other.history.at(-1)?.fate &&
    one.answers.length === other.answers.length
  );
}

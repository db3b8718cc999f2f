import type { Question } from "../crash/wire.ts";
import { entriesOf } from "../transfer/accounts.ts";
import type { Host } from "./host.ts";
import {
  type CrashPoint,
  type Place,
  pointsOf,
  runSchedule,
} from "./schedule.ts";

/** Whether the target rejects: asked by the first worker, and later. */
export const targets = {
  accepts: [false, false],
  rejects: [true, true],
  "accepts, then rejects": [false, true],
  "rejects, then accepts": [true, false],
} satisfies Record<string, [boolean, boolean]>;
export type Target = keyof typeof targets;

/** A death of the first worker: what it left, and what followed. */
export interface Death {
  target: Target;
  question: string;
  fate: CrashPoint["fate"];
  entries: string[];
  steps: string[];
  end: string;
  /** How many second deaths followed, and how those transfers ended. */
  pairs: Record<string, number>;
}

// #region die
/**
 * Kills a worker at this point, and then, from the start, at this point
 * and its successor at each point of what is left.
 */
export async function die(
  place: Place,
  target: Target,
  first: CrashPoint,
  killed: () => void,
): Promise<Death> {
  const minds = targets[target];
  let found = { entries: [] as string[], steps: [] as string[] };
  const look = async (host: Host) => {
    killed();
    found = await stateOf(host);
  };
  const alone = await runSchedule(place, minds, [first], look);
  const [asked = [], rest = []] = alone.asked;
  const pairs: Record<string, number> = {};
  for (const second of pointsOf(rest)) {
    const points = [first, second];
    const count = async () => killed();
    const { end } = await runSchedule(place, minds, points, count);
    pairs[end] = (pairs[end] ?? 0) + 1;
  }
  const question = nameOf(asked[first.question]);
  const { fate } = first;
  return { target, question, fate, ...found, end: alone.end, pairs };
}
// #endregion die

/** What is there: the ledger's entries, and the record of each step. */
async function stateOf(host: Host) {
  const entries = (await entriesOf(host.db, "t1")).map(
    ({ kind }) => kind,
  );
  const states = [...(await host.states())];
  const steps = states.filter(([id]) => id !== "t1");
  return { entries, steps: steps.map(([, state]) => state) };
}

/** What a worker asks, in words. */
export function nameOf(question?: Question): string {
  if (question?.to === "ledger") {
    const [opId] = question.values as string[];
    const verb = question.sql.startsWith("INSERT")
      ? "write"
      : "look for";
    return `${verb} the ${opId?.replace("t1-", "")}`;
  }
  if (question?.request.kind === "task.acquire")
    return "take the transfer";
  if (question?.request.kind === "task.fulfill")
    return "record the result";
  if (question?.request.kind !== "task.fence") return "?";
  const { action } = question.request.data;
  const step = action.data.id.replace("t1:", "");
  const verb = action.kind === "promise.create" ? "begin" : "record";
  return `${verb} step ${step}`;
}

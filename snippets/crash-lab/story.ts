import type { TransferResult } from "../transfer/transfer-money.ts";
import {
  asks,
  hasRecorded,
  isDone,
  steps,
  type Told,
  wasDone,
  wroteNothing,
} from "./progress.ts";

const CREDIT = "write the credit";

// #region story
/** What happened so far, in words. */
export function story({
  history,
  answers,
}: {
  history: Told[];
  answers: TransferResult[];
}): string[] {
  const sentences = history.flatMap((moment, at) => {
    const earlier = history.slice(0, at);
    return [...before(earlier, moment), ...tell(earlier, moment)];
  });
  const [first, ...later] = answers;
  if (first?.status === "committed")
    sentences.push("The transfer is committed.");
  if (first?.status === "compensated")
    sentences.push(`The transfer is compensated: ${first.reason}.`);
  for (const [at, { status }] of later.entries()) {
    const times = at > 0 ? ` (${at + 1} times)` : "";
    sentences.push(
      `You ask by the same id again${times}. The server answers ` +
        `${status}, and asks no worker.`,
    );
  }
  return sentences;
}

/** What became of a call. */
function tell(earlier: Told[], moment: Told): string[] {
  const { worker, fate } = moment;
  const name = asks(moment);
  if (!fate) return [];
  if (fate === "before")
    return [`Worker ${worker} is killed before it can ${name}.`];
  const why = wasDone(earlier, name)
    ? "which is there already"
    : "which bob's closed account refuses";
  const what = wroteNothing(moment)
    ? `asks to ${name}, ${why}`
    : inThirdPerson(name);
  const end = fate === "after" && ", and is killed before it hears so";
  return [`Worker ${worker} ${what}${end || ""}.`];
}

/** What shows, now that a worker calls for this. */
function before(earlier: Told[], moment: Told): string[] {
  const { worker } = moment;
  const last = earlier.at(-1);
  if (!last) return ["The server offers the transfer to worker 1."];
  if (last.worker !== worker) {
    const why =
      asks(last) === "take the transfer" && !isDone(last)
        ? "No worker has the transfer."
        : `The lease of worker ${last.worker} has passed.`;
    return [`${why} The server offers it to worker ${worker}.`];
  }
  if (asks(last) === "take the transfer")
    return steps
      .filter((kind) => hasRecorded(earlier, kind))
      .map((kind) => {
        const isNo = kind === "credit" && !wasDone(earlier, CREDIT);
        return isNo
          ? `The no to the credit is on record: worker ${worker} is ` +
              "given that, and does not ask."
          : `The ${kind} is on record: worker ${worker} is given its ` +
              "result, and does not call it.";
      });
  return [];
}
// #endregion story

/** `writes the debit`, for `write the debit`. */
export function inThirdPerson(name: string): string {
  return name.replace(" ", "s ");
}

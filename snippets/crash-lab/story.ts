import { isRefused } from "../crash/attend.ts";
import { type Answer, inOneSentence } from "./answer.ts";
import { asks, inThirdPerson } from "./asks.ts";
import { onItsWay } from "./on-its-way.ts";
import { steps } from "./progress.ts";
import {
  hasRecorded,
  isBack,
  isDone,
  isSecondOffer,
  isUnknown,
  type Told,
  wasDone,
  wroteNothing,
} from "./told.ts";

const CREDIT = "write the credit";

// #region story
/** What happened so far, in words. */
export function story({
  history,
  answers,
}: {
  history: Told[];
  answers: Answer[];
}): string[] {
  const [first, ...later] = answers;
  const told = history.map((moment, at) => {
    const earlier = history.slice(0, at);
    return [...before(earlier, moment), ...tell(earlier, moment)];
  });
  const back = history.findIndex((moment, at) =>
    isBack(history.slice(0, at), moment),
  );
  const endedAt = back < 0 ? history.length : back;
  const end = first ? [inOneSentence(first)] : [];
  const asked = later.map(({ status }, at) => {
    const times = at > 0 ? ` (${at + 1} times)` : "";
    return (
      `You ask by the same id again${times}. The server answers ` +
      `${status}, and asks no worker.`
    );
  });
  return [
    ...told.slice(0, endedAt),
    end,
    ...told.slice(endedAt),
    asked,
  ].flat();
}

/** What became of a call. */
function tell(earlier: Told[], moment: Told): string[] {
  const { worker, fate, met, answer } = moment;
  const name = asks(moment);
  const who = `Worker ${worker}`;
  if (!fate) return [];
  if (fate === "before")
    return [`${who} is killed before it can ${name}.`];
  if (fate === "held")
    return [`${who} asks to ${name}, and is killed. The call is late.`];
  if (fate === "frozen")
    return [`${who} is frozen before it can ${name}.`];
  if (isSecondOffer(moment)) return [];
  if (isRefused(answer))
    return [
      `${who} asks to ${name}. The server refuses: the transfer is ` +
        "not its any more.",
    ];
  if (met) return [`${who} asks to ${name}. ${onItsWay[met]}`];
  const why = wasDone(earlier, name)
    ? "which is there already"
    : name === CREDIT
      ? "which bob's closed account refuses"
      : "which the ledger refuses";
  const what = wroteNothing(moment)
    ? `asks to ${name}, ${why}`
    : inThirdPerson(name);
  if (fate === "late")
    return [`The late call of worker ${worker} ${what}.`];
  const end = fate === "after" && ", and is killed before it hears so";
  return [`${who} ${what}${end || ""}.`];
}

/** What shows, now that a worker calls for this. */
function before(earlier: Told[], moment: Told): string[] {
  const { worker, fate } = moment;
  const last = earlier.at(-1);
  if (!last) return ["The server offers the transfer to worker 1."];
  const mine = earlier.findLast((it) => it.worker === worker);
  if (fate === "late") return [];
  if (mine?.fate === "frozen")
    return [`Worker ${worker} goes on, as if nothing had happened.`];
  if (!mine) {
    const why =
      asks(last) === "take the transfer" && !isDone(last)
        ? "No worker has the transfer."
        : `The lease of worker ${last.worker} has passed.`;
    return [`${why} The server offers it to worker ${worker}.`];
  }
  if (asks(last) === "take the transfer" && isDone(last))
    return steps
      .filter((kind) => hasRecorded(earlier, kind))
      .map((kind) => {
        const isNo = !wasDone(earlier, `write the ${kind}`);
        if (isUnknown(earlier, kind))
          return (
            `That nothing is known of the ${kind} is on record: ` +
            `worker ${worker} is told so.`
          );
        return isNo
          ? `The no to the ${kind} is on record: worker ${worker} is ` +
              "given that, and does not ask."
          : `The ${kind} is on record: worker ${worker} is given its ` +
              "result, and does not call it.";
      });
  return [];
}
// #endregion story

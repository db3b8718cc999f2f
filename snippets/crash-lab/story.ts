import { nameOf } from "../crash-matrix/matrix.ts";
import { hasRecorded, steps } from "./progress.ts";
import type { Lab, Moment } from "./start-lab.ts";

// #region story
/** What happened so far, in words. */
export function story({
  moments,
  answers,
}: Pick<Lab, "moments" | "answers">): string[] {
  const sentences = moments.flatMap((moment, at) => [
    ...before(moments.slice(0, at), moment),
    ...tell(moment),
  ]);
  const [first, ...later] = answers;
  if (first?.status === "committed")
    sentences.push("The transfer is committed.");
  if (first?.status === "compensated")
    sentences.push(`The transfer is compensated: ${first.reason}.`);
  for (const { status } of later)
    sentences.push(
      `You ask by the same id again. The server answers ${status}, ` +
        "and asks no worker.",
    );
  return sentences;
}

/** What became of a question. */
function tell({ worker, question, fate }: Moment): string[] {
  if (!fate) return [];
  const name = nameOf(question);
  const [verb = "", ...rest] = name.split(" ");
  const done = `Worker ${worker} ${verb}s ${rest.join(" ")}`;
  if (fate === "never came")
    return [`Worker ${worker} is killed before it can ${name}.`];
  if (fate === "unheard")
    return [`${done}, and is killed before it hears so.`];
  return [`${done}.`];
}

/** What shows, now that a worker asks this. */
function before(
  earlier: Moment[],
  { worker, number, question }: Moment,
) {
  const last = earlier.at(-1);
  const name = nameOf(question);
  if (!last) return ["The server offers the transfer to worker 1."];
  if (last.worker !== worker) {
    const took = last.number > 0 || last.fate === "unheard";
    const why = took
      ? `The lease of worker ${last.worker} has passed.`
      : "No worker has the transfer.";
    return [`${why} The server offers it to worker ${worker}.`];
  }
  if (
    name.startsWith("look for") &&
    nameOf(last.question).startsWith("write")
  )
    return ["It was there already, and nothing was written."];
  return number === 1 ? recordedBefore(earlier, worker) : [];
}

function recordedBefore(earlier: Moment[], worker: number): string[] {
  return steps.flatMap((kind, step) =>
    hasRecorded(earlier, step)
      ? [
          `Step ${step}, the ${kind}, is recorded: worker ${worker} ` +
            "is given the result, and does not call it.",
        ]
      : [],
  );
}
// #endregion story

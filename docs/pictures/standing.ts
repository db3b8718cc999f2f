import { asks } from "#snippets/crash-lab/asks.ts";
import { progress, steps } from "#snippets/crash-lab/progress.ts";
import type { Frame } from "#snippets/crash-lab/record.ts";
import { isDone, type Told } from "#snippets/crash-lab/told.ts";
import { inWords } from "../lab/workers.ts";

const words = { ...inWords, now: "is at it", died: "died here" };
const states: Record<string, string> = {
  pending: "begun",
  resolved: "done",
  rejected: "rejected",
};

/** A frame in words: when it is, and how each step stands with the three. */
export function standing({ at, history, snapshot }: Frame) {
  const { promises, entries } = snapshot;
  const worker = history.at(-1)?.worker ?? 0;
  const standings = progress(history).at(-1) ?? [];
  const stateOf = (id: string) => promises.find((it) => it.id === id)?.state;
  const rows = steps.map((step, n) => {
    const state = stateOf(`t1:${n}`);
    const is = standings[n] || (hasWritten(history, step) ? "done" : "");
    return {
      step,
      is,
      word: words[is],
      entry: entries.find(({ kind }) => kind === step),
      state,
      record: state && states[state],
    };
  });
  const run = promises.find(({ id }) => id === "t1");
  return {
    when: whenIs(at, worker),
    worker,
    isDead: at.endsWith(":dead"),
    rows: rows.filter(({ is, entry, state }) => is || entry || state),
    run: run ? run.value || run.state : "nothing",
  };
}

function whenIs(at: string, worker: number): string {
  if (at === "end") return "At the end";
  if (at.endsWith(":dead")) return `What worker ${worker} leaves`;
  return `Worker ${worker} is about to ${asks({ name: at.replace(/^.*:/, "") })}`;
}

/** Whether it was written here, where no record says so. */
function hasWritten(history: Told[], step: string): boolean {
  return history.some((it) => it.name === `write-${step}` && isDone(it));
}

import { asks } from "#snippets/crash-lab/asks.ts";
import {
  steps as kinds,
  progress,
  type Standing,
} from "#snippets/crash-lab/progress.ts";
import { isStop } from "#snippets/crash-lab/told.ts";
import { type Frame, phaseOf } from "./frame.ts";
import type { SagaLines } from "./saga-lines.ts";

const standings = [
  "now",
  "died",
  "done",
  "again",
  "twice",
  "refused",
  "rejected",
  "replayed",
  "rethrown",
];

/**
 * Marks the lines of each step as it stands with the worker that came last.
 * Gives those to look at: of the step that it is at, or died at.
 */
export function markSaga(saga: Element, frame: Frame): HTMLElement[] {
  const lines = [...saga.querySelectorAll<HTMLElement>(".ec-line")];
  const { steps, ends } = linesOf(saga);
  for (const line of lines) line.classList.remove(...standings);
  const mark = (at: [number, number] | undefined, standing: Standing) => {
    if (!at || !standing) return;
    for (const line of lines.slice(at[0], at[1] + 1))
      line.classList.add(standing);
  };
  const { history, snapshot } = frame;
  const last = history.at(-1);
  const newest = progress(history)[(last?.worker ?? 0) - 1] ?? [];
  for (const [step, standing] of newest.entries())
    mark(steps[kinds[step] ?? "debit"], standing);

  if (last && asks(last) === "record the result") {
    const isReversed = snapshot?.entries.some(
      ({ kind }) => kind === "reversal",
    );
    const result = ends[isReversed ? "compensated" : "committed"];
    const isOver = phaseOf(frame) === "ended";
    mark(result, isOver ? "done" : isStop(last) ? "died" : "now");
  }
  return lines.filter((line) => line.matches(".now, .died"));
}

/** Where the steps and the ends are: that was found when the site was built. */
function linesOf(saga: Element): SagaLines {
  const found = saga.querySelector<HTMLElement>("[data-saga-lines]");
  return JSON.parse(found?.dataset["sagaLines"] ?? "");
}

/** Scrolls the box, and not the page, so that these lines are in its middle. */
export function showLines(box: Element, first: Element, last: Element) {
  const { top, height } = box.getBoundingClientRect();
  const from = first.getBoundingClientRect().top;
  const to = last.getBoundingClientRect().bottom;
  box.scrollBy(0, (from + to) / 2 - top - height / 2);
}

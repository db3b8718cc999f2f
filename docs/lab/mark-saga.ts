import {
  asks,
  isFatal,
  progress,
  type Standing,
} from "#snippets/crash-lab/progress.ts";
import type { SagaLines } from "./saga-lines.ts";
import type { Session } from "./session.ts";

const standings = ["now", "died", "done", "rejected", "replayed", "rethrown"];

/** Marks the lines of each step as it stands. Gives the one to look at. */
export function markSaga(saga: Element, session: Session) {
  const lines = [...saga.querySelectorAll<HTMLElement>(".ec-line")];
  const { steps, ends } = linesOf(saga);
  for (const line of lines) line.classList.remove(...standings);
  const mark = (at: [number, number] | undefined, standing: Standing) => {
    if (!at || !standing) return;
    for (const line of lines.slice(at[0], at[1] + 1))
      line.classList.add(standing);
  };
  const { history, snapshot, phase } = session;
  const standing = progress(history, snapshot?.promises ?? []);
  for (const [step, it] of standing.entries()) mark(steps[step], it);

  const last = history.at(-1);
  if (last && asks(last) === "record the result") {
    const isReversed = snapshot?.entries.some(
      ({ kind }) => kind === "reversal",
    );
    const result = ends[isReversed ? "compensated" : "committed"];
    mark(result, phase === "ended" ? "done" : isFatal(last) ? "died" : "now");
  }
  return lines.find((line) => line.matches(".now, .died"));
}

/** Where the steps and the ends are: that was found when the site was built. */
function linesOf(saga: Element): SagaLines {
  const found = saga.querySelector<HTMLElement>("[data-saga-lines]");
  return JSON.parse(found?.dataset["sagaLines"] ?? "");
}

/** Scrolls the box, and not the page, so that the line is in its middle. */
export function showLine(box: Element, line: HTMLElement) {
  const { top, height } = box.getBoundingClientRect();
  const middle = line.getBoundingClientRect().top - top - height / 2;
  box.scrollBy(0, middle);
}

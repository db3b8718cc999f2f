import {
  asks,
  isFatal,
  progress,
  type Standing,
} from "#snippets/crash-lab/progress.ts";
import type { Session } from "./session.ts";

const standings = ["now", "died", "done", "rejected", "replayed", "rethrown"];

/** Marks the lines of each step as it stands. Gives the one to look at. */
export function markSaga(saga: Element, session: Session) {
  const lines = [...saga.querySelectorAll<HTMLElement>(".ec-line")];
  for (const line of lines) line.classList.remove(...standings);
  const mark = (statement: HTMLElement[] = [], standing: Standing) => {
    for (const line of statement) if (standing) line.classList.add(standing);
  };
  const { history, sight } = session;
  const steps = statements(lines, "yield* ctx.run(");
  const standing = progress(history, sight?.promises ?? []);
  for (const [step, it] of standing.entries()) mark(steps[step], it);

  const last = history.at(-1);
  if (last && asks(last) === "record the result") {
    const [compensated, committed] = statements(lines, "return {");
    const isReversed = sight?.entries.some(({ kind }) => kind === "reversal");
    const result = isReversed ? compensated : committed;
    if (session.phase === "ended") mark(result, "done");
    else mark(result, isFatal(last) ? "died" : "now");
  }
  return lines.find((line) => line.matches(".now, .died"));
}

/** The lines of each statement that has this in its first line. */
function statements(lines: HTMLElement[], text: string): HTMLElement[][] {
  const ends = (line: HTMLElement) => /;\s*$/.test(line.textContent);
  return lines.flatMap((line, first) => {
    if (!line.textContent.includes(text)) return [];
    const length = lines.slice(first).findIndex(ends) + 1;
    return [lines.slice(first, first + length)];
  });
}

/** Scrolls the box, and not the page, so that the line is in its middle. */
export function showLine(box: Element, line: HTMLElement) {
  const { top, height } = box.getBoundingClientRect();
  const middle = line.getBoundingClientRect().top - top - height / 2;
  box.scrollBy(0, middle);
}

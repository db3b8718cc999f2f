import { html } from "lit-html";
import { asks } from "#snippets/crash-lab/asks.ts";
import {
  steps as kinds,
  progress,
  type Standing,
} from "#snippets/crash-lab/progress.ts";
import { isStop, type Told } from "#snippets/crash-lab/told.ts";
import { type Frame, phaseOf } from "./frame.ts";

/** As many workers as there is always room for. */
const ROOM = 3;

/** How a step stands, where it does not depend on the call. */
export const inWords: Record<Exclude<Standing, "now" | "died">, string> = {
  "": "",
  done: "done",
  again: "asked twice, written once",
  twice: "written twice",
  rejected: "refused",
  unknown: "not known",
  refused: "refused by the server",
  replayed: "on record, not called",
  rethrown: "refused, on record",
};

/** Who did what: a line for each worker, which stays when it is dead. */
export function workers(frame: Frame) {
  const { history } = frame;
  const rows = progress(history);
  const all = rows.map((standings, at) => {
    const mine = history.filter(({ worker }) => worker === at + 1);
    return line(at + 1, standings, mine.at(-1), frame);
  });
  const room = Math.max(0, ROOM - all.length);
  return html`<table class="workers" aria-label="Steps, by worker">
    <thead>
      <tr>
        <td></td>
        ${kinds.map((kind) => html`<th scope="col">${kind}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${all.slice(-ROOM)}
      ${Array.from({ length: room }, () => html`<tr class="room"><td colspan="4"></td></tr>`)}
    </tbody>
  </table>`;
}

function line(
  worker: number,
  standings: Standing[],
  last: Told | undefined,
  frame: Frame,
) {
  const isGone = last && (isStop(last) || last.fate === "late");
  const isFrozen = last?.fate === "frozen";
  const isAsking = last && !last.fate && phaseOf(frame) === "working";
  const rest = frame.answers.length && !isAsking ? "at rest" : "alive";
  return html`<tr class="worker-${((worker - 1) % ROOM) + 1}">
    <th scope="row">
      worker ${worker}
      <span class=${isGone ? "dead" : "alive"}>
        ${isFrozen ? "frozen" : isGone ? "✕ dead" : rest}
      </span>
    </th>
    ${standings.map(
      (standing) => html`<td class=${standing}>${words(standing, last)}</td>`,
    )}
  </tr>`;
}

function words(standing: Standing, last: Told | undefined): string {
  if (standing !== "now" && standing !== "died") return inWords[standing];
  const verb = last ? asks(last).replace(/ the .*/, "") : "";
  return standing === "now" ? `asks to ${verb}` : `✕ ${last?.fate}: ${verb}`;
}

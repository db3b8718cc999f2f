import { html, type TemplateResult } from "lit-html";
import type { Snapshot } from "#snippets/crash-lab/snapshot.ts";
import { story as tell } from "#snippets/crash-lab/story.ts";
import { formatCents } from "#snippets/support/format-cents.ts";
import { sequence } from "../pictures/sequence.ts";
import { sequenceSvg } from "../pictures/sequence-svg.ts";
import type { Frame } from "./frame.ts";

const panel = (title: string, content: TemplateResult, kind = "") =>
  html`<div class="panel ${kind}" role="group" aria-label=${title}>
    <p class="title">${title}</p>
    ${content}
  </div>`;

const row = (cells: unknown[]) =>
  html`<tr>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>`;

const table = (heads: string[], rows: TemplateResult[] = [], kind = "") =>
  html`<table class=${kind}>
    <thead>
      <tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr>
    </thead>
    <tbody>${rows}</tbody>
  </table>`;

/** The transfer's entries in the ledger. */
export function entries(snapshot?: Snapshot) {
  const rows = snapshot?.entries.map(({ opId, account, amountCents }) =>
    row([html`<code>${opId}</code>`, account, formatCents(amountCents)]),
  );
  const heads = ["entry", "account", "amount"];
  return panel("The ledger", table(heads, rows, "amounts"), "entries");
}

/** What the server has on record. */
export function promises(snapshot?: Snapshot) {
  const rows = snapshot?.promises.map(({ id, state, value }) =>
    row([html`<code>${id}</code>`, state, value]),
  );
  return panel("On record", table(["id", "state", "value"], rows));
}

/** All that happened so far. */
export function story(frame: Frame) {
  const sentences = tell(frame);
  return html`<details>
    <summary>All that happened</summary>
    <ol class="story">
      ${sentences.map((sentence) => html`<li>${sentence}</li>`)}
    </ol>
  </details>`;
}

/** The same as a picture, which grows with each call. */
export function picture(frames: Frame[]) {
  const { history, answers } = frames.at(-1) ?? { history: [], answers: [] };
  return html`<details class="sequence">
    <summary>As a picture</summary>
    ${sequenceSvg(sequence({ frames, history, answers }))}
  </details>`;
}
